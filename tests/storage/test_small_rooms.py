"""Audit entries, notes, corrections and preferences."""

import pytest

from storage import Database, Tx, audit, corrections, notes, preferences
from tests.storage.makers import NOW, later, new_report


def test_an_act_is_written_down_for_its_report(database: Database) -> None:
    database.run_sync(new_report)

    def act(tx: Tx) -> None:
        audit.note(tx, contact_id=1, act="saw the reporter's name", report_id=1, detail="/lihat", now=NOW)
        audit.note(tx, contact_id=None, act="started", now=later(hours=1))

    database.run_sync(act)
    [entry] = database.read_sync(audit.of_report, 1)
    assert (entry.contact_id, entry.act, entry.detail, entry.at) == (1, "saw the reporter's name", "/lihat", NOW)


def test_notes_for_staff_are_shown_to_staff_only_and_all_are_sealed(database: Database) -> None:
    database.run_sync(new_report)

    def write(tx: Tx) -> None:
        notes.add_note(tx, 1, "masih gelap", actor="pelapor", contact_id=1, now=NOW)
        notes.add_note(tx, 1, "hubungi PLN", actor="administrator", contact_id=None, now=NOW, internal=True)

    database.run_sync(write)

    def words(tx: Tx, internal: bool) -> list[str]:
        found = notes.notes_of(tx, 1, internal=internal)
        assert not any("gelap" in each.text_sealed for each in found)
        return [notes.text_of(tx, each) for each in found]

    assert database.read_sync(words, False) == ["masih gelap"]
    assert database.read_sync(words, True) == ["masih gelap", "hubungi PLN"]


def test_a_preference_is_what_was_put_last(database: Database) -> None:
    assert database.read_sync(preferences.get, "bots") is None
    for value in ({"citizen": "a_bot"}, {"citizen": "b_bot", "more": [1, None, {"é": 2.5}]}):
        database.run_sync(preferences.put, "bots", value, NOW)
        assert database.read_sync(preferences.get, "bots") == value


@pytest.mark.parametrize("again", [True, False])
def test_changing_what_was_got_changes_nothing_that_is_kept(database: Database, again: bool) -> None:
    database.run_sync(preferences.put, "bots", {"citizen": "a_bot"}, NOW)

    def change(tx: Tx) -> None:
        got = preferences.get(tx, "bots")
        assert got is not None
        got["citizen"] = "b_bot"
        if again:
            preferences.put(tx, "bots", got, NOW)

    database.run_sync(change)
    assert database.read_sync(preferences.get, "bots") == {"citizen": "b_bot" if again else "a_bot"}


def test_only_reports_whose_category_a_person_judged_can_teach_and_never_secret_ones(database: Database) -> None:
    def judge(tx: Tx) -> None:
        for act, columns in [
            ("correct_category", {}),
            ("move:terverifikasi", {}),
            ("move:ditutup", {}),
            ("correct_category", {"privacy": "rahasia"}),
        ]:
            report = new_report(tx, **columns)
            audit.note(tx, contact_id=None, act=act, report_id=report.id, now=NOW)
        audit.note(tx, contact_id=None, act="correct_category", report_id=2, now=NOW)

    database.run_sync(judge)
    assert database.read_sync(lambda tx: [row.id for row in corrections.read_by_a_person(tx)]) == [1, 2]
