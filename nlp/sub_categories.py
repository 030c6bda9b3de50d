"""The kind of problem within a category: read where the words say it, left open where they do not.

One head of the model knows every pair of category and sub-category, and for some categories "none of them" (an empty sub-category).
What it thinks of a category's own pairs, brought to a sum of 1, is the reading within that category.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nlp.understanding import Guess

HEAD = "sub_category"
NONE = ""
_BETWEEN = "/"

Columns = Mapping[str, tuple[tuple[int, str], ...]]
"""By category: where in the head its sub-categories stand."""


def pair(category: str, sub: str) -> str:
    """The label of a sub-category in the model."""
    return f"{category}{_BETWEEN}{sub}"


def columns_within(labels: Sequence[str], known: Mapping[str, Iterable[str]]) -> Columns:
    """Where the sub-categories that the city knows (`known`, by category), and "" for none of them, stand among the `labels` of
    the head. A category of which the model knows no pair is left out."""
    columns: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for column, label in enumerate(labels):
        category, _, sub = label.partition(_BETWEEN)
        if sub in (NONE, *known.get(category, ())):
            columns[category].append((column, sub))
    return {category: tuple(found) for category, found in columns.items()}


def best_within(chances: Sequence[float], columns: Columns) -> dict[str, Guess]:
    """By category: the likeliest of its sub-categories, or "" for none of them, with its share among them, from the `chances` of
    every label of the head."""
    return {category: _best(chances, found) for category, found in columns.items()}


def _best(chances: Sequence[float], found: tuple[tuple[int, str], ...]) -> Guess:
    total = sum(chances[column] for column, _ in found)
    column, sub = max(found, key=lambda place: chances[place[0]])
    return Guess(sub, chances[column] / total if total else 0.0)
