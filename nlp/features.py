"""A normalised message as four bags of hashed features: words (1-2, with Indonesian glosses of foreign ones), characters (2-5),
clusters of words that say much the same (nlp/lexicon/clusters.txt), alone and in pairs, and what the message does (speech_acts.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.lexicon import clusters_of_words, glosses
from nlp.speech_acts import acts

WORD_BUCKETS = 1 << 16
CHARACTER_BUCKETS = 1 << 17
CLUSTER_BUCKETS = 1 << 12
SPEECH_BUCKETS = 1 << 12
TOPIC_BUCKETS = WORD_BUCKETS + CHARACTER_BUCKETS + CLUSTER_BUCKETS
"""What a message is about lies below; what it does, from here on."""
BUCKETS = TOPIC_BUCKETS + SPEECH_BUCKETS
BLOCKS = (0, WORD_BUCKETS, WORD_BUCKETS + CHARACTER_BUCKETS, TOPIC_BUCKETS)
"""Where the buckets of words, of characters, of clusters and of speech acts begin."""
CHARACTER_LENGTHS = (2, 3, 4, 5)

Ids = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]

_SUFFIXES = ("nya", "keun", "kan", "ana", "na", "an", "in", "ku", "mu")
_SHORTEST_STEM = 3
_NEAR = 6
_SPACE = ord(" ")
_MIX = np.uint32(0x9E3779B1)


@dataclass(frozen=True, slots=True)
class Bag:
    """Sorted distinct bucket numbers (below `BUCKETS`) and how much each counts: 1 + ln(times seen)."""

    ids: Ids
    weights: Weights

    def about(self) -> "Bag":
        """Only what the message is about, without what it does."""
        end = int(np.searchsorted(self.ids, TOPIC_BUCKETS))
        return Bag(self.ids[:end], self.weights[:end])

    def block_starts(self) -> list[int]:
        """Where in `ids` each of the `BLOCKS` begins."""
        return [int(place) for place in np.searchsorted(self.ids, BLOCKS)]


def bag_of(normalised: str) -> Bag:
    """The features of a message that `nlp.normalise.normalise` prepared; an empty message gives an empty bag."""
    tokens = [_shape(token) for token in normalised.split()]
    blocks = (_word_buckets(tokens), _character_buckets(tokens), _cluster_buckets(tokens), _speech_buckets(tokens))
    found = np.concatenate(blocks)
    ids, times = np.unique(found, return_counts=True)
    return Bag(ids.astype(np.int64), (1.0 + np.log(times)).astype(np.float32))


def _shape(token: str) -> str:
    return token if not token.isdigit() or len(token) <= 3 else "0" * min(len(token), 6)


def _word_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    indonesian = glosses()
    glossed = [indonesian.get(token, token) for token in tokens]
    grams = _grams(tokens)
    if glossed != tokens:
        said = set(grams)
        grams += [gram for gram in _grams(glossed) if gram not in said]
    return np.array([crc32(gram.encode()) % WORD_BUCKETS for gram in grams], dtype=np.int64)


def _grams(tokens: Sequence[str]) -> list[str]:
    return [*tokens, *(f"{left} {right}" for left, right in pairwise(tokens))]


def _character_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    """n-grams inside single words with a space on each side; hashed for the whole message at once."""
    if not tokens:
        return np.empty(0, dtype=np.int64)
    letters = np.frombuffer((" " + " ".join(tokens) + " ").encode("ascii", "replace"), dtype=np.uint8).astype(np.uint32)
    spaces_before = np.concatenate([[0], np.cumsum(letters == _SPACE)])
    buckets = []
    for length in CHARACTER_LENGTHS:
        starts = max(len(letters) - length + 1, 0)
        hashed = np.full(starts, length * 0x01000193, dtype=np.uint32)
        for offset in range(length):
            hashed ^= letters[offset : offset + starts]
            hashed *= _MIX
            hashed ^= hashed >> np.uint32(15)
        inside = spaces_before[length - 1 : length - 1 + starts] == spaces_before[1 : 1 + starts]
        buckets.append(WORD_BUCKETS + (hashed[inside] % np.uint32(CHARACTER_BUCKETS)).astype(np.int64))
    return np.concatenate(buckets)


def _cluster_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    """The clusters of the words, and every pair of clusters whose words are near each other, in either order."""
    places = [(place, names) for place, names in enumerate(map(_clusters, tokens)) if names]
    grams = [name for _, names in places for name in names]
    for number, (place, names) in enumerate(places):
        for later, others in places[number + 1 :]:
            if later - place >= _NEAR:
                break
            grams += [f"{min(a, b)}+{max(a, b)}" for a in names for b in others if a != b]
    first = BLOCKS[2]
    return np.array([first + crc32(gram.encode()) % CLUSTER_BUCKETS for gram in grams], dtype=np.int64)


def _speech_buckets(tokens: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.array([TOPIC_BUCKETS + crc32(act.encode()) % SPEECH_BUCKETS for act in acts(tokens)], dtype=np.int64)


@lru_cache(maxsize=20_000)
def _clusters(token: str) -> tuple[str, ...]:
    known = clusters_of_words()
    if token in known:
        return known[token]
    stems = (token.removesuffix(suffix) for suffix in _SUFFIXES if token.endswith(suffix))
    found = next((known[stem] for stem in stems if len(stem) >= _SHORTEST_STEM and stem in known), ())
    return found or known.get(glosses().get(token, ""), ())
