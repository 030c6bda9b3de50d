"""Pictures that went to the wrong line: "fotonya ketuker", "tukar foto 1 2", "foto nomor 3 buat nomor 1"."""

import re

from bot.dialogue.batches.wanted import MOVE_FILES, SWAP, Correction
from bot.dialogue.words import plain, spelt

PICTURES = frozenset(
    "foto poto gambar potret video vidio rekaman suara vn berkas photo photos picture pictures".split()
)
SWAPPED = frozenset(
    "tukar tuker tukeur tukarkan tukerin tukeurkeun ditukar dituker ditukeur tertukar ketukar ketuker tukeran patukeur pahili kebalik"
    " terbalik kabalik tibalik dibalik balikkan swap swapped switched exchange mixed".split()
)
MOVED = re.compile(
    r"\b(?P<from>\d{1,2})\b(?:\s+(?:itu|teh|eta|mah|nya|na|seharusnya|harusnya|mestinya|kuduna|kedahna|should))*\s+(?:(?:be|go|pindah|pindahkan"
    r"|pindahkeun|masuk|lebet)\s+)?(?:buat|untuk|kanggo|keur|punya|milik|kagungan|ke|ka|di|to|for|in|belongs to)\s+"
    r"(?:(?:yang|yg|nu|nomor|no|nomer|laporan|number)\s+)*(?P<to>\d{1,2})\b"
)
NOT = frozenset("tidak teu jangan ulah sanes not".split())
MOST_WORDS = 12


def put_right(text: str) -> Correction | None:
    """Which lines' pictures are to be swapped (none named: those that have some), or moved; None for any other words."""
    said = spelt(text).split()
    if len(said) > MOST_WORDS or not any(_stem(word) in PICTURES for word in said) or not NOT.isdisjoint(said):
        return None
    lines = tuple(dict.fromkeys(int(word) for word in said if word.isdecimal() and len(word) < 3))
    if not SWAPPED.isdisjoint(map(_stem, said)):
        return Correction(SWAP, lines) if len(lines) in (0, 2) else None
    told = MOVED.search(plain(text))
    return Correction(MOVE_FILES, (int(told["from"]), int(told["to"]))) if told and len(lines) == 2 else None


def _stem(word: str) -> str:
    return word.removesuffix("nya").removesuffix("na")
