"""What staff want done with a report."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bot.dialogue.effects.persons import OfThePerson
from bot.dialogue.effects.referring import CloseByStaff, RecordAnswer, ReferReport, RenewLink
from bot.dialogue.knowledge import PlaceFound


@dataclass(frozen=True, slots=True)
class CorrectReport:
    """Staff set the category right."""

    number: str
    category: str


@dataclass(frozen=True, slots=True)
class CorrectFacts:
    """Staff set the kind, the place or the secrecy right."""

    number: str
    kind: str = ""
    privacy: str = ""
    place: PlaceFound | None = None
    place_words: str = ""
    theirs: bool = False  # these are the reporter's own words, instead of those of before


@dataclass(frozen=True, slots=True)
class MoveReport:
    """Staff move a report on; refused when the lifecycle or their rights do not allow it."""

    number: str
    to: str
    seen: str  # the status they saw when they decided; another one now means that somebody else was faster
    note: str = ""
    agency: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AddProof:
    """One more picture of a result that was already told."""

    number: str
    evidence: int


@dataclass(frozen=True, slots=True)
class RemarkOnReport:
    """Words of staff for staff."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """Set a report aside for one of the city's reasons."""

    number: str
    seen: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """An agency says that it is not theirs, and whose it is."""

    number: str
    seen: str
    agency: str
    why: str


@dataclass(frozen=True, slots=True)
class JoinReports:
    """Put a report under another one of the same problem; ``parent`` are the words with its number."""

    number: str
    seen: str
    parent: str


@dataclass(frozen=True, slots=True)
class SplitReport:
    """A joined report is a problem of its own."""

    number: str
    seen: str


@dataclass(frozen=True, slots=True)
class AskReporter:
    """Ask the reporter for one thing: ``part`` is one that the city has words for, else ``words`` are the question."""

    number: str
    seen: str
    part: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """Promise the work for a day."""

    number: str
    seen: str
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """Staff open what was closed or set aside."""

    number: str
    seen: str
    why: str


@dataclass(frozen=True, slots=True)
class CallEmergency:
    """Staff read danger in a report."""

    number: str
    seen: str
    why: str


@dataclass(frozen=True, slots=True)
class ShareReport:
    """Hand a report to several agencies at once."""

    number: str
    seen: str
    agencies: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Take back the person's own last step."""

    number: str
    seen: str


DeskMove: TypeAlias = (
    CorrectFacts
    | ShareReport
    | UndoStep
    | OpenAgain
    | CallEmergency
    | AskReporter
    | ScheduleReport
    | ArchiveReport
    | ReturnReport
    | JoinReports
    | SplitReport
)


DeskEffect: TypeAlias = RemarkOnReport | ReferReport | RecordAnswer | RenewLink | CloseByStaff | OfThePerson | DeskMove
"""What staff do with a report beside moving it on."""
