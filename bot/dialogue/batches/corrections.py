"""Corrections of a batch, line by line, as they are typed: "gabung 2 3", "pisah 4", "hapus 5", "ubah 2 tempat ...", "tetangga 3"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.words import COUNTING, plain

JOIN, SPLIT, REMOVE, CHANGE, MINE, NEIGHBOURS, ANSWER, APART, TAKE_IN, CONTACT, SAFE = (
    "join", "split", "remove", "change", "mine", "neighbour", "answer", "apart", "take_in", "contact", "safe",
)  # fmt: skip
VERBS = {
    JOIN: "gabung gabungkan gabungkeun hijikeun satukan merge join",
    SPLIT: "pisah pisahkan pisahkeun split",
    REMOVE: "hapus buang hilangkan piceun delete remove drop",
    CHANGE: "ubah ganti robih gentos change edit",
    MINE: "saya abdi punya-saya mine me",
    NEIGHBOURS: "tetangga tatangga warga neighbour neighbor",
    SAFE: "aman salamet safe",
    APART: "beda benten bukan different",
    TAKE_IN: "lapor laporkan laporkeun masukkan lebetkeun report include",
    CONTACT: "kontak hubungi contact",
}
BY_WORD = {word: what for what, words in VERBS.items() for word in words.split()}
OF_MANY = frozenset({JOIN, SPLIT, REMOVE, MINE, NEIGHBOURS, SAFE})
"""What can be wanted of all lines at once."""
MOST = 30  # lines that a range may name
PARTS = {
    "place": "tempat lokasi alamat tempatna lokasina tempatnya lokasinya place location",
    "category": "kategori jenis kategorina category",
    "words": "masalah isi kata tulisan masalahna problem text",
}
PART_BY_WORD = {word: part for part, words in PARTS.items() for word in words.split()}
ALL = frozenset("semua semuanya sadaya sadayana kabeh kabehna all everything".split())
EVERY = (0,)
"""In place of line numbers: all lines of the list."""
UNTIL = frozenset("sampai sampe hingga sd s/d dugi nepi to until".split())
AND = frozenset("dan sareng jeung sama dengan ka ke and with nomor nomer no number".split())
LINE = re.compile(r"(?:^|[\n;,])\s*(?:no(?:mor|mer)?\.?\s*)?(?P<line>\d{1,2})\s*[.):=\-]?\s+(?=[^\W\d])", re.IGNORECASE)
RANGE = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})(?!\d)")
LETTER = re.compile(r"[a-z]{1,2}")


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to be changed: which lines (from 1; `EVERY` for all), or which of those left out (from 1), and the words that say
    how."""

    what: str
    lines: tuple[int, ...] = ()
    part: str = ""  # of CHANGE: place, category, words; "" when it was not named
    words: str = ""


def corrections_in(text: str) -> tuple[Correction, ...]:
    """What somebody wants changed, in order; () for words that are no correction."""
    first = next(iter(plain(text).split()), "")
    if first in BY_WORD:
        parts = [piece for piece in re.split(r"[\n;]|,\s*(?=[^\W\d]{3,})", text.strip()) if piece.strip()]
        found = [_one(piece) for piece in parts]
        return tuple(each for each in found if each) if all(found) else (one,) if (one := _one(text)) else ()
    return tuple(_answers(text))


def _one(text: str) -> Correction | None:
    verb, _, rest = text.strip().lstrip("/").partition(" ")
    what = BY_WORD.get(plain(verb))
    if what is None:
        return None
    if what == TAKE_IN:
        named = [word for word in plain(rest).split() if word not in AND]
        letters = tuple(_from_letters(word) if LETTER.fullmatch(word) else 0 for word in named)
        return Correction(what, letters) if letters and all(letters) else None
    if what in OF_MANY and plain(rest) in ALL:
        return Correction(what, EVERY)
    lines, rest = _numbers(rest, most=1 if what in (CHANGE, CONTACT) else 30)
    if not lines or (what in (MINE, NEIGHBOURS) and rest):  # "saya 2 kali jatuh di situ" tells something else
        return None
    if what == CHANGE:
        head, _, tail = rest.partition(" ")
        part = PART_BY_WORD.get(plain(head), "")
        return Correction(what, lines, part, tail.strip() if part else rest)
    return Correction(what, lines, words=rest)


def _answers(text: str) -> Iterator[Correction]:
    """ "2 jalan cisitu lama, 4 depan pasar": what was asked about these lines."""
    found = list(LINE.finditer(text))
    if not found or text[: found[0].start()].strip():
        return
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        if said := text[match.end() : end].strip(" \n,;"):
            yield Correction(ANSWER, (int(match["line"]),), words=said)


def _numbers(text: str, *, most: int) -> tuple[tuple[int, ...], str]:
    """The line numbers at the beginning, and the rest."""
    numbers: list[int] = []
    left, through = RANGE.sub(r"\1 sampai \2", text.strip()), False
    while left and len(numbers) < most:
        word, _, behind = left.partition(" ")
        bare = word.strip(",.;:)&+-").casefold()
        if bare in UNTIL and numbers:
            left, through = behind.strip(), True
            continue
        if not bare or bare in AND:
            left = behind.strip()
            continue
        joined = re.split(r"[,&+]", bare)
        if all(each.isdecimal() and len(each) < 3 for each in joined):
            said = [int(each) for each in joined]
        elif bare in COUNTING:
            said = [COUNTING[bare]]
        else:
            break
        numbers += range(numbers[-1] + 1, min(said[0], MOST)) if through else ()
        numbers += said
        left, through = behind.strip(), False
    return tuple(dict.fromkeys(numbers)), left


def letter(number: int) -> str:
    """By what a message that was left out is called: a, b, ... z, aa, ab, ..."""
    return chr(ord("a") + number) if number < 26 else f"a{chr(ord('a') + number - 26)}"


def _from_letters(word: str) -> int:
    """The number (from 1) behind a letter; 0 for letters that nothing is called by."""
    if len(word) == 1:
        return ord(word) - ord("a") + 1
    return 26 + ord(word[1]) - ord("a") + 1 if word[0] == "a" else 0


def spoken(text: str) -> tuple[str, ...]:
    """The words of a message that have to be understood by themselves: each behind its own line number."""
    return tuple(each.words for each in corrections_in(text) if each.words and each.what in (ANSWER, CHANGE))
