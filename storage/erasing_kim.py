"""Forgetting what somebody did for a community information group: messages passed on, contacts told, what they saw, their place."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from storage.tables import Batch, Consent, Gathered, KimMember, Witness
from storage.transaction import Tx


def forget(tx: Tx, contact_ids: Collection[int], conversation_ids: Collection[int], now: datetime) -> None:
    """Blank what these persons passed on and told of others; their memberships end, and they follow no report any more."""
    theirs = select(Batch.id).where(col(Batch.conversation_id).in_(conversation_ids))
    tx.change(Gathered, col(Gathered.batch_id).in_(theirs), event_sealed="", heard_sealed="")
    open_ = (col(Batch.conversation_id).in_(conversation_ids), col(Batch.ended_at).is_(None))
    tx.change(Batch, *open_, state="dropped", ended_at=now, due_at=None)
    tx.change(Consent, col(Consent.noted_by).in_(contact_ids), person_sealed="", token_hash="")
    tx.change(Consent, col(Consent.conversation_id).in_(conversation_ids), conversation_id=None, withdrawn_at=now)
    memberships = select(KimMember.id).where(col(KimMember.contact_id).in_(contact_ids))
    tx.change(Witness, col(Witness.member_id).in_(memberships), word_sealed="")
    tx.change(
        KimMember,
        col(KimMember.contact_id).in_(contact_ids),
        col(KimMember.until).is_(None),
        until=now,
        ended_because="left",
    )
