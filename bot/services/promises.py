"""What an office has to keep, and how much working time it has for it (categories.yaml)."""

from datetime import datetime, timedelta

from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.working_time import WorkingTime
from cities.hours import A_WORKING_DAY
from storage import Tx, deadlines
from storage.tables import Deadline, Report

VERIFICATION, FIRST_RESPONSE, RESOLUTION = "verification", "first_response", "resolution"
REPORTER_REPLY, COMPLETION = "reporter_reply", "completion"
CHASE = "referral_chase"
PROMISED_DAY = "promised_day"
"""The morning of the day for which the work was promised; nothing that is to be kept, only something to be told."""
OF_OFFICES = frozenset({VERIFICATION, FIRST_RESPONSE, RESOLUTION})
"""What a report's office has to keep; the rest waits for somebody else."""
TOLD_BY = {
    "diterima": VERIFICATION,
    "perlu_dilengkapi": COMPLETION,
    "didisposisikan": FIRST_RESPONSE,
    "diproses": RESOLUTION,
    "menunggu_konfirmasi": REPORTER_REPLY,
}
"""By status: which due time its news tell the reporter (statuses.yaml)."""
CHASE_EVERY = 5  # working days; statuses.yaml, diteruskan


def promised_hours(office: Office, report: Report, kind: str) -> float:
    """Working hours that the city gives for this: to check it, to answer it first, to have it done, to ask again."""
    match kind:
        case "verification":
            return next(level.verify_wh for level in office.city.priorities if level.id == report.priority)
        case "first_response":
            return office.city.categories[report.category].first_response_wh
        case "resolution":
            return _resolution_hours(office, report)
    return CHASE_EVERY * A_WORKING_DAY


def whose_hours(report: Report, kind: str) -> str:
    """The agency whose hours count; "" for the city's offices, which check and ask again."""
    return report.agency if kind in (FIRST_RESPONSE, RESOLUTION) else ""


def promise(tx: Tx, office: Office, report: Report, kind: str, now: datetime) -> Deadline:
    """From now on the whole time that the city gives runs."""
    whole = timedelta(hours=promised_hours(office, report, kind))
    return run(tx, office, report, kind, whole, now, promised=whole)


def run(
    tx: Tx,
    office: Office,
    report: Report,
    kind: str,
    counted: timedelta,
    now: datetime,
    *,
    promised: timedelta | None,
    slips: int = 0,
    reminded: int = 0,
) -> Deadline:
    """From now on so much working time runs; ``promised`` is the whole of which it may be a rest."""
    agency, hours = whose_hours(report, kind), calendar_of(tx, office)
    # no time at all means at once, day and night
    due_at = hours.add(now, counted, agency=agency) if counted or promised else now
    return deadlines.set_deadline(
        tx,
        report.id,
        kind,
        now,
        due_at,
        agency=agency,
        promised=promised,
        counted=counted,
        slips=slips,
        reminded=reminded,
        remind_at=next_look(office, hours, now, due_at, promised, counted, agency=agency, reminded=reminded),
    )


def next_look(
    office: Office,
    hours: WorkingTime,
    since: datetime,
    due_at: datetime,
    promised: timedelta | None,
    counted: timedelta | None,
    *,
    agency: str,
    reminded: int,
) -> datetime:
    """When somebody is to be reminded next: at a share of the promised time, else when it is due.

    What is due at once is looked at again when it can have been read.
    """
    city = office.city.reminding
    if counted is None or promised is None:
        return due_at
    if not promised and not counted:
        return since + timedelta(minutes=city.emergency_minutes)
    for percent in city.at_percent:
        if percent > reminded:
            until = counted - promised * (100 - percent) / 100
            return hours.add(since, max(until, timedelta()), agency=agency)
    return due_at


def remaining(tx: Tx, office: Office, deadline: Deadline, now: datetime) -> timedelta:
    """Working time that is left of a running deadline; nothing once it has passed.

    Where its working time was not written down (a date of the calendar, a row of an earlier release) it lies between now and then.
    """
    hours = calendar_of(tx, office)
    if deadline.counted is None:
        return hours.between(now, deadline.due_at, agency=deadline.agency)
    return max(timedelta(), deadline.counted - hours.between(deadline.since, now, agency=deadline.agency))


def _resolution_hours(office: Office, report: Report) -> float:
    category = office.city.categories[report.category]
    sub = category.subs.get(report.sub_category)
    return sub.resolve_wh if sub is not None and sub.resolve_wh is not None else category.resolve_wh
