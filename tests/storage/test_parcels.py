"""Messages as a platform knows them, on both databases: how far each came, and what was charged."""

import itertools
from datetime import UTC, date, datetime

import pytest

from storage import Database, Tx, outbox, parcels, people, templates
from storage.tables import OutboxMessage, SentParcel

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


def owed(db: Database, who: str = "asep") -> int:
    """A message that was sent."""

    def owe(tx: Tx) -> int:
        address = people.find_or_create_address(tx, "whatsapp", "citizen", who, now=NOW)
        talk = people.find_or_create_conversation(tx, address, who, NOW)
        message = outbox.owe(tx, conversation_id=talk.id, body="{}", key=f"key {who}", now=NOW)
        assert message is not None
        outbox.claim(tx, message.id, NOW)
        outbox.settle_sent(tx, message.id, "1", NOW)
        return message.id

    return db.run_sync(owe)


def progressed(db: Database, state: str, id_: str = "1") -> str:
    def move(tx: Tx) -> str:
        parcel = parcels.progressed(tx, "whatsapp", id_, state, "", NOW, NOW)
        return parcel.state if parcel else "no farther"

    return db.run_sync(move)


@pytest.mark.parametrize("order", [*itertools.permutations(["sent", "delivered", "read"])])
def test_a_parcel_only_ever_comes_farther(database: Database, order: tuple[str, ...]) -> None:
    for state in order:
        progressed(database, state)
    assert progressed(database, "failed") == "no farther"

    def look(tx: Tx) -> list[SentParcel]:
        return parcels.sent(tx, "whatsapp", ["1"], owed_id, NOW)

    owed_id = owed(database)
    (parcel,) = database.run_sync(look)
    assert (parcel.state, parcel.message_id) == ("read", owed_id)


def test_a_message_has_its_parcels_but_neither_nudges_nor_those_of_an_earlier_try(database: Database) -> None:
    id_ = owed(database)

    def note(tx: Tx) -> list[int]:
        parcels.sent(tx, "whatsapp", ["0"], id_, NOW)
        parcels.let_go(tx, id_)
        parcels.sent(tx, "whatsapp", ["1", "2"], id_, NOW)
        parcels.sent(tx, "whatsapp", ["3"], id_, NOW, nudge=True)
        return [parcel.id for parcel in parcels.of_message(tx, id_)]

    assert len(database.run_sync(note)) == 2


def test_a_parcel_is_charged_once_and_days_and_categories_are_apart(database: Database) -> None:
    def bill(tx: Tx) -> list[bool]:
        return [
            parcels.bill(tx, "whatsapp", id_, category, DAY, NOW)
            for id_, category in (("1", "utility"), ("1", "utility"), ("2", "utility"), ("3", "service"))
        ]

    assert database.run_sync(bill) == [True, False, True, True]
    rows = database.read_sync(parcels.billed, DAY, DAY)
    assert sorted((row.category, row.count) for row in rows) == [("service", 1), ("utility", 2)]
    assert database.read_sync(parcels.billed, date(2026, 11, 25), date(2026, 11, 30)) == []


def test_what_has_arrived_is_never_sent_anew_and_what_was_only_sent_may_be(database: Database) -> None:
    id_ = owed(database)
    assert database.run_sync(outbox.reopen, id_, "held", "the window", NOW)
    talk = database.read_sync(lambda tx: outbox.by_id(tx, id_).conversation_id)
    assert database.run_sync(outbox.release, talk, NOW) == 1
    database.run_sync(outbox.settle_sent, id_, "1", NOW)
    assert database.run_sync(outbox.arrived, id_, "read")
    assert not database.run_sync(outbox.arrived, id_, "delivered")
    assert not database.run_sync(outbox.reopen, id_, "due", "late", NOW)
    assert database.read_sync(outbox.by_id, id_).state == "read"


def test_when_a_template_can_be_sent_only_persons_not_asked_yet_are_tried(database: Database) -> None:
    ids = {who: owed(database, who) for who in ("asked", "not asked")}

    def hold(tx: Tx) -> int:
        for id_ in ids.values():
            outbox.reopen(tx, id_, "held", "the window", NOW)
        people.nudge(tx, outbox.address_id_of(tx, ids["asked"]), NOW)
        return outbox.release_unnudged(tx, "whatsapp", NOW)

    assert database.run_sync(hold) == 1
    rows: dict[str, OutboxMessage] = {who: database.read_sync(outbox.by_id, id_) for who, id_ in ids.items()}
    assert {who: row.state for who, row in rows.items()} == {"asked": "held", "not asked": "due"}


def test_a_template_that_can_be_sent_anew_is_told_once(database: Database) -> None:
    def note(tx: Tx, status: str) -> bool:
        return templates.note(tx, "whatsapp", "kabar", "id", NOW, status=status)

    assert [database.run_sync(note, each) for each in ("PENDING", "APPROVED", "APPROVED", "PAUSED", "FLAGGED")] == [
        False,
        True,
        False,
        False,
        True,
    ]
    known = database.read_sync(templates.find, "whatsapp", "kabar", "id")
    assert known
    assert known.status == "FLAGGED"
    assert database.read_sync(templates.find, "whatsapp", "kabar", "en") is None
