"""Looking at what offices have to keep: reminding in time, and what follows when a promise is broken.

A broken promise gets a new due time, told to the reporter once and to everybody above once.
"""

from datetime import datetime, timedelta

import structlog

from bot.services import deadline_news, reminding
from bot.services.each_due import BATCH
from bot.services.office import Office
from bot.services.promises import OF_OFFICES, run
from storage import Tx, audit, deadlines, reports
from storage.tables import Deadline, Report

log = structlog.get_logger()


def look(tx: Tx, office: Office, now: datetime) -> int:
    """Deal with every due time of an office of which somebody is to be reminded, or which has come; how many."""
    done = 0
    for each in deadlines.to_look_at(tx, now, BATCH, kinds=OF_OFFICES):
        try:
            with tx.savepoint():
                _look_at(tx, office, each, now)
        except Exception:
            log.exception("a due time could not be dealt with", kind=each.kind, report_id=each.report_id)
        else:
            done += 1
    return done


def _look_at(tx: Tx, office: Office, deadline: Deadline, now: datetime) -> None:
    report = reports.by_id(tx, deadline.report_id)
    if now < deadline.due_at:
        reminding.remind(tx, office, report, deadline, now)
    elif deadlines.claim(tx, deadline.id, deadlines.MISSED, now, remaining=timedelta()):
        _slip(tx, office, report, deadline, now)


def _slip(tx: Tx, office: Office, report: Report, deadline: Deadline, now: datetime) -> None:
    """The reporter hears of the new due time, and everybody above of the broken one."""
    following = run(
        tx,
        office,
        report,
        deadline.kind,
        once_more(office, deadline),
        now,
        promised=deadline.promised,
        slips=deadline.slips + 1,
        reminded=100,
    )
    moved = f"{deadline.kind}: {deadline.due_at.isoformat()} -> {following.due_at.isoformat()}"
    audit.note(tx, contact_id=None, act="due_time_missed", report_id=report.id, detail=moved, now=now)
    deadline_news.tell_reporters_of_slip(tx, office, report, deadline, following, now)
    reminding.raise_for_all(tx, office, report, deadline, reminding.BROKEN, now)


def once_more(office: Office, deadline: Deadline) -> timedelta:
    """Working time until the next due time: as much as was promised, within the city's bounds; doubled with each slip before."""
    bounds = office.city.reminding
    least, most = timedelta(hours=bounds.again_least_wh), timedelta(hours=bounds.again_most_wh)
    doubled: int = 2**deadline.slips
    return min(max(deadline.promised or least, least), most) * doubled
