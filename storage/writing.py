"""Who runs functions in transactions: one writer thread with group commit on SQLite, a thread pool on PostgreSQL."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.transaction import Tx
from storage.vault import Vault

log = logging.getLogger(__name__)

GROUP_AT_MOST = 64  # functions in one commit
GROUP_SECONDS = 0.02  # a group takes nobody in after this long, so that the first is not kept waiting
ATTEMPTS = 6
PLAY_AGAIN = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one function: its value and the wake-ups it asked for, or the error that undid it."""

    value: Any = None
    error: BaseException | None = None
    wakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A function to run in a transaction; `tell` is called from the writer's thread once its fate is certain."""

    work: Callable[[Tx], Any]
    tell: Callable[[Outcome], None]


class Writer(Protocol):
    """Runs jobs, each in a transaction of its own or as good as."""

    def submit(self, job: Job) -> None:
        """Queue a job. Never called after `close`."""

    def close(self) -> None:
        """Finish what is queued, then stop."""


class TransactionLost(Exception):
    """The database ended the transaction of the whole group (disk full, I/O error)."""


class GroupCommitWriter:
    """One thread, one connection: jobs that arrive while a commit is on its way share the next one.

    Each job has a savepoint: one that raises takes nobody with it. A commit that fails, fails all of its group.
    """

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        *,
        group_at_most: int = GROUP_AT_MOST,
        group_seconds: float = GROUP_SECONDS,
    ) -> None:
        self._engine = engine
        self._vault = vault
        self._group_at_most = group_at_most
        self._group_seconds = group_seconds
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        self._jobs.put(job)

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    @property
    def is_this_thread(self) -> bool:
        """Whether the caller runs inside one of our own transactions."""
        return threading.current_thread() is self._thread

    def _serve(self) -> None:
        while not self._closing:
            first = self._jobs.get()
            if first is None:
                return
            for job, outcome in self._commit(first):
                _tell(job, outcome)

    def _commit(self, first: Job) -> list[tuple[Job, Outcome]]:
        taken: list[Job] = []
        outcomes: list[Outcome] = []
        try:
            with self._engine.begin() as connection:
                for job in self._group(first):
                    taken.append(job)
                    outcomes.append(self._play(connection, job))
        except Exception as fault:  # noqa: BLE001 - every caller of the group is told, and the thread lives on
            failed = Outcome(error=fault)
            outcomes = [outcome if outcome.error else failed for outcome in outcomes]
            taken = taken or [first]
            outcomes += [failed] * (len(taken) - len(outcomes))
        return list(zip(taken, outcomes, strict=True))

    def _group(self, first: Job) -> Iterator[Job]:
        until = time.monotonic() + self._group_seconds
        yield first
        for _ in range(self._group_at_most - 1):
            if time.monotonic() > until:
                return
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is None:
                self._closing = True
                return
            yield job

    def _play(self, connection: Connection, job: Job) -> Outcome:
        try:
            with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
                tx = Tx(session, self._vault)
                value = job.work(tx)
                session.commit()  # releases the savepoint
            return Outcome(value, wakes=tuple(tx.wakes))
        except BaseException as fault:
            if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
                raise TransactionLost("The database ended the transaction by itself.") from fault
            return Outcome(error=fault)


class PooledWriter:
    """A pool of threads, a transaction for each job.

    One that met a deadlock or lost a serialization race is played again, in a fresh transaction.
    """

    def __init__(self, engine: Engine, vault: Vault, *, threads: int) -> None:
        self._engine = engine
        self._vault = vault
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="storage-writer")

    def submit(self, job: Job) -> None:
        self._pool.submit(lambda: _tell(job, self._play(job)))

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def _play(self, job: Job) -> Outcome:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with Session(self._engine, expire_on_commit=False) as session:
                    tx = Tx(session, self._vault)
                    value = job.work(tx)
                    session.commit()
                return Outcome(value, wakes=tuple(tx.wakes))
            except DBAPIError as fault:
                if attempt == ATTEMPTS or getattr(fault.orig, "sqlstate", None) not in PLAY_AGAIN:
                    return Outcome(error=fault)
                time.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - only spreads them
            except BaseException as fault:  # noqa: BLE001 - raised again at the caller
                return Outcome(error=fault)
        raise AssertionError("unreachable: the last attempt always returns")


def _tell(job: Job, outcome: Outcome) -> None:
    try:
        job.tell(outcome)
    except Exception:
        log.exception("Who asked for a transaction could not be told how it ended.")
