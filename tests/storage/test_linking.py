"""Links between the chats of one person, on both databases: two at once make no circle, and a code is used once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from storage import Database, Tx, linking, people
from storage.linking import LinkCodeUnusable

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)


def _meet(tx: Tx, name: str, code: str) -> int:
    """Somebody who has made a code."""
    address = people.find_or_create_address(tx, "telegram", "citizen", name, now=NOW)
    conversation = people.find_or_create_conversation(tx, address, name, NOW)
    linking.make(tx, code, address.contact_id, conversation.id or 0, NOW, LATER)
    return address.contact_id


def _at_once(*acts: tuple[Database, str, int]) -> list[bool]:
    """Redeem these codes in threads of their own; which of them worked."""
    worked: list[bool] = []

    def redeem(db: Database, code: str, contact_id: int) -> None:
        try:
            db.run_sync(linking.redeem, code, contact_id, NOW)
        except LinkCodeUnusable:
            worked.append(False)
        else:
            worked.append(True)

    threads = [threading.Thread(target=redeem, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return worked


def test_two_who_link_each_other_at_once_become_one_person_and_no_circle(database: Database) -> None:
    asep, ucup = (database.run_sync(_meet, name, code) for name, code in (("a", "AAAA-0001"), ("u", "AAAA-0002")))
    assert any(_at_once((database, "AAAA-0002", asep), (database, "AAAA-0001", ucup)))
    assert sorted(database.read_sync(people.same_person, asep)) == sorted([asep, ucup])
    assert sorted(database.read_sync(people.same_person, ucup)) == sorted([asep, ucup])


def test_of_two_who_type_one_code_at_once_one_is_linked(database: Database) -> None:
    owner, one, two = (database.run_sync(_meet, name, f"BBBB-000{name}") for name in "123")
    assert sorted(_at_once((database, "BBBB-0001", one), (database, "BBBB-0001", two))) == [False, True]
    assert len(database.read_sync(people.same_person, owner)) == 2


def test_a_new_code_voids_the_one_before(database: Database) -> None:
    owner, other = (database.run_sync(_meet, name, f"CCCC-000{name}") for name in "12")
    database.run_sync(linking.make, "CCCC-0009", owner, 1, NOW, LATER)
    with pytest.raises(LinkCodeUnusable, match="expired"):
        database.run_sync(linking.redeem, "CCCC-0001", other, NOW)
    assert database.read_sync(linking.made_since, owner, NOW - timedelta(hours=1)) == 2


def test_what_we_found_out_ourselves_is_not_parted(database: Database) -> None:
    phone, user, other = (database.run_sync(_meet, name, f"DDDD-000{name}") for name in "123")
    database.run_sync(people.link, phone, user)
    database.run_sync(linking.redeem, "DDDD-0003", user, NOW)
    assert database.run_sync(linking.part, user) == [other]
    assert sorted(database.read_sync(people.same_person, user)) == sorted([phone, user])
    assert database.read_sync(people.same_person, other) == [other]


def test_of_three_linked_by_codes_the_two_who_remain_are_linked_by_a_code_still(database: Database) -> None:
    first, second, third = (database.run_sync(_meet, name, f"EEEE-000{name}") for name in "123")
    database.run_sync(linking.redeem, "EEEE-0003", first, NOW)
    database.run_sync(linking.redeem, "EEEE-0001", second, NOW)
    for leaving in (first, second, third):
        assert database.read_sync(people.surely_same, leaving) == [leaving]
    assert sorted(database.run_sync(linking.part, third)) == sorted([first, second])
    assert sorted(database.read_sync(people.same_person, first)) == sorted([first, second])
    assert database.read_sync(people.surely_same, first) == [first]
    assert database.read_sync(people.surely_same, second) == [second]
