"""A report as somebody may see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dialogue.knowledge.heard import PlaceFound


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of a report's history."""

    status: str
    at: datetime
    note: str = ""
    agency: str = ""
    reason: str = ""
    receiver: str = ""  # of a hand-over to somebody who is none of the city's agencies
    reference: str = ""  # the receiver's own number
    answer: bool = False  # no step of the report, but what the outside agency answered


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """Where a report lies outside."""

    receiver: str
    since: datetime
    chases: int  # asked for news since the last answer
    link_until: datetime | None = None  # until when the receiver can answer by a link
    last_answer: str = ""


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """Working time of the office that has a report: what is left of it, or how long it is over."""

    left: timedelta
    over: timedelta = timedelta()  # since the promise was broken first
    day_and_night: bool = False  # an agency that never closes: hours are hours of the clock


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What one of several agencies does about a report."""

    number: str  # for the office; "" for its reporter
    agency: str
    status: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What a reporter put right after filing, and what the report does not show yet."""

    words: str  # the reporter's own
    category: str = ""  # "" where it stays
    place: PlaceFound | None = None  # None where it stays
    place_words: str = ""  # for the place, where no map knows it; "" where they stay

    @property
    def can_be_taken(self) -> bool:
        """Whether anything would change."""
        return bool(self.category or self.place or self.place_words)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report as the person of this turn may see it."""

    number: str
    status: str
    category: str
    kind: str = ""
    priority: str = ""
    privacy: str = "anonim"
    mine: bool = False  # the person of this turn reported it
    rated: bool = False  # and said how satisfied they were
    may_withdraw: bool = False  # and may end it by themselves
    description: str = ""  # "" when this person may not read it
    place: str = ""
    agency: str = ""
    created_at: datetime | None = None
    timeline: tuple[TimelineStep, ...] = ()
    due_at: datetime | None = None  # the next open deadline
    time: TimeFacts | None = None  # for staff, while an office has something to keep
    needs_check: bool = False
    photos: tuple[int, ...] = ()
    public_photos: tuple[int, ...] = ()  # of these, the ones of which everybody may see a copy
    may_be_public: bool = False  # nothing about the report is secret
    proofs: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    supporters: int = 0
    reporter_name: str = ""  # "" when it may not be seen
    moves: tuple[str, ...] = ()  # what this person may do with it now
    proposed_agency: str = ""
    proposed_because: str = ""
    proposal_sure: bool = True  # not a guess
    category_confidence: float = 1.0  # of the reader; 1 once a person confirmed or corrected it
    similar: tuple[str, ...] = ()  # numbers of open reports that may be the same problem
    correction: CorrectionFacts | None = None  # for staff, until it is taken over
    referral: ReferralFacts | None = None  # for staff, while it lies with an outside agency
    on_map: bool = False  # its point is known
    parts: tuple[PartFacts, ...] = ()  # of several agencies
    part_of: str = ""  # for staff: number of the whole
    joined_to: str = ""  # number of the report that this one supports, and where it stands


@dataclass(frozen=True, slots=True)
class UsualPlace:
    """Where an earlier report of the same person was."""

    number: str  # of that report
    place: PlaceFound
