"""Which places a written name may mean: exact by its key, or with a misspelling or two."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cities.places import PlaceRow
from nlp.places.cues import ALLEY, STREET
from nlp.places.spelling import MELTING, changes_when_joined, key, name_words

SHORTEST = 3  # letters of a key; shorter ones (IP, DU) are said of other things too often
SHORTEST_TO_MISSPELL = 5
TWO_SLIPS_FROM = 11  # letters; a shorter word with two slips is another word
FAMILY = 7  # letters from which the first word of several areas ("cigondewah") is understood as one of them
ONE_SLIP, TWO_SLIPS = 0.85, 0.7


@dataclass(frozen=True, slots=True)
class Match:
    """A place that the words may mean, how alike the spellings are (1: the same), and whether the name is made of
    everyday words."""

    row: PlaceRow
    likeness: float
    common: bool = False


OUT_OF_ORDER = frozenset(
    "mati rusak berlubang bolong lubang retak gelap macet banjir licin padam putus ambles hancur jelek becek".split()
)
"""What is said of a street behind the word for one."""
_ENDING = re.compile(r"(?:nya|na|ana|keun|eun|kan|an|in|lah|mah|teh|2)$")


def is_everyday(word: str) -> bool:
    """Whether a plain word, with or without the usual endings, is one that people use every day."""
    everyday = everyday_words()
    return len(word) < 3 or word in everyday or _ENDING.sub("", word) in everyday


def is_shortened(word: str) -> bool:
    """Whether a word is one of things out of order, typed without some of its vowels ("mti", "brlubang")."""
    wholes = (whole for whole in OUT_OF_ORDER if len(whole) > len(word) and _consonants(whole) == _consonants(word))
    return any(_stands_in(word, whole) for whole in wholes)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


def _stands_in(word: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in word)


@cache
def everyday_words() -> frozenset[str]:
    """Plain words that people use every day; a place that is called so needs a cue."""
    lines = files("nlp.places").joinpath("everyday.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class NameIndex:
    """All names of the gazetteer by key. Streets stand there without "jalan" or "gang"."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self._rows: dict[str, list[PlaceRow]] = defaultdict(list)
        self._crossings: dict[frozenset[str], PlaceRow] = {}
        everyday = everyday_words()
        common: dict[str, bool] = {}
        longest = 1
        for row in rows:
            for words in _names(row):
                longest = max(longest, len(words))
                name = key(words)
                if len(name) < SHORTEST:
                    continue
                if row not in self._rows[name]:
                    self._rows[name].append(row)
                common[name] = common.get(name, True) and all(word in everyday or len(word) < 3 for word in words)
            if row.kind == "intersection" and len(row.streets) == 2:
                self._crossings.setdefault(frozenset(row.streets), row)
        self._add_families()
        self._sorted = sorted(self._rows)
        self.longest = longest
        self._common = frozenset(name for name, is_common in common.items() if is_common)
        self._misspelt = lru_cache(maxsize=20_000)(self._look_misspelt)
        self._spelled: dict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._rows:
            if len(name) >= SHORTEST_TO_MISSPELL:
                self._spelled[name[0], len(name)].append(name)

    def goes_on(self, name: str) -> bool:
        """Whether more words behind those of the key `name` may make a longer name: nearly always a quick no.

        A last letter may melt into the next word, and some first words change before certain others.
        """
        if changes_when_joined(name):
            return True
        certain = name[:-1] if name[-1:] in MELTING else name
        at = bisect_left(self._sorted, certain)
        return at < len(self._sorted) and self._sorted[at].startswith(certain)

    def begins(self, word: str) -> bool:
        """Whether a name may begin with the plain word `word`."""
        name = key((word,))
        return name in self._rows or self.goes_on(name)

    def exact(self, name: str) -> tuple[Match, ...]:
        """The places whose key is `name`."""
        return tuple(Match(row, 1.0, name in self._common) for row in self._rows.get(name, ()))

    def misspelt(self, name: str) -> tuple[Match, ...]:
        """The places whose key is a slip of the finger or two away from `name`, the nearest only."""
        return self._misspelt(name)

    def _look_misspelt(self, name: str) -> tuple[Match, ...]:
        slips = 2 if len(name) >= TWO_SLIPS_FROM else 1
        if len(name) < SHORTEST_TO_MISSPELL or name.isdigit():
            return ()
        lengths = range(max(SHORTEST_TO_MISSPELL, len(name) - slips), len(name) + slips + 1)
        near = [each for length in lengths for each in self._spelled.get((name[0], length), ())]
        found = extract(name, near, scorer=OSA.distance, score_cutoff=slips, limit=4)
        if not found:
            return ()
        best = min(distance for _, distance, _ in found)
        likeness = ONE_SLIP if best <= 1 else TWO_SLIPS
        return tuple(
            Match(row, likeness)
            for near_name, distance, _ in found
            if distance == best
            for row in self._rows[near_name]
        )

    def _add_families(self) -> None:
        """ "cisaranten" alone means one of the areas whose names begin so."""
        families: dict[str, list[PlaceRow]] = defaultdict(list)
        for rows in list(self._rows.values()):
            for row in rows:
                words = name_words(row.name)
                if row.kind in ("kelurahan", "kecamatan") and len(words) > 1 and len(words[0]) >= FAMILY:
                    families[words[0]].append(row)
        everyday = everyday_words()
        for word, rows in families.items():
            known = {row.kota_kab for row in self._rows[key([word])] if row.kind in ("kelurahan", "kecamatan", "kota")}
            members = [row for row in dict.fromkeys(rows) if row.kota_kab not in known]
            if len(members) > 1 and word not in everyday:
                self._rows[key([word])] += members

    def crossing(self, first: Iterable[PlaceRow], second: Iterable[PlaceRow]) -> PlaceRow | None:
        """The intersection of a street among `first` with one among `second`."""
        others = [row.name for row in second if row.kind == "street"]
        for row in first:
            for other in others if row.kind == "street" else ():
                if found := self._crossings.get(frozenset((row.name, other))):
                    return found
        return None


def _names(row: PlaceRow) -> Iterable[list[str]]:
    for name in (row.name, *row.aliases):
        words = name_words(name)
        if row.kind == "street" and len(words) > 1 and words[0] in STREET | ALLEY:
            words = words[1:]
        if words:
            yield words
