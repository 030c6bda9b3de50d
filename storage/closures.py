"""Days on which offices of the city are closed though no calendar says so. Rows are ended, never deleted."""

from datetime import date, datetime

from sqlmodel import col, select

from storage.tables import Closure
from storage.transaction import Tx


def close(tx: Tx, day: date, agency: str, reason: str, by: int | None, now: datetime) -> Closure | None:
    """Close an agency ("" all offices) on a day; None when that stands there already."""
    return tx.add_once(Closure, day=day, agency=agency, reason=reason, added_by=by, added_at=now)


def reopen(tx: Tx, day: date, agency: str, by: int | None, now: datetime) -> bool:
    """Take that back; whether there was something to take back."""
    standing = (Closure.day == day, Closure.agency == agency, col(Closure.removed_at).is_(None))
    return tx.change(Closure, *standing, removed_at=now, removed_by=by) == 1


def standing(tx: Tx, since: date | None = None) -> list[Closure]:
    """The closures that stand (from this day on), the earliest first."""
    query = select(Closure).where(col(Closure.removed_at).is_(None))
    if since is not None:
        query = query.where(Closure.day >= since)
    return list(tx.session.exec(query.order_by(col(Closure.day), col(Closure.agency))))


def closed_days(tx: Tx) -> frozenset[tuple[date, str]]:
    """(day, agency) of every closure that stands."""
    days = select(col(Closure.day), col(Closure.agency)).where(col(Closure.removed_at).is_(None))
    return frozenset((day, agency) for day, agency in tx.session.exec(days))
