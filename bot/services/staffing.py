"""How people become staff: a one-time code, redeemed in the staff bot."""

import secrets
from datetime import datetime, timedelta

from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR, DEPUTY, NARAHUBUNG, ROLES
from cities.city import City
from storage import Tx, audit, people

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read aloud wrongly: no I, O, 0, 1
CODE_LENGTH = 12  # 60 bits
VALID_FOR = timedelta(days=7)


class WrongInvitation(Exception):
    """Nobody can be invited like this; the sentence says what to change."""


def new_code() -> str:
    """A code that nobody has had before."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def invite(
    tx: Tx, city: City, role: str, agency: str, now: datetime, valid_for: timedelta = VALID_FOR, *, code: str = "",
    by: int | None = None,
) -> str:  # fmt: skip
    """Keep a one-time code for a role (a new one unless given). Raises WrongInvitation."""
    if role not in ROLES:
        raise WrongInvitation(f"there is no role {role!r}; the roles are {', '.join(ROLES)}")
    if role in (NARAHUBUNG, DEPUTY) and not agency:
        raise WrongInvitation(f"a {role} belongs to an agency: add --agency")
    if agency and agency not in city.agencies:
        near = ", ".join(sorted(id_ for id_, each in city.agencies.items() if each.inside_city))
        raise WrongInvitation(f"there is no agency {agency!r}; the city's are {near}")
    if agency and not city.agencies[agency].inside_city:
        raise WrongInvitation(
            f"{agency!r} is no agency of the city: reports are passed on to it, but it has no staff here"
        )
    code = code or new_code()
    people.invite(tx, code, role, agency, now, now + valid_for)
    audit.note(tx, contact_id=by, act="invite", detail=f"{role} {agency}".strip(), now=now)
    return code


def join(tx: Tx, code: str, contact_id: int, now: datetime) -> None:
    """Redeem a code. Raises InvitationUnknown, InvitationExpired, InvitationUsed."""
    role = people.redeem(tx, normal(code), contact_id, now)
    audit.note(tx, contact_id=contact_id, act="join", detail=f"{role.role} {role.agency}".strip(), now=now)


def invite_by(
    tx: Tx, city: City, officer: Officer | None, code: str, role: str, agency: str, valid_for: timedelta, now: datetime
) -> None:
    """An administrator invites somebody. Raises NotAllowed; Refusal when nobody can be invited like this."""
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed(role)
    try:
        invite(tx, city, role, agency, now, valid_for, code=code, by=officer.contact_id)
    except WrongInvitation as wrong:
        raise Refusal("staff_invite_agency", peran=role) from wrong


def leave(tx: Tx, officer: Officer | None, now: datetime) -> None:
    """Give up every role; what was done stays in the history. The last administrator stays: Refusal."""
    if officer is None:
        raise NotAllowed("")
    others = {contact.id for contact, _ in people.staff_for(tx, ADMINISTRATOR, None, now)}
    others -= set(people.surely_same(tx, officer.contact_id))
    if ADMINISTRATOR in officer.roles and not others:
        raise Refusal("staff_last_administrator")
    for row in people.staff_roles(tx, officer.contact_id, now):
        people.end_role(tx, row.id, now)
        audit.note(tx, contact_id=officer.contact_id, act="leave", detail=f"{row.role} {row.agency}".strip(), now=now)


def normal(code: str) -> str:
    """A code as it was made, whatever case or spaces it was typed with."""
    return "".join(code.upper().split())


PLAYED = frozenset({ADMINISTRATOR, NARAHUBUNG})
"""Bots of the demonstration and of the terminal: whoever writes to one of them plays that role."""


def play(tx: Tx, city: City, role: str, contact_id: int, now: datetime) -> None:
    """Give a role for trying things out: an administrator's, or a narahubung's for every agency of the city."""
    if people.staff_roles(tx, contact_id, now):
        return
    agencies = [""] if role == ADMINISTRATOR else [id_ for id_, each in city.agencies.items() if each.inside_city]
    for agency in agencies:
        people.grant_role(tx, contact_id, role, agency, now)
