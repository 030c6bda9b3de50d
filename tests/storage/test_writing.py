"""Group commit: who shares a commit, and what a failure costs whom."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select, text

from storage import Database, Tx, Vault, migrate, preferences
from storage.engines import writing_engine
from storage.tables import Preference
from storage.writing import GroupCommitWriter, Job, Outcome, PooledWriter, TransactionLost
from tests.storage.makers import NOW


class Bench:
    """A writer whose thread is held until all jobs are queued, so that they form a group."""

    def __init__(self, file: Path, *, group_at_most: int = 64, group_seconds: float = 60) -> None:
        migrate(f"sqlite:///{file}")
        self.engine: Engine = writing_engine(f"sqlite:///{file}")
        self.commits = 0
        event.listen(self.engine, "commit", self._count)
        self.writer = GroupCommitWriter(
            self.engine, Vault("x"), group_at_most=group_at_most, group_seconds=group_seconds
        )

    def play(self, *work: Callable[[Tx], Any]) -> list[Outcome]:
        """Run all of these as one group (as far as the writer likes), and hear what became of each."""
        holding, go_on = threading.Event(), threading.Event()

        def hold(_: Outcome) -> None:
            holding.set()
            assert go_on.wait(10)

        self.writer.submit(Job(lambda tx: None, hold))
        assert holding.wait(10)
        self.commits = 0
        outcomes: list[Outcome | None] = [None] * len(work)
        told = threading.Semaphore(0)
        for place, each in enumerate(work):

            def tell(outcome: Outcome, place: int = place) -> None:
                outcomes[place] = outcome
                told.release()

            self.writer.submit(Job(each, tell))
        go_on.set()
        for _ in work:
            assert told.acquire(timeout=10)
        return [outcome for outcome in outcomes if outcome is not None]

    def kept(self) -> list[str]:
        return self.play(lambda tx: sorted(tx.session.exec(select(Preference.key))))[0].value

    def _count(self, _: Connection) -> None:
        self.commits += 1


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "a.db")
    yield made
    made.writer.close()
    made.engine.dispose()


def keep(key: str) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        preferences.put(tx, key, {}, NOW)
        tx.wake(key)
        return key

    return work


def test_functions_that_wait_together_share_one_commit(bench: Bench) -> None:
    outcomes = bench.play(*(keep(str(n)) for n in range(8)))
    assert [outcome.value for outcome in outcomes] == [str(n) for n in range(8)]
    assert bench.commits == 1


def test_a_group_has_a_largest_size(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "a.db", group_at_most=3)
    bench.play(*(keep(str(n)) for n in range(8)))
    assert bench.commits == 3
    bench.writer.close()
    bench.engine.dispose()


def test_a_group_takes_nobody_in_after_its_time(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "a.db", group_seconds=-1)
    bench.play(*(keep(str(n)) for n in range(4)))
    assert bench.commits == 4
    bench.writer.close()
    bench.engine.dispose()


def test_one_that_fails_in_a_group_takes_nobody_with_it(bench: Bench) -> None:
    def fail(tx: Tx) -> None:
        keep("lost")(tx)
        tx.session.flush()
        raise LookupError("mine alone")

    before, failing, after = bench.play(keep("before"), fail, keep("after"))
    assert bench.commits == 1
    assert (before.error, after.error) == (None, None)
    assert isinstance(failing.error, LookupError)
    assert failing.wakes == ()
    assert bench.kept() == ["after", "before"]


def test_one_that_breaks_a_constraint_in_a_group_takes_nobody_with_it(bench: Bench) -> None:
    def clash(tx: Tx) -> None:
        tx.session.add(Preference(key="before", value={}, updated_at=NOW))

    before, clashing, after = bench.play(keep("before"), clash, keep("after"))
    assert isinstance(clashing.error, DBAPIError)
    assert (before.error, after.error) == (None, None)
    assert bench.kept() == ["after", "before"]


def test_a_commit_that_fails_fails_everybody_in_its_group_and_nobody_is_told_otherwise(bench: Bench) -> None:
    def fail(tx: Tx) -> None:
        raise LookupError("mine alone")

    def defer(tx: Tx) -> None:
        # A deferred foreign key is checked by the commit itself.
        tx.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        tx.session.exec(
            text("INSERT INTO contact (name_sealed, language, merged_into, created_at) VALUES ('', '', 7, '')")
        )  # type: ignore[call-overload]

    first, alone, breaking, last = bench.play(keep("first"), fail, defer, keep("last"))
    assert isinstance(alone.error, LookupError)
    assert all(isinstance(outcome.error, DBAPIError) for outcome in (first, breaking, last))
    assert all(outcome.wakes == () for outcome in (first, breaking, last))
    assert bench.kept() == []


def test_when_the_database_ends_the_transaction_by_itself_nobody_is_told_that_it_worked(bench: Bench) -> None:
    def lose(tx: Tx) -> None:
        tx.session.connection().exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk is full
        raise OSError("disk full")

    before, losing, after = bench.play(keep("before"), lose, keep("after"))
    assert isinstance(before.error, TransactionLost)
    assert isinstance(losing.error, TransactionLost)
    assert after.error is None  # it had not begun yet, so it has a transaction of its own
    assert bench.kept() == ["after"]


def test_the_writer_goes_on_after_a_lock_that_did_not_come_free(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Connection) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    event.listen(bench.engine, "begin", refuse)
    refused = bench.play(keep("one"))
    event.remove(bench.engine, "begin", refuse)
    assert isinstance(refused[0].error, OperationalError)
    assert bench.play(keep("two"))[0].error is None
    assert bench.kept() == ["two"]


def test_one_that_cannot_be_told_does_not_silence_the_writer(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Outcome) -> None:
        raise RuntimeError("nobody at home")

    bench.writer.submit(Job(keep("one"), fail))
    assert bench.play(keep("two"))[0].error is None
    assert bench.kept() == ["one", "two"]
    assert "could not be told" in caplog.text


def test_a_transaction_inside_a_transaction_is_refused_instead_of_waiting_for_ever(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/a.db")
    database = Database(f"sqlite:///{tmp_path}/a.db", Vault("x"))
    with pytest.raises(RuntimeError, match="pass its tx on"):
        database.run_sync(lambda tx: database.run_sync(keep("inner")))
    database.close()


# ---------------------------------------------------------------- PostgreSQL


class Refusal(Exception):
    """What psycopg raises, as far as we look at it."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.fixture
def pooled(tmp_path: Path) -> Iterator[PooledWriter]:
    migrate(f"sqlite:///{tmp_path}/a.db")
    engine = writing_engine(f"sqlite:///{tmp_path}/a.db")
    made = PooledWriter(engine, Vault("x"), threads=1)
    yield made
    made.close()
    engine.dispose()


def _told(writer: PooledWriter, work: Callable[[Tx], Any]) -> Outcome:
    told: Future[Outcome] = Future()
    writer.submit(Job(work, told.set_result))
    return told.result(10)


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_who_met_a_deadlock_or_lost_a_serialization_race_plays_again_from_the_start(
    pooled: PooledWriter, sqlstate: str
) -> None:
    attempts: list[list[str]] = []

    def twice_unlucky(tx: Tx) -> str:
        attempts.append(list(tx.session.exec(select(Preference.key))))
        keep("one")(tx)
        if len(attempts) < 3:
            raise OperationalError("UPDATE", {}, Refusal(sqlstate))
        return "kept"

    outcome = _told(pooled, twice_unlucky)
    assert (outcome.value, outcome.wakes) == ("kept", ("one",))
    assert attempts == [[], [], []]


@pytest.mark.parametrize(("sqlstate", "attempts"), [("40001", 6), ("23505", 1), ("57014", 1)])
def test_playing_again_has_an_end_and_other_errors_are_not_played_again(
    pooled: PooledWriter, sqlstate: str, attempts: int
) -> None:
    played: list[int] = []

    def unlucky(tx: Tx) -> None:
        played.append(1)
        raise OperationalError("UPDATE", {}, Refusal(sqlstate))

    assert isinstance(_told(pooled, unlucky).error, OperationalError)
    assert len(played) == attempts


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_two_that_wait_for_each_other_both_end_well(database: Database) -> None:
    for key in ("a", "b"):
        database.run_sync(preferences.put, key, {"n": 0}, NOW)
    meet = threading.Barrier(2, timeout=10)
    met: set[str] = set()

    def crossing(tx: Tx, first: str, second: str) -> None:
        preferences.put(tx, first, {"last": first + second}, NOW)
        tx.session.flush()
        if first not in met:  # only the first attempt waits for the other one
            met.add(first)
            meet.wait()
        preferences.put(tx, second, {"last": first + second}, NOW)

    threads = [threading.Thread(target=database.run_sync, args=(crossing, *order)) for order in ("ab", "ba")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    last = [database.read_sync(preferences.get, key) for key in ("a", "b")]
    assert last[0] == last[1]
    assert last[0] in ({"last": "ab"}, {"last": "ba"})
