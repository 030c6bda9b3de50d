"""Fitting the heads: linear machines on tf-idf of hashed features, their weights added up, then scaled into chances on
folds that they did not see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from nlp.features import BUCKETS, Bag
from nlp.linear import scaled

Floats = npt.NDArray[np.float32]
Strings = npt.NDArray[np.str_]

Numbers = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]

SEED = 20261124
FOLDS = 3
HELD_TO_ZERO = 0.01
MOST_DOUBT = 0.3


@dataclass(frozen=True, slots=True)
class FittedHead:
    """What `nlp.linear.Head` needs, plus how the held-out folds did (`accuracy`, `calibration_error`)."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    scaling: "Scaling"
    accuracy: float
    calibration_error: float
    folded: Floats
    """Calibrated probabilities of every row from the fold that held it out."""


def inverse_frequencies(bags: list[Bag]) -> Floats:
    """Smoothed idf a bucket: ln((1 + rows) / (1 + rows with it)) + 1."""
    seen = np.zeros(BUCKETS)
    for bag in bags:
        seen[bag.ids] += 1
    return np.asarray(np.log((1 + len(bags)) / (1 + seen)) + 1, dtype=np.float32)


def matrix_of(bags: list[Bag], idf: Floats) -> sparse.csr_matrix:
    """Rows of scaled features, one a bag."""
    pointers = np.cumsum([0] + [len(bag.ids) for bag in bags])
    values = np.concatenate([scaled(bag, idf) for bag in bags])
    return sparse.csr_matrix((values, np.concatenate([bag.ids for bag in bags]), pointers), shape=(len(bags), BUCKETS))


def fit_head(
    features: sparse.csr_matrix,
    copies: Sequence[sparse.csr_matrix],
    answers: Strings,
    machines: Sequence["Machine"],
    least_doubt: float = 0.0,
    folds: int = FOLDS,
    rare_weigh_more: bool = True,
    surer: float = 1.0,
) -> FittedHead:
    """A head for `answers`, one a row of `features`; `copies` are the same rows rewritten by noise, learnt from (in the
    folds only the first, for speed) and never measured on. The scores of all `machines` are added up. `surer`: how many
    times as sharp the head is as its folds, which learnt from a third fewer rows. Same arguments, same head."""
    labels = tuple(sorted(set(answers.tolist())))
    index = np.array([labels.index(answer) for answer in answers])
    held_out = np.zeros((len(answers), len(labels)), dtype=np.float64)
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=SEED).split(features, index):
        learnt = sparse.vstack([features[train], *(copy[train] for copy in copies[:1])]).tocsr()
        weights, bias = fit_weights(learnt, np.tile(index[train], 1 + len(copies[:1])), len(labels), machines)
        held_out[test] = features[test] @ weights + bias
    scaled_to = scaling(held_out, index, least_doubt, rare_weigh_more)
    folded = scaled_to.chances(held_out)
    everything = sparse.vstack([features, *copies]).tocsr()
    weights, bias = fit_weights(everything, np.tile(index, 1 + len(copies)), len(labels), machines)
    right = folded.argmax(axis=1) == index
    return FittedHead(
        labels,
        weights.astype(np.float32),
        bias.astype(np.float32),
        replace(scaled_to, sharpness=round(scaled_to.sharpness * surer, 6)),
        float(right.mean()),
        calibration_error(folded.max(axis=1), right),
        folded.astype(np.float32),
    )


@dataclass(frozen=True, slots=True)
class Scaling:
    """From scores to chances: (1 - doubt) * softmax(sharpness * score + shift) + doubt / labels."""

    sharpness: float
    shift: Doubles
    doubt: float

    def chances(self, scores: Doubles) -> Doubles:
        soft = softmax(self.sharpness * scores + self.shift)
        return np.asarray((1 - self.doubt) * soft + self.doubt / scores.shape[1])


def scaling(scores: Doubles, index: Numbers, least_doubt: float = 0.0, rare_weigh_more: bool = True) -> Scaling:
    """The scaling that makes the answers `index` most likely, its shift kept small and its doubt at least `least_doubt`.
    Rare labels weigh more (one over the root of their count) where how often each is asked about in real life is not known."""
    times = np.bincount(index, minlength=scores.shape[1])
    share = 1 / np.sqrt(times)[index] if rare_weigh_more else np.ones(len(index))
    share /= share.sum()
    rows, count = np.arange(len(index)), scores.shape[1]

    def loss(point: Doubles) -> tuple[float, Doubles]:
        sharpness, doubt, shift = point[0], point[1], point[2:]
        soft = softmax(sharpness * scores + shift)
        picked = soft[rows, index]
        chance = np.maximum((1 - doubt) * picked + doubt / count, 1e-12)
        pull = share * (1 - doubt) * picked / chance
        error = pull[:, None] * soft
        error[rows, index] -= pull
        by_doubt = float((share * (picked - 1 / count) / chance).sum())
        gradient = np.concatenate(
            [[float((error * scores).sum()), by_doubt], error.sum(axis=0) + 2 * HELD_TO_ZERO * shift]
        )
        return float(-(share * np.log(chance)).sum() + HELD_TO_ZERO * shift @ shift), gradient

    start = np.concatenate([[2.0, least_doubt + 0.02], np.zeros(count)])
    bounds = [(0.01, None), (least_doubt, MOST_DOUBT), *[(None, None)] * count]
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Scaling(round(float(best[0]), 6), np.round(best[2:], 6), round(float(best[1]), 6))


def softmax(raw: Doubles) -> Doubles:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def calibration_error(confidence: npt.NDArray[np.floating], right: npt.NDArray[np.bool_], bins: int = 15) -> float:
    """Expected calibration error: the mean gap between confidence and share right, over equal-width bins."""
    slots = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[slots == s].mean() - right[slots == s].mean()) * (slots == s).mean() for s in np.unique(slots)
    ]
    return float(sum(gaps))


@dataclass(frozen=True, slots=True)
class Svm:
    """A linear support vector machine a label, one against the rest; `cost` is its C."""

    cost: float

    def fit(self, features: sparse.csr_matrix, index: Numbers) -> tuple[Doubles, Doubles]:
        machine = LinearSVC(C=self.cost, class_weight="balanced", random_state=SEED).fit(features, index)
        return machine.coef_, machine.intercept_


@dataclass(frozen=True, slots=True)
class Ridge:
    """Least squares towards +1 and -1, one label against the rest; `alpha` holds the weights small."""

    alpha: float

    def fit(self, features: sparse.csr_matrix, index: Numbers) -> tuple[Doubles, Doubles]:
        machine = RidgeClassifier(alpha=self.alpha, class_weight="balanced", solver="sparse_cg", max_iter=60, tol=1e-3)
        machine.fit(features, index)
        return np.atleast_2d(machine.coef_), np.atleast_1d(machine.intercept_)


Machine = Svm | Ridge


def fit_weights(
    features: sparse.csr_matrix, index: Numbers, count: int, machines: Sequence[Machine]
) -> tuple[Doubles, Doubles]:
    """Weights (features x labels) and bias of all `machines` added up; `index` says which of `count` labels a row has."""
    weights, bias = np.zeros((features.shape[1], count)), np.zeros(count)
    for machine in machines:
        rows, intercepts = machine.fit(features, index)
        if count == 2:
            rows, intercepts = np.vstack([-rows, rows]), np.concatenate([-intercepts, intercepts])
        weights += rows.T
        bias += intercepts
    return weights, bias
