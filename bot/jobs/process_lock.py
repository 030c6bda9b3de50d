"""One process a database file: a second one is refused with the first one's number."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyRunning(Exception):
    """Another process works with this database file."""


@contextlib.contextmanager
def only_process(database: Path) -> Iterator[None]:
    """Hold the lock beside a database file. Raises AlreadyRunning while another process holds it; a crash lets go of it."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_suffix(".lock").open("a+") as file:
        try:
            _lock(file.fileno())
        except OSError:
            file.seek(0)
            raise AlreadyRunning(
                f"Kentongan already runs with the data in {database} (process {file.read().strip() or 'unknown'}). "
                f"Stop it, or set KENTONGAN_DATA_DIR to another folder."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
