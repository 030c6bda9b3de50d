"""The question of the category is never asked twice with the same list, and twice in vain ends it."""

import pytest

from bot.dialogue.replies import Choice
from bot.dialogue.session import Session
from tests.makers import CITY, draft, knowledge, play, session, shown, unclear, values

FITTING = ("trantibum", "kesehatan", "sampah", "pencemaran", "drainase_sungai", "pasar_harga")


def asked(**changes: object) -> Session:
    offered = tuple(Choice(f"category:{id_}", id_) for id_ in FITTING[:3])
    begun = draft(category="", category_options=FITTING, description="ada ular masuk rumah", **changes)
    return session(step="category", draft=begun, offered=offered)


@pytest.mark.parametrize("text", ["bukan itu kategorinya", "salah semua", "hewan", "lewati dulu kali ya", "kirim"])
def test_a_miss_brings_others(text: str) -> None:
    turn = play(asked(), text, knowledge(heard=unclear()))
    if turn.session.step == "category":
        assert not {f"category:{id_}" for id_ in FITTING[:3]} & set(values(turn))
        assert "category_list" in values(turn)


@pytest.mark.parametrize("again", ["bukan juga", "hewan", "kirim", "kirim aja"])
def test_a_second_miss_takes_one_for_a_person_to_check(again: str) -> None:
    once = play(asked(), "bukan itu kategorinya", knowledge(heard=unclear()))
    turn = play(once.session, again, knowledge(heard=unclear()))
    assert turn.session.draft is not None
    assert turn.session.draft.category in (*FITTING, CITY.fallback_category)
    assert turn.session.draft.needs_check
    assert turn.session.step != "category"


@pytest.mark.parametrize("text", ["iya", "iya sudah betul, kirim aja ya bu", "muhun leres", "ya udah itu aja"])
def test_a_yes_takes_the_likeliest(text: str) -> None:
    turn = play(asked(), text, knowledge(heard=unclear()))
    assert turn.session.draft is not None
    assert (turn.session.draft.category, turn.session.draft.needs_check) == (FITTING[0], True)


def test_a_no_does_not() -> None:
    assert play(asked(), "tidak", knowledge(heard=unclear())).session.step == "category"


def test_what_is_asked_aside_brings_the_list_of_before() -> None:
    once = play(asked(), "bukan itu kategorinya", knowledge(heard=unclear()))
    aside = play(once.session, "makasih ya bu sehat selalu", knowledge(heard=unclear()))
    assert values(aside) == values(once)
    assert "Sama-sama" in shown(aside).text


def test_after_two_misses_a_place_is_asked_as_if_for_the_first_time() -> None:
    before = asked(place=None, place_words="")
    once = play(before, "bukan itu kategorinya", knowledge(heard=unclear()))
    turn = play(once.session, "bukan juga", knowledge(heard=unclear()))
    assert (turn.session.step, turn.session.tries) == ("location", 0)


def test_the_last_list_offers_the_one_for_everything_else() -> None:
    few = session(step="category", draft=draft(category="", category_options=FITTING[:3]), offered=asked().offered)
    turn = play(few, "bukan itu kategorinya", knowledge(heard=unclear()))
    assert f"category:{CITY.fallback_category}" in values(turn)
