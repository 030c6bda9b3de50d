"""Due times of reports. The scheduler only looks what is due."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import Deadline
from storage.transaction import Tx

MET, MISSED, REPLACED, VOID = "met", "missed", "replaced", "void"


def set_deadline(tx: Tx, report_id: int, kind: str, since: datetime, due_at: datetime) -> Deadline:
    """Set a due time; an open one of the same kind is replaced."""
    end(tx, report_id, kind, REPLACED, since)
    return tx.add(Deadline(report_id=report_id, kind=kind, since=since, due_at=due_at))


def end(tx: Tx, report_id: int, kind: str | None, outcome: str, now: datetime) -> int:
    """End the open deadline of this kind (None: of every kind); how many there were."""
    which = [col(Deadline.report_id) == report_id, col(Deadline.ended_at).is_(None)]
    if kind is not None:
        which.append(col(Deadline.kind) == kind)
    return tx.change(Deadline, *which, ended_at=now, outcome=outcome)


def miss(tx: Tx, deadline_id: int, now: datetime) -> bool:
    """Note that a deadline has passed; True for one caller only, who lets people know."""
    still_open = (col(Deadline.id) == deadline_id, col(Deadline.ended_at).is_(None))
    return tx.change(Deadline, *still_open, ended_at=now, outcome=MISSED) == 1


def open_deadlines(tx: Tx, report_id: int) -> list[Deadline]:
    """What a report still has to keep, the next one first."""
    return list(
        tx.session.exec(
            select(Deadline)
            .where(Deadline.report_id == report_id, col(Deadline.ended_at).is_(None))
            .order_by(col(Deadline.due_at), col(Deadline.id))
        )
    )


def due(tx: Tx, now: datetime, limit: int, *, kind: str) -> list[Deadline]:
    """Open deadlines of this kind that have come, the oldest first."""
    return list(
        tx.session.exec(
            select(Deadline)
            .where(Deadline.kind == kind, col(Deadline.ended_at).is_(None), col(Deadline.due_at) <= now)
            .order_by(col(Deadline.due_at), col(Deadline.id))
            .limit(limit)
        )
    )


def missed(tx: Tx, report_id: int) -> list[Deadline]:
    """The deadlines that a report did not keep, oldest first."""
    return list(
        tx.session.exec(
            select(Deadline)
            .where(Deadline.report_id == report_id, Deadline.outcome == MISSED)
            .order_by(col(Deadline.due_at), col(Deadline.id))
        )
    )
