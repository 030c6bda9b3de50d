"""Who did what, and who looked at an identity. Rows are only ever added."""

from datetime import datetime

from sqlmodel import col, select

from storage.secrecy import detail_of, is_secret, seal
from storage.tables import AuditEntry
from storage.transaction import Tx

__all__ = ["detail_of", "note", "of_report"]


def note(
    tx: Tx,
    *,
    contact_id: int | None,
    act: str,
    report_id: int | None = None,
    about: int | None = None,
    detail: str = "",
    now: datetime,
) -> AuditEntry:
    """Write down an act of a person (None: of the system); ``about`` is whose identity was looked at."""
    entry = AuditEntry(
        at=now, contact_id=contact_id, act=act, report_id=report_id, about_contact_id=about, detail=detail
    )
    if is_secret(tx, report_id):
        seal(tx, entry, "detail")
    return tx.add(entry)


def of_report(tx: Tx, report_id: int) -> list[AuditEntry]:
    """What was done about a report, oldest first."""
    return list(
        tx.session.exec(select(AuditEntry).where(AuditEntry.report_id == report_id).order_by(col(AuditEntry.id)))
    )


def acts_of(tx: Tx, contact_id: int) -> list[AuditEntry]:
    """What a person did, oldest first."""
    return list(
        tx.session.exec(select(AuditEntry).where(AuditEntry.contact_id == contact_id).order_by(col(AuditEntry.id)))
    )
