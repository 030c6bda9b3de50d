"""Several problems in one message become as many reports, one after the other; one word makes them one again."""

from dataclasses import replace

from bot.dialogue import words
from bot.dialogue.effects import Say
from bot.dialogue.knowledge import Heard
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.questions import next_question
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.steps.reading import read
from bot.dialogue.turn import Scene, Turn

AS_ONE = frozenset(
    (
        "jadikan satu", "jadi satu", "jadikan satu laporan", "satu laporan", "gabung", "gabungkan", "digabung", "disatukan", "satukan",
        "janten sahiji", "sahiji laporan", "hijikeun", "dihijikeun", "one report", "make it one", "just one report",
    )
)  # fmt: skip


def begin(scene: Scene, text: str, heard: Heard) -> Turn:
    """The first problem is asked about now, the others wait."""
    first, *others = heard.several
    whole = read(scene, text, heard).draft
    waiting = tuple(read(scene.with_session(draft=Draft()), each.words, each.heard).draft for each in others)
    then = "; ".join(clipped(each.words) for each in others)
    key = "two_problems" if len(others) == 1 else "several_problems"
    told = scene.say(key, satu=clipped(first.words), dua=then, jumlah=len(heard.several))
    now = read(scene, first.words, first.heard)
    return next_question(now.with_session(later=(*waiting, *scene.session.later), whole=whole), told)


def as_one(scene: Scene, _: str = "") -> Turn:
    """One report after all: all the words, under what was said about the first problem."""
    session, draft, whole = scene.session, scene.draft, scene.session.whole
    if whole is None:
        return next_question(scene)
    added = "" if draft.description in whole.description else f"\n{draft.description}"
    one = replace(draft, description=f"{whole.description}{added}", place=draft.place or whole.place)
    apart = [each for each in session.later if each.description not in whole.description]
    together = scene.with_session(draft=one, later=tuple(apart), whole=None, step="idle")
    return next_question(together.with_draft(similar_settled=False), scene.say("made_one"))


def wants_one(scene: Scene, text: str) -> bool:
    """Whether somebody whose message was taken apart says that it is one problem."""
    if scene.session.whole is None:
        return False
    return " ".join(word for word in words.spelt(text).split() if word not in words.FILLERS) in AS_ONE


def with_choice(before: Session, turn: Turn, offered: str) -> Turn:
    """The turn with the choice to make one report of it, under the first bubble that follows the message."""
    session = turn.session
    if session.whole and len(session.later) < len(before.later):
        return replace(turn, session=replace(session, whole=None))
    if session.whole is None or before.whole_offered:
        return turn
    choice = Choice("one_report", offered)
    effects = tuple(
        Say(replace(effect.reply, choices=(*effect.reply.choices, choice))) if isinstance(effect, Say) else effect
        for effect in turn.effects
    )
    if not any(isinstance(effect, Say) for effect in effects):
        return turn
    return Turn(replace(session, offered=(*session.offered, choice), whole_offered=True), effects)
