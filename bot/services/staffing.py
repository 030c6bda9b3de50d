"""How people become staff: a one-time code, redeemed in the staff bot."""

import secrets
from datetime import datetime, timedelta

from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG, ROLES
from cities.city import City
from storage import Tx, audit, people

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read aloud wrongly: no I, O, 0, 1
CODE_LENGTH = 12  # 60 bits
VALID_FOR = timedelta(days=7)


class WrongInvitation(Exception):
    """Nobody can be invited like this; the sentence says what to change."""


def invite(tx: Tx, city: City, role: str, agency: str, now: datetime, valid_for: timedelta = VALID_FOR) -> str:
    """Make a one-time code for a role. Raises WrongInvitation."""
    if role not in ROLES:
        raise WrongInvitation(f"there is no role {role!r}; the roles are {', '.join(ROLES)}")
    if role == NARAHUBUNG and not agency:
        raise WrongInvitation("a narahubung belongs to an agency: add --agency")
    if agency and agency not in city.agencies:
        near = ", ".join(sorted(id_ for id_, each in city.agencies.items() if each.inside_city))
        raise WrongInvitation(f"there is no agency {agency!r}; the city's are {near}")
    if agency and not city.agencies[agency].inside_city:
        raise WrongInvitation(
            f"{agency!r} is no agency of the city: reports are passed on to it, but it has no staff here"
        )
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    people.invite(tx, code, role, agency, now, now + valid_for)
    audit.note(tx, contact_id=None, act="invite", detail=f"{role} {agency}".strip(), now=now)
    return code


def join(tx: Tx, code: str, contact_id: int, now: datetime) -> None:
    """Redeem a code. Raises InvitationUnknown, InvitationExpired, InvitationUsed."""
    role = people.redeem(tx, normal(code), contact_id, now)
    audit.note(tx, contact_id=contact_id, act="join", detail=f"{role.role} {role.agency}".strip(), now=now)


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
