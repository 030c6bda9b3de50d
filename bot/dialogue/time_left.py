"""Working time in words: how much is left, or how long it is over."""

from datetime import timedelta

from bot.dialogue.texts import Speech
from cities.hours import A_WORKING_DAY

HOUR = timedelta(hours=1)


def time_left(speech: Speech, left: timedelta, *, day_and_night: bool = False) -> str:
    """Such as "2 jam kerja": days from two working days on, minutes below an hour, never more than there is."""
    day = timedelta(hours=24 if day_and_night else A_WORKING_DAY)
    unit, amount = "minutes", left // timedelta(minutes=1)
    if left >= 2 * day:
        unit, amount = "days", left // day
    elif left >= HOUR:
        unit, amount = "hours", left // HOUR
    return speech.say(f"time_{'clock' if day_and_night else 'work'}_{unit}", n=amount)
