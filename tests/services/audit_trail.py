"""Every table looked through for changes of reports and of the office, each held against the audit log.

Knows nothing of the services: a row's own moments must each be found in the log, on the report that the row is about (or the whole or
part of it, or the one that it was joined to), with somebody or the system as who did it.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import SQLModel, select

from storage import Tx
from storage.tables import AuditEntry, Evidence, Referral, Report

MOMENTS = frozenset(
    "at added_at since until ended_at created_at removed_at updated_at status_since closed_at approved_at withdrawn_at used_at".split()
)
"""Columns that say when something was changed; others say what is due, or when a message was heard or sent."""
NO_CHANGE_OF_THE_OFFICE = {
    "audit_entry": "the log itself",
    "contact": "a person's own settings",
    "address": "a person's own settings",
    "address_alias": "a platform's other name of one",
    "conversation": "a talk, not a report",
    "data_link": "a person's own copy",
    "link_code": "redeeming it is in the log",
    "inbox_event": "what was heard, which is kept itself",
    "outbox_message": "what was said, which is kept itself with its outcome",
    "message_template": "what the platform says of a template",
    "sent_parcel": "how a message travelled",
    "billed_messages": "a counter",
    "number_counter": "a counter",
    "reminder": "what is to be said of a due time",
    "evidence": "a file; that it belongs to a report is in the log",
    "batch": "a draft",
    "gathered": "a draft",
    "group_card": "a draft in a neighbours' group",
    "cron_slot": "the clock",
    "preference": "a person's own settings",
}
"""Tables whose rows need no entry, and why."""


def unexplained(tx: Tx) -> list[str]:
    """What changed without an entry in the log: table, row, column and moment of each."""
    log, anywhere = _entries(tx)
    families = _families(tx)
    found = []
    for table in SQLModel.__subclasses__():
        name = getattr(table, "__tablename__", "")
        if not hasattr(table, "__table__") or name in NO_CHANGE_OF_THE_OFFICE:
            continue
        for row in tx.session.exec(select(table)):
            report = _report_of(tx, row)
            known = {at for each in families[report] for at in log[each]} if report else anywhere
            found += [f"{name} {_id(row)} {column} {at}" for column, at in _moments(row) if at not in known]
    return found


def counted(tx: Tx) -> int:
    """How many changes were looked at."""
    return sum(
        1
        for table in SQLModel.__subclasses__()
        if hasattr(table, "__table__") and table.__tablename__ not in NO_CHANGE_OF_THE_OFFICE
        for row in tx.session.exec(select(table))
        for _ in _moments(row)
    )


def _moments(row: Any) -> Iterator[tuple[str, datetime]]:
    for column in type(row).__table__.columns.keys():  # noqa: SIM118 - no dict
        at = getattr(row, column)
        if column in MOMENTS and isinstance(at, datetime):
            yield column, at


def _entries(tx: Tx) -> tuple[dict[int, set[datetime]], set[datetime]]:
    log, anywhere = defaultdict[int, set[datetime]](set), set[datetime]()
    for entry in tx.session.exec(select(AuditEntry)):
        assert entry.act
        anywhere.add(entry.at)
        if entry.report_id:
            log[entry.report_id].add(entry.at)
    return log, anywhere


def _families(tx: Tx) -> dict[int, set[int]]:
    """By report: itself, what it is part of or joined to, and what is part of it or joined to it."""
    families = defaultdict[int, set[int]](set)
    for report in tx.session.exec(select(Report)):
        families[report.id].add(report.id)
        if report.parent_id:
            families[report.id].add(report.parent_id)
            families[report.parent_id].add(report.id)
    return families


def _report_of(tx: Tx, row: Any) -> int | None:
    if isinstance(row, Report):
        return row.id
    if hasattr(row, "report_id"):
        return int(row.report_id) if row.report_id else None
    if hasattr(row, "referral_id"):
        return tx.session.get_one(Referral, row.referral_id).report_id
    if hasattr(row, "evidence_id"):
        return tx.session.get_one(Evidence, row.evidence_id).report_id
    return None


def _id(row: Any) -> object:
    return getattr(row, "id", row)
