"""Dates as staff type them, seen from Tuesday 24 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.dates import MONTHS, DateFound, date_in

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("3/12 menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("3/12/2026 menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("3-12-26, menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("2026-12-03 menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("3 desember menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("3 Des. 2026: menunggu aspal", date(2026, 12, 3), "menunggu aspal"),
        ("tanggal 3 Desember", date(2026, 12, 3), ""),
        ("menunggu aspal, pada hari Kamis 3 Desember 2026", date(2026, 12, 3), "menunggu aspal, pada hari Kamis"),
        ("senin depan alat dipakai", date(2026, 11, 30), "alat dipakai"),
        ("Senin minggu depan alat dipakai", date(2026, 11, 30), "alat dipakai"),
        ("jumat depan", date(2026, 12, 4), ""),
        ("jumat", date(2026, 11, 27), ""),
        ("hari jumat ini", date(2026, 11, 27), ""),
        ("selasa", date(2026, 12, 1), ""),
        ("hari minggu", date(2026, 11, 29), ""),
        ("minggu depan", date(2026, 12, 1), ""),
        ("dua minggu lagi nunggu hotmix", date(2026, 12, 8), "nunggu hotmix"),
        ("3 hari lagi", date(2026, 11, 27), ""),
        ("besok pagi", date(2026, 11, 25), "pagi"),
        ("besok lusa", date(2026, 11, 26), ""),
        ("lusa", date(2026, 11, 26), ""),
        ("hari ini", TODAY, ""),
        ("isukan", date(2026, 11, 25), ""),
        ("pageto nunggu alat", date(2026, 11, 26), "nunggu alat"),
        ("senen payun", date(2026, 11, 30), ""),
        ("salasa payun", date(2026, 12, 1), ""),
        ("tgl 3 nunggu alat", date(2026, 12, 3), "nunggu alat"),
        ("tanggal 30", date(2026, 11, 30), ""),
        ("15 Januari", date(2027, 1, 15), ""),
        ("15/1", date(2027, 1, 15), ""),
        ("next monday, waiting for asphalt", date(2026, 11, 30), "waiting for asphalt"),
        ("tomorrow", date(2026, 11, 25), ""),
    ],
)
def test_a_date_is_found_with_what_is_said_beside_it(text: str, day: date, rest: str) -> None:
    found = date_in(text, TODAY)
    assert found == DateFound(day, rest)


@pytest.mark.parametrize(
    "text", ["", "menunggu aspal", "2 minggu kerja", "butuh 3 orang", "jam 10.30", "2,5 km", "seminggu"]
)
def test_words_without_a_date_have_none(text: str) -> None:
    assert date_in(text, TODAY) is None


@pytest.mark.parametrize("text", ["31/2", "0/12", "32 desember", "3/13", "2026-02-30"])
def test_what_only_looks_like_a_date_is_found_as_none(text: str) -> None:
    assert date_in(f"{text} menunggu aspal", TODAY) == DateFound(None, "menunggu aspal")


def test_a_day_that_has_just_passed_is_not_taken_for_next_year() -> None:
    assert date_in("3 november", TODAY) == DateFound(date(2026, 11, 3), "")


@given(st.dates(TODAY, TODAY + timedelta(days=180)), st.dates(TODAY, TODAY))
def test_every_day_of_the_next_half_year_can_be_typed_without_its_year(day: date, today: date) -> None:
    named = next(name for name, number in MONTHS.items() if number == day.month)
    for text in (f"{day.day}/{day.month}", f"{day.day} {named}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"):
        assert date_in(f"{text} menunggu alat", today) == DateFound(day, "menunggu alat")


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from("senin selasa rabu kamis jumat sabtu".split()))
def test_a_weekday_lies_within_the_next_seven_days_and_depan_within_the_next_calendar_week(
    today: date, name: str
) -> None:
    bare, following = date_in(name, today), date_in(f"{name} depan", today)
    assert bare
    assert following
    assert bare.day
    assert following.day
    assert 1 <= (bare.day - today).days <= 7
    assert following.day.weekday() == bare.day.weekday()
    assert following.day.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
