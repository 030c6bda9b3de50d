"""Consent of people for whom somebody else reports: who noted it, when and how, and where their news goes."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import Consent
from storage.transaction import Tx

TOLD, JOINED = "told", "joined"


def note(
    tx: Tx,
    report_id: int,
    *,
    noted_by: int,
    how: str,
    now: datetime,
    person: str = "",
    token: str = "",
    conversation_id: int | None = None,
) -> Consent:
    """Somebody agreed. `person` is their contact as it was told; `token` opens a link with which they follow the report."""
    return tx.add(
        Consent(
            report_id=report_id,
            noted_by=noted_by,
            how=how,
            at=now,
            person_sealed=tx.vault.seal(person),
            token_hash=tx.vault.fingerprint(token) if token else "",
            conversation_id=conversation_id,
        )
    )


def of_report(tx: Tx, report_id: int) -> list[Consent]:
    """Everybody who agreed, the first first; none who took it back."""
    standing = select(Consent).where(Consent.report_id == report_id, col(Consent.withdrawn_at).is_(None))
    return list(tx.session.exec(standing.order_by(col(Consent.id))))


def by_token(tx: Tx, token: str) -> Consent | None:
    """The consent behind a link."""
    behind = select(Consent).where(
        Consent.token_hash == tx.vault.fingerprint(token), col(Consent.withdrawn_at).is_(None)
    )
    return tx.session.exec(behind).first()


def person_of(tx: Tx, consent: Consent) -> str:
    """Their contact as it was told; "" for none."""
    return tx.vault.open(consent.person_sealed)


def reach(
    tx: Tx, consent_id: int, *, person: str | None = None, token: str = "", conversation_id: int | None = None
) -> None:
    """From now on they can be reached like this."""
    values: dict[str, object] = {}
    if person is not None:
        values["person_sealed"] = tx.vault.seal(person)
    if token:
        values["token_hash"] = tx.vault.fingerprint(token)
    if conversation_id is not None:
        values["conversation_id"] = conversation_id
    tx.change(Consent, col(Consent.id) == consent_id, **values)


def withdraw(tx: Tx, conversation_id: int, now: datetime) -> int:
    """Whoever talks there hears no more news of others' reports; how many that were."""
    theirs = (col(Consent.conversation_id) == conversation_id, col(Consent.withdrawn_at).is_(None))
    return tx.change(Consent, *theirs, conversation_id=None)
