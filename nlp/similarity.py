"""How alike two complaint texts are: words and characters, weighted by how rare they are in the corpus."""

import numpy as np

from nlp.features import bag_of
from nlp.linear import Floats, scaled
from nlp.normalise import normalise


def similarity(left: str, right: str, idf: Floats) -> float:
    """From 0 (nothing shared) to 1 (the same words): the cosine of the features. Symmetric; an empty text is like nothing."""
    one, two = bag_of(normalise(left)).about(), bag_of(normalise(right)).about()
    if not len(one.ids) or not len(two.ids):
        return 0.0
    _, here, there = np.intersect1d(one.ids, two.ids, assume_unique=True, return_indices=True)
    first, second = scaled(one, idf), scaled(two, idf)
    lengths = float(np.sqrt((first @ first) * (second @ second)))
    return min(float(first[here] @ second[there]) / lengths, 1.0)
