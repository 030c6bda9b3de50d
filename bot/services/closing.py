"""Reports that close for want of an answer."""

from datetime import datetime

from bot.services import clocks, reports
from bot.services.office import Office
from storage import Tx, deadlines
from storage import reports as kept


def close_silent(tx: Tx, office: Office, now: datetime) -> int:
    """Close reports whose reporter let the time for an answer pass; how many."""
    due = deadlines.due(tx, now, clocks.BATCH, kind=clocks.REPORTER_REPLY)
    for each in due:
        deadlines.end(tx, each.report_id, clocks.REPORTER_REPLY, deadlines.MISSED, now)
        report = kept.by_id(tx, each.report_id)
        if report.status == reports.WAITING:
            reports.close_by_silence(tx, office, report, now)
    return len(due)
