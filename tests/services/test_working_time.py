"""Working hours are counted as the city's offices keep them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.working_time import WorkingTime
from cities.city import City
from cities.hours import Closure
from cities.loading import load_city
from tests import naive_hours

WIB = ZoneInfo("Asia/Jakarta")
CITY = load_city("bandung")
HOURS = WorkingTime(CITY)


def wib(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=WIB)


# Examples that a person can check on a calendar


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-24 08:00", 2, "2026-11-24 10:00"),  # a Tuesday
        ("2026-11-24 11:30", 1, "2026-11-24 13:30"),  # over the break, 12 to 13
        ("2026-11-24 15:30", 1, "2026-11-25 08:00"),  # over the night
        ("2026-11-27 11:00", 1, "2026-11-27 13:30"),  # Friday's break is longer: 11.30 to 13
        ("2026-11-27 16:00", 1, "2026-11-30 08:00"),  # over a weekend
        ("2026-11-26 16:20", 1, "2026-11-27 08:30"),  # working_hours.yaml: "starts at the next opening"
        ("2026-11-28 10:00", 0, "2026-11-30 07:30"),  # a Saturday: nothing to count, but nobody is there either
        ("2026-12-23 15:00", 2, "2026-12-28 08:30"),  # the 24th is collective leave, Christmas a Friday
        ("2026-03-09 14:00", 2, "2026-03-10 09:00"),  # Ramadan: until 15.00, from 8.00
        ("2026-03-06 11:00", 1, "2026-03-06 13:00"),  # a Friday in Ramadan: break 11.30 to 12.30
    ],
)
def test_hours_run_only_while_the_offices_work(start: str, hours: float, end: str) -> None:
    assert HOURS.add_hours(wib(start), hours) == wib(end)


def test_collective_leave_is_no_working_day() -> None:
    # SKB 3 Menteri 2026: 16 February is collective leave before Imlek, 17 February
    assert HOURS.add_hours(wib("2026-02-13 16:00"), 1) == wib("2026-02-18 08:00")


def test_a_local_closure_closes_the_offices_of_this_city_only() -> None:
    closed = replace(CITY, hours=replace(CITY.hours, closures=(Closure(date(2026, 11, 25), "surat edaran wali kota"),)))
    assert WorkingTime(closed).add_hours(wib("2026-11-24 15:30"), 1) == wib("2026-11-26 08:00")
    assert not WorkingTime(closed).is_open(wib("2026-11-25 10:00"))
    assert HOURS.is_open(wib("2026-11-25 10:00"))


def test_an_agency_that_never_closes_counts_clock_hours(city: City) -> None:
    assert "diskar_pb" in city.hours.always_open
    assert HOURS.add_hours(wib("2026-11-28 22:00"), 3, agency="diskar_pb") == wib("2026-11-29 01:00")
    assert HOURS.add_hours(wib("2026-11-28 22:00"), 3, agency="dishub") == wib("2026-11-30 10:30")


def test_a_working_day_is_seven_and_a_half_hours() -> None:
    assert HOURS.add_working_days(wib("2026-11-24 07:30"), 1) == wib("2026-11-24 16:00")
    assert HOURS.add_working_days(wib("2026-11-24 10:00"), 2) == wib("2026-11-26 10:00")


def test_time_between_two_moments_is_what_was_worked(city: City) -> None:
    assert HOURS.between(wib("2026-11-24 15:30"), wib("2026-11-25 08:00")) == timedelta(hours=1)
    assert HOURS.between(wib("2026-11-27 11:00"), wib("2026-11-27 12:45")) == timedelta(minutes=30)
    assert HOURS.between(wib("2026-11-28 10:00"), wib("2026-11-29 10:00")) == timedelta()
    assert HOURS.between(wib("2026-11-25 10:00"), wib("2026-11-24 10:00")) == timedelta()
    assert HOURS.between(wib("2026-11-28 10:00"), wib("2026-11-29 10:00"), agency="bpbd") == timedelta(days=1)


def test_the_offices_close_at_their_hour_and_never_open_on_a_holiday() -> None:
    assert HOURS.closing_of(date(2026, 11, 27)) == wib("2026-11-27 16:30")
    assert HOURS.closing_of(date(2026, 12, 25)) is None


def test_open_and_next_opening_agree() -> None:
    assert HOURS.is_open(wib("2026-11-24 07:30"))
    assert not HOURS.is_open(wib("2026-11-24 12:00"))
    assert not HOURS.is_open(wib("2026-11-24 16:00"))
    assert HOURS.next_opening(wib("2026-11-24 12:10")) == wib("2026-11-24 13:00")
    assert HOURS.next_opening(wib("2026-11-24 09:10")) == wib("2026-11-24 09:10")


def test_hours_that_never_come_are_no_endless_search() -> None:
    never = WorkingTime(replace(CITY, hours=replace(CITY.hours, office={}, ramadan={})))
    with pytest.raises(ValueError, match="never come"):
        never.add_hours(wib("2026-11-24 08:00"), 1)


# Properties

moments = st.integers(0, 545 * 24 * 60).map(lambda count: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=count))
"""Every minute of a year and a half."""
minutes = st.integers(1, 60 * 60)


def counted(start: datetime, length: int) -> datetime:
    return HOURS.add_hours(start, length / 60)


@given(moments, minutes)
def test_a_due_time_never_lands_where_the_offices_are_closed(start: datetime, length: int) -> None:
    end = counted(start, length)
    assert end.tzinfo == UTC
    assert HOURS.is_open(end - timedelta(microseconds=1))


@given(moments, st.timedeltas(timedelta(0), timedelta(days=20)), minutes)
def test_who_comes_later_is_never_due_earlier(start: datetime, gap: timedelta, length: int) -> None:
    assert counted(start, length) <= counted(start + gap, length)


@given(moments, minutes, minutes)
def test_more_hours_are_always_later_and_add_up(start: datetime, first: int, second: int) -> None:
    both = counted(start, first + second)
    assert both > counted(start, first)
    assert abs(counted(counted(start, first), second) - both) < timedelta(milliseconds=1)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_counting_and_adding_are_each_others_inverse(start: datetime, gap: timedelta) -> None:
    worked = HOURS.between(start, start + gap)
    if worked:
        assert HOURS.add(start, worked) <= start + gap
        assert HOURS.between(start, HOURS.add(start, worked)) == worked


@given(moments, st.integers(1, 4 * 24 * 60))
def test_the_count_is_that_of_a_clerk_who_counts_every_minute(start: datetime, length: int) -> None:
    end = start + timedelta(minutes=length)
    assert HOURS.between(start, end) == timedelta(minutes=naive_hours.minutes_between(start, end))


days_off = st.dictionaries(
    st.dates(date(2026, 2, 1), date(2026, 5, 31)), st.sampled_from(("", "dishub", "dlh", "bpbd")), max_size=8
)
"""Closures by circular, of all offices or of one, around Ramadan, Nyepi, Idul Fitri and their collective leave."""
in_spring = st.integers(0, 100 * 24 * 60).map(lambda n: datetime(2026, 2, 9, tzinfo=UTC) + timedelta(minutes=n))
agencies = st.sampled_from(("", "dishub", "dlh", "bpbd", "pln"))


@given(in_spring, st.integers(1, 5 * 24 * 60), days_off, agencies)
def test_closures_of_all_and_of_one_count_as_the_clerk_counts_them(
    start: datetime, length: int, closures: dict[date, str], agency: str
) -> None:
    hours = HOURS.closed_on(closures.items())
    closed = frozenset(day for day, whose in closures.items() if whose in ("", agency))
    end = start + timedelta(minutes=length)
    worked = naive_hours.minutes_between(start, end, agency, closed)
    assert hours.between(start, end, agency=agency) == timedelta(minutes=worked)


@given(in_spring, st.integers(1, 40 * 60), days_off, agencies)
def test_a_due_time_is_the_minute_in_which_the_clerk_has_counted_enough(
    start: datetime, length: int, closures: dict[date, str], agency: str
) -> None:
    closed = frozenset(day for day, whose in closures.items() if whose in ("", agency))
    due = HOURS.closed_on(closures.items()).add(start, timedelta(minutes=length), agency=agency)
    assert due == naive_hours.after(start, length, agency, closed)


@given(in_spring, st.lists(st.tuples(st.integers(1, 900), st.integers(0, 3000)), max_size=4), days_off)
def test_pauses_take_nothing_from_what_is_left(
    start: datetime, spells: list[tuple[int, int]], closures: dict[date, str]
) -> None:
    """Work and pause by turns: what was left at each pause runs on after it, until the whole has been worked."""
    hours, whole = HOURS.closed_on(closures.items()), timedelta(hours=30)
    closed = frozenset(day for day, whose in closures.items() if not whose)
    left, worked, moment = whole, 0, start
    for run, pause in spells:
        stopped = moment + timedelta(minutes=run)
        left = max(timedelta(), left - hours.between(moment, stopped))
        worked += naive_hours.minutes_between(moment, stopped, "", closed)
        moment = stopped + timedelta(minutes=pause)
    due = hours.add(moment, left)
    if left:
        assert due == naive_hours.after(moment, 30 * 60 - worked, "", closed)


@given(st.dates(date(2026, 2, 1), date(2026, 5, 31)), agencies)
def test_the_day_opens_with_its_first_minute_of_work_and_closes_with_its_last(day: date, agency: str) -> None:
    minutes_ = sorted(naive_hours.working_minutes(day))
    opens, closes = HOURS.opening_of(day, agency=agency), HOURS.closing_of(day, agency=agency)
    assert (opens is None) == (closes is None) == (not minutes_)
    if opens and closes:
        midnight = datetime.combine(day, datetime.min.time(), tzinfo=WIB)
        assert opens - midnight == timedelta(minutes=minutes_[0])
        assert closes - midnight == timedelta(minutes=minutes_[-1] + 1)


@given(moments)
def test_the_next_opening_is_open_and_not_in_the_past(moment: datetime) -> None:
    opening = HOURS.next_opening(moment)
    assert opening >= moment
    assert HOURS.is_open(opening)
    assert HOURS.next_opening(opening) == opening
