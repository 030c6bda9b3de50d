"""A town on an empty SQLite file; `either_town` also on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.office import Office
from storage import Database, Vault
from tests.databases import SECRET
from tests.services.town import Town


@pytest.fixture
def town(tmp_path: Path, sqlite_template: Path, office: Office) -> Iterator[Town]:
    shutil.copy(sqlite_template, tmp_path / "kentongan.db")
    db = Database(f"sqlite:///{tmp_path}/kentongan.db", Vault(SECRET))
    yield Town(db, office)
    db.close()


@pytest.fixture
def either_town(database: Database, office: Office) -> Town:
    """The same on both databases."""
    return Town(database, office)
