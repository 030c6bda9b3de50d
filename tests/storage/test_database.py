"""Transactions: what is promised to every caller, on both databases."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import col, func, select

from storage import Database, DatabaseClosed, Tx, Vault, people, preferences
from storage.tables import Contact, Preference
from tests.storage.makers import NOW, new_talk


def keep(tx: Tx, key: str, wake: str = "") -> str:
    preferences.put(tx, key, {"by": threading.current_thread().name}, NOW)
    if wake:
        tx.wake(wake)
    return key


def keep_and_fail(tx: Tx, key: str) -> None:
    keep(tx, key, wake=f"never:{key}")
    raise LookupError(key)


def kept(tx: Tx) -> set[str]:
    return set(tx.session.exec(select(Preference.key)))


# ---------------------------------------------------------------- one caller


def test_what_a_function_did_is_there_for_the_next_and_its_value_comes_back(database: Database) -> None:
    assert database.run_sync(keep, "one") == "one"
    assert database.read_sync(kept) == {"one"}


def test_what_a_failing_function_did_is_undone_and_its_error_comes_back(database: Database) -> None:
    with pytest.raises(LookupError, match="one"):
        database.run_sync(keep_and_fail, "one")
    assert database.read_sync(kept) == set()


def test_an_error_of_the_database_leaves_the_next_caller_unharmed(database: Database) -> None:
    def clash(tx: Tx) -> None:
        tx.add(Preference(key="one", value={}, updated_at=NOW))

    database.run_sync(clash)
    with pytest.raises(DBAPIError):
        database.run_sync(clash)
    database.run_sync(keep, "two")
    assert database.read_sync(kept) == {"one", "two"}


def test_the_error_of_a_statement_does_not_show_what_was_in_it(database: Database) -> None:
    def clash(tx: Tx) -> None:
        for _ in range(2):
            tx.session.add(Preference(key="name of a citizen", value={}, updated_at=NOW))
            tx.session.flush()
            tx.session.expunge_all()

    with pytest.raises(DBAPIError) as error:
        database.run_sync(clash)
    assert "name of a citizen" not in str(error.value).split("[SQL")[1]


def test_rows_can_be_read_after_the_commit(database: Database) -> None:
    talk = database.run_sync(new_talk)
    assert (talk.id, talk.version, talk.created_at) == (1, 0, NOW)


def test_times_come_back_aware_and_in_utc(database: Database) -> None:
    in_bandung = datetime.fromisoformat("2026-11-24T08:30:00.123456+07:00")
    database.run_sync(preferences.put, "one", {}, in_bandung)
    updated = database.read_sync(lambda tx: tx.session.exec(select(Preference.updated_at)).one())
    assert updated == in_bandung
    assert updated.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="timezone"):
        database.run_sync(preferences.put, "one", {}, datetime(2026, 11, 24))  # noqa: DTZ001


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        database.run_sync(lambda tx: tx.add(Contact(merged_into=7, created_at=NOW)))


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        database.read_sync(keep, "one")
    assert database.read_sync(kept) == set()


def test_a_reader_does_not_wait_for_a_writer_and_sees_only_what_is_committed(database: Database) -> None:
    half_way, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        keep(tx, "one")
        tx.session.flush()
        half_way.set()
        assert go_on.wait(10)

    with ThreadPoolExecutor(1) as other:
        writing = other.submit(database.run_sync, slow)
        assert half_way.wait(10)
        assert database.read_sync(kept) == set()
        go_on.set()
        writing.result(10)
    assert database.read_sync(kept) == {"one"}


def test_a_function_can_take_back_a_part_of_its_work(database: Database) -> None:
    def half(tx: Tx) -> None:
        keep(tx, "one")
        with pytest.raises(LookupError), tx.savepoint():
            keep_and_fail(tx, "two")

    database.run_sync(half)
    assert database.read_sync(kept) == {"one"}


# ---------------------------------------------------------------- wake-ups


def test_wake_ups_come_once_each_and_only_after_the_commit(database: Database) -> None:
    heard: list[tuple[str, bool]] = []
    database.on_wake = lambda key: heard.append((key, "one" in database.read_sync(kept)))

    def work(tx: Tx) -> None:
        for key in ("a", "b", "a"):
            keep(tx, "one", wake=key)

    database.run_sync(work)
    assert heard == [("a", True), ("b", True)]


def test_a_function_that_fails_wakes_nobody(database: Database) -> None:
    heard: list[str] = []
    database.on_wake = heard.append
    with pytest.raises(LookupError):
        database.run_sync(keep_and_fail, "one")
    assert heard == []


def test_a_listener_that_fails_does_not_make_the_commit_look_failed(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(key: str) -> None:
        raise RuntimeError(key)

    database.on_wake = fail
    assert database.run_sync(keep, "one", wake="a") == "one"
    assert "wake-up failed" in caplog.text


async def test_on_the_event_loop_wake_ups_come_on_its_own_thread(database: Database) -> None:
    heard: list[tuple[str, threading.Thread]] = []
    database.on_wake = lambda key: heard.append((key, threading.current_thread()))
    assert await database.run(keep, "one", wake="a") == "one"
    assert await database.read(kept) == {"one"}
    assert heard == [("a", threading.current_thread())]


async def test_who_is_cancelled_after_handing_in_work_still_wakes_those_who_must_know(database: Database) -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), asyncio.Event()
    database.on_wake = lambda key: heard.set()

    def slow(tx: Tx) -> None:
        begun.set()
        assert go_on.wait(10)
        keep(tx, "one", wake="a")

    caller = asyncio.create_task(database.run(slow))
    await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    await asyncio.wait_for(heard.wait(), 10)
    assert await database.read(kept) == {"one"}


@pytest.mark.parametrize(("error", "raised"), [(LookupError, LookupError), (StopIteration, RuntimeError)])
async def test_every_kind_of_error_comes_back_to_the_event_loop(
    database: Database, error: type[Exception], raised: type[Exception]
) -> None:
    def fail(tx: Tx) -> None:
        raise error("one")

    with pytest.raises(raised):
        await database.run(fail)


def test_even_the_wish_to_exit_comes_back_to_its_caller_and_the_others_go_on(database: Database) -> None:
    def leave(tx: Tx) -> None:
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        database.run_sync(leave)
    assert database.run_sync(keep, "one") == "one"


# ---------------------------------------------------------------- many callers


def test_functions_that_fail_take_nobody_with_them(database: Database) -> None:
    def call(n: int) -> None:
        if n % 3 == 0:
            with pytest.raises(LookupError, match=f"^{n}$"):
                database.run_sync(keep_and_fail, str(n))
        else:
            database.run_sync(keep, str(n))

    with ThreadPoolExecutor(12) as callers:
        list(callers.map(call, range(60)))
    assert database.read_sync(kept) == {str(n) for n in range(60) if n % 3}


async def test_many_tasks_at_once_all_get_their_own_answer(database: Database) -> None:
    keys = [str(n) for n in range(40)]
    assert await asyncio.gather(*(database.run(keep, key) for key in keys)) == keys
    assert await database.read(kept) == set(keys)


def test_counting_together_loses_nothing(database: Database) -> None:
    database.run_sync(lambda tx: preferences.put(tx, "count", {"n": 0}, NOW))

    def count(tx: Tx) -> None:
        locked = select(Preference).where(Preference.key == "count").with_for_update()
        row = tx.session.exec(locked.execution_options(populate_existing=True)).one()
        preferences.put(tx, "count", {"n": row.value["n"] + 1}, NOW)

    with ThreadPoolExecutor(8) as callers:
        list(callers.map(lambda _: database.run_sync(count), range(40)))
    assert database.read_sync(preferences.get, "count") == {"n": 40}


# ---------------------------------------------------------------- closing


async def test_closing_finishes_what_is_queued(database: Database) -> None:
    go_on = threading.Event()

    def slow(tx: Tx) -> None:
        assert go_on.wait(10)

    keys = [str(n) for n in range(20)]
    handed_in = [
        asyncio.create_task(database.run(slow)),
        *(asyncio.create_task(database.run(keep, key)) for key in keys),
    ]
    await asyncio.sleep(0)  # each task now has handed in its work
    closing = asyncio.create_task(asyncio.to_thread(database.close))
    go_on.set()
    assert await asyncio.gather(*handed_in, closing) == [None, *keys, None]


@pytest.mark.parametrize("call", [lambda db: db.run_sync(keep, "one"), lambda db: db.read_sync(kept)])
def test_a_closed_database_says_so(database: Database, call: Callable[[Database], Any]) -> None:
    database.close()
    with pytest.raises(DatabaseClosed):
        call(database)
    database.close()


@pytest.mark.parametrize("call", [lambda db: db.run(keep, "one"), lambda db: db.read(kept)])
async def test_a_closed_database_says_so_to_the_event_loop(database: Database, call: Callable[[Database], Any]) -> None:
    database.close()
    with pytest.raises(DatabaseClosed):
        await call(database)


def test_what_was_kept_is_there_when_the_database_is_opened_again(database: Database, database_url: str) -> None:
    database.run_sync(new_talk, name="Asep")
    database.close()
    again = Database(database_url, Vault("a secret of the tests"))
    names = again.read_sync(lambda tx: [people.name_of(tx, one) for one in tx.session.exec(select(Contact))])
    again.close()
    assert names == ["Asep"]


def test_ids_start_at_one_so_each_test_has_a_database_of_its_own(database: Database) -> None:
    assert database.read_sync(lambda tx: tx.session.exec(select(func.count(col(Contact.id)))).one()) == 0
    assert database.run_sync(new_talk).id == 1
