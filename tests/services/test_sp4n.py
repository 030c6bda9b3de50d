"""Referred reports go to SP4N-LAPOR! as a file and come back with answers: all of them or none, and never twice."""

from typing import Any

import pytest
from sqlmodel import select

from bot.dialogue.knowledge import SheetFault
from bot.services import sp4n
from bot.services.referrals import LONGEST_TEXT
from bot.services.rights import NotAllowed, Officer
from bot.services.sheets import read_sheet
from bot.services.sp4n_answers import Plan, SheetRefused, plan, take_answers, take_sheet
from storage import Tx, referrals
from storage import reports as kept
from storage.tables import AuditEntry, Referral, ReferralAnswer, Report
from tests.services.test_letters import lies_outside
from tests.services.town import Town


def exported(town: Town) -> sp4n.Exported:
    return town.run(sp4n.export, town.office)


def rows_of(town: Town) -> list[dict[str, str]]:
    return [dict(zip(sp4n.TITLES, row, strict=True)) for row in exported(town).rows]


def sheet(*lines: str) -> bytes:
    return "\n".join(("Nomor Laporan Kota,Tracking ID,Isi Tanggapan,Status Laporan", *lines)).encode()


def taken(town: Town, content: bytes) -> Plan:
    told, faults = sp4n.answers_in(read_sheet(content))
    assert not faults
    return town.run(take_answers, town.office, told, None, town.now)


def refused(town: Town, content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(SheetRefused) as error:
        taken(town, content)
    return [(fault.line, fault.code) for fault in error.value.faults]


def everything(town: Town) -> tuple[Any, ...]:
    """All that an import may touch."""

    def look(tx: Tx) -> tuple[Any, ...]:
        hops = tx.session.exec(select(Referral)).all()
        return (
            [(hop.reference, hop.chases, hop.outcome) for hop in hops],
            [said.at for said in tx.session.exec(select(ReferralAnswer)).all()],
            [(report.number, report.status) for report in tx.session.exec(select(Report)).all()],
            len(tx.session.exec(select(AuditEntry)).all()),
        )

    return town.db.read_sync(look)


def answers(town: Town, number: str) -> list[str]:
    def look(tx: Tx) -> list[str]:
        report = kept.by_number(tx, number)
        assert report is not None
        hops = referrals.of_report(tx, report)
        return [referrals.text_of(tx, said) for hop in hops for said in referrals.answers_of(tx, hop)]

    return town.db.read_sync(look)


def reference(town: Town, number: str) -> str:
    return town.db.read_sync(lambda tx: referrals.of_report(tx, kept.by_number(tx, number))[-1].reference)  # type: ignore[arg-type]


# ---------------------------------------------------------------- out


def test_every_report_that_lies_outside_is_a_row(town: Town) -> None:
    asep = town.citizen()
    number = lies_outside(town, asep, way="sp4n", reference="777")
    asep.files()  # lies inside
    (row,) = rows_of(town)
    assert row["Nomor Laporan Kota"] == number
    assert row["Tracking ID"] == "777"
    assert row["Isi Laporan Awal"] == "lampu jalan mati"
    assert row["Kelurahan"] == "Dago"
    assert row["Titik Peta"] == "-6.883000, 107.612000"
    assert row["Instansi Terdisposisi"] == "Balai Jalan"
    assert (row["Tanggal Laporan"], row["Waktu Laporan"]) == ("2026-11-24", "08:00")  # the city's own clock
    assert row["Isi Tanggapan"] == ""


@pytest.mark.parametrize("secret", [{"privacy": "rahasia"}, {"category": "sosial"}])
def test_secret_and_supervisory_reports_stay_at_home(town: Town, secret: dict[str, str]) -> None:
    lies_outside(town, town.citizen(), columns=secret)
    assert exported(town) == sp4n.Exported((), 1)


@pytest.mark.parametrize("privacy", ["tampil", "anonim"])
def test_nobodys_name_is_in_the_file(town: Town, privacy: str) -> None:
    lies_outside(town, town.citizen(shown_name="Asep Sunandar"), columns={"privacy": privacy})
    assert len(exported(town).rows) == 1
    assert "Asep" not in repr(exported(town))


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_that_comes_back_as_it_went_changes_nothing(town: Town, suffix: str) -> None:
    number = lies_outside(town, town.citizen(), way="sp4n", reference="777")
    taken(town, sheet(f"{number},777,sedang dijadwalkan,"))
    before = everything(town)
    outcome = taken(town, sp4n.as_file(exported(town), suffix))
    assert (outcome.changes, outcome.unchanged) == ((), 1)
    assert everything(town) == before


# ---------------------------------------------------------------- back


def test_an_answer_and_the_outside_number_are_kept_and_the_reporter_reads_it(town: Town) -> None:
    asep = town.citizen()
    number = lies_outside(town, asep, way="sp4n")
    outcome = taken(town, sheet(f"{number},90012,akan ditambal pekan depan,Diproses"))
    assert (outcome.answers, outcome.references, outcome.unchanged) == (1, 1, 0)
    assert answers(town, number) == ["akan ditambal pekan depan"]
    assert reference(town, number) == "90012"
    (news,) = asep.said("referral_answer")
    assert "akan ditambal pekan depan" in news.reply.text
    assert town.report(number).status == "diteruskan"


def test_the_same_file_twice_changes_nothing(town: Town) -> None:
    asep = town.citizen()
    first, second = lies_outside(town, asep, way="sp4n"), lies_outside(town, asep, way="sp4n")
    content = sheet(f"{first},1,satu,", f"{second},2,dua,Selesai", f"{first},1,satu,")
    assert taken(town, content).unchanged == 1
    before, news = everything(town), len(asep.news())
    town.pass_time(days=1)
    again = taken(town, content)
    assert (again.changes, again.unchanged) == ((), 3)
    assert everything(town) == before
    assert len(asep.news()) == news


def test_solved_makes_the_reporter_be_asked(town: Town) -> None:
    asep = town.citizen()
    number = lies_outside(town, asep)
    taken(town, sheet(f"{number},5,sudah ditambal,Selesai"))
    assert town.report(number).status == "menunggu_konfirmasi"
    assert [change.actor for change in town.history(number)][-1] == "instansi_eksternal"
    assert "not_done:" in repr(asep.news()[-1].reply.choices)


def test_solved_without_a_word_of_how_is_not_believed(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    taken(town, sheet(f"{number},5,,Selesai"))
    assert town.report(number).status == "diteruskan"


def test_a_report_is_found_by_the_outside_number_alone_once_that_is_known(town: Town) -> None:
    number = lies_outside(town, town.citizen(), way="sp4n", reference="777")
    taken(town, sheet(",777,kami periksa,"))
    assert answers(town, number) == ["kami periksa"]


def test_a_letters_number_stays_beside_the_outside_one(town: Town) -> None:
    number = lies_outside(town, town.citizen(), way="letter", reference="B-17")
    taken(town, sheet(f"{number},777,,"))
    assert reference(town, number) == "B-17 / 777"
    assert taken(town, sheet(",777,kami periksa,")).answers == 1


def test_both_numbers_of_a_hand_over_come_back_as_they_went(town: Town) -> None:
    number = lies_outside(town, town.citizen(), way="letter", reference="B-17")
    taken(town, sheet(f"{number},777,,"))
    for suffix in (".csv", ".xlsx"):
        assert taken(town, sp4n.as_file(exported(town), suffix)).changes == ()
    assert reference(town, number) == "B-17 / 777"


def test_two_lines_do_not_give_one_report_two_numbers(town: Town) -> None:
    number = lies_outside(town, town.citizen(), way="sp4n")
    assert refused(town, sheet(f"{number},1,satu,", f"{number},2,dua,")) == [(3, "staff_sheet_other_tracking")]
    assert taken(town, sheet(f"{number},1,satu,", f"{number},1,dua,")).references == 1
    assert answers(town, number) == ["satu", "dua"]


def test_an_answer_too_long_is_cut_and_known_again(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    content = sheet(f"{number},,{'a' * (LONGEST_TEXT + 9)},")
    assert taken(town, content).answers == 1
    assert taken(town, content).unchanged == 1


def test_what_lapor_writes_into_its_own_column_is_no_answer(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    told = "Nomor Laporan,Tracking ID,Tanggapan\n" + f"{number},5,Belum Ada Tanggapan"
    assert taken(town, told.encode()).answers == 0


def test_one_bad_line_and_nothing_of_the_file_is_taken(town: Town) -> None:
    asep = town.citizen()
    good, inside = lies_outside(town, asep), asep.files()
    typo = f"{good[:-1]}{(int(good[-1]) + 1) % 10}"
    before = everything(town)
    lines = sheet(f"{good},1,baik,", f"{typo},2,x,", "BDG-261124-0017-6,3,x,", f"{inside},4,x,", ",,x,", ",999,x,")
    assert refused(town, lines) == [
        (3, "staff_sheet_bad_number"),
        (4, "staff_sheet_unknown_number"),
        (5, "staff_sheet_not_referred"),
        (6, "staff_sheet_no_number"),
        (7, "staff_sheet_unknown_tracking"),
    ]
    assert everything(town) == before


def test_an_outside_number_belongs_to_one_report(town: Town) -> None:
    asep = town.citizen()
    first, second = lies_outside(town, asep, way="sp4n", reference="777"), lies_outside(town, asep, way="sp4n")
    assert refused(town, sheet(f"{second},777,x,")) == [(2, "staff_sheet_tracking_twice")]
    assert refused(town, sheet(f"{second},8,x,", f"{first},8,x,")) == [(3, "staff_sheet_tracking_twice")]
    assert refused(town, sheet(f"{first},778,x,")) == [(2, "staff_sheet_other_tracking")]


def test_what_came_back_home_takes_no_answer_any_more(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    assert refused(town, sheet(f"{number},5,ditambal,Selesai", f"{number},5,dan dicat,")) == [(3, "staff_sheet_ended")]
    taken(town, sheet(f"{number},5,ditambal,Selesai"))
    assert refused(town, sheet(f"{number},5,dan dicat,")) == [(2, "staff_sheet_ended")]


def test_a_file_with_other_columns_is_told_which_are_needed(town: Town) -> None:
    told, faults = sp4n.answers_in(read_sheet(b"Nama,Alamat\nAsep,Bandung\n"))
    assert told == ()
    assert faults == (
        SheetFault(1, "staff_sheet_titles", (("kolom", "Nomor Laporan Kota; Tracking ID; Isi Tanggapan"),)),
    )


def test_only_an_administrator_brings_answers(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    told, _ = sp4n.answers_in(read_sheet(sheet(f"{number},5,x,")))
    for someone in (None, Officer(1, frozenset({"narahubung"}), frozenset({"dishub"}))):
        with pytest.raises(NotAllowed):
            town.run(take_sheet, town.office, someone, told, town.now)
    assert town.run(plan, town.office, told).answers == 1
