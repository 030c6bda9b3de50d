"""Who somebody is and what they were told."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.knowledge.heard import PlaceFound


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What a one-time code is good for."""

    state: str  # open, unknown, expired, used
    role: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class IdentitySeen:
    """Somebody looked at who reported a report."""

    at: datetime
    name: str  # of who looked; "" when we never heard it
    roles: tuple[str, ...]
    where: str  # card, letter, page


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """A talk with a person that a citizen asked for."""

    id: int
    since: datetime
    claimed: bool = False
    lately: tuple[str, ...] = ()  # the last lines before it was asked for


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """One message about a report, and what became of it."""

    state: str  # planned, retried, sending, held, sent, delivered, read, refused, unreachable, withdrawn
    at: datetime  # when it ended, or is due
    channel: str
    to: str  # reporter, staff, other
    words: str  # how it begins
    reason: str = ""  # a known one; message_because_... of the texts
    detail: str = ""  # the blank of that sentence, or the reason itself where it is none of the known
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a turn about linking channels may know."""

    fresh_code: str
    may_make: bool = True  # not too many codes lately
    may_try: bool = True  # not too many wrong ones
    code_state: str = ""  # of the code in this event: open, unknown, expired, used, own
    channel: str = ""  # where that code was made
    name: str = ""  # of the person who made it, as they are called there
    linked: tuple[str, ...] = ()  # this person's other channels


@dataclass(frozen=True, slots=True)
class Opened:
    """What a deep link or QR code that this event opened proposes for a report."""

    known: bool  # False: nothing of ours stands behind it
    place: PlaceFound | None = None
    category: str = ""
    campaign: str = ""
