"""Taking back a step: within five minutes, by who made it, while nobody has gone on. History keeps both."""

from datetime import datetime, timedelta

from bot.services import notifications, parts
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.reports import REFERRED, for_staff
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import NARAHUBUNG
from storage import Tx, audit, deadlines, people, referrals
from storage import reports as kept
from storage.moves import UNDONE, StatusMoved
from storage.tables import Report, StatusChange

WITHIN = timedelta(minutes=5)
CHECKED, JOINED = "terverifikasi", "digabung"


def undo(tx: Tx, office: Office, officer: Officer | None, number: str, *, seen: str, now: datetime) -> None:
    """Take back the person's own last step; status, owner and due times stand as before it.

    News of it that nobody got yet is not sent; who got it gets one correction. Raises UnknownReport, NotAllowed, StatusMoved when
    somebody has gone on, and Refusal when there is nothing to take back, too late, or where the city has no way back.
    """
    report = kept.by_number(tx, number)
    if report is None or officer is None or not made_last(tx, officer, report):
        report = for_staff(tx, office, officer, number)
    assert officer is not None
    if not officer.acts_as(report) and not made_last(tx, officer, report):
        raise NotAllowed(number)
    if report.status != seen:
        raise StatusMoved(number, report.status)
    steps = kept.history(tx, report.id)
    step, before = _undoable(tx, office, officer, report, steps, now)
    if _is_sharing(step):
        parts.take_back(tx, office, report, step.at, officer.contact_id, now)
    _go_back(tx, report, officer, step, before, now)
    audit.note(
        tx, contact_id=officer.contact_id, act="undo", report_id=report.id, detail=f"move:{step.to_status}", now=now
    )
    notifications.take_back(tx, office, report, step, now)
    if report.is_part:
        _whole_goes_back(tx, office, parts.whole(tx, report), officer, step, now)


def _whole_goes_back(
    tx: Tx, office: Office, report: Report, officer: Officer, step: StatusChange, now: datetime
) -> None:
    """What a part brought about in its whole at the same moment is taken back as well."""
    steps = kept.history(tx, report.id)
    if steps[-1].at == step.at and steps[-1].reason == parts.SPLIT and len(steps) > 1:
        _go_back(tx, report, officer, steps[-1], steps[-2], now)
        notifications.take_back(tx, office, report, steps[-1], now)


def made_last(tx: Tx, officer: Officer, report: Report) -> bool:
    """Whether the last step is theirs, also where the report is theirs no longer."""
    return kept.history(tx, report.id)[-1].contact_id in people.surely_same(tx, officer.contact_id)


def _undoable(
    tx: Tx, office: Office, officer: Officer, report: Report, steps: list[StatusChange], now: datetime
) -> tuple[StatusChange, StatusChange]:
    step = steps[-1]
    if not made_last(tx, officer, report) or len(steps) < 2 or step.reason == UNDONE:
        raise Refusal("staff_nothing_to_undo", nomor=report.number)
    if now - step.at > WITHIN:
        raise Refusal("staff_undo_too_late", nomor=report.number)
    if report.is_part and _is_sharing(step):
        raise Refusal("staff_undo_whole", nomor=report.number, induk=parts.whole(tx, report).number)
    if not notifications.can_be_undone(office, step):
        raise Refusal("staff_no_way_back", nomor=report.number)
    return step, steps[-2]


def _is_sharing(step: StatusChange) -> bool:
    """Whether the report, or its whole, was handed to several agencies by this step."""
    return (step.to_status, step.reason) == (parts.GIVEN, parts.SPLIT)


def _go_back(tx: Tx, report: Report, officer: Officer, step: StatusChange, before: StatusChange, now: datetime) -> None:
    back = step.from_status
    kept.record_change(
        tx, report, back, actor=step.actor, contact_id=officer.contact_id, agency=before.agency, reason=UNDONE, at=now,
        scheduled_for=before.scheduled_for,
    )  # fmt: skip
    deadlines.take_back(tx, report.id, step.at, now)
    if step.to_status == REFERRED:
        referrals.end_open(tx, report, UNDONE, now)
    if back == REFERRED:
        referrals.take_up_again(tx, report, step.at)
    if report.agency != before.agency and before.agency:
        kept.assign(tx, report, before.agency, officer.contact_id, UNDONE, now)
    elif report.agency != before.agency:
        kept.release(tx, report, now)
    if step.to_status == CHECKED and step.actor == NARAHUBUNG:
        kept.correct(tx, report, now, times_returned=max(0, report.times_returned - 1))
    if step.to_status == JOINED and not report.is_part:
        kept.correct(tx, report, now, parent_id=None)
