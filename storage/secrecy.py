"""The words of a report: plain, or sealed when it is secret (rahasia)."""

from storage.tables import Report
from storage.transaction import Tx

SECRET = "rahasia"
"""The privacy under which nobody but those who handle a report may read its words."""


def seal_description(tx: Tx, report: Report) -> None:
    """Turn the citizen's words into ciphertext: the report became secret. `report` must belong to this transaction."""
    if report.description:
        report.description_sealed = tx.vault.seal(report.description)
        report.description = ""
    if report.place_words:
        report.place_words_sealed = tx.vault.seal(report.place_words)
        report.place_words = ""


def description_of(tx: Tx, report: Report) -> str:
    """What the citizen wrote, sealed or not."""
    return report.description or tx.vault.open(report.description_sealed)


def place_words_of(tx: Tx, report: Report) -> str:
    """The citizen's own words for the place, sealed or not."""
    return report.place_words or tx.vault.open(report.place_words_sealed)
