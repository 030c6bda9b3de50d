"""Forgetting what was said in a person's chats, and at last where they wrote from."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import col, or_, select

from storage.tables import (
    Address,
    AddressAlias,
    Batch,
    Contact,
    Conversation,
    DataLink,
    Evidence,
    Gathered,
    Handover,
    InboxEvent,
    KimMember,
    OutboxMessage,
    Report,
    StaffRole,
)
from storage.transaction import Tx

SAID = '{"text": "—", "choices": [], "hope": "nothing", "photos": [], "turn": 0}'
"""What stands for a message of ours."""
HEARD = "{}"
"""What stands for an event that was received."""


def forget_talk(tx: Tx, conversation: Conversation, spared: int, reports_kept: Collection[int], now: datetime) -> None:
    """Erase both sides of a talk. ``spared`` is the talk of this turn, whose session its turn writes anew; what is still owed
    about the reports that are kept goes out first."""
    here = conversation.id
    kept = col(OutboxMessage.report_id).in_(reports_kept)
    owed = (col(OutboxMessage.state).in_(("due", "held")), OutboxMessage.conversation_id == here)
    tx.change(OutboxMessage, *owed, or_(col(OutboxMessage.report_id).is_(None), ~kept), state="withdrawn", sent_at=now)
    done = (OutboxMessage.conversation_id == here, col(OutboxMessage.state).not_in(("due", "held", "sending")))
    tx.change(OutboxMessage, *done, body_sealed=tx.vault.seal(SAID), external_id="", report_id=None)
    heard = (InboxEvent.conversation_id == here, InboxEvent.state != "pending")
    tx.change(InboxEvent, *heard, payload_sealed=tx.vault.seal(HEARD))
    tx.change(Handover, Handover.conversation_id == here, lately_sealed=tx.vault.seal("[]"))
    batches = select(Batch.id).where(Batch.conversation_id == here)
    tx.change(Gathered, col(Gathered.batch_id).in_(batches), event_sealed="", heard_sealed="")
    tx.change(Batch, Batch.conversation_id == here, col(Batch.ended_at).is_(None), state="dropped", ended_at=now)
    if here != spared:
        version = Conversation.version + 1
        tx.change(Conversation, col(Conversation.id) == here, session_sealed="", version=version, wake_at=None)


def forget_in_groups(tx: Tx, contact_ids: Collection[int]) -> None:
    """Erase what these people wrote to us in groups. The cards that we put up there name nobody and stay."""
    talks = select(Conversation.id).join(Address, col(Address.id) == Conversation.address_id)
    theirs = talks.where(col(Address.contact_id).in_(contact_ids), col(Conversation.in_group).is_(True))
    heard = (col(InboxEvent.conversation_id).in_(theirs), InboxEvent.state != "pending")
    tx.change(InboxEvent, *heard, payload_sealed=tx.vault.seal(HEARD))
    version = Conversation.version + 1
    tx.change(Conversation, col(Conversation.id).in_(theirs), session_sealed="", version=version, wake_at=None)


def blank_where(tx: Tx, tells: Callable[[str], bool], since: datetime) -> None:
    """In the chats of staff, erase every message since then that tells of the person."""
    staff = select(Conversation.id).join(Address, col(Address.id) == Conversation.address_id)
    theirs = staff.where(col(Address.contact_id).in_(select(StaffRole.contact_id)))
    said = select(OutboxMessage).where(
        col(OutboxMessage.conversation_id).in_(theirs), OutboxMessage.created_at >= since
    )
    for message in tx.session.exec(said.execution_options(yield_per=500)):
        if tells(tx.vault.open(message.body_sealed)):
            message.body_sealed = tx.vault.seal(SAID)
    heard = select(InboxEvent).where(
        col(InboxEvent.conversation_id).in_(theirs), InboxEvent.received_at >= since, InboxEvent.state != "pending"
    )
    for event in tx.session.exec(heard.execution_options(yield_per=500)):
        if tells(tx.vault.open(event.payload_sealed)):
            event.payload_sealed = tx.vault.seal(HEARD)


def forget_name(tx: Tx, contact_ids: Collection[int], now: datetime) -> None:
    """No name any more, no place in a group, and the wish to be forgotten. Staff keep the name under which they work."""
    quiet = {"campaigns": "", "campaigns_since": None}
    tx.change(Contact, col(Contact.id).in_(contact_ids), erased_at=now, **quiet)
    staff = select(StaffRole.contact_id)
    tx.change(Contact, col(Contact.id).in_(contact_ids), col(Contact.id).not_in(staff), name_sealed="")
    member = (col(KimMember.contact_id).in_(contact_ids), col(KimMember.until).is_(None))
    tx.change(KimMember, *member, until=now, ended_because="left", asked_at=None)
    tx.change(DataLink, col(DataLink.contact_id).in_(contact_ids), expires_at=now)


def came_back(tx: Tx, contact_id: int) -> None:
    """Somebody who was erased tells us something new: they are a reporter again."""
    tx.change(Contact, col(Contact.id) == contact_id, erased_at=None)


def contacts_to_forget(tx: Tx, before: datetime, limit: int = 50) -> list[int]:
    """Contacts who wished to be forgotten before then, were silent since, and have no report any more."""
    busy = select(Report.contact_id)
    heard = (
        select(Address.contact_id)
        .join(Conversation, col(Conversation.address_id) == Address.id)
        .where(col(Conversation.last_heard_at) > before)
    )
    wish = (col(Contact.erased_at) <= before, col(Contact.id).not_in(busy), col(Contact.id).not_in(heard))
    return list(tx.session.exec(select(Contact.id).where(*wish).order_by(col(Contact.id)).limit(limit)))


def forget_addresses(tx: Tx, contact_id: int, now: datetime) -> None:
    """Where this contact wrote from is not known any more. Staff keep their address: they work with it."""
    tx.change(Contact, col(Contact.id) == contact_id, erased_at=None)
    if tx.session.exec(select(StaffRole.id).where(StaffRole.contact_id == contact_id)).first() is not None:
        return
    for address in tx.session.exec(select(Address).where(Address.contact_id == contact_id)).all():
        for talk in tx.session.exec(select(Conversation).where(Conversation.address_id == address.id)).all():
            forget_talk(tx, talk, 0, (), now)
            talk.chat_hash, talk.chat_sealed = _nothing(tx), ""
        for alias in tx.session.exec(select(AddressAlias).where(AddressAlias.address_id == address.id)).all():
            alias.external_hash = _nothing(tx)
        address.external_hash, address.external_sealed = _nothing(tx), ""
        address.unreachable_since, address.unreachable_reason = now, "erased at their own wish"
        tx.add(address)


def files_of_talk(conversation_id: int | None, reports_kept: Collection[int]) -> tuple[object, ...]:
    """Which evidence of a talk belongs to no report that is kept, for `erasing.forget_files`."""
    free = or_(col(Evidence.report_id).is_(None), col(Evidence.report_id).not_in(reports_kept))
    return (Evidence.conversation_id == conversation_id, Evidence.purpose == "problem", free)


def _nothing(tx: Tx) -> str:
    return tx.vault.fingerprint(secrets.token_urlsafe(24))
