"""Putting a report on a schedule: a date that is promised to its reporter, with the reason."""

from datetime import date, datetime, time, timedelta

from bot.services.calendar import calendar_of
from bot.services.desk_moves import seen_by
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import make_step, may_make
from bot.services.rights import Officer, one_actor
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, audit

SCHEDULED = "dijadwalkan"
LATEST_HOUR = time(16)  # where the city's offices are closed on that day
FARTHEST = timedelta(days=366)


def schedule(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, day: date, why: str, now: datetime
) -> None:
    """Promise the work for a day. Raises Refusal for a day that has passed, a missing reason, or what may not be scheduled.

    Before its first answer only what the city lets be scheduled; a second date is the administrator's to give.
    """
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR, NARAHUBUNG}, SCHEDULED, now)
    assert officer is not None
    today = office.today(now)
    if not today <= day <= today + FARTHEST:
        raise Refusal("staff_date_past" if day < today else "staff_date_far", nomor=number)
    if not why.strip():
        raise Refusal("staff_schedule_reason_needed", nomor=number)
    actor = one_actor(officer.acts_as(report) & may_make(office, report.status, SCHEDULED))
    promised = end_of_work(tx, office, day)
    make_step(
        tx, office, report, SCHEDULED, actor=actor, contact_id=officer.contact_id, note=why.strip(), now=now,
        scheduled=promised,
    )  # fmt: skip
    detail = f"{day.isoformat()}: {why}"
    audit.note(tx, contact_id=officer.contact_id, act="schedule", report_id=report.id, detail=detail, now=now)


def end_of_work(tx: Tx, office: Office, day: date) -> datetime:
    """When the offices close on that day."""
    closed = datetime.combine(day, LATEST_HOUR, tzinfo=office.city.timezone)
    return calendar_of(tx, office).closing_of(day) or closed
