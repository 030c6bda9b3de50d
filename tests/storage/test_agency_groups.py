"""A group is bound to an agency by a code that works once, and stays bound when it becomes a supergroup."""

from datetime import timedelta

from storage import Database, Tx, agency_groups, people
from storage.tables import Conversation
from tests.storage.makers import NOW, later

CODE = "KODE"


def group(tx: Tx, person: str = "a", chat: str = "-100") -> Conversation:
    address = people.find_or_create_address(tx, "telegram", "staff", person, now=NOW)
    return people.find_or_create_conversation(tx, address, chat, NOW, in_group=True)


def offered(tx: Tx, agency: str = "dishub", code: str = CODE) -> None:
    agency_groups.offer(tx, code, agency, by=None, now=NOW, expires_at=NOW + timedelta(hours=24))


def test_a_group_belongs_to_the_agency_of_its_code_for_all_its_members(database: Database) -> None:
    def write(tx: Tx) -> None:
        offered(tx)
        here = group(tx)
        assert agency_groups.agency_of(tx, here) == ""
        assert agency_groups.bind(tx, CODE, here, by=None, now=NOW)
        assert agency_groups.agency_of(tx, group(tx, "b")) == "dishub"
        assert agency_groups.agency_of(tx, group(tx, "a", "-200")) == ""
        assert agency_groups.chats_of(tx, "dishub") == [here.id]
        assert agency_groups.chats_of(tx, "dsdabm") == []

    database.run_sync(write)


def test_a_code_works_once_and_not_too_late(database: Database) -> None:
    def write(tx: Tx) -> None:
        offered(tx)
        assert agency_groups.look_at(tx, "x", NOW) == ("unknown", "")
        assert agency_groups.look_at(tx, CODE, NOW) == ("open", "dishub")
        assert agency_groups.look_at(tx, CODE, later(hours=24)) == ("expired", "")
        assert not agency_groups.bind(tx, CODE, group(tx), by=None, now=later(hours=24))
        assert agency_groups.bind(tx, CODE, group(tx), by=None, now=NOW)
        assert agency_groups.look_at(tx, CODE, NOW) == ("used", "")
        assert not agency_groups.bind(tx, CODE, group(tx, chat="-200"), by=None, now=NOW)

    database.run_sync(write)


def test_a_second_binding_takes_the_place_of_the_first(database: Database) -> None:
    def write(tx: Tx) -> None:
        for agency, code in (("dishub", "A"), ("dsdabm", "B")):
            offered(tx, agency, code)
            assert agency_groups.bind(tx, code, group(tx, code), by=None, now=NOW)
        assert agency_groups.agency_of(tx, group(tx)) == "dsdabm"
        assert agency_groups.chats_of(tx, "dishub") == []
        assert agency_groups.release(tx, group(tx), NOW) == 1
        assert agency_groups.agency_of(tx, group(tx)) == ""

    database.run_sync(write)


def test_a_group_that_becomes_a_supergroup_stays_bound(database: Database) -> None:
    def write(tx: Tx) -> None:
        offered(tx)
        agency_groups.bind(tx, CODE, group(tx), by=None, now=NOW)
        people.move_chats(tx, "telegram", "staff", "-100", "-100999")
        assert agency_groups.agency_of(tx, group(tx, "b", "-100999")) == "dishub"

    database.run_sync(write)


def test_the_code_itself_is_not_kept(database: Database) -> None:
    def write(tx: Tx) -> None:
        row = agency_groups.offer(tx, "SECRETCODE", "dishub", by=None, now=NOW, expires_at=NOW)
        assert "SECRETCODE" not in repr(row.model_dump())

    database.run_sync(write)
