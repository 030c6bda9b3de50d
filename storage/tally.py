"""How much happened to reports between two moments."""

from collections import Counter
from collections.abc import Collection
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
AND = "+"
"""Between the agencies that share a report."""
STEPS = {
    "diproses": "answered",
    "menunggu_konfirmasi": "solved",
}
"""By status: what reaching it for the first time in the span counts as."""


def tally(tx: Tx, scope: Scope, since: datetime, until: datetime) -> dict[str, Counter[tuple[str, str]]]:
    """By what happened: how many reports of which (agency, category). A report counts once for each thing.

    One that several agencies share counts once too, under all of them joined by `AND`; in one agency's own numbers its part counts.
    """
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
    whose = col(Report.is_part).is_(False) if scope.agencies is None else col(Report.agency).in_(scope.agencies)
    query = query.where(whose)
    steps: dict[int, list[StatusChange]] = {}
    reports: dict[int, Report] = {}
    for change, report in tx.session.exec(query):
        steps.setdefault(report.id, []).append(change)
        reports[report.id] = report
    late = _late(tx, scope, since, until)
    owners = _owners(tx, {*reports, *(report.id for report in late)}) if scope.agencies is None else {}
    seen = {
        (what, id_, owners.get(id_, reports[id_].agency), reports[id_].category)
        for id_, made in steps.items()
        for change in standing(made)
        if change.at < until and (what := _what(change.to_status, change.from_status, change.actor))
    }
    seen |= {(OVERDUE, report.id, owners.get(report.id, report.agency), report.category) for report in late}
    counted: dict[str, Counter[tuple[str, str]]] = {}
    for what, _, agency, category in seen:
        counted.setdefault(what, Counter())[agency, category] += 1
    return counted


def _owners(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Of those of these reports that several agencies share: which."""
    found: dict[int, dict[str, None]] = {}
    parts = select(Report).where(col(Report.is_part), col(Report.parent_id).in_(ids), col(Report.agency) != "")
    for part in tx.session.exec(parts.order_by(col(Report.id))):
        found.setdefault(part.parent_id or 0, {})[part.agency] = None
    return {id_: AND.join(agencies) for id_, agencies in found.items()}


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
    wholes = (
        tx.session.get_one(Report, each.parent_id) if each.is_part else each for each in tx.session.exec(query).all()
    )
    return list({report.id: report for report in wholes}.values())
