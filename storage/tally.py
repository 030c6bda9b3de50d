"""How much happened to reports between two moments."""

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import col, or_, select

from storage.deadlines import MISSED
from storage.desk import WORK, Scope
from storage.moves import standing
from storage.tables import Deadline, Report, StatusChange
from storage.transaction import Tx

RECEIVED, VERIFIED, CONFIRMED, OVERDUE = "received", "verified", "confirmed", "overdue"
TAKEN_BACK_WITHIN = timedelta(hours=1)  # what is taken back at all is taken back sooner
UNCHECKED = frozenset({"diterima", "perlu_dilengkapi", "dialihkan_darurat"})
"""What is checked comes from there; what an agency returned was checked before."""
STEPS = {
    "diproses": "answered",
    "menunggu_konfirmasi": "solved",
}
"""By status: what reaching it for the first time in the span counts as."""


def tally(tx: Tx, scope: Scope, since: datetime, until: datetime) -> dict[str, Counter[tuple[str, str]]]:
    """By what happened: how many reports of which (agency, category). A report counts once for each thing."""
    query = (
        select(StatusChange, Report)
        .join(Report, col(Report.id) == StatusChange.report_id)
        .where(
            col(StatusChange.at) >= since,
            col(StatusChange.at) < until + TAKEN_BACK_WITHIN,
            col(Report.category).not_in(scope.without),
        )
        .order_by(col(StatusChange.id))
    )
    if scope.agencies is not None:
        query = query.where(col(Report.agency).in_(scope.agencies))
    steps: dict[int, list[StatusChange]] = {}
    reports: dict[int, Report] = {}
    for change, report in tx.session.exec(query):
        steps.setdefault(report.id, []).append(change)
        reports[report.id] = report
    seen = {
        (what, id_, reports[id_].agency, reports[id_].category)
        for id_, made in steps.items()
        for change in standing(made)
        if change.at < until and (what := _what(change.to_status, change.from_status, change.actor))
    }
    seen |= {(OVERDUE, report.id, report.agency, report.category) for report in _late(tx, scope, since, until)}
    counted: dict[str, Counter[tuple[str, str]]] = {}
    for what, _, agency, category in seen:
        counted.setdefault(what, Counter())[agency, category] += 1
    return counted


def _what(to: str, before: str, actor: str) -> str:
    if not before:
        return RECEIVED
    if to == "terverifikasi":
        return VERIFIED if before in UNCHECKED else ""
    if to == "ditutup":
        return CONFIRMED if actor == "pelapor" else ""
    return STEPS.get(to, "")


def _late(tx: Tx, scope: Scope, since: datetime, until: datetime) -> list[Report]:
    """Reports of which a due time of an office passed in the span without being kept."""
    query = (
        select(Report)
        .join(Deadline, col(Deadline.report_id) == Report.id)
        .where(
            col(Deadline.kind).in_(WORK),
            col(Deadline.due_at) >= since,
            col(Deadline.due_at) < until,
            or_(col(Deadline.outcome) == MISSED, col(Deadline.ended_at).is_(None)),
            col(Report.category).not_in(scope.without),
        )
        .distinct()
    )
    if scope.agencies is not None:
        query = query.where(col(Report.agency).in_(scope.agencies))
    return list(tx.session.exec(query))
