"""A NIK or a family card's number is refused, whatever else the message says is taken."""

from dataclasses import replace

from bot.dialogue.effects import Effect, FindSimilar, Say
from bot.dialogue.session import IN_DANGER
from bot.dialogue.turn import Turn


def with_notice(turn: Turn, notice: str) -> Turn:
    """The turn that also says why a number was not kept: before its answer, and behind it where danger comes first."""
    first = turn.session.step not in (*IN_DANGER, "aftermath")
    return replace(turn, effects=tuple(_told(effect, notice, first=first) for effect in turn.effects))


def _told(effect: Effect, notice: str, *, first: bool) -> Effect:
    match effect:
        case Say(reply):
            both = (notice, reply.text) if first else (reply.text, notice)
            return replace(effect, reply=replace(reply, text="\n\n".join(both)))
        case FindSimilar(before=before):
            return replace(effect, before=f"{notice}\n\n{before}".strip())
    return effect
