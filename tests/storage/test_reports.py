"""Reports: filing, finding, moving on."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage import Database, Tx, audit, people, reports
from storage.tables import AuditEntry, Rating, Report, StatusChange
from tests.storage.makers import NOW, later, new_report, new_talk


def move(tx: Tx, report: Report, to: str, *, at: datetime = NOW, **more: Any) -> None:
    reports.record_change(tx, report, to, actor="administrator", contact_id=None, at=at, **more)


def steps(database: Database, report_id: int = 1) -> list[tuple[str, str]]:
    return [(step.from_status, step.to_status) for step in database.read_sync(reports.history, report_id)]


# ---------------------------------------------------------------- filing


def test_a_new_report_has_a_number_a_token_and_the_first_step_of_its_history(database: Database) -> None:
    report = database.run_sync(new_report)
    assert report.number == "XYZ-261124-0001-0"
    assert len(report.token) >= 20
    assert (report.status_since, report.updated_at, report.closed_at) == (NOW, NOW, None)
    [first] = database.read_sync(reports.history, report.id)
    assert (first.from_status, first.to_status, first.actor, first.at) == ("", "diterima", "pelapor", NOW)
    assert first.contact_id == report.contact_id


def test_a_report_is_found_by_number_id_and_token(database: Database) -> None:
    report = database.run_sync(new_report)
    for found in (
        database.read_sync(reports.by_number, report.number),
        database.read_sync(reports.by_id, report.id),
        database.read_sync(reports.by_token, report.token),
    ):
        assert found is not None
        assert found.id == report.id
    assert database.read_sync(reports.by_number, "XYZ-261124-0002-8") is None
    assert database.read_sync(reports.by_token, "guess") is None


def test_no_two_reports_have_one_number(database: Database) -> None:
    database.run_sync(new_report, number="XYZ-261124-0007-7")
    with pytest.raises(IntegrityError):
        database.run_sync(new_report, number="XYZ-261124-0007-7")


def test_the_words_of_a_secret_report_are_sealed_and_those_of_others_are_not(database: Database) -> None:
    secret, plain = database.run_sync(new_report, privacy="rahasia"), database.run_sync(new_report)
    assert (secret.description, secret.place_words) == ("", "")
    assert plain.description == "lampu jalan mati"
    for report in (secret, plain):
        assert database.read_sync(reports.description_of, report) == "lampu jalan mati"
        assert database.read_sync(reports.place_words_of, report) == "depan warung"


def test_a_report_that_becomes_secret_later_is_sealed_then(database: Database) -> None:
    database.run_sync(new_report)

    def hide(tx: Tx) -> None:
        report = reports.by_id(tx, 1)
        report.privacy = reports.SECRET
        reports.seal_description(tx, report)
        reports.seal_description(tx, report)

    database.run_sync(hide)
    report = database.read_sync(reports.by_id, 1)
    assert (report.description, report.place_words) == ("", "")
    assert database.read_sync(reports.description_of, report) == "lampu jalan mati"


def test_nothing_that_is_written_about_a_secret_report_can_be_read_in_the_database(database: Database) -> None:
    def live_through(tx: Tx, report_id: int) -> None:
        report = reports.by_id(tx, report_id)
        move(tx, report, "diproses", note="hubungi Ibu Euis")
        reports.rate(tx, report_id, report.contact_id, 1, NOW, word="Ibu Euis marah")
        reports.rate(tx, report_id, report.contact_id, 2, NOW, word="Ibu Euis baik")
        audit.note(tx, contact_id=None, act="move", report_id=report_id, detail="Ibu Euis", now=NOW)

    def words(tx: Tx, report_id: int) -> list[str]:
        rating = reports.rating_of(tx, report_id, 1)
        assert rating is not None
        notes = [reports.note_of(tx, step) for step in reports.history(tx, report_id)]
        details = [audit.detail_of(tx, entry) for entry in audit.of_report(tx, report_id)]
        return [reports.description_of(tx, reports.by_id(tx, report_id)), *notes, reports.word_of(tx, rating), *details]

    for privacy in ("rahasia", "anonim"):
        report = database.run_sync(new_report, privacy=privacy, note="untuk Ibu Euis")
        database.run_sync(live_through, report.id)
    written = ["lampu jalan mati", "untuk Ibu Euis", "hubungi Ibu Euis", "Ibu Euis baik", "Ibu Euis"]
    assert database.read_sync(words, 1) == database.read_sync(words, 2) == written
    assert "Euis" not in everything_about(database, 1)
    assert "lampu" not in everything_about(database, 1)
    assert "Euis" in everything_about(database, 2)
    database.run_sync(lambda tx: reports.seal_all(tx, reports.by_id(tx, 2)))
    assert "Euis" not in everything_about(database, 2)
    assert "lampu" not in everything_about(database, 2)
    assert database.read_sync(words, 2) == written


def everything_about(database: Database, report_id: int) -> str:
    """All columns of all rows that belong to a report."""

    def look(tx: Tx) -> str:
        found = [repr(tx.session.exec(select(Report).where(Report.id == report_id)).one())]
        for table in (StatusChange, Rating, AuditEntry):
            found += map(repr, tx.session.exec(select(table).where(table.report_id == report_id)))
        return "\n".join(found)

    return database.read_sync(look)


# ---------------------------------------------------------------- finding


def test_the_reports_of_a_person_come_from_all_their_addresses_newest_first(database: Database) -> None:
    talks = [database.run_sync(new_talk, person) for person in ("asep", "asep on the web", "euis")]

    def file(tx: Tx, talk: int, minutes: int, status: str = "diterima") -> int:
        return new_report(tx, talks[talk], created_at=later(minutes=minutes), status=status).id

    first = database.run_sync(file, 0, 1)
    second = database.run_sync(file, 1, 2, reports.AWAITING_ANSWER)
    database.run_sync(file, 2, 3, reports.AWAITING_ANSWER)
    third = database.run_sync(file, 0, 4, reports.AWAITING_ANSWER)
    asep, web, _ = (database.read_sync(people.address_of, talk).contact_id for talk in talks)
    assert [each.id for each in database.read_sync(reports.of_contact, asep)] == [third, first]
    database.run_sync(people.link, web, asep)
    for contact_id in (asep, web):
        assert [each.id for each in database.read_sync(reports.of_contact, contact_id)] == [third, second, first]
        assert [each.id for each in database.read_sync(reports.awaiting_answer, contact_id)] == [second, third]
    assert len(database.read_sync(reports.of_contact, asep, 2)) == 2


def test_the_queue_shows_the_most_urgent_first_and_then_the_oldest(database: Database) -> None:
    for minutes, priority in enumerate(["rendah", "sedang", "darurat", "sedang", "tinggi"]):
        database.run_sync(new_report, priority=priority, created_at=later(minutes=-minutes))
    page, total = database.read_sync(lambda tx: reports.queue(tx, statuses={"diterima"}, agencies=None))
    assert [report.id for report in page] == [3, 5, 4, 2, 1]
    assert total == 5
    page, total = database.read_sync(
        lambda tx: reports.queue(tx, statuses={"diterima"}, agencies=None, offset=1, limit=2)
    )
    assert ([report.id for report in page], total) == ([5, 4], 5)


def test_the_queue_can_be_that_of_some_statuses_and_agencies(database: Database) -> None:
    for status, agency in [("diterima", ""), ("diproses", "dishub"), ("diproses", "dlh"), ("ditutup", "dishub")]:
        database.run_sync(new_report, status=status, agency=agency)

    def ids(statuses: set[str], agencies: set[str] | None) -> list[int]:
        page, total = database.read_sync(lambda tx: reports.queue(tx, statuses=statuses, agencies=agencies))
        assert total == len(page)
        return [report.id for report in page]

    assert ids({"diterima", "diproses"}, None) == [1, 2, 3]
    assert ids({"diterima", "diproses"}, {"dishub"}) == [2]
    assert ids({"diproses"}, {"dishub", "dlh"}) == [2, 3]
    assert ids({"diproses"}, set()) == []


def test_supporters_are_other_people_who_reported_the_same_each_counted_once(database: Database) -> None:
    talks = [database.run_sync(new_talk, person) for person in ("asep", "euis", "ujang")]
    parent = database.run_sync(new_report, talks[0])
    joined = [database.run_sync(new_report, talks[who], parent_id=parent.id).id for who in (0, 1, 1, 2)]
    database.run_sync(new_report, talks[2])
    assert [child.id for child in database.read_sync(reports.children, parent.id)] == joined
    assert database.read_sync(reports.supporters, parent.id) == 2
    assert database.read_sync(reports.supporters, joined[0]) == 0


# ---------------------------------------------------------------- moving on


def test_a_move_is_written_down_with_who_why_and_when(database: Database) -> None:
    database.run_sync(new_report)

    def close(tx: Tx) -> None:
        report = reports.by_id(tx, 1)
        reports.record_change(
            tx,
            report,
            "ditutup",
            actor="narahubung",
            contact_id=report.contact_id,
            agency="dishub",
            reason="sudah",
            note="lampu diganti",
            at=later(hours=1),
            closed_at=later(hours=1),
        )

    database.run_sync(close)
    report = database.read_sync(reports.by_id, 1)
    assert (report.status, report.status_reason, report.status_since) == ("ditutup", "sudah", later(hours=1))
    assert (report.updated_at, report.closed_at) == (later(hours=1), later(hours=1))
    last = database.read_sync(reports.history, 1)[-1]
    assert (last.from_status, last.to_status, last.actor, last.agency) == (
        "diterima",
        "ditutup",
        "narahubung",
        "dishub",
    )
    assert (last.reason, last.note, last.at, last.contact_id) == ("sudah", "lampu diganti", later(hours=1), 1)


def test_a_report_that_is_opened_again_is_no_longer_closed(database: Database) -> None:
    report = database.run_sync(new_report)
    database.run_sync(move, report, "ditutup", at=later(hours=1), closed_at=later(hours=1))
    database.run_sync(move, report, "dibuka_kembali", at=later(hours=2))
    assert database.read_sync(reports.by_id, 1).closed_at is None
    assert steps(database) == [("", "diterima"), ("diterima", "ditutup"), ("ditutup", "dibuka_kembali")]


@pytest.mark.parametrize("read_before", [True, False])
def test_the_report_in_hand_follows_the_move(database: Database, read_before: bool) -> None:
    report = database.run_sync(new_report)

    def onward(tx: Tx) -> Report:
        ours = report if read_before else reports.by_id(tx, 1)
        move(tx, ours, "terverifikasi", at=later(hours=1))
        reports.assign(tx, ours, "dishub", None, "lampu", later(hours=1))
        assert (ours.status, ours.status_since, ours.agency) == ("terverifikasi", later(hours=1), "dishub")
        move(tx, ours, "didisposisikan", at=later(hours=2))
        return ours

    moved = database.run_sync(onward)
    assert moved.status == database.read_sync(reports.by_id, 1).status == "didisposisikan"


def test_two_tellers_cannot_both_move_one_report(database: Database) -> None:
    database.run_sync(new_report)
    in_hand = [database.read_sync(reports.by_id, 1) for _ in range(2)]
    together = threading.Barrier(2, timeout=10)

    def tell(teller: int) -> str:
        together.wait()
        try:
            database.run_sync(move, in_hand[teller], f"by-{teller}", at=later(minutes=1 + teller))
        except reports.StatusMoved as lost:
            return f"lost to {lost.now_status}"
        return f"by-{teller}"

    with ThreadPoolExecutor(2) as tellers:
        ends = list(tellers.map(tell, range(2)))
    [winner] = [end for end in ends if end.startswith("by-")]
    assert f"lost to {winner}" in ends
    assert steps(database) == [("", "diterima"), ("diterima", winner)]


def test_two_tellers_who_read_inside_their_transactions_cannot_both_move_one_report(database: Database) -> None:
    database.run_sync(new_report)
    both_have_read = threading.Barrier(2)

    def tell(tx: Tx, to: str) -> str:
        report = reports.by_id(tx, 1)
        with contextlib.suppress(threading.BrokenBarrierError):
            both_have_read.wait(0.5)  # on SQLite the second teller cannot even begin
        try:
            move(tx, report, to, at=later(minutes=1))
        except reports.StatusMoved:
            return "lost"
        return to

    with ThreadPoolExecutor(2) as tellers:
        ends = sorted(tellers.map(lambda to: database.run_sync(tell, to), ["a", "b"]))
    if "lost" in ends:
        assert len(steps(database)) == 2
    else:  # one after the other, each from where the other left it
        assert {step[0] for step in steps(database)} in ({"", "diterima", "a"}, {"", "diterima", "b"})


def test_a_move_to_the_same_status_can_also_be_lost(database: Database) -> None:
    report = database.run_sync(new_report, status="dijadwalkan")
    stale = database.read_sync(reports.by_id, 1)
    database.run_sync(move, report, "dijadwalkan", at=later(minutes=1))
    with pytest.raises(reports.StatusMoved, match="XYZ-261124-0001-0 has meanwhile gone to dijadwalkan"):
        database.run_sync(move, stale, "dijadwalkan", at=later(minutes=2))
    assert len(steps(database)) == 2


def test_a_report_has_one_owner_at_a_time_and_the_former_ones_are_remembered(database: Database) -> None:
    report = database.run_sync(new_report)
    assert database.read_sync(reports.current_assignment, 1) is None
    database.run_sync(reports.assign, report, "dishub", None, "lampu", NOW)
    database.run_sync(reports.assign, report, "dlh", 1, "ternyata pohon", later(hours=1))
    now = database.read_sync(reports.current_assignment, 1)
    assert now is not None
    assert (now.agency, now.because, now.by_contact_id, now.since) == ("dlh", "ternyata pohon", 1, later(hours=1))
    former = database.read_sync(lambda tx: tx.session.get_one(type(now), 1))
    assert (former.agency, former.until) == ("dishub", later(hours=1))
    kept = database.read_sync(reports.by_id, 1)
    assert (kept.agency, kept.updated_at, report.agency) == ("dlh", later(hours=1), "dlh")


@pytest.mark.parametrize("read_before", [True, False])
def test_a_fact_that_was_wrong_is_set_right_without_touching_the_status(database: Database, read_before: bool) -> None:
    report = database.run_sync(new_report)

    def correct(tx: Tx) -> None:
        ours = report if read_before else reports.by_id(tx, 1)
        reports.correct(tx, ours, later(hours=1), category="jalan", sub_category="lubang")
        assert (ours.category, ours.sub_category, ours.updated_at) == ("jalan", "lubang", later(hours=1))

    database.run_sync(correct)
    kept = database.read_sync(reports.by_id, 1)
    assert (kept.category, kept.sub_category, kept.updated_at) == ("jalan", "lubang", later(hours=1))
    assert (kept.status, kept.status_since) == ("diterima", NOW)


# ---------------------------------------------------------------- rating


def test_a_later_rating_takes_the_place_of_the_first(database: Database) -> None:
    database.run_sync(new_report)
    for stars, word in [(2, ""), (5, "hatur nuhun")]:
        rating = database.run_sync(lambda tx, s=stars, w=word: reports.rate(tx, 1, 1, s, NOW, word=w))
        assert (rating.stars, rating.word) == (stars, word)
    kept = database.read_sync(reports.rating_of, 1, 1)
    assert kept is not None
    assert (kept.id, kept.stars) == (1, 5)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_rating_has_one_to_five_stars(database: Database, stars: int) -> None:
    database.run_sync(new_report)
    with pytest.raises(ValueError, match="1 to 5 stars"):
        database.run_sync(reports.rate, 1, 1, stars, NOW)
    assert database.read_sync(reports.rating_of, 1, 1) is None
