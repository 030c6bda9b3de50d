"""The kind of problem within a category: read where the words say it, left open where they do not.

One head of the model knows every pair of category and sub-category, and for some categories "none of them" (an empty sub-category).
What it thinks of a category's own pairs, brought to a sum of 1, is the reading within that category.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from nlp.understanding import Guess

HEAD = "sub_category"
NONE = ""
_BETWEEN = "/"


def pair(category: str, sub: str) -> str:
    """The label of a sub-category in the model."""
    return f"{category}{_BETWEEN}{sub}"


def best_within(guesses: Iterable[Guess], known: Mapping[str, Iterable[str]]) -> dict[str, Guess]:
    """By category: the likeliest of the sub-categories that the city knows there (`known`), or "" for none of them, with
    its share among them. A category of which the model knows no pair is left out."""
    shares: dict[str, list[Guess]] = defaultdict(list)
    for guess in guesses:
        category, _, sub = guess.id.partition(_BETWEEN)
        if sub in (NONE, *known.get(category, ())):
            shares[category].append(Guess(sub, guess.confidence))
    return {category: _best(found) for category, found in shares.items()}


def _best(found: list[Guess]) -> Guess:
    best = max(found, key=lambda guess: guess.confidence)
    total = sum(guess.confidence for guess in found)
    return Guess(best.id, best.confidence / total if total else 0.0)
