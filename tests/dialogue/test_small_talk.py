"""What is no report is answered kindly."""

import pytest

from bot.dialogue.effects import Speak
from bot.dialogue.replies import Choice
from bot.dialogue.session import Session
from tests.makers import (
    FRESH,
    NUMBER,
    STREET,
    asked_where,
    at_read_back,
    command,
    done,
    draft,
    heard,
    knowledge,
    play,
    report,
    session,
    shown,
    tap,
    unclear,
    values,
)

CHATTER = heard("lainnya", kind="bukan_laporan", sure=False)


@pytest.mark.parametrize(
    "text", ["halo", "Assalamualaikum", "punten kang", "sampurasun", "selamat pagi min", "/start", "mulai", "ping"]
)
def test_a_greeting_says_who_we_are_and_how_it_is_done(text: str) -> None:
    turn = play(session(), text)
    assert "Tulis satu kalimat saja" in shown(turn).text
    assert turn.session.draft is None


def test_a_salam_is_answered_as_one() -> None:
    assert shown(play(session(), "assalamualaikum wr wb")).text.startswith("Waalaikumsalam.")
    assert shown(play(session(language="su"), "sampurasun")).text.startswith("Rampes.")


def test_who_was_here_before_is_known() -> None:
    turn = play(session(), "halo", knowledge(own=(report(),)))
    assert "Halo lagi" in shown(turn).text
    assert NUMBER in shown(play(turn.session, "cek", knowledge(own=(report(),)))).text


@pytest.mark.parametrize("text", ["halo min", "/start", "/lapor", "lapor", "assalamualaikum"])
def test_inside_a_draft_a_greeting_offers_to_go_on(text: str) -> None:
    turn = play(asked_where(), text)
    assert values(turn) == ("continue", "start_over")
    assert turn.session.draft == asked_where().draft
    assert play(turn.session, "lanjut").session.step == "location"
    anew = play(turn.session, "mulai baru")
    assert anew.session.draft is None
    assert anew.session.step == "describe"


def test_a_problem_that_waits_is_offered_too() -> None:
    turn = play(session(later=(draft(place=None),)), "halo")
    assert values(turn) == ("continue", "start_over")
    assert turn.session.draft is not None


@pytest.mark.parametrize(
    "text", ["lapor", "mau lapor min", "punten bade lapor", "I want to report a problem", "mau nanya"]
)
def test_who_wants_to_report_is_asked_what(text: str) -> None:
    turn = play(session(), text, knowledge(heard=unclear()))
    assert "Ada masalah apa?" in shown(turn).text
    assert turn.session.step == "describe"


@pytest.mark.parametrize(
    "text", ["makasih", "hatur nuhun pisan kang", "terima kasih banyak ya", "thanks a lot", "thank you so much"]
)
def test_thanks_are_answered_and_change_nothing(text: str) -> None:
    assert "Sama-sama" in shown(play(session(), text)).text
    turn = play(asked_where(), text)
    assert shown(turn).text.startswith("Sama-sama")
    assert "Di mana" in shown(turn).text


def test_all_right_is_no_complaint() -> None:
    assert "Ada masalah lain?" in shown(play(session(about=FRESH, wants_photo=True), "oke siap")).text


def test_chatter_is_not_filed_and_not_repeated_for_ever() -> None:
    talk = session()
    for _ in range(2):
        turn = play(talk, "lagi ngapain nih", knowledge(heard=CHATTER))
        assert "bukan laporan" in shown(turn).text
        talk = turn.session
    assert play(talk, "lagi ngapain nih", knowledge(heard=CHATTER)).session.step == "category"


def test_a_place_or_a_clear_category_is_never_chatter() -> None:
    sure = heard("sampah", kind="bukan_laporan", kind_confidence=0.99)
    assert play(session(), "sampah numpuk", knowledge(heard=sure)).session.step == "location"
    there = heard("lainnya", kind="bukan_laporan", sure=False, place=STREET)
    assert play(session(), "di jalan cikutra begitulah", knowledge(heard=there)).session.step == "category"


def test_an_answer_without_a_question_is_said_to_be_one() -> None:
    for text in ("kirim", "ya", "belum", "lewati"):
        assert (
            "tidak ada pertanyaan" in shown(play(session(), text)).text
            or "Ada masalah lain" in shown(play(session(), text)).text
        )


# ---------------------------------------------------------------- help, language, privacy


@pytest.mark.parametrize("text", ["/bantuan", "help", "/help", "menu"])
def test_help_is_one_bubble_and_keeps_the_draft(text: str) -> None:
    turn = play(at_read_back(), text)
    assert "Yang bisa dilakukan di sini" in shown(turn).text
    assert values(turn) == ("send", "change", "cancel")
    assert done(play(turn.session, "kirim"))


def test_a_language_is_offered_or_taken_by_name() -> None:
    offered = play(session(), "/bahasa")
    assert values(offered) == ("language:id", "language:su", "language:en")
    for turn in (
        play(offered.session, "3"),
        play(session(), command("bahasa", "english")),
        play(session(), "bahasa inggris"),
    ):
        assert done(turn) == (Speak("en"),)
        assert (turn.session.language, turn.session.language_chosen) == ("en", True)
        assert shown(turn).text.startswith("All right, English it is.")


def test_an_unknown_language_is_not_guessed() -> None:
    assert done(play(session(), command("bahasa", "a"))) == ()
    assert done(play(session(), command("bahasa", "jawa"))) == ()


def test_a_draft_goes_on_in_the_new_language() -> None:
    turn = play(asked_where(), "english please")
    assert "Where is the problem?" in shown(turn).text
    assert turn.session.draft == asked_where().draft


def test_privacy_says_what_is_kept() -> None:
    assert "UU 27/2022" in shown(play(session(), "privasi")).text
    assert "PRIVASI" not in shown(play(session(), "privasi")).text


def test_choices_about_reports_outlive_a_look_at_the_help_but_a_photo_does_not() -> None:
    rated = session(offered=(Choice(f"rate:{NUMBER}:5", "5"),))
    assert values(play(rated, "bantuan")) == (f"rate:{NUMBER}:5",)
    assert values(play(session(offered=(Choice("skip", "Lewati"),)), "bantuan")) == ()


def test_the_very_first_word_may_be_anything() -> None:
    for happens in ("halo", "/start", "/status", "/batal", "/bantuan", "/tidakada", "1", "batal", "???", "lampu mati"):
        assert shown(play(Session(), happens, knowledge(heard=heard()))).text
    assert shown(play(Session(), tap(Session(), "send"))).text


@pytest.mark.parametrize("text", ["tolong", "tolong tolong pak", "tulungan"])
def test_a_call_for_help_is_told_the_number_to_call(text: str) -> None:
    turn = play(session(), text, knowledge(heard=unclear()))
    assert "Keadaan darurat? Telepon 112" in shown(turn).text
    assert turn.session.step == "describe"
