"""Telephone numbers in a citizen's words: kept for the office that may need to call, and shown to nobody else."""

import re

PHONE = re.compile(r"(?<![\w-])(?:\+?62|\(?0)[\s.-]?\d(?:[\s.()-]{0,2}\d){7,12}(?![\w-])")
"""As written in Indonesia, mobile and fixed: +62 or 0 first, nine to fifteen digits, also in groups."""
HIDDEN = "…"


def phones_in(text: str) -> tuple[str, ...]:
    """Every telephone number, as it was written."""
    return tuple(found[0] for found in PHONE.finditer(text))


def without_phones(text: str) -> str:
    """The text as people may see it who need not call."""
    return PHONE.sub(HIDDEN, text)
