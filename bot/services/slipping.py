"""A promise that was not kept: the new due time, told to the reporter once, and to everybody above once."""

from datetime import datetime, timedelta

import structlog

from bot.services import deadline_news
from bot.services.each_due import BATCH
from bot.services.office import Office
from bot.services.promises import OF_OFFICES, run
from storage import Tx, deadlines, reports
from storage.tables import Deadline

log = structlog.get_logger()


def look(tx: Tx, office: Office, now: datetime) -> int:
    """Deal with every due time of an office that has come to its end; how many."""
    done = 0
    for each in deadlines.to_look_at(tx, now, BATCH, kinds=OF_OFFICES):
        try:
            with tx.savepoint():
                _slip(tx, office, each, now)
        except Exception:
            log.exception("a due time could not be dealt with", kind=each.kind, report_id=each.report_id)
        else:
            done += 1
    return done


def _slip(tx: Tx, office: Office, deadline: Deadline, now: datetime) -> None:
    """Of two processes one claims it; the reporter hears of the new due time, and everybody above of the broken one."""
    if not deadlines.claim(tx, deadline.id, deadlines.MISSED, now, remaining=timedelta()):
        return
    report = reports.by_id(tx, deadline.report_id)
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
    deadline_news.tell_reporters_of_slip(tx, office, report, deadline, following, now)
    deadline_news.tell_superiors(tx, office, report, deadline, now)


def once_more(office: Office, deadline: Deadline) -> timedelta:
    """Working time until the next due time: as much as was promised, within the city's bounds; doubled with each slip before."""
    bounds = office.city.reminding
    least, most = timedelta(hours=bounds.again_least_wh), timedelta(hours=bounds.again_most_wh)
    doubled: int = 2**deadline.slips
    return min(max(deadline.promised or least, least), most) * doubled
