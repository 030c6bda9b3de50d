"""How much happened to reports between two moments."""

from collections import Counter
from datetime import datetime

from sqlmodel import col, select

from storage.desk import Scope
from storage.tables import Report, StatusChange
from storage.transaction import Tx

RECEIVED, CONFIRMED = "received", "confirmed"
STEPS = {
    "terverifikasi": "verified",
    "diproses": "answered",
    "menunggu_konfirmasi": "solved",
}
"""By status: what reaching it for the first time in the span counts as."""


def tally(tx: Tx, scope: Scope, since: datetime, until: datetime) -> dict[str, Counter[tuple[str, str]]]:
    """By what happened: how many reports of which (agency, category). A report counts once for each thing."""
    query = (
        select(StatusChange, Report)
        .join(Report, col(Report.id) == StatusChange.report_id)
        .where(col(StatusChange.at) >= since, col(StatusChange.at) < until, col(Report.category).not_in(scope.without))
    )
    if scope.agencies is not None:
        query = query.where(col(Report.agency).in_(scope.agencies))
    seen = {
        (what, report.id, report.agency, report.category)
        for change, report in tx.session.exec(query)
        if (what := _what(change.to_status, change.from_status, change.actor))
    }
    counted: dict[str, Counter[tuple[str, str]]] = {}
    for what, _, agency, category in seen:
        counted.setdefault(what, Counter())[agency, category] += 1
    return counted


def _what(to: str, before: str, actor: str) -> str:
    if not before:
        return RECEIVED
    if to == "ditutup":
        return CONFIRMED if actor == "pelapor" else ""
    return STEPS.get(to, "")
