"""Moves of the back office that need more than a note: archived for a reason, returned, joined with another, split off again."""

from collections.abc import Collection
from datetime import datetime

from bot.services import guards, notifications, parts, staff_news
from bot.services.guards import MOST_RETURNS
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import CLOSED, REOPENED, assign_again, for_staff, make_step, may_make
from bot.services.rights import NotAllowed, Officer, one_actor
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, audit, notes
from storage import reports as kept
from storage.moves import StatusMoved
from storage.numbers import parse_number
from storage.secrecy import SECRET
from storage.tables import Report

ARCHIVED, JOINED, CHECKED = "diarsipkan", "digabung", "terverifikasi"
RECEIVED, EMERGENCY = "diterima", "dialihkan_darurat"


def archive(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, reason: str, now: datetime
) -> None:
    """Set a report aside for one of the city's reasons, which its reporter reads. Raises Refusal for any other reason."""
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, ARCHIVED, now)
    assert officer is not None
    if reason not in office.city.archive_reasons:
        raise Refusal("staff_archive_reasons", nomor=number, alasan=", ".join(office.city.archive_reasons))
    make_step(tx, office, report, ARCHIVED, actor=ADMINISTRATOR, contact_id=officer.contact_id, reason=reason, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="archive", report_id=report.id, detail=reason, now=now)


def give_back(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, agency: str, why: str, now: datetime
) -> None:
    """An agency says that a report is not theirs; it must name another owner. The administrators hear of it.

    After the second time the city's secretariat decides whose it is, and whom it names keeps it: a third return is refused.
    An administrator who takes a report back needs a reason and no other owner, and no return is counted; what several agencies
    have of it is taken from all of them.
    """
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR, NARAHUBUNG}, CHECKED, now)
    assert officer is not None
    actor = one_actor(officer.acts_as(report) & may_make(office, report.status, CHECKED))
    other = office.city.agencies.get(agency)
    if actor == NARAHUBUNG and (other is None or agency == report.agency):
        raise Refusal("staff_return_needs_owner", nomor=number)
    if not why.strip():
        raise Refusal("staff_reason_needed", nomor=number)
    named = [office.city.agencies[id_].short for id_ in (report.agency, agency) if id_]
    words = f"{' → '.join(named)}: {why}".removeprefix(": ").rstrip(": ")
    if actor == NARAHUBUNG:
        kept.correct(tx, report, now, times_returned=report.times_returned + 1)
    owner_before = report.agency
    key = f"returned:{report.id}:{now.isoformat()}"
    if actor == ADMINISTRATOR:
        parts.take_home(tx, office, report, officer.contact_id, key, now)
    make_step(tx, office, report, CHECKED, actor=actor, contact_id=officer.contact_id, now=now, quiet=True)
    if actor == ADMINISTRATOR and owner_before:
        staff_news.tell_owner(tx, office, report, "staff_news_taken", key, now, words=words)
    kept.release(tx, report, now)
    notes.add_note(tx, report.id, words, actor=actor, contact_id=officer.contact_id, now=now, internal=True)
    if actor == NARAHUBUNG and report.times_returned >= MOST_RETURNS:
        staff_news.tell_deciders(tx, office, report, "staff_news_setda", key, now, words=words)
    elif actor == NARAHUBUNG:
        staff_news.tell_owner(tx, office, report, "staff_news_returned", key, now, words=words)
    audit.note(tx, contact_id=officer.contact_id, act="return", report_id=report.id, detail=words, now=now)


def join(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, parent: str, now: datetime
) -> None:
    """Put a report under an open one of the same problem; both reporters keep a number and get all news.

    A part goes back into its whole: the other agencies solve it as well, and its own hears that there is nothing to do.
    """
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, JOINED, now)
    assert officer is not None
    if report.is_part:
        _into_its_whole(tx, office, report, officer.contact_id, now)
        return
    mention = parse_number(parent, office.city.number_prefix)
    above = kept.by_number(tx, mention.number) if mention and mention.valid else None
    above = parts.whole(tx, above) if above else None
    if above is None or not _may_stand_above(tx, office, report, above):
        raise Refusal("staff_join_needs_parent", nomor=number)
    kept.correct(tx, report, now, parent_id=above.id)
    make_step(tx, office, report, JOINED, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now)
    audit.note(tx, contact_id=officer.contact_id, act="join", report_id=report.id, detail=above.number, now=now)


def _into_its_whole(tx: Tx, office: Office, part: Report, by: int, now: datetime) -> None:
    above = parts.whole(tx, part)
    if len(parts.of(tx, above)) == 1:
        raise Refusal("staff_last_part", nomor=part.number, induk=above.number)
    if part.agency:
        staff_news.tell_owner(tx, office, part, "staff_news_taken", f"joined:{part.id}:{now.isoformat()}", now)
    kept.release(tx, part, now)
    make_step(tx, office, part, JOINED, actor=ADMINISTRATOR, contact_id=by, now=now, quiet=True)
    audit.note(tx, contact_id=by, act="join", report_id=part.id, detail=above.number, now=now)


def split_off(tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, now: datetime) -> None:
    """A joined report is a problem of its own after all."""
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, CHECKED, now)
    assert officer is not None
    if report.status != JOINED:
        raise Refusal("staff_split_not_joined", nomor=number)
    joined = kept.history(tx, report.id)[-1]
    quiet = report.is_part or notifications.unsay(
        tx, report, joined, now
    )  # who has not read of the one needs no news of the other
    if not report.is_part:
        kept.correct(tx, report, now, parent_id=None)
    make_step(
        tx,
        office,
        report,
        CHECKED,
        actor=ADMINISTRATOR,
        contact_id=officer.contact_id,
        now=now,
        quiet=quiet,
        reason=notifications.SPLIT_OFF,
    )
    audit.note(tx, contact_id=officer.contact_id, act="split", report_id=report.id, now=now)


def open_again(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, why: str, now: datetime
) -> None:
    """An administrator opens what was closed, or looks again at what was set aside. Raises Refusal without a reason."""
    report = for_staff(tx, office, officer, number)
    to = REOPENED if report.status == CLOSED else RECEIVED
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, to, now)
    assert officer is not None
    if not why.strip():
        raise Refusal("staff_reason_needed", nomor=number)
    make_step(tx, office, report, to, actor=ADMINISTRATOR, contact_id=officer.contact_id, note=why.strip(), now=now)
    notes.add_note(tx, report.id, why, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now, internal=True)
    if to == REOPENED:
        assign_again(tx, office, report, now)
    audit.note(tx, contact_id=officer.contact_id, act="open_again", report_id=report.id, detail=why, now=now)


def to_emergency(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, why: str, now: datetime
) -> None:
    """A person reads danger in a report: its reporter is told at once whom to call. Raises Refusal without a reason."""
    report = seen_by(tx, office, officer, number, seen, {ADMINISTRATOR}, EMERGENCY, now)
    assert officer is not None
    if not why.strip():
        raise Refusal("staff_reason_needed", nomor=number)
    make_step(tx, office, report, EMERGENCY, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now)
    kept.correct(tx, report, now, priority=office.city.priorities[0].id)
    notes.add_note(tx, report.id, why, actor=ADMINISTRATOR, contact_id=officer.contact_id, now=now, internal=True)
    audit.note(tx, contact_id=officer.contact_id, act="to_emergency", report_id=report.id, detail=why, now=now)


def _may_stand_above(tx: Tx, office: Office, report: Report, above: Report) -> bool:
    """An open report of its own that is not secret, for a report that nobody is joined to."""
    joined = above.status == JOINED or bool(kept.children(tx, report.id))
    secret = SECRET in (above.privacy, report.privacy)
    return above.id != report.id and above.status in office.open_statuses and not joined and not secret


def seen_by(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    number: str,
    seen: str,
    actors: Collection[str],
    to: str,
    now: datetime,
) -> Report:
    """The report where they saw it, when they may make this move as one of these actors.

    Raises UnknownReport, NotAllowed, StatusMoved, IllegalMove, and Refusal where a guard of the city stands against it.
    """
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if report.status != seen:
        raise StatusMoved(number, report.status)
    acting = officer.acts_as(report) & frozenset(actors)
    if not acting:
        raise NotAllowed(number)
    office.lifecycle.check(report.status, to, acting)
    guards.check(tx, office, officer, report, to, now)
    return report
