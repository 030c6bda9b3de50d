"""What a turn may know of community information groups."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bot.dialogue import kim_words
from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.knowledge import GroupDesk, GroupFacts, KimFacts, PeerFacts
from bot.dialogue.session import Session
from bot.dialogue.words import plain
from bot.services import groups as services
from bot.services.office import Office
from bot.services.rights import Officer
from bot.services.staffing import ALPHABET, normal
from bot.staff.commands import ADMINISTRATOR
from bot.staff.group_orders import NEW, order_in
from cities.city import City
from cities.loading import load_city
from cities.places import load_gazetteer
from storage import Tx, groups, people
from storage.tables import Group, KimMember

CODE_LENGTH = 8  # 40 bits: typed on small phones, good for two weeks and once


def of_citizen(tx: Tx, office: Office, contact_id: int, event: Event, now: datetime) -> KimFacts:
    """What the person is in a group, and what a code that they name is good for."""
    today = office.today(now)
    asked, mine = kim_words.asked(event), services.membership(tx, contact_id, today)
    state, code_group = "", None
    if asked and asked.what == kim_words.JOIN and asked.about:
        state, invitation = groups.look_at_code(tx, normal(asked.about), contact_id, now)
        group = groups.group_by_id(tx, invitation.group_id) if invitation else None
        code_group = _group(tx, group, today, contact_id) if group and state == "open" else None
    if mine is None:
        return KimFacts(code_state=state, code_group=code_group)
    member, group = mine
    with_peers = asked is not None or isinstance(event, ChoicePicked)
    known = _group(tx, group, today, contact_id, members=with_peers)
    return KimFacts(
        group=known,
        me=_peer(tx, member, contact_id),
        asked_to_stay=member.asked_at is not None,
        code_state=state,
        code_group=code_group,
        fresh_code=fresh_code() if asked else "",
    )


def of_desk(
    tx: Tx, office: Office, officer: Officer, session: Session, event: Event, now: datetime
) -> GroupDesk | None:
    """The list of groups, for an administrator who asks for it, or chooses those that a campaign is for."""
    if ADMINISTRATOR not in officer.roles:
        return None
    if not isinstance(event, CommandGiven) or event.name != "kim":
        return _to_choose_from(tx, office.today(now)) if session.campaign is not None else None
    order = order_in(event.argument)
    areas = kelurahan_named(office.city, order.area) if order.what == NEW and order.area else ()
    return GroupDesk(
        groups=tuple(_group(tx, group, office.today(now), 0) for group in groups.open_groups(tx)),
        area=areas[0] if len(areas) == 1 else ("", ""),
        area_options=tuple(f"{kelurahan} ({kecamatan})" for kelurahan, kecamatan in areas) if len(areas) > 1 else (),
        fresh_code=fresh_code(),
    )


def _to_choose_from(tx: Tx, today: date) -> GroupDesk:
    there = (_group(tx, group, today, 0, members=False) for group in groups.open_groups(tx))
    return GroupDesk(groups=tuple(group for group in there if not group.over))


def fresh_code() -> str:
    """A code that nobody has."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def kelurahan_named(city: City, words: str) -> tuple[tuple[str, str], ...]:
    """The kelurahan (with its kecamatan) that the words name; several where a name is not enough, none where nobody knows it."""
    said = " ".join(word for word in plain(words).split() if word not in ("kel", "kelurahan", "kec", "kecamatan"))
    known, joined = _kelurahan(str(city.folder)), said.replace(" ", "")
    exact = tuple(each.names for each in known if joined in (each.joined, each.joined + each.joined_kecamatan))
    return exact or tuple(
        each.names for each in known if f" {each.plain} " in f" {said} " and each.plain_kecamatan in said
    )


def kecamatan_named(city: City, words: str) -> tuple[str, tuple[str, ...]]:
    """The kecamatan that the words name, with its kelurahan; ("", ()) where they name none."""
    said = _joined(" ".join(word for word in plain(words).split() if word not in ("kec", "kecamatan")))
    inside = tuple(each.names for each in _kelurahan(str(city.folder)) if said and each.joined_kecamatan == said)
    return (inside[0][1], tuple(sorted(name for name, _ in inside))) if inside else ("", ())


def _joined(name: str) -> str:
    """A name as it may be written in one word."""
    return plain(name).replace(" ", "")


@dataclass(frozen=True, slots=True)
class _Kelurahan:
    """A kelurahan with its kecamatan, and how both are compared with what somebody wrote."""

    names: tuple[str, str]
    plain: str
    plain_kecamatan: str
    joined: str
    joined_kecamatan: str


@cache
def _kelurahan(folder: str) -> tuple[_Kelurahan, ...]:
    city = load_city(folder)
    rows = (row for row in load_gazetteer(city).places if row.kind == "kelurahan" and row.kota_kab == city.name)
    return tuple(_as_compared(row.name, row.kecamatan or "") for row in rows)


def _as_compared(kelurahan: str, kecamatan: str) -> _Kelurahan:
    return _Kelurahan(
        (kelurahan, kecamatan), plain(kelurahan), plain(kecamatan), _joined(kelurahan), _joined(kecamatan)
    )


def _group(tx: Tx, group: Group, today: date, contact_id: int, *, members: bool = True) -> GroupFacts:
    assert group.id is not None
    there = groups.members_of(tx, group.id) if members else []
    return GroupFacts(
        id=group.id,
        name=group.name,
        area=kim_words.area_in_words(group.kelurahan, group.kecamatan, group.rws),
        term_until=group.term_until,
        over=group.term_until < today,
        members=tuple(_peer(tx, member, contact_id) for member in there),
    )


def _peer(tx: Tx, member: KimMember, contact_id: int) -> PeerFacts:
    assert member.id is not None
    return PeerFacts(
        member_id=member.id,
        name=people.name_of(tx, people.contact_by_id(tx, member.contact_id)),
        coordinator=member.role == groups.COORDINATOR,
        me=contact_id != 0 and contact_id in people.same_person(tx, member.contact_id),
        flagged=member.flagged_at is not None,
        asleep=member.asleep_at is not None,
    )
