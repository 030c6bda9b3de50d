"""Due times of reports."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import Database, deadlines
from tests.storage.makers import NOW, later, new_report


@pytest.fixture
def filed(database: Database) -> Database:
    """Two reports without deadlines."""
    database.run_sync(new_report)
    database.run_sync(new_report)
    return database


def due(database: Database, hours: float, limit: int = 10, kind: str = "verification") -> list[int]:
    return [each.id for each in database.read_sync(deadlines.due, later(hours=hours), limit, kind=kind)]


def test_a_deadline_is_due_when_its_time_has_come_the_oldest_first(filed: Database) -> None:
    for report_id, hours in [(1, 5), (2, 3)]:
        filed.run_sync(deadlines.set_deadline, report_id, "verification", NOW, later(hours=hours))
    assert due(filed, 2.9) == []
    assert due(filed, 3) == [2]
    assert due(filed, 9) == [2, 1]
    assert due(filed, 9, limit=1) == [2]


def test_a_new_deadline_takes_the_place_of_the_open_one_of_its_kind_only(filed: Database) -> None:
    filed.run_sync(deadlines.set_deadline, 1, "verification", NOW, later(hours=1))
    filed.run_sync(deadlines.set_deadline, 1, "resolution", NOW, later(hours=9))
    filed.run_sync(deadlines.set_deadline, 1, "verification", later(minutes=5), later(hours=2))
    found = filed.read_sync(deadlines.open_deadlines, 1)
    assert [(each.kind, each.due_at) for each in found] == [
        ("verification", later(hours=2)),
        ("resolution", later(hours=9)),
    ]
    first = filed.read_sync(lambda tx: tx.session.get_one(type(found[0]), 1))
    assert (first.outcome, first.ended_at) == (deadlines.REPLACED, later(minutes=5))


def test_a_deadline_ends_with_an_outcome_alone_or_with_all_of_its_report(filed: Database) -> None:
    for report_id in (1, 2):
        for kind in ("verification", "resolution"):
            filed.run_sync(deadlines.set_deadline, report_id, kind, NOW, later(hours=1))
    assert filed.run_sync(deadlines.end, 1, "verification", deadlines.MET, NOW) == 1
    assert filed.run_sync(deadlines.end, 1, "verification", deadlines.MET, NOW) == 0
    assert [each.kind for each in filed.read_sync(deadlines.open_deadlines, 1)] == ["resolution"]
    assert filed.run_sync(deadlines.end, 2, None, deadlines.VOID, NOW) == 2
    assert filed.read_sync(deadlines.open_deadlines, 2) == []
    assert due(filed, 9) == []
    assert due(filed, 9, kind="resolution") == [2]


def test_a_missed_deadline_is_told_by_one_teller_and_remembered(filed: Database) -> None:
    filed.run_sync(deadlines.set_deadline, 1, "verification", NOW, later(hours=1))
    filed.run_sync(deadlines.set_deadline, 1, "resolution", NOW, later(hours=2))
    with ThreadPoolExecutor(4) as tellers:
        told = list(
            tellers.map(lambda _: filed.run_sync(deadlines.claim, 1, deadlines.MISSED, later(hours=1)), range(4))
        )
    assert sorted(told) == [False, False, False, True]
    assert [each.kind for each in filed.read_sync(deadlines.missed, 1)] == ["verification"]
    assert due(filed, 9) == []
    assert due(filed, 9, kind="resolution") == [2]
