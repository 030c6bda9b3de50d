"""Reminders are raised once for each person and taken by one teller."""

from storage import Database, Tx, deadlines, reminders
from storage.tables import Deadline
from tests.storage.makers import NOW, later, new_report, new_talk


def raised(tx: Tx, *percents: int) -> tuple[Deadline, int]:
    """A deadline with reminders for one person at these shares; the conversation."""
    report = new_report(tx)
    deadline = deadlines.set_deadline(tx, report.id, "verification", NOW, later(hours=4))
    talk = new_talk(tx, "petugas")
    for percent in percents:
        assert reminders.remind(tx, deadline, percent, talk.id, NOW, later(hours=1))
        assert not reminders.remind(tx, deadline, percent, talk.id, NOW, later(hours=1))
    return deadline, talk.id


def test_what_is_raised_waits_for_its_hour_and_is_taken_once(database: Database) -> None:
    _, talk = database.run_sync(raised, 50, 80)
    assert database.read_sync(reminders.conversations_due, NOW, 5) == []
    assert database.read_sync(reminders.conversations_due, later(hours=1), 5) == [talk]
    assert database.run_sync(reminders.take, talk, NOW) == []
    taken = database.run_sync(reminders.take, talk, later(hours=1))
    assert [row.percent for row, _ in taken] == [50, 80]
    assert database.run_sync(reminders.take, talk, later(hours=1)) == []
    assert database.read_sync(reminders.conversations_due, later(hours=2), 5) == []


def test_what_is_put_off_waits_and_what_was_urgent_does_not(database: Database) -> None:
    deadline, talk = database.run_sync(raised, 50)
    database.run_sync(reminders.remind, deadline, 100, talk, later(hours=1), later(hours=1))
    assert database.run_sync(reminders.put_off, talk, later(hours=1), later(hours=2)) == 1
    assert [row.percent for row, _ in database.run_sync(reminders.take, talk, later(hours=1))] == [100]
    assert [row.percent for row, _ in database.run_sync(reminders.take, talk, later(hours=2))] == [50]


def test_only_what_was_told_counts_as_the_last_time(database: Database) -> None:
    _, talk = database.run_sync(raised, 50)
    assert database.read_sync(reminders.last_told_at, talk) is None
    ((row, _),) = database.run_sync(reminders.take, talk, later(hours=1))
    assert database.read_sync(reminders.last_told_at, talk) == later(hours=1)
    database.run_sync(reminders.set_moot, row)
    assert database.read_sync(reminders.last_told_at, talk) is None
