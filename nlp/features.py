"""A normalised message as two bags of hashed n-grams: words (1-2, with Indonesian glosses of Sundanese words) and characters (2-5)."""

from dataclasses import dataclass
from typing import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.lexicon import word_table

WORD_BUCKETS = 1 << 16
CHARACTER_BUCKETS = 1 << 17
BUCKETS = WORD_BUCKETS + CHARACTER_BUCKETS
CHARACTER_LENGTHS = (2, 3, 4, 5)

Ids = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]

_SPACE = ord(" ")
_MIX = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Bag:
    """Sorted distinct bucket numbers (below `BUCKETS`) and how much each counts: 1 + ln(times seen)."""

    ids: Ids
    weights: Weights

    @property
    def first_character_feature(self) -> int:
        """Where in `ids` the character buckets begin."""
        return int(np.searchsorted(self.ids, WORD_BUCKETS))


def bag_of(normalised: str) -> Bag:
    """The features of a message that `nlp.normalise.normalise` prepared; an empty message gives an empty bag."""
    tokens = [_shape(token) for token in normalised.split()]
    found = np.concatenate([_word_buckets(tokens), _character_buckets(tokens)])
    ids, times = np.unique(found, return_counts=True)
    return Bag(ids.astype(np.int64), (1.0 + np.log(times)).astype(np.float32))


def _shape(token: str) -> str:
    return token if not token.isdigit() or len(token) <= 3 else "0" * min(len(token), 6)


def _word_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    glosses = word_table("sundanese")
    grams = list(tokens)
    grams += [f"{left} {right}" for left, right in zip(tokens, tokens[1:])]
    glossed = [glosses.get(token, token) for token in tokens]
    if glossed != tokens:
        grams += [gloss for gloss, token in zip(glossed, tokens) if gloss != token]
        grams += [f"{l} {r}" for l, r, a, b in zip(glossed, glossed[1:], tokens, tokens[1:]) if (l, r) != (a, b)]
    return np.array([crc32(gram.encode()) % WORD_BUCKETS for gram in grams], dtype=np.int64)


def _character_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    """n-grams inside single words with a space on each side; hashed for the whole message at once."""
    if not tokens:
        return np.empty(0, dtype=np.int64)
    letters = np.frombuffer((" " + " ".join(tokens) + " ").encode("ascii", "replace"), dtype=np.uint8).astype(np.uint32)
    spaces_before = np.concatenate([[0], np.cumsum(letters == _SPACE)])
    buckets = []
    for length in CHARACTER_LENGTHS:
        starts = np.arange(max(len(letters) - length + 1, 0))
        inside = spaces_before[starts + length - 1] - spaces_before[starts + 1]
        starts = starts[inside == 0]
        hashed = np.full(len(starts), length * 0x01000193, dtype=np.uint32)
        for offset in range(length):
            hashed = (hashed ^ letters[starts + offset]) * _MIX
            hashed ^= hashed >> np.uint32(15)
        buckets.append(WORD_BUCKETS + (hashed % np.uint32(CHARACTER_BUCKETS)).astype(np.int64))
    return np.concatenate(buckets)
