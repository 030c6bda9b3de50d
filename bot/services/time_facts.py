"""How much working time a report's office has left, or how long it is over."""

from datetime import datetime, timedelta

from bot.dialogue.knowledge import TimeFacts
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.promises import OF_OFFICES, remaining
from storage import Tx, deadlines
from storage.tables import Deadline, Report


def of_report(tx: Tx, office: Office, report: Report, now: datetime) -> TimeFacts | None:
    """Of what has to be kept next, something broken before anything else; None while no office's time runs."""
    running = [each for each in deadlines.open_deadlines(tx, report.id) if each.kind in OF_OFFICES]
    if not running:
        return None
    next_one = min(running, key=lambda each: (not _is_late(each, now), each.due_at))
    over = timedelta()
    if _is_late(next_one, now):
        hours = calendar_of(tx, office)
        over = hours.between(_broken_at(tx, next_one), now, agency=next_one.agency)
    day_and_night = next_one.agency in office.city.hours.always_open
    return TimeFacts(remaining(tx, office, next_one, now), over, day_and_night)


def _is_late(deadline: Deadline, now: datetime) -> bool:
    return deadline.slips > 0 or deadline.due_at <= now


def _broken_at(tx: Tx, deadline: Deadline) -> datetime:
    """When the promise was broken first: the due time of the row with which it began."""
    first = deadlines.first_missed(tx, deadline)
    return first.due_at if first else deadline.due_at
