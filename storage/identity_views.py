"""Who looked at the identity of a reporter, out of the audit log."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage.contacts import contact_by_id, name_of
from storage.staffing import staff_roles
from storage.tables import AuditEntry
from storage.transaction import Tx

ACT = "view_identity"


@dataclass(frozen=True, slots=True)
class IdentityView:
    """One view of a reporter's name."""

    at: datetime
    name: str  # of who looked; "" when we never heard it
    roles: tuple[str, ...]  # what they were then
    where: str  # card, letter, page


def of_report(tx: Tx, report_id: int) -> list[IdentityView]:
    """Every view of the reporter of this report, oldest first."""
    rows = select(AuditEntry).where(AuditEntry.report_id == report_id, AuditEntry.act == ACT)
    return [_view(tx, row) for row in tx.session.exec(rows.order_by(col(AuditEntry.id)))]


def _view(tx: Tx, row: AuditEntry) -> IdentityView:
    where = row.detail or tx.vault.open(row.detail_sealed)
    if row.contact_id is None:
        return IdentityView(row.at, "", (), where)
    roles = tuple(sorted({role.role for role in staff_roles(tx, row.contact_id, row.at)}))
    return IdentityView(row.at, name_of(tx, contact_by_id(tx, row.contact_id)), roles, where)
