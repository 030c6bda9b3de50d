"""What the back office may know."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.knowledge.reports import ReportFacts


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Who the person of this turn is in the back office."""

    roles: frozenset[str]
    agencies: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()  # (name, message id of its help) that their roles may use


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a person's queue."""

    reports: tuple[ReportFacts, ...]
    page: int  # from 1
    pages: int
    total: int
    kind: str = "queue"  # queue, found
    which: str = ""  # of the queue: "" what waits, mine, new, overdue, today
    words: str = ""  # looked for


@dataclass(frozen=True, slots=True)
class AgencyGroupFacts:
    """The group in which staff write."""

    agency: str = ""  # whose it is; "" for nobody's
    may_bind: bool = False  # this person may make it the agency's of the code
    code_state: str = ""  # of the code in this event: open, unknown, expired, used
    code_agency: str = ""


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One line of a file with answers of outside agencies, as it was written."""

    line: int
    number: str  # ours; "" where the line has none
    tracking: str  # theirs
    words: str
    solved: bool  # they say that it is done


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Why a line of such a file cannot be taken: a message id and what fills its blanks."""

    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a file with answers would change."""

    told: tuple[SheetAnswer, ...] = ()
    answers: int = 0  # new ones
    references: int = 0  # new tracking numbers
    unchanged: int = 0
    faults: tuple[SheetFault, ...] = ()  # any one of them, and nothing is taken


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """A day on which offices are closed."""

    day: date
    name: str
    agency: str = ""  # "" all of them
    ours: bool = False  # written down by an administrator, and to be taken back by one
