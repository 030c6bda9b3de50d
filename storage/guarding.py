"""Refusing a database that is not ours to use: opened by another program, out of reach, or sealed with another key."""

import contextlib
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage import preferences
from storage.engines import migrating_engine, parse
from storage.transaction import Tx
from storage.vault import SealBroken

ADVISORY = 7_363_146_201  # a number of our own for pg_try_advisory_lock
PROOF = "vault"  # the preference that holds something sealed
WORDS = "kentongan"


class DatabaseInUse(Exception):
    """Another process works with this database."""


class DatabaseUnavailable(Exception):
    """The database cannot be opened; the sentence says why."""


class WrongKey(Exception):
    """What is in the database was sealed with another secret key."""


@contextlib.contextmanager
def only_program(url: str) -> Iterator[None]:
    """Hold a PostgreSQL database for this process; SQLite files have a lock file of their own. Raises DatabaseInUse."""
    if parse(url).drivername == "sqlite":
        yield
        return
    engine = migrating_engine(url)
    try:
        with reachable(url), engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": ADVISORY}):
                raise DatabaseInUse(
                    "Kentongan already runs with this database. Stop it, or set KENTONGAN_DATABASE_URL."
                )
            connection.commit()  # the lock is the connection's, not the transaction's
            yield
    finally:
        engine.dispose()


@contextlib.contextmanager
def reachable(url: str) -> Iterator[None]:
    """Turn what a driver says of a database that cannot be opened into DatabaseUnavailable, without its password."""
    try:
        yield
    except OperationalError as error:
        shown = parse(url).render_as_string(hide_password=True)
        raise DatabaseUnavailable(f"{shown} cannot be opened: {str(error.orig).strip()}") from error


def prove_key(tx: Tx, now: datetime) -> None:
    """Make sure that this key opens what the database holds; the first one to come leaves its mark. Raises WrongKey."""
    kept = preferences.get(tx, PROOF)
    if kept is None:
        preferences.put(tx, PROOF, {"sealed": tx.vault.seal(WORDS)}, now)
        return
    try:
        tx.vault.open(str(kept["sealed"]))
    except SealBroken as error:
        raise WrongKey(
            "The database was encrypted with another secret key. Bring back its DATA_DIR/secret.key (or KENTONGAN_SECRET_KEY) "
            "from the backup; with any other key names, chats and secret reports cannot be read."
        ) from error
