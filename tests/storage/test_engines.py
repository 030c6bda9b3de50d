"""Which database addresses are understood, and the settings without which SQLite would lose data."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage import engines


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "postgres://host/name",
        "postgresql://host/name",
        "mysql://x/y",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_remedy(url: str) -> None:
    with pytest.raises(engines.UnknownDatabase, match=r"sqlite:///path/to/file\.db or postgresql\+psycopg://"):
        engines.parse(url)


def test_a_refusal_never_shows_a_password() -> None:
    with pytest.raises(engines.UnknownDatabase) as refused:
        engines.parse("mysql://name:hunter2@host/db")
    assert "hunter2" not in str(refused.value)


def _pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        value = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
    engine.dispose()
    return value


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", engines.BUSY_MS),
        ("query_only", 0),
    ],
)
def test_sqlite_is_set_up_to_keep_what_it_commits(tmp_path: Path, pragma: str, value: object) -> None:
    assert _pragma(engines.writing_engine(f"sqlite:///{tmp_path}/a.db"), pragma) == value


def test_sqlite_readers_cannot_write(tmp_path: Path) -> None:
    assert _pragma(engines.reading_engine(f"sqlite:///{tmp_path}/a.db"), "query_only") == 1


def test_a_transaction_of_the_writer_takes_the_lock_at_once(tmp_path: Path) -> None:
    driver = engines.sqlite_driver()
    engine = engines.writing_engine(f"sqlite:///{tmp_path}/a.db")
    other = driver.connect(str(tmp_path / "a.db"), timeout=0)
    with engine.begin(), pytest.raises(driver.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    engine.dispose()


def test_without_a_recent_sqlite_that_of_python_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert engines.sqlite_driver().__name__ == "sqlite3.dbapi2"
