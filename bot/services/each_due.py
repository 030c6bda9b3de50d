"""Doing something about everything that is due, each by itself."""

from collections.abc import Callable
from datetime import datetime

import structlog

from storage import Tx, audit, deadlines, reports
from storage.tables import Report

log = structlog.get_logger()

BATCH = 50  # reports looked at in one transaction


def each_by_itself(tx: Tx, kind: str, outcome: str, now: datetime, act: Callable[[Report], None]) -> int:
    """End every due time of this kind that has come, and do something about its report; how often that went well.

    Each is claimed first, so that of two processes one acts. A report with which it goes wrong keeps its due time, is named in the
    log, and takes no other with it.
    """
    done = 0
    for each in deadlines.due(tx, now, BATCH, kind=kind):
        try:
            with tx.savepoint():
                if deadlines.claim(tx, each.id, outcome, now):
                    audit.note(
                        tx, contact_id=None, act=f"due:{kind}", report_id=each.report_id, detail=outcome, now=now
                    )
                    act(reports.by_id(tx, each.report_id))
        except Exception:
            log.exception("a due time could not be dealt with", kind=kind, report_id=each.report_id)
        else:
            done += 1
    return done
