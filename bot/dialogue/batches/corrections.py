"""Corrections of a batch, line by line, as they are typed: "gabung 2 3", "pisah 4", "hapus 5", "ubah 2 tempat ...", "tetangga 3".

Whole sentences that say the same are read in `sentences`; this is where all of them are asked for.
"""

import re
from collections.abc import Iterator

from bot.dialogue.batches.pictures import put_right
from bot.dialogue.batches.sentences import in_sentence, spoken_of, takes_back
from bot.dialogue.batches.wanted import (
    ALL,
    AND,
    ANSWER,
    BY_WORD,
    CHANGE,
    CONTACT,
    EVERY,
    MINE,
    NEIGHBOURS,
    OF_MANY,
    PART_BY_WORD,
    TAKE_IN,
    Correction,
    from_letters,
    numbers,
)
from bot.dialogue.words import plain

LINE = re.compile(r"(?:^|[\n;,])\s*(?:no(?:mor|mer)?\.?\s*)?(?P<line>\d{1,2})\s*[.):=\-]?\s+(?=[^\W\d])", re.IGNORECASE)
LETTER = re.compile(r"[a-z]{1,2}")
NEXT = re.compile(
    r"[\n;]|,\s*(?=(?:(?:yang|yg|nu|no|nomor|nomer)\.?\s+)*\d{1,2}\b\s*[.):=\-]?\s*[^\W\d])", re.IGNORECASE
)
"""Where what is said of one line ends and the next is spoken of."""


def corrections_in(text: str) -> tuple[Correction, ...]:
    """What somebody wants changed, in order; () for words that are no correction."""
    if takes_back(text):
        return ()
    if pictures := put_right(text):
        return (pictures,)
    first = next(iter(plain(text).split()), "")
    if first in BY_WORD:
        parts = [piece for piece in re.split(r"[\n;]|,\s*(?=[^\W\d]{3,})", text.strip()) if piece.strip()]
        found = [_one(piece) for piece in parts]
        typed = tuple(each for each in found if each) if all(found) else (one,) if (one := _one(text)) else ()
        return typed or in_sentence(text)
    pieces = [piece for piece in NEXT.split(text.strip()) if piece.strip()]
    told = [in_sentence(piece) for piece in pieces]
    if not any(told):
        return in_sentence(text) or tuple(_answers(text))
    each_told = [found or tuple(_answers(piece)) for found, piece in zip(told, pieces, strict=True)]
    return tuple(one for found in each_told for one in found) if all(each_told) else in_sentence(text)


def _one(text: str) -> Correction | None:
    verb, _, rest = text.strip().lstrip("/").partition(" ")
    what = BY_WORD.get(plain(verb))
    if what is None:
        return None
    if what == TAKE_IN:
        named = [word for word in plain(rest).split() if word not in AND]
        letters = tuple(from_letters(word) if LETTER.fullmatch(word) else 0 for word in named)
        return Correction(what, letters) if letters and all(letters) else None
    if what in OF_MANY and plain(rest) in ALL:
        return Correction(what, EVERY)
    lines, rest = numbers(rest, most=1 if what in (CHANGE, CONTACT) else 30)
    if not lines or (what in (MINE, NEIGHBOURS) and rest):  # "saya 2 kali jatuh di situ" tells something else
        return None
    if what == CHANGE:
        head, _, tail = rest.partition(" ")
        part = PART_BY_WORD.get(plain(head), "")
        return Correction(what, lines, part, tail.strip() if part else rest)
    return Correction(what, lines, words=rest)


def _answers(text: str) -> Iterator[Correction]:
    """ "2 jalan cisitu lama, 4 depan pasar": what was asked about these lines."""
    found, about = list(LINE.finditer(text)), spoken_of(text)
    if about and len(about.lines) > 1:  # what is said of several lines at once answers for none
        return
    if not found or text[: found[0].start()].strip():
        return
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        if said := text[match.end() : end].strip(" \n,;"):
            yield Correction(ANSWER, (int(match["line"]),), words=said)


def spoken(text: str) -> tuple[str, ...]:
    """The words of a message that have to be understood by themselves: each behind its own line number."""
    return tuple(each.words for each in corrections_in(text) if each.words and each.what in (ANSWER, CHANGE))
