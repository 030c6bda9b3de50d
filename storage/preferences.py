"""Small facts about the installation, such as the names of its bots."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col

from storage.tables import Preference
from storage.transaction import Tx


def get(tx: Tx, key: str) -> dict[str, Any] | None:
    """What was put there, as a copy; None when nothing was."""
    found = tx.session.get(Preference, key)
    return None if found is None else dict(found.value)


def put(tx: Tx, key: str, value: Mapping[str, Any], now: datetime) -> None:
    """Keep `value` (JSON) in place of what was there."""
    if tx.add_once(Preference, key=key, value=dict(value), updated_at=now) is None:
        tx.change(Preference, col(Preference.key) == key, value=dict(value), updated_at=now)
