"""A commit survives the death of the process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from storage import Database, Vault
from storage.tables import Preference
from tests.databases import SECRET

pytestmark = pytest.mark.process

WRITE_FOR_EVER = """
import sys
from datetime import UTC, datetime
from concurrent.futures import ThreadPoolExecutor
from storage import Database, Vault, preferences

database = Database(sys.argv[1], Vault("{secret}"))

def keep(n):
    database.run_sync(preferences.put, str(n), {{}}, datetime(2026, 11, 24, tzinfo=UTC))
    sys.stdout.write(f"{{n}}\\n")
    sys.stdout.flush()

with ThreadPoolExecutor(4) as callers:
    list(callers.map(keep, range(100_000)))
"""


def test_what_was_told_to_be_kept_is_kept_after_kill_9(database: Database, database_url: str) -> None:
    writing = subprocess.Popen(
        [sys.executable, "-c", WRITE_FOR_EVER.format(secret=SECRET), database_url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert writing.stdout is not None
    told = [next(writing.stdout).strip() for _ in range(60)]
    os.kill(writing.pid, signal.SIGKILL)
    told += [line.strip() for line in writing.stdout if line.endswith("\n")]
    writing.stdout.close()
    assert writing.wait(10) == -signal.SIGKILL

    again = Database(database_url, Vault(SECRET))
    kept = set(again.read_sync(lambda tx: tx.session.exec(select(Preference.key)).all()))
    again.close()
    assert len(told) >= 60
    assert set(told) <= kept
