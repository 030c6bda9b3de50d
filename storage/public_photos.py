"""Copies of citizens' photos that a person approved for everybody to see; whatever has no such row is public nowhere."""

import secrets
from datetime import datetime

from sqlmodel import col, select

from storage.tables import Evidence, PublicPhoto
from storage.transaction import Tx

TOKEN_BYTES = 16


def approve(tx: Tx, evidence_id: int, *, cells: str, copy_id: int | None, by: int, now: datetime) -> PublicPhoto:
    """From now on this copy is public: the photo with these cells masked, or the copy that was sent. It takes an older one's place."""
    withdraw(tx, evidence_id, now)
    if copy_id is not None:
        report_id = tx.session.get_one(Evidence, evidence_id).report_id
        tx.change(Evidence, col(Evidence.id) == copy_id, purpose="masked", report_id=report_id)
    return tx.add(
        PublicPhoto(
            evidence_id=evidence_id,
            copy_evidence_id=copy_id,
            cells=cells,
            token=secrets.token_urlsafe(TOKEN_BYTES),
            approved_by=by,
            approved_at=now,
        )
    )


def withdraw(tx: Tx, evidence_id: int, now: datetime) -> bool:
    """It is public no more; False when it was not."""
    shown = (PublicPhoto.evidence_id == evidence_id, col(PublicPhoto.withdrawn_at).is_(None))
    return tx.change(PublicPhoto, *shown, withdrawn_at=now) > 0


def of_report(tx: Tx, report_id: int) -> list[PublicPhoto]:
    """The copies of a report's photos that are public now, in the order of the photos."""
    wanted = select(PublicPhoto).join(Evidence, col(Evidence.id) == PublicPhoto.evidence_id)
    shown = (Evidence.report_id == report_id, Evidence.state == "stored", col(PublicPhoto.withdrawn_at).is_(None))
    return list(tx.session.exec(wanted.where(*shown).order_by(col(PublicPhoto.evidence_id))))


def by_token(tx: Tx, token: str) -> PublicPhoto | None:
    """The copy that a public page shows under this name, as long as it is public."""
    shown = (PublicPhoto.token == token, col(PublicPhoto.withdrawn_at).is_(None))
    return tx.session.exec(select(PublicPhoto).where(*shown)).first()
