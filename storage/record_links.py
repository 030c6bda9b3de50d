"""Links with which people fetch a copy of their data: each works once, and not for long."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import DataLink
from storage.transaction import Tx


def make(tx: Tx, contact_id: int, token: str, now: datetime, expires_at: datetime) -> None:
    """Keep a link, as a fingerprint only; earlier ones of the same person work no more."""
    tx.change(DataLink, DataLink.contact_id == contact_id, col(DataLink.used_at).is_(None), expires_at=now)
    fingerprint = tx.vault.fingerprint(token)
    tx.add(DataLink(contact_id=contact_id, token_hash=fingerprint, created_at=now, expires_at=expires_at))


def whose(tx: Tx, token: str, now: datetime) -> int | None:
    """The contact whose data this link gives; None when it is unknown, was used, or came too late."""
    found = tx.session.exec(select(DataLink).where(DataLink.token_hash == tx.vault.fingerprint(token))).first()
    good = found is not None and found.used_at is None and now < found.expires_at
    return found.contact_id if found and good else None


def use(tx: Tx, token: str, now: datetime) -> int | None:
    """The same, and it works no more."""
    contact_id = whose(tx, token, now)
    unused = (DataLink.token_hash == tx.vault.fingerprint(token), col(DataLink.used_at).is_(None))
    return contact_id if contact_id is not None and tx.change(DataLink, *unused, used_at=now) == 1 else None
