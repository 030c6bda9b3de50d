"""Reports that close for want of an answer."""

from datetime import datetime

from bot.services import clocks, reports
from bot.services.office import Office
from storage import Tx, deadlines
from storage.tables import Report


def close_silent(tx: Tx, office: Office, now: datetime) -> int:
    """Close reports whose reporter let the time for an answer pass; how many due times were dealt with."""
    return clocks.each_by_itself(tx, clocks.REPORTER_REPLY, now, lambda report: _close(tx, office, report, now))


def _close(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    assert report.id is not None
    deadlines.end(tx, report.id, clocks.REPORTER_REPLY, deadlines.MISSED, now)
    if report.status == reports.WAITING:
        reports.close_by_silence(tx, office, report, now)
