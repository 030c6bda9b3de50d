"""Reports that were filed in a group, and the message of ours there that shows where each stands."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import Conversation, GroupCard, OutboxMessage
from storage.transaction import Tx


def put_up(
    tx: Tx, *, report_id: int, conversation: Conversation, message: str, author: str, token: str, now: datetime
) -> GroupCard:
    """Note a report and the message of the group that it was filed from; ``author`` is the platform's id of its writer."""
    assert conversation.id is not None
    return tx.add(
        GroupCard(
            report_id=report_id,
            conversation_id=conversation.id,
            chat_hash=conversation.chat_hash,
            message=message,
            author_hash=tx.vault.fingerprint(author) if author else "",
            token_hash=tx.vault.fingerprint(token),
            token_sealed=tx.vault.seal(token),
            created_at=now,
        )
    )


def of_message(tx: Tx, chat_hash: str, message: str) -> GroupCard | None:
    """The card of a message that was filed already."""
    same = (GroupCard.chat_hash == chat_hash, GroupCard.message == message)
    return tx.session.exec(select(GroupCard).where(*same)).first()


def shown_as(tx: Tx, chat_hash: str, external_id: str) -> GroupCard | None:
    """The card that a message of ours in this group is; None for any other message."""
    found = tx.session.exec(
        select(GroupCard)
        .join(OutboxMessage, col(OutboxMessage.report_id) == GroupCard.report_id)
        .where(
            GroupCard.chat_hash == chat_hash,
            OutboxMessage.conversation_id == GroupCard.conversation_id,
            OutboxMessage.external_id == external_id,
        )
    )
    return found.first()


def of_token(tx: Tx, token: str) -> GroupCard | None:
    """The card to whose author this link was given."""
    return tx.session.exec(select(GroupCard).where(GroupCard.token_hash == tx.vault.fingerprint(token))).first()


def of_report(tx: Tx, report_id: int) -> GroupCard | None:
    """The card of a report; None for one that was not filed in a group."""
    return tx.session.exec(select(GroupCard).where(GroupCard.report_id == report_id)).first()


def token_of(tx: Tx, card: GroupCard) -> str:
    """What stands in the link for the author."""
    return tx.vault.open(card.token_sealed)


def take(tx: Tx, card: GroupCard, now: datetime) -> bool:
    """The author takes it over; False when that was done before."""
    return tx.change(GroupCard, col(GroupCard.id) == card.id, col(GroupCard.taken_at).is_(None), taken_at=now) == 1
