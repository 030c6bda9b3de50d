"""`python -m nlp train`: from the corpus to nlp/model, the same bytes every time."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from cities.loading import load_city
from cities.places import load_gazetteer
from nlp.features import BUCKETS, TOPIC_BUCKETS, bag_of
from nlp.linear import WEIGHT_STEP, Floats
from nlp.normalise import normalise
from nlp.sub_categories import HEAD, pair
from nlp.training.fitting import (
    FOLDS,
    SEED,
    FittedHead,
    Machine,
    Ridge,
    Svm,
    calibration_error,
    fit_head,
    inverse_frequencies,
    matrix_of,
)
from nlp.training.noise import Noise
from nlp.training.rows import Row, corpus_files, corpus_hash, read_rows
from nlp.training.thresholds import confirm_at, offer_at, sub_at

SMALLEST_WEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one head is made: by which machines, from how many noisy copies of each row. `least_doubt` keeps it modest: real
    messages are further from ours than ours from each other."""

    machines: tuple[Machine, ...]
    copies: int
    least_doubt: float = 0.0
    reads: int = TOPIC_BUCKETS
    """How many of the buckets it looks at; those of speech acts come last."""
    rare_weigh_more: bool = True
    """Off where the corpus has the labels about as often as real life, as with kinds: real wishes are rare."""
    surer: float = 1.0
    """How many times as sharp as on the folds: weights that learnt from every row and copy are right more often than those."""


RECIPES = {
    "category": Recipe((Ridge(3.0),), copies=2, least_doubt=0.07, surer=1.2),
    "kind": Recipe((Svm(0.1),), copies=1, reads=BUCKETS, rare_weigh_more=False),
    "urgency": Recipe((Svm(0.05),), copies=1),
    "language": Recipe((Svm(0.2),), copies=1),
    "emergency": Recipe((Svm(0.2),), copies=2),
    HEAD: Recipe((Svm(0.1),), copies=1),
}
"""Chosen on real messages that are not in the repository; `python -m nlp compare` shows the candidates on our own."""


def train(folder: Path, city: str, extra: Sequence[Path] = ()) -> dict[str, Any]:
    """Fit every head on nlp/corpus and the `extra` files, write weights.npz and meta.json to `folder`, give back the meta.
    Rows are rewritten with the places of `city`, whose gazetteer is thus a part of what the bytes follow from. Raises
    CorpusError where `extra` is no rows of that city."""
    files = [*corpus_files(), *extra]
    known = load_city(city)
    rows = read_rows(corpus_files()) + read_rows(extra, known)
    places = {place.name for place in load_gazetteer(known).places}
    return train_on(rows, folder, corpus_hash(files), places)


def train_on(rows: list[Row], folder: Path, hashed: str, places: Collection[str] = ()) -> dict[str, Any]:
    """As `train`, on rows already read; `hashed` names the corpus they came from. Noise puts one of `places`, or of those
    that the rows name, where a row names another."""
    bags = [bag_of(normalise(row.text)) for row in rows]
    idf = inverse_frequencies(bags).astype(np.float16).astype(np.float32)
    features, copies = matrix_of(bags, idf), _noisy_copies(rows, idf, places)
    heads = {
        name: _head(name, rows, features, copies) for name in RECIPES if len(set(_answers(name, rows)) - {None}) > 1
    }
    meta = _meta(rows, heads, hashed)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", **_arrays(heads, idf))
    (folder / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return meta


def _head(name: str, rows: list[Row], features: sparse.csr_matrix, copies: list[sparse.csr_matrix]) -> FittedHead:
    """The head `name`, from the rows that say what it asks."""
    answers = _answers(name, rows)
    known = [number for number, answer in enumerate(answers) if answer is not None]
    asked = np.array([answers[number] for number in known])
    recipe = RECIPES[name]
    learnt = [matrix[known][:, : recipe.reads] for matrix in (features, *copies[: recipe.copies])]
    return fit_head(
        learnt[0],
        learnt[1:],
        asked,
        recipe.machines,
        recipe.least_doubt,
        rare_weigh_more=recipe.rare_weigh_more,
        surer=recipe.surer,
    )


def _answers(name: str, rows: list[Row]) -> list[str | None]:
    """What each row says to the question of this head; None where it says nothing, or a sub-category too rare to be learnt."""
    if name != HEAD:
        return [getattr(row, name) for row in rows]
    said = [None if row.sub_category is None else pair(row.category, row.sub_category) for row in rows]
    times = Counter(said)
    return [answer if times[answer] >= FOLDS else None for answer in said]


def _noisy_copies(rows: list[Row], idf: Floats, places: Collection[str]) -> list[sparse.csr_matrix]:
    noise = Noise(SEED, sorted({place for row in rows for place in row.places}.union(places)))
    return [
        matrix_of([bag_of(normalise(noise.rewritten(row.text, row.places))) for row in rows], idf)
        for _ in range(max(recipe.copies for recipe in RECIPES.values()))
    ]


def _arrays(heads: dict[str, FittedHead], idf: Floats) -> dict[str, Any]:
    arrays: dict[str, Any] = {
        "weights": np.hstack([_stored(head.weights) for head in heads.values()]),
        "idf": idf.astype(np.float16),
    }
    for name, head in heads.items():
        arrays |= {f"{name}_bias": head.bias, f"{name}_shift": head.scaling.shift.astype(np.float32)}
    return arrays


def _stored(weights: Floats) -> npt.NDArray[np.int16]:
    """Without the weights too small to decide anything (measured: no reading changes for the worse), in whole steps, one row a bucket."""
    kept = np.where(np.abs(weights) < SMALLEST_WEIGHT, 0, weights)
    rows = np.zeros((BUCKETS, weights.shape[1]), dtype=np.int16)
    rows[: len(kept)] = np.round(kept / WEIGHT_STEP).astype(np.int16)
    return rows


def _subs(rows: list[Row], head: FittedHead | None) -> dict[str, Any]:
    """From which confidence within its category a sub-category is believed, and how those within the right category did."""
    if head is None:
        return {}
    answers = [answer for answer in _answers(HEAD, rows) if answer is not None]
    categories = np.array([label.partition("/")[0] for label in head.labels])
    own = np.array([categories == answer.partition("/")[0] for answer in answers])
    within = np.where(own, head.folded, 0.0)
    confidence = within.max(axis=1) / within.sum(axis=1)
    right = within.argmax(axis=1) == np.array([head.labels.index(answer) for answer in answers])
    enough = sub_at(confidence, right)
    told = confidence >= enough
    return {
        "sub_at": enough,
        "sub_category_cross_validated": {
            "rows": len(answers),
            "accuracy": round(float(right.mean()), 4),
            "calibration_error": round(calibration_error(confidence, right), 4),
            "told": round(float(told.mean()), 4),
            "right_when_told": round(float(right[told].mean()), 4) if told.any() else None,
        },
    }


def _meta(rows: list[Row], heads: dict[str, FittedHead], hashed: str) -> dict[str, Any]:
    category = heads["category"]
    right = category.folded.argmax(axis=1) == np.array([category.labels.index(row.category) for row in rows])
    confidence = category.folded.max(axis=1)
    return {
        "seed": SEED,
        "corpus_sha256": hashed,
        "rows": len(rows),
        "buckets": BUCKETS,
        "confirm_at": confirm_at(confidence, right),
        "offer_at": offer_at(confidence, right),
        **_subs(rows, heads.get(HEAD)),
        "heads": {
            name: {
                "labels": list(head.labels),
                "sharpness": head.scaling.sharpness,
                "doubt": head.scaling.doubt,
                "cross_validated": {
                    "accuracy": round(head.accuracy, 4),
                    "calibration_error": round(head.calibration_error, 4),
                },
            }
            for name, head in heads.items()
        },
    }
