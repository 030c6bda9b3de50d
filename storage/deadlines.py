"""Due times of reports. The scheduler only looks what is due.

A row that ended is kept. One that ended as ``PAUSED`` waits: a later row takes up what remained of it (then it is ``RESUMED``).
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, func, select

from storage.tables import Deadline
from storage.transaction import Tx

MET, MISSED, REPLACED, VOID, PAUSED, RESUMED = "met", "missed", "replaced", "void", "paused", "resumed"


def set_deadline(tx: Tx, report_id: int, kind: str, since: datetime, due_at: datetime, **more: Any) -> Deadline:
    """Set a due time (`more` are other columns of the table); an open one of the same kind is replaced."""
    end(tx, report_id, kind, REPLACED, since)
    return tx.add(Deadline(report_id=report_id, kind=kind, since=since, due_at=due_at, **more))


def end(tx: Tx, report_id: int, kind: str | None, outcome: str, now: datetime) -> int:
    """End the open deadline of this kind (None: of every kind); how many there were."""
    which = [col(Deadline.report_id) == report_id, col(Deadline.ended_at).is_(None)]
    if kind is not None:
        which.append(col(Deadline.kind) == kind)
    return tx.change(Deadline, *which, ended_at=now, outcome=outcome)


def claim(tx: Tx, deadline_id: int, outcome: str, now: datetime, *, remaining: timedelta | None = None) -> bool:
    """End one open deadline; True for one caller only, who does what follows from it."""
    still_open = (col(Deadline.id) == deadline_id, col(Deadline.ended_at).is_(None))
    return tx.change(Deadline, *still_open, ended_at=now, outcome=outcome, remaining=remaining) == 1


def take_back(tx: Tx, report_id: int, at: datetime, now: datetime) -> None:
    """The due times stand as they did before the moment ``at``: what was set then is void, what ended then is open again."""
    ended = [each for each in of_report(tx, report_id) if each.ended_at == at and each.since != at]
    set_then = (col(Deadline.report_id) == report_id, col(Deadline.since) == at, col(Deadline.ended_at).is_(None))
    tx.change(Deadline, *set_then, ended_at=now, outcome=VOID)
    for kind in dict.fromkeys(each.kind for each in ended):
        latest_of_kind = max(each.id for each in ended if each.kind == kind)
        tx.change(Deadline, col(Deadline.id) == latest_of_kind, ended_at=None, outcome="", remaining=None)


def open_deadlines(tx: Tx, report_id: int) -> list[Deadline]:
    """What a report still has to keep, the next one first."""
    return list(
        tx.session.exec(
            select(Deadline)
            .where(Deadline.report_id == report_id, col(Deadline.ended_at).is_(None))
            .order_by(col(Deadline.due_at), col(Deadline.id))
        )
    )


def of_report(tx: Tx, report_id: int) -> list[Deadline]:
    """Every due time that a report had or has, in the order in which they were set."""
    return list(tx.session.exec(select(Deadline).where(Deadline.report_id == report_id).order_by(col(Deadline.id))))


def running(tx: Tx, *, kind: str | None = None) -> list[Deadline]:
    """Every open due time (of this kind; None: of every kind) of every report."""
    still_open = select(Deadline).where(col(Deadline.ended_at).is_(None))
    if kind is not None:
        still_open = still_open.where(Deadline.kind == kind)
    return list(tx.session.exec(still_open.order_by(col(Deadline.id))))


def move(tx: Tx, deadline_id: int, due_at: datetime, remind_at: datetime | None) -> None:
    """The same promise ends at another moment, because the working hours changed."""
    tx.change(Deadline, col(Deadline.id) == deadline_id, due_at=due_at, remind_at=remind_at)


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


# ---------------------------------------------------------------- pausing


def paused(tx: Tx, report_id: int) -> dict[str, Deadline]:
    """By kind: the deadline that stands still."""
    waiting = select(Deadline).where(Deadline.report_id == report_id, Deadline.outcome == PAUSED)
    return {each.kind: each for each in tx.session.exec(waiting.order_by(col(Deadline.id)))}


def settle_paused(tx: Tx, report_id: int, outcome: str, *, kind: str | None = None) -> int:
    """What stood still (of this kind; None: of every kind) goes on in another row, or has lost its meaning."""
    which = [col(Deadline.report_id) == report_id, col(Deadline.outcome) == PAUSED]
    if kind is not None:
        which.append(col(Deadline.kind) == kind)
    return tx.change(Deadline, *which, outcome=outcome)


def first_missed(tx: Tx, deadline: Deadline) -> Deadline | None:
    """The due time whose passing put off this one first; None when it was never put off."""
    if not deadline.slips:
        return None
    broken = (Deadline.report_id == deadline.report_id, Deadline.kind == deadline.kind, Deadline.outcome == MISSED)
    first = select(Deadline).where(*broken, Deadline.slips == 0).order_by(col(Deadline.id).desc()).limit(1)
    return tx.session.exec(first).first()


def latest(tx: Tx, report_id: int, kind: str) -> Deadline | None:
    """The newest deadline of this kind, open or not."""
    same = select(Deadline).where(Deadline.report_id == report_id, Deadline.kind == kind)
    return tx.session.exec(same.order_by(col(Deadline.id).desc()).limit(1)).first()


# ---------------------------------------------------------------- looking at them in time


def to_look_at(tx: Tx, now: datetime, limit: int, *, kinds: Collection[str]) -> list[Deadline]:
    """Open deadlines of these kinds of which people are to be reminded, or which have come; the oldest first."""
    moment = func.coalesce(Deadline.remind_at, Deadline.due_at)
    return list(
        tx.session.exec(
            select(Deadline)
            .where(col(Deadline.kind).in_(kinds), col(Deadline.ended_at).is_(None), moment <= now)
            .order_by(moment, col(Deadline.id))
            .limit(limit)
        )
    )


def look_again(tx: Tx, deadline: Deadline, *, reminded: int, remind_at: datetime) -> bool:
    """People are reminded at so many per cent of the time; True for one caller only, who reminds them."""
    as_seen = (
        col(Deadline.id) == deadline.id,
        col(Deadline.ended_at).is_(None),
        col(Deadline.reminded) == deadline.reminded,
        col(Deadline.remind_at).is_not_distinct_from(deadline.remind_at),
    )
    return tx.change(Deadline, *as_seen, reminded=reminded, remind_at=remind_at) == 1
