"""After the number: what a reporter takes back."""

from datetime import timedelta

import pytest

from bot.dialogue.effects import AddToReport, ShowNameAs, WithdrawReport
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.replies import Choice
from tests.makers import NOW, NUMBER, OTHER, done, draft, knowledge, play, report, session, shown, tap, unclear, values


def _own(**changes: object) -> Knowledge:
    return knowledge(own=(report(created_at=NOW, **changes),), heard=unclear())


MAY = _own(may_withdraw=True)


def test_a_report_is_withdrawn_after_one_question() -> None:
    asked = play(session(), "tolong hapus laporan saya", MAY)
    assert values(asked) == (f"withdraw:{NUMBER}", "keep_report")
    assert not done(asked)
    ended = play(asked.session, "ya", MAY)
    assert done(ended) == (WithdrawReport(NUMBER),)
    assert "kami hentikan atas permintaan Anda" in shown(ended).text


@pytest.mark.parametrize("answer", ["tidak", "ga jadi", "2"])
def test_a_no_keeps_it(answer: str) -> None:
    asked = play(session(), "cabut laporan saya", MAY)
    kept = play(asked.session, answer, MAY)
    assert not done(kept)


def test_where_it_is_not_theirs_to_end_the_wish_is_passed_on() -> None:
    turn = play(session(), "batalkan laporan saya", _own(may_withdraw=False))
    assert done(turn) == (AddToReport(NUMBER, words="batalkan laporan saya"),)
    assert "admin yang memutuskan" in shown(turn).text


def test_what_goes_on_for_the_sake_of_others_goes_on_without_a_name() -> None:
    turn = play(session(), "batalkan laporan saya", _own(may_withdraw=False, privacy="tampil"))
    assert done(turn) == (AddToReport(NUMBER, words="batalkan laporan saya"), ShowNameAs(NUMBER, "anonim"))
    assert "tidak ditampilkan lagi" in shown(turn).text


@pytest.mark.parametrize("privacy", ["anonim", "rahasia"])
def test_a_name_that_was_hidden_already_needs_no_word(privacy: str) -> None:
    turn = play(session(), "batalkan laporan saya", _own(may_withdraw=False, privacy=privacy))
    assert done(turn) == (AddToReport(NUMBER, words="batalkan laporan saya"),)
    assert "tidak ditampilkan lagi" not in shown(turn).text


@pytest.mark.parametrize("text", ["ga jadi", "teu jadi lapor", "teu janten ah", "batal", "cancel"])
def test_who_would_rather_not_have_filed_is_asked_about_what_was_filed_just_now(text: str) -> None:
    asked = play(session(), text, MAY)
    assert values(asked) == (f"withdraw:{NUMBER}", "keep_report")
    assert not done(asked)


@pytest.mark.parametrize(
    "facts",
    [
        knowledge(heard=unclear()),
        _own(may_withdraw=True, status="dialihkan_darurat"),
        _own(may_withdraw=True, status="ditutup"),
        knowledge(own=(report(may_withdraw=True, created_at=NOW - timedelta(days=2)),), heard=unclear()),
    ],
)
def test_nothing_an_emergency_and_what_is_closed_or_old_are_not_ended_by_two_words(facts: Knowledge) -> None:
    turn = play(session(), "ga jadi", facts)
    assert not done(turn)
    assert "withdraw" not in str(values(turn))


def test_a_closed_report_is_said_to_be_closed() -> None:
    turn = play(session(), "batalkan laporan saya", _own(status="ditutup"))
    assert not done(turn)
    assert "tidak bisa lagi" in shown(turn).text


def test_of_several_the_one_is_asked_for() -> None:
    both = knowledge(own=(report(may_withdraw=True), report(number=OTHER, may_withdraw=True)), heard=unclear())
    which = play(session(), "hapus laporan saya", both)
    assert OTHER in shown(which).text
    asked = play(which.session, tap(which.session, f"withdraw?:{OTHER}"), both)
    assert values(asked) == (f"withdraw:{OTHER}", "keep_report")


def test_a_number_says_which() -> None:
    both = knowledge(
        own=(report(may_withdraw=True), report(number=OTHER, may_withdraw=True)), number_heard=OTHER, heard=unclear()
    )
    assert values(play(session(), f"batalkan {OTHER}", both)) == (f"withdraw:{OTHER}", "keep_report")


def test_nobody_elses_report_is_touched() -> None:
    turn = play(session(), f"batalkan {OTHER}", knowledge(own=(report(),), number_heard=OTHER, heard=unclear()))
    assert not done(turn)
    assert "tidak kami temukan" in shown(turn).text


def test_beside_a_draft_the_draft_is_meant() -> None:
    turn = play(session(draft=draft(), step="confirm"), "batalkan laporannya", MAY)
    assert turn.session.draft is None
    assert not done(turn)


def test_none_after_the_wish_for_a_photo_skips_it() -> None:
    hoped = session(about=NUMBER, wants_photo=True, offered=(Choice("skip", "Lewati"),))
    turn = play(hoped, "ga ada fotonya", MAY)
    assert "tanpa foto juga tidak apa-apa" in shown(turn).text
    assert not turn.session.wants_photo


def test_a_photo_that_comes_later_is_still_hoped_for() -> None:
    turn = play(session(), "fotonya nyusul ya", MAY)
    assert (turn.session.about, turn.session.wants_photo) == (NUMBER, True)


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("tampil", "jangan tampilkan nama saya", "anonim"),
        ("anonim", "TAMPIL", "tampil"),
        ("anonim", "rahasia", "rahasia"),
    ],
)
def test_the_name_is_shown_otherwise(before: str, text: str, after: str) -> None:
    assert done(play(session(about=NUMBER), text, _own(privacy=before))) == (ShowNameAs(NUMBER, after),)


@pytest.mark.parametrize(
    ("privacy", "text", "told"),
    [
        ("anonim", "nama saya jangan disebut", "Tidak ada yang perlu diubah"),
        ("rahasia", "nama saya jangan disebut", "Tidak ada yang perlu diubah"),
        ("rahasia", "tampil", "tetap rahasia"),
    ],
)
def test_what_holds_is_said_where_nothing_changes(privacy: str, text: str, told: str) -> None:
    turn = play(session(about=NUMBER), text, _own(privacy=privacy))
    assert not done(turn)
    assert told in shown(turn).text


def test_what_shall_not_be_written_is_noted() -> None:
    text = "nomor rumah saya jangan ditulis"
    assert done(play(session(about=NUMBER), text, MAY)) == (AddToReport(NUMBER, words=text),)


def test_much_later_a_word_about_names_is_about_no_report() -> None:
    old = knowledge(own=(report(created_at=NOW - timedelta(days=3)),), heard=unclear())
    assert not done(play(session(about=NUMBER), "tampil", old))


@pytest.mark.parametrize("text", ["data saya dihapus dong", "hapus dong data saya"])
def test_erasing_is_asked_for_in_loose_words(text: str) -> None:
    assert "erase:all" in values(play(session(), text, MAY))
