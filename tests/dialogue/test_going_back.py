"""`kembali`: the question before is asked again, and nothing else is lost."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import FindSimilar, Say
from bot.dialogue.events import CommandGiven
from bot.dialogue.session import Session
from tests.makers import asked_where, at_read_back, heard, knowledge, play, session, tap


def said(turn: object) -> str:
    return "".join(effect.reply.text for effect in turn.effects if isinstance(effect, Say))  # type: ignore[attr-defined]


def test_from_the_read_back_the_place_is_asked_again() -> None:
    asked = asked_where()
    found = play(asked, "depan pasar cihapit", knowledge(heard=heard("pju", place=at_read_back().draft.place)))  # type: ignore[union-attr]
    again = play(found.session, "kembali")
    assert again.session.step == "location"
    assert again.session.draft is not None
    assert again.session.draft.description == asked.draft.description  # type: ignore[union-attr]


def test_several_times_leads_to_the_first_question_and_there_it_stays() -> None:
    talk = play(session(), "lampu jalan mati", knowledge(heard=heard("pju"))).session
    assert talk.step == "location"
    first = play(talk, "kembali")
    assert first.session.step == "describe"
    still = play(first.session, "kembali")
    assert still.session.step == "describe"
    assert "pertama" in said(still)
    assert still.session.draft is not None
    assert still.session.draft.description == "lampu jalan mati"


def test_a_menu_of_changes_leads_back_to_the_read_back() -> None:
    menu = play(at_read_back(), tap(at_read_back(), "change")).session
    assert menu.step == "change"
    assert play(menu, "kembali").session.step == "confirm"


def test_similar_reports_are_looked_for_again() -> None:
    turn = play(replace(at_read_back(), past=("similar",)), "kembali")
    assert any(isinstance(effect, FindSimilar) for effect in turn.effects)


def test_with_nothing_begun_there_is_nothing_to_go_back_to() -> None:
    assert "Tidak ada pertanyaan sebelumnya" in said(play(session(), "kembali"))


@pytest.mark.parametrize("word", ["balik", "wangsul", "go back", "Kembali!", "sebelumnya"])
def test_it_is_asked_for_in_three_languages(word: str) -> None:
    assert play(asked_where(), word).session.step == "describe"


def test_the_command_means_the_same() -> None:
    assert play(asked_where(), CommandGiven("kembali")).session.step == "describe"


def test_after_filing_the_questions_are_forgotten() -> None:
    before = replace(at_read_back(), past=("describe", "location"))
    assert play(before, "kirim").session.past == ()


def test_who_may_be_in_danger_is_not_led_about() -> None:
    danger = session(step="emergency", draft=at_read_back(danger="kebakaran").draft)
    turn = play(danger, "kembali")
    assert turn.session.step == "emergency"
    assert "112" in said(turn)


def test_a_session_of_an_older_release_has_no_questions_behind_it() -> None:
    stored = Session().to_json().replace(', "past": []', "")
    assert Session.from_json(stored).past == ()
