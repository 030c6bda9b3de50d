"""What may be wanted of the lines of a list, the words for it, and how lines are numbered and lettered."""

import re
from dataclasses import dataclass

from bot.dialogue.words import COUNTING, plain

JOIN, SPLIT, REMOVE, CHANGE, MINE, NEIGHBOURS, ANSWER, APART, TAKE_IN, CONTACT, SAFE, ONLY, UNDO, SWAP, MOVE_FILES = (
    "join", "split", "remove", "change", "mine", "neighbour", "answer", "apart", "take_in", "contact", "safe", "only", "undo", "swap",
    "move_files",
)  # fmt: skip
VERBS = {
    JOIN: "gabung gabungkan gabungin gabungkeun hijikeun satukan satuin merge join",
    SPLIT: "pisah pisahkan pisahin pisahkeun split",
    REMOVE: "hapus hapuskan hapusin buang buangkan hilangkan pupus piceun coret delete remove drop",
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
    "place": "tempat lokasi alamat tempatna lokasina tempatnya lokasinya alamatnya alamatna place location",
    "category": "kategori jenis kategorina kategorinya jenisnya jenisna category",
    "words": "masalah isi kata tulisan masalahna masalahnya isinya eusina problem text",
}
PART_BY_WORD = {word: part for part, words in PARTS.items() for word in words.split()}
ALL = frozenset("semua semuanya sadaya sadayana kabeh kabehna all everything".split())
EVERY = (0,)
"""In place of line numbers: all lines of the list."""
UNTIL = frozenset("sampai sampe hingga sd s/d dugi nepi to until".split())
AND = frozenset("dan sareng jeung sama dengan ka ke and with nomor nomer no number yang yg nu".split())
RANGE = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing to be changed: which lines (from 1; `EVERY` for all), or which of those left out (from 1), and the words that say
    how."""

    what: str
    lines: tuple[int, ...] = ()
    part: str = ""  # of CHANGE: place, category, words; "" when it was not named
    words: str = ""


def numbers(text: str, *, most: int) -> tuple[tuple[int, ...], str]:
    """The line numbers at the beginning, and the rest."""
    found: list[int] = []
    left, through = RANGE.sub(r"\1 sampai \2", text.strip()), False
    while left and len(found) < most:
        word, _, behind = left.partition(" ")
        bare = word.strip(",.;:)&+-").casefold()
        if bare in UNTIL and found:
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
        found += range(found[-1] + 1, min(said[0], MOST)) if through else ()
        found += said
        left, through = behind.strip(), False
    return tuple(dict.fromkeys(found)), left


ENDINGS = ("keun", "kan", "in")


def letter(number: int) -> str:
    """By what a message that was left out is called: a, b, ... z, aa, ab, ..."""
    return chr(ord("a") + number) if number < 26 else f"a{chr(ord('a') + number - 26)}"


def from_letters(word: str) -> int:
    """The number (from 1) behind a letter; 0 for letters that nothing is called by."""
    if len(word) == 1:
        return ord(word) - ord("a") + 1
    return 26 + ord(word[1]) - ord("a") + 1 if word[0] == "a" else 0


def verb(word: str) -> str:
    """What a word asks for, however it is bent ("dihapus", "hapuskeun", "digabungin"); "" for nothing."""
    said = plain(word)
    for stem in (said, said.removeprefix("di"), *(said.removeprefix("di").removesuffix(end) for end in ENDINGS)):
        if stem in BY_WORD:
            return BY_WORD[stem]
    return ""
