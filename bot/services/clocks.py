"""Due times: each status says which clock runs (statuses.yaml), categories and priorities say how long (categories.yaml)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.services import notifications
from bot.services.office import Office
from storage import Tx, deadlines, reports
from storage.tables import Report

log = structlog.get_logger()

VERIFICATION, FIRST_RESPONSE, RESOLUTION = "verification", "first_response", "resolution"
REPORTER_REPLY, REMINDER = "reporter_reply", "reporter_reminder"
BATCH = 50  # reports looked at in one transaction


def answer_by(office: Office, now: datetime) -> dict[str, datetime]:
    """By priority: until when a report filed now is read by an administrator; without any hours at once, day and night."""
    return {
        level.id: office.working_time.add_hours(now, level.verify_wh) if level.verify_wh else now
        for level in office.city.priorities
    }


def begin(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """A new report waits for its check."""
    deadlines.set_deadline(tx, _id(report), VERIFICATION, now, answer_by(office, now)[report.priority])


def follow(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """Set the clocks that the report's present status asks for; what was waited for until now has been done."""
    match office.city.statuses[report.status].clock:
        case "first_response":
            _done(tx, report, now, VERIFICATION, REPORTER_REPLY, REMINDER)
            _set(tx, office, report, FIRST_RESPONSE, _first_response_hours(office, report), now)
            _set(tx, office, report, RESOLUTION, _resolution_hours(office, report), now)
        case "resolution":
            _done(tx, report, now, FIRST_RESPONSE, REPORTER_REPLY, REMINDER)
            if not any(each.kind == RESOLUTION for each in deadlines.open_deadlines(tx, _id(report))):
                _set(tx, office, report, RESOLUTION, _resolution_hours(office, report), now)
        case "reporter_reply":
            _done(tx, report, now, VERIFICATION, FIRST_RESPONSE, RESOLUTION)
            _await_reporter(tx, office, report, now)
        case "none":
            deadlines.end(tx, _id(report), None, deadlines.VOID, now)


def _done(tx: Tx, report: Report, now: datetime, *kinds: str) -> None:
    """What was waited for has been done, in time or too late; both are written down as they were."""
    for each in deadlines.open_deadlines(tx, _id(report)):
        if each.kind in kinds:
            outcome = deadlines.MET if now <= each.due_at else deadlines.MISSED
            deadlines.end(tx, _id(report), each.kind, outcome, now)


def _await_reporter(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    timeout = office.city.statuses[report.status].timeout
    if timeout is None or timeout.after_days is None:
        return
    deadlines.set_deadline(tx, _id(report), REPORTER_REPLY, now, now + timedelta(days=timeout.after_days))
    _next_reminder(tx, office, report, now)


def _next_reminder(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    timeout = office.city.statuses[report.status].timeout
    moments = [report.status_since + timedelta(days=days) for days in (timeout.remind_after_days if timeout else ())]
    if coming := next((moment for moment in moments if moment > now), None):
        deadlines.set_deadline(tx, _id(report), REMINDER, now, coming)


def remind_due(tx: Tx, office: Office, now: datetime) -> int:
    """Ask once more those who have not said whether it is solved; how many reminders were dealt with."""
    return each_by_itself(tx, REMINDER, now, lambda report: _remind(tx, office, report, now))


def _remind(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    deadlines.end(tx, _id(report), REMINDER, deadlines.MET, now)
    waits = [open_ for open_ in deadlines.open_deadlines(tx, _id(report)) if open_.kind == REPORTER_REPLY]
    if waits and waits[0].due_at > now:
        notifications.remind_reporter(tx, office, report, waits[0].due_at, now)
        _next_reminder(tx, office, report, now)


def each_by_itself(tx: Tx, kind: str, now: datetime, act: Callable[[Report], None]) -> int:
    """Do something about every report with a due time of this kind that has come; how often that went well.

    A report with which it goes wrong keeps its due time, is named in the log, and takes no other with it.
    """
    done = 0
    for each in deadlines.due(tx, now, BATCH, kind=kind):
        try:
            with tx.savepoint():
                act(reports.by_id(tx, each.report_id))
        except Exception:
            log.exception("a due time could not be dealt with", kind=kind, report_id=each.report_id)
        else:
            done += 1
    return done


def chase_due(tx: Tx, office: Office, now: datetime) -> int:
    """A first answer that did not come in time: the agency's people and their superiors hear of it, once; how many."""
    return each_by_itself(tx, FIRST_RESPONSE, now, lambda report: _chase(tx, office, report, now))


def _chase(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    deadlines.end(tx, _id(report), FIRST_RESPONSE, deadlines.MISSED, now)
    notifications.tell_superiors(tx, office, report, now)


def _first_response_hours(office: Office, report: Report) -> float:
    return office.city.categories[report.category].first_response_wh


def _resolution_hours(office: Office, report: Report) -> float:
    category = office.city.categories[report.category]
    sub = category.subs.get(report.sub_category)
    return sub.resolve_wh if sub is not None and sub.resolve_wh is not None else category.resolve_wh


def _set(tx: Tx, office: Office, report: Report, kind: str, hours: float, now: datetime) -> None:
    deadlines.set_deadline(tx, _id(report), kind, now, office.working_time.add_hours(now, hours, agency=report.agency))


def _id(report: Report) -> int:
    assert report.id is not None
    return report.id
