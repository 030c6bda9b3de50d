"""Closing offices on a day, and opening them again: every running due time is counted anew; whom it was promised to hears of it once."""

from datetime import date, datetime, timedelta

from bot.dialogue import effects
from bot.dialogue.events import ChoicePicked, CommandGiven, Event
from bot.dialogue.knowledge import ClosureFacts
from bot.services import moved_promises, promised_days
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.promises import OF_OFFICES, next_look
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.services.working_time import WorkingTime
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, closures, deadlines
from storage.tables import Deadline

COMMAND = "libur"
BACK, AHEAD = timedelta(days=31), timedelta(days=400)  # a circular may come late, or a year early
HOLIDAYS_SHOWN = timedelta(days=60)


def act(tx: Tx, office: Office, officer: Officer | None, effect: effects.ClosureEffect, now: datetime) -> None:
    """Close or open a day, by an administrator. Raises NotAllowed, and Refusal for what makes no sense."""
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed("")
    match effect:
        case effects.CloseDay(day, reason, agency):
            _close(tx, office, day, reason, agency, officer.contact_id, now)
        case effects.OpenDay(day, agency):
            if not closures.reopen(tx, day, agency, officer.contact_id, now):
                raise Refusal("closure_unknown", tanggal=_written(day))
            detail = f"{day.isoformat()} {agency}".strip()
            audit.note(tx, contact_id=officer.contact_id, act="open_day", detail=detail, now=now)
    recount(tx, office, now)


def _close(tx: Tx, office: Office, day: date, reason: str, agency: str, by: int, now: datetime) -> None:
    today = office.today(now)
    if not today - BACK <= day <= today + AHEAD:
        raise Refusal("closure_too_far", tanggal=_written(day))
    if agency and (agency not in office.city.agencies or not office.city.agencies[agency].inside_city):
        raise Refusal("staff_unknown_agency", opd=agency)
    if calendar_of(tx, office).closing_of(day, agency=agency) is None:
        raise Refusal("closure_closed_anyway", tanggal=_written(day))
    closures.close(tx, day, agency, reason, by, now)
    promised_days.tell_of_closed_day(tx, office, day, agency, now)
    audit.note(
        tx, contact_id=by, act="close_day", detail=" ".join(filter(None, (day.isoformat(), agency, reason))), now=now
    )


def _written(day: date) -> str:
    """As it is typed."""
    return f"{day.day}/{day.month}/{day.year}"


def recount(tx: Tx, office: Office, now: datetime) -> int:
    """Count every running due time anew by the hours that hold now; how many moved.

    What people were reminded of they are not reminded of again, and what was missed before stays missed.
    """
    moved, hours = 0, calendar_of(tx, office)
    for each in deadlines.running(tx):
        if each.counted is not None:
            moved += _count_anew(tx, office, hours, each, now)
    return moved


def _count_anew(tx: Tx, office: Office, hours: WorkingTime, deadline: Deadline, now: datetime) -> bool:
    assert deadline.counted is not None
    before = deadline.due_at
    at_once = not deadline.counted and not deadline.promised
    due_at = before if at_once else hours.add(deadline.since, deadline.counted, agency=deadline.agency)
    if due_at == before:
        return False
    look = next_look(
        office,
        hours,
        deadline.since,
        due_at,
        deadline.promised,
        deadline.counted,
        agency=deadline.agency,
        reminded=deadline.reminded,
    )
    deadlines.move(tx, deadline.id, due_at, look if deadline.kind in OF_OFFICES else None)
    detail = f"{deadline.kind}: {before.isoformat()} -> {due_at.isoformat()}"
    audit.note(tx, contact_id=None, act="due_time_recounted", report_id=deadline.report_id, detail=detail, now=now)
    moved_promises.tell_reporters(tx, office, deadline, before, due_at, now)
    return True


def known(tx: Tx, office: Office, event: Event, now: datetime) -> tuple[ClosureFacts, ...]:
    """The closures and holidays that come, for a turn that is about them; a holiday of the calendar cannot be taken back."""
    match event:
        case CommandGiven(name, _) if name == COMMAND:
            pass
        case ChoicePicked(value, _) if value.startswith(f"{COMMAND}:"):
            pass
        case _:
            return ()
    today = office.today(now)
    ours = [ClosureFacts(each.day, each.reason, each.agency, ours=True) for each in closures.standing(tx, today - BACK)]
    calendar = office.working_time.holidays(today, today + HOLIDAYS_SHOWN)
    return tuple(sorted((*ours, *(ClosureFacts(day, name) for day, name in calendar)), key=lambda each: each.day))
