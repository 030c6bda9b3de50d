"""Numbers: a week, a span, a campaign."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What happened: by thing, how many reports of which (agency, category)."""

    now: Mapping[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    before: Mapping[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """A campaign and how far it got; numbers are persons."""

    id: int
    words: str
    photos: tuple[int, ...]
    audience: str  # citizens, citizens:<kelurahan>, groups, groups:<kelurahan>, kim:<id>,<id>
    state: str  # planned, sending, sent, stopped
    starts_at: datetime
    expected: int
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    withdrawn: int = 0
    held: int = 0  # sent as soon as they write again
    groups: tuple[str, ...] = ()  # names of those that were chosen one by one


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: how many there are, their median and 90th percentile, and their sum."""

    n: int = 0
    median: float = 0.0
    ninety: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that share something, counted; of an outside agency, its hand-overs (``confirmed`` are the answered ones)."""

    id: str  # of an agency or category, a kelurahan's name, a month such as 2026-11; "" for all or for none
    n: int
    open: int = 0
    to_answer: Spread = Spread()  # working days; of outside agencies calendar days
    to_solve: Spread = Spread()
    confirmed: int = 0
    timed_out: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class SpanFacts:
    """A span of days, as somebody asked for it."""

    asked: str  # "", 2026, 2026-11
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers about the reports received in a span."""

    span: SpanFacts
    whole: Group
    by: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)  # agency, category, kelurahan, month
    hops: tuple[tuple[int, int], ...] = ()  # (hops, reports with so many)
    unowned: Spread = Spread()  # days that a report lay with nobody
    receivers: tuple[Group, ...] = ()
