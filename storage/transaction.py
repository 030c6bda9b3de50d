"""The transaction that every function of storage takes first."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import ExecutableReturnsRows
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
        statement = _insert_once(table, self.session.get_bind().dialect.name)
        row: Row | None = self.session.scalars(statement, values).one_or_none()
        return row

    def change(self, table: type[Row], *which: Any, **values: Any) -> int:
        """Update the rows that match all of ``which``; how many there were.

        Rows of this session follow; a row that was read in an earlier transaction does not.
        """
        return self.session.exec(update(table).where(*which).values(**values)).rowcount


@cache
def _insert_once(table: type[Row], dialect: str) -> ExecutableReturnsRows:
    # Built once for each table: building it anew cost more than half of the insert.
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    columns = table.__table__  # type: ignore[attr-defined]
    return select(table).from_statement(insert(columns).on_conflict_do_nothing().returning(*columns.columns))
