"""Saved words with blanks: "#name" in what staff write stands for them, filled by the report that the talk is about."""

import re

from bot.dialogue.knowledge import ReportFacts
from bot.dialogue.texts import Speech

PLACEHOLDER = re.compile(r"\{(\w+)\}")
MENTION = re.compile(r"(?<!\w)#(?P<name>[a-z0-9_-]{1,24})(?!\w)", re.IGNORECASE)
BLANKS = ("nomor", "tempat", "tenggat", "kategori", "opd", "status")
"""What may stand in braces."""
EMPTY = "-"


def filled(text: str, speech: Speech, report: ReportFacts | None) -> str:
    """The words with the report's facts in their blanks; what is not known is a dash."""
    values = _values(speech, report) if report else {}
    return PLACEHOLDER.sub(lambda blank: values.get(blank[1], EMPTY) or EMPTY, text)


def expanded(text: str, saved: dict[str, str], speech: Speech, report: ReportFacts | None) -> str:
    """The text with each "#name" that is known in full."""
    return MENTION.sub(
        lambda mention: (
            filled(saved[mention["name"].lower()], speech, report) if mention["name"].lower() in saved else mention[0]
        ),
        text,
    )


def _values(speech: Speech, report: ReportFacts) -> dict[str, str]:
    return {
        "nomor": report.number,
        "tempat": report.place,
        "tenggat": speech.moment(report.due_at) if report.due_at else "",
        "kategori": speech.category(report.category),
        "opd": speech.agency(report.agency) if report.agency else "",
        "status": speech.status(report.status),
    }
