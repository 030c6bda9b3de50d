"""The letter that goes to an outside agency with a report: the city's head and its wording, in the city's first language."""

from dataclasses import dataclass

from cities.page import Page
from cities.wording import PLACEHOLDER

BLANKS = frozenset({"nomor", "instansi", "tanggal", "tenggat"})


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a city writes in every such letter. Blanks: the report's number, the receiver, the due date, the last day of the link."""

    head: tuple[str, ...]  # lines, the office's name last but for its address
    place: str  # before the date
    subject: str
    opening: str
    request: str
    by_link: str
    closing: str
    signed: str  # under whose name


def read_letter(phrases: Page) -> LetterWords | None:
    """The entry ``letter`` of phrases.yaml; None for a city that sends none."""
    page = phrases.optional_page("letter")
    if page is None:
        return None
    words = {
        name: page.text(name) for name in ("place", "subject", "opening", "request", "by_link", "closing", "signed")
    }
    for name, text in words.items():
        for unknown in sorted(set(PLACEHOLDER.findall(text)) - BLANKS):
            page.fault(name, f"{{{unknown}}} is no known placeholder", f"Use: {', '.join(sorted(BLANKS))}")
    if not (head := page.words("head")):
        page.fault("head", "is missing", "List the lines of the letterhead")
    return LetterWords(head=head, **words)
