"""Whoever asks that nobody be told who they are is told how that is kept, and it is no place and no problem."""

import pytest

from bot.dialogue import secrecy_words
from tests.makers import PASAR, asked_where, at_read_back, draft, heard, knowledge, play, session, shown, unclear

PLEAS = (
    "takut ah, jangan kasih tau siapa2 ya",
    "jangan bilang2 ke tetangga ya nama saya",
    "ulah dibejakeun ka saha-saha nya",
    "tolong rahasiakan nama saya",
    "please don't tell anyone it was me",
    "sieun kanyahoan ku tatangga",
    "nomor rumah saya jangan ditulis",
)
NONE = (
    "jangan sampai rumah saya bocor lagi",
    "jangan kasih izin pabrik itu",
    "lampu jalan mati",
    "depan rumah saya",
    "nama saya bisa ketauan ga?",
    "takut jatuh, jalannya licin",
    "",
)


@pytest.mark.parametrize("text", PLEAS)
def test_a_plea_is_heard(text: str) -> None:
    assert secrecy_words.pleads(text)


@pytest.mark.parametrize("text", NONE)
def test_other_words_are_none(text: str) -> None:
    assert not secrecy_words.pleads(text)


@pytest.mark.parametrize("text", PLEAS)
def test_at_the_question_of_the_place_it_is_answered_and_the_question_stands(text: str) -> None:
    turn = play(asked_where(), text, knowledge(heard=unclear()))
    assert turn.session.step == "location"
    assert "RAHASIA" in shown(turn).text
    assert "Di mana tempat masalahnya?" in shown(turn).text
    assert turn.session.draft == draft(place=None, place_words="", privacy="rahasia", privacy_chosen=True)


def test_at_the_read_back_it_is_read_back_so() -> None:
    turn = play(at_read_back(), "jangan sebut nama saya ya", knowledge(heard=unclear()))
    assert "Nama Anda: rahasia" in shown(turn).text
    assert turn.session.draft is not None
    assert turn.session.draft.description == draft().description


def test_beside_a_problem_or_a_place_both_count() -> None:
    told = knowledge(heard=heard("trantibum", place=PASAR))
    first = play(session(), "ada yang jual miras di pasar cihapit, jangan kasih tau siapa-siapa ya", told)
    assert first.session.draft is not None
    assert (first.session.draft.privacy, first.session.draft.place) == ("rahasia", PASAR)
    answer = play(asked_where(), "di pasar cihapit, jangan bilang siapa-siapa", knowledge(heard=heard(place=PASAR)))
    assert answer.session.draft is not None
    assert (answer.session.draft.privacy, answer.session.draft.place) == ("rahasia", PASAR)


def test_it_may_be_taken_back() -> None:
    quiet = play(at_read_back(), "jangan sebut nama saya ya", knowledge(heard=unclear()))
    shown_again = play(quiet.session, "tampil")
    assert shown_again.session.draft is not None
    assert shown_again.session.draft.privacy == "tampil"
