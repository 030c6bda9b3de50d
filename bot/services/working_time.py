"""Counting working hours: office hours, breaks, Ramadan, holidays with collective leave, local closures."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays

from cities.city import City
from cities.hours import A_WORKING_DAY

FARTHEST = 2000  # days: beyond this the city's hours must be wrong


@cache
def _holidays(country: str, categories: tuple[str, ...], language: str) -> holidays.HolidayBase:
    """Worked out once for each year that is asked for; named in this language where the calendar knows it."""
    return holidays.country_holidays(country, categories=categories, language=language)


class WorkingTime:
    """The working hours of one city's offices. All moments are aware; results are UTC."""

    def __init__(self, city: City, closures: Iterable[tuple[date, str]] = ()) -> None:
        """``closures`` are (day, agency), where "" closes all offices. What never closes is not closed by them either."""
        self._city = city
        self._hours = city.hours
        self._zone = city.timezone
        self._closures = frozenset(closures) | {(closure.day, "") for closure in city.hours.closures}
        self._holidays = _holidays(city.hours.holiday_country, city.hours.holiday_categories, city.languages[0])

    def closed_on(self, closures: Iterable[tuple[date, str]]) -> "WorkingTime":
        """The hours of the same city with these closures beside its own."""
        return WorkingTime(self._city, closures)

    def holidays(self, first: date, last: date) -> list[tuple[date, str]]:
        """The holidays of the calendar and the city's own closures in this span, by name."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        ours = {closure.day: closure.name for closure in self._hours.closures}
        return [(day, ours.get(day) or self._holidays[day]) for day in days if day in ours or day in self._holidays]

    def add_hours(self, start: datetime, hours: float, *, agency: str = "") -> datetime:
        """The moment when so many working hours have passed since ``start``; clock hours for an agency that never closes."""
        return self.add(start, timedelta(hours=hours), agency=agency)

    def add(self, start: datetime, left: timedelta, *, agency: str = "") -> datetime:
        """The same for a length of working time; the inverse of ``between``, to the microsecond."""
        if agency in self._hours.always_open:
            return start + left
        for opens, closes in self._spans_from(start, agency):
            if left <= closes - opens:
                return (opens + left).astimezone(UTC)
            left -= closes - opens
        raise ValueError("the city's working hours never come")

    def between(self, start: datetime, end: datetime, *, agency: str = "") -> timedelta:
        """How much working time lies between two moments; nothing when ``end`` is not the later one."""
        if end <= start:
            return timedelta()
        if agency in self._hours.always_open:
            return end - start
        passed = timedelta()
        for opens, closes in self._spans_from(start, agency):
            if opens >= end:
                return passed
            passed += min(closes, end) - opens
        raise ValueError("the city's working hours never come")

    def closing_of(self, day: date, *, agency: str = "") -> datetime | None:
        """When the offices close on that day; None when they do not open."""
        spans = self._spans_of(day, agency)
        return spans[-1][1].astimezone(UTC) if spans else None

    def opening_of(self, day: date, *, agency: str = "") -> datetime | None:
        """When the offices open on that day; None when they do not."""
        spans = self._spans_of(day, agency)
        return spans[0][0].astimezone(UTC) if spans else None

    def add_working_days(self, start: datetime, days: float) -> datetime:
        """The same in working days of 7.5 hours."""
        return self.add_hours(start, days * A_WORKING_DAY)

    def is_open(self, moment: datetime) -> bool:
        """Whether the offices work at that moment."""
        return any(opens <= moment < closes for opens, closes in self._spans_of(moment.astimezone(self._zone).date()))

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while the offices work, else when they open next."""
        return next(self._spans_from(moment))[0].astimezone(UTC)

    def _spans_from(self, start: datetime, agency: str = "") -> Iterator[tuple[datetime, datetime]]:
        day = start.astimezone(self._zone).date()
        for _ in range(FARTHEST):
            for opens, closes in self._spans_of(day, agency):
                if closes > start:
                    yield max(opens, start), closes
            day += timedelta(days=1)

    def _spans_of(self, day: date, agency: str = "") -> list[tuple[datetime, datetime]]:
        if day in self._holidays or (day, "") in self._closures or (day, agency) in self._closures:
            return []
        in_ramadan = any(first <= day <= last for first, last in self._hours.ramadan_dates)
        week = self._hours.ramadan if in_ramadan else self._hours.office
        return [(self._at(day, opens), self._at(day, closes)) for opens, closes in week.get(day.weekday(), ())]

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self._zone)
