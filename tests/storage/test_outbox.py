"""What we owe to chats: once for each cause, in order, and ended with a reason."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from storage import Database, Tx, outbox
from storage.tables import OutboxMessage
from tests.storage.makers import NOW, later, new_report, new_talk


def owe(tx: Tx, key: str, *, talk: int = 1, due_at: datetime | None = None) -> int | None:
    message = outbox.owe(tx, conversation_id=talk, body=f'"{key}"', key=key, now=NOW, due_at=due_at)
    return None if message is None else message.id


@pytest.fixture
def owing(database: Database) -> Database:
    """Two conversations to which nothing is owed yet."""
    database.run_sync(new_talk)
    database.run_sync(new_talk, "euis")
    return database


def next_key(database: Database, at: datetime = NOW, talk: int = 1) -> str | None:
    message = database.read_sync(outbox.next_due, talk, at)
    return message and message.key


def message(database: Database, message_id: int = 1) -> OutboxMessage:
    return database.read_sync(lambda tx: tx.session.get_one(OutboxMessage, message_id))


# ---------------------------------------------------------------- owing


def test_one_cause_owes_one_message(owing: Database) -> None:
    assert owing.run_sync(owe, "number given") == 1
    assert owing.run_sync(owe, "number given") is None
    assert len(owing.read_sync(lambda tx: tx.session.exec(select(OutboxMessage)).all())) == 1


def test_one_cause_owes_one_message_even_when_it_happens_in_many_places_at_once(owing: Database) -> None:
    with ThreadPoolExecutor(8) as callers:
        owed = list(callers.map(lambda _: owing.run_sync(owe, "number given"), range(16)))
    assert sum(message_id is not None for message_id in owed) == 1


def test_a_message_is_sealed_and_knows_its_report(owing: Database) -> None:
    def about_a_report(tx: Tx) -> OutboxMessage | None:
        report = new_report(tx)
        return outbox.owe(tx, conversation_id=1, body="{}", key="a", now=NOW, report_id=report.id)

    owed = owing.run_sync(about_a_report)
    assert owed is not None
    assert owed.report_id == 1
    assert owed.body_sealed != "{}"
    assert owing.read_sync(lambda tx: outbox.body_of(tx, owed)) == "{}"


def test_delivery_is_woken_for_what_is_due_now_only(owing: Database) -> None:
    woken: list[str] = []
    owing.on_wake = woken.append
    owing.run_sync(owe, "later", due_at=later(seconds=60))
    assert woken == []
    owing.run_sync(owe, "now")
    owing.run_sync(owe, "also now", talk=2, due_at=NOW)
    assert woken == ["delivery:1", "delivery:2"]


# ---------------------------------------------------------------- order


def send(database: Database, message_id: int, at: datetime = NOW) -> None:
    assert database.run_sync(outbox.claim, message_id, at)
    assert database.run_sync(outbox.settle_sent, message_id, f"tg-{message_id}", at)


def test_messages_of_a_conversation_go_out_in_the_order_in_which_they_were_owed(owing: Database) -> None:
    for key in "abc":
        owing.run_sync(owe, key)
    sent = []
    while key := next_key(owing):
        sent.append(key)
        send(owing, len(sent))
    assert sent == ["a", "b", "c"]


def test_while_one_is_being_sent_the_next_one_waits_but_other_conversations_do_not(owing: Database) -> None:
    owing.run_sync(owe, "a")
    owing.run_sync(owe, "b")
    owing.run_sync(owe, "theirs", talk=2)
    assert owing.run_sync(outbox.claim, 1, NOW)
    assert next_key(owing) is None
    assert next_key(owing, talk=2) == "theirs"
    assert owing.read_sync(outbox.conversations_due, NOW) == [2]


def test_one_that_waits_for_its_next_try_holds_back_later_ones(owing: Database) -> None:
    owing.run_sync(owe, "a")
    owing.run_sync(owe, "b")
    assert owing.run_sync(outbox.claim, 1, NOW)
    assert owing.run_sync(outbox.retry_later, 1, later(seconds=30), "Too Many Requests")
    assert next_key(owing, later(seconds=29)) is None
    assert owing.read_sync(outbox.conversations_due, later(seconds=29)) == []
    assert owing.read_sync(outbox.next_due_at) == later(seconds=30)
    assert next_key(owing, later(seconds=30)) == "a"
    send(owing, 1, later(seconds=30))
    assert next_key(owing, later(seconds=30)) == "b"


def test_one_that_is_planned_for_later_holds_back_nobody(owing: Database) -> None:
    owing.run_sync(owe, "reminder", due_at=later(days=3))
    owing.run_sync(owe, "answer")
    assert next_key(owing) == "answer"
    send(owing, 2)
    assert next_key(owing) is None
    assert owing.read_sync(outbox.next_due_at) == later(days=3)
    assert next_key(owing, later(days=3)) == "reminder"


def test_a_planned_one_that_comes_due_waits_until_the_one_being_sent_is_settled(owing: Database) -> None:
    owing.run_sync(owe, "news", due_at=later(seconds=60))
    owing.run_sync(owe, "answer")
    assert owing.run_sync(outbox.claim, 2, NOW)
    assert next_key(owing, later(seconds=60)) is None


def test_when_nothing_is_owed_nothing_is_due(owing: Database) -> None:
    assert owing.read_sync(outbox.next_due_at) is None
    assert owing.read_sync(outbox.conversations_due, later(days=9)) == []


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["owe", "plan", "wait", "send", "fail", "refuse", "crash"]),
        st.integers(1, 2),
        st.integers(1, 90),
    ),
    max_size=20,
)
KEYS = itertools.count()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_happens_nothing_overtakes_one_that_was_tried_and_everything_ends(
    owing: Database, deeds: list[tuple[str, int, int]]
) -> None:
    seconds = 0
    for deed, talk, span in deeds:
        now = later(seconds=seconds)
        if deed == "wait":
            seconds += span
        elif deed in {"owe", "plan"}:
            owing.run_sync(
                owe, str(next(KEYS)), talk=talk, due_at=later(seconds=seconds + span) if deed == "plan" else now
            )
        else:
            attempt(owing, talk, now, deed, later(seconds=seconds + span))
        assert_what_is_due_is_found(owing, later(seconds=seconds))
    while owing.read_sync(outbox.next_due_at):
        for talk in owing.read_sync(outbox.conversations_due, later(days=1)):
            attempt(owing, talk, later(days=1), "send", NOW)
    ended = owing.read_sync(lambda tx: set(tx.session.exec(select(OutboxMessage.state))))
    assert ended <= {"sent", "refused"}


def attempt(database: Database, talk: int, now: datetime, deed: str, again_at: datetime) -> None:
    """Try to send what is next in this talk, and let that end as `deed` says."""
    due = database.read_sync(outbox.next_due, talk, now)
    if due is None:
        return
    assert not any(row.attempts and row.id < due.id for row in unsent(database, talk))
    assert database.run_sync(outbox.claim, due.id, now)
    if deed == "send":
        database.run_sync(outbox.settle_sent, due.id, "x", now)
    elif deed == "fail":
        database.run_sync(outbox.retry_later, due.id, again_at, "not now")
    elif deed == "refuse":
        database.run_sync(outbox.settle_refused, due.id, "never", now)
    else:
        database.run_sync(outbox.recover)


def assert_what_is_due_is_found(database: Database, now: datetime) -> None:
    found = [talk for talk in (1, 2) if database.read_sync(outbox.next_due, talk, now)]
    assert sorted(database.read_sync(outbox.conversations_due, now)) == found
    soonest = database.read_sync(outbox.next_due_at)
    assert (soonest is not None and soonest <= now) == bool(found)
    assert (soonest is None) == (not unsent(database, 1) + unsent(database, 2))


def unsent(database: Database, talk: int) -> list[OutboxMessage]:
    rows = select(OutboxMessage).where(
        OutboxMessage.conversation_id == talk, col(OutboxMessage.state).in_(outbox.UNSENT)
    )
    return database.read_sync(lambda tx: list(tx.session.exec(rows)))


# ---------------------------------------------------------------- sending and settling


def test_a_message_is_claimed_by_one_sender_only(owing: Database) -> None:
    owing.run_sync(owe, "a")
    with ThreadPoolExecutor(8) as senders:
        claims = list(senders.map(lambda _: owing.run_sync(outbox.claim, 1, NOW), range(8)))
    assert sorted(claims) == [False] * 7 + [True]
    assert (message(owing).attempts, message(owing).claimed_at) == (1, NOW)


def test_a_message_is_not_claimed_before_it_is_due(owing: Database) -> None:
    owing.run_sync(owe, "a", due_at=later(seconds=1))
    assert not owing.run_sync(outbox.claim, 1, NOW)
    assert owing.run_sync(outbox.claim, 1, later(seconds=1))


def test_a_row_that_was_read_before_the_claim_can_be_read_after_it(owing: Database) -> None:
    owing.run_sync(owe, "a")

    def take(tx: Tx) -> OutboxMessage:
        due = outbox.next_due(tx, 1, NOW)
        assert due is not None
        assert outbox.claim(tx, due.id, NOW)
        return due

    taken = owing.run_sync(take)
    assert (taken.state, taken.attempts, taken.key) == ("sending", 1, "a")


@pytest.mark.parametrize(
    ("settle", "state", "reason"),
    [
        (lambda tx: outbox.settle_sent(tx, 1, "tg-9", later(seconds=2)), "sent", ""),
        (lambda tx: outbox.settle_refused(tx, 1, "message too long", later(seconds=2)), "refused", "message too long"),
        (lambda tx: outbox.settle_unreachable(tx, 1, "blocked us", later(seconds=2)), "unreachable", "blocked us"),
    ],
)
def test_a_message_ends_once_with_its_reason(owing: Database, settle: object, state: str, reason: str) -> None:
    owing.run_sync(owe, "a")
    owing.run_sync(outbox.claim, 1, NOW)
    assert owing.run_sync(settle)  # type: ignore[arg-type]
    ended = message(owing)
    assert (ended.state, ended.reason, ended.sent_at) == (state, reason, later(seconds=2))
    assert ended.external_id == ("tg-9" if state == "sent" else "")
    assert not owing.run_sync(settle)  # type: ignore[arg-type]
    assert not owing.run_sync(outbox.retry_later, 1, NOW, "again")
    assert message(owing).state == state


def test_what_was_planned_for_later_can_be_taken_back_until_it_goes_out(owing: Database) -> None:
    for key in ("news", "sent", "tried"):
        owing.run_sync(owe, key, due_at=later(seconds=60))
    for message_id in (2, 3):
        owing.run_sync(outbox.claim, message_id, later(minutes=2))
    owing.run_sync(outbox.settle_sent, 2, "x", later(minutes=2))
    owing.run_sync(outbox.retry_later, 3, later(minutes=3), "not now")
    taken_back = [owing.run_sync(outbox.withdraw, key, "undone", NOW) for key in ("news", "news", "sent", "tried", "x")]
    assert taken_back == [True, False, False, False, False]
    assert (message(owing).state, message(owing).reason) == ("withdrawn", "undone")
    assert next_key(owing, later(days=1)) == "tried"
    assert owing.run_sync(owe, "news") is None


def test_an_interrupted_send_becomes_due_again(owing: Database) -> None:
    woken: list[str] = []
    for key in ("a", "b"):
        owing.run_sync(owe, key)
    owing.run_sync(outbox.claim, 1, NOW)
    owing.on_wake = woken.append
    assert owing.run_sync(outbox.recover) == [1]
    assert woken == ["delivery:1"]
    assert next_key(owing) == "a"
    assert (message(owing).attempts, message(owing).reason) == (1, "interrupted while sending")
    assert owing.run_sync(outbox.recover) == []


def test_recovering_leaves_alone_what_another_process_began_to_send_just_now(owing: Database) -> None:
    owing.run_sync(owe, "a")
    owing.run_sync(owe, "b", talk=2)
    owing.run_sync(outbox.claim, 1, NOW)
    owing.run_sync(outbox.claim, 2, later(minutes=10))
    assert owing.run_sync(lambda tx: outbox.recover(tx, claimed_before=later(minutes=5))) == [1]
    assert message(owing, 2).state == "sending"


def test_a_talk_shows_what_arrived_and_nothing_else(owing: Database) -> None:
    for key in "abc":
        owing.run_sync(owe, key)
    owing.run_sync(owe, "theirs", talk=2)
    send(owing, 1)
    send(owing, 2)
    send(owing, 4)
    assert [said.key for said in owing.read_sync(outbox.talk, 1)] == ["a", "b"]
    assert [said.key for said in owing.read_sync(outbox.talk, 1, 1)] == ["b"]


def test_something_goes_out_while_it_is_due_and_since_it_was_taken_to_be_sent(owing: Database) -> None:
    def goes_out(minutes: float) -> bool:
        since = later(minutes=minutes)
        return owing.read_sync(outbox.goes_out, 1, since, since)

    assert not goes_out(0)
    owing.run_sync(owe, "later", due_at=later(hours=1))
    assert not goes_out(0)
    owing.run_sync(owe, "now")
    assert goes_out(0)
    owing.run_sync(outbox.claim, 2, later(minutes=1))
    owing.run_sync(outbox.settle_sent, 2, "x", later(minutes=1))
    assert goes_out(1)
    assert not goes_out(2)
