"""Our own copies of what people send."""

import pytest

from storage import Database, Tx, media
from storage.tables import Evidence
from tests.storage.makers import NOW, later, new_report, new_talk


def wait_for(tx: Tx, ref: str = "file-1") -> Evidence:
    return media.await_file(
        tx, conversation_id=1, purpose="problem", kind="photo", source="telegram:citizen", platform_ref=ref, now=NOW
    )


@pytest.fixture
def waiting(database: Database) -> Database:
    """A citizen has sent one photo, which we do not have yet."""
    database.run_sync(new_talk)
    database.run_sync(wait_for)
    return database


def evidence(database: Database, evidence_id: int = 1) -> Evidence:
    return database.read_sync(media.by_id, evidence_id)


def awaited(database: Database, minutes: float = 0) -> list[int]:
    return [each.id for each in database.read_sync(media.awaited, later(minutes=minutes))]


def test_a_file_is_fetched_at_once_and_its_reference_is_sealed(waiting: Database) -> None:
    woken: list[str] = []
    waiting.on_wake = woken.append
    second = waiting.run_sync(wait_for, "file-2")
    assert woken == ["media:2"]
    assert awaited(waiting) == [1, 2]
    assert "file-2" not in second.platform_ref_sealed
    assert waiting.read_sync(media.platform_ref_of, second) == "file-2"


def test_a_stored_file_says_where_it_lies(waiting: Database) -> None:
    def store(tx: Tx) -> bool:
        return media.stored(
            tx, 1, path="ab/cd.jpg", media_type="image/jpeg", size_bytes=2048, sha256="f" * 64, lat=-6.9, lon=107.6
        )

    assert waiting.run_sync(store)
    kept = evidence(waiting)
    assert (kept.state, kept.path, kept.media_type, kept.size_bytes) == ("stored", "ab/cd.jpg", "image/jpeg", 2048)
    assert (kept.sha256, kept.lat, kept.lon) == ("f" * 64, -6.9, 107.6)
    assert awaited(waiting, 99) == []
    assert not waiting.run_sync(store)


def test_a_file_that_does_not_come_is_tried_again_later_and_may_fail_for_good(waiting: Database) -> None:
    assert waiting.run_sync(media.retry_later, 1, later(minutes=5), "timeout")
    assert (awaited(waiting, 4), awaited(waiting, 5)) == ([], [1])
    assert (evidence(waiting).attempts, evidence(waiting).reason) == (1, "timeout")
    assert waiting.run_sync(media.failed, 1, "the platform has deleted it")
    assert (evidence(waiting).state, evidence(waiting).reason) == ("failed", "the platform has deleted it")
    assert not waiting.run_sync(media.retry_later, 1, later(minutes=5), "timeout")
    assert not waiting.run_sync(media.failed, 1, "again")
    assert awaited(waiting, 99) == []


def test_files_belong_to_the_first_report_they_are_attached_to(waiting: Database) -> None:
    waiting.run_sync(wait_for)
    for _ in range(2):
        waiting.run_sync(new_report)
    waiting.run_sync(media.attach, [2], 1)
    waiting.run_sync(media.attach, [1, 2], 2)
    waiting.run_sync(media.attach, [], 2)
    assert [each.id for each in waiting.read_sync(media.of_report, 1)] == [2]
    assert [each.id for each in waiting.read_sync(media.of_report, 2)] == [1]
