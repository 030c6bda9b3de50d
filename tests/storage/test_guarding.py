"""A database that is not ours to use is refused."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import Database, DatabaseInUse, DatabaseUnavailable, Vault, WrongKey, migrate
from storage.guarding import only_program, prove_key, reachable

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_the_key_that_sealed_a_database_opens_it_again(database: Database) -> None:
    for _ in range(2):
        database.run_sync(prove_key, NOW)


def test_another_key_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    migrate(url)
    first = Database(url, Vault("the first secret of this database, long"))
    first.run_sync(prove_key, NOW)
    first.close()
    second = Database(url, Vault("quite another secret, as long as that"))
    with pytest.raises(WrongKey, match=r"secret\.key"):
        second.run_sync(prove_key, NOW)
    second.close()


def test_a_database_in_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}"
    with pytest.raises(DatabaseUnavailable, match="nowhere"), reachable(url):
        migrate(url)


@pytest.mark.postgres
def test_only_one_program_works_with_a_postgresql_database(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite files have a lock file")
    with only_program(database_url), pytest.raises(DatabaseInUse), only_program(database_url):
        raise AssertionError("the database was given twice")
    with only_program(database_url):
        pass
