"""Which reports stand on a list that a member of staff asks for; rights decide, never the list."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.knowledge import WeekFacts
from bot.services.office import Office
from bot.services.rights import Officer
from bot.staff.commands import ADMINISTRATOR
from bot.staff.listings import MINE, NEW, OVERDUE, QUEUE, SEARCH, TODAY, Asked, command_asked, tap_asked
from storage import Tx, desk, tally
from storage.tables import Report

PAGE = 5  # reports on one page
OF_TODAY = 3  # reports shown of each part of a day
ADMINISTRATORS_QUEUE = frozenset({"diterima", "terverifikasi", "dialihkan_darurat", "dibuka_kembali"})
NARAHUBUNGS_QUEUE = frozenset({"didisposisikan", "diproses", "dijadwalkan"})
ADMINISTRATORS_NEW = frozenset({"diterima", "dialihkan_darurat"})
NARAHUBUNGS_NEW = frozenset({"didisposisikan"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list."""

    asked: Asked
    rows: tuple[Report, ...]
    page: int  # from 1
    pages: int
    total: int


def asked_in(event: Event, searched: str) -> Asked | None:
    """The list that an event asks for; None when it asks for none."""
    match event:
        case CommandGiven(name, argument):
            return command_asked(name, "" if name == "start" else argument)
        case ChoicePicked(value, _):
            return tap_asked(value, searched)
    return None


def page_of(tx: Tx, office: Office, officer: Officer, asked: Asked, now: datetime) -> Listed:
    """The page that was asked for, or the last one there is."""
    _, total = _rows(tx, office, officer, asked, now, 0, 0)
    pages = max(1, -(-total // PAGE))
    page = min(asked.page, pages)
    rows, _ = _rows(tx, office, officer, asked, now, (page - 1) * PAGE, PAGE)
    seen = tuple(report for report in rows if officer.may_see(office.city, report))
    return Listed(asked, seen, page, pages, total)


def day_of(tx: Tx, office: Office, officer: Officer, now: datetime) -> dict[str, Listed]:
    """A person's day: what is late, what is due today, what is new; the first few of each."""
    parts = {}
    for which in (OVERDUE, TODAY, NEW):
        asked = Asked(QUEUE, which)
        rows, total = _rows(tx, office, officer, asked, now, 0, OF_TODAY)
        seen = tuple(report for report in rows if officer.may_see(office.city, report))
        parts[which] = Listed(asked, seen, 1, max(1, -(-total // OF_TODAY)), total)
    return parts


def asks_for_week(event: Event) -> bool:
    """Whether ``/rekap`` was given."""
    return isinstance(event, CommandGiven) and event.name == "rekap"


def week_of(tx: Tx, office: Office, officer: Officer, now: datetime) -> WeekFacts:
    """This week, which begins on Monday in the city, and the whole one before."""
    today = office.today(now)
    monday = datetime.combine(today - timedelta(days=today.weekday()), time.min, tzinfo=office.city.timezone)
    scope = _scope(office, officer)
    _, overdue = desk.listed(tx, scope, _wanted(office, officer, OVERDUE, now), offset=0, limit=0)
    last = tally.tally(tx, scope, monday - timedelta(days=7), monday)
    return WeekFacts(tally.tally(tx, scope, monday, now + timedelta(seconds=1)), last, overdue)


def _scope(office: Office, officer: Officer) -> desk.Scope:
    agencies = None if officer.sees_all_agencies() else officer.agencies
    return desk.Scope(agencies, officer.may_not_even_count(office.city))


def _rows(
    tx: Tx, office: Office, officer: Officer, asked: Asked, now: datetime, offset: int, limit: int
) -> tuple[list[Report], int]:
    scope = _scope(office, officer)
    if asked.kind == SEARCH:
        return desk.found(tx, scope, asked.words, offset=offset, limit=limit)
    return desk.listed(tx, scope, _wanted(office, officer, asked.which, now), offset=offset, limit=limit)


def _wanted(office: Office, officer: Officer, which: str, now: datetime) -> desk.Wanted:
    waiting = _queue_of(officer)
    match which:
        case "mine":
            return desk.Wanted(office.open_statuses, handled_by=officer.contact_id, or_of=officer.agencies)
        case "new":
            return desk.Wanted(_new_for(officer))
        case "overdue":
            return desk.Wanted(office.open_statuses, late_at=now)
        case "today":
            return desk.Wanted(office.open_statuses, due=(now, _end_of_day(office, now)))
    return desk.Wanted(waiting)


def _queue_of(officer: Officer) -> frozenset[str]:
    if ADMINISTRATOR in officer.roles:
        return ADMINISTRATORS_QUEUE
    return ADMINISTRATORS_QUEUE | NARAHUBUNGS_QUEUE if officer.sees_all_agencies() else NARAHUBUNGS_QUEUE


def _new_for(officer: Officer) -> frozenset[str]:
    if ADMINISTRATOR in officer.roles:
        return ADMINISTRATORS_NEW
    return ADMINISTRATORS_NEW | NARAHUBUNGS_NEW if officer.sees_all_agencies() else NARAHUBUNGS_NEW


def _end_of_day(office: Office, now: datetime) -> datetime:
    tomorrow = office.today(now) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=office.city.timezone).astimezone(now.tzinfo)


__all__ = ["MINE", "NEW", "OVERDUE", "Listed", "asked_in", "day_of", "page_of"]
