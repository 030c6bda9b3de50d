"""Moving a report on: its status with its history, and the agency that owns it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from storage.secrecy import SECRET, seal
from storage.tables import Assignment, Report, StatusChange
from storage.transaction import Tx

UNDONE = "diurungkan"
"""Reason of a step that takes back the one before it; the report stands as if neither had been made."""


class StatusMoved(Exception):
    """Another transaction moved the report first; `now_status` is where it is."""

    def __init__(self, number: str, now_status: str) -> None:
        self.now_status = now_status
        super().__init__(f"Report {number} has meanwhile gone to {now_status}.")


def history(tx: Tx, report_id: int) -> list[StatusChange]:
    """Every step of a report, oldest first."""
    return list(
        tx.session.exec(select(StatusChange).where(StatusChange.report_id == report_id).order_by(col(StatusChange.id)))
    )


def standing(steps: Iterable[StatusChange]) -> list[StatusChange]:
    """The steps of one report, oldest first, without those that were taken back."""
    made: list[StatusChange] = []
    for step in steps:
        if step.reason != UNDONE:
            made.append(step)
        elif made:
            made.pop()
    return made


def record_change(
    tx: Tx,
    report: Report,
    to: str,
    *,
    actor: str,
    contact_id: int | None,
    agency: str = "",
    reason: str = "",
    note: str = "",
    at: datetime,
    closed_at: datetime | None = None,
    scheduled_for: datetime | None = None,
) -> StatusChange:
    """Move a report on and write that down. `closed_at` belongs to a status that ends it; without, it counts as open.

    `report` is brought up to date, also when it was read in an earlier transaction. Whether the move is legal is for
    `Lifecycle`. Raises StatusMoved when the report is no longer where `report` says.
    """
    from_status = report.status
    _change_from(
        tx,
        report,
        {"status": to, "status_reason": reason, "status_since": at, "updated_at": at, "closed_at": closed_at},
    )
    change = StatusChange(
        report_id=report.id,
        from_status=from_status,
        to_status=to,
        actor=actor,
        contact_id=contact_id,
        agency=agency,
        reason=reason,
        note=note,
        scheduled_for=scheduled_for,
        at=at,
    )
    if report.privacy == SECRET:
        seal(tx, change, "note")
    return tx.add(change)


def assign(tx: Tx, report: Report, agency: str, by: int | None, because: str, now: datetime) -> Assignment:
    """Give a report to an agency (disposisi); the assignment before it ends. `by` is the contact who decided."""
    tx.change(Assignment, col(Assignment.report_id) == report.id, col(Assignment.until).is_(None), until=now)
    tx.change(Report, col(Report.id) == report.id, agency=agency, updated_at=now)
    _show(tx, report, {"agency": agency, "updated_at": now})
    return tx.add(Assignment(report_id=report.id, agency=agency, since=now, by_contact_id=by, because=because))


def release(tx: Tx, report: Report, now: datetime) -> None:
    """No agency of the city owns the report any longer."""
    tx.change(Assignment, col(Assignment.report_id) == report.id, col(Assignment.until).is_(None), until=now)
    tx.change(Report, col(Report.id) == report.id, agency="", updated_at=now)
    _show(tx, report, {"agency": "", "updated_at": now})


def correct(tx: Tx, report: Report, at: datetime, **values: object) -> None:
    """Set facts of a report right, such as its category; its status is for `record_change`."""
    tx.change(Report, col(Report.id) == report.id, updated_at=at, **values)
    _show(tx, report, {"updated_at": at, **values})


def reword_place(tx: Tx, report: Report, words: str, at: datetime) -> None:
    """Put other words for the place, sealed where the report is secret."""
    secret = report.privacy == SECRET
    plain, sealed = ("", tx.vault.seal(words)) if secret else (words, "")
    correct(tx, report, at, place_words=plain, place_words_sealed=sealed)


def current_assignment(tx: Tx, report_id: int) -> Assignment | None:
    """Which agency owns a report now, since when and why."""
    return tx.session.exec(
        select(Assignment).where(Assignment.report_id == report_id, col(Assignment.until).is_(None))
    ).first()


def _change_from(tx: Tx, report: Report, values: dict[str, object]) -> None:
    # The time is compared too: a report may have gone away and come back to the same status.
    moved = tx.change(
        Report,
        col(Report.id) == report.id,
        col(Report.status) == report.status,
        col(Report.status_since) == report.status_since,
        **values,
    )
    if not moved:
        raise StatusMoved(report.number, tx.session.exec(select(Report.status).where(Report.id == report.id)).one())
    _show(tx, report, values)


def _show(tx: Tx, report: Report, values: dict[str, object]) -> None:
    if report not in tx.session:
        for name, value in values.items():
            set_committed_value(report, name, value)
