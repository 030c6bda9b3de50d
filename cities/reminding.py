"""When people are reminded of a due time, when they are left in peace, and how much time a broken promise gets once more."""

from dataclasses import dataclass
from datetime import time

from cities.page import Page

NIGHT = (time(20), time(6))


@dataclass(frozen=True, slots=True)
class Reminding:
    """How a city reminds its offices."""

    at_percent: tuple[int, ...] = (50, 80)
    """Of the promised working time, rising; when all of it has passed everybody hears of it anyway."""
    digest_minutes: int = 60
    """One person gets at most one reminder in so many minutes, about everything that came up."""
    quiet: tuple[time, time] = NIGHT
    """From when to when nobody is reminded of anything but an emergency."""
    emergency_minutes: int = 15
    """After so many minutes an emergency that nobody looked at is told to everybody once more."""
    again_least_wh: float = 4
    """A broken promise gets as many working hours again as it had, but at least so many ..."""
    again_most_wh: float = 37.5
    """... and at most so many; twice as many each time that it is broken again."""


def read_reminding(table: Page) -> Reminding:
    """The part `reminding` of working_hours.yaml; what a city leaves out is as above."""
    page = table.optional_page("reminding")
    if page is None:
        return Reminding()
    at_percent = page.numbers("at_percent")
    if list(at_percent) != sorted(set(at_percent)) or not all(0 < share < 100 for share in at_percent):
        page.fault("at_percent", "are not rising numbers between 0 and 100", "Write for example [50, 80]")
    least, most = page.number("again_least_wh"), page.number("again_most_wh")
    if not 0 < least <= most:
        page.fault("again_least_wh", "is not above 0 and at most again_most_wh", "Write for example 4 and 37.5")
    return Reminding(
        at_percent,
        int(page.number("digest_minutes")),
        _quiet(page),
        int(page.number("emergency_minutes")),
        least,
        most,
    )


def _quiet(page: Page) -> tuple[time, time]:
    written = page.words("quiet")
    try:
        start, end = (time.fromisoformat(each) for each in written)
    except ValueError:
        page.fault("quiet", "are not two times of day", 'Write for example ["20:00", "06:00"]')
        return NIGHT
    return start, end
