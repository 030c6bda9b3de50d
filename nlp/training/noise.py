"""The noise model: the same message as somebody else might have typed it. Used only while training."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

from nlp.lexicon import word_table

HERE = Path(__file__).parent


class Noise:
    """Rewrites messages; the same `seed` and the same calls give the same rewritings."""

    def __init__(self, seed: int, places: Sequence[str] = ()) -> None:
        self._random = random.Random(seed)
        self._places = tuple(places)
        self._typed = _reversed("informal")
        self._sundanese = _reversed("sundanese")
        self._openings = _lines("openings.txt")
        self._closings = _lines("closings.txt")

    def rewritten(self, message: str, named: Sequence[str] = ()) -> str:
        """`message` with other places for `named` (substrings of it), wrapped as a letter or chat, and typed less carefully."""
        message = self._elsewhere(message, named)
        tokens = message.split()
        chance = self._random.random() * 0.25
        sundanese = self._random.random() < 0.2
        tokens = [self._retyped(token, sundanese) if self._random.random() < chance else token for token in tokens]
        message = " ".join(tokens)
        if self._random.random() < 0.5:
            message = f"{self._random.choice(self._openings)} {message}"
        if self._random.random() < 0.5:
            message = f"{message} {self._random.choice(self._closings)}"
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


def _lines(name: str) -> tuple[str, ...]:
    return tuple((HERE / name).read_text(encoding="utf-8").splitlines())


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
