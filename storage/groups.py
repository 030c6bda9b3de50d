"""Community information groups (KIM): their area and term, their members, and the one-time codes by which people join."""

from datetime import date, datetime

from sqlmodel import col, select

from storage.contacts import same_person
from storage.tables import Group, KimInvitation, KimMember
from storage.transaction import Tx

COORDINATOR, MEMBER = "coordinator", "member"


class CodeUnknown(Exception):
    """No group gave this code."""


class CodeExpired(Exception):
    """The code came too late, or its group is no more."""


class CodeUsed(Exception):
    """Somebody else joined with this code."""


# ---------------------------------------------------------------- groups


def found(
    tx: Tx,
    name: str,
    *,
    kelurahan: str,
    kecamatan: str,
    rws: str = "",
    term_from: date,
    term_until: date,
    now: datetime,
) -> Group:
    """Begin a group for a kelurahan, or for some of its RW ("3,5")."""
    return tx.add(
        Group(
            name=name, kelurahan=kelurahan, kecamatan=kecamatan, rws=rws,
            term_from=term_from, term_until=term_until, created_at=now,
        )
    )  # fmt: skip


def group_by_id(tx: Tx, group_id: int) -> Group | None:
    """The group with this id, ended or not."""
    return tx.session.get(Group, group_id)


def open_groups(tx: Tx) -> list[Group]:
    """All groups that were not ended, by area and name; some may be past their term."""
    open_ = select(Group).where(col(Group.ended_at).is_(None))
    return list(tx.session.exec(open_.order_by(Group.kecamatan, Group.kelurahan, Group.name, col(Group.id))))


def extend(tx: Tx, group_id: int, term_until: date) -> None:
    """A further term of office."""
    tx.change(Group, col(Group.id) == group_id, term_until=term_until)


def end_group(tx: Tx, group_id: int, now: datetime) -> int:
    """The group is no more, and with it every membership; how many members it had."""
    tx.change(Group, col(Group.id) == group_id, col(Group.ended_at).is_(None), ended_at=now)
    return tx.change(
        KimMember,
        col(KimMember.group_id) == group_id,
        col(KimMember.until).is_(None),
        until=now,
        ended_because="group_ended",
    )


# ---------------------------------------------------------------- members


def members_of(tx: Tx, group_id: int) -> list[KimMember]:
    """Everybody who is in the group now, asleep or not, in the order in which they joined."""
    there = select(KimMember).where(KimMember.group_id == group_id, col(KimMember.until).is_(None))
    return list(tx.session.exec(there.order_by(col(KimMember.id))))


def member_by_id(tx: Tx, member_id: int) -> KimMember:
    """The membership with this id, which must exist."""
    return tx.session.get_one(KimMember, member_id)


def memberships(tx: Tx, contact_id: int, today: date) -> list[tuple[KimMember, Group]]:
    """A person's places in groups whose term runs today, asleep ones among them; the newest first."""
    rows = tx.session.exec(
        select(KimMember, Group)
        .join(Group, col(Group.id) == KimMember.group_id)
        .where(
            col(KimMember.contact_id).in_(same_person(tx, contact_id)),
            col(KimMember.until).is_(None),
            col(Group.ended_at).is_(None),
            col(Group.term_from) <= today,
            col(Group.term_until) >= today,
        )
        .order_by(col(KimMember.id).desc())
    )
    return list(rows)


def join(
    tx: Tx, group_id: int, contact_id: int, conversation_id: int, role: str, now: datetime, renew_at: datetime
) -> KimMember:
    """Take a place in a group; the one they have already keeps its beginning, and a coordinator's code raises it."""
    joined = tx.add_once(
        KimMember,
        group_id=group_id,
        contact_id=contact_id,
        conversation_id=conversation_id,
        role=role,
        since=now,
        renew_at=renew_at,
    )
    if joined is not None:
        return joined
    theirs = select(KimMember).where(
        KimMember.group_id == group_id, KimMember.contact_id == contact_id, col(KimMember.until).is_(None)
    )
    member = tx.session.exec(theirs).one()
    if role == COORDINATOR and member.role != COORDINATOR:
        set_role(tx, member.id or 0, COORDINATOR)
    return member


def set_role(tx: Tx, member_id: int, role: str) -> None:
    """From now on they coordinate the group, or no longer."""
    tx.change(KimMember, col(KimMember.id) == member_id, role=role)


def leave(tx: Tx, member_id: int, because: str, now: datetime) -> bool:
    """Their place ends (left, removed); whether there was one to end."""
    there = (col(KimMember.id) == member_id, col(KimMember.until).is_(None))
    return tx.change(KimMember, *there, until=now, ended_because=because) == 1


# ---------------------------------------------------------------- staying on


def renewals_due(tx: Tx, now: datetime, limit: int) -> list[KimMember]:
    """Members about whom the next word is due, the longest waiting first; those asleep are left alone."""
    due = select(KimMember).where(
        col(KimMember.until).is_(None), col(KimMember.asleep_at).is_(None), col(KimMember.renew_at) <= now
    )
    return list(tx.session.exec(due.order_by(col(KimMember.renew_at), col(KimMember.id)).limit(limit)))


def renewal_step(tx: Tx, member_id: int, step: str, now: datetime, renew_at: datetime) -> None:
    """Write down that they were ``asked``, ``flagged`` or put to sleep (``asleep``), and when the next word is due."""
    tx.change(KimMember, col(KimMember.id) == member_id, **{f"{step}_at": now}, renew_at=renew_at)


def renew(tx: Tx, member_id: int, renew_at: datetime) -> None:
    """They stay: nothing is open any more, and whoever slept is awake."""
    tx.change(
        KimMember, col(KimMember.id) == member_id, asked_at=None, flagged_at=None, asleep_at=None, renew_at=renew_at
    )


# ---------------------------------------------------------------- codes


def invite(
    tx: Tx, code: str, group_id: int, role: str, by_contact_id: int | None, now: datetime, expires_at: datetime
) -> KimInvitation:
    """Keep a one-time code (as a fingerprint only) with which somebody may join the group."""
    return tx.add(
        KimInvitation(
            code_hash=tx.vault.fingerprint(code), group_id=group_id, role=role, by_contact_id=by_contact_id,
            created_at=now, expires_at=expires_at,
        )
    )  # fmt: skip


def look_at_code(tx: Tx, code: str, contact_id: int, now: datetime) -> tuple[str, KimInvitation | None]:
    """What a code is good for to this person, without using it: open, unknown, expired, used, or theirs already."""
    fits = select(KimInvitation).where(KimInvitation.code_hash == tx.vault.fingerprint(code))
    if not tx.reading:
        fits = fits.with_for_update().execution_options(populate_existing=True)
    invitation = tx.session.exec(fits).first()
    if invitation is None:
        return "unknown", None
    group = tx.session.get_one(Group, invitation.group_id)
    if invitation.used_at is not None:
        mine = invitation.used_by in same_person(tx, contact_id) and any(
            member.contact_id == invitation.used_by for member in members_of(tx, invitation.group_id)
        )
        return ("theirs" if mine else "used"), invitation
    over = now >= invitation.expires_at or group.ended_at is not None
    return ("expired" if over else "open"), invitation


def redeem(tx: Tx, code: str, contact_id: int, conversation_id: int, now: datetime, renew_at: datetime) -> KimMember:
    """Join with a code, once; the same person may say it again without harm. Raises CodeUnknown, CodeExpired, CodeUsed."""
    state, invitation = look_at_code(tx, code, contact_id, now)
    if invitation is None:
        raise CodeUnknown("No group gave this code.")
    if state == "used":
        raise CodeUsed("Somebody else joined with this code.")
    if state == "expired":
        raise CodeExpired("This code has expired.")
    if state == "open":
        tx.change(KimInvitation, col(KimInvitation.id) == invitation.id, used_at=now, used_by=contact_id)
    return join(tx, invitation.group_id, contact_id, conversation_id, invitation.role, now, renew_at)
