"""What we keep: one page of tables, and plain functions that take a transaction.

Start with :mod:`storage.tables`, then :mod:`storage.database` (who opens transactions and when they are committed).
Every other module is about one thing (people, inbox, conversations, outbox, reports, ...); its functions take a
:class:`~storage.transaction.Tx` first and never commit. May import ``cities``, never ``bot`` or ``nlp``.
SQL lives only here.
"""

from storage.database import Database, DatabaseClosed
from storage.guarding import DatabaseInUse, DatabaseUnavailable, WrongKey
from storage.migrating import DatabaseFromTheFuture, migrate
from storage.transaction import LostRace, Tx
from storage.vault import SealBroken, Vault

__all__ = [
    "Database",
    "DatabaseClosed",
    "DatabaseFromTheFuture",
    "DatabaseInUse",
    "DatabaseUnavailable",
    "LostRace",
    "SealBroken",
    "Tx",
    "Vault",
    "WrongKey",
    "migrate",
]
