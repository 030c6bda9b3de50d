"""Telephone numbers are told from other numbers, warned of, and not shown to others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.knowledge import TakeOverFacts
from bot.dialogue.phone_numbers import HIDDEN, phones_in, without_phones
from bot.dialogue.steps.read_back import where
from tests.makers import NUMBER, STREET, at_read_back, command, heard, knowledge, play, session, shown


@pytest.mark.parametrize(
    "number", ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "62812345678901", "(022) 4207777", "022.420.7777"]
)
def test_a_telephone_number_is_found_as_it_was_written(number: str) -> None:
    assert phones_in(f"hubungi {number} ya") == (number,)
    assert without_phones(f"hubungi {number} ya") == f"hubungi {HIDDEN} ya"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "-6.9078, 107.6213",
        "rt 05 rw 02 no 12",
        "tahun 2026",
        "tiang PJU 00123",
        "rp 2.000.000",
        "jam 08.00-16.00",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert phones_in(text) == ()


@given(st.text("0123456789 .-+()aA", max_size=60))
def test_what_is_hidden_leaves_nothing_to_hide(text: str) -> None:
    assert without_phones(text).count(HIDDEN) == len(phones_in(text))


def test_the_read_back_warns_and_keeps_the_words() -> None:
    told = heard(place=STREET)
    turn = play(session(), "lampu mati di cikutra, hubungi 0812-3456-7890", knowledge(heard=told))
    assert "Ada nomor telepon di tulisan Anda." in shown(turn).text
    assert turn.session.draft is not None
    assert "0812-3456-7890" in turn.session.draft.description


def test_without_one_nothing_is_said_of_it() -> None:
    assert "nomor telepon" not in shown(play(at_read_back(), "kembali")).text
    assert "nomor telepon" not in shown(play(session(), "lampu mati", knowledge(heard=heard(place=STREET)))).text


def test_a_place_is_shown_without_it() -> None:
    assert where(None, "depan rumah pak Asep 081234567890") == f"depan rumah pak Asep {HIDDEN}"
    assert "0812" not in where(STREET, "bengkel 081234567890")


def test_who_opens_the_link_of_a_card_does_not_see_it() -> None:
    found = TakeOverFacts("open", NUMBER, "lampu mati, hubungi 081234567890", "token")
    text = shown(play(session(), command("start"), replace(knowledge(), takeover=found))).text
    assert "lampu mati" in text
    assert "0812" not in text
