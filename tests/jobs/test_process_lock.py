"""One process a database file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.jobs.process_lock import AlreadyRunning, only_process

HOLD = """
import sys
from pathlib import Path
from bot.jobs.process_lock import only_process
with only_process(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_is_refused_with_the_number_of_the_first_and_the_remedy(tmp_path: Path) -> None:
    with only_process(tmp_path / "x.db"), pytest.raises(AlreadyRunning) as refused, only_process(tmp_path / "x.db"):
        raise AssertionError("the lock was given twice")
    assert str(os.getpid()) in str(refused.value)
    assert "KENTONGAN_DATA_DIR" in str(refused.value)


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with only_process(tmp_path / "new" / "kentongan.db"):
            assert (tmp_path / "new" / "kentongan.lock").read_text() == str(os.getpid())


def test_two_files_are_two_locks(tmp_path: Path) -> None:
    with only_process(tmp_path / "a.db"), only_process(tmp_path / "b.db"):
        pass


def test_a_killed_process_lets_go_of_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "x.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyRunning, match=str(holder.pid)), only_process(tmp_path / "x.db"):
            pass
        holder.kill()
        holder.wait()
    with only_process(tmp_path / "x.db"):
        pass
