"""When offices work: pure data, as times of day and dates. Who counts the hours is not said here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from cities.page import Page

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
A_WORKING_DAY = 7.5  # hours; Perpres 21/2023: 37.5 hours in five days
Week = Mapping[int, tuple[tuple[time, time], ...]]
"""By weekday (Monday is 0): the spans in which work is done, in local time, the break taken out."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which the city's offices are closed though the national calendar does not say so."""

    day: date
    name: str


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Office hours by kind of week, with what closes them."""

    office: Week
    ramadan: Week
    ramadan_dates: tuple[tuple[date, date], ...]
    """First and last day, both included; approximate until the ministry has sat."""
    always_open: frozenset[str]
    """Agencies that work day and night."""
    holiday_country: str
    holiday_categories: tuple[str, ...]
    closures: tuple[Closure, ...]


def read_hours(table: Page, city: Page) -> WorkingHours:
    """Working hours from working_hours.yaml and the holidays of city.yaml."""
    holidays = city.page("holidays")
    return WorkingHours(
        office=_week(table.page("office")),
        ramadan=_week(table.page("ramadan")),
        ramadan_dates=_ramadan_dates(table.page("ramadan").page("dates")),
        always_open=frozenset(table.page("always_open").words("agencies")),
        holiday_country=holidays.text("country"),
        holiday_categories=holidays.words("categories"),
        closures=tuple(_closure(page) for page in holidays.pages("closures", "day")),
    )


def _week(page: Page) -> Week:
    week: dict[int, tuple[tuple[time, time], ...]] = {}
    hours = page.page("hours")
    for name in hours:
        days = _days(name)
        if not days:
            hours.fault(name, "names no days", "Use for example mon_thu, fri or mon_thu_sat")
        shift = hours.page(name)
        spans = _spans(shift)
        week |= dict.fromkeys(days, spans)
    _check_total(page, week)
    return MappingProxyType(dict(sorted(week.items())))


def _days(name: str) -> tuple[int, ...]:
    """`mon_thu` is Monday to Thursday, `fri` is Friday, `mon_thu_sat` is Monday to Thursday and Saturday."""
    parts = name.split("_")
    if not all(part in DAYS for part in parts) or len(parts) > 3:
        return ()
    first, *rest = (DAYS.index(part) for part in parts)
    if not rest:
        return (first,)
    return (*range(first, rest[0] + 1), *rest[1:])


def _spans(shift: Page) -> tuple[tuple[time, time], ...]:
    start, end = _time(shift, "start"), _time(shift, "end")
    pause = shift.words("break")
    moments = [start, *(_moment(shift, "break", each) for each in pause), end]
    if len(pause) not in (0, 2) or moments != sorted(set(moments)):
        shift.fault(
            "",
            "does not run forward from start over the break to end",
            "Order the times",
        )
        return ()
    return tuple(zip(moments[::2], moments[1::2], strict=True))


def _time(page: Page, name: str) -> time:
    return _moment(page, name, page.text(name))


def _moment(page: Page, name: str, written: str) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        page.fault(name, f"{written!r} is no time of day", 'Write for example "07:30"')
        return time()


def _check_total(page: Page, week: Week) -> None:
    if "week_hours" not in page:
        return
    minutes = sum(_minutes(end) - _minutes(start) for spans in week.values() for start, end in spans)
    if minutes != round(page.number("week_hours") * 60):
        page.fault(
            "week_hours",
            f"the hours below add up to {minutes / 60:g}",
            "Correct the hours or the total",
        )


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _ramadan_dates(page: Page) -> tuple[tuple[date, date], ...]:
    found = []
    for year in page:
        if not year.isdigit():
            continue
        days = [_day(page, year, written) for written in page.words(year)]
        if len(days) != 2 or days[0] > days[1]:
            page.fault(
                year,
                "is not a first and a last day",
                'Write ["2026-02-19", "2026-03-20"]',
            )
            continue
        found.append((days[0], days[1]))
    return tuple(found)


def _closure(page: Page) -> Closure:
    return Closure(_day(page, "day", str(page.raw("day"))), page.text("name"))


def _day(page: Page, name: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        page.fault(name, f"{written!r} is no day", 'Write for example "2026-08-17"')
        return date.min
