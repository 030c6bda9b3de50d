"""Time in a talk: people who write in small pieces, and drafts that are left alone."""

from dataclasses import replace

from bot.dialogue import words
from bot.dialogue.effects import Say, WakeAfter
from bot.dialogue.events import Event, MediaShared, TextSent
from bot.dialogue.identity_numbers import numbers_in
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.session import IN_DANGER, Session
from bot.dialogue.steps.read_back import offer_to_resume
from bot.dialogue.turn import Scene, Turn

PIECE = 4  # words up to which a message may be the first piece of one
PAUSE = 1.5  # seconds in which the next piece may come
LEFT_ALONE = 20 * 60 * 60  # seconds; within the 24 hours in which WhatsApp lets us write freely
ASKING = frozenset({"idle", "describe", "category", "location"})


def with_pause(event: Event, know: Knowledge, turn: Turn) -> Turn:
    """The turn whose question may be overtaken by the next message, when it answers what may be a piece of one."""
    match turn.effects:
        case (Say(reply),) if _is_piece(event, know) and _only_asks(turn.session, reply.hope):
            return replace(turn, effects=(Say(reply, PAUSE),))
        case (Say(reply),) if _is_one_of_several(event, turn.session):
            return replace(turn, effects=(Say(reply, PAUSE),))
    return turn


def _is_piece(event: Event, know: Knowledge) -> bool:
    if not isinstance(event, TextSent) or numbers_in(event.text) or know.number_heard:
        return False
    short = 0 < len(words.plain(event.text).split()) <= PIECE
    return short and not words.command_in(event.text)[0] and not (know.heard and know.heard.danger)


def _is_one_of_several(event: Event, session: Session) -> bool:
    """Whether it is a file of a draft: where one comes others follow at once, and one bubble answers all of them."""
    return isinstance(event, MediaShared) and session.draft is not None and session.step not in IN_DANGER


def _only_asks(session: Session, hope: str) -> bool:
    return session.step in ASKING and hope in ("words", "location")


def with_nudge(turn: Turn) -> Turn:
    """The turn after which a draft that is left alone is recalled, once."""
    session, effects = turn.session, turn.effects
    waits = any(isinstance(effect, WakeAfter) for effect in effects)
    said = any(isinstance(effect, Say) for effect in effects)
    if session.draft is None or session.nudged or session.step == "emergency" or waits or not said:
        return turn
    return replace(turn, effects=(*effects, WakeAfter(LEFT_ALONE)))


def nudge(scene: Scene, turn: int) -> Turn:
    """Silence fell: a draft is offered to be gone on with; after that we are quiet."""
    session = scene.session
    if session.draft is None or session.nudged or turn != session.turn:
        return scene.quietly()
    return offer_to_resume(scene.with_session(nudged=True))
