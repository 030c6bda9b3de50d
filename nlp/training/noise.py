"""The noise model: the same message as somebody else might have typed it. Used only while training."""

import random
import re
from collections.abc import Sequence

from nlp.lexicon import word_table

OPENINGS = (
    "Kepada Yth. Bapak Wali Kota,", "Assalamualaikum wr wb.", "Selamat pagi min,", "Selamat siang Bapak/Ibu,", "Yth. Dinas terkait,", "Punten kang admin,",
    "Dengan hormat,", "Halo admin,", "Mohon izin melapor,", "Izin lapor pak,", "Saya warga sini ingin menyampaikan,", "min", "pak bu maaf mengganggu", "Lapor!",
    "Sampurasun,", "Mohon maaf sebelumnya,", "Selamat malam, saya mau mengadu.", "Perkenalkan saya ibu rumah tangga.", "Kpd Yth Pemkot", "Bapak Wali yang saya hormati,",
    "Saya ingin bertanya sekaligus menyampaikan.", "Terima kasih atas kesempatannya.", "tolong dong", "kak mau lapor", "Ini laporan saya yang kedua.",
)
CLOSINGS = (
    "Terima kasih.", "Mohon segera ditindaklanjuti.", "Mohon bantuannya.", "Demikian, atas perhatian Bapak/Ibu kami ucapkan terima kasih.", "Hatur nuhun.", "tks",
    "mohon perhatiannya", "semoga cepat ditangani", "Wassalam.", "Mohon penjelasannya.", "trims min", "mohon dicek ke lokasi ya", "sudah pernah lapor tapi belum ada jawaban",
    "Semoga Bandung makin baik.", "ditunggu kabarnya", "Kami warga sangat berharap.", "mohon solusinya", "tolong ya pak", "Mohon maaf jika ada salah kata.", "nuhun",
    "Atas nama warga RT kami sampaikan terima kasih.", "Sudah lapor ke RT dan kelurahan belum ada tindakan.", "🙏🙏", "Besar harapan kami.", "Mau lapor ke mana lagi.",
)


class Noise:
    """Rewrites messages; the same `seed` and the same calls give the same rewritings."""

    def __init__(self, seed: int, places: Sequence[str] = ()) -> None:
        self._random = random.Random(seed)
        self._places = tuple(places)
        self._typed = _reversed("informal")
        self._sundanese = _reversed("sundanese")

    def rewritten(self, message: str, named: Sequence[str] = ()) -> str:
        """`message` with other places for `named` (substrings of it), wrapped as a letter or chat, and typed less carefully."""
        message = self._elsewhere(message, named)
        tokens = message.split()
        chance = self._random.random() * 0.25
        sundanese = self._random.random() < 0.2
        tokens = [self._retyped(token, sundanese) if self._random.random() < chance else token for token in tokens]
        message = " ".join(tokens)
        if self._random.random() < 0.5:
            message = f"{self._random.choice(OPENINGS)} {message}"
        if self._random.random() < 0.5:
            message = f"{message} {self._random.choice(CLOSINGS)}"
        return message

    def _elsewhere(self, message: str, named: Sequence[str]) -> str:
        for place in named:
            if self._places and self._random.random() < 0.6:
                message = message.replace(place, self._random.choice(self._places))
        return message

    def _retyped(self, token: str, sundanese: bool) -> str:
        bare = re.sub(r"\W+", "", token.lower())
        if sundanese and bare in self._sundanese:
            return self._random.choice(self._sundanese[bare])
        if bare in self._typed:
            return self._random.choice(self._typed[bare])
        return _slip(token, self._random) if len(token) > 4 else token


def _reversed(table: str) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for typed, formal in sorted(word_table(table).items()):
        ways.setdefault(formal, []).append(typed)
    return ways


def _slip(token: str, chance: random.Random) -> str:
    """One letter swapped, dropped or doubled, never the first."""
    place = chance.randrange(1, len(token) - 1)
    return chance.choice(
        (
            token[:place] + token[place + 1] + token[place] + token[place + 2 :],
            token[:place] + token[place + 1 :],
            token[:place] + token[place] + token[place:],
        )
    )
