"""Who did what, and who looked at an identity. Rows are only ever added."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import AuditEntry
from storage.transaction import Tx


def note(
    tx: Tx, *, contact_id: int | None, act: str, report_id: int | None = None, detail: str = "", now: datetime
) -> AuditEntry:
    """Write down an act of a person (None: of the system)."""
    return tx.add(AuditEntry(at=now, contact_id=contact_id, act=act, report_id=report_id, detail=detail))


def of_report(tx: Tx, report_id: int) -> list[AuditEntry]:
    """What was done about a report, oldest first."""
    return list(
        tx.session.exec(select(AuditEntry).where(AuditEntry.report_id == report_id).order_by(col(AuditEntry.id)))
    )
