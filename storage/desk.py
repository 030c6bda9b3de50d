"""Lists for the back office: what waits, what is late, what a few words find."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, case, not_, or_
from sqlmodel import col, exists, func, select

from storage.reports import PRIORITIES, void_part
from storage.secrecy import SECRET, description_of, place_words_of
from storage.tables import Deadline, Report, StatusChange
from storage.transaction import Tx

WORK = ("verification", "first_response", "resolution")
"""Kinds of due times that an office has to keep."""
MOST_SEALED = 500  # newest secret reports whose words are opened to look into them


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports a person may see: of these agencies (None: of all), without these categories."""

    agencies: Collection[str] | None
    without: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them are looked for."""

    statuses: Collection[str]
    handled_by: int | None = None  # this contact moved it, or it belongs to one of `or_of`
    or_of: Collection[str] = field(default=())
    late_at: datetime | None = None  # a due time has passed by then
    due: tuple[datetime, datetime] | None = None  # the next due time lies between


def listed(tx: Tx, scope: Scope, wanted: Wanted, *, offset: int, limit: int) -> tuple[list[Report], int]:
    """One page, and how many there are in all. The most urgent first, and among equals the oldest."""
    conditions = [*_within(scope), col(Report.status).in_(wanted.statuses)]
    if wanted.handled_by is not None:
        conditions.append(or_(_moved_by(wanted.handled_by), col(Report.agency).in_(wanted.or_of)))
    if wanted.late_at is not None:
        conditions.append(_late(wanted.late_at))
    if wanted.due is not None:
        conditions.append(_due_between(*wanted.due))
    urgency = case({word: at for at, word in enumerate(PRIORITIES)}, value=Report.priority, else_=len(PRIORITIES))
    page = select(Report).where(*conditions).order_by(urgency, col(Report.created_at), col(Report.id))
    total = tx.session.exec(select(func.count()).select_from(Report).where(*conditions)).one()
    return list(tx.session.exec(page.offset(offset).limit(limit))), total


def found(tx: Tx, scope: Scope, words: str, *, offset: int, limit: int) -> tuple[list[Report], int]:
    """The reports in whose number, text or place every one of these words stands, newest first; and how many.

    The words of secret reports are sealed: they are opened to look into them, the newest ones only.
    """
    terms = words.lower().split()
    if not terms:
        return [], 0
    plain = select(Report.id).where(*_within(scope), *(_says(term) for term in terms))
    sealed = select(Report).where(*_within(scope), Report.privacy == SECRET).order_by(col(Report.id).desc())
    secret = [report.id for report in tx.session.exec(sealed.limit(MOST_SEALED)) if _sealed_says(tx, report, terms)]
    which = or_(col(Report.id).in_(plain), col(Report.id).in_(secret))
    total = tx.session.exec(select(func.count()).select_from(Report).where(which)).one()
    newest = select(Report).where(which).order_by(col(Report.created_at).desc(), col(Report.id).desc())
    return list(tx.session.exec(newest.offset(offset).limit(limit))), total


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [col(Report.category).not_in(scope.without), not_(void_part())]
    if scope.agencies is not None:
        conditions.append(col(Report.agency).in_(scope.agencies))
    return conditions


def _moved_by(contact_id: int) -> ColumnElement[bool]:
    return exists().where(col(StatusChange.report_id) == col(Report.id), col(StatusChange.contact_id) == contact_id)


def _late(now: datetime) -> ColumnElement[bool]:
    """Something that is still to be kept has come, or was put off since it was not kept."""
    return exists().where(
        col(Deadline.report_id) == col(Report.id),
        col(Deadline.kind).in_(WORK),
        col(Deadline.ended_at).is_(None),
        or_(col(Deadline.due_at) <= now, col(Deadline.slips) > 0),
    )


def _due_between(first: datetime, last: datetime) -> ColumnElement[bool]:
    return exists().where(
        col(Deadline.report_id) == col(Report.id),
        col(Deadline.kind).in_(WORK),
        col(Deadline.ended_at).is_(None),
        col(Deadline.due_at) > first,
        col(Deadline.due_at) <= last,
    )


SEARCHED = (
    Report.number, Report.description, Report.place_words, Report.place_name, Report.kelurahan, Report.kecamatan,
)  # fmt: skip


def _says(term: str) -> ColumnElement[bool]:
    """Whether the term stands in one of the columns; its own signs mean nothing special."""
    return or_(*(func.lower(col(column)).contains(term, autoescape=True) for column in SEARCHED))


def _sealed_says(tx: Tx, report: Report, terms: list[str]) -> bool:
    said = " ".join(
        (report.number, description_of(tx, report), place_words_of(tx, report), report.place_name, report.kelurahan,
         report.kecamatan)
    ).lower()  # fmt: skip
    return all(term in said for term in terms)
