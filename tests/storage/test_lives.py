"""Lives of reports: each with its own steps, owners and hand-overs, however many there are."""

from datetime import timedelta

import pytest

from storage import Database, Tx, lives, referrals, reports
from storage.desk import Scope
from storage.moves import UNDONE
from tests.storage.makers import NOW, later, new_report, new_talk

AFTER = NOW + timedelta(days=1)


def test_every_life_has_what_belongs_to_it(database: Database) -> None:
    def write(tx: Tx) -> None:
        one = new_report(tx)
        two = new_report(tx, new_talk(tx, "budi"))
        reports.assign(tx, one, "dishub", None, "", NOW)
        reports.record_change(tx, two, "diteruskan", actor="administrator", contact_id=None, at=later(hours=1))
        hop = referrals.begin(
            tx, two, agency="", receiver="Balai", reason="x", way="letter", reference="", by=None, now=later(hours=1)
        )
        referrals.answer(tx, hop, "ya", contact_id=None, evidence_id=None, now=later(hours=2))
        first, second = lives.lives(tx, Scope(None), NOW, AFTER)
        assert [owner.agency for owner in first.owners] == ["dishub"]
        assert (first.hops, len(first.steps)) == ((), 1)
        assert second.owners == ()
        assert [step.to_status for step in second.steps] == ["diterima", "diteruskan"]
        assert [each.answered for each in second.hops] == [(later(hours=2),)]

    database.run_sync(write)


def test_what_was_taken_back_is_no_part_of_a_life(database: Database) -> None:
    def write(tx: Tx) -> None:
        report = new_report(tx)
        reports.record_change(tx, report, "diteruskan", actor="administrator", contact_id=None, at=later(minutes=1))
        referrals.begin(
            tx,
            report,
            agency="",
            receiver="Balai",
            reason="x",
            way="letter",
            reference="",
            by=None,
            now=later(minutes=1),
        )
        reports.record_change(
            tx, report, "diterima", actor="administrator", contact_id=None, reason=UNDONE, at=later(minutes=2)
        )
        referrals.end_open(tx, report, UNDONE, later(minutes=2))
        (life,) = lives.lives(tx, Scope(None), NOW, AFTER)
        assert [each.to_status for each in life.steps] == ["diterima"]
        assert life.hops == ()

    database.run_sync(write)


def test_only_those_of_the_span_and_the_scope_are_told(database: Database) -> None:
    def write(tx: Tx) -> None:
        new_report(tx, created_at=NOW - timedelta(seconds=1))
        new_report(tx, new_talk(tx, "b"), created_at=AFTER)
        own = new_report(tx, new_talk(tx, "c"), agency="dishub")
        new_report(tx, new_talk(tx, "d"), category="sampah")
        assert [life.report.id for life in lives.lives(tx, Scope({"dishub"}), NOW, AFTER)] == [own.id]
        assert [life.report.id for life in lives.lives(tx, Scope(None, {"sampah"}), NOW, AFTER)] == [own.id]

    database.run_sync(write)


def test_more_reports_than_a_database_takes_in_one_question(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lives, "BATCH", 3)

    def write(tx: Tx) -> None:
        made = [new_report(tx, new_talk(tx, str(n))).id for n in range(8)]
        assert [life.report.id for life in lives.lives(tx, Scope(None), NOW, AFTER)] == made

    database.run_sync(write)
