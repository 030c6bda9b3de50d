"""One number for citizens and staff (WhatsApp): which of the two talks of a person an event belongs to.

A leading "/" from somebody who is staff is for the back office, unless only citizens have that command; so are taps on its buttons, and
words or files that answer it. All else they say as a citizen. The two talks share a chat and nothing else: the back office's is kept
inside the citizen's session.
"""

from dataclasses import replace
from datetime import datetime

from bot.dialogue.engine import COMMANDS
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, MediaReady, MediaShared, TextSent
from bot.dialogue.session import Session, SessionUnreadable
from bot.dialogue.steps.staff import ACTS, opens_by_tap
from bot.dialogue.words import picked
from bot.services import staffing
from bot.services.office import Office
from bot.services.rights import STAFF_BOTS
from storage import Tx, handovers, people
from storage.tables import Address

SHARED = frozenset({"whatsapp"})
"""Channels on which citizens and staff write to the same number."""
BOTH = frozenset({"batal", "bahasa"})
"""Commands of either talk: they belong to the one that spoke last."""
FIRST_TURN = 1_000_000
"""Turns of the back office begin there, so that a tap tells which talk it answers."""


def session_of_staff(session: Session) -> Session:
    """The back office's talk inside this one."""
    try:
        return Session.from_json(session.desk) if session.desk else Session(turn=FIRST_TURN)
    except SessionUnreadable:
        return Session(turn=FIRST_TURN + session.turn)


def with_staff(session: Session, staff: Session) -> Session:
    """The citizen's talk with the back office's inside; the back office spoke last."""
    return replace(session, desk=staff.to_json(), at_desk=True)


def is_for_staff(
    tx: Tx, office: Office, address: Address, conversation_id: int, session: Session, event: Event, now: datetime
) -> bool:
    """Whether an event belongs to the back office."""
    if address.channel not in SHARED or address.bot in STAFF_BOTS:
        return False
    if isinstance(event, CommandGiven) and event.name == "start" and event.argument:
        return _is_of_staff(tx, address.contact_id, event.argument, now)
    if not people.staff_roles(tx, address.contact_id, now):
        return False
    staff = session_of_staff(session)
    match event:
        case CommandGiven(name):
            return session.at_desk if name in BOTH else name in ACTS or name not in COMMANDS
        case ChoicePicked(value, turn):
            return turn >= FIRST_TURN or (turn == 0 and opens_by_tap(value))
        case TextSent() | MediaShared() if handovers.of_claimer(tx, conversation_id):
            return True  # they speak with a citizen as the person who was asked for
        case TextSent(text) if session.at_desk:
            return staff.task is not None or picked(text, staff.offered, office.city) is not None
        case MediaShared(kind=kind) if session.at_desk:
            return staff.task is not None or staff.wants_photo or kind == "document"
        case MediaReady(evidence):
            return bool(staff.awaits_sheet) and evidence == staff.awaits_sheet
    return False


def _is_of_staff(tx: Tx, contact_id: int, code: str, now: datetime) -> bool:
    """Whether what stands behind ``/start`` is a one-time code for staff, be it good or too late; a poster's link is none."""
    state, _, _ = people.look_at_invitation(tx, staffing.normal(code), contact_id, now)
    return state != "unknown"
