"""What a list of reports is asked for: which reports, which words, which page."""

from dataclasses import dataclass

QUEUE, SEARCH, TODAY = "queue", "found", "today"
MINE, NEW, OVERDUE = "mine", "new", "overdue"
WHICH = {
    "mine": MINE, "saya": MINE, "abdi": MINE,
    "new": NEW, "baru": NEW, "anyar": NEW,
    "overdue": OVERDUE, "lewat": OVERDUE, "terlambat": OVERDUE, "telat": OVERDUE, "elat": OVERDUE,
}  # fmt: skip
"""By typed word: which part of the queue."""
FARTHEST_PAGE = 9_999


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody asked for it."""

    kind: str  # queue, found, today
    which: str = ""  # of the queue: "" what waits for me, mine, new, overdue
    words: str = ""  # looked for
    page: int = 1


def queue_asked(argument: str) -> Asked | None:
    """``/antrean`` with what stands behind it; None when that makes no sense."""
    which, page = "", 1
    for word in argument.lower().split():
        if word in WHICH and not which:
            which = WHICH[word]
        elif word.isdecimal() and 0 < int(word) <= FARTHEST_PAGE:
            page = int(word)
        else:
            return None
    return Asked(QUEUE, which, page=page)


def command_asked(name: str, argument: str) -> Asked | None:
    """The list that a command asks for; None when it asks for none."""
    match name:
        case "antrean" | "start":
            return queue_asked(argument)
        case "cari":
            return Asked(SEARCH, words=argument.strip()) if argument.strip() else None
        case "tugas":
            return Asked(TODAY)
    return None


def tap_asked(value: str, searched: str) -> Asked | None:
    """The page that a tapped choice asks for; ``searched`` are the words that were looked for last."""
    kind, _, rest = value.partition(":")
    page, _, which = rest.partition(":")
    if not page.isdecimal() or not 0 < int(page) <= FARTHEST_PAGE:
        return None
    match kind:
        case "queue":
            return Asked(QUEUE, which, page=int(page))
        case "found":
            return Asked(SEARCH, words=searched, page=int(page)) if searched else None
    return None
