"""Reports whose category a person has read: what a city can train its reader with."""

from collections.abc import Iterator

from sqlmodel import col, select

from storage.secrecy import SECRET
from storage.tables import AuditEntry, Report
from storage.transaction import Tx

READ_BY_A_PERSON = ("correct_category", "move:terverifikasi")
"""Acts of the audit log after which the category is a person's judgement."""


def read_by_a_person(tx: Tx) -> Iterator[Report]:
    """Every report whose category an administrator confirmed or corrected, oldest first; never a secret one."""
    judged = select(AuditEntry.report_id).where(col(AuditEntry.act).in_(READ_BY_A_PERSON))
    yield from tx.session.exec(
        select(Report)
        .where(col(Report.id).in_(judged), Report.privacy != SECRET)
        .order_by(col(Report.id))
        .execution_options(yield_per=500)
    )
