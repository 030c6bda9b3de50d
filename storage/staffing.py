"""What staff may do, and the invitations with which people become staff."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.contacts import surely_same
from storage.tables import Address, Contact, Conversation, Invitation, StaffRole
from storage.transaction import Tx

ROLES_CHANGED = "menus:telegram:staff"
"""The wake-up that follows a change of roles: menus show what somebody may use."""


class InvitationUnknown(Exception):
    """No invitation has this code."""


class InvitationExpired(Exception):
    """The invitation came too late."""


class InvitationUsed(Exception):
    """The invitation was redeemed before."""


def staff_roles(tx: Tx, contact_id: int, now: datetime) -> list[StaffRole]:
    """What may be done from this chat of a person, by whichever id of it, at the time `now`; nothing for a citizen.

    Another channel that was linked by a code brings no rights along: whoever typed that code may be somebody else.
    """
    theirs = col(StaffRole.contact_id).in_(surely_same(tx, contact_id))
    return list(tx.session.exec(select(StaffRole).where(theirs, *_active(now)).order_by(col(StaffRole.id))))


def grant_role(
    tx: Tx, contact_id: int, role: str, agency: str, now: datetime, *, invitation_id: int | None = None
) -> StaffRole:
    """Give a role for an agency ("" for the whole city); the one they have, when they have it already."""
    granted = tx.add_once(
        StaffRole, contact_id=contact_id, role=role, agency=agency, since=now, invitation_id=invitation_id
    )
    if granted is not None:
        tx.wake(ROLES_CHANGED)
        return granted
    return tx.session.exec(
        select(StaffRole).where(
            StaffRole.contact_id == contact_id,
            StaffRole.role == role,
            StaffRole.agency == agency,
            col(StaffRole.until).is_(None),
        )
    ).one()


def end_role(tx: Tx, role_id: int, now: datetime) -> bool:
    """Take a role away; whether there was still something to take."""
    tx.wake(ROLES_CHANGED)
    return tx.change(StaffRole, col(StaffRole.id) == role_id, col(StaffRole.until).is_(None), until=now) == 1


def staff_for(tx: Tx, role: str, agency: str | None, now: datetime) -> list[tuple[Contact, Conversation]]:
    """Everybody with this role (for this agency; None: for any) and the talk in which to tell them.

    That is the talk heard last at the address where the role was taken, not where they write as a citizen.
    """
    wanted = [col(StaffRole.role) == role, *_active(now)]
    if agency is not None:
        wanted.append(col(StaffRole.agency) == agency)
    rows = tx.session.exec(
        select(Contact, Conversation)
        .join(Address, col(Address.contact_id) == Contact.id)
        .join(Conversation, col(Conversation.address_id) == Address.id)
        .where(col(Contact.id).in_(select(StaffRole.contact_id).where(*wanted)), col(Conversation.in_group).is_(False))
        .order_by(col(Contact.id), col(Conversation.last_heard_at).desc().nulls_last(), col(Conversation.id).desc())
    )
    newest: dict[int, tuple[Contact, Conversation]] = {}
    for contact, conversation in rows:
        newest.setdefault(contact.id, (contact, conversation))
    return list(newest.values())


def staff_chats(tx: Tx, channel: str, bot: str, now: datetime) -> list[tuple[str, str, frozenset[str]]]:
    """(chat id, language, roles now) of everybody who has or had a role, in their chats with that bot; no roles for who left."""
    rows = tx.session.exec(
        select(Address.contact_id, Contact.language, Conversation.chat_sealed)
        .join(Contact, col(Contact.id) == Address.contact_id)
        .join(Conversation, col(Conversation.address_id) == Address.id)
        .where(
            Address.channel == channel,
            Address.bot == bot,
            col(Address.contact_id).in_(select(StaffRole.contact_id)),
            col(Address.unreachable_since).is_(None),
            col(Conversation.in_group).is_(False),
        )
        .order_by(col(Conversation.id))
    ).all()
    return [
        (tx.vault.open(chat), language, frozenset(role.role for role in staff_roles(tx, contact_id, now)))
        for contact_id, language, chat in rows
    ]


@dataclass(frozen=True, slots=True)
class SilentRole:
    """Somebody who has a role and has not written for long."""

    contact_id: int
    agency: str
    heard_at: datetime | None  # None: never


def silent_since(tx: Tx, role: str, since: datetime, now: datetime) -> list[SilentRole]:
    """Everybody who had this role by then, has it still, and has not written since; by agency."""
    heard = (
        select(func.max(Conversation.last_heard_at))
        .join(Address, col(Address.id) == Conversation.address_id)
        .where(col(Address.contact_id) == col(StaffRole.contact_id))
        .correlate(StaffRole)
        .scalar_subquery()
    )
    silent = func.coalesce(heard, since) <= since
    wanted = [col(StaffRole.role) == role, col(StaffRole.since) <= since, *_active(now), silent]
    rows = tx.session.exec(select(StaffRole, heard).where(*wanted).order_by(col(StaffRole.agency), col(StaffRole.id)))
    return [SilentRole(row.contact_id, row.agency, heard_at) for row, heard_at in rows]


def _active(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(StaffRole.since) <= now, or_(col(StaffRole.until).is_(None), col(StaffRole.until) > now)


def invite(tx: Tx, code: str, role: str, agency: str, now: datetime, expires_at: datetime) -> Invitation:
    """Keep a one-time code (as a fingerprint only) with which somebody may take a role."""
    return tx.add(
        Invitation(
            code_hash=tx.vault.fingerprint(code), role=role, agency=agency, created_at=now, expires_at=expires_at
        )
    )


def look_at_invitation(tx: Tx, code: str, contact_id: int, now: datetime) -> tuple[str, str, str]:
    """(state, role, agency) of a code for this person, without using it: open, unknown, expired or used."""
    invitation = tx.session.exec(_with_code(tx, code)).first()
    if invitation is None:
        return "unknown", "", ""
    state = _state(tx, invitation, contact_id, now)
    return (state, invitation.role, invitation.agency) if state == "open" else (state, "", "")


def redeem(tx: Tx, code: str, contact_id: int, now: datetime) -> StaffRole:
    """Take the role of an invitation, once.

    The same person may redeem it again without harm (a message that came twice). Raises InvitationUnknown,
    InvitationExpired, InvitationUsed.
    """
    locked = _with_code(tx, code).with_for_update().execution_options(populate_existing=True)
    invitation = tx.session.exec(locked).first()
    if invitation is None:
        raise InvitationUnknown("No invitation has this code.")
    match _state(tx, invitation, contact_id, now):
        case "used":
            raise InvitationUsed("This invitation was used before.")
        case "expired":
            raise InvitationExpired("This invitation has expired.")
    if invitation.used_at is None:
        tx.change(Invitation, col(Invitation.id) == invitation.id, used_at=now, used_by=contact_id)
    return grant_role(tx, contact_id, invitation.role, invitation.agency, now, invitation_id=invitation.id)


def _with_code(tx: Tx, code: str) -> SelectOfScalar[Invitation]:
    return select(Invitation).where(Invitation.code_hash == tx.vault.fingerprint(code))


def _state(tx: Tx, invitation: Invitation, contact_id: int, now: datetime) -> str:
    """Whether this person may redeem the code: one who did may say it again while the role is theirs, and not after it ended."""
    if invitation.used_at is None:
        return "expired" if now >= invitation.expires_at else "open"
    still_theirs = invitation.used_by in surely_same(tx, contact_id) and any(
        role.role == invitation.role and role.agency == invitation.agency for role in staff_roles(tx, contact_id, now)
    )
    return "open" if still_theirs else "used"
