"""Reports that close without their reporter's yes: for want of an answer, or by an administrator with a reason."""

from datetime import datetime

from bot.services import clocks, referrals, reports
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, deadlines
from storage.moves import StatusMoved
from storage.tables import Report

EMERGENCY_DONE = "darurat_ditangani"  # statuses.yaml, the variant of ditutup


def close_silent(tx: Tx, office: Office, now: datetime) -> int:
    """Close reports whose reporter let the time for an answer pass; how many due times were dealt with."""
    return clocks.each_by_itself(tx, clocks.REPORTER_REPLY, now, lambda report: _close(tx, office, report, now))


def _close(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    assert report.id is not None
    deadlines.end(tx, report.id, clocks.REPORTER_REPLY, deadlines.MISSED, now)
    if report.status == reports.WAITING:
        reports.close_by_silence(tx, office, report, now)


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
    if not why.strip():
        raise Refusal("staff_reason_needed", nomor=number)
    reason = EMERGENCY_DONE
    if report.status == referrals.REFERRED:
        referrals.check_unanswered(tx, report)
        reason = referrals.UNANSWERED
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
