"""Moves of the back office that need more than a note: archived for a reason, returned, joined with another, split off again."""

from collections.abc import Collection
from datetime import datetime

from bot.services import notifications
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import for_staff, make_step
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, audit, notes
from storage import reports as kept
from storage.moves import StatusMoved
from storage.numbers import parse_number
from storage.secrecy import SECRET
from storage.tables import Report

ARCHIVED, JOINED, CHECKED = "diarsipkan", "digabung", "terverifikasi"


def archive(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, reason: str, now: datetime
) -> None:
    """Set a report aside for one of the city's reasons, which its reporter reads. Raises Refusal for any other reason."""
    report = _seen(tx, office, officer, number, seen, ADMINISTRATOR, ARCHIVED)
    assert officer is not None
    if reason not in office.city.archive_reasons:
        raise Refusal("staff_archive_reasons", nomor=number, alasan=", ".join(office.city.archive_reasons))
    make_step(tx, office, report, ARCHIVED, actor=ADMINISTRATOR, contact_id=officer.contact_id, reason=reason, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="archive", report_id=report.id, detail=reason, now=now)


def give_back(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, agency: str, why: str, now: datetime
) -> None:
    """An agency says that a report is not theirs; it must name another owner. The administrators hear of it."""
    report = _seen(tx, office, officer, number, seen, NARAHUBUNG, CHECKED)
    assert officer is not None
    other = office.city.agencies.get(agency)
    if other is None or agency == report.agency:
        raise Refusal("staff_return_needs_owner", nomor=number)
    before = office.city.agencies[report.agency].short
    words = f"{before} → {other.short}: {why}".rstrip(": ")
    kept.correct(tx, report, now, times_returned=report.times_returned + 1)
    make_step(tx, office, report, CHECKED, actor=NARAHUBUNG, contact_id=officer.contact_id, now=now, quiet=True)
    kept.release(tx, report, now)
    notes.add_note(tx, report.id, words, actor=NARAHUBUNG, contact_id=officer.contact_id, now=now, internal=True)
    key = f"returned:{report.id}:{report.times_returned}"
    notifications.tell_owner(tx, office, report, "staff_news_returned", key, now, words=words)
    audit.note(tx, contact_id=officer.contact_id, act="return", report_id=report.id, detail=words, now=now)


def join(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, parent: str, now: datetime
) -> None:
    """Put a report under an open one of the same problem; both reporters keep a number and get all news."""
    report = _seen(tx, office, officer, number, seen, ADMINISTRATOR, JOINED)
    assert officer is not None
    mention = parse_number(parent, office.city.number_prefix)
    above = kept.by_number(tx, mention.number) if mention and mention.valid else None
    if above is None or not _may_stand_above(tx, office, report, above):
        raise Refusal("staff_join_needs_parent", nomor=number)
    kept.correct(tx, report, now, parent_id=above.id)
    make_step(tx, office, report, JOINED, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="join", report_id=report.id, detail=above.number, now=now)


def split_off(tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, now: datetime) -> None:
    """A joined report is a problem of its own after all."""
    report = _seen(tx, office, officer, number, seen, ADMINISTRATOR, CHECKED)
    assert officer is not None
    if report.status != JOINED:
        raise Refusal("staff_split_not_joined", nomor=number)
    kept.correct(tx, report, now, parent_id=None)
    make_step(tx, office, report, CHECKED, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="split", report_id=report.id, now=now)


def _may_stand_above(tx: Tx, office: Office, report: Report, above: Report) -> bool:
    """An open report of its own that is not secret, for a report that nobody is joined to."""
    joined = above.status == JOINED or bool(kept.children(tx, report.id))
    secret = SECRET in (above.privacy, report.privacy)
    return above.id != report.id and above.status in office.open_statuses and not joined and not secret


def _seen(tx: Tx, office: Office, officer: Officer | None, number: str, seen: str, actor: str, to: str) -> Report:
    return seen_by(tx, office, officer, number, seen, {actor}, to)


def seen_by(
    tx: Tx, office: Office, officer: Officer | None, number: str, seen: str, actors: Collection[str], to: str
) -> Report:
    """The report where they saw it, when they may make this move as one of these actors.

    Raises UnknownReport, NotAllowed, StatusMoved, IllegalMove.
    """
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if report.status != seen:
        raise StatusMoved(number, report.status)
    acting = officer.acts_as(report) & frozenset(actors)
    if not acting:
        raise NotAllowed(number)
    office.lifecycle.check(report.status, to, acting)
    return report
