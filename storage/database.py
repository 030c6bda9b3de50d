"""Opening transactions: `run` and `read` for the event loop, `run_sync` and `read_sync` for plain threads."""

import asyncio
import concurrent.futures
import functools
import logging
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from storage import engines
from storage.migrating import DatabaseFromTheFuture, check, downgrade, migrate
from storage.transaction import LostRace, Tx
from storage.vault import Vault
from storage.writing import GroupCommitWriter, Job, Outcome, PooledWriter, Writer

__all__ = ["Database", "DatabaseClosed", "DatabaseFromTheFuture", "LostRace", "Tx", "check", "downgrade", "migrate"]

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class DatabaseClosed(Exception):
    """Work was handed to a database that is closed."""


def nobody(key: str) -> None:
    """A wake-up that nobody waits for; the next tick will find the work."""


class Database:
    """Runs functions in transactions on SQLite or PostgreSQL.

    `on_wake` hears the keys that a function gave to `Tx.wake`, after its commit: on the event loop's thread for `run`,
    on the caller's for `run_sync`. It may be set later. What it raises never makes a commit look failed.
    """

    def __init__(self, url: str, vault: Vault, *, on_wake: Callable[[str], None] = nobody) -> None:
        self.on_wake = on_wake
        self.vault = vault
        self._writing = engines.writing_engine(url)
        self._reading = engines.reading_engine(url)
        self._writer = self._new_writer()
        self._readers = concurrent.futures.ThreadPoolExecutor(engines.READERS, thread_name_prefix="storage-reader")
        self._closed = False
        self._gate = threading.Lock()

    async def run(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(tx, ...)` in a transaction; returns only after the commit.

        What `fn` raises undoes all that it did and is raised here. `fn` runs on another thread, and again from the
        start when PostgreSQL asks for it: it must not have effects elsewhere. Raises DatabaseClosed.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def tell(outcome: Outcome) -> None:
            try:
                loop.call_soon_threadsafe(self._answer, answer, outcome)
            except RuntimeError:  # the loop is closed: nobody is left to hear
                log.warning("A transaction ended after its event loop was closed.")

        self._submit(Job(functools.partial(_call, fn, args, kwargs), tell))
        return await answer

    def run_sync(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for plain threads, such as commands and tests."""
        if isinstance(self._writer, GroupCommitWriter) and self._writer.is_this_thread:
            raise RuntimeError("run_sync was called inside a transaction: pass its tx on instead.")
        ended: concurrent.futures.Future[Outcome] = concurrent.futures.Future()
        self._submit(Job(functools.partial(_call, fn, args, kwargs), ended.set_result))
        outcome = ended.result()
        if outcome.error is not None:
            raise outcome.error
        for key in outcome.wakes:
            try:
                self.on_wake(key)
            except Exception:
                log.exception("A wake-up failed; the next tick will find the work.")
        value: T = outcome.value
        return value

    async def read(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(tx, ...)` in a read-only transaction that never waits for the writer. Raises DatabaseClosed."""
        self._refuse_when_closed()
        work = functools.partial(self.read_sync, fn, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def read_sync(self, fn: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for plain threads."""
        self._refuse_when_closed()
        with Session(self._reading, expire_on_commit=False) as session:
            return fn(Tx(session, self.vault, reading=True), *args, **kwargs)

    def close(self) -> None:
        """Finish what is queued, then let go of the database. Later calls raise DatabaseClosed."""
        with self._gate:
            if self._closed:
                return
            self._closed = True
        self._writer.close()
        self._readers.shutdown(wait=True)
        self._reading.dispose()
        self._writing.dispose()

    def _new_writer(self) -> Writer:
        if self._writing.dialect.name == "sqlite":
            return GroupCommitWriter(self._writing, self.vault)
        return PooledWriter(self._writing, self.vault, threads=engines.WRITERS)

    def _submit(self, job: Job) -> None:
        with self._gate:  # nothing may slip in behind the end of the queue
            self._refuse_when_closed()
            self._writer.submit(job)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise DatabaseClosed("The database is closed; nothing was done.")

    def _answer(self, answer: "asyncio.Future[T]", outcome: Outcome) -> None:
        # The wake-ups follow the commit even when the one who asked for it was cancelled meanwhile.
        if not answer.cancelled():
            if outcome.error is not None:
                answer.set_exception(_raisable(outcome.error))
            else:
                answer.set_result(outcome.value)
        for key in outcome.wakes:
            self.on_wake(key)


def _call(fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object], tx: Tx) -> T:
    return fn(tx, *args, **kwargs)


def _raisable(error: BaseException) -> BaseException:
    if not isinstance(error, StopIteration):
        return error
    wrapped = RuntimeError("A transaction raised StopIteration, which no future can carry.")
    wrapped.__cause__ = error
    return wrapped
