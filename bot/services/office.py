"""What every service needs of the city and its rules, made once at start."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.services.working_time import WorkingTime
from cities.city import City
from storage.lifecycle import Lifecycle


@dataclass(frozen=True, slots=True)
class Office:
    """One city's rules, joined."""

    city: City
    lifecycle: Lifecycle
    working_time: WorkingTime
    citizen_channel: str  # where citizens can report, for people who are not staff

    def today(self, now: datetime) -> date:
        """The city's calendar day."""
        return now.astimezone(self.city.timezone).date()

    @property
    def open_statuses(self) -> frozenset[str]:
        """Statuses in which a report is still open for its reporter."""
        return frozenset(status.code for status in self.city.statuses.values() if status.open)


def open_office(city: City, citizen_channel: str) -> Office:
    """Join a city's rules."""
    return Office(city, Lifecycle(city.statuses, city.transitions), WorkingTime(city), citizen_channel)
