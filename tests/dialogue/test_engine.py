"""In which order an event is understood, and what is spoken."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import FindSimilar, OpenReport, Speak
from bot.dialogue.events import ChoicePicked, MediaFailed, MediaReady, SilenceFell, SimilarFound, UnreadableSent
from bot.dialogue.replies import Choice
from bot.dialogue.session import Session
from tests.makers import (
    FRESH,
    NUMBER,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    command,
    danger,
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


@pytest.mark.parametrize("typed", ["1", "kirim", "Kirim", "satu"])
def test_a_number_a_label_a_word_and_a_tap_mean_the_same(typed: str) -> None:
    before = at_read_back()
    assert play(before, typed) == play(before, tap(before, "send"))
    assert [type(effect) for effect in done(play(before, typed))] == [OpenReport]


def test_an_old_button_does_nothing_but_ask_again() -> None:
    turn = play(at_read_back(), ChoicePicked("send", 3))
    assert shown(turn).text.startswith("Tombol itu dari pertanyaan sebelumnya.")
    assert values(turn) == ("send", "change", "cancel")
    assert done(turn) == ()


def test_a_button_that_was_never_offered_does_nothing() -> None:
    before = at_read_back()
    assert done(play(before, tap(before, f"support:{NUMBER}"))) == ()


def test_a_tap_on_news_is_good_at_any_time() -> None:
    turn = play(asked_where(), ChoicePicked(f"about:{NUMBER}", 0), knowledge(own=(report(),)))
    assert NUMBER in shown(turn).text
    assert turn.session.step == "location"


def test_danger_goes_before_the_question_that_waits() -> None:
    turn = play(asked_where(), "ada kebakaran di depan pasar", knowledge(heard=danger()))
    assert turn.session.step == "emergency"
    assert "112" in shown(turn).text


@pytest.mark.parametrize("text", ["terima kasih", "halo min", "ga tau", "rahasia", "lokasinya", "kirim", "mau lapor"])
def test_words_that_can_mean_nothing_else_are_no_danger(text: str) -> None:
    assert play(session(), text, knowledge(heard=danger())).session.step != "emergency"


def test_a_command_goes_before_danger() -> None:
    turn = play(asked_where(), "batal", knowledge(heard=danger()))
    assert turn.session.draft is None


def test_an_answer_to_what_was_offered_goes_before_danger() -> None:
    assert done(play(at_read_back(), "1", knowledge(heard=danger())))


def test_a_command_that_nobody_knows_keeps_the_draft() -> None:
    turn = play(asked_where(), "/tidakada")
    assert "/tidakada" in shown(turn).text
    assert turn.session.draft == asked_where().draft


@pytest.mark.parametrize("text", ["", "...", "🙏", "  "])
def test_a_message_without_words_repeats_the_question(text: str) -> None:
    turn = play(asked_where(), text)
    assert "belum bisa kami baca" in shown(turn).text
    assert "Di mana" in shown(turn).text


def test_a_sticker_repeats_the_question() -> None:
    assert "Di mana" in shown(play(asked_where(), UnreadableSent("sticker"))).text


def test_silence_and_stored_files_need_no_word() -> None:
    for event in (SilenceFell(3), MediaReady(3, -6.9, 107.6)):
        turn = play(asked_where(), event)
        assert (turn.session, turn.effects) == (asked_where(), ())


def test_a_file_that_cannot_be_fetched_is_asked_for_again_and_the_draft_stays() -> None:
    turn = play(asked_where(), MediaFailed(3, "gone"))
    assert "kirim lagi" in shown(turn).text
    assert turn.session.draft == asked_where().draft


def test_a_number_in_a_long_complaint_is_no_question_about_it() -> None:
    text = f"di jalan cikutra lampu mati lagi padahal {NUMBER} katanya sudah selesai"
    turn = play(
        session(), text, knowledge(heard=heard(place=STREET), own=(report(),), named=report(), number_heard=NUMBER)
    )
    assert turn.session.step == "confirm"


def test_a_number_alone_asks_for_that_report() -> None:
    turn = play(session(), NUMBER, knowledge(own=(report(),), named=report(), number_heard=NUMBER, heard=unclear()))
    assert NUMBER in shown(turn).text
    assert turn.session.draft is None


# ---------------------------------------------------------------- similar reports


def test_similar_reports_are_looked_for_before_the_read_back() -> None:
    turn = play(session(), "lampu mati depan pasar cihapit", knowledge(heard=heard(place=PASAR)))
    (look,) = turn.effects
    assert isinstance(look, FindSimilar)
    nothing = play(turn.session, SimilarFound(look.before))
    assert values(nothing) == ("send", "change", "cancel")


def test_what_was_to_be_said_first_survives_the_look() -> None:
    before = session(
        step="emergency", draft=draft(similar_settled=False, danger="bencana"), offered=(Choice("no", "Tidak"),)
    )
    turn = play(before, tap(before, "no"))
    (look,) = turn.effects
    assert isinstance(look, FindSimilar)
    assert shown(play(turn.session, SimilarFound(look.before))).text.startswith(look.before)
    assert "TELEPON 112" in look.before


def test_the_nearest_is_offered_with_its_status() -> None:
    other = report(number=NUMBER, mine=False, status="diproses")
    before = session(step="similar", draft=draft(similar_settled=False))
    turn = play(before, SimilarFound("Baik."), knowledge(similar=(other,)))
    assert "Sedang ditangani" in shown(turn).text
    assert values(turn) == (f"support:{NUMBER}", "different")


# ---------------------------------------------------------------- language


def test_the_first_words_decide_the_language() -> None:
    turn = play(Session(), "lampu pareum", knowledge(heard=heard(language="su"), language_hint="en"))
    assert turn.session.language == "su"


def test_a_hint_of_the_platform_is_spoken_but_binds_nobody() -> None:
    turn = play(Session(), command("start"), knowledge(language_hint="en"))
    assert shown(turn).text.startswith("Hello")
    assert turn.session.language == ""


@pytest.mark.parametrize("words", ["gabung kim UHCRRAEH", "ikut ABCDEFGH2345"])
def test_a_code_tells_no_language(words: str) -> None:
    turn = play(Session(), words, knowledge(heard=heard(language="su")))
    assert turn.session.language == ""


def test_a_long_message_in_another_language_is_answered_in_it() -> None:
    turn = play(session(language="su"), "the street light is broken", knowledge(heard=heard(language="en")))
    assert turn.session.language == "en"


def test_a_short_one_is_not() -> None:
    turn = play(session(language="su"), "ok thanks", knowledge(heard=unclear(language="en")))
    assert turn.session.language == "su"


def test_mixed_words_leave_the_language_as_it_is() -> None:
    know = knowledge(heard=heard(language="mix"))
    assert play(session(language="su"), "lampu jalan pareum gelap", know).session.language == "su"
    assert play(Session(), "lampu jalan pareum gelap", know).session.language == "id"


def test_a_language_asked_for_by_name_stays() -> None:
    chosen = play(session(), "bahasa sunda")
    assert done(chosen) == (Speak("su"),)
    turn = play(chosen.session, "the street light is broken", knowledge(heard=heard(language="en")))
    assert turn.session.language == "su"


def test_staff_notes_in_another_language_change_nothing() -> None:
    know = replace(knowledge(heard=heard(language="su")), citizen_channel="t.me/x")
    assert play(session(), "parantos dilereskeun ku patugas", know, desk="staff").session.language == "id"


def test_the_number_said_is_the_number_filed() -> None:
    turn = play(at_read_back(), "kirim")
    (filed,) = done(turn)
    assert isinstance(filed, OpenReport)
    assert filed.number == FRESH
    assert FRESH in shown(turn).text
