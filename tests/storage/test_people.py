"""Who is who: addresses, chats, persons, staff."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import func, select

from storage import Database, Tx, inbox, linking, people
from storage.tables import Address, Contact
from tests.storage.makers import NOW, later, new_talk


def address(tx: Tx, person: str = "123", *, channel: str = "telegram", bot: str = "citizen", name: str = "") -> Address:
    return people.find_or_create_address(tx, channel, bot, person, name=name, now=NOW)


def count(database: Database, table: type[Address] | type[Contact]) -> int:
    return database.read_sync(lambda tx: tx.session.exec(select(func.count()).select_from(table)).one())


def name(database: Database, contact_id: int = 1) -> str:
    return database.read_sync(lambda tx: people.name_of(tx, people.contact_by_id(tx, contact_id)))


# ---------------------------------------------------------------- addresses and chats


def test_the_same_person_on_the_same_bot_has_one_address_and_another_bot_makes_another(database: Database) -> None:
    first = database.run_sync(address)
    assert database.run_sync(address).id == first.id
    others = [
        database.run_sync(address, "124"),
        database.run_sync(address, bot="staff"),
        database.run_sync(address, channel="whatsapp"),
    ]
    assert len({other.id for other in [first, *others]}) == 4
    assert len({other.contact_id for other in [first, *others]}) == 4


def test_many_who_meet_a_new_person_at_once_make_one_contact(database: Database) -> None:
    with ThreadPoolExecutor(8) as callers:
        found = list(callers.map(lambda _: database.run_sync(address, name="Asep").id, range(16)))
    assert len(set(found)) == 1
    assert (count(database, Address), count(database, Contact)) == (1, 1)


def test_ids_and_names_are_sealed_and_can_be_opened(database: Database) -> None:
    found = database.run_sync(address, "6281234567890", name="Asep")
    contact = database.read_sync(people.contact_by_id, found.contact_id)
    for sealed in (found.external_sealed, found.external_hash, contact.name_sealed):
        assert "6281234567890" not in sealed
        assert "Asep" not in sealed
    assert database.read_sync(people.external_id_of, found) == "6281234567890"
    assert name(database) == "Asep"


def test_a_name_is_kept_current_and_an_empty_one_changes_nothing(database: Database) -> None:
    for called in ("Asep", "", "Asep Sunandar"):
        database.run_sync(address, name=called)
    assert name(database) == "Asep Sunandar"


def test_one_person_has_a_talk_in_each_chat(database: Database) -> None:
    alone, again = database.run_sync(new_talk), database.run_sync(new_talk)
    group = database.run_sync(new_talk, chat="a group")
    assert alone.id == again.id
    assert group.id != alone.id
    assert database.read_sync(people.chat_of, group) == "a group"
    assert database.read_sync(people.address_of, group).id == database.read_sync(people.address_of, alone).id
    assert "group" not in group.chat_sealed


def test_unreachable_is_kept_with_its_first_reason_until_they_write_again(database: Database) -> None:
    found = database.run_sync(address)
    database.run_sync(people.mark_unreachable, found.id, "blocked us", NOW)
    database.run_sync(people.mark_unreachable, found.id, "still", later(days=1))
    kept = database.run_sync(address)
    assert (kept.unreachable_since, kept.unreachable_reason) == (NOW, "blocked us")
    database.run_sync(people.mark_reachable, found.id)
    kept = database.run_sync(address)
    assert (kept.unreachable_since, kept.unreachable_reason) == (None, "")


# ---------------------------------------------------------------- persons


def test_a_language_is_unknown_until_it_is_set(database: Database) -> None:
    contact_id = database.run_sync(address).contact_id
    assert database.read_sync(people.language_of, contact_id) == ""
    database.run_sync(people.set_language, contact_id, "su")
    assert database.read_sync(people.language_of, contact_id) == "su"


def test_linked_contacts_are_one_person_whoever_is_asked_and_in_whatever_order_they_were_linked(
    database: Database,
) -> None:
    ids = [database.run_sync(address, person).contact_id for person in "abcde"]
    a, b, c, d, e = ids
    for one, other in [(a, b), (c, d), (b, c), (a, d), (d, a)]:
        database.run_sync(people.link, one, other)
    for each in (a, b, c, d):
        assert sorted(database.read_sync(people.same_person, each)) == [a, b, c, d]
    assert database.read_sync(people.same_person, e) == [e]


def test_the_talks_of_a_person_come_from_all_their_addresses_the_one_heard_last_first(database: Database) -> None:
    talks = [database.run_sync(new_talk, person) for person in ("on telegram", "on the web", "silent", "somebody else")]

    def hear(tx: Tx, talk_id: int, seconds: int) -> None:
        at = later(seconds=seconds)
        key = str(talk_id)
        inbox.receive(tx, source="x", unique_key=key, order_key=0, payload="{}", conversation_id=talk_id, now=at)

    for talk, seconds in zip(talks[:2], (5, 9), strict=True):
        database.run_sync(hear, talk.id, seconds)
    contacts = [database.read_sync(people.address_of, talk).contact_id for talk in talks]
    for other in contacts[1:3]:
        database.run_sync(people.link, other, contacts[0])
    found = database.read_sync(people.conversations_of, contacts[0])
    assert [talk.id for talk in found] == [talks[1].id, talks[0].id, talks[2].id]


# ---------------------------------------------------------------- staff


def test_a_role_holds_from_when_it_was_given_until_it_is_taken(database: Database) -> None:
    contact_id = database.run_sync(address).contact_id
    role = database.run_sync(people.grant_role, contact_id, "narahubung", "dishub", NOW)

    def roles_at(minutes: float) -> list[tuple[str, str]]:
        found = database.read_sync(people.staff_roles, contact_id, later(minutes=minutes))
        return [(each.role, each.agency) for each in found]

    assert roles_at(-1) == []
    assert roles_at(0) == [("narahubung", "dishub")]
    assert database.run_sync(people.end_role, role.id, later(minutes=5))
    assert not database.run_sync(people.end_role, role.id, later(minutes=6))
    assert roles_at(4) == [("narahubung", "dishub")]
    assert roles_at(5) == []


def test_a_role_that_somebody_has_is_not_given_twice_but_can_be_given_again_after_it_was_taken(
    database: Database,
) -> None:
    contact_id = database.run_sync(address).contact_id
    with ThreadPoolExecutor(4) as callers:
        given = list(
            callers.map(lambda _: database.run_sync(people.grant_role, contact_id, "pimpinan", "", NOW).id, range(4))
        )
    assert len(set(given)) == 1
    database.run_sync(people.end_role, given[0], NOW)
    assert database.run_sync(people.grant_role, contact_id, "pimpinan", "", later(days=1)).id != given[0]


def by_code(tx: Tx, contact_id: int, with_: int) -> None:
    """These two were linked by a code."""
    linking.make(tx, "a code", with_, new_talk(tx, "euis", bot="staff").id, NOW, later(minutes=10))
    linking.redeem(tx, "a code", contact_id, NOW)


def test_staff_of_an_agency_are_told_where_they_took_their_role_not_where_they_write_as_citizens(
    database: Database,
) -> None:
    as_citizen = database.run_sync(new_talk, "euis")
    at_work = database.run_sync(new_talk, "euis", bot="staff")
    citizen, officer = (database.read_sync(people.address_of, talk).contact_id for talk in (as_citizen, at_work))
    database.run_sync(by_code, citizen, officer)
    for agency in ("dishub", "dlh"):
        database.run_sync(people.grant_role, officer, "narahubung", agency, NOW)
    other = database.read_sync(people.address_of, database.run_sync(new_talk, "ujang", bot="staff")).contact_id
    database.run_sync(people.grant_role, other, "narahubung", "dlh", NOW)

    def told(agency: str | None) -> list[tuple[int, int]]:
        found = database.read_sync(people.staff_for, "narahubung", agency, NOW)
        return [(contact.id, talk.id) for contact, talk in found]

    assert told("dishub") == [(officer, at_work.id)]
    assert told("dlh") == [(officer, at_work.id), (other, 3)]
    assert told(None) == [(officer, at_work.id), (other, 3)]
    assert told("none") == []
    assert database.read_sync(people.staff_for, "administrator", None, NOW) == []
    assert [
        role.agency for role in database.read_sync(people.staff_roles, citizen, NOW)
    ] == []  # a linked channel brings no rights along


# ---------------------------------------------------------------- invitations


@pytest.fixture
def invited(database: Database) -> Database:
    """Two persons, and an invitation for a narahubung that holds for a day."""
    for person in ("123", "124"):
        database.run_sync(address, person)
    database.run_sync(people.invite, "a code", "narahubung", "dishub", NOW, later(days=1))
    return database


def test_an_invitation_gives_its_role_and_shows_its_code_to_nobody(invited: Database) -> None:
    assert invited.read_sync(people.look_at_invitation, "a code", 1, NOW) == ("open", "narahubung", "dishub")
    role = invited.run_sync(people.redeem, "a code", 1, later(hours=1))
    assert (role.contact_id, role.role, role.agency, role.since) == (1, "narahubung", "dishub", later(hours=1))
    assert role.invitation_id == 1


def test_an_invitation_is_used_by_one_person_who_may_send_it_twice(invited: Database) -> None:
    first = invited.run_sync(people.redeem, "a code", 1, NOW)
    assert invited.run_sync(people.redeem, "a code", 1, later(days=2)).id == first.id
    assert invited.read_sync(people.look_at_invitation, "a code", 1, later(days=2))[0] == "open"
    with pytest.raises(people.InvitationUsed):
        invited.run_sync(people.redeem, "a code", 2, NOW)
    assert invited.read_sync(people.look_at_invitation, "a code", 2, NOW) == ("used", "", "")
    assert invited.read_sync(people.staff_roles, 2, NOW) == []


def test_an_invitation_that_is_too_old_or_unknown_gives_nothing(invited: Database) -> None:
    with pytest.raises(people.InvitationExpired):
        invited.run_sync(people.redeem, "a code", 1, later(days=1))
    assert invited.read_sync(people.look_at_invitation, "a code", 1, later(days=1)) == ("expired", "", "")
    with pytest.raises(people.InvitationUnknown):
        invited.run_sync(people.redeem, "A code", 1, NOW)
    assert invited.read_sync(people.look_at_invitation, "A code", 1, NOW) == ("unknown", "", "")


def test_two_who_redeem_one_invitation_at_the_same_moment_do_not_both_get_it(invited: Database) -> None:
    def redeem(contact_id: int) -> bool:
        try:
            invited.run_sync(people.redeem, "a code", contact_id, NOW)
        except people.InvitationUsed:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(redeem, (1, 2))) == [False, True]


def test_a_group_is_no_place_for_what_is_told_to_one_member_of_staff(database: Database) -> None:
    def write(tx: Tx) -> None:
        address = people.find_or_create_address(tx, "telegram", "staff", "nara", now=NOW)
        own = people.find_or_create_conversation(tx, address, "nara", NOW)
        people.find_or_create_conversation(tx, address, "-100", NOW, in_group=True)
        people.grant_role(tx, address.contact_id, "narahubung", "dishub", NOW)
        assert [conversation.id for _, conversation in people.staff_for(tx, "narahubung", "dishub", NOW)] == [own.id]
        assert [chat for chat, _, _ in people.staff_chats(tx, "telegram", "staff", NOW)] == ["nara"]

    database.run_sync(write)
