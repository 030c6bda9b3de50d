"""Report numbers as they are mistyped."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import ChoicePicked, CommandGiven, TextSent
from bot.services.number_slips import NumberSlip, heard, slip_in
from storage.numbers import format_number

OWN = ("BDG-261124-0042-4", "BDG-261124-0017-6")


@given(st.integers(1, 99999), st.dates(date(2020, 1, 1), date(2099, 12, 31)), st.sampled_from("Oo"))
def test_a_letter_for_a_nought_means_that_very_number(n: int, day: date, letter: str) -> None:
    number = format_number("BDG", day, n)
    assert slip_in(f"status {number.replace('0', letter)} ya", "BDG", ()) == NumberSlip(
        number.replace("0", letter), meant=number, whole=True
    )


@given(st.integers(1, 9999))
def test_without_the_last_digit_it_means_ones_own_report_and_nobody_elses(n: int) -> None:
    number = format_number("BDG", date(2026, 11, 24), n)
    typed = number[:-2]
    mine = slip_in(typed, "BDG", tuple(dict.fromkeys((number, *OWN))))
    assert mine is not None
    assert mine.meant == number
    others = slip_in(typed, "BDG", [each for each in OWN if each != number])
    assert others is not None
    assert (others.written, others.meant, others.whole) == (typed, "", False)


def test_one_wrong_digit_is_near_ones_own_report() -> None:
    slip = slip_in("BDG-261124-0042-5", "BDG", OWN)
    assert slip == NumberSlip("BDG-261124-0042-5", near=OWN[0])


def test_where_two_of_ones_own_are_near_neither_is_meant() -> None:
    slip = slip_in("BDG-261124-0052-4", "BDG", ("BDG-261124-0042-4", "BDG-261124-0062-4"))
    assert slip is not None
    assert slip.near == ""


@pytest.mark.parametrize(
    "text",
    [
        "banjir di bdg 3 hari",
        "di bdg selatan",
        "BDG",
        "macet bdg - cimahi",
        "bdg-ku kotor",
        "jalan no 12",
        "081234567890",
    ],
)
def test_words_without_a_number_of_a_report_are_none(text: str) -> None:
    assert slip_in(text, "BDG", OWN) is None


def test_behind_status_a_number_may_stand_without_its_prefix() -> None:
    assert heard(TextSent("status 2611"), "BDG", OWN) == NumberSlip("2611", whole=False)
    assert heard(CommandGiven("status", "261124-0017"), "BDG", OWN) == NumberSlip("261124-0017", OWN[1], whole=False)
    assert heard(TextSent("jalan 2611"), "BDG", OWN) is None
    assert heard(CommandGiven("hubungkan", "261124"), "BDG", OWN) is None
    assert heard(ChoicePicked("about:BDG-26", 0), "BDG", OWN) is None
