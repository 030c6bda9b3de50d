"""The one secret that we make ourselves and keep: a small file that only we may read, written whole or not at all."""

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.setting_rules import SHORTEST_SECRET, Fault, SettingsError, variable


def kept_key(path: Path) -> str:
    """Return the key in this file; make the file, and its folder, when there is none.

    Two processes that start at once agree on one key. Raises SettingsError when the file cannot be made or read, can
    be read by others, or holds too little.
    """
    try:
        if not path.exists():
            _keep_first(path, secrets.token_urlsafe(48))
        mode = stat.S_IMODE(path.stat().st_mode)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        remedy = f"Let this account write to {variable('data_dir')}, or set {variable('secret_key')} yourself."
        raise SettingsError([Fault(str(path), f"cannot be made or read: {error}.", remedy)]) from error
    if os.name == "posix" and mode & 0o077:
        raise SettingsError([Fault(str(path), f"can be read by others (mode {mode:04o}).", f"Run: chmod 600 {path}")])
    if len(key) < SHORTEST_SECRET:
        remedy = "Bring it back from a backup: what it encrypted can be read with no other."
        raise SettingsError([Fault(str(path), "is damaged: it holds too little.", remedy)])
    return key


def _keep_first(path: Path, text: str) -> None:
    """Write a file that only we may read; when another process is first, its file stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)  # unlike a rename, refuses to replace
    finally:
        Path(draft).unlink()
