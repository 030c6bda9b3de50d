"""Our own copies of photos, videos, voice notes and documents: awaited, stored, or failed with a reason."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, or_, select

from storage.tables import Evidence
from storage.transaction import Tx


def await_file(
    tx: Tx, *, conversation_id: int, purpose: str, kind: str, source: str, platform_ref: str, now: datetime
) -> Evidence:
    """Note a file that the platform holds for us, and wake who fetches it after the commit."""
    evidence = tx.add(
        Evidence(
            conversation_id=conversation_id,
            purpose=purpose,
            kind=kind,
            source=source,
            platform_ref_sealed=tx.vault.seal(platform_ref),
            due_at=now,
            created_at=now,
        )
    )
    tx.wake(f"media:{evidence.id}")
    return evidence


def by_id(tx: Tx, evidence_id: int) -> Evidence:
    """The evidence with this id, which must exist."""
    return tx.session.get_one(Evidence, evidence_id)


def platform_ref_of(tx: Tx, evidence: Evidence) -> str:
    """How the platform names its file; of use only to the bot that received it."""
    return tx.vault.open(evidence.platform_ref_sealed)


def stored(
    tx: Tx,
    evidence_id: int,
    *,
    path: str,
    media_type: str,
    size_bytes: int,
    sha256: str,
    lat: float | None = None,
    lon: float | None = None,
) -> bool:
    """Our copy lies at `path` below the media folder; False when its fate was decided before."""
    return _decide(
        tx,
        evidence_id,
        state="stored",
        reason="",
        due_at=None,
        path=path,
        media_type=media_type,
        size_bytes=size_bytes,
        sha256=sha256,
        lat=lat,
        lon=lon,
    )


def failed(tx: Tx, evidence_id: int, reason: str) -> bool:
    """It will never come, for a reason that a person can read; False when its fate was decided before."""
    return _decide(tx, evidence_id, state="failed", reason=reason, due_at=None)


def retry_later(tx: Tx, evidence_id: int, due_at: datetime, reason: str) -> bool:
    """It did not come this time; try again at `due_at`."""
    return _decide(tx, evidence_id, due_at=due_at, reason=reason, attempts=Evidence.attempts + 1)


def attach(tx: Tx, evidence_ids: Collection[int], report_id: int) -> None:
    """These files belong to this report; what belongs to another already stays there."""
    free = or_(col(Evidence.report_id).is_(None), col(Evidence.report_id) == report_id)
    tx.change(Evidence, col(Evidence.id).in_(evidence_ids), free, report_id=report_id)


def of_report(tx: Tx, report_id: int) -> list[Evidence]:
    """All files of a report, oldest first."""
    return list(tx.session.exec(select(Evidence).where(Evidence.report_id == report_id).order_by(col(Evidence.id))))


def awaited(tx: Tx, now: datetime, limit: int = 50) -> list[Evidence]:
    """Files that should be fetched now, the longest waiting first."""
    return list(
        tx.session.exec(
            select(Evidence)
            .where(Evidence.state == "awaited", col(Evidence.due_at) <= now)
            .order_by(col(Evidence.due_at), col(Evidence.id))
            .limit(limit)
        )
    )


def _decide(tx: Tx, evidence_id: int, **values: object) -> bool:
    return tx.change(Evidence, col(Evidence.id) == evidence_id, col(Evidence.state) == "awaited", **values) == 1
