"""One spelling for all ways of writing a name: "L.L.R.E. Martadinata", "soekarno-hatta", "buahbatu", "Tjokro"."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"([a-z])\1+")
_GAP = re.compile(r"[ \t]*[.\-–—'’/]?[ \t]*\Z")
_STOP = re.compile(r"\.[ \t]+\Z")
_ABBREVIATED = 3  # letters; a full stop after a longer word ends a sentence, unless it is one of these
_LONG_ABBREVIATIONS = frozenset({"jend", "prof", "komp", "moch", "trsn", "brigjen", "brigjend", "letjen"})

_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_SHORT = {
    "jend": "jenderal", "jendral": "jenderal", "jnd": "jenderal", "dokter": "dr", "doktor": "dr",
    "profesor": "prof", "professor": "prof", "insinyur": "ir", "haji": "h", "moch": "moh", "muh": "moh",
    "mohamad": "moh", "mochamad": "moh", "mochammad": "moh", "mohammad": "moh", "muhammad": "moh", "muhamad": "moh",
    "mochammed": "moh", "trs": "terusan", "ters": "terusan", "trsn": "terusan", "kb": "kebon", "kbn": "kebon",
    "kebun": "kebon", "bbk": "babakan", "bbkn": "babakan", "psr": "pasar", "ps": "pasar", "pasr": "pasar",
    "tmn": "taman", "tm": "taman", "lapang": "lapangan", "lap": "lapangan", "mesjid": "masjid", "mesdjid": "masjid",
    "stasion": "stasiun", "stsn": "stasiun", "trmnl": "terminal", "mall": "mal", "univ": "universitas",
    "apt": "apartemen", "apartment": "apartemen", "pkm": "puskesmas", "smpn": "smp", "sman": "sma", "sdn": "sd",
    "smkn": "smk", "rsud": "rs", "rsu": "rs", "rsup": "rs", "pom": "spbu", "bunderan": "bundaran",
    "bndrn": "bundaran", "jalayang": "flyover", "alun2": "alunalun", "perempatan": "simpang",
    "prempatan": "simpang", "prapatan": "simpang", "parapatan": "simpang", "prptan": "simpang",
    "pertigaan": "simpang", "prtigaan": "simpang", "patilu": "simpang", "pertelon": "simpang",
    "simpangan": "simpang", "persimpangan": "simpang", "stopan": "simpang",
}  # fmt: skip
_BEGINNINGS = (
    ("rumahsakit", "rs"), ("smpnegeri", "smp"), ("smanegeri", "sma"), ("sdnegeri", "sd"), ("smknegeri", "smk"),
    ("rsumumdaerah", "rs"), ("jembatanlayang", "flyover"), ("jalanlayang", "flyover"), ("lampumerah", "simpang"),
    ("lampustopan", "simpang"), ("lampubeureum", "simpang"),
)  # fmt: skip
_FIRST_WORDS = tuple(beginning for beginning, _ in _BEGINNINGS)
_LETTERS = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("ph", "p"), ("f", "p"), ("v", "p"), ("kh", "h"), ("q", "k"), ("y", "i"),
    ("z", "s"), ("sj", "s"), ("ch", "h"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
MELTING = frozenset(letters[0] for letters, _ in _LETTERS if len(letters) > 1)
"""Letters that the one behind them may change."""


class Token(NamedTuple):
    """A word as it stands in `message[start:end]`, in plain form; `joins` says that no sentence ended before it, `capital`
    that it begins with a capital letter, `loud` that it has no other."""

    text: str
    start: int
    end: int
    joins: bool
    capital: bool
    loud: bool


def first_from(words: Sequence[Token], start: int) -> int:
    """The number of the first word that begins at `start` of the message or behind it."""
    return bisect_left(words, start, key=_START)


_START = attrgetter("start")


@lru_cache(maxsize=8)  # a message is read for names, and then for what stands before them
def tokens(message: str) -> tuple[Token, ...]:
    """The words of the message with their places, hyphens and full stops taken as gaps between words."""
    found: list[Token] = []
    before = ""
    for match in _WORD.finditer(message):
        word, (start, end) = match.group(), match.span()
        joins = bool(found) and _joins(message[found[-1].end : start], before)
        before = plain(word)
        found.append(Token(before, start, end, joins, word[0].isupper(), len(word) > 1 and word.isupper()))
    return tuple(found)


def plain(word: str) -> str:
    """Small letters without accents."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word).lower()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def short(word: str) -> str:
    """The form that all abbreviations and old spellings of one word share."""
    return _SHORT.get(word) or _ROMAN.get(word, word)


def key(words: Iterable[str]) -> str:
    """What all spellings of a name have in common. Words are joined, so that split and joined spellings are equal."""
    return _key_of("".join(map(short, words)))


@lru_cache(maxsize=20_000)
def _key_of(joined: str) -> str:
    for beginning, instead in _BEGINNINGS if joined.startswith(_FIRST_WORDS) else ():
        if joined.startswith(beginning) and len(joined) > len(beginning):
            joined = instead + joined[len(beginning) :]
            break
    for letters, instead in _LETTERS:
        if letters in joined:
            joined = joined.replace(letters, instead)
    return _RUN.sub(r"\1", joined)


def changes_when_joined(name: str) -> bool:
    """Whether the key `name` is another in front of certain words, as "rumah" in "rumah sakit"."""
    return name in _MAY_CHANGE


_MAY_CHANGE = frozenset(_key_of(beginning[:end]) for beginning in _FIRST_WORDS for end in range(len(beginning) + 1))


def name_words(name: str) -> list[str]:
    """The plain words of a name from the gazetteer."""
    return [plain(word) for word in _WORD.findall(name)]


def _joins(gap: str, before: str) -> bool:
    if gap == " ":
        return True
    return bool(_GAP.match(gap)) and not (
        _STOP.search(gap) and len(before) > _ABBREVIATED and before not in _LONG_ABBREVIATIONS
    )
