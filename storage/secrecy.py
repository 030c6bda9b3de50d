"""The words about a report: plain, or sealed when it is secret (rahasia).

Each text has two columns, of which one is empty: `note` and `note_sealed`, and so on. Read it with the function named
after it, never from the column.
"""

from sqlmodel import SQLModel, col, select

from storage.tables import AuditEntry, Rating, Report, StatusChange
from storage.transaction import Tx

SECRET = "rahasia"
"""The privacy under which nobody but those who handle a report may read its words."""


def is_secret(tx: Tx, report_id: int | None) -> bool:
    """Whether words about this report must be sealed."""
    return report_id is not None and tx.session.get_one(Report, report_id).privacy == SECRET


def seal(tx: Tx, row: SQLModel, *names: str) -> None:
    """Turn these texts of a row, which belongs to this transaction, into ciphertext."""
    for name in names:
        words = getattr(row, name)
        if words:
            setattr(row, f"{name}_sealed", tx.vault.seal(words))
            setattr(row, name, "")


def seal_description(tx: Tx, report: Report) -> None:
    """The report became secret: seal the citizen's words. `report` must belong to this transaction."""
    seal(tx, report, "description", "place_words")


def seal_all(tx: Tx, report: Report) -> None:
    """The report became secret later: seal all that was ever written about it. It must belong to this transaction."""
    seal_description(tx, report)
    for step in tx.session.exec(select(StatusChange).where(col(StatusChange.report_id) == report.id)):
        seal(tx, step, "note")
    for rating in tx.session.exec(select(Rating).where(col(Rating.report_id) == report.id)):
        seal(tx, rating, "word")
    for entry in tx.session.exec(select(AuditEntry).where(col(AuditEntry.report_id) == report.id)):
        seal(tx, entry, "detail")


def description_of(tx: Tx, report: Report) -> str:
    """What the citizen wrote, sealed or not."""
    return report.description or tx.vault.open(report.description_sealed)


def place_words_of(tx: Tx, report: Report) -> str:
    """The citizen's own words for the place, sealed or not."""
    return report.place_words or tx.vault.open(report.place_words_sealed)


def note_of(tx: Tx, change: StatusChange) -> str:
    """What was written to the citizen at this step, sealed or not."""
    return change.note or tx.vault.open(change.note_sealed)


def word_of(tx: Tx, rating: Rating) -> str:
    """What the reporter said with the stars, sealed or not."""
    return rating.word or tx.vault.open(rating.word_sealed)


def detail_of(tx: Tx, entry: AuditEntry) -> str:
    """The particulars of an act, sealed or not."""
    return entry.detail or tx.vault.open(entry.detail_sealed)
