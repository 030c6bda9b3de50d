"""Reports: opening, finding, their words. Their history and their neighbours are taken in from modules of their own."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, not_, or_
from sqlmodel import col, func, select

from storage.moves import (
    UNDONE,
    StatusMoved,
    assign,
    correct,
    current_assignment,
    history,
    record_change,
    release,
    reword_place,
)
from storage.neighbours import distance_m, in_place, nearby
from storage.people import same_person
from storage.ratings import rate, rating_of
from storage.secrecy import (
    SECRET,
    description_of,
    note_of,
    place_words_of,
    seal,
    seal_all,
    seal_description,
    word_of,
)
from storage.tables import Report, StatusChange
from storage.transaction import Tx

__all__ = [
    "AWAITING_ANSWER",
    "PRIORITIES",
    "SECRET",
    "StatusMoved",
    "assign",
    "awaiting_answer",
    "by_id",
    "by_number",
    "by_token",
    "children",
    "concerned",
    "correct",
    "current_assignment",
    "description_of",
    "distance_m",
    "hand_to",
    "history",
    "in_place",
    "nearby",
    "note_of",
    "of_contact",
    "open_report",
    "parts_of",
    "place_words_of",
    "queue",
    "rate",
    "rating_of",
    "record_change",
    "release",
    "reword_place",
    "seal_all",
    "seal_description",
    "supporters",
    "void_part",
    "word_of",
]

PRIORITIES = ("darurat", "tinggi", "sedang", "rendah")  # most urgent first
AWAITING_ANSWER, WITHDRAWN, JOINED = "menunggu_konfirmasi", "dibatalkan", "digabung"
TOKEN_BYTES = 16


# ---------------------------------------------------------------- opening and finding


def open_report(tx: Tx, *, actor: str = "pelapor", note: str = "", reason: str = "", **columns: Any) -> Report:
    """File a report (`columns` are those of the table) and begin its history with its first status.

    The token for links is drawn here unless given. The words of a secret (rahasia) report are sealed.
    """
    at: datetime = columns["created_at"]
    columns = {"token": secrets.token_urlsafe(TOKEN_BYTES), "status_since": at, "updated_at": at, **columns}
    report = Report(status_reason=reason, **columns)
    if report.privacy == SECRET:
        seal_description(tx, report)
    tx.add(report)
    first = StatusChange(
        report_id=report.id,
        to_status=report.status,
        actor=actor,
        contact_id=report.contact_id,
        reason=reason,
        note=note,
        at=at,
    )
    if report.privacy == SECRET:
        seal(tx, first, "note")
    tx.add(first)
    return report


def by_number(tx: Tx, number: str) -> Report | None:
    """The report with this canonical number."""
    return tx.session.exec(select(Report).where(Report.number == number)).first()


def by_id(tx: Tx, report_id: int) -> Report:
    """The report with this id, which must exist."""
    return tx.session.get_one(Report, report_id)


def by_token(tx: Tx, token: str) -> Report | None:
    """The report that a link leads to."""
    return tx.session.exec(select(Report).where(Report.token == token)).first()


def of_contact(tx: Tx, contact_id: int, limit: int = 10) -> list[Report]:
    """A person's reports on all channels, newest first."""
    return list(
        tx.session.exec(
            select(Report)
            .where(col(Report.contact_id).in_(same_person(tx, contact_id)), col(Report.is_part).is_(False))
            .order_by(col(Report.created_at).desc(), col(Report.id).desc())
            .limit(limit)
        )
    )


def awaiting_answer(tx: Tx, contact_id: int) -> list[Report]:
    """A person's reports that are said to be solved and wait for their yes or no, the longest waiting first."""
    return list(
        tx.session.exec(
            select(Report)
            .where(
                col(Report.contact_id).in_(same_person(tx, contact_id)),
                Report.status == AWAITING_ANSWER,
                col(Report.is_part).is_(False),
            )
            .order_by(col(Report.status_since), col(Report.id))
        )
    )


def children(tx: Tx, report_id: int) -> list[Report]:
    """The reports joined to this one, oldest first."""
    return list(tx.session.exec(select(Report).where(Report.parent_id == report_id).order_by(col(Report.id))))


def parts_of(tx: Tx, report_id: int) -> list[Report]:
    """What agencies have of this report to solve, oldest first; nothing of what was shared by mistake."""
    theirs = (Report.parent_id == report_id, col(Report.is_part), not_(void_part()))
    return list(tx.session.exec(select(Report).where(*theirs).order_by(col(Report.id))))


def void_part() -> ColumnElement[bool]:
    """A part that was made by mistake and taken back, or that the other parts solve as well."""
    mistaken = and_(col(Report.status) == WITHDRAWN, col(Report.status_reason) == UNDONE)
    return and_(col(Report.is_part), or_(mistaken, col(Report.status) == JOINED))


def concerned(tx: Tx, report: Report) -> list[Report]:
    """The report itself and those of other people that were joined to it, each with its own reporter and number.

    Of a part: the whole that its reporter knows, and those joined to that.
    """
    whole = by_id(tx, report.parent_id) if report.is_part and report.parent_id else report
    return [whole, *(each for each in children(tx, whole.id) if each.status == JOINED and not each.is_part)]


def supporters(tx: Tx, report_id: int) -> int:
    """How many other people reported the same problem."""
    joined = select(func.count(func.distinct(Report.contact_id))).where(
        Report.parent_id == report_id,
        Report.contact_id != select(Report.contact_id).where(Report.id == report_id).scalar_subquery(),
    )
    return tx.session.exec(joined).one()


def queue(
    tx: Tx,
    *,
    statuses: Collection[str],
    agencies: Collection[str] | None,
    without: Collection[str] = (),
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Report], int]:
    """One page of the reports in these statuses (of these agencies; None: of all), and how many there are in all.

    Reports of the categories in `without` are left out and not counted either.

    The most urgent first, and among equals the oldest.
    """
    wanted: list[ColumnElement[bool]] = [col(Report.status).in_(statuses), col(Report.category).not_in(without)]
    if agencies is not None:
        wanted.append(col(Report.agency).in_(agencies))
    urgency = case({word: place for place, word in enumerate(PRIORITIES)}, value=Report.priority, else_=len(PRIORITIES))
    page = select(Report).where(*wanted).order_by(urgency, col(Report.created_at), col(Report.id))
    total = tx.session.exec(select(func.count()).select_from(Report).where(*wanted)).one()
    return list(tx.session.exec(page.offset(offset).limit(limit))), total


def hand_to(tx: Tx, report: Report, *, contact_id: int, conversation_id: int, privacy: str, now: datetime) -> None:
    """The report is this person's from now on, named as they choose, and its news go to that talk."""
    report.contact_id, report.conversation_id = contact_id, conversation_id
    report.privacy, report.updated_at = privacy, now
    tx.add(report)
    if privacy == SECRET:
        seal_all(tx, report)
