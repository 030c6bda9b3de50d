"""How alike two complaint texts are: words and characters, weighted by how rare they are in the corpus."""

import numpy as np

from nlp.features import bag_of
from nlp.linear import Floats, scaled
from nlp.normalise import normalise


def similarity(left: str, right: str, idf: Floats) -> float:
    """From 0 (nothing shared) to 1 (the same words): half the cosine over words, half over characters. Symmetric; an empty text is like nothing."""
    one, two = bag_of(normalise(left)), bag_of(normalise(right))
    if not len(one.ids) or not len(two.ids):
        return 0.0
    _, here, there = np.intersect1d(one.ids, two.ids, assume_unique=True, return_indices=True)
    shared = float(scaled(one, idf)[here] @ scaled(two, idf)[there])
    return min(max(shared / 2, 0.0), 1.0)
