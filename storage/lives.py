"""What became of reports: each one's steps, owners, outside receivers and their answers, to be counted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import col, select

from storage.desk import Scope
from storage.moves import UNDONE, standing
from storage.tables import Assignment, Referral, ReferralAnswer, Report, StatusChange
from storage.transaction import Tx

BATCH = 500  # reports asked for at a time: databases take only so many values in one question
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Hop:
    """One hand-over to an outside agency."""

    referral: Referral
    answered: tuple[datetime, ...]  # when it answered, oldest first


@dataclass(frozen=True, slots=True)
class Life:
    """One report from its first step to its newest."""

    report: Report
    steps: tuple[StatusChange, ...]  # oldest first, without those that were taken back; never empty
    owners: tuple[Assignment, ...] = ()
    hops: tuple[Hop, ...] = ()


def lives(tx: Tx, scope: Scope, since: datetime, until: datetime) -> list[Life]:
    """The reports received in this span, with all that happened to them up to now, oldest first."""
    which = [
        col(Report.created_at) >= since,
        col(Report.created_at) < until,
        col(Report.category).not_in(scope.without),
    ]
    if scope.agencies is None:
        which.append(col(Report.is_part).is_(False))  # the whole counts once
    else:
        which.append(col(Report.agency).in_(scope.agencies))
    reports = list(tx.session.exec(select(Report).where(*which).order_by(col(Report.id))))
    return [life for batch in _batches(reports) for life in _lives_of(tx, batch)]


def _lives_of(tx: Tx, reports: Sequence[Report]) -> list[Life]:
    ids = [report.id for report in reports]
    steps = _by(tx, StatusChange, "report_id", ids)
    owners = _by(tx, Assignment, "report_id", ids)
    referrals = _by(tx, Referral, "report_id", ids)
    answers = _by(tx, ReferralAnswer, "referral_id", [each.id for some in referrals.values() for each in some])
    return [
        Life(
            report,
            tuple(standing(steps[report.id])),
            tuple(owners[report.id]),
            tuple(
                Hop(each, tuple(said.at for said in answers[each.id]))
                for each in referrals[report.id]
                if each.outcome != UNDONE
            ),
        )
        for report in reports
    ]


def _by(tx: Tx, table: Any, column: str, ids: Collection[int]) -> dict[int, list[Any]]:
    """Rows of a table by the one that they belong to, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for batch in _batches(list(ids)):
        key = col(getattr(table, column))
        for row in tx.session.exec(select(table).where(key.in_(batch)).order_by(col(table.id))):
            found[getattr(row, column)].append(row)
    return found


def _batches(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
