"""Messages as a platform knows them: how far each came, whatever order its news arrive in, and what was charged."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlmodel import col, select

from storage.tables import BilledMessages, SentParcel
from storage.transaction import Tx

PROGRESS: Final = ("sent", "failed", "delivered", "read")
"""A later word counts more: what was delivered did not fail, and what was read was delivered."""


def sent(
    tx: Tx, channel: str, external_ids: Iterable[str], message_id: int, now: datetime, *, nudge: bool = False
) -> list[SentParcel]:
    """The platform took these for our message; each as it stands, as its news may have come before."""
    found = []
    for external_id in external_ids:
        parcel = _find_or_add(tx, channel, external_id, now)
        tx.change(SentParcel, col(SentParcel.id) == parcel.id, message_id=message_id, nudge=nudge)
        tx.session.refresh(parcel)
        found.append(parcel)
    return found


def progressed(
    tx: Tx, channel: str, external_id: str, state: str, outcome: str, at: datetime, now: datetime
) -> SentParcel | None:
    """A parcel came so far (`outcome` says what its failing means, as JSON); None when it had come farther before."""
    parcel = _find_or_add(tx, channel, external_id, now)
    earlier = PROGRESS[: PROGRESS.index(state)]
    which = (col(SentParcel.id) == parcel.id, col(SentParcel.state).in_(earlier))
    moved = tx.change(SentParcel, *which, state=state, outcome=outcome, changed_at=at)
    if not moved:
        return None
    tx.session.refresh(parcel)
    return parcel


def of_message(tx: Tx, message_id: int) -> list[SentParcel]:
    """All parcels of a message, but not what only asked for an answer."""
    query = select(SentParcel).where(SentParcel.message_id == message_id, col(SentParcel.nudge).is_(False))
    return list(tx.session.exec(query.order_by(col(SentParcel.id)).execution_options(populate_existing=True)))


def let_go(tx: Tx, message_id: int) -> None:
    """The message is sent anew: what becomes of its earlier parcels says nothing of it any more."""
    tx.change(SentParcel, col(SentParcel.message_id) == message_id, message_id=None)


def bill(tx: Tx, channel: str, external_id: str, category: str, day: date, now: datetime) -> bool:
    """The platform charges for a parcel; True when that was not counted yet."""
    parcel = _find_or_add(tx, channel, external_id, now)
    if not tx.change(SentParcel, col(SentParcel.id) == parcel.id, col(SentParcel.billed) == "", billed=category):
        return False
    tx.add_once(BilledMessages, day=day, channel=channel, category=category, count=0)
    same = (
        col(BilledMessages.day) == day,
        col(BilledMessages.channel) == channel,
        col(BilledMessages.category) == category,
    )
    tx.change(BilledMessages, *same, count=BilledMessages.count + 1)
    return True


def billed(tx: Tx, since: date, until: date) -> list[BilledMessages]:
    """What was charged from one day to another, both included."""
    days = (col(BilledMessages.day) >= since, col(BilledMessages.day) <= until)
    return list(tx.session.exec(select(BilledMessages).where(*days).order_by(col(BilledMessages.day))))


def _find_or_add(tx: Tx, channel: str, external_id: str, now: datetime) -> SentParcel:
    external_hash = tx.vault.fingerprint(external_id)
    known = select(SentParcel).where(SentParcel.channel == channel, SentParcel.external_hash == external_hash)
    found = tx.session.exec(known).first()
    added = found or tx.add_once(SentParcel, channel=channel, external_hash=external_hash, changed_at=now)
    return added or tx.session.exec(known).one()
