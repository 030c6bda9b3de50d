"""A citizen's words for people who must not learn who wrote them: without their name and without telephone numbers."""

import re
from collections.abc import Collection

from storage import Tx, people
from storage import reports as kept
from storage.tables import Report

PHONE = re.compile(r"\+?\d(?:[\s.-]?\d){8,}")
HIDDEN = "…"
SHORTEST = 3  # letters of a part of a name


def masked(text: str, names: Collection[str]) -> str:
    """The text without these names and without telephone numbers."""
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", HIDDEN, text, flags=re.IGNORECASE)
    return PHONE.sub(HIDDEN, text)


def names_of(tx: Tx, report: Report) -> list[str]:
    """The reporter's name, whole first and then each part that is long enough to be one."""
    whole = people.name_of(tx, people.contact_by_id(tx, report.contact_id)).strip()
    return [whole, *(part for part in whole.split() if len(part) >= SHORTEST)] if whole else []


def description_of(tx: Tx, report: Report) -> str:
    """What the report says, masked."""
    return masked(kept.description_of(tx, report), names_of(tx, report))
