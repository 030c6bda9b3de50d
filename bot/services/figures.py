"""``/statistik``: what became of the reports received in a span. Every number has its n; definitions stand here and nowhere else.

Times are working days of 7.5 hours. "To answer": from the first disposition to the first status of work on it. "To solve": from the first
disposition to the last time that it was said to be solved. Owned by nobody: clock time in which the city had to act while the report
lay with no agency, inside or outside. A closing counts as confirmed when the reporter made it, as timed out when nobody answered, and
apart from both when a referral was not answered or staff ended it.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median

from bot.dialogue.knowledge import Figures, Group, SpanFacts, Spread
from bot.services.office import Office
from cities.hours import A_WORKING_DAY
from storage.lives import Hop, Life

ASSIGNED, WORK, CLAIMED, CLOSED = "didisposisikan", "diproses", "menunggu_konfirmasi", "ditutup"
ANSWERS = frozenset({WORK, "dijadwalkan", CLAIMED})
"""The first of these after disposition is the first answer of the agency."""
NOT_THE_OFFICES = frozenset({"reporter_reply", "paused", "none", "follows_parent"})
"""Clocks of statuses in which the city has nothing to do."""
NINETY = 0.9


def figures(office: Office, lives: Sequence[Life], span: SpanFacts, now: datetime) -> Figures:
    """All numbers about these reports."""
    zone = office.city.timezone
    return Figures(
        span=span,
        whole=_group(office, "", lives),
        by={
            "agency": _groups(office, lives, lambda life: life.report.agency),
            "category": _groups(office, lives, lambda life: life.report.category),
            "kelurahan": _groups(office, lives, lambda life: life.report.kelurahan),
            "month": tuple(
                sorted(
                    _groups(office, lives, lambda life: f"{life.report.created_at.astimezone(zone):%Y-%m}"),
                    key=lambda group: group.id,
                )
            ),
        },
        hops=_hops(lives),
        unowned=_spread([days for life in lives if (days := _days_unowned(office, life, now)) > 0]),
        receivers=_receivers(office, lives, now),
    )


# ---------------------------------------------------------------- groups of reports


def _groups(office: Office, lives: Sequence[Life], of: Callable[[Life], str]) -> tuple[Group, ...]:
    """Reports that share something, the largest group first."""
    sorted_out: dict[str, list[Life]] = defaultdict(list)
    for life in lives:
        sorted_out[of(life)].append(life)
    groups = [_group(office, id_, some) for id_, some in sorted_out.items()]
    return tuple(sorted(groups, key=lambda group: (-group.n, group.id)))


def _group(office: Office, id_: str, lives: Sequence[Life]) -> Group:
    closed = [_closing(office, life) for life in lives]
    return Group(
        id=id_,
        n=len(lives),
        open=sum(office.city.statuses[life.report.status].open for life in lives),
        to_answer=_spread(_working_days(office, life, _answered(life)) for life in lives),
        to_solve=_spread(_working_days(office, life, _solved(office, life)) for life in lives),
        confirmed=closed.count("confirmed"),
        timed_out=closed.count("timed_out"),
        otherwise=closed.count("otherwise"),
    )


def _closing(office: Office, life: Life) -> str:
    """How a report that is closed now was closed; "" for any other."""
    if life.report.status != CLOSED:
        return ""
    last = life.steps[-1]
    if last.actor in ("pelapor", "kim"):
        return "confirmed"
    timeout = office.city.statuses[CLAIMED].timeout
    return "timed_out" if timeout and last.reason == timeout.reason else "otherwise"


def _assigned(life: Life) -> datetime | None:
    return next((step.at for step in life.steps if step.to_status == ASSIGNED), None)


def _answered(life: Life) -> datetime | None:
    start = _assigned(life)
    return next((step.at for step in life.steps if start and step.at >= start and step.to_status in ANSWERS), None)


def _solved(office: Office, life: Life) -> datetime | None:
    """The last claim, of a report that was not reopened after it."""
    if life.report.status not in (CLAIMED, CLOSED) or _closing(office, life) == "otherwise":
        return None
    return next((step.at for step in reversed(life.steps) if step.to_status == CLAIMED), None)


def _working_days(office: Office, life: Life, end: datetime | None) -> float | None:
    start = _assigned(life)
    if start is None or end is None or end < start:
        return None
    hours = office.working_time.between(start, end) / timedelta(hours=1)
    return hours / A_WORKING_DAY


def _spread(values: Iterable[float | None]) -> Spread:
    """Median and 90th percentile (the smallest value that nine of ten do not exceed)."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Spread()
    return Spread(len(known), median(known), known[math.ceil(NINETY * len(known)) - 1], sum(known))


# ---------------------------------------------------------------- outside the city


def _hops(lives: Sequence[Life]) -> tuple[tuple[int, int], ...]:
    """(how many hops, how many reports made so many), for reports that were referred at all."""
    counted: dict[int, int] = defaultdict(int)
    for life in lives:
        if life.hops:
            counted[len(life.hops)] += 1
    return tuple(sorted(counted.items()))


def _days_unowned(office: Office, life: Life, now: datetime) -> float:
    """Days in which the city had to act and nobody had the report."""
    owned = [(each.since, each.until or now) for each in life.owners]
    owned += [(hop.referral.since, hop.referral.ended_at or now) for hop in life.hops]
    free = timedelta()
    for begin, end in _to_be_acted_on(office, life, now):
        free += _left(begin, end, owned)
    return free / timedelta(days=1)


def _to_be_acted_on(office: Office, life: Life, now: datetime) -> Iterable[tuple[datetime, datetime]]:
    ends = [*(step.at for step in life.steps[1:]), now]
    for step, end in zip(life.steps, ends, strict=True):
        status = office.city.statuses[step.to_status]
        if status.open and status.clock not in NOT_THE_OFFICES:
            yield step.at, end


def _left(begin: datetime, end: datetime, taken: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """How much of a span none of the others covers."""
    free, at = timedelta(), begin
    for first, last in sorted(taken):
        if last <= at or first >= end:
            continue
        free += max(timedelta(), first - at)
        at = max(at, last)
    return free + max(timedelta(), end - at)


def _receivers(office: Office, lives: Sequence[Life], now: datetime) -> tuple[Group, ...]:
    """Of each outside agency: hand-overs, how many were answered (``confirmed``), and calendar days to the first answer."""
    sorted_out: dict[str, list[Hop]] = defaultdict(list)
    for life in lives:
        for hop in life.hops:
            sorted_out[hop.referral.agency or hop.referral.receiver].append(hop)
    groups = [
        Group(
            id=id_,
            n=len(hops),
            open=sum(hop.referral.ended_at is None for hop in hops),
            to_answer=_spread(
                (hop.answered[0] - hop.referral.since) / timedelta(days=1) for hop in hops if hop.answered
            ),
            confirmed=sum(bool(hop.answered) for hop in hops),
        )
        for id_, hops in sorted_out.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.n, group.id)))
