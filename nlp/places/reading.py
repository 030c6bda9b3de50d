"""Reading a message for names of places: which words name one, and which places they may mean."""

from dataclasses import dataclass
from functools import lru_cache

from nlp.places.bare import is_own_kota, read_area, read_bare
from nlp.places.cues import ALLEY, CROSSING, FACILITY, KECAMATAN, KELURAHAN, KOTA, PREPOSITIONS, STREET
from nlp.places.index import NameIndex, is_everyday
from nlp.places.line import Line
from nlp.places.streets import EXTENSIONS, Taken, read_crossing, read_extension, read_street
from nlp.places.weighing import Weighed, weigh

_DESIGNATORS = CROSSING | STREET | ALLEY | KELURAHAN | KECAMATAN | KOTA | EXTENSIONS


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that name a place (`message[start:end]`) and the places they may mean, likeliest first, perhaps none."""

    start: int
    end: int
    places: tuple[Weighed, ...]


class PlaceReader:
    """Finds the names of places in messages. Knows the names through an index and nothing of where they are."""

    def __init__(self, index: NameIndex, city: str) -> None:
        self._index, self._city = index, city
        self._says_nothing = lru_cache(maxsize=20_000)(self._begins_no_place)

    def read(self, message: str) -> tuple[Finding, ...]:
        """The places that the message names, in order and apart from each other; the city itself is not one."""
        line = Line(message, self._index)
        found: list[Finding] = []
        at = 0
        while at < len(line):
            taken = self._at(line, at)
            if taken is None:
                at += 1
                continue
            matches, after, designator = taken
            if not matches or not is_own_kota(matches, self._city):
                weighed = weigh(matches, designator, self._city, bool(designator) or line.cued(at))
                found.append(Finding(line.words[at].start, line.words[after - 1].end, weighed))
            at = line.named_until = after
        return tuple(found)

    def _at(self, line: Line, at: int) -> Taken | None:
        """What is named from the word `at` on, if anything: designated where a designator stands, else by itself."""
        word = line.text(at)
        if self._says_nothing(word):
            return None
        taken: Taken | None = None
        if word in CROSSING:
            taken = read_crossing(line, at, self._index)
        elif word in STREET | ALLEY:
            taken = read_street(line, at)
        elif word in EXTENSIONS:
            taken = read_extension(line, at)
        elif word in KELURAHAN:
            taken = read_area(line, at, "kelurahan")
        elif word in KECAMATAN:
            taken = read_area(line, at, "kecamatan")
        elif word in KOTA:
            taken = read_area(line, at, "kota")
        return taken or read_bare(line, at, self._city)

    def _begins_no_place(self, word: str) -> bool:
        """Whether no place is ever named from this word on, whatever follows: so with most words of a letter, and quick to say."""
        if word in _DESIGNATORS:
            return False
        if word in PREPOSITIONS:
            return True
        return word not in FACILITY and is_everyday(word) and not self._index.begins(word)
