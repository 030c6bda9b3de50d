"""Talks that a citizen wants to have with a person: asked for, taken, ended."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from storage.tables import Handover
from storage.transaction import Tx


def ask(tx: Tx, conversation_id: int, lately: Iterable[str], now: datetime) -> Handover | None:
    """A citizen asks for a person; None when they wait or talk already."""
    sealed = tx.vault.seal(json.dumps(list(lately), ensure_ascii=False))
    row = {"conversation_id": conversation_id, "opened_at": now, "lately_sealed": sealed}
    return tx.add_once(Handover, **row, unanswered_since=now, reminded_at=now)


def by_id(tx: Tx, handover_id: int) -> Handover | None:
    """A talk that was asked for, whatever became of it."""
    return tx.session.get(Handover, handover_id)


def of_citizen(tx: Tx, conversation_id: int) -> Handover | None:
    """The talk that this citizen waits for or has."""
    wanted = select(Handover).where(Handover.conversation_id == conversation_id, col(Handover.ended_at).is_(None))
    return tx.session.exec(wanted).first()


def of_talk(tx: Tx, conversation_id: int) -> list[Handover]:
    """Every talk with a person that was asked for here, ended or not."""
    return list(tx.session.exec(select(Handover).where(Handover.conversation_id == conversation_id)))


def of_claimer(tx: Tx, conversation_id: int) -> Handover | None:
    """The talk that is had from this chat of the staff bot."""
    theirs = Handover.claimer_conversation_id == conversation_id
    return tx.session.exec(select(Handover).where(theirs, col(Handover.ended_at).is_(None))).first()


def waiting(tx: Tx, limit: int) -> list[Handover]:
    """Talks that nobody took yet, the longest waiting first."""
    nobody = (col(Handover.claimed_at).is_(None), col(Handover.ended_at).is_(None))
    return list(tx.session.exec(select(Handover).where(*nobody).order_by(col(Handover.id)).limit(limit)))


def lately(tx: Tx, handover: Handover) -> tuple[str, ...]:
    """The last lines of the talk when the person was asked for, oldest first."""
    return tuple(json.loads(tx.vault.open(handover.lately_sealed)))


def note(tx: Tx, handover: Handover, line: str) -> None:
    """Another line for whoever takes the talk."""
    sealed = tx.vault.seal(json.dumps([*lately(tx, handover), line], ensure_ascii=False))
    tx.change(Handover, col(Handover.id) == handover.id, lately_sealed=sealed)


def claim(tx: Tx, handover_id: int, contact_id: int, conversation_id: int, now: datetime) -> bool:
    """Take a waiting talk; False when somebody else has it or it ended."""
    free = (col(Handover.claimed_at).is_(None), col(Handover.ended_at).is_(None))
    taken = tx.change(
        Handover,
        col(Handover.id) == handover_id,
        *free,
        claimed_by=contact_id,
        claimer_conversation_id=conversation_id,
        claimed_at=now,
        reminded_at=now,
    )
    return taken == 1


def heard(tx: Tx, handover: Handover, now: datetime, *, from_citizen: bool) -> None:
    """Somebody spoke: the citizen waits from their first words on, until a person answers."""
    since = (handover.unanswered_since or now) if from_citizen else None
    tx.change(Handover, col(Handover.id) == handover.id, unanswered_since=since)


def unanswered(tx: Tx) -> list[Handover]:
    """Talks in which a citizen waits, taken or not."""
    open_ = (col(Handover.ended_at).is_(None), col(Handover.unanswered_since).is_not(None))
    return list(tx.session.exec(select(Handover).where(*open_).order_by(col(Handover.id))))


def reminded(tx: Tx, handover: Handover, now: datetime) -> None:
    """The administrators were told that this citizen still waits; whoever had the talk has it no more."""
    nobody = {"claimed_by": None, "claimer_conversation_id": None, "claimed_at": None}
    tx.change(Handover, col(Handover.id) == handover.id, reminded_at=now, **nobody)


def end(tx: Tx, handover_id: int, by: str, now: datetime) -> bool:
    """The talk is over, by the citizen's or the claimer's wish; False when it was before."""
    still = col(Handover.ended_at).is_(None)
    return tx.change(Handover, col(Handover.id) == handover_id, still, ended_at=now, ended_by=by) == 1
