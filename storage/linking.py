"""Codes with which a person shows that two of their chats are theirs, and the links that follow. History is never rewritten."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, func, select

from storage.contacts import same_person
from storage.tables import AuditEntry, Contact, LinkCode
from storage.transaction import Tx


class LinkCodeUnusable(Exception):
    """The code cannot be used; ``state`` says why: unknown, expired, used, own."""

    def __init__(self, state: str) -> None:
        super().__init__(f"The code is {state}.")
        self.state = state


def make(tx: Tx, code: str, contact_id: int, conversation_id: int, now: datetime, expires_at: datetime) -> LinkCode:
    """Keep a code, as a fingerprint only; the earlier ones of this person are void from now on."""
    mine = col(LinkCode.contact_id).in_(same_person(tx, contact_id))
    tx.change(LinkCode, mine, col(LinkCode.expires_at) > now, expires_at=now)
    return tx.add(
        LinkCode(
            code_hash=tx.vault.fingerprint(code),
            contact_id=contact_id,
            conversation_id=conversation_id,
            created_at=now,
            expires_at=expires_at,
        )
    )


def made_since(tx: Tx, contact_id: int, since: datetime) -> int:
    """How many codes this person had made since then."""
    mine = col(LinkCode.contact_id).in_(same_person(tx, contact_id))
    return tx.session.exec(
        select(func.count()).select_from(LinkCode).where(mine, col(LinkCode.created_at) > since)
    ).one()


def acts_since(tx: Tx, contact_id: int, act: str, since: datetime) -> int:
    """How often this very contact did something that is written down, since then."""
    query = select(func.count()).select_from(AuditEntry)
    which = (AuditEntry.contact_id == contact_id, AuditEntry.act == act, col(AuditEntry.at) > since)
    return tx.session.exec(query.where(*which)).one()


def look_at(tx: Tx, code: str, contact_id: int, now: datetime) -> tuple[str, LinkCode | None]:
    """How a code stands for this person (open, unknown, expired, used, own), without using it; the code when it is open."""
    found = tx.session.exec(select(LinkCode).where(LinkCode.code_hash == tx.vault.fingerprint(code))).first()
    state = _state(tx, found, contact_id, now)
    return state, found if state == "open" else None


def redeem(tx: Tx, code: str, contact_id: int, now: datetime) -> LinkCode:
    """Use a code once, and take both contacts for one person from now on. Raises LinkCodeUnusable."""
    locked = select(LinkCode).where(LinkCode.code_hash == tx.vault.fingerprint(code)).with_for_update()
    found = tx.session.exec(locked.execution_options(populate_existing=True)).first()
    if (state := _state(tx, found, contact_id, now)) != "open" or found is None:
        raise LinkCodeUnusable(state)
    tx.change(LinkCode, col(LinkCode.id) == found.id, used_at=now, used_by=contact_id)
    _join(tx, contact_id, found.contact_id, now)
    return found


def part(tx: Tx, contact_id: int) -> list[int]:
    """Let this contact stand alone again, with what was always the same person; the contacts it was linked to until now."""
    everybody = same_person(tx, contact_id)
    _lock(tx, everybody)
    linked = [each.id for each in _contacts(tx, everybody) if each.linked_at is not None]
    tx.change(Contact, col(Contact.id).in_(linked), merged_into=None)
    own = set(same_person(tx, contact_id))
    others = [id_ for id_ in everybody if id_ not in own]
    tx.change(Contact, col(Contact.id).in_(own & set(linked)), linked_at=None)
    _gather(tx, others)
    return others


def _gather(tx: Tx, others: list[int]) -> None:
    """Those who remain stay one person."""
    roots = [(each.id, each.linked_at) for each in _contacts(tx, others) if each.merged_into is None]
    if not roots:
        return
    first, since = roots[0]
    for root, linked_at in roots[1:]:
        tx.change(Contact, col(Contact.id) == root, merged_into=first, linked_at=linked_at or since)
    tx.change(Contact, col(Contact.id) == first, linked_at=None)


def _join(tx: Tx, contact_id: int, with_: int, now: datetime) -> None:
    _lock(tx, [*same_person(tx, contact_id), *same_person(tx, with_)])
    ours, theirs = same_person(tx, contact_id)[0], same_person(tx, with_)[0]  # anew: somebody may have been first
    if ours != theirs:
        tx.change(Contact, col(Contact.id) == ours, merged_into=theirs, linked_at=now)


def _lock(tx: Tx, contact_ids: Iterable[int]) -> None:
    """Nobody else links or parts these persons meanwhile: two at once could make a circle."""
    ids = sorted(set(contact_ids))
    query = select(Contact).where(col(Contact.id).in_(ids)).order_by(col(Contact.id)).with_for_update()
    tx.session.exec(query.execution_options(populate_existing=True)).all()


def _contacts(tx: Tx, ids: Iterable[int]) -> list[Contact]:
    query = select(Contact).where(col(Contact.id).in_(list(ids))).order_by(col(Contact.id))
    return list(tx.session.exec(query.execution_options(populate_existing=True)))


def _state(tx: Tx, code: LinkCode | None, contact_id: int, now: datetime) -> str:
    if code is None:
        return "unknown"
    if code.contact_id in same_person(tx, contact_id):
        return "own"
    if code.used_at is not None:
        return "used"
    return "expired" if now >= code.expires_at else "open"
