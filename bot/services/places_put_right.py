"""Where a short message puts one place in the place of another: its words with only the place that is meant."""

import re

LONGEST = 16  # words; a longer message tells a story, in which "bukan" is about many things
DENIED = re.compile(
    r"\b(?:bukan|bkn|sanes|not)\b(?!\s+(?:cuma|cuman|hanya|saja|aja|only|just|ngan|wungkul|main)\b)"
    r".*?(?=[,;.\n]|\b(?:tapi|tp|tetapi|melainkan|namun|tapina|but|harusnya|seharusnya)\b|$)",
    re.IGNORECASE,
)
"""From the word that denies to the end of its clause."""
DENYING = re.compile(r"\b(?:bukan|bkn|sanes|not)\b", re.IGNORECASE)
MOVED = re.compile(
    r"\b(?:di)?(?:pindah(?:in|kan|keun)?|geser(?:in|keun)?|alihkan|moved?)\s+(?:\w+\s+){0,2}?(?:ke|ka|to)\s+",
    re.IGNORECASE,
)
"""Where a problem is moved to is where it is, and no direction in which a street leads."""


def put_right(text: str) -> str:
    """The words without what they deny ("di gerbang ITB, bukan kebun binatang"), and with "di" for "pindahin ke".

    "" where they put nothing right, or where nothing else is left.
    """
    if len(text.split()) > LONGEST or not (DENIED.search(text) or MOVED.search(text)):
        return ""
    return " ".join(MOVED.sub("di ", DENIED.sub(" ", text)).split()).strip(" ,;.")


def denied(text: str) -> str:
    """What the words say is not so ("bukan gang 3 tapi gang 5" -> "gang 3"); "" where they deny nothing."""
    found = DENIED.search(text)
    return DENYING.sub("", found[0]).strip(" ,;.") if found else ""
