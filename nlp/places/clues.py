"""What the words before a mention say about it: is the trouble at this place, near it, or only on the way there?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from nlp.places.cues import ALLEY, AT, FROM, KECAMATAN, KELURAHAN, KOTA, NEAR, STREET, TOWARDS, WAYS
from nlp.places.spelling import Token, first_from
from nlp.places.weighing import Weighed
from nlp.understanding import Mention

WORDS_BEFORE = 2
_WORDS_FOR = {"street": STREET | ALLEY, "kelurahan": KELURAHAN, "kecamatan": KECAMATAN, "kota": KOTA}
_DASH = re.compile(r" ?[-–—] ?")


class Relation(Enum):
    """How a place stands to what the message is about. PLAIN: nothing is said."""

    PLAIN = "plain"
    AT = "at"
    NEAR = "near"
    FROM = "from"
    TOWARDS = "towards"

    @property
    def directness(self) -> int:
        """Higher for a place that the message is about than for one that is only passed."""
        return {Relation.FROM: 1, Relation.TOWARDS: 0}.get(self, 2)


@dataclass(frozen=True, slots=True)
class Clue:
    """A mention as evidence. `designated`: the citizen wrote "kel.", "kec." or "jl." before it, whichever it is."""

    places: tuple[Weighed, ...]
    relation: Relation
    designated: bool

    @property
    def is_area(self) -> bool:
        return bool(self.places) and self.places[0].row.kind in ("kelurahan", "kecamatan")

    @property
    def sure(self) -> float:
        return self.places[0].probability if self.places else 0.0


def relation_before(words: Sequence[Token], start: int) -> Relation:
    """The relation that the nearest cue before `start` (a place in the message) tells; PLAIN when there is none."""
    end = first_from(words, start)
    before = words[max(0, end - WORDS_BEFORE - 1) : end]
    for number in range(len(before) - 1, max(-1, len(before) - 1 - WORDS_BEFORE), -1):
        word = before[number]
        if number and word.text == "arah" and before[number - 1].text in WAYS:
            return Relation.PLAIN
        if word.text in NEAR:
            return Relation.NEAR
        if word.text in TOWARDS:
            return Relation.TOWARDS
        if word.text in FROM:
            return Relation.FROM
        if word.text in AT:
            return Relation.AT
    return Relation.PLAIN


def ends_of_routes(mentions: Sequence[Mention], text: str) -> frozenset[int]:
    """Where the mentions begin that are the ends of a route, as in "angkot cicaheum-ledeng": nothing is wrong there."""
    found: set[int] = set()
    for first, second in pairwise(mentions):
        streets = any(place.kind == "street" for place in (*first.candidates[:1], *second.candidates[:1]))
        if not streets and _DASH.fullmatch(text[first.end : second.start]):
            found |= {first.start, second.start}
    return frozenset(found)


def is_designated(words: Sequence[Token], start: int, kind: str) -> bool:
    """Whether the mention at `start` begins with the word for a place of that kind, such as "jl." or "kel."."""
    wanted = _WORDS_FOR.get(kind, frozenset())
    at = first_from(words, start)
    return at < len(words) and words[at].start == start and words[at].text in wanted
