"""Another place, or a closer one, said where all had been read back: the problem is there and nowhere else."""

from bot.dialogue import where_words, words
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps import place_words
from bot.dialogue.steps.changing import moved_to
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.reading import names_a_problem
from bot.dialogue.turn import Scene, Turn

LONGEST = 14  # words of a correction; a longer message tells a story


def take(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """The draft at the place that the words put in the place of its own; None for words that put nothing right about it."""
    told = heard.place or heard.place_options
    if len(words.plain(text).split()) > LONGEST:
        return None
    if where_words.speaks_of_the_place(text) or where_words.moves(text):
        return _moved(scene, text, heard) if told or heard.place_words else None
    no_more = where_words.says_only_where(text, heard.place_words) or not names_a_problem(scene, heard)
    if no_more and scene.draft.place and not told and _points_closer(text):
        return _closer(scene, text)
    denies = where_words.denies(text) and no_more
    return _moved(scene, text, heard) if denies and told and heard.place != scene.draft.place else None


def _moved(scene: Scene, text: str, heard: Heard) -> Turn | None:
    """There; words that no map knows lie within the place of before, unless they name a street of their own."""
    known = (
        heard.place or heard.place_options or where_words.moves(text) or where_words.names_a_street(heard.place_words)
    )
    if known or scene.draft.place is None:
        return moved_to(scene, text, heard)
    if names_a_problem(scene, heard):
        return None
    return _closer(scene, heard.place_words)


def _points_closer(text: str) -> bool:
    """Whether words begin by tying the place to something there that no map knows ("di depan balai rw")."""
    return where_words.begins_like_a_place(text) and where_words.points_closer(" ".join(text.split()[:2]))


def _closer(scene: Scene, said: str) -> Turn:
    closer = place_words.joined(scene.draft.place_words, said)
    return next_question(scene.with_draft(place_words=closer), scene.say("phrase.changed"))
