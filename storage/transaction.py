"""The transaction that every function of storage takes first."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.vault import Vault

Row = TypeVar("Row", bound=SQLModel)


class LostRace(Exception):
    """Somebody else changed the same thing first: roll back and play again."""


@dataclass(slots=True)
class Tx:
    """An open transaction. Whoever opened it commits; the functions that take it never do.

    ``reading`` is true on a read-only transaction: nothing is locked there, and a write is refused by the database.
    Rows stay readable after the commit, but belong to one thread at a time.
    """

    session: Session
    vault: Vault
    reading: bool = False
    wakes: list[str] = field(default_factory=list)

    def wake(self, key: str) -> None:
        """Ask for a wake-up that happens only after the commit, once for each key."""
        if key not in self.wakes:
            self.wakes.append(key)

    def savepoint(self) -> AbstractContextManager[Any]:
        """Undo what is done inside when it raises, and nothing else."""
        return self.session.begin_nested()

    def add(self, row: Row) -> Row:
        """Insert a row now, so that it has its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def add_once(self, table: type[Row], **values: Any) -> Row | None:
        """Insert a row unless one with the same unique columns is there; None when it was there already.

        Safe when two transactions try at the same moment: the second waits for the first, then gets None.
        """
        insert = sqlite.insert if self.session.get_bind().dialect.name == "sqlite" else postgresql.insert
        statement = insert(table).values(**values).on_conflict_do_nothing().returning(table)
        return self.session.scalars(statement).one_or_none()

    def change(self, table: type[Row], *which: Any, **values: Any) -> int:
        """Update the rows that match all of ``which``; how many there were.

        Rows of this session follow; a row that was read in an earlier transaction does not.
        """
        return self.session.exec(update(table).where(*which).values(**values)).rowcount
