"""Connections to the two databases, with the settings without which they lose data or wait for ever."""

import importlib
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

BUSY_MS = 10_000  # how long SQLite waits for another process that writes
WRITERS = 6  # threads on PostgreSQL
READERS = 4


class UnknownDatabase(ValueError):
    """The address of the database is not one that we can use."""


def parse(url: str) -> URL:
    """The parts of a database address. Raises UnknownDatabase, saying what is accepted."""
    try:
        parts = make_url(url)
    except Exception as fault:
        raise UnknownDatabase(f"{_ACCEPTED} (this one cannot be read: {type(fault).__name__})") from fault
    if parts.drivername == "sqlite" and parts.database not in (None, "", ":memory:"):
        return parts
    if parts.drivername == "postgresql+psycopg":
        return parts
    raise UnknownDatabase(f"{_ACCEPTED} (this one begins with {parts.drivername}:)")


_ACCEPTED = "The database address must be sqlite:///path/to/file.db or postgresql+psycopg://user:password@host/name."


def writing_engine(url: str) -> Engine:
    """For transactions that write; on SQLite with one connection and BEGIN IMMEDIATE."""
    parts = parse(url)
    if parts.drivername != "sqlite":
        return create_engine(parts, hide_parameters=True, pool_size=WRITERS, max_overflow=0, pool_pre_ping=True)
    engine = create_engine(parts, hide_parameters=True, module=sqlite_driver(), pool_size=1, max_overflow=0)
    _make_safe(engine, begin="BEGIN IMMEDIATE", query_only=False)
    return engine


def reading_engine(url: str) -> Engine:
    """For read-only transactions that never wait for a writer."""
    parts = parse(url)
    if parts.drivername != "sqlite":
        engine = create_engine(parts, hide_parameters=True, pool_size=READERS, max_overflow=READERS, pool_pre_ping=True)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine = create_engine(parts, hide_parameters=True, module=sqlite_driver(), pool_size=READERS, max_overflow=READERS)
    _make_safe(engine, begin="BEGIN", query_only=True)
    return engine


def migrating_engine(url: str) -> Engine:
    """For changes of the tables: one connection, and on SQLite foreign keys off, since a table may be rebuilt."""
    parts = parse(url)
    if parts.drivername != "sqlite":
        return create_engine(parts, hide_parameters=True, poolclass=NullPool)
    engine = create_engine(parts, hide_parameters=True, module=sqlite_driver(), poolclass=NullPool)
    _make_safe(engine, begin="BEGIN IMMEDIATE", query_only=False, foreign_keys=False)
    return engine


def sqlite_driver() -> ModuleType:
    """pysqlite3 (a recent SQLite) where it is installed, else the one of Python, which may be years older."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")


def _make_safe(engine: Engine, *, begin: str, query_only: bool, foreign_keys: bool = True) -> None:
    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # The driver must not begin or commit by itself: with its defaults a SAVEPOINT silently lost messages.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",  # what people had erased must not linger in free space of the file
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            f"query_only = {'ON' if query_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin_really(connection: Any) -> None:
        connection.exec_driver_sql(begin)
