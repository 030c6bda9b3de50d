"""A phone number and a user id of one person lead to one address; a number that passes on takes nothing with it."""

from datetime import UTC, datetime

import pytest

from storage import Database, Tx, people
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
