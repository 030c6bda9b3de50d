"""A phone number and a user id of one person lead to one address; a number that passes on takes nothing with it."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import Database, Tx, linking, people
from storage.tables import Address

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PHONE, NEW_PHONE, USER = "628120000001", "628120000002", "ID.1"


def heard(db: Database, *ids: str) -> Address:
    """Somebody writes, named by these ids."""

    def take(tx: Tx) -> Address:
        first, *aliases = ids
        return people.find_or_create_address(tx, "whatsapp", "citizen", first, now=NOW, aliases=aliases)

    return db.run_sync(take)


def changed(db: Database, old: list[str], new: list[str]) -> None:
    db.run_sync(people.know_as, "whatsapp", "citizen", old, old, new, NOW)


def persons(db: Database, address: Address) -> list[int]:
    return sorted(db.read_sync(people.same_person, address.contact_id))


@pytest.mark.parametrize(
    "messages",
    [
        [(PHONE,), (USER, PHONE), (USER,), (PHONE,)],
        [(USER,), (USER, PHONE), (PHONE,)],
        [(USER, PHONE), (PHONE,), (USER,)],
    ],
)
def test_whichever_ids_a_message_names_it_comes_from_the_same_address(
    database: Database, messages: list[tuple[str, ...]]
) -> None:
    assert len({heard(database, *ids).id for ids in messages}) == 1


def test_two_addresses_that_turn_out_to_be_one_person_are_linked(database: Database) -> None:
    by_phone, by_user = heard(database, PHONE), heard(database, USER)
    assert heard(database, USER, PHONE).id == by_user.id
    assert persons(database, by_phone) == persons(database, by_user)
    assert heard(database, PHONE).id == by_user.id


def test_a_person_who_changes_the_number_stays_the_same(database: Database) -> None:
    before = heard(database, PHONE)
    changed(database, [PHONE], [NEW_PHONE])
    assert heard(database, NEW_PHONE).id == before.id


def test_a_person_whose_user_id_changes_stays_the_same(database: Database) -> None:
    before = heard(database, USER, PHONE)
    changed(database, [PHONE, USER], [NEW_PHONE, "ID.2"])
    assert heard(database, "ID.2", NEW_PHONE).id == before.id
    assert heard(database, "ID.2").id == before.id


def test_a_new_number_leaves_the_user_id_as_it_was(database: Database) -> None:
    before = heard(database, USER, PHONE)
    database.run_sync(people.know_as, "whatsapp", "citizen", [USER, PHONE], [PHONE], [NEW_PHONE], NOW)
    assert heard(database, USER).id == heard(database, NEW_PHONE).id == before.id


def test_who_gets_a_number_that_was_given_up_is_another_person(database: Database) -> None:
    before = heard(database, PHONE)
    changed(database, [PHONE], [NEW_PHONE])
    later = heard(database, PHONE)
    assert later.id != before.id
    assert persons(database, later) != persons(database, before)


def test_a_number_that_comes_with_another_user_id_is_another_persons_by_now(database: Database) -> None:
    before = heard(database, USER, PHONE)
    later = heard(database, "ID.2", PHONE)
    assert later.id != before.id
    assert persons(database, later) != persons(database, before)
    assert heard(database, PHONE).id == later.id
    assert heard(database, USER).id == before.id


def test_news_told_after_the_person_wrote_from_the_new_number_links_the_two(database: Database) -> None:
    before, after = heard(database, PHONE), heard(database, NEW_PHONE)
    changed(database, [PHONE], [NEW_PHONE])
    assert persons(database, before) == persons(database, after)


def test_changed_ids_of_somebody_who_never_wrote_are_nothing_to_us(database: Database) -> None:
    changed(database, [PHONE], [NEW_PHONE])
    assert heard(database, NEW_PHONE).id != heard(database, PHONE).id


def test_the_talk_goes_on_at_the_new_number(database: Database) -> None:
    before = heard(database, PHONE)
    talk = database.run_sync(people.find_or_create_conversation, before, PHONE, NOW)
    changed(database, [PHONE], [NEW_PHONE])

    def look(tx: Tx) -> tuple[int | None, str]:
        found = people.only_talk(tx, before)
        assert found is not None
        return found.id, people.chat_of(tx, found)

    assert database.read_sync(look) == (talk.id, NEW_PHONE)


def role_of(db: Database, address: Address) -> list[str]:
    return [role.role for role in db.read_sync(people.staff_roles, address.contact_id, NOW)]


def linked_by_code(db: Database, address: Address, with_: Address) -> None:
    """Whoever is at `with_` made a code, and whoever is at `address` typed it."""

    def link(tx: Tx) -> None:
        conversation = people.find_or_create_conversation(tx, with_, "a chat", NOW)
        code = f"AAAA-000{with_.id}"
        linking.make(tx, code, with_.contact_id, conversation.id, NOW, NOW + timedelta(minutes=10))
        linking.redeem(tx, code, address.contact_id, NOW)

    db.run_sync(link)


def test_who_is_known_by_a_new_id_keeps_the_role_of_the_old_one(database: Database) -> None:
    by_phone, by_user = heard(database, PHONE), heard(database, USER)
    database.run_sync(people.grant_role, by_phone.contact_id, "narahubung", "dishub", NOW)
    assert role_of(database, by_user) == []
    heard(database, USER, PHONE)
    assert role_of(database, by_user) == role_of(database, by_phone) == ["narahubung"]


@pytest.mark.parametrize("whose_role", ["code", "old"])
@pytest.mark.parametrize("upwards", [True, False])
def test_a_new_id_brings_the_old_ones_rights_and_none_of_who_was_linked_to_it_by_a_code(
    database: Database, whose_role: str, upwards: bool
) -> None:
    old, new, other = heard(database, PHONE), heard(database, USER), heard(database, NEW_PHONE)
    linked_by_code(database, *((old, other) if upwards else (other, old)))
    database.run_sync(
        people.grant_role, (other if whose_role == "code" else old).contact_id, "narahubung", "dishub", NOW
    )
    heard(database, USER, PHONE)
    assert persons(database, new) == persons(database, old) == persons(database, other)
    assert (role_of(database, new), role_of(database, old)) == (role_of(database, old), role_of(database, new))
    assert bool(role_of(database, new)) == (whose_role == "old")
    assert bool(role_of(database, other)) == (whose_role == "code")


@pytest.mark.parametrize("upwards", [True, False])
def test_two_ids_that_were_linked_by_a_code_before_become_one_for_certain(database: Database, upwards: bool) -> None:
    old, new = heard(database, PHONE), heard(database, USER)
    linked_by_code(database, *((old, new) if upwards else (new, old)))
    assert database.read_sync(people.surely_same, old.contact_id) == [old.contact_id]
    heard(database, USER, PHONE)
    both = sorted([old.contact_id, new.contact_id])
    assert sorted(database.read_sync(people.surely_same, old.contact_id)) == both
    assert sorted(database.read_sync(people.surely_same, new.contact_id)) == both
    assert database.run_sync(linking.part, new.contact_id) == []


def test_who_is_linked_through_a_third_stays_linked_when_the_first_two_turn_out_to_be_one(database: Database) -> None:
    first, between, last = heard(database, PHONE), heard(database, NEW_PHONE), heard(database, USER)
    linked_by_code(database, last, between)
    linked_by_code(database, between, first)
    heard(database, USER, PHONE)
    assert len(persons(database, first)) == 3
    assert sorted(database.read_sync(people.surely_same, last.contact_id)) == sorted(
        [first.contact_id, last.contact_id]
    )
    assert database.read_sync(people.surely_same, between.contact_id) == [between.contact_id]
