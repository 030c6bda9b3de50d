"""The figures that a member of staff asks for, about the reports that they may count."""

from datetime import date, datetime, time, timedelta

from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.knowledge import Figures, SpanFacts
from bot.services.figures import figures
from bot.services.office import Office
from bot.services.rights import Officer
from bot.staff.spans import FiguresAsked, tapped, typed
from storage import Tx
from storage.desk import Scope
from storage.lives import lives

MONTHS_BEFORE = 5  # of the span when none is named
YEAR_ONLY = 4  # characters


def asked_in(event: Event) -> FiguresAsked | None:
    """The figures that an event asks for; None when it asks for none."""
    match event:
        case CommandGiven("statistik", argument):
            return typed(argument)
        case ChoicePicked(value, _):
            return tapped(value)
    return None


def figures_for(tx: Tx, office: Office, officer: Officer, event: Event, now: datetime) -> Figures | None:
    """The numbers, where an event asks for some."""
    asked = asked_in(event)
    if asked is None:
        return None
    span = span_of(office, asked.span, now)
    scope = Scope(None if officer.sees_all_agencies() else officer.agencies, officer.may_not_even_count(office.city))
    counted = lives(
        tx, scope, span.since, span.until + timedelta(seconds=span.until == now)
    )  # what comes at this moment, too
    return figures(office, counted, span, now)


def span_of(office: Office, asked: str, now: datetime) -> SpanFacts:
    """A year, a month, or this month with the five before it, in the city's calendar; up to now where it is not over."""
    if not asked:
        today = office.today(now)
        first, end = _months_on(today.replace(day=1), -MONTHS_BEFORE), _months_on(today.replace(day=1), 1)
    elif len(asked) == YEAR_ONLY:
        first, end = date(int(asked), 1, 1), date(int(asked) + 1, 1, 1)
    else:
        first = date.fromisoformat(f"{asked}-01")
        end = _months_on(first, 1)
    since, until = (datetime.combine(day, time.min, tzinfo=office.city.timezone) for day in (first, end))
    return SpanFacts(asked, since.astimezone(now.tzinfo), min(until.astimezone(now.tzinfo), now))


def _months_on(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
