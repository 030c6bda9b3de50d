"""When each message of a campaign goes out: within the platforms' limits, by day, and never all at once."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a platform may be used for campaigns."""

    per_second: float
    per_day: int | None = None  # None: as many as fit


PACES = {
    "telegram": Pace(20),  # of about 30 a second that the Bot API allows for all; the rest is for answers and news
    "whatsapp": Pace(10),
}
WHATSAPP_A_DAY = 900
"""Of the 1,000 talks that a number which Meta has verified no further may begin in 24 hours (messaging limits); the rest is for news."""
SLOW = Pace(10)
"""For channels of our own."""
FROM, UNTIL = time(8), time(20)
"""Of the city's day: nobody is woken by a campaign."""


@dataclass(frozen=True, slots=True)
class Lane:
    """How far one channel is booked."""

    last: datetime | None = None  # the moment that was booked last
    booked: int = 0  # messages of that moment's day


def pace_of(channel: str, whatsapp_a_day: int = WHATSAPP_A_DAY) -> Pace:
    """How fast a channel may be used; what WhatsApp allows in a day grows with the number's standing."""
    pace = PACES.get(channel, SLOW)
    return replace(pace, per_day=whatsapp_a_day) if channel == "whatsapp" else pace


def book(lane: Lane, pace: Pace, earliest: datetime, zone: tzinfo) -> tuple[datetime, Lane]:
    """The next free moment (UTC) of a channel with this pace, not before ``earliest``, and the lane with it taken."""
    moment = earliest.astimezone(UTC)
    if lane.last is not None:
        moment = max(moment, lane.last + timedelta(seconds=1 / pace.per_second))
    moment = _by_day(moment, zone)
    booked = lane.booked if lane.last is not None and _day(moment, zone) == _day(lane.last, zone) else 0
    if pace.per_day is not None and booked >= pace.per_day:
        moment, booked = _next_morning(moment, zone), 0
    return moment, Lane(moment, booked + 1)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _by_day(moment: datetime, zone: tzinfo) -> datetime:
    local = moment.astimezone(zone)
    if local.time() < FROM:
        return datetime.combine(local.date(), FROM, tzinfo=zone).astimezone(UTC)
    return moment if local.time() < UNTIL else _next_morning(moment, zone)


def _next_morning(moment: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(_day(moment, zone) + timedelta(days=1), FROM, tzinfo=zone).astimezone(UTC)
