"""A question about something else than the draft, asked in the middle of it: it is no part of the report."""

from bot.dialogue import question_words, where_words, words
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.read_back import QUESTION
from bot.dialogue.steps.reading import ASKED_AT, names_a_problem
from bot.dialogue.turn import Scene, Turn

CONFUSED = frozenset(
    "maksud maksudnya maksudna ngerti mengerti dimengerti paham ngartos ngarti mean meaning understand".split()
)
"""Words of somebody who asks what our own question means: it is put again."""
EVERYWHERE = frozenset({"di", "dimana", "mana"})
"""In an answer they are no question ("di mana mana")."""
LEAST_WORDS = 3  # of a question; fewer may be the name of a place, put with doubt


def take(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """Say that it was not added, and who can be asked; the question of the draft stands.

    None for words that tell a problem or a place, or put something right, and where the draft is a question itself.
    """
    if not scene.draft.description or scene.draft.kind == QUESTION or not question_words.asks(text):
        return None
    if not _is_one(scene, text, heard) or _tells_something(scene, text, heard):
        return None
    return beside(scene, scene.say("question_apart"))


def _is_one(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether the words are read as a question; where a place was asked for, whatever is put as one in a few words."""
    if set(words.plain(text).split()) <= EVERYWHERE:
        return False
    read_as_one = heard.kind == QUESTION and heard.kind_confidence >= ASKED_AT
    return read_as_one or (scene.session.step == "location" and len(words.plain(text).split()) >= LEAST_WORDS)


def _tells_something(scene: Scene, text: str, heard: Heard) -> bool:
    """Whether there is a problem, a place or a correction in the words, or they ask what our own question means."""
    where = heard.place or heard.place_options or heard.place_words or where_words.sounds_like_a_place(text)
    ours = words.says_wrong(text) or not CONFUSED.isdisjoint(words.plain(text).split())
    return bool(where or ours or heard.danger) or names_a_problem(scene, heard)
