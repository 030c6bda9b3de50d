"""Reports that close without their reporter's yes: for want of an answer, or by an administrator with a reason."""

from datetime import datetime

from bot.services import guards, referrals, reports, staff_news
from bot.services.each_due import each_by_itself
from bot.services.office import Office
from bot.services.promises import COMPLETION, REPORTER_REPLY
from bot.services.refusals import Refusal
from bot.services.rights import Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, deadlines
from storage.moves import StatusMoved
from storage.tables import Report

EMERGENCY_DONE = "darurat_ditangani"  # statuses.yaml, the variant of ditutup


def close_silent(tx: Tx, office: Office, now: datetime) -> int:
    """Close reports whose reporter let the time for an answer pass; how many due times were dealt with."""
    return each_by_itself(tx, REPORTER_REPLY, deadlines.MISSED, now, lambda report: _run_out(tx, office, report, now))


def set_aside_incomplete(tx: Tx, office: Office, now: datetime) -> int:
    """The same for what a reporter was asked to add. Where it is urgent an administrator decides instead, and hears of it."""
    return each_by_itself(tx, COMPLETION, deadlines.MISSED, now, lambda report: _run_out(tx, office, report, now))


def _run_out(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    timeout = office.city.statuses[report.status].timeout
    if timeout is None:
        return
    if report.priority in timeout.never_for:
        staff_news.tell_incomplete(tx, office, report, now)
        return
    reports.make_step(tx, office, report, timeout.to, actor="sistem", contact_id=None, reason=timeout.reason, now=now)


def close_by_staff(
    tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, why: str, now: datetime
) -> None:
    """An administrator ends a referral that nobody answers, or what the emergency services dealt with; ``why`` is read by people.

    Raises UnknownReport, NotAllowed, StatusMoved, IllegalMove; Refusal without a reason, or when the receiver was not asked enough.
    """
    report = referrals.administrators_report(tx, office, officer, number)
    assert officer is not None
    if report.status != seen:
        raise StatusMoved(number, report.status)
    office.lifecycle.check(report.status, reports.CLOSED, {ADMINISTRATOR})
    guards.check(tx, office, officer, report, reports.CLOSED, now)
    if not why.strip():
        raise Refusal("staff_reason_needed", nomor=number)
    reason = referrals.UNANSWERED if report.status == referrals.REFERRED else EMERGENCY_DONE
    reports.make_step(
        tx,
        office,
        report,
        reports.CLOSED,
        actor=ADMINISTRATOR,
        contact_id=officer.contact_id,
        reason=reason,
        note=why.strip(),
        now=now,
    )
    audit.note(tx, contact_id=officer.contact_id, act=f"close:{reason}", report_id=report.id, detail=why, now=now)
