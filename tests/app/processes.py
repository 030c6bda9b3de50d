"""``kentongan`` as a process of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
from sqlmodel import select

from storage import Database, Tx, Vault
from storage.tables import InboxEvent, Report
from tests.app.running import free_port

START = 90.0  # seconds that a start may take on a busy machine
SECRET = "a secret of the tests, long enough for it"


class Program:
    """``kentongan`` commands with settings of their own, in a folder without any .env."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        clean = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
        ours = {
            "data_dir": str(folder / "data"),
            "secret_key": SECRET,
            "port": str(free_port()),
            "undo_seconds": "0",
            **settings,
        }
        self.environment = {**clean, **{f"KENTONGAN_{name.upper()}": value for name, value in ours.items()}}
        self._running: list[subprocess.Popen[str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['KENTONGAN_PORT']}"

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin a command; its output can be read."""
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], cwd=self.folder, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._running.append(process)
        return process

    def run(self, *arguments: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        """A command from its beginning to its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments], cwd=self.folder, env=self.environment, text=True, input=said,
            capture_output=True, timeout=START, check=False,
        )  # fmt: skip

    def serve(self) -> "subprocess.Popen[str]":
        """Begin to run, and wait until it is ready."""
        process = self.start("run")
        until = time.monotonic() + START
        while time.monotonic() < until:
            assert process.poll() is None, process.communicate()
            try:
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return process
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError("it did not become ready in time")

    def end(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def look(self, what: type[Report] | type[InboxEvent]) -> list[Report] | list[InboxEvent]:
        """The rows of a table, read beside the program."""
        db = Database(f"sqlite:///{self.folder}/data/kentongan.db", Vault(SECRET))
        try:
            return db.read_sync(_rows, what)
        finally:
            db.close()


def _rows(tx: Tx, what: type[Report]) -> list[Report]:
    return list(tx.session.exec(select(what)))
