"""How reports stand."""

from datetime import timedelta

import pytest

from bot.dialogue.effects import AddToReport
from bot.dialogue.events import ActRefused
from bot.dialogue.knowledge import TimelineStep
from tests.makers import (
    NOW,
    NUMBER,
    OTHER,
    asked_where,
    command,
    done,
    draft,
    heard,
    knowledge,
    play,
    report,
    said_done,
    session,
    shown,
    unclear,
    values,
)

OWN = knowledge(own=(report(),))
TWO = knowledge(own=(report(), report(number=OTHER, category="sampah")))


@pytest.mark.parametrize(
    "text", ["status", "/status", "laporan saya", "cek laporan", "laporan saya sudah sampai mana min"]
)
def test_one_report_is_told_at_once(text: str) -> None:
    turn = play(session(), text, OWN)
    assert shown(turn).text.startswith(f"{NUMBER} · Penerangan jalan umum (PJU)\nPasar Cihapit")
    assert "Kabar berikutnya paling lambat" in shown(turn).text


def test_several_are_listed_and_one_is_picked() -> None:
    turn = play(session(), "status", TWO)
    assert values(turn) == (f"about:{NUMBER}", f"about:{OTHER}")
    assert shown(play(turn.session, "2", TWO)).text.startswith(OTHER)


def test_nobody_has_reports_before_the_first() -> None:
    assert "Belum ada laporan" in shown(play(session(), "status")).text


def test_a_mistyped_number_is_caught() -> None:
    know = knowledge(number_heard=NUMBER, number_mistyped=True)
    assert "salah ketik" in shown(play(session(), NUMBER, know)).text


def test_a_number_that_nobody_has_is_said_to_be_so() -> None:
    assert "tidak kami temukan" in shown(play(session(), NUMBER, knowledge(number_heard=NUMBER))).text


def test_a_status_without_a_number_that_can_be_read_asks_for_it() -> None:
    assert "Boleh tahu nomor" in shown(play(session(), command("status", "yang kemarin"))).text


def test_somebody_elses_report_shows_its_status_and_nothing_more() -> None:
    stranger = report(number=OTHER, mine=False, description="rahasia sekali")
    turn = play(session(), OTHER, knowledge(named=stranger, number_heard=OTHER, heard=unclear()))
    assert "Diterima" in shown(turn).text
    assert "rahasia sekali" not in shown(turn).text
    assert "Pasar Cihapit" not in shown(turn).text


def test_a_report_that_is_said_to_be_done_asks_whether_it_is() -> None:
    turn = play(session(), "status", knowledge(own=(said_done(),)))
    assert values(turn) == (f"done:{NUMBER}", f"not_done:{NUMBER}")
    assert "lampu diganti" in shown(turn).text


def test_closed_without_an_answer_is_shown_as_such() -> None:
    steps = (TimelineStep("ditutup", NOW, reason="tidak_ada_tanggapan"),)
    turn = play(session(), "status", knowledge(own=(report(status="ditutup", timeline=steps),)))
    assert "Selesai dan ditutup (tanpa jawaban pelapor)" in shown(turn).text
    assert "Kabar berikutnya" not in shown(turn).text


def test_a_look_keeps_the_draft_and_recalls_its_question() -> None:
    turn = play(asked_where(), "status", OWN)
    assert turn.session.draft == asked_where().draft
    assert shown(turn).text.endswith("Laporan yang sedang ditulis masih ada. Di mana tempat masalahnya?")
    assert shown(turn).hope == "location"


def test_what_is_wrong_in_a_filed_report_goes_with_it() -> None:
    know = knowledge(own=TWO.own, named=report(), number_heard=NUMBER)
    asked = play(session(), f"ubah {NUMBER}", know)
    assert f"keliru pada laporan {NUMBER}" in shown(asked).text
    told = play(asked.session, "bukan lampu, tapi kabelnya")
    assert done(told) == (AddToReport(NUMBER, words="bukan lampu, tapi kabelnya"),)


def test_with_one_report_its_number_need_not_be_said() -> None:
    assert play(session(), "beda", OWN).session.step == "correction"
    assert "Boleh tahu nomor" in shown(play(session(), "beda", TWO)).text


def test_inside_a_draft_change_means_the_draft() -> None:
    assert play(asked_where(), "ubah", OWN).session.step == "change"
    know = knowledge(own=(report(),), named=report(), number_heard=NUMBER)
    turn = play(asked_where(), f"ubah {NUMBER}", know)
    assert turn.session.draft == asked_where().draft
    assert f"UBAH {NUMBER}" in shown(turn).text


# ---------------------------------------------------------------- what cannot be done any more


def test_a_refusal_tells_where_the_report_stands() -> None:
    turn = play(session(), ActRefused("illegal_move", NUMBER, "ditutup"))
    assert "Statusnya sekarang: Selesai dan ditutup" in shown(turn).text


def test_a_similar_report_that_was_finished_meanwhile_leaves_ones_own() -> None:
    before = session(step="similar", draft=draft(similar_settled=False))
    turn = play(before, ActRefused("unknown_report", OTHER))
    assert turn.session.step == "confirm"
    assert "baru saja selesai" in shown(turn).text


def test_a_report_of_old_shows_its_whole_way() -> None:
    steps = tuple(TimelineStep("diproses", NOW - timedelta(days=n), f"hari {n}", "dsdabm") for n in range(3))
    text = shown(
        play(session(), "status", knowledge(own=(report(status="diproses", timeline=steps),), heard=heard()))
    ).text
    assert text.count("Sedang ditangani (DSDABM)") == 3


@pytest.mark.parametrize(
    "text", ["statusnya gimana", "iraha didamelna?", "udh diberesin blm", "any news on my report?"]
)
def test_news_are_told_to_whoever_asks_in_other_words(text: str) -> None:
    turn = play(session(), text, knowledge(own=(report(),), heard=unclear()))
    assert shown(turn).text.startswith(NUMBER)
    assert turn.session.draft is None


@pytest.mark.parametrize("text", ["progresnya gimana", "kapan diperbaiki?", "kumaha laporan abdi teh?"])
def test_beside_a_draft_news_are_told_and_never_glued_to_it(text: str) -> None:
    begun = session(draft=draft(), step="confirm")
    turn = play(begun, text, knowledge(own=(report(),), heard=unclear()))
    assert shown(turn).text.startswith(NUMBER)
    assert turn.session.draft == begun.draft


def test_beside_a_draft_words_about_the_matter_stay_part_of_it() -> None:
    turn = play(
        session(draft=draft(), step="confirm"), "lampunya kapan dibenerin", knowledge(own=(report(),), heard=heard())
    )
    assert turn.session.draft is not None
    assert "kapan dibenerin" in turn.session.draft.description


def test_of_several_reports_the_one_just_talked_about_is_told() -> None:
    turn = play(session(about=OTHER), "kapan diperbaiki?", TWO)
    assert shown(turn).text.startswith(OTHER)


def test_nobody_without_a_report_is_told_of_one() -> None:
    assert "Belum ada laporan" in shown(play(session(), "statusnya gimana", knowledge(heard=unclear()))).text


def test_a_list_tells_until_when_there_is_news() -> None:
    due = report(due_at=NOW + timedelta(hours=5))
    closed = report(number=OTHER, status="ditutup", due_at=NOW)
    text = shown(play(session(), "status", knowledge(own=(due, closed)))).text
    first, second = [line for line in text.splitlines() if line.startswith("•")]
    assert "tenggat" in first
    assert "tenggat" not in second


def test_what_was_filed_just_now_is_set_right_though_the_talk_has_moved_on() -> None:
    filed = report(created_at=NOW - timedelta(minutes=20))
    turn = play(session(), "eh lokasinya bukan di pasar", knowledge(own=(filed,), heard=heard(category="jalan_rusak")))
    assert done(turn) == (AddToReport(NUMBER, words="eh lokasinya bukan di pasar"),)
    assert turn.session.wants_photo


def test_an_old_report_is_not_set_right_by_chance() -> None:
    filed = report(created_at=NOW - timedelta(hours=2))
    turn = play(session(), "eh lokasinya bukan di pasar", knowledge(own=(filed,), heard=heard()))
    assert not done(turn)
    assert turn.session.draft is not None


WAITING = "selamat sore, mau tanya laporan saya kemarin soal sampah kok belum ada kabar?"


def test_who_misses_news_in_many_words_hears_how_it_stands_or_that_nothing_was_told_here() -> None:
    read = heard("sampah", place=None)
    told = play(session(), WAITING, knowledge(own=(report(category="sampah"),), heard=read))
    assert NUMBER in shown(told).text
    nothing = play(session(), WAITING, knowledge(heard=read))
    assert "Belum ada laporan" in shown(nothing).text
    assert nothing.session.draft is None


def test_a_question_about_who_reads_a_report_is_no_wish_for_news() -> None:
    turn = play(session(), "laporan saya dibaca wali kota ga?", OWN)
    assert "dibaca dulu oleh admin" in shown(turn).text
    assert NUMBER not in shown(turn).text
