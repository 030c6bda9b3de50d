"""What every service needs of the city and its rules, made once at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.dialogue.knowledge import Heard
from bot.services.campaign_pace import WHATSAPP_A_DAY
from bot.services.working_time import WorkingTime
from cities.city import City
from storage.lifecycle import Lifecycle

Alike = Callable[[str, str], float]
"""How alike two descriptions are, from 0 to 1."""
SubCategoryOf = Callable[[str, str], str]
"""From a description and a category: the sub-category that the words tell; "" where they leave it open."""


Hear = Callable[[str], Heard]
"""What a text means."""


def left_open(description: str, category: str) -> str:
    """No sub-category: for an office without a reader."""
    return ""


def never_compared(one: str, other: str) -> float:
    """Not alike: for an office without a reader."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Office:
    """One city's rules, joined."""

    city: City
    lifecycle: Lifecycle
    working_time: WorkingTime
    citizen_channel: str  # where citizens can report, for people who are not staff
    sub_category_of: SubCategoryOf = left_open
    alike: Alike = never_compared
    patient: bool = True  # waits a moment for the next piece of a message; not at a keyboard of one's own
    hold: timedelta = timedelta(seconds=60)  # for which news of a step that can be taken back wait
    played: bool = False  # staff are roles that anybody may play: every agency has a contact person then
    whatsapp_campaigns_a_day: int = WHATSAPP_A_DAY  # as many messages of campaigns begin a talk on WhatsApp in one day
    hear: Hear | None = None  # None for an office without a reader
    pages: str = ""  # where our own pages lie, without a slash at the end; "" where there are none

    def today(self, now: datetime) -> date:
        """The city's calendar day."""
        return now.astimezone(self.city.timezone).date()

    @property
    def open_statuses(self) -> frozenset[str]:
        """Statuses in which a report is still open for its reporter."""
        return frozenset(status.code for status in self.city.statuses.values() if status.open)


def open_office(
    city: City,
    citizen_channel: str,
    sub_category_of: SubCategoryOf = left_open,
    pages: str = "",
    alike: Alike = never_compared,
    hear: Hear | None = None,
) -> Office:
    """Join a city's rules."""
    lifecycle = Lifecycle(city.statuses, city.transitions)
    working_time = WorkingTime(city)
    return Office(
        city, lifecycle, working_time, citizen_channel, sub_category_of, alike, hear=hear, pages=pages.rstrip("/")
    )
