"""Report numbers, as people type and mistype them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage import Database, Tx
from storage.numbers import NumberMention, draw_number, format_number, luhn_digit, next_number, parse_number

DAY = date(2026, 11, 24)
days = st.dates(date(2020, 1, 1), date(2069, 12, 31))
running = st.integers(1, 250_000)


def test_a_number_looks_as_on_the_poster() -> None:
    assert format_number("BDG", DAY, 42) == "BDG-261124-0042-4"
    assert format_number("BDG", DAY, 12345).startswith("BDG-261124-12345-")


@pytest.mark.parametrize(("digits", "check"), [("7992739871", 3), ("401288888888188", 1), ("0", 0)])
def test_the_check_digit_is_that_of_luhn(digits: str, check: int) -> None:
    assert luhn_digit(digits) == check


@given(days, running)
def test_a_number_is_read_back_as_it_was_written(day: date, n: int) -> None:
    number = format_number("BDG", day, n)
    assert parse_number(number, "BDG") == NumberMention(number, True, number)


@given(days, running, st.data())
def test_one_wrong_digit_is_always_caught(day: date, n: int, choose: st.DataObject) -> None:
    number = format_number("BDG", day, n)
    place = choose.draw(st.sampled_from([i for i, sign in enumerate(number) if sign.isdigit()]))
    wrong = choose.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    mention = parse_number(number[:place] + wrong + number[place + 1 :], "BDG")
    assert mention is not None
    assert not mention.valid


@given(days, running, st.data())
def test_two_swapped_neighbours_are_caught_but_for_09_and_90(day: date, n: int, choose: st.DataObject) -> None:
    number = format_number("BDG", day, n)
    places = [i for i, sign in enumerate(number) if sign.isdigit()]
    first, second = choose.draw(st.sampled_from(list(pairwise(places))))
    assume(number[first] != number[second])
    assume({number[first], number[second]} != {"0", "9"})
    swapped = list(number)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    mention = parse_number("".join(swapped), "BDG")
    assert mention is not None
    assert not mention.valid


@pytest.mark.parametrize(
    "written",
    [
        "BDG-261124-0042-4",
        "bdg-261124-0042-4",
        "status bdg 261124 0042 4 dong",
        "BDG2611240042 4",
        "bdg26112400424",
        "BDG – 261124 – 0042 – 4",
        "bdg/261124/0042/4",
        "261124-0042-4",
        "26112400424",
        "nomernya 261124 0042 4, kumaha?",
        "(BDG-261124-0042-4)",
        "BDG-261124-42-4",
        "BDG-261124-0042-4 sudah 5 hari",
        "laporan BDG-261124-0042-4, tlp 081234567890",
        "tlp 081234567890, laporan BDG-261124-0042-4",
        "BDG-261124-0024-4 eh salah, BDG-261124-0042-4",
        "BDG_261124_0042_4.",
    ],
)
def test_a_number_is_found_however_it_is_typed(written: str) -> None:
    mention = parse_number(written, "BDG")
    assert mention is not None
    assert (mention.number, mention.valid) == ("BDG-261124-0042-4", True)
    assert mention.written in written


@pytest.mark.parametrize(
    "written",
    [
        "BDG-261124-0043-4",
        "BDG-261324-0042-4",
        "bdg 261124 0042 5",
        "BDG-261124-042-5",
        "261124-0043-4",
        "BDG-261124-0000-6",
        "BDG-530409-01000-1",  # the 10000th with its first two digits swapped; as 1000 it would hold,
    ],
)
def test_a_mistyped_number_is_recognised_as_one_that_does_not_hold(written: str) -> None:
    mention = parse_number(written, "BDG")
    assert mention is not None
    assert not mention.valid


@pytest.mark.parametrize(
    "written",
    [
        "",
        "jalan rusak",
        "telepon 081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "022-4231234",
        "NIK 3273011234567890",
        "tanggal 24-11-2026 jam 10.30",
        "26112400434",
        "RT 03 RW 05 no 261124",
        "BDG",
        "xBDG261124004240000",
    ],
)
def test_other_digits_are_not_taken_for_a_number(written: str) -> None:
    assert parse_number(written, "BDG") is None


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    mention = parse_number(text, "BDG")
    assert mention is None or mention.written in text


def test_another_city_has_another_prefix() -> None:
    number = format_number("A.B", DAY, 1)
    assert parse_number(number, "A.B") == NumberMention(number, True, number)
    assert parse_number("AxB" + number[3:].replace("-", ""), "A.B") is None


def test_numbers_of_a_day_are_drawn_one_after_the_other(database: Database) -> None:
    drawn = [database.run_sync(draw_number, "BDG", DAY) for _ in range(3)]
    assert drawn == [format_number("BDG", DAY, n) for n in (1, 2, 3)]
    assert database.run_sync(draw_number, "BDG", DAY + timedelta(days=1)) == format_number("BDG", date(2026, 11, 25), 1)


def test_looking_at_the_next_number_does_not_draw_it(database: Database) -> None:
    for look in (database.read_sync, database.run_sync, database.read_sync):
        assert look(next_number, "BDG", DAY) == format_number("BDG", DAY, 1)
    assert database.run_sync(draw_number, "BDG", DAY) == format_number("BDG", DAY, 1)
    assert database.read_sync(next_number, "BDG", DAY) == format_number("BDG", DAY, 2)


def test_a_number_whose_report_was_not_kept_is_drawn_again(database: Database) -> None:
    def fail(tx: Tx) -> None:
        draw_number(tx, "BDG", DAY)
        raise RuntimeError("the report is not kept")

    with pytest.raises(RuntimeError):
        database.run_sync(fail)
    assert database.run_sync(draw_number, "BDG", DAY) == format_number("BDG", DAY, 1)


def test_callers_at_the_same_moment_draw_different_numbers_without_a_gap(database: Database) -> None:
    with ThreadPoolExecutor(8) as callers:
        drawn = list(callers.map(lambda _: database.run_sync(draw_number, "BDG", DAY), range(24)))
    assert sorted(drawn) == [format_number("BDG", DAY, n) for n in range(1, 25)]
