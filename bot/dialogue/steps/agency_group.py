"""``/grup`` and what is special about staff in a group of their agency: who is answered there, and with what."""

from bot.dialogue.effects import BindGroup, OfferGroupCode, ReleaseGroup
from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.turn import Scene, Turn
from bot.staff.commands import ADMINISTRATOR, IN_GROUPS

COMMAND = "grup"
LET_GO = frozenset({"lepas", "leupas", "release"})
ALWAYS_GOOD = frozenset({"see", "queue"}) | IN_GROUPS
"""Kinds of taps that open something, whoever was asked."""
QUIET = frozenset({"start", "help"})


def offer_code(scene: Scene, argument: str) -> Turn:
    """``/grup`` in a chat of one's own: a code with which a group becomes an agency's."""
    staff, know = scene.know.staff, scene.know
    assert staff is not None
    heard = [id_ for id_ in know.agencies_heard if ADMINISTRATOR in staff.roles or id_ in staff.agencies]
    own = staff.agencies if not argument.strip() else ()
    agencies = tuple(heard) or own
    if len(agencies) != 1:
        return scene.reply(scene.say("agency_group_which"), task=None, step="idle")
    text = scene.say("agency_group_code", opd=scene.speech.agency(agencies[0]), kode=know.fresh_code)
    return scene.reply(text, effects=(OfferGroupCode(agencies[0], know.fresh_code),), task=None, step="idle")


def guard(scene: Scene, event: Event) -> Turn | None:
    """What is answered in a group before anything else; None where the event goes on as in any talk of staff."""
    here = scene.know.agency_group
    assert here is not None
    if isinstance(event, CommandGiven) and event.name == COMMAND:
        return _bind(scene, event.argument.strip())
    if isinstance(event, CommandGiven) and event.name in QUIET:
        return scene.reply(scene.say("agency_group_hello" if here.agency else "agency_group_unbound"))
    if scene.know.staff is None:
        return scene.quietly()  # strangers, and staff of others: the group is not told who may what
    if isinstance(event, CommandGiven) and event.name not in IN_GROUPS:
        return scene.reply(scene.say("agency_group_private", perintah=f"/{event.name}"))
    if isinstance(event, ChoicePicked):
        return None if _is_theirs(scene, event) else scene.quietly()
    return None


def _is_theirs(scene: Scene, event: ChoicePicked) -> bool:
    """A button under an answer to somebody else is theirs only where it opens something."""
    return event.turn == scene.session.turn or event.value.partition(":")[0] in ALWAYS_GOOD


def _bind(scene: Scene, argument: str) -> Turn:
    here = scene.know.agency_group
    assert here is not None
    if argument.lower() in LET_GO and here.agency:
        return scene.reply(scene.say("agency_group_released"), effects=(ReleaseGroup(),))
    if not argument:
        name = scene.speech.agency(here.agency) if here.agency else ""
        return scene.reply(scene.say("agency_group_is", opd=name) if name else scene.say("agency_group_unbound"))
    if here.code_state != "open" or not here.may_bind:
        state = here.code_state if here.code_state in ("expired", "used") else "unknown"
        return scene.reply(scene.say(f"agency_group_code_{state}"))
    text = scene.say("agency_group_bound", opd=scene.speech.agency(here.code_agency))
    return scene.reply(text, effects=(BindGroup(argument),))
