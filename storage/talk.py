"""One conversation as both sides see it: what the person sent and what we sent, in one order, read page by page.

A reader keeps a `TalkCursor`. Between two pages both sides go on, a message planned for later may be sent after a newer one,
and on PostgreSQL a row may be committed after one with a higher id. So a cursor is not one position: for each side it holds
how far everything is known, which later rows were shown, and which earlier ones were still on their way.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import SQLModel, and_, col, or_, select

from storage.inbox import OURS, payload_of
from storage.outbox import ARRIVED, UNSENT, body_of
from storage.tables import Address, Conversation, Evidence, InboxEvent, OutboxMessage
from storage.transaction import Tx
from storage.vault import SealBroken, Vault

Row = TypeVar("Row", bound=SQLModel)

OVERLAP = 32
"""Lines behind the last one in which rows committed late are still found: as many lines of one talk must not overtake a commit."""


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One thing that was said."""

    id: str  # names the line, the same each time; tells nothing of our own ids
    ours: bool
    body: str  # the event as it came in, or the Reply that we sent, as JSON
    at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one side was read: all rows up to `floor` but those in `waiting`, and above it those in `shown`."""

    floor: int = 0
    shown: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TalkCursor:
    """How far a talk was read."""

    heard: Mark = field(default_factory=Mark)
    told: Mark = field(default_factory=Mark)


def conversation_at(tx: Tx, channel: str, bot: str, external_id: str, chat_id: str) -> int | None:
    """The conversation of that person in that chat; None while there is none. Creates nothing."""
    return tx.session.exec(
        select(Conversation.id)
        .join(Address, col(Address.id) == Conversation.address_id)
        .where(
            Address.channel == channel,
            Address.bot == bot,
            Address.external_hash == tx.vault.fingerprint(external_id),
            Conversation.chat_hash == tx.vault.fingerprint(chat_id),
        )
    ).first()


def talk(
    tx: Tx, conversation_id: int, after: TalkCursor | None = None, limit: int = 100
) -> tuple[list[TalkLine], TalkCursor]:
    """The next lines of a conversation in the order of time, at most `limit`, and the cursor behind them.

    Every line comes once, however both sides grow between two calls: what the person sent as soon as it is kept, what we
    sent as soon as it has arrived. Fewer lines than `limit` means that there are no more for now.
    """
    after = after or TalkCursor()
    unsent = _ids_unsent(
        tx, conversation_id, after.told
    )  # first: what arrives meanwhile is then found by the next query
    heard = _unread(
        tx, InboxEvent, after.heard, limit, InboxEvent.conversation_id == conversation_id, InboxEvent.source != OURS
    )
    told = _unread(
        tx,
        OutboxMessage,
        after.told,
        limit,
        OutboxMessage.conversation_id == conversation_id,
        col(OutboxMessage.state).in_(ARRIVED),
    )
    page = list(_in_time_order(heard, told))[:limit]
    page_heard = [row for row in page if isinstance(row, InboxEvent)]
    page_told = [row for row in page if isinstance(row, OutboxMessage)]
    cursor = TalkCursor(
        _moved(after.heard, page_heard, len(heard) > len(page_heard), ()),
        _moved(after.told, page_told, len(told) > len(page_told), unsent),
    )
    return [_line(tx, row) for row in page], cursor


def sent_replies(tx: Tx, conversation_id: int) -> Iterator[str]:
    """Every Reply (JSON) that arrived in this conversation, the newest first."""
    arrived = (
        select(OutboxMessage)
        .where(OutboxMessage.conversation_id == conversation_id, col(OutboxMessage.state).in_(ARRIVED))
        .order_by(col(OutboxMessage.id).desc())
    )
    for message in tx.session.exec(arrived):
        yield body_of(tx, message)


def payload_under(tx: Tx, conversation_id: int, source: str, unique_key: str) -> str | None:
    """The event kept under that key, when it belongs to this conversation."""
    event = tx.session.exec(
        select(InboxEvent).where(
            InboxEvent.source == source,
            InboxEvent.unique_key == unique_key,
            InboxEvent.conversation_id == conversation_id,
        )
    ).first()
    return payload_of(tx, event) if event else None


def evidence_name(vault: Vault, evidence_id: int) -> str:
    """The name by which pages call a piece of evidence: 32 hex digits that tell nothing of its id."""
    return vault.fingerprint(f"evidence:{evidence_id}")[:32]


def stored_evidence(tx: Tx, evidence_id: int) -> Evidence | None:
    """A piece of evidence of which we have our own copy."""
    evidence = tx.session.get(Evidence, evidence_id)
    return evidence if evidence and evidence.state == "stored" else None


def write_cursor(vault: Vault, cursor: TalkCursor) -> str:
    """A cursor as text for a page: sealed, as it holds our own ids."""
    return vault.seal(json.dumps([_numbers(cursor.heard), _numbers(cursor.told)], separators=(",", ":")))


def read_cursor(vault: Vault, text: str) -> TalkCursor:
    """The cursor that `write_cursor` wrote; the beginning of the talk for anything else, so that nothing can be missed."""
    try:
        heard, told = json.loads(vault.open(text))
        return TalkCursor(_mark(heard), _mark(told))
    except (SealBroken, ValueError, TypeError):
        return TalkCursor()


# ---------------------------------------------------------------- reading


def _unread(tx: Tx, table: type[Row], mark: Mark, limit: int, *which: Any) -> list[Row]:
    """Rows not shown yet, by id; one more than `limit`, so that it shows whether some are left."""
    id_ = col(table.id)  # type: ignore[attr-defined]
    fresh = or_(and_(id_ > mark.floor, id_.not_in(mark.shown)), id_.in_(mark.waiting))
    return list(tx.session.exec(select(table).where(*which, fresh).order_by(id_).limit(limit + 1)))


def _ids_unsent(tx: Tx, conversation_id: int, mark: Mark) -> Sequence[int]:
    id_ = col(OutboxMessage.id)
    unsent = select(OutboxMessage.id).where(
        OutboxMessage.conversation_id == conversation_id,
        col(OutboxMessage.state).in_(UNSENT),
        or_(id_ > mark.floor, id_.in_(mark.waiting)),
    )
    return list(tx.session.exec(unsent))


def _in_time_order(heard: Sequence[InboxEvent], told: Sequence[OutboxMessage]) -> Iterator[InboxEvent | OutboxMessage]:
    """Merge the two sides by time, each staying in its own order even where a clock was set back."""
    question, answer = 0, 0
    while question < len(heard) and answer < len(told):
        if heard[question].received_at <= _sent_at(told[answer]):
            yield heard[question]
            question += 1
        else:
            yield told[answer]
            answer += 1
    yield from heard[question:]
    yield from told[answer:]


def _sent_at(message: OutboxMessage) -> datetime:
    return message.sent_at or message.created_at


def _line(tx: Tx, row: InboxEvent | OutboxMessage) -> TalkLine:
    if isinstance(row, InboxEvent):
        return TalkLine(_name(tx, "heard", row.id), False, payload_of(tx, row), row.received_at)
    return TalkLine(_name(tx, "told", row.id), True, body_of(tx, row), _sent_at(row))


def _name(tx: Tx, side: str, row_id: int | None) -> str:
    return tx.vault.fingerprint(f"{side}:{row_id}")[:32]


# ---------------------------------------------------------------- cursors


def _moved(mark: Mark, page: Sequence[Row], more: bool, unsent: Sequence[int]) -> Mark:
    """The mark behind a page, when `more` rows wait for the next one and those of `unsent` have not arrived.

    Never more than OVERLAP rows stay in `shown`; as a page takes the lowest ids first, the floor cannot rise above a row
    that is left for the next page.
    """
    ids = _ids(page)
    shown = sorted({*mark.shown, *(id_ for id_ in ids if id_ > mark.floor)})
    floor = shown[-OVERLAP - 1] if len(shown) > OVERLAP else mark.floor
    waiting = {id_ for id_ in unsent if id_ <= floor}.union(mark.waiting if more else ()).difference(ids)
    return Mark(floor, tuple(id_ for id_ in shown if id_ > floor), tuple(sorted(waiting)))


def _ids(rows: Sequence[SQLModel]) -> list[int]:
    return [row.id for row in rows]  # type: ignore[attr-defined]


def _numbers(mark: Mark) -> list[Any]:
    return [mark.floor, [id_ - mark.floor for id_ in mark.shown], list(mark.waiting)]


def _mark(numbers: Any) -> Mark:
    floor, shown, waiting = numbers
    return Mark(int(floor), tuple(floor + int(step) for step in shown), tuple(map(int, waiting)))
