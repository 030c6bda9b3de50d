"""What platforms tell us: kept once, handed out in order."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlmodel import func, select

from storage import Database, LostRace, Tx, conversations, inbox, people
from storage.tables import Address, Contact, Conversation, InboxEvent
from tests.storage.makers import NOW, later, new_talk


def hear(tx: Tx, n: int, *, talk: int | None = 1, source: str = "telegram:citizen") -> InboxEvent | None:
    return inbox.receive(
        tx,
        source=source,
        unique_key=str(n),
        order_key=n,
        payload=f"event {n}",
        conversation_id=talk,
        now=later(seconds=n),
    )


def new_citizen_says(tx: Tx, n: int) -> bool:
    address = people.find_or_create_address(tx, "telegram", "citizen", "asep", name="Asep", now=NOW)
    talk = people.find_or_create_conversation(tx, address, "asep", NOW)
    return hear(tx, n, talk=talk.id) is not None


def waiting(tx: Tx, talk: int = 1) -> list[str]:
    return [inbox.payload_of(tx, event) for event in inbox.pending(tx, talk)]


# ---------------------------------------------------------------- all at once


def test_twelve_events_of_a_new_citizen_each_delivered_twice_and_all_at_once(database: Database) -> None:
    deliveries = [n for n in range(12) for _ in range(2)]
    random.Random(12).shuffle(deliveries)
    together = threading.Barrier(len(deliveries), timeout=10)

    def deliver(n: int) -> tuple[int, bool]:
        together.wait()
        return n, database.run_sync(new_citizen_says, n)

    with ThreadPoolExecutor(len(deliveries)) as webhooks:
        answers = list(webhooks.map(deliver, deliveries))

    assert sorted(n for n, new in answers if new) == list(range(12))
    for table in (Contact, Address, Conversation):
        assert (
            database.read_sync(lambda tx, table=table: tx.session.exec(select(func.count()).select_from(table)).one())
            == 1
        )
    assert database.read_sync(waiting) == [f"event {n}" for n in range(12)]


def test_twelve_events_are_handed_out_once_each_and_in_order_while_many_workers_take_them(database: Database) -> None:
    for n in range(12):
        database.run_sync(new_citizen_says, n)
    handled: list[str] = []

    def turn(tx: Tx, worker: int) -> None:
        loaded = conversations.load(tx, 1)  # from here on the conversation is ours
        for event in inbox.pending(tx, 1, limit=2):
            inbox.settle(tx, event, NOW)
            handled.append(inbox.payload_of(tx, event))
        conversations.save(tx, 1, f"worker {worker}", loaded.version, NOW, None, 0)

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda worker: database.run_sync(turn, worker), range(10)))
    assert handled == [f"event {n}" for n in range(12)]
    assert database.read_sync(inbox.unfinished) == []
    assert database.read_sync(conversations.load, 1).version == 10


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_an_event_of_ours_is_stored_while_a_turn_of_its_conversation_is_on_its_way(database: Database) -> None:
    database.run_sync(new_talk)
    begun, go_on = threading.Event(), threading.Event()

    def turn(tx: Tx) -> None:
        conversations.load(tx, 1)
        begun.set()
        assert go_on.wait(10)

    with ThreadPoolExecutor(1) as other:
        turning = other.submit(database.run_sync, turn)
        assert begun.wait(10)
        stored = database.run_sync(hear, 1, source=inbox.OURS)
        go_on.set()
        turning.result(10)
    assert stored is not None


# ---------------------------------------------------------------- one after the other


def test_an_event_that_comes_again_is_known(database: Database) -> None:
    database.run_sync(new_talk)
    assert database.run_sync(hear, 1) is not None
    assert database.run_sync(hear, 1) is None
    assert database.run_sync(hear, 1, source="telegram:staff") is not None


def test_events_wait_in_the_order_of_the_platform_not_of_arrival(database: Database) -> None:
    database.run_sync(new_talk)
    for n in (3, 1, 2):
        database.run_sync(hear, n)
    assert database.read_sync(waiting) == ["event 1", "event 2", "event 3"]


def test_events_of_equal_order_wait_in_the_order_of_arrival(database: Database) -> None:
    database.run_sync(new_talk)

    def arrive(tx: Tx, key: str) -> None:
        inbox.receive(tx, source="x", unique_key=key, order_key=5, payload=key, conversation_id=1, now=NOW)

    for key in "bca":
        database.run_sync(arrive, key)
    assert database.read_sync(waiting) == ["b", "c", "a"]


def test_only_so_many_are_handed_out_and_only_of_this_conversation(database: Database) -> None:
    database.run_sync(new_talk)
    database.run_sync(new_talk, "euis")
    for n in range(5):
        database.run_sync(hear, n)
    database.run_sync(hear, 9, talk=2)
    assert len(database.read_sync(lambda tx: inbox.pending(tx, 1, limit=3))) == 3
    assert database.read_sync(waiting, 2) == ["event 9"]


def test_what_was_received_is_sealed(database: Database) -> None:
    database.run_sync(new_talk)
    event = database.run_sync(hear, 1)
    assert event is not None
    assert "event" not in event.payload_sealed


@pytest.mark.parametrize("end", ["settle", "ignore", "park"])
def test_an_event_ends_once_with_its_reason_and_stops_waiting(database: Database, end: str) -> None:
    database.run_sync(new_talk)
    event = database.run_sync(hear, 1)
    assert event is not None

    def finish(tx: Tx) -> None:
        if end == "settle":
            inbox.settle(tx, event, NOW)
        else:
            getattr(inbox, end)(tx, event, "because", NOW)

    database.run_sync(finish)
    assert database.read_sync(waiting) == []
    assert database.read_sync(inbox.unfinished) == []
    [kept] = database.read_sync(inbox.kept, 1)
    expected = {"settle": ("handled", ""), "ignore": ("ignored", "because"), "park": ("parked", "because")}
    assert (kept.state, kept.reason) == expected[end]
    assert kept.handled_at == NOW
    with pytest.raises(LostRace):
        database.run_sync(finish)


def test_an_event_can_arrive_already_parked_and_then_wakes_nobody(database: Database) -> None:
    woken: list[str] = []
    database.on_wake = woken.append
    database.run_sync(new_talk)

    def arrive(tx: Tx, state: str) -> None:
        inbox.receive(
            tx,
            source="x",
            unique_key=state,
            order_key=0,
            payload="{",
            conversation_id=1,
            now=NOW,
            state=state,
            reason="cannot be read",
        )

    database.run_sync(arrive, "parked")
    assert woken == []
    assert database.read_sync(waiting) == []
    assert database.read_sync(inbox.kept, 1)[0].reason == "cannot be read"
    database.run_sync(arrive, "pending")
    assert woken == ["conversation:1"]


def test_a_failed_attempt_is_counted_and_the_event_keeps_waiting(database: Database) -> None:
    database.run_sync(new_talk)
    event = database.run_sync(hear, 1)
    assert event is not None
    for _ in range(2):
        database.run_sync(inbox.tried, event, "no luck")
    [again] = database.read_sync(inbox.pending, 1)
    assert (again.attempts, again.reason) == (2, "no luck")


def test_unfinished_names_each_conversation_once_and_no_event_without_one(database: Database) -> None:
    for person in ("asep", "euis", "ujang"):
        database.run_sync(new_talk, person)
    for n, talk in enumerate([1, 1, 3, None]):
        database.run_sync(hear, n, talk=talk)
    assert sorted(database.read_sync(inbox.unfinished)) == [1, 3]


def heard_at(database: Database) -> datetime | None:
    return database.read_sync(lambda tx: tx.session.exec(select(Conversation.last_heard_at)).one())


def test_a_conversation_was_last_heard_when_its_person_last_wrote(database: Database) -> None:
    database.run_sync(new_talk)
    assert heard_at(database) is None
    for n in (5, 3):
        database.run_sync(hear, n)
    assert heard_at(database) == later(seconds=5)
    database.run_sync(hear, 60, source=inbox.OURS)
    assert heard_at(database) == later(seconds=5)


def test_what_was_heard_can_be_read_on_from_any_event(database: Database) -> None:
    database.run_sync(new_talk)
    for n in range(4):
        database.run_sync(hear, n)
    rest = database.read_sync(lambda tx: [event.id for event in inbox.kept(tx, 1, after_id=2, limit=1)])
    assert rest == [3]
