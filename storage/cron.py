"""Slots of periodic jobs."""

from datetime import datetime

from storage.tables import CronSlot
from storage.transaction import Tx


def claimed(tx: Tx, job: str, slot: str) -> bool:
    """Whether somebody runs, or ran, `job` for `slot`."""
    return tx.session.get(CronSlot, (job, slot)) is not None


def claim_slot(tx: Tx, job: str, slot: str, now: datetime) -> bool:
    """Whether this caller is the one who runs `job` for `slot` (such as "2026-11-24T07"): true once, for ever."""
    return tx.add_once(CronSlot, job=job, slot=slot, claimed_at=now) is not None


def is_claimed(tx: Tx, job: str, slot: str) -> bool:
    """Whether somebody has run `job` for `slot`."""
    return tx.session.get(CronSlot, (job, slot)) is not None
