"""Forwarded messages as rows: in order, due once nothing more comes, handed on when a batch ends. On both databases."""

from datetime import timedelta

from storage import Database, Tx, batches, inbox
from storage.tables import Batch
from tests.storage.makers import NOW, new_report, new_talk

PAUSE = timedelta(seconds=45)


def keep(tx: Tx, conversation_id: int, key: str, *, order: int = 0, seconds: int = 0) -> int:
    """One message that came so many seconds after the beginning; its id."""
    now = NOW + timedelta(seconds=seconds)
    event = inbox.receive(
        tx,
        source="telegram:citizen",
        unique_key=key,
        order_key=order,
        payload="{}",
        conversation_id=conversation_id,
        now=now,
    )
    assert event is not None
    row = batches.keep(
        tx, conversation_id, inbox_id=event.id or 0, event=f'"{key}"', heard="", evidence_id=None, due_at=now + PAUSE, now=now
    )  # fmt: skip
    return row.id or 0


def open_id(tx: Tx, conversation_id: int) -> int:
    batch = batches.open_batch(tx, conversation_id)
    assert batch is not None
    return batch.id or 0


def test_each_arrival_puts_the_reading_off_and_messages_come_in_the_order_in_which_they_were_sent(
    database: Database,
) -> None:
    talk = database.run_sync(new_talk).id or 0
    database.run_sync(keep, talk, "b", order=2)
    database.run_sync(keep, talk, "a", order=1, seconds=30)
    batch_id = database.read_sync(open_id, talk)
    assert database.read_sync(batches.due, NOW + PAUSE, 10) == []
    assert [batch.id for batch in database.read_sync(batches.due, NOW + timedelta(seconds=75), 10)] == [batch_id]
    told = database.read_sync(lambda tx: [batches.event_of(tx, row) for row in batches.messages(tx, batch_id)])
    assert told == ['"a"', '"b"']
    assert database.read_sync(batches.count, batch_id) == 2


def test_one_inbox_event_may_tell_several_things(database: Database) -> None:
    talk = database.run_sync(new_talk).id or 0

    def twice(tx: Tx) -> list[int]:
        keep(tx, talk, "a")
        event_id = batches.messages(tx, open_id(tx, talk))[0].inbox_id
        batches.keep(
            tx, talk, inbox_id=event_id, event="x", heard="", evidence_id=None, due_at=NOW + PAUSE, now=NOW
        )  # fmt: skip
        return [row.part for row in batches.messages(tx, open_id(tx, talk))]

    assert database.run_sync(twice) == [0, 1]


def test_a_batch_that_was_read_waits_for_nothing_until_the_next_message(database: Database) -> None:
    talk = database.run_sync(new_talk).id or 0
    database.run_sync(keep, talk, "a")
    batch_id = database.read_sync(open_id, talk)
    database.run_sync(batches.stop_waiting, batch_id)
    assert database.read_sync(batches.due, NOW + timedelta(days=1), 10) == []
    database.run_sync(keep, talk, "b", seconds=90)
    (due,) = database.read_sync(batches.due, NOW + timedelta(days=1), 10)
    assert (due.id, due.state) == (batch_id, batches.GATHERING)
    database.run_sync(batches.wait_until, batch_id, NOW + timedelta(days=2))
    assert database.read_sync(batches.due, NOW + timedelta(days=1), 10) == []


def test_what_an_ended_batch_has_not_dealt_with_is_the_next_one(database: Database) -> None:
    talk = database.run_sync(new_talk).id or 0
    first, second = (database.run_sync(keep, talk, key) for key in "ab")

    def ended(tx: Tx) -> tuple[int, Batch | None]:
        old = open_id(tx, talk)
        batches.end(tx, old, batches.FILED, NOW)
        following = batches.begin_with_rest(tx, talk, old, (first,), NOW + PAUSE, NOW)
        batches.forget(tx, old)
        return old, following

    old, following = database.run_sync(ended)
    assert following is not None
    assert [row.id for row in database.read_sync(batches.messages, following.id or 0)] == [second]
    (gone,) = database.read_sync(batches.messages, old)
    assert (gone.id, gone.event_sealed) == (first, "")
    assert [batch.id for batch in database.read_sync(batches.due, NOW + PAUSE, 10)] == [following.id]


def test_where_all_was_dealt_with_no_batch_begins(database: Database) -> None:
    talk = database.run_sync(new_talk).id or 0
    first = database.run_sync(keep, talk, "a")

    def ended(tx: Tx) -> Batch | None:
        old = open_id(tx, talk)
        batches.end(tx, old, batches.DROPPED, NOW)
        return batches.begin_with_rest(tx, talk, old, (first,), NOW, NOW)

    assert database.run_sync(ended) is None
    assert database.read_sync(batches.open_batch, talk) is None


def test_what_became_a_report_is_not_gathered_again(database: Database) -> None:
    talk = database.run_sync(new_talk).id or 0
    filed, following = (database.run_sync(keep, talk, key) for key in "ab")

    def ended(tx: Tx) -> list[int | None]:
        old = open_id(tx, talk)
        batches.became(tx, (filed,), new_report(tx).id or 0)
        batches.end(tx, old, batches.FILED, NOW)
        rest = batches.begin_with_rest(tx, talk, old, (), NOW, NOW)
        return [row.id for row in batches.messages(tx, rest.id or 0)] if rest else []

    assert database.run_sync(ended) == [following]
