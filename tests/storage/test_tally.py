"""What happened in a span: each report once for each thing, by the agency and category that it has."""

from collections import Counter
from datetime import timedelta

from storage import Database, Tx, deadlines, reports
from storage.desk import Scope
from storage.moves import UNDONE
from storage.tables import Report
from storage.tally import tally
from tests.storage.makers import NOW, later, new_report, new_talk

ALL = Scope(None)
AFTER = NOW + timedelta(days=7)


def step(tx: Tx, report: Report, to: str, *, actor: str = "administrator", **after: float) -> None:
    reports.record_change(tx, report, to, actor=actor, contact_id=None, at=later(**after))


def counted(tx: Tx, scope: Scope = ALL) -> dict[str, int]:
    return {what: sum(pairs.values()) for what, pairs in tally(tx, scope, NOW, AFTER).items()}


def test_a_report_counts_once_for_each_thing(database: Database) -> None:
    def write(tx: Tx) -> None:
        report = new_report(tx, agency="dishub")
        step(tx, report, "terverifikasi", hours=1)
        step(tx, report, "diproses", hours=2)
        step(tx, report, "menunggu_konfirmasi", hours=3)
        step(tx, report, "dibuka_kembali", actor="pelapor", hours=4)
        step(tx, report, "diproses", hours=5)
        step(tx, report, "menunggu_konfirmasi", hours=6)
        step(tx, report, "ditutup", actor="pelapor", hours=7)
        assert counted(tx) == {"received": 1, "verified": 1, "answered": 1, "solved": 1, "confirmed": 1}
        assert tally(tx, ALL, NOW, AFTER)["received"] == Counter({("dishub", "pju"): 1})

    database.run_sync(write)


def test_a_step_that_was_taken_back_is_not_counted_and_made_again_counts(database: Database) -> None:
    def write(tx: Tx) -> None:
        report = new_report(tx, created_at=NOW - timedelta(days=9))
        step(tx, report, "terverifikasi", days=6, hours=23, minutes=58)
        reports.record_change(
            tx,
            report,
            "diterima",
            actor="administrator",
            contact_id=None,
            reason=UNDONE,
            at=AFTER + timedelta(minutes=2),
        )
        assert counted(tx) == {}
        step(tx, report, "terverifikasi", days=7, minutes=3)
        assert counted(tx) == {}
        assert tally(tx, ALL, AFTER, AFTER + timedelta(days=7))["verified"].total() == 1

    database.run_sync(write)


def test_what_lies_before_or_after_is_not_counted(database: Database) -> None:
    def write(tx: Tx) -> None:
        new_report(tx, created_at=NOW - timedelta(seconds=1))
        new_report(tx, new_talk(tx, "budi"), created_at=AFTER)
        assert counted(tx) == {}

    database.run_sync(write)


def test_a_report_that_an_agency_returned_is_not_checked_anew(database: Database) -> None:
    def write(tx: Tx) -> None:
        report = new_report(tx, created_at=NOW - timedelta(days=9), status="didisposisikan")
        step(tx, report, "terverifikasi", hours=1)
        assert counted(tx) == {}

    database.run_sync(write)


def test_closed_by_silence_is_not_confirmed(database: Database) -> None:
    def write(tx: Tx) -> None:
        step(tx, new_report(tx), "ditutup", actor="sistem", hours=1)
        assert counted(tx) == {"received": 1}

    database.run_sync(write)


def test_a_due_time_that_passed_unkept_is_missed_once_a_report(database: Database) -> None:
    def write(tx: Tx) -> None:
        late, kept, waiting, outside = (
            new_report(tx, new_talk(tx, name), created_at=NOW - timedelta(days=30)) for name in "abcd"
        )
        for kind in ("first_response", "resolution"):
            deadlines.set_deadline(tx, late.id, kind, NOW, later(hours=5))
            deadlines.end(tx, late.id, kind, deadlines.MISSED, later(hours=6))
        deadlines.set_deadline(tx, kept.id, "resolution", NOW, later(hours=5))
        deadlines.end(tx, kept.id, "resolution", deadlines.MET, later(hours=4))
        deadlines.set_deadline(tx, waiting.id, "verification", NOW, later(hours=5))
        deadlines.set_deadline(tx, outside.id, "referral_chase", NOW, later(hours=5))
        assert counted(tx) == {"overdue": 2}
        assert counted(tx, Scope(frozenset({"dishub"}))) == {}
        assert counted(tx, Scope(None, frozenset({"pju"}))) == {}

    database.run_sync(write)


def test_a_report_that_several_agencies_share_is_one_report_under_all_of_them(database: Database) -> None:
    def write(tx: Tx) -> None:
        whole = new_report(tx)
        parts = [new_report(tx, agency=each, parent_id=whole.id, is_part=True) for each in ("dishub", "dpkp")]
        step(tx, whole, "terverifikasi", hours=1)
        for report in (*parts, whole):
            step(tx, report, "diproses", hours=2)
        for part in parts:
            deadlines.set_deadline(tx, part.id, "resolution", NOW, later(hours=3))
        assert counted(tx) == {"received": 1, "verified": 1, "answered": 1, "overdue": 1}
        for what in ("received", "answered", "overdue"):
            assert tally(tx, ALL, NOW, AFTER)[what] == Counter({("dishub+dpkp", "pju"): 1})
        assert counted(tx, Scope({"dishub"})) == {"received": 1, "answered": 1, "overdue": 1}

    database.run_sync(write)
