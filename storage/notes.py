"""Words added to a report after it was filed."""

from datetime import datetime

from sqlmodel import col, select

from storage.tables import Note
from storage.transaction import Tx


def add_note(
    tx: Tx, report_id: int, text: str, *, actor: str, contact_id: int | None, now: datetime, internal: bool = False
) -> Note:
    """Keep words of the reporter or of staff, sealed; `internal` ones are for staff only."""
    return tx.add(
        Note(
            report_id=report_id,
            contact_id=contact_id,
            actor=actor,
            internal=internal,
            text_sealed=tx.vault.seal(text),
            at=now,
        )
    )


def notes_of(tx: Tx, report_id: int, *, internal: bool = False) -> list[Note]:
    """The notes on a report, oldest first; with those for staff only when `internal`."""
    wanted = [col(Note.report_id) == report_id]
    if not internal:
        wanted.append(col(Note.internal).is_(False))
    return list(tx.session.exec(select(Note).where(*wanted).order_by(col(Note.id))))


def text_of(tx: Tx, note: Note) -> str:
    """The words of a note."""
    return tx.vault.open(note.text_sealed)
