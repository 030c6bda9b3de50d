"""What members of staff are to be reminded of: raised once for each person, told together with whatever else came up."""

from datetime import datetime

from sqlmodel import col, func, select

from storage.tables import Deadline, Reminder
from storage.transaction import Tx

TOLD, MOOT = "told", "moot"


def remind(tx: Tx, deadline: Deadline, percent: int, conversation_id: int, now: datetime, due_at: datetime) -> bool:
    """Somebody is to be reminded, not before `due_at`; False when that was raised already."""
    raised = tx.add_once(
        Reminder,
        deadline_id=deadline.id,
        conversation_id=conversation_id,
        percent=percent,
        due_at=due_at,
        raised_at=now,
    )
    return raised is not None


def last_told_at(tx: Tx, conversation_id: int) -> datetime | None:
    """When this person was last reminded of anything."""
    told = (Reminder.conversation_id == conversation_id, Reminder.outcome == TOLD)
    return tx.session.exec(select(func.max(Reminder.settled_at)).where(*told)).one()


def conversations_due(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Whom there is something to tell now."""
    untold = (col(Reminder.settled_at).is_(None), col(Reminder.due_at) <= now)
    return list(tx.session.exec(select(Reminder.conversation_id).where(*untold).distinct().limit(limit)))


def take(tx: Tx, conversation_id: int, now: datetime) -> list[tuple[Reminder, Deadline]]:
    """Everything that may be told to this person now, the earliest deadline first. Of two callers only one gets it."""
    waiting = (
        select(Reminder, Deadline)
        .join(Deadline, col(Deadline.id) == Reminder.deadline_id)
        .where(Reminder.conversation_id == conversation_id, col(Reminder.settled_at).is_(None), Reminder.due_at <= now)
        .order_by(col(Deadline.due_at), col(Reminder.id))
    )
    return [(row, deadline) for row, deadline in tx.session.exec(waiting).all() if _settle(tx, row, TOLD, now)]


def put_off(tx: Tx, conversation_id: int, now: datetime, until: datetime) -> int:
    """What may be told to this person now waits until then, but for what was urgent when it was raised; how many."""
    waiting = (
        Reminder.conversation_id == conversation_id,
        col(Reminder.settled_at).is_(None),
        col(Reminder.due_at) <= now,
        col(Reminder.due_at) > col(Reminder.raised_at),
    )
    return tx.change(Reminder, *waiting, due_at=until)


def set_moot(tx: Tx, reminder: Reminder) -> None:
    """What it was about is over: it is not told any more."""
    tx.change(Reminder, col(Reminder.id) == reminder.id, outcome=MOOT)


def _settle(tx: Tx, reminder: Reminder, outcome: str, now: datetime) -> bool:
    untold = (col(Reminder.id) == reminder.id, col(Reminder.settled_at).is_(None))
    return tx.change(Reminder, *untold, outcome=outcome, settled_at=now) == 1
