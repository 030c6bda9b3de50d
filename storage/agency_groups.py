"""Groups of agencies on Telegram: bound by a one-time code, one agency a group, until somebody of theirs lets go."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import AgencyGroup, Conversation
from storage.transaction import Tx

OPEN, UNKNOWN, EXPIRED, USED = "open", "unknown", "expired", "used"


def offer(tx: Tx, code: str, agency: str, *, by: int | None, now: datetime, expires_at: datetime) -> AgencyGroup:
    """Keep a code (as a fingerprint only) with which a group becomes this agency's."""
    return tx.add(
        AgencyGroup(
            agency=agency, code_hash=tx.vault.fingerprint(f"agency group {code}"), code_expires_at=expires_at,
            made_by=by, created_at=now,
        )
    )  # fmt: skip


def look_at(tx: Tx, code: str, now: datetime) -> tuple[str, str]:
    """(state, agency) of a code: open, unknown, expired or used; the agency only of an open one."""
    row = tx.session.exec(_with_code(tx, code)).first()
    if row is None:
        return UNKNOWN, ""
    if row.bound_at is not None:
        return USED, ""
    return (OPEN, row.agency) if now < row.code_expires_at else (EXPIRED, "")


def bind(tx: Tx, code: str, conversation: Conversation, *, by: int | None, now: datetime) -> bool:
    """Make the chat of this conversation the agency's; an earlier binding of the chat ends. False for a code that is not open."""
    row = tx.session.exec(_with_code(tx, code).with_for_update()).first()
    if row is None or row.bound_at is not None or now >= row.code_expires_at:
        return False
    release(tx, conversation, now)
    which = (col(AgencyGroup.id) == row.id, col(AgencyGroup.bound_at).is_(None))
    return tx.change(AgencyGroup, *which, conversation_id=conversation.id, bound_at=now, bound_by=by) == 1


def release(tx: Tx, conversation: Conversation, now: datetime) -> int:
    """The chat of this conversation belongs to no agency any longer; how many bindings ended."""
    there = select(Conversation.id).where(Conversation.chat_hash == conversation.chat_hash)
    return tx.change(
        AgencyGroup, col(AgencyGroup.conversation_id).in_(there), col(AgencyGroup.ended_at).is_(None), ended_at=now
    )


def agency_of(tx: Tx, conversation: Conversation) -> str:
    """Whose group the chat of this conversation is; "" for nobody's."""
    bound = select(AgencyGroup.agency).join(Conversation, col(Conversation.id) == AgencyGroup.conversation_id)
    there = (col(AgencyGroup.ended_at).is_(None), Conversation.chat_hash == conversation.chat_hash)
    return tx.session.exec(bound.where(*there)).first() or ""


def chats_of(tx: Tx, agency: str) -> list[int]:
    """The conversations by which the groups of an agency are written to."""
    which = (AgencyGroup.agency == agency, col(AgencyGroup.ended_at).is_(None))
    bound = select(AgencyGroup.conversation_id).where(*which, col(AgencyGroup.conversation_id).is_not(None))
    return [id_ for id_ in tx.session.exec(bound.order_by(col(AgencyGroup.id))) if id_ is not None]


def _with_code(tx: Tx, code: str) -> SelectOfScalar[AgencyGroup]:
    return select(AgencyGroup).where(AgencyGroup.code_hash == tx.vault.fingerprint(f"agency group {code}"))
