"""Community information groups, their areas, and what was forwarded."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.dialogue.knowledge.heard import Heard, PlaceFound


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """Somebody in a community information group, as its members and administrators may see them."""

    member_id: int
    name: str
    coordinator: bool = False
    me: bool = False
    flagged: bool = False  # was asked whether they stay, and did not answer
    asleep: bool = False


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A community information group (KIM)."""

    id: int
    name: str
    area: str
    term_until: date | None = None
    over: bool = False  # the term has ended
    members: tuple[PeerFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class KimFacts:
    """What the person of this turn is in a group, and what the code in this event is good for."""

    group: GroupFacts | None = None  # theirs
    me: PeerFacts | None = None
    asked_to_stay: bool = False
    code_state: str = ""  # of the code in this event: open, unknown, expired, used, theirs
    code_group: GroupFacts | None = None
    fresh_code: str = ""  # for an invitation that this turn may give away

    @property
    def active(self) -> bool:
        """Whether their rights as a member hold now."""
        return self.me is not None and not self.me.asleep


@dataclass(frozen=True, slots=True)
class Item:
    """One gathered message: what it is, what its words and its point mean, and whom and when it came from."""

    id: int
    what: str  # words, photo, video, voice, document, pin, other
    words: str = ""
    heard: Heard | None = None
    place: PlaceFound | None = None  # of a pin, or of a picture that tells it
    beside: tuple[PlaceFound, ...] = ()  # the same point beyond a border that is metres away
    evidence: int = 0
    album: str = ""
    content: str = ""  # the same for the same bytes
    author: str = ""
    at: int = 0  # seconds since 1970 when it was written first; 0 untold


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """The messages that are being gathered, or that were read and wait for a word."""

    gathering: bool
    items: tuple[Item, ...] = ()  # in the order in which they were sent
    count: int = 0  # of all messages, those for a later list among them


@dataclass(frozen=True, slots=True)
class WitnessFacts:
    """A report of which a KIM member was asked whether it is solved."""

    number: str
    category: str


@dataclass(frozen=True, slots=True)
class FollowFacts:
    """The report behind a code with which somebody, for whom it was told, hears its news."""

    number: str = ""  # "" for a code that nobody gave
    category: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class GroupDesk:
    """What an administrator may know of groups in this turn."""

    groups: tuple[GroupFacts, ...] = ()
    area: tuple[str, str] = ("", "")  # (kelurahan, kecamatan) named in this event
    area_options: tuple[str, ...] = ()  # when several have that name
    fresh_code: str = ""


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An open report as neighbours may see it."""

    number: str
    category: str
    place: str
    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """One page of what is open in a kelurahan, or in some RW of it."""

    kelurahan: str
    kecamatan: str
    lines: tuple[AreaLine, ...]
    page: int  # from 1
    pages: int
    total: int
    inside: tuple[str, ...] = ()  # where a kecamatan was named and no kelurahan: those in it
    unknown: str = ""  # a name that is none of the city's
    rws: str = ""  # "3,5": only these, of the person's own group
    without_rw: int = 0  # other open reports of the kelurahan that name no RW

    @property
    def code(self) -> str:
        """Names it in a choice; "" for the RW of one's own group, which nobody else may page through."""
        return "" if self.rws else f"{self.kelurahan} {self.kecamatan}"


@dataclass(frozen=True, slots=True)
class GroupCardFacts:
    """A message of a group that was filed, or the card that shows where that report stands."""

    number: str
    mine: bool  # the report is this person's
    placed: bool  # it is known where


@dataclass(frozen=True, slots=True)
class TakeOverFacts:
    """What the link of a group's card is good for."""

    state: str  # open, unknown, not_yours, taken
    number: str = ""
    description: str = ""
    token: str = ""
