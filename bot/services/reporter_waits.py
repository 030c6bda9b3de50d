"""Waiting for a reporter: for how long, and when they are asked again (statuses.yaml, `timeout`)."""

from datetime import datetime, timedelta

from bot.services import notifications, witnessing
from bot.services.calendar import calendar_of
from bot.services.each_due import each_by_itself
from bot.services.office import Office
from bot.services.promises import COMPLETION, REPORTER_REPLY
from bot.services.quiet import not_quiet
from cities.hours import A_WORKING_DAY
from cities.statuses import Timeout
from storage import Tx, deadlines
from storage.tables import Report

REMINDER = "reporter_reminder"
OF_REPORTERS = (REPORTER_REPLY, COMPLETION, REMINDER)


def begin(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """Where the report's present status waits for its reporter, say until when."""
    status = office.city.statuses[report.status]
    if status.timeout is None:
        return
    kind = COMPLETION if status.clock == "paused" else REPORTER_REPLY
    if status.timeout.after_days is not None:
        deadlines.set_deadline(tx, report.id, kind, now, now + timedelta(days=status.timeout.after_days))
    else:
        whole = timedelta(hours=(status.timeout.after_wd or 0) * A_WORKING_DAY)
        due_at = calendar_of(tx, office).add(now, whole)
        deadlines.set_deadline(tx, report.id, kind, now, due_at, promised=whole, counted=whole)
    _next_reminder(tx, office, report, now)
    witnessing.await_half_time(tx, office, report, now)


def remind_due(tx: Tx, office: Office, now: datetime) -> int:
    """Ask once more those who have not answered; how many reminders were dealt with."""
    return each_by_itself(tx, REMINDER, deadlines.MET, now, lambda report: _remind(tx, office, report, now))


def _remind(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    waits = [each for each in deadlines.open_deadlines(tx, report.id) if each.kind in OF_REPORTERS]
    if waits and waits[0].due_at > now:
        notifications.remind_reporter(tx, office, report, waits[0].due_at, now)
        _next_reminder(tx, office, report, now)


def _next_reminder(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    timeout = office.city.statuses[report.status].timeout
    moments = _reminders(tx, office, timeout, report.status_since) if timeout else ()
    if coming := next((moment for moment in moments if moment > now), None):
        deadlines.set_deadline(tx, report.id, REMINDER, now, not_quiet(office, coming))


def _reminders(tx: Tx, office: Office, timeout: Timeout, since: datetime) -> tuple[datetime, ...]:
    hours = calendar_of(tx, office)
    by_calendar = (since + timedelta(days=days) for days in timeout.remind_after_days)
    by_office = (hours.add_working_days(since, days) for days in timeout.remind_after_wd)
    return tuple(sorted((*by_calendar, *by_office)))
