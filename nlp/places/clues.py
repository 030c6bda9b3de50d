"""What the words before a mention say about it: is the trouble at this place, near it, or only on the way there?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from nlp.places.cues import AT, DESIGNATORS, FROM, NEAR, TOWARDS
from nlp.places.spelling import Token
from nlp.places.weighing import Weighed

WORDS_BEFORE = 2


class Relation(Enum):
    """How a place stands to what the message is about."""

    AT = "at"
    NEAR = "near"
    FROM = "from"
    TOWARDS = "towards"

    @property
    def directness(self) -> int:
        """Higher for a place that the message is about than for one that is only passed."""
        return {Relation.AT: 2, Relation.NEAR: 2, Relation.FROM: 1, Relation.TOWARDS: 0}[self]


@dataclass(frozen=True, slots=True)
class Clue:
    """A mention as evidence. `designated`: the citizen wrote "kel.", "kec." or "jl." before it."""

    places: tuple[Weighed, ...]
    relation: Relation
    designated: bool

    @property
    def sure(self) -> float:
        return self.places[0].probability if self.places else 0.0


def relation_before(words: Sequence[Token], start: int) -> Relation:
    """The relation that the nearest cue before `start` (a place in the message) tells; AT when there is none."""
    before = [word for word in words if word.end <= start][-WORDS_BEFORE:]
    for word in reversed(before):
        if word.text in NEAR:
            return Relation.NEAR
        if word.text in TOWARDS:
            return Relation.TOWARDS
        if word.text in FROM:
            return Relation.FROM
        if word.text in AT:
            return Relation.AT
    return Relation.AT


def is_designated(words: Sequence[Token], start: int) -> bool:
    """Whether the mention that begins at `start` begins with a word such as "jl." or "kelurahan"."""
    return any(word.start == start and word.text in DESIGNATORS for word in words)
