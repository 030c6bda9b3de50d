"""The back office by chat: whatever a command leaves out is asked, what is refused is told with what is possible."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import BecomeStaff, CorrectReport, MoveReport
from bot.dialogue.events import ActRefused, ChoicePicked, Event, LastStep, LocationShared, MediaShared, SilenceFell
from bot.dialogue.knowledge import InvitationFacts, Knowledge, QueuePage
from bot.dialogue.session import Session
from bot.dialogue.turn import Turn
from tests.makers import (
    NOW,
    NUMBER,
    OTHER,
    back_office,
    command,
    done,
    heard,
    knowledge,
    report,
    session,
    shown,
    tap,
    unclear,
    values,
)
from tests.makers import play as play_one

NEW = report(
    mine=False,
    moves=("terverifikasi",),
    proposed_agency="dsdabm",
    proposed_because="kategori Jalan rusak",
    category="jalan_rusak",
)
CHECKED = replace(NEW, status="terverifikasi", moves=("didisposisikan",))
GIVEN = replace(NEW, status="didisposisikan", moves=("diproses", "menunggu_konfirmasi"), agency="dsdabm")
DONE = replace(GIVEN, status="menunggu_konfirmasi", moves=())
STRANGER = knowledge(citizen_channel="t.me/lapor")


def admin(named: object = NEW, **what: object) -> Knowledge:
    return back_office("administrator", named=named, number_heard=NUMBER, **what)


def contact(named: object = GIVEN, **what: object) -> Knowledge:
    return back_office("narahubung", named=named, number_heard=NUMBER, **what)


def play(before: Session, happens: Event | str, know: Knowledge) -> Turn:
    return play_one(before, happens, know, desk="staff")


def begun(text: str, know: Knowledge) -> Session:
    return play(session(), text, know).session


# ---------------------------------------------------------------- who may come in


def test_a_stranger_gets_nothing_but_a_polite_refusal() -> None:
    for happens in ("/antrean", "halo", f"/selesai {NUMBER}", ChoicePicked("queue:1", 0), MediaShared("photo", "f")):
        turn = play(session(), happens, STRANGER)
        assert "hanya untuk petugas terdaftar" in shown(turn).text
        assert "t.me/lapor" in shown(turn).text
        assert (done(turn), values(turn)) == ((), ())


def test_a_code_lets_its_owner_in() -> None:
    know = replace(STRANGER, invitation=InvitationFacts("open", "narahubung", "dsdabm"))
    turn = play(Session(), command("start", "KODE"), know)
    assert done(turn) == (BecomeStaff("KODE"),)
    assert "narahubung DSDABM" in shown(turn).text


@pytest.mark.parametrize("state", ["unknown", "expired", "used"])
def test_a_code_that_is_no_good_says_why(state: str) -> None:
    turn = play(Session(), command("start", "KODE"), replace(STRANGER, invitation=InvitationFacts(state)))
    assert done(turn) == ()
    assert "Minta kode baru" in shown(turn).text
    refused = play(session(), ActRefused(f"invitation_{state}"), STRANGER)
    assert shown(refused).text == shown(turn).text


def test_silence_is_nothing_to_staff() -> None:
    assert play(session(), SilenceFell(7), back_office()).effects == ()


# ---------------------------------------------------------------- looking


def test_the_queue_shows_what_waits_and_opens_it_by_a_tap() -> None:
    page = QueuePage((NEW, replace(NEW, number=OTHER, needs_check=True)), 1, 2, 7)
    turn = play(session(), "/antrean", back_office(queue=page))
    assert "7 laporan menunggu (halaman 1 dari 2)" in shown(turn).text
    assert "perlu verifikasi" in shown(turn).text
    assert values(turn) == (f"see:{NUMBER}", f"see:{OTHER}", "queue:2")


def test_an_empty_queue_is_good_news() -> None:
    assert "Tidak ada laporan" in shown(play(session(), "/antrean", back_office(queue=QueuePage((), 1, 1, 0)))).text


def test_a_card_has_the_moves_that_this_person_may_make() -> None:
    assert values(play(session(), f"/lihat {NUMBER}", admin())) == (f"verifikasi:{NUMBER}", "queue:1")
    assert values(play(session(), NUMBER, contact())) == (f"proses:{NUMBER}", f"selesai:{NUMBER}", "queue:1")
    assert values(play(session(), f"/lihat {NUMBER}", admin(DONE))) == ("queue:1",)


def test_a_card_tells_everything_a_person_may_know() -> None:
    full = replace(
        NEW, supporters=3, notes=("ada kabelnya",), reporter_name="Asep", needs_check=True, photos=(1, 2, 3, 4)
    )
    reply = shown(play(session(), f"/lihat {NUMBER}", admin(full)))
    for part in (
        "perlu verifikasi",
        "Usulan penerima: DSDABM",
        "Didukung 3",
        "Pelapor: Asep",
        "✎ ada kabelnya",
        "24 Nov",
    ):
        assert part in reply.text
    assert reply.photos == (1, 2, 3)
    hidden = shown(play(session(), f"/lihat {NUMBER}", admin(replace(NEW, description="")))).text
    assert "tidak ditampilkan" in hidden


def test_a_number_is_asked_for_caught_or_not_found() -> None:
    assert "Boleh tahu nomor" in shown(play(session(), "/lihat", back_office())).text
    assert (
        "salah ketik"
        in shown(play(session(), f"/lihat {NUMBER}", back_office(number_heard=NUMBER, number_mistyped=True))).text
    )
    assert "tidak ditemukan" in shown(play(session(), f"/lihat {NUMBER}", back_office(number_heard=NUMBER))).text


def test_a_command_of_another_role_is_refused() -> None:
    turn = play(session(), f"/verifikasi {NUMBER}", contact())
    assert "bukan untuk peran Anda" in shown(turn).text
    assert "/verifikasi" not in shown(play(session(), "/bantuan", contact())).text
    assert "tidak kami kenal" in shown(play(session(), "/tidakada", contact())).text
    button = play(session(), ChoicePicked(f"verifikasi:{NUMBER}", 3), contact())
    assert "bukan untuk peran Anda" in shown(button).text


def test_words_without_a_task_are_answered_with_a_way_on() -> None:
    assert values(play(session(), "selamat pagi", back_office())) == ("queue:1",)
    assert shown(play(session(), LocationShared(1.0, 1.0), back_office())).text


# ---------------------------------------------------------------- verifying


def test_verifying_asks_whether_all_is_right() -> None:
    asked = play(session(), f"/verifikasi {NUMBER}", admin())
    assert values(asked) == ("right", "category", "fix:place", "fix:kind", "fix:secrecy", "stop")
    turn = play(asked.session, "sudah benar", admin())
    assert done(turn) == (MoveReport(NUMBER, "terverifikasi", "diterima"),)
    assert values(turn) == (f"disposisi:{NUMBER}", f"urungkan:{NUMBER}", "queue:1")


def test_a_wrong_category_is_set_right_first() -> None:
    asked = begun(f"/verifikasi {NUMBER}", admin())
    words = play(asked, "kategori salah", admin())
    offered = play(words.session, "sampahnya numpuk", admin(heard=heard("sampah")))
    assert values(offered)[0] == "as:sampah"
    picked = play(offered.session, "1", admin())
    assert done(picked) == (CorrectReport(NUMBER, "sampah"),)
    assert values(picked) == ("right", "category", "fix:place", "fix:kind", "fix:secrecy", "stop")


def test_a_label_needs_no_choice_and_may_stand_in_the_command() -> None:
    asked = begun(f"/verifikasi {NUMBER}", admin())
    assert done(play(asked, "Sampah dan kebersihan", admin())) == (CorrectReport(NUMBER, "sampah"),)
    at_once = play(session(), f"/verifikasi {NUMBER} sampah dan kebersihan", admin())
    assert done(at_once) == (CorrectReport(NUMBER, "sampah"),)


def test_any_task_can_be_left() -> None:
    for know, text in (
        (admin(), "verifikasi"),
        (admin(CHECKED), "disposisi"),
        (contact(), "proses"),
        (contact(), "selesai"),
    ):
        for stop in (tap(begun(f"/{text} {NUMBER}", know), "stop"), command("batal")):
            turn = play(begun(f"/{text} {NUMBER}", know), stop, know)
            assert turn.session.task is None
            assert done(turn) == ()


# ---------------------------------------------------------------- handing on


def test_the_proposed_agency_comes_first_with_its_reason() -> None:
    asked = play(session(), f"/disposisi {NUMBER}", admin(CHECKED))
    assert "Usulan: DSDABM, karena kategori Jalan rusak" in shown(asked).text
    assert values(asked)[0] == "to:dsdabm"
    turn = play(asked.session, "1", admin(CHECKED))
    assert done(turn) == (MoveReport(NUMBER, "didisposisikan", "terverifikasi", agency="dsdabm"),)


def test_an_agency_may_be_typed() -> None:
    know = admin(CHECKED, agencies_heard=("dishub",))
    assert done(play(session(), f"/disposisi {NUMBER} dishub", know))[0] == MoveReport(
        NUMBER, "didisposisikan", "terverifikasi", agency="dishub"
    )
    asked = begun(f"/disposisi {NUMBER}", admin(CHECKED))
    assert done(play(asked, "dishub", know))
    unknown = play(asked, "dinas apa ya", admin(CHECKED))
    assert "tidak kami kenal" in shown(unknown).text
    assert done(unknown) == ()


def test_an_agency_without_a_contact_person_is_said_to_be_so() -> None:
    know = admin(CHECKED, agencies_heard=("dsdabm",), unmanned=frozenset({"dsdabm"}))
    assert "belum punya narahubung" in shown(play(session(), f"/disposisi {NUMBER} dsdabm", know)).text


# ---------------------------------------------------------------- working and resolving


def test_taking_on_asks_for_the_first_answer_to_the_citizen() -> None:
    asked = begun(f"/proses {NUMBER}", contact())
    turn = play(asked, "tim datang besok", contact())
    assert done(turn) == (MoveReport(NUMBER, "diproses", "didisposisikan", note="tim datang besok"),)
    at_once = play(session(), f"/proses {NUMBER} tim datang besok", contact())
    assert done(at_once) == done(turn)


def test_resolving_asks_for_result_and_proof() -> None:
    asked = begun(f"/selesai {NUMBER}", contact())
    told = play(asked, "lubang sudah ditambal", contact())
    assert shown(told).hope == "photo"
    turn = play(told.session, MediaShared("photo", "f", evidence=5), contact())
    assert done(turn) == (
        MoveReport(NUMBER, "menunggu_konfirmasi", "didisposisikan", note="lubang sudah ditambal", evidence=(5,)),
    )


def test_a_photo_with_a_caption_says_both() -> None:
    turn = play(begun(f"/selesai {NUMBER}", contact()), MediaShared("photo", "f", "sudah rapi", 5), contact())
    assert done(turn)[0] == MoveReport(
        NUMBER, "menunggu_konfirmasi", "didisposisikan", note="sudah rapi", evidence=(5,)
    )


def test_more_words_before_the_photo_are_kept() -> None:
    told = play(begun(f"/selesai {NUMBER} ditambal", contact()), "besok dirapikan", contact())
    (effect,) = done(play(told.session, MediaShared("photo", "f", evidence=5), contact()))
    assert isinstance(effect, MoveReport)
    assert effect.note == "ditambal\nbesok dirapikan"


@pytest.mark.parametrize(
    ("category", "kind", "taken"),
    [
        ("jalan_rusak", "document", False),
        ("jalan_rusak", "video", False),
        ("pencemaran", "document", True),
        ("pencemaran", "photo", True),
    ],
)
def test_proof_is_what_the_category_asks(category: str, kind: str, taken: bool) -> None:
    know = contact(replace(GIVEN, category=category))
    turn = play(begun(f"/selesai {NUMBER} sudah", know), MediaShared(kind, "f", evidence=5), know)  # type: ignore[arg-type]
    assert bool(done(turn)) is taken
    assert shown(turn).text


def test_where_words_are_proof_no_file_is_asked() -> None:
    know = contact(replace(GIVEN, category="angkutan_umum"))
    assert done(play(session(), f"/selesai {NUMBER} sopir ditegur", know))


def test_a_file_without_a_task_is_asked_whose_it_is() -> None:
    turn = play(session(), MediaShared("photo", "f", evidence=5), contact())
    assert "/selesai NOMOR" in shown(turn).text


def test_the_last_report_looked_at_needs_no_number() -> None:
    seen = play(session(), f"/lihat {NUMBER}", contact()).session
    know = replace(contact(), number_heard="")
    assert play(seen, "/proses", know).session.task is not None


# ---------------------------------------------------------------- what may not be done


def test_a_move_that_is_not_possible_is_left_to_the_lifecycle() -> None:
    for text, know, to in (
        (f"/verifikasi {NUMBER}", admin(GIVEN), "terverifikasi"),
        (f"/disposisi {NUMBER}", admin(), "didisposisikan"),
        (f"/proses {NUMBER}", contact(DONE), "diproses"),
        (f"/selesai {NUMBER}", contact(DONE), "menunggu_konfirmasi"),
    ):
        turn = play(session(), text, know)
        (effect,) = turn.effects
        assert isinstance(effect, MoveReport)
        assert effect.to == to


def test_a_refused_move_names_those_that_this_person_can_make() -> None:
    event = ActRefused("illegal_move", NUMBER, "diterima", ("perlu_dilengkapi", "terverifikasi", "digabung"))
    turn = play(session(), event, admin())
    assert "Yang bisa: Perlu dilengkapi, Sudah diperiksa, Digabung." in shown(turn).text
    assert values(turn) == (f"lengkapi:{NUMBER}", f"verifikasi:{NUMBER}", f"gabung:{NUMBER}")
    nothing = play(session(), ActRefused("illegal_move", NUMBER, "diterima", ("menunggu_konfirmasi",)), admin())
    assert "tidak ada langkah saat ini" in shown(nothing).text


def test_who_was_slower_hears_it() -> None:
    last = LastStep("terverifikasi", NOW, "administrator", "Euis", note="lengkap")
    refusal = ActRefused("moved_meanwhile", NUMBER, "terverifikasi", ("didisposisikan",), last=last)
    turn = play(session(), refusal, admin())
    assert "baru saja diubah oleh Euis (administrator) pada 24 Nov 09.00: lengkap" in shown(turn).text
    assert values(turn) == (f"disposisi:{NUMBER}", f"see:{NUMBER}")


def test_who_was_faster_is_told_by_their_office_where_they_have_no_name() -> None:
    last = LastStep("diproses", NOW, "narahubung", agency="dishub")
    refusal = ActRefused("moved_meanwhile", NUMBER, "diproses", (), last=last)
    assert "oleh narahubung Dishub pada" in shown(play(session(), refusal, admin())).text


def test_another_agencys_report_is_not_theirs() -> None:
    assert "bukan bagian Anda" in shown(play(session(), ActRefused("not_allowed", NUMBER), contact())).text
    assert "tidak ditemukan" in shown(play(session(), ActRefused("unknown_report", NUMBER), contact())).text


def test_an_old_button_of_a_question_does_nothing_but_one_that_opens_something_is_always_good() -> None:
    asked = begun(f"/verifikasi {NUMBER}", admin())
    assert done(play(asked, ChoicePicked("right", 3), admin())) == ()
    assert done(play(session(), ChoicePicked("right", 7), admin())) == ()
    assert NUMBER in shown(play(asked, ChoicePicked(f"see:{NUMBER}", 3), admin())).text


def test_a_task_whose_report_is_gone_ends() -> None:
    asked = begun(f"/selesai {NUMBER}", contact())
    turn = play(asked, "sudah", back_office("narahubung", heard=unclear()))
    assert "tidak ditemukan" in shown(turn).text
    assert turn.session.task is None
