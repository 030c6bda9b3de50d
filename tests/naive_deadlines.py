"""Every due time of an office worked out once more, from the history of a report and the city's files alone.

Nothing of the program is used: the rules are those written in statuses.yaml, categories.yaml and working_hours.yaml, the minutes are
counted one by one. Only whole minutes are understood.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import yaml

from tests.naive_hours import ALWAYS_OPEN, FOLDER, TABLE, works

STATUSES = {each["code"]: each for each in yaml.safe_load((FOLDER / "statuses.yaml").read_text())["statuses"]}
CATEGORIES = yaml.safe_load((FOLDER / "categories.yaml").read_text())
EPOCH = datetime(2026, 3, 1, tzinfo=UTC)
SPAN = 120  # days that are counted
LEVELS = [each["id"] for each in CATEGORIES["meta"]["priorities"]]
RUNS = {
    "verification": {"verification"},
    "first_response": {"first_response", "resolution"},
    "resolution": {"resolution"},
    "resolution_to_schedule": {"resolution"},
}
FULFILS = {
    "first_response": {"verification"},
    "resolution": {"verification", "first_response"},
    "resolution_to_schedule": {"verification", "first_response"},
    "external": {"verification"},
    "reporter_reply": {"verification", "first_response", "resolution"},
    "follows_parent": {"verification"},
    "none": {"verification"},
}


@cache
def counted(always: bool, closed: frozenset[date]) -> list[int]:
    """How many working minutes have passed at each minute since the epoch."""
    agency = next(iter(ALWAYS_OPEN)) if always else ""
    minutes = (works(EPOCH + timedelta(minutes=n), agency, closed) for n in range(SPAN * 24 * 60))
    return [0, *accumulate(minutes)]


@dataclass(frozen=True)
class Calendar:
    """What is closed at some moment of the week: (day, agency), "" for all."""

    closed: frozenset[tuple[date, str]] = frozenset()

    def _table(self, agency: str) -> list[int]:
        mine = frozenset(day for day, whose in self.closed if whose in ("", agency))
        return counted(agency in ALWAYS_OPEN, frozenset() if agency in ALWAYS_OPEN else mine)

    def between(self, start: datetime, end: datetime, agency: str) -> int:
        table = self._table(agency)
        return max(0, table[minute(end)] - table[minute(start)])

    def after(self, start: datetime, minutes: int, agency: str) -> datetime:
        """A time of no length ends when the offices work next."""
        table = self._table(agency)
        if minutes <= 0:
            ahead = bisect_left(table, table[minute(start)] + 1) - 1
            return start if agency in ALWAYS_OPEN else EPOCH + timedelta(minutes=ahead)
        return EPOCH + timedelta(minutes=bisect_left(table, table[minute(start)] + minutes))


def minute(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(minutes=1)


@dataclass
class Row:
    """One due time."""

    kind: str
    since: datetime
    due: datetime
    agency: str
    promised: int | None
    counted: int | None  # None: a date of the calendar
    slips: int = 0
    outcome: str = ""
    left: int | None = None
    ended: datetime | None = None

    def looked_at(self) -> datetime:
        """When it counts as broken: at once is fifteen minutes."""
        at_once = self.promised == 0 and self.counted == 0
        return self.since + timedelta(minutes=TABLE["reminding"]["emergency_minutes"]) if at_once else self.due


@dataclass
class Story:
    """What is known of one report: its category, the priority it was filed with, and what happened when."""

    category: str
    sub_category: str
    priority: str
    rows: list[Row] = field(default_factory=list)
    slips: list[tuple[datetime, str]] = field(default_factory=list)  # when, in which status
    last_step: datetime = EPOCH

    def tell(
        self,
        history: Sequence[Any],
        ticks: Iterable[datetime],
        closures: Sequence[tuple[datetime, frozenset[tuple[date, str]]]],
    ) -> None:
        """``history`` are the steps; ``closures`` say what was closed from when on; at ``ticks`` somebody looked."""
        # at one moment first somebody looks, then days are closed, then reports move
        events: list[tuple[datetime, int, int, Any]] = [(at, 0, n, None) for n, at in enumerate(ticks)]
        events += [(at, 1, n, closed) for n, (at, closed) in enumerate(closures)]
        events += [(step.at, 2, n, step) for n, step in enumerate(history)]
        calendar, status = Calendar(), ""
        for at, what, _, detail in sorted(events, key=lambda each: each[:3]):
            if what == 0:
                self._look(at, calendar, status)
            elif what == 1:
                calendar = Calendar(detail)
                self._count_anew(calendar)
            elif detail.reason == "diurungkan":
                self._take_back(at)
                status = detail.to_status
            else:
                self._follow(at, calendar, detail)
                status, self.last_step = detail.to_status, at

    # ------------------------------------------------------------ what happens to the due times

    def _follow(self, at: datetime, calendar: Calendar, step: Any) -> None:
        clock = STATUSES[step.to_status]["clock"]
        runs = RUNS.get(clock, set())
        if not step.from_status and clock not in ("verification", "follows_parent"):
            runs = {"verification"}  # an emergency must be looked at whatever its status says
        for row in self._running():
            if clock == "paused":
                self._end(row, "paused", at, calendar)
            elif row.kind not in runs:
                done = row.kind in FULFILS.get(clock, set())
                self._end(row, "missed" if at > row.due else "met" if done else "void", at, calendar)
        for kind in sorted(runs - {row.kind for row in self._running()}):
            self._begin(kind, at, calendar, clock, step.agency if kind != "verification" else "")
        if clock != "paused":
            for row in self.rows:
                row.outcome = "void" if row.outcome == "paused" else row.outcome
        if clock == "resolution_to_schedule":
            self._schedule(at, calendar, step)
        if step.to_status == "dibuka_kembali":
            self.priority = LEVELS[max(1, LEVELS.index(self.priority) - 1)]

    def _take_back(self, at: datetime) -> None:
        """The step before is taken back: what it set is void, what it ended goes on."""
        for row in self.rows:
            if row.since == self.last_step and not row.outcome:
                row.outcome = "void"
            elif row.ended == self.last_step and row.since != self.last_step:
                row.outcome, row.left, row.ended = "", None, None

    def _begin(self, kind: str, at: datetime, calendar: Calendar, clock: str, agency: str) -> None:
        before = [row for row in self.rows if row.kind == kind]
        waiting = [row for row in before if row.outcome == "paused"]
        taken = waiting[-1] if waiting else before[-1] if before and clock == "resolution" else None
        if waiting:
            waiting[-1].outcome = "resumed"
        whole = self._promised(kind)
        if taken is None or taken.left is None:
            taken = Row(kind, at, at, agency, whole, whole, left=whole)
        left, promised = taken.left or 0, taken.promised
        due = at if not left and not promised else calendar.after(at, left, agency)
        self.rows.append(Row(kind, at, due, agency, promised, left, taken.slips))

    def _schedule(self, at: datetime, calendar: Calendar, step: Any) -> None:
        (row,) = (row for row in self._running() if row.kind == "resolution")
        row.outcome = "replaced"
        whole = calendar.between(at, step.scheduled_for, step.agency)
        self.rows.append(Row("resolution", at, step.scheduled_for, step.agency, whole, None))

    def _look(self, at: datetime, calendar: Calendar, status: str) -> None:
        for row in self._running():
            if row.looked_at() > at:
                continue
            row.outcome, row.left = "missed", 0
            table = TABLE["reminding"]
            least, most = round(table["again_least_wh"] * 60), round(table["again_most_wh"] * 60)
            again = min(max(row.promised or least, least), most) * 2**row.slips
            due = calendar.after(at, again, row.agency)
            self.rows.append(Row(row.kind, at, due, row.agency, row.promised, again, row.slips + 1))
            self.slips.append((at, status))

    def _count_anew(self, calendar: Calendar) -> None:
        for row in self._running():
            if row.counted is not None and (row.counted or row.promised):
                row.due = calendar.after(row.since, row.counted, row.agency)

    def _end(self, row: Row, outcome: str, at: datetime, calendar: Calendar) -> None:
        row.outcome, row.ended = outcome, at
        if row.counted is None:
            row.left = calendar.between(at, row.due, row.agency)
        else:
            row.left = max(0, row.counted - calendar.between(row.since, at, row.agency))

    def _running(self) -> list[Row]:
        return [row for row in self.rows if not row.outcome]

    def _promised(self, kind: str) -> int:
        category = next(each for each in CATEGORIES["categories"] if each["id"] == self.category)
        if kind == "verification":
            level = next(each for each in CATEGORIES["meta"]["priorities"] if each["id"] == self.priority)
            return round(level["verify_wh"] * 60)
        if kind == "first_response":
            return round(value(category["sla"]["first_response_wh"]) * 60)
        sub = next((each for each in category.get("sub", ()) if each["id"] == self.sub_category), {})
        hours = sub.get("sla_resolve_wh")
        return round(value(category["sla"]["resolve_wh"] if hours is None else hours) * 60)


def value(written: Any) -> float:
    """A number that may stand with its source."""
    return float(written["value"] if isinstance(written, dict) else written)
