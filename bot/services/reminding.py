"""Who is reminded of what: first who has to keep it, then also the administrators, then also the management.

A reminder is a row for each person; `digests` tells them. Each is raised once, whoever looks and however often.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.dialogue.texts import administrator_of
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.promises import VERIFICATION, next_look
from bot.services.quiet import not_quiet
from bot.staff.commands import ADMINISTRATOR, DEPUTY, NARAHUBUNG, PIMPINAN
from storage import Tx, deadlines, people, reminders
from storage.tables import Deadline, Report

BROKEN = 100  # per cent: all of the promised time has passed
WIDER = 80  # from here on also the administrators
EMERGENCY = "darurat"


def remind(tx: Tx, office: Office, report: Report, deadline: Deadline, now: datetime) -> None:
    """A share of the promised time has passed; of two callers one reminds. After a long sleep only the highest share counts."""
    before = deadline.reminded
    percent, following = reached(tx, office, deadline, now)
    if deadlines.look_again(tx, deadline, reminded=percent, remind_at=following) and percent > before:
        raise_for_all(tx, office, report, deadline, percent, now)


def reached(tx: Tx, office: Office, deadline: Deadline, now: datetime) -> tuple[int, datetime]:
    """The highest share that has passed by now, and when to look again, which is later than now."""
    percent, moment = deadline.reminded, _look_after(tx, office, deadline, deadline.reminded)
    for share in office.city.reminding.at_percent:
        if share > percent and moment <= now:
            percent, moment = share, _look_after(tx, office, deadline, share)
    return percent, moment


def _look_after(tx: Tx, office: Office, deadline: Deadline, percent: int) -> datetime:
    counted = deadline.promised if deadline.counted is None else deadline.counted
    since, due_at, promised = deadline.since, deadline.due_at, deadline.promised
    hours = calendar_of(tx, office)
    return next_look(office, hours, since, due_at, promised, counted, agency=deadline.agency, reminded=percent)


def raise_for_all(tx: Tx, office: Office, report: Report, deadline: Deadline, percent: int, now: datetime) -> None:
    """Everybody concerned at that share is to be told: in an emergency at once, else with whatever else comes up."""
    for conversation_id in dict.fromkeys(_concerned(tx, office, report, deadline.kind, percent, now)):
        at = now if report.priority == EMERGENCY else _when(tx, office, conversation_id, now)
        reminders.remind(tx, deadline, percent, conversation_id, now, at)


def _concerned(tx: Tx, office: Office, report: Report, kind: str, percent: int, now: datetime) -> Iterator[int]:
    """Who has to keep it: the contact persons, their deputies where there are none, the administrators where nobody owns it."""
    agency = "" if kind == VERIFICATION else report.agency
    owners = _talks(tx, NARAHUBUNG, agency, now) if agency else []
    deputies = _talks(tx, DEPUTY, agency, now) if agency else []
    yield from owners or deputies
    if percent >= WIDER:
        yield from deputies
    if percent >= WIDER or not (owners or deputies):
        yield from _talks(tx, ADMINISTRATOR, None, now)
    if percent >= BROKEN:
        yield from _talks(tx, PIMPINAN, report.agency or administrator_of(office.city), now)
        yield from _talks(tx, PIMPINAN, "", now)


def _talks(tx: Tx, role: str, agency: str | None, now: datetime) -> list[int]:
    return [conversation.id for _, conversation in people.staff_for(tx, role, agency, now)]


def _when(tx: Tx, office: Office, conversation_id: int, now: datetime) -> datetime:
    """Now, unless that person was reminded a short while ago or is to be left in peace."""
    last = reminders.last_told_at(tx, conversation_id)
    pause = timedelta(minutes=office.city.reminding.digest_minutes)
    return not_quiet(office, now if last is None else max(now, last + pause))
