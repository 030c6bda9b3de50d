"""Slots of periodic jobs."""

from datetime import UTC, datetime

from storage import Database
from storage.cron import claim_slot

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_slot_is_claimed_once_and_the_next_slot_again(database: Database) -> None:
    claims = [
        database.run_sync(claim_slot, job, slot, NOW)
        for job, slot in [("digest", "07"), ("digest", "07"), ("digest", "08"), ("chase", "07")]
    ]
    assert claims == [True, False, True, True]
