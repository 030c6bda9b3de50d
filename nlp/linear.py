"""The linear model at run time: numpy only, read from one .npz and one meta.json, never from a pickle."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlp.features import BUCKETS, Bag
from nlp.understanding import Guess

Floats = npt.NDArray[np.float32]


BLOCK_LENGTHS = (0.7, 1.0, 0.4, 0.6)

WEIGHT_STEP = 1 / 1024
"""Weights are kept as whole steps of this size: finer changes no reading, and whole numbers of 16 bits are read six times as fast as
halves of a float."""


class ModelError(Exception):
    """The model folder is missing or not what this code expects; the message says which file and the remedy."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question put to the features, such as "which category?". Columns of `weights` are `labels`.
    Probabilities are (1 - doubt) * softmax(sharpness * score + shift) + doubt / labels, fitted on rows the weights never saw."""

    labels: tuple[str, ...]
    columns: slice
    bias: Floats
    sharpness: float
    shift: Floats
    doubt: float

    def probabilities(self, scores: Floats) -> Floats:
        raw = self.sharpness * (scores[self.columns] + self.bias) + self.shift
        powers = np.exp(raw - raw.max())
        soft = powers / powers.sum()
        return np.asarray((1 - self.doubt) * soft + self.doubt / len(self.labels), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights (buckets x all labels of all heads, in steps of `WEIGHT_STEP`) and inverse document frequencies over the buckets of
    `nlp.features`."""

    heads: Mapping[str, Head]
    weights: npt.NDArray[np.int16]
    idf: Floats
    meta: Mapping[str, Any]

    def scores(self, bag: Bag) -> Floats:
        """One score a label of every head, before bias."""
        values = scaled(bag, self.idf)
        return np.asarray(values @ self.weights.take(bag.ids, axis=0).astype(np.float32) * np.float32(WEIGHT_STEP))

    def guesses(self, head: str, scores: Floats) -> tuple[Guess, ...]:
        """Every label of `head`, best first; confidences sum to 1."""
        chances = self.chances(head, scores)
        labels = self.heads[head].labels
        order = sorted(range(len(labels)), key=lambda column: -chances[column])
        return tuple([Guess(labels[column], chances[column]) for column in order])

    def chances(self, head: str, scores: Floats) -> list[float]:
        """The confidence of every label of `head`, in the order of its labels."""
        chances: list[float] = self.heads[head].probabilities(scores).tolist()
        return chances


def scaled(bag: Bag, idf: Floats) -> Floats:
    """tf-idf of a bag, each block of features brought to the length in `BLOCK_LENGTHS`, so that none drowns the others."""
    values = bag.weights * idf[bag.ids]
    starts = bag.block_starts()
    for start, end, wanted in zip(starts, [*starts[1:], len(values)], BLOCK_LENGTHS, strict=True):
        part = values[start:end]
        length = float(np.sqrt(part @ part))
        if length:
            part *= wanted / length
    return values


def read_model(folder: Path) -> LinearModel:
    """The model in `folder` (weights.npz, meta.json). Raises ModelError when it cannot be used."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights, idf = arrays["weights"], arrays["idf"].astype(np.float32)
            shapes = {name: (arrays[f"{name}_bias"], arrays[f"{name}_shift"]) for name in meta["heads"]}
    except (OSError, KeyError, ValueError) as reason:
        raise ModelError(f"{folder}: no usable model ({reason}). Run `python -m nlp train`.") from reason
    if weights.dtype != np.int16 or not weights.shape[0] == idf.shape[0] == BUCKETS:
        raise ModelError(f"{folder}/weights.npz: made for other features. Run `python -m nlp train`.")
    heads: dict[str, Head] = {}
    first = 0
    for name, described in meta["heads"].items():
        labels = tuple(described["labels"])
        bias, shift = shapes[name]
        heads[name] = Head(
            labels, slice(first, first + len(labels)), bias, float(described["sharpness"]), shift, described["doubt"]
        )
        first += len(labels)
    return LinearModel(heads, weights, idf, meta)
