"""What we remember of a talk between two turns, and when it wants to be woken."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage.tables import Conversation
from storage.transaction import LostRace, Tx

__all__ = ["Loaded", "LostRace", "by_id", "due", "load", "save", "stop_waiting"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A conversation with its session; `version` is what `save` must be told."""

    conversation: Conversation
    session_json: str | None  # None before the first turn
    version: int


def load(tx: Tx, conversation_id: int) -> Loaded:
    """Read a conversation; in a transaction that writes, PostgreSQL lets nobody else have it until the commit."""
    query = select(Conversation).where(Conversation.id == conversation_id)
    if not tx.reading:
        # NO KEY: a webhook may go on storing events for this conversation meanwhile.
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    conversation = tx.session.exec(query).one()
    return Loaded(conversation, tx.vault.open(conversation.session_sealed) or None, conversation.version)


def save(
    tx: Tx,
    conversation_id: int,
    session_json: str,
    expected_version: int,
    now: datetime,
    wake_at: datetime | None,
    wake_turn: int,
) -> None:
    """Keep the session of a turn. Raises LostRace when another turn was kept since `expected_version` was loaded."""
    kept = tx.change(
        Conversation,
        col(Conversation.id) == conversation_id,
        col(Conversation.version) == expected_version,
        session_sealed=tx.vault.seal(session_json),
        version=expected_version + 1,
        saved_at=now,
        wake_at=wake_at,
        wake_turn=wake_turn,
    )
    if not kept:
        raise LostRace(f"Another turn of conversation {conversation_id} was kept first.")


def by_id(tx: Tx, conversation_id: int) -> Conversation:
    """A conversation, to look at it."""
    return tx.session.get_one(Conversation, conversation_id)


def stop_waiting(tx: Tx, conversation_id: int) -> None:
    """Its silence was noticed: it does not want to be woken any more."""
    tx.change(Conversation, col(Conversation.id) == conversation_id, wake_at=None)


def due(tx: Tx, now: datetime, limit: int) -> list[Conversation]:
    """The conversations whose silence has lasted long enough, longest first."""
    return list(
        tx.session.exec(
            select(Conversation)
            .where(col(Conversation.wake_at) <= now)
            .order_by(col(Conversation.wake_at), col(Conversation.id))
            .limit(limit)
        )
    )
