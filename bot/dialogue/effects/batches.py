"""What is wanted of forwarded messages and of the neighbours they came from."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.events import LocationShared, MediaShared, Origin, TextSent, UnreadableSent
from bot.dialogue.knowledge import Heard, PlaceFound
from bot.dialogue.session import Draft


@dataclass(frozen=True, slots=True)
class Gather:
    """Keep a message with those that will be read together; each one puts the reading off."""

    content: TextSent | MediaShared | LocationShared | UnreadableSent
    origin: Origin
    heard: Heard | None
    place: PlaceFound | None
    beside: tuple[PlaceFound, ...] = ()  # the same point beyond a border that is metres away


@dataclass(frozen=True, slots=True)
class PlaceGathered:
    """A picture among the gathered messages was taken here."""

    evidence: int
    place: PlaceFound
    beside: tuple[PlaceFound, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Enough is gathered: let ``BatchReady`` happen at once."""


@dataclass(frozen=True, slots=True)
class CompareBatch:
    """Look for open reports like each of these drafts; the answer comes as ``BatchCompared`` within the same turn."""

    drafts: tuple[Draft, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class FiledLine:
    """One report of a batch: filed anew, joined to an open report, or added to one of the person's own."""

    draft: Draft
    items: tuple[int, ...]  # the gathered messages that it is made of
    number: str  # fresh; or the person's own report to which it is added
    parent: str = ""  # the open report that it supports
    added: bool = False  # to the person's own report `number`
    neighbour: bool = False  # told for somebody else, who agreed
    contact: str = ""  # of that person


@dataclass(frozen=True, slots=True)
class FileBatch:
    """File these lines. ``known`` are all messages dealt with; when ``over``, whatever else came is the next batch."""

    lines: tuple[FiledLine, ...]
    known: tuple[int, ...]
    over: bool
    language: str


@dataclass(frozen=True, slots=True)
class DropBatch:
    """Nothing of these messages is filed; whatever else came is the next batch."""

    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutOffBatch:
    """This is no moment to read what was gathered: let ``BatchReady`` happen after another pause."""


@dataclass(frozen=True, slots=True)
class NoteContact:
    """How the person for whom the report ``number`` was told can be reached; ``code`` lets them follow it themselves."""

    number: str
    contact: str
    code: str


@dataclass(frozen=True, slots=True)
class FollowReport:
    """The person hears the news of the report behind ``code``, which was told for them."""

    code: str


@dataclass(frozen=True, slots=True)
class StopFollowing:
    """The person hears no more news of reports that others told for them."""


NeighbourEffect: TypeAlias = NoteContact | FollowReport | StopFollowing
"""What happens to people for whom somebody else reported."""


BatchEffect: TypeAlias = Gather | PlaceGathered | ReadBatch | PutOffBatch | FileBatch | DropBatch
"""What happens to forwarded messages."""
