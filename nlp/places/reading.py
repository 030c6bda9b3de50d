"""Reading a message for names of places: which words name one, and which places they may mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cities.places import PlaceRow
from nlp.places.cues import (
    ALLEY,
    BRANCHES,
    CROSSING,
    DESIGNATORS,
    FACILITY,
    JOINING,
    KECAMATAN,
    KELURAHAN,
    KOTA,
    LOCATIVE,
    STREET,
)
from nlp.places.index import Match, NameIndex, everyday_words
from nlp.places.spelling import Token, key, tokens
from nlp.places.weighing import Weighed, weigh

AREAS = frozenset({"kelurahan", "kecamatan", "kota"})
SPELLED_WITHOUT_CUE = 7  # letters; shorter words are too like others to be taken for a misspelt place
BEGINNINGS = frozenset({"raya", "terusan", "trs", "ters"})
STREET_SHORT = STREET - {"jalan"}
NAMED_AFTER, BRANCH_OF, ONE_STREET_OF = (
    0.7,
    0.75,
    0.7,
)  # a street called like an area; a branch; a crossing's one street
UNKNOWN_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that name a place (`message[start:end]`), and the places they may mean, likeliest first; none when unknown."""

    start: int
    end: int
    places: tuple[Weighed, ...]


class PlaceReader:
    """Finds the names of places in messages. Knows the names through an index and nothing of where they are."""

    def __init__(self, index: NameIndex, city: str) -> None:
        self._index, self._city = index, city
        self._everyday = everyday_words()

    def read(self, message: str) -> tuple[Finding, ...]:
        """The places that the message names, in order and apart from each other."""
        words = tokens(message)
        found: list[Finding] = []
        at = 0
        while at < len(words):
            taken = self._at(words, at)
            if taken is None:
                at += 1
                continue
            finding, at = taken
            found.append(finding)
        return tuple(found)

    def _at(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        """A place named from the word `at` on, and the number of the word after it."""
        word = words[at].text
        if word in CROSSING and (taken := self._crossing(words, at)):
            return taken
        if word in DESIGNATORS and (taken := self._designated(words, at)):
            return taken
        return self._bare(words, at)

    def _crossing(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        """ "simpang dago", "perempatan buah batu - soekarno hatta", "simpang jl. jakarta dan ibrahim adjie"."""
        if taken := self._longest(words, at, lambda row: row.kind == "intersection"):
            return self._finding(words, at, taken, designator="simpang")
        begin = _skip(words, at + 1, STREET)
        first = self._longest(words, begin, _is_street)
        if first is None:
            return None
        matches, after = first
        second = self._longest(words, _skip(words, after, JOINING), _is_street)
        if second and (row := self._index.crossing(_rows(matches), _rows(second[0]))):
            return self._finding(words, at, ([Match(row, 1.0)], second[1]), designator="simpang")
        return self._finding(words, at, (_scaled(matches, ONE_STREET_OF), after), designator="jalan")

    def _designated(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        """ "jl. braga", "gg. jembar", "kel. sukapada", "kecamatan coblong", "kabupaten bandung"."""
        word, begin = words[at].text, at + 1
        if begin >= len(words) or (word != "d" and not _follows(words, begin)):
            return None
        if word in KELURAHAN:
            return self._area(words, at, "kelurahan")
        if word in KECAMATAN:
            return self._area(words, at, "kecamatan")
        if word in KOTA:
            taken = self._longest(words, at, lambda row: row.kind == "kota")
            return self._finding(words, at, taken, designator="kota") if taken else None
        return self._street(words, at)

    def _area(self, words: tuple[Token, ...], at: int, kind: str) -> tuple[Finding, int] | None:
        begin = at + 1
        taken = self._longest(words, begin, lambda row: row.kind == kind)
        taken = taken or self._spelled(words, begin, lambda row: row.kind == kind)
        return self._finding(words, at, taken, designator=kind) if taken else None

    def _street(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        word, begin = words[at].text, at + 1
        sure = word in STREET_SHORT | ALLEY or words[at].capital or _cued(words, at)
        designator = "gang" if word in ALLEY else "jalan"
        begins = [begin]
        while begins[-1] < len(words) and words[begins[-1]].text in BEGINNINGS | STREET:
            begins.append(begins[-1] + 1)
        for start in begins:
            if taken := self._longest(words, start, _is_street):
                if not sure and self._all_everyday(words, start, taken[1]) and not words[start].capital:
                    return None
                matches, after = taken
                if after < len(words) and words[after].text in BRANCHES and words[after].joins:
                    return self._finding(words, at, (_scaled(matches, BRANCH_OF), after + 1), designator)
                likeness = 1.0 if start == begin or words[begin].text == "raya" else BRANCH_OF
                return self._finding(words, at, (_scaled(matches, likeness), after), designator)
        last = begins[-1]
        taken = self._longest(words, last, lambda row: not _is_street(row))
        if taken and (sure or not self._all_everyday(words, last, taken[1])):
            return self._finding(words, at, (_scaled(taken[0], NAMED_AFTER), taken[1]), designator="")
        if taken := self._spelled(words, last, _is_street):
            return self._finding(words, at, taken, designator)
        return self._unknown_street(words, at, last) if sure else None

    def _unknown_street(self, words: tuple[Token, ...], at: int, begin: int) -> tuple[Finding, int] | None:
        after = begin
        while after < len(words) and after - begin < UNKNOWN_NAME_WORDS and words[after].joins:
            word = words[after]
            if word.text in DESIGNATORS | LOCATIVE | FACILITY or (word.text in self._everyday and not word.capital):
                break
            after += 1
        if after == begin or words[begin].text.isdigit():
            return None
        return Finding(words[at].start, words[after - 1].end, ()), after

    def _bare(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        """A name by itself: a landmark, an area or a street that is known without "jalan"."""
        cued = _cued(words, at)
        taken = self._longest(words, at, lambda row: True)
        if taken and (matches := self._plausible(words, at, taken, cued)):
            return self._finding(words, at, (matches, taken[1]), designator="", cued=cued)
        if words[at].text in FACILITY and (finding := self._facility(words, at)):
            return finding
        length = len(words[at].text)
        if words[at].text in self._everyday or words[at].text in LOCATIVE | DESIGNATORS | FACILITY | CROSSING:
            return None
        if (cued and length > 3) or length >= SPELLED_WITHOUT_CUE:
            wanted = _is_known_bare if cued else _is_landmark_or_own_area(self._city)
            if taken := self._spelled(words, at, wanted):
                return self._finding(words, at, taken, designator="", cued=cued)
        return None

    def _plausible(self, words: tuple[Token, ...], at: int, taken: tuple[list[Match], int], cued: bool) -> list[Match]:
        """The matches that words without a designator can mean."""
        matches, after = taken
        common = self._all_everyday(words, at, after)
        one_word = after == at + 1
        kept = []
        for match in matches:
            row = match.row
            if row.kind == "street":
                if common or row.name.startswith("Gang ") or (one_word and not cued and not _is_long(row)):
                    continue
            elif common and not cued and (row.kind != "landmark" or (one_word and not words[at].capital)):
                continue
            kept.append(match)
        return kept

    def _facility(self, words: tuple[Token, ...], at: int) -> tuple[Finding, int] | None:
        """ "puskesmas padasuka", "sdn 113 banjarsari", "kantor kelurahan turangga": in or near the area it is called after."""
        begin = at + 1
        while begin < len(words) and words[begin].joins and begin - at <= 2:
            word = words[begin].text
            if not (word in FACILITY or word.isdigit() or word in KELURAHAN | KECAMATAN):
                break
            begin += 1
        if begin >= len(words) or not words[begin].joins:
            return None
        taken = self._longest(words, begin, lambda row: row.kind in AREAS and row.kota_kab == self._city)
        if taken is None:
            return None
        office = words[begin - 1].text in KELURAHAN | KECAMATAN
        designator = ("kelurahan" if words[begin - 1].text in KELURAHAN else "kecamatan") if office else ""
        return self._finding(words, at, (_scaled(taken[0], 1.0 if office else NAMED_AFTER), taken[1]), designator)

    def _longest(
        self,
        words: tuple[Token, ...],
        begin: int,
        wanted: Callable[[PlaceRow], bool],
    ) -> tuple[list[Match], int] | None:
        """The wanted places that the most words from `begin` on name exactly, and the number of the word after them."""
        end = begin
        while end < len(words) and end - begin < self._index.longest and (end == begin or words[end].joins):
            end += 1
        for after in range(end, begin, -1):
            matches = [m for m in self._index.exact(_key(words, begin, after)) if wanted(m.row)]
            if matches:
                return matches, after
        return None

    def _spelled(
        self, words: tuple[Token, ...], begin: int, wanted: Callable[[PlaceRow], bool]
    ) -> tuple[list[Match], int] | None:
        """As `_longest`, for up to three words with a slip of the finger; never for everyday words alone."""
        if begin >= len(words) or words[begin].text in self._everyday:
            return None
        end = begin
        while end < len(words) and end - begin < 3 and (end == begin or words[end].joins):
            end += 1
        for after in range(end, begin, -1):
            if words[after - 1].text in LOCATIVE | DESIGNATORS or words[after - 1].text in self._everyday - BRANCHES:
                continue
            matches = [m for m in self._index.misspelt(_key(words, begin, after)) if wanted(m.row)]
            if matches:
                return matches, after
        return None

    def _finding(
        self,
        words: tuple[Token, ...],
        at: int,
        taken: tuple[list[Match], int],
        designator: str,
        cued: bool = True,
    ) -> tuple[Finding, int]:
        matches, after = taken
        weighed = weigh(matches, designator, self._city, cued)
        return Finding(words[at].start, words[after - 1].end, weighed), after

    def _all_everyday(self, words: tuple[Token, ...], begin: int, after: int) -> bool:
        return all(word.text in self._everyday or len(word.text) < 3 for word in words[begin:after])


def _key(words: tuple[Token, ...], begin: int, after: int) -> str:
    return key(word.text for word in words[begin:after])


def _follows(words: tuple[Token, ...], at: int) -> bool:
    return words[at].joins


def _skip(words: tuple[Token, ...], at: int, skipped: Iterable[str]) -> int:
    while at < len(words) and words[at].text in skipped:
        at += 1
    return at


def _cued(words: tuple[Token, ...], at: int) -> bool:
    """Whether one of the two words before says that a place comes."""
    return any(word.text in LOCATIVE for word in words[max(0, at - 2) : at])


def _rows(matches: Iterable[Match]) -> Iterator[PlaceRow]:
    return (match.row for match in matches)


def _scaled(matches: Iterable[Match], by: float) -> list[Match]:
    return [Match(match.row, match.likeness * by, match.common) for match in matches]


def _is_street(row: PlaceRow) -> bool:
    return row.kind == "street"


def _is_known_bare(row: PlaceRow) -> bool:
    return row.kind != "stop" and not (row.kind == "street" and not _is_long(row))


def _is_long(row: PlaceRow) -> bool:
    """A street that people know by its name alone."""
    return len(row.crosses) > 1 or (row.precision_m or 0) >= 300


def _is_landmark_or_own_area(city: str) -> Callable[[PlaceRow], bool]:
    return lambda row: row.kota_kab == city and row.kind in ("kelurahan", "kecamatan", "landmark")
