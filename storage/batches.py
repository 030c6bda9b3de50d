"""Forwarded messages that are read together: kept one by one, due once nothing more has come for a while."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, select

from storage.tables import Batch, Gathered, InboxEvent
from storage.transaction import Tx

GATHERING, ASKED, FILED, DROPPED = "gathering", "asked", "filed", "dropped"


def open_batch(tx: Tx, conversation_id: int) -> Batch | None:
    """The batch that this conversation gathers or is asked about; None when there is none."""
    return tx.session.exec(
        select(Batch).where(Batch.conversation_id == conversation_id, col(Batch.ended_at).is_(None))
    ).first()


def keep(
    tx: Tx,
    conversation_id: int,
    *,
    inbox_id: int,
    event: str,
    heard: str,
    evidence_id: int | None,
    due_at: datetime,
    now: datetime,
) -> Gathered:
    """Keep one message (JSON of what it tells and of what that means) and put the reading off until `due_at`."""
    batch = open_batch(tx, conversation_id) or _begin(tx, conversation_id, now)
    tx.change(Batch, col(Batch.id) == batch.id, state=GATHERING, due_at=due_at)
    part = tx.session.exec(select(func.count()).select_from(Gathered).where(Gathered.inbox_id == inbox_id)).one()
    return tx.add(
        Gathered(
            batch_id=batch.id,
            inbox_id=inbox_id,
            part=part,
            order_key=tx.session.get_one(InboxEvent, inbox_id).order_key,
            event_sealed=tx.vault.seal(event),
            heard_sealed=tx.vault.seal(heard),
            evidence_id=evidence_id,
        )
    )


def messages(tx: Tx, batch_id: int) -> list[Gathered]:
    """The messages of a batch in the order in which they were sent."""
    return list(
        tx.session.exec(
            select(Gathered).where(Gathered.batch_id == batch_id).order_by(col(Gathered.order_key), col(Gathered.id))
        )
    )


def count(tx: Tx, batch_id: int) -> int:
    """How many messages a batch has."""
    return tx.session.exec(select(func.count()).select_from(Gathered).where(Gathered.batch_id == batch_id)).one()


def event_of(tx: Tx, row: Gathered) -> str:
    """What was sent, as JSON."""
    return tx.vault.open(row.event_sealed)


def heard_of(tx: Tx, row: Gathered) -> str:
    """What its words and its point mean, as JSON; "" for nothing."""
    return tx.vault.open(row.heard_sealed)


def mean(tx: Tx, message_id: int, heard: str) -> None:
    """From now on a message means this, as JSON."""
    tx.change(Gathered, col(Gathered.id) == message_id, heard_sealed=tx.vault.seal(heard))


def due(tx: Tx, now: datetime, limit: int) -> list[Batch]:
    """Batches for which nothing more has come for long enough, the longest waiting first."""
    waiting = select(Batch).where(col(Batch.due_at) <= now, col(Batch.ended_at).is_(None))
    return list(tx.session.exec(waiting.order_by(col(Batch.due_at), col(Batch.id)).limit(limit)))


def wait_until(tx: Tx, batch_id: int, due_at: datetime) -> None:
    """It is to be read then, and not before."""
    tx.change(Batch, col(Batch.id) == batch_id, due_at=due_at)


def stop_waiting(tx: Tx, batch_id: int) -> None:
    """It is to be read now: nothing is waited for any more until the next message comes."""
    tx.change(Batch, col(Batch.id) == batch_id, due_at=None, state=ASKED)


def end(tx: Tx, batch_id: int, state: str, now: datetime) -> None:
    """The batch is done with (filed, dropped)."""
    tx.change(Batch, col(Batch.id) == batch_id, state=state, ended_at=now, due_at=None)


def forget(tx: Tx, batch_id: int) -> None:
    """What neighbours wrote is needed no longer: the reports hold what they told, and nothing is kept of the rest."""
    tx.change(Gathered, col(Gathered.batch_id) == batch_id, event_sealed="", heard_sealed="")


def begin_with_rest(
    tx: Tx, conversation_id: int, ended_id: int, known: Collection[int], due_at: datetime, now: datetime
) -> Batch | None:
    """A new batch of the messages that an ended one has not dealt with; None when there are none."""
    rest = [row.id for row in messages(tx, ended_id) if row.id not in known and row.report_id is None]
    if not rest:
        return None
    following = _begin(tx, conversation_id, now)
    tx.change(Batch, col(Batch.id) == following.id, due_at=due_at)
    tx.change(Gathered, col(Gathered.id).in_(rest), batch_id=following.id)
    return following


def became(tx: Tx, message_ids: Collection[int], report_id: int) -> None:
    """These messages are in this report."""
    tx.change(Gathered, col(Gathered.id).in_(message_ids), col(Gathered.report_id).is_(None), report_id=report_id)


def _begin(tx: Tx, conversation_id: int, now: datetime) -> Batch:
    begun = tx.add_once(Batch, conversation_id=conversation_id, state=GATHERING, created_at=now)
    found = begun or open_batch(tx, conversation_id)
    assert found is not None
    return found
