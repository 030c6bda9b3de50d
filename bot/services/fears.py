"""What may come of a problem, whom it frightens, and whom one warns of it: no problem of its own."""

import re

from bot.dialogue.words import plain

FEARING = frozenset(
    "takut takutnya khawatir kawatir kuatir hawatir khawatirnya dikhawatirkan kawatirna hariwang sieun sieunna bisi bisina risi risiko "
    "bahaya bahayanya membahayakan bahayakeun ngabahayakeun nanti nantinya ntar entar engke engkena akibatnya berpotensi rawan "
    "afraid worried dangerous scared risk".split()
)
"""How a clause begins that says what may come of the problem, or whom it frightens."""
LEADING = frozenset(
    "saya aku kami kita warga orang abdi kuring urang jadi jadinya karena soalnya soalna sangat sok pada kan itu eta ini ieu cuma juga "
    "i we im am are it is s m very so because and".split()
)
"""Words that may stand before."""
WARNING = re.compile(r"[\s,.;!]*\b(?:hati[ -]?hati|hati ?2|ati[ -]?ati|ati ?2|be careful|watch out)\b", re.IGNORECASE)
MOST_WARNED = 4  # words behind a warning: who should take care; more of them tell what of


def fears(words: str) -> bool:
    """Whether a clause begins by saying what may come of a problem: none of its own."""
    return next((word for word in plain(words).split() if word not in LEADING), "") in FEARING


def apart_from_warning(text: str) -> str:
    """What a text tells beside a warning at one of its ends: "jalan ambles" of "jalan ambles, hati2 yang lewat"; "" without one."""
    found = WARNING.search(text)
    before, behind = (text[: found.start()].strip(), text[found.end() :].strip(" ,.!")) if found else ("", "")
    if not before:
        return behind
    return before if len(behind.split()) <= MOST_WARNED else ""
