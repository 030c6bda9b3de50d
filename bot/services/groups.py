"""Community information groups: registered by administrators, joined by one-time codes, coordinated by one of their own.

Being in a group gives no right of staff: it is no role, and every staff service asks for one.
"""

from datetime import date, datetime, timedelta

from bot.dialogue import effects
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.services.staffing import normal
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, groups
from storage.groups import COORDINATOR, CodeExpired, CodeUnknown, CodeUsed
from storage.tables import Conversation, Group, KimMember

CODE_VALID_FOR = timedelta(days=14)
A_YEAR = timedelta(days=365)


def act(
    tx: Tx,
    effect: effects.GroupEffect,
    *,
    conversation: Conversation,
    contact_id: int,
    officer: Officer | None,
    now: datetime,
    today: date,
) -> None:
    """Do one thing about groups. Raises Refusal and NotAllowed."""
    match effect:
        case effects.JoinGroup(code):
            _join(tx, code, conversation, contact_id, now)
        case effects.StayInGroup():
            groups.renew(tx, _own_member(tx, contact_id, today).id or 0, now + A_YEAR)
        case effects.InviteToGroup(group_id, code, role):
            _may_lead(tx, group_id, contact_id, officer, today, role)
            groups.invite(tx, normal(code), group_id, role, contact_id, now, now + CODE_VALID_FOR)
            audit.note(tx, contact_id=contact_id, act="kim_invite", detail=f"{group_id} {role}", now=now)
        case effects.EndMembership(member_id):
            _end_membership(tx, member_id, contact_id, officer, now, today)
        case effects.HandOverGroup(member_id):
            _hand_over(tx, member_id, contact_id, officer, now, today)
        case _:
            _by_administrator(tx, effect, officer, now)


def membership(tx: Tx, contact_id: int, today: date) -> tuple[KimMember, Group] | None:
    """The group in which this person is now, asleep or not; one that they are awake in before any other."""
    found = groups.memberships(tx, contact_id, today)
    awake = [each for each in found if each[0].asleep_at is None]
    return next(iter(awake or found), None)


def _join(tx: Tx, code: str, conversation: Conversation, contact_id: int, now: datetime) -> None:
    assert conversation.id is not None
    try:
        member = groups.redeem(tx, normal(code), contact_id, conversation.id, now, now + A_YEAR)
    except CodeUnknown as error:
        raise Refusal("kim_code_unknown", nomor="") from error
    except CodeExpired as error:
        raise Refusal("kim_code_expired", nomor="") from error
    except CodeUsed as error:
        raise Refusal("kim_code_used", nomor="") from error
    audit.note(tx, contact_id=contact_id, act="kim_join", detail=f"{member.group_id} {member.role}", now=now)


def _own_member(tx: Tx, contact_id: int, today: date) -> KimMember:
    found = membership(tx, contact_id, today)
    if found is None:
        raise NotAllowed("kim")
    return found[0]


def _may_lead(tx: Tx, group_id: int, contact_id: int, officer: Officer | None, today: date, role: str) -> None:
    """An administrator, or the coordinator of that very group, who may invite members only. Raises NotAllowed."""
    if _is_administrator(officer):
        return
    own = _own_member(tx, contact_id, today)
    if own.group_id != group_id or own.role != COORDINATOR or own.asleep_at is not None or role == COORDINATOR:
        raise NotAllowed("kim")


def _end_membership(
    tx: Tx, member_id: int, contact_id: int, officer: Officer | None, now: datetime, today: date
) -> None:
    member = groups.member_by_id(tx, member_id)
    mine = not officer and member.id in {own.id for own, _ in groups.memberships(tx, contact_id, today)}
    if not mine:
        _may_lead(tx, member.group_id, contact_id, officer, today, groups.MEMBER)
    groups.leave(tx, member_id, "left" if mine else "removed", now)
    audit.note(tx, contact_id=contact_id, act="kim_left" if mine else "kim_removed", detail=str(member_id), now=now)


def _hand_over(tx: Tx, member_id: int, contact_id: int, officer: Officer | None, now: datetime, today: date) -> None:
    member = groups.member_by_id(tx, member_id)
    _may_lead(tx, member.group_id, contact_id, officer, today, groups.MEMBER)
    if member.until is not None:
        raise NotAllowed("kim")
    for other in groups.members_of(tx, member.group_id):
        if other.role == COORDINATOR and other.id != member_id:
            groups.set_role(tx, other.id or 0, groups.MEMBER)
    groups.set_role(tx, member_id, COORDINATOR)
    audit.note(tx, contact_id=contact_id, act="kim_coordinator", detail=str(member_id), now=now)


def _by_administrator(tx: Tx, effect: effects.GroupEffect, officer: Officer | None, now: datetime) -> None:
    if not _is_administrator(officer) or officer is None:
        raise NotAllowed("kim")
    match effect:
        case effects.FoundGroup(name, kelurahan, kecamatan, rws, term_from, term_until, code):
            group = groups.found(
                tx, name, kelurahan=kelurahan, kecamatan=kecamatan, rws=rws,
                term_from=term_from, term_until=term_until, now=now,
            )  # fmt: skip
            assert group.id is not None
            groups.invite(tx, normal(code), group.id, COORDINATOR, officer.contact_id, now, now + CODE_VALID_FOR)
            act, about = "kim_found", group.id
        case effects.ExtendGroup(group_id, until):
            groups.extend(tx, group_id, until)
            act, about = "kim_extend", group_id
        case effects.EndGroup(group_id):
            groups.end_group(tx, group_id, now)
            act, about = "kim_end", group_id
        case _:
            raise TypeError(f"nobody does {effect!r}")
    audit.note(tx, contact_id=officer.contact_id, act=act, detail=str(about), now=now)


def _is_administrator(officer: Officer | None) -> bool:
    return officer is not None and ADMINISTRATOR in officer.roles
