"""What platforms told us: stored once, before it is acknowledged, and handed out in order."""

from datetime import datetime

from sqlmodel import col, or_, select

from storage.tables import Conversation, InboxEvent
from storage.transaction import LostRace, Tx

OURS = "ours"
"""The source of events that we send to ourselves (timers, media): they do not count as hearing from the person."""


def receive(
    tx: Tx,
    *,
    source: str,
    unique_key: str,
    order_key: int,
    payload: str,
    conversation_id: int | None,
    now: datetime,
    state: str = "pending",
    reason: str = "",
) -> InboxEvent | None:
    """Keep an event, and wake its conversation after the commit; None when (source, unique_key) was kept before.

    `order_key` (update_id, or the platform's time in ms) orders the events of one conversation.
    """
    event = tx.add_once(
        InboxEvent,
        source=source,
        unique_key=unique_key,
        conversation_id=conversation_id,
        order_key=order_key,
        state=state,
        reason=reason,
        payload_sealed=tx.vault.seal(payload),
        received_at=now,
        handled_at=None if state == "pending" else now,
    )
    if event is not None and conversation_id is not None and state == "pending":
        if source != OURS:
            _heard(tx, conversation_id, now)
        tx.wake(f"conversation:{conversation_id}")
    return event


def pending(tx: Tx, conversation_id: int, limit: int = 50) -> list[InboxEvent]:
    """What waits for an answer in this conversation, in order."""
    return list(
        tx.session.exec(
            select(InboxEvent)
            .where(InboxEvent.conversation_id == conversation_id, InboxEvent.state == "pending")
            .order_by(col(InboxEvent.order_key), col(InboxEvent.id))
            .limit(limit)
        )
    )


def kept(tx: Tx, conversation_id: int, after_id: int = 0, limit: int = 200) -> list[InboxEvent]:
    """What was heard in this conversation after the event `after_id`, oldest first, whatever became of it."""
    return list(
        tx.session.exec(
            select(InboxEvent)
            .where(InboxEvent.conversation_id == conversation_id, col(InboxEvent.id) > after_id)
            .order_by(col(InboxEvent.id))
            .limit(limit)
        )
    )


def payload_of(tx: Tx, event: InboxEvent) -> str:
    """The event as it was received."""
    return tx.vault.open(event.payload_sealed)


def rewrite(tx: Tx, event: InboxEvent, payload: str) -> None:
    """Keep this instead of what was received, where that held something that may not be kept."""
    tx.change(InboxEvent, col(InboxEvent.id) == event.id, payload_sealed=tx.vault.seal(payload))


def settle(tx: Tx, event: InboxEvent, now: datetime) -> None:
    """It is reflected in a reply. Raises LostRace when somebody ended it before."""
    _end(tx, event, "handled", "", now)


def ignore(tx: Tx, event: InboxEvent, reason: str, now: datetime) -> None:
    """Nothing needs to be done about it. Raises LostRace when somebody ended it before."""
    _end(tx, event, "ignored", reason, now)


def park(tx: Tx, event: InboxEvent, reason: str, now: datetime) -> None:
    """It cannot be handled; a person reads the reason. Raises LostRace when somebody ended it before."""
    _end(tx, event, "parked", reason, now)


def set_aside(tx: Tx, source: str, unique_key: str, reason: str, now: datetime) -> None:
    """Something went wrong with an event of this key, whatever was made of it; a person reads the reason."""
    which = (col(InboxEvent.source) == source, col(InboxEvent.unique_key) == unique_key)
    tx.change(InboxEvent, *which, state="parked", reason=reason, handled_at=now)


def tried(tx: Tx, event: InboxEvent, reason: str) -> None:
    """One more attempt failed; the event keeps waiting."""
    tx.change(InboxEvent, col(InboxEvent.id) == event.id, attempts=InboxEvent.attempts + 1, reason=reason)


def unfinished(tx: Tx) -> list[int]:
    """The conversations with events that wait."""
    waiting = select(InboxEvent.conversation_id).where(
        InboxEvent.state == "pending", col(InboxEvent.conversation_id).is_not(None)
    )
    return [each for each in tx.session.exec(waiting.distinct()) if each is not None]


def _end(tx: Tx, event: InboxEvent, state: str, reason: str, now: datetime) -> None:
    ended = tx.change(
        InboxEvent,
        col(InboxEvent.id) == event.id,
        col(InboxEvent.state) == "pending",
        state=state,
        reason=reason,
        handled_at=now,
    )
    if not ended:
        raise LostRace(f"Inbox event {event.id} was ended by somebody else.")


def _heard(tx: Tx, conversation_id: int, now: datetime) -> None:
    tx.change(
        Conversation,
        col(Conversation.id) == conversation_id,
        or_(col(Conversation.last_heard_at).is_(None), col(Conversation.last_heard_at) < now),
        last_heard_at=now,
    )
