"""*Bukan wewenang* is not an end: a report with an outside agency stays open, is asked about, and is answered here."""

from datetime import datetime, timedelta

from bot.services import guards, notifications, referral_news
from bot.services.each_due import each_by_itself
from bot.services.guards import CHASES_TO_ESCALATE
from bot.services.office import Office
from bot.services.promises import CHASE, promise
from bot.services.refusals import Refusal
from bot.services.reports import for_staff, make_step
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, deadlines, media, referrals
from storage import reports as kept
from storage.moves import StatusMoved
from storage.tables import Referral, Report

REFERRED, CLAIMED = "diteruskan", "menunggu_konfirmasi"
UNANSWERED = "rujukan_tidak_dijawab"  # statuses.yaml, the variant of ditutup
OUTSIDER = "instansi_eksternal"  # statuses.yaml, actors
LINK_LIVES = timedelta(days=30)
WAYS = ("letter", "sp4n", "phone", "chat", "visit")
LONGEST_NAME, LONGEST_TEXT = 120, 2000  # characters


def refer(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    number: str,
    *,
    seen: str,
    agency: str,
    receiver: str,
    reason: str,
    way: str,
    reference: str,
    token: str,
    now: datetime,
) -> None:
    """Hand a report to an outside agency, or from one on to the next; it stays open and is asked about.

    Raises UnknownReport, NotAllowed, StatusMoved, IllegalMove, and Refusal without a receiver or a reason.
    """
    report = administrators_report(tx, office, officer, number)
    assert officer is not None
    if report.status != seen:
        raise StatusMoved(number, report.status)
    office.lifecycle.check(report.status, REFERRED, {ADMINISTRATOR})
    guards.check(tx, office, officer, report, REFERRED, now)
    inside = agency in office.city.agencies and office.city.agencies[agency].inside_city
    if inside or not (agency in office.city.agencies or receiver.strip()) or not reason.strip() or way not in WAYS:
        raise Refusal("staff_referral_incomplete", nomor=number)
    hop = referrals.begin(
        tx,
        report,
        agency=agency,
        receiver=receiver.strip()[:LONGEST_NAME],
        reason=reason.strip()[:LONGEST_TEXT],
        way=way,
        reference=reference.strip()[:LONGEST_NAME],
        by=officer.contact_id,
        now=now,
    )
    if token:
        referrals.open_link(tx, hop, token, now + LINK_LIVES)
    kept.release(tx, report, now)
    promise(tx, office, report, CHASE, now)
    change = make_step(
        tx, office, report, REFERRED, actor=ADMINISTRATOR, contact_id=officer.contact_id, note=reason, now=now
    )
    referrals.written_as(tx, hop, change.id)
    audit.note(tx, contact_id=officer.contact_id, act="refer", report_id=report.id, detail=agency or receiver, now=now)


def record_answer(
    tx: Tx, office: Office, officer: Officer | None, number: str, words: str, evidence: int, now: datetime
) -> None:
    """An administrator writes down what the outside agency answered; the reporter reads it. Raises Refusal when it lies nowhere."""
    report = administrators_report(tx, office, officer, number)
    assert officer is not None
    hop = _open_hop(tx, report)
    if evidence:
        media.attach(tx, (evidence,), hop.report_id)
    _answered(tx, office, report, hop, words, evidence or None, officer.contact_id, now)
    audit.note(tx, contact_id=officer.contact_id, act="referral_answer", report_id=report.id, now=now)


def answer_by_link(
    tx: Tx, office: Office, hop: Referral, words: str, evidence: int | None, *, done: bool, now: datetime
) -> None:
    """The outside agency answers itself; with ``done`` it says that the problem is solved, and the reporter is asked."""
    report = kept.by_id(tx, hop.report_id)
    if evidence:
        media.attach(tx, (evidence,), hop.report_id)
    _answered(tx, office, report, hop, words, evidence, None, now, quiet=done)
    referral_news.tell_administrators(
        tx, office, report, hop, "staff_news_answer", f"answer:{now.isoformat()}", now, words
    )
    audit.note(tx, contact_id=None, act="referral_answer_by_link", report_id=report.id, now=now)
    if done:
        make_step(tx, office, report, CLAIMED, actor=OUTSIDER, contact_id=None, note=words, now=now)


def take_answer(
    tx: Tx, office: Office, report: Report, hop: Referral, words: str, by: int | None, *, done: bool, now: datetime
) -> None:
    """An answer that came in a file; with ``done`` the receiver says that the problem is solved, and the reporter is asked."""
    _answered(tx, office, report, hop, words, None, by, now, quiet=done)
    if done:
        make_step(tx, office, report, CLAIMED, actor=OUTSIDER, contact_id=by, note=words, now=now)


def renew_link(tx: Tx, office: Office, officer: Officer | None, number: str, token: str, now: datetime) -> None:
    """A new link for the receiver; the old one is worth nothing any longer."""
    report = administrators_report(tx, office, officer, number)
    assert officer is not None
    referrals.open_link(tx, _open_hop(tx, report), token, now + LINK_LIVES)
    audit.note(tx, contact_id=officer.contact_id, act="referral_link", report_id=report.id, now=now)


def revoke_link(tx: Tx, office: Office, officer: Officer | None, number: str, now: datetime) -> None:
    """Nobody answers by the link any longer."""
    report = administrators_report(tx, office, officer, number)
    assert officer is not None
    referrals.revoke_link(tx, _open_hop(tx, report))
    audit.note(tx, contact_id=officer.contact_id, act="referral_link_revoked", report_id=report.id, now=now)


def chase_due(tx: Tx, office: Office, now: datetime) -> int:
    """Every five working days the administrators are reminded to ask the receiver; how many reminders were dealt with."""
    return each_by_itself(tx, CHASE, deadlines.MET, now, lambda report: _chase(tx, office, report, now))


def _chase(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    hop = referrals.open_of(tx, report)
    if hop is None:
        return
    times = referrals.chased(tx, hop)
    promise(tx, office, report, CHASE, now)
    key = f"chase:{hop.id}:{now.isoformat()}"
    referral_news.tell_administrators(tx, office, report, hop, "staff_news_chase", key, now)
    if times % CHASES_TO_ESCALATE == 0:
        referral_news.tell_management(tx, office, report, hop, now)


def _answered(
    tx: Tx,
    office: Office,
    report: Report,
    hop: Referral,
    words: str,
    evidence: int | None,
    by: int | None,
    now: datetime,
    *,
    quiet: bool = False,
) -> None:
    notifications.let_out(tx, office, report, kept.history(tx, report.id), now)
    said = referrals.answer(tx, hop, words.strip()[:LONGEST_TEXT], contact_id=by, evidence_id=evidence, now=now)
    promise(tx, office, report, CHASE, now)
    if not quiet:
        referral_news.tell_reporters(tx, office, report, hop, said, now)


def _open_hop(tx: Tx, report: Report) -> Referral:
    hop = referrals.open_of(tx, report)
    if hop is None:
        raise Refusal("staff_no_referral", nomor=report.number)
    return hop


def administrators_report(tx: Tx, office: Office, officer: Officer | None, number: str) -> Report:
    """A report that an administrator may act on. Raises UnknownReport and NotAllowed."""
    report = for_staff(tx, office, officer, number)
    assert officer is not None
    if ADMINISTRATOR not in officer.acts_as(report):
        raise NotAllowed(number)
    return report
