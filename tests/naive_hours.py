"""Working time counted minute by minute, straight from the city's files: slow, plain, and knowing nothing of the program.

Only whole minutes are understood.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import yaml

FOLDER = Path(__file__).parents[1] / "cities" / "bandung"
WIB = ZoneInfo("Asia/Jakarta")
MINUTE = timedelta(minutes=1)
TABLE = yaml.safe_load((FOLDER / "working_hours.yaml").read_text())
ALWAYS_OPEN = set(TABLE["always_open"]["agencies"])
OFF = holidays.country_holidays("ID", categories=("public", "government"))


def clock(written: str) -> int:
    """Minutes since midnight."""
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


@cache
def working_minutes(day: date, closed: frozenset[date] = frozenset()) -> frozenset[int]:
    """The minutes of a day, from midnight in Bandung, in which the offices work."""
    if day.weekday() >= 5 or day in OFF or day in closed:
        return frozenset()
    dates = [span for year, span in TABLE["ramadan"]["dates"].items() if year.isdigit()]
    fasting = any(date.fromisoformat(first) <= day <= date.fromisoformat(last) for first, last in dates)
    hours = TABLE["ramadan" if fasting else "office"]["hours"]["fri" if day.weekday() == 4 else "mon_thu"]
    at_work = set(range(clock(hours["start"]), clock(hours["end"])))
    return frozenset(at_work - set(range(clock(hours["break"][0]), clock(hours["break"][1]))))


def works(moment: datetime, agency: str = "", closed: frozenset[date] = frozenset()) -> bool:
    """Whether work is done in the minute that begins then."""
    local = moment.astimezone(WIB)
    return agency in ALWAYS_OPEN or local.hour * 60 + local.minute in working_minutes(local.date(), closed)


def minutes_between(start: datetime, end: datetime, agency: str = "", closed: frozenset[date] = frozenset()) -> int:
    """Working minutes from one moment to another."""
    count, moment = 0, start
    while moment < end:
        count += works(moment, agency, closed)
        moment += MINUTE
    return count


def after(start: datetime, minutes: int, agency: str = "", closed: frozenset[date] = frozenset()) -> datetime:
    """When so many working minutes have passed."""
    moment, left = start.astimezone(UTC), minutes
    while left > 0:
        left -= works(moment, agency, closed)
        moment += MINUTE
    return moment
