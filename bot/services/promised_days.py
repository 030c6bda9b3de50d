"""The day for which work was promised: on its morning those who do it and the reporter hear of it, and the report is in work again."""

from datetime import date, datetime

from bot.services import staff_news
from bot.services.each_due import each_by_itself
from bot.services.office import Office
from bot.services.promises import PROMISED_DAY
from bot.services.reports import make_step
from storage import Tx, closures, deadlines
from storage import reports as kept
from storage.tables import Deadline, Report

SCHEDULED, WORKING = "dijadwalkan", "diproses"
COME = "hari_dijadwalkan"
"""Why a report is in work again: statuses.yaml, a variant of diproses."""


def begin_due(tx: Tx, office: Office, now: datetime) -> int:
    """What was promised for today is in work from when the offices open; how many days were dealt with."""
    return each_by_itself(tx, PROMISED_DAY, deadlines.MET, now, lambda report: _begin(tx, office, report, now))


def _begin(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    closed = closures.closed_days(tx)
    if report.status != SCHEDULED or not closed.isdisjoint(
        {(office.today(now), whose) for whose in ("", report.agency)}
    ):
        return  # what was promised for a day that became a holiday is late when that day is over
    make_step(tx, office, report, WORKING, actor="sistem", contact_id=None, reason=COME, now=now)
    key = f"promised_day:{report.id}:{now.isoformat()}"
    staff_news.tell_owner(tx, office, report, "staff_news_day_has_come", key, now)


def tell_of_closed_day(tx: Tx, office: Office, day: date, agency: str, now: datetime) -> None:
    """Work was promised for a day on which the offices (of one agency: ``agency``) are closed now: who can promise another hears of it."""
    for each in deadlines.running(tx, kind=PROMISED_DAY):
        if not _is_on(office, each, day, agency):
            continue
        report = kept.by_id(tx, each.report_id)
        key = f"day_closed:{each.id}:{day.isoformat()}"
        staff_news.tell_administrators(tx, office, report, "staff_news_day_closed", key, now)
        staff_news.tell_owner(tx, office, report, "staff_news_day_closed", key, now)


def _is_on(office: Office, each: Deadline, day: date, agency: str) -> bool:
    theirs = not agency or agency == each.agency
    return theirs and each.due_at.astimezone(office.city.timezone).date() == day
