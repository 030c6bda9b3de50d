"""Due times: each status says which clock runs (statuses.yaml); how long it runs is said in `promises`."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.services import reporter_waits
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.promises import (
    CHASE,
    FIRST_RESPONSE,
    OF_OFFICES,
    PROMISED_DAY,
    RESOLUTION,
    VERIFICATION,
    next_look,
    promise,
    remaining,
    run,
    whose_hours,
)
from bot.services.quiet import not_quiet
from bot.services.reporter_waits import OF_REPORTERS
from storage import Tx, deadlines
from storage.tables import Deadline, Report


@dataclass(frozen=True, slots=True)
class Plan:
    """What a clock does with the due times of a report. One that is not named here has lost its meaning."""

    runs: tuple[str, ...] = ()  # goes on; takes up what remained when it was paused; else begins with its whole time
    fulfils: tuple[str, ...] = ()  # has been done
    pauses: bool = False  # those of the offices stand still
    claimed: bool = False  # a claim of "done" that did not hold: what remained of the time goes on


PLANS = {
    "verification": Plan(runs=(VERIFICATION,)),
    "paused": Plan(pauses=True),
    "first_response": Plan(runs=(FIRST_RESPONSE, RESOLUTION), fulfils=(VERIFICATION,)),
    "resolution": Plan(runs=(RESOLUTION,), fulfils=(VERIFICATION, FIRST_RESPONSE), claimed=True),
    "resolution_to_schedule": Plan(runs=(RESOLUTION,), fulfils=(VERIFICATION, FIRST_RESPONSE)),
    "external": Plan(runs=(CHASE,), fulfils=(VERIFICATION,)),
    "reporter_reply": Plan(fulfils=(VERIFICATION, FIRST_RESPONSE, RESOLUTION, CHASE)),
    "follows_parent": Plan(fulfils=(VERIFICATION,)),
    "none": Plan(fulfils=(VERIFICATION,)),
}
"""By clock of a status (statuses.yaml).

Returned by its agency, a report waits for its check anew, and the next agency has its whole time: it is counted from disposition.
"""


def answer_by(tx: Tx, office: Office, now: datetime) -> dict[str, datetime]:
    """By priority: until when a report filed now is read by an administrator; without any hours at once, day and night."""
    hours = calendar_of(tx, office)
    return {
        level.id: hours.add_hours(now, level.verify_wh) if level.verify_wh else now for level in office.city.priorities
    }


def begin(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """A new report waits for its check."""
    promise(tx, office, report, VERIFICATION, now)


def follow(tx: Tx, office: Office, report: Report, now: datetime, *, scheduled: datetime | None = None) -> None:
    """Stop, pause, go on with and begin what the report's present status asks for.

    ``scheduled`` is the promised date of a status whose clock is ``resolution_to_schedule``: it replaces the time for having it done.
    """
    status = office.city.statuses[report.status]
    plan = PLANS[status.clock]
    running = {each.kind: each for each in deadlines.open_deadlines(tx, report.id)}
    for each in running.values():
        if plan.pauses and each.kind in OF_OFFICES:
            deadlines.claim(tx, each.id, deadlines.PAUSED, now, remaining=remaining(tx, office, each, now))
        elif each.kind not in plan.runs:
            _end(tx, office, each, fulfilled=each.kind in (*plan.fulfils, *OF_REPORTERS), now=now)
    for kind in plan.runs:
        if kind not in running:
            _go_on_or_begin(tx, office, report, kind, plan, now)
    if not plan.pauses:
        deadlines.settle_paused(tx, report.id, deadlines.VOID)
    if scheduled is not None and status.clock == "resolution_to_schedule":
        _schedule(tx, office, report, scheduled, now)
    reporter_waits.begin(tx, office, report, now)


def _end(tx: Tx, office: Office, deadline: Deadline, *, fulfilled: bool, now: datetime) -> None:
    """What was waited for has been done, in time or too late, or is waited for no longer; written down as it was."""
    late = deadline.kind in OF_OFFICES and now > deadline.due_at
    outcome = deadlines.MISSED if late else deadlines.MET if fulfilled else deadlines.VOID
    deadlines.claim(tx, deadline.id, outcome, now, remaining=remaining(tx, office, deadline, now))


def _go_on_or_begin(tx: Tx, office: Office, report: Report, kind: str, plan: Plan, now: datetime) -> None:
    earlier = deadlines.paused(tx, report.id).get(kind)
    if earlier is not None:
        deadlines.settle_paused(tx, report.id, deadlines.RESUMED, kind=kind)
    elif plan.claimed:
        earlier = deadlines.latest(tx, report.id, kind)
    if earlier is None or earlier.remaining is None:
        promise(tx, office, report, kind, now)
        return
    run(
        tx,
        office,
        report,
        kind,
        earlier.remaining,
        now,
        promised=earlier.promised,
        slips=earlier.slips,
        reminded=earlier.reminded,
    )


def _schedule(tx: Tx, office: Office, report: Report, scheduled: datetime, now: datetime) -> None:
    agency = whose_hours(report, RESOLUTION)
    hours = calendar_of(tx, office)
    whole = hours.between(now, scheduled, agency=agency)
    look = next_look(office, hours, now, scheduled, whole, whole, agency=agency, reminded=0)
    deadlines.set_deadline(tx, report.id, RESOLUTION, now, scheduled, agency=agency, promised=whole, remind_at=look)
    day = scheduled.astimezone(office.city.timezone).date()
    morning = calendar_of(tx, office).opening_of(day, agency=agency) or not_quiet(office, _midnight(office, day))
    if morning > now:
        deadlines.set_deadline(tx, report.id, PROMISED_DAY, now, morning, agency=agency)


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=office.city.timezone)
