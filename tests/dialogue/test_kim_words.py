"""What somebody types about their group, and what is no word about one."""

import pytest

from bot.dialogue import kim_words
from bot.dialogue.events import CommandGiven, TextSent
from bot.dialogue.kim_words import KimAsked, area_in_words, asked


@pytest.mark.parametrize(
    ("typed", "what", "about"),
    [
        ("kim", kim_words.SHOW, ""),
        ("KIM undang", kim_words.INVITE, ""),
        ("gabung kim abcd2345", kim_words.JOIN, "abcd2345"),
        ("Gabung KIM ABCD 2345", kim_words.JOIN, "abcd 2345"),
        ("join kim ABCD2345", kim_words.JOIN, "abcd2345"),
        ("kim keluarkan 2", kim_words.REMOVE, "2"),
        ("kim koordinator 3", kim_words.HAND_OVER, "3"),
        ("kim kaluar", kim_words.LEAVE, ""),
        ("kim masih", kim_words.STAY, ""),
    ],
)
def test_a_group_is_spoken_of_in_plain_words(typed: str, what: str, about: str) -> None:
    assert asked(TextSent(typed)) == KimAsked(what, about)


@pytest.mark.parametrize(
    "typed",
    [
        "lampu jalan mati",
        "pak kim rumahnya kebanjiran",
        "kim keluar rumah banjir",
        "gabung kim",
        "kim jalan rusak parah sekali",
    ],
)
def test_a_problem_is_no_word_about_a_group(typed: str) -> None:
    assert asked(TextSent(typed)) is None


def test_a_link_carries_its_code_and_a_command_its_order() -> None:
    assert asked(CommandGiven("start", "kim_ABCD2345")) == KimAsked(kim_words.JOIN, "ABCD2345")
    assert asked(CommandGiven("kim", "gabung ABCD2345")) == KimAsked(kim_words.JOIN, "ABCD2345")
    assert asked(CommandGiven("kim", "entah")) == KimAsked(kim_words.SHOW)
    assert asked(CommandGiven("start", "laporan")) is None


def test_an_area_is_a_kelurahan_or_some_of_its_rw() -> None:
    assert area_in_words("Dago", "Coblong", "3,5") == "RW 3, 5, Kel. Dago, Kec. Coblong"
    assert area_in_words("Dago", "Coblong", "") == "Kel. Dago, Kec. Coblong"
