"""A program on an empty SQLite file; `either_program` also on PostgreSQL, with events that may come in any order."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.office import Office
from storage import Database, Vault
from tests.databases import SECRET
from tests.jobs.program import Program


@pytest.fixture
def program(tmp_path: Path, sqlite_template: Path, office: Office) -> Iterator[Program]:
    shutil.copy(sqlite_template, tmp_path / "kentongan.db")
    db = Database(f"sqlite:///{tmp_path}/kentongan.db", Vault(SECRET))
    yield Program(db, office, tmp_path)
    db.close()


@pytest.fixture
def either_program(database: Database, office: Office, tmp_path: Path) -> Program:
    return Program(database, office, tmp_path, webhooks=True)
