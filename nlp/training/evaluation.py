"""How well a reader reads labelled cases, as numbers."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from nlp.reader import Reader
from nlp.training.cases import Case
from nlp.training.fitting import calibration_error
from nlp.understanding import Understanding

Reading = tuple[Case, Understanding]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1 over `count` cases: right at first, right among three, mean over classes, calibration error."""

    count: int
    first: float
    among_three: float
    mean_recall: float
    calibration: float


@dataclass(frozen=True, slots=True)
class ClassScore:
    count: int
    recall: float
    precision: float
    f1: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that `python -m nlp evaluate` prints; a part that no case labels is empty or None."""

    overall: Score | None
    by_language: Mapping[str, Score]
    by_source: Mapping[str, Score]
    by_category: Mapping[str, ClassScore]
    by_kind: Mapping[str, ClassScore]
    kind_f1: float | None
    urgency_accuracy: float | None
    language_accuracy: float | None
    emergency_recall: float | None
    emergency_kind_right: float | None
    false_alarms: float | None
    sub_category_told: float | None
    sub_category_right: float | None
    kelurahan_right: float | None
    kecamatan_right: float | None
    kecamatan_wrong: float | None
    kota_right: float | None
    confusions: tuple[tuple[str, str, int], ...]
    milliseconds: Mapping[str, float]
    """Processor time a message, by percentile; what else the machine does meanwhile counts little."""


def evaluate_on(reader: Reader, cases: Iterable[Case]) -> Evaluation:
    """Read every case and compare."""
    readings, times = _read(reader, list(cases))
    labelled = [(case, seen) for case, seen in readings if case.categories]
    by_kind = _by_class([(case.kind, seen.kind.id) for case, seen in readings if case.kind])
    emergencies = [(case, seen) for case, seen in readings if case.emergency]
    calm = [seen for case, seen in readings if case.emergency == ""]
    caught = [(case, seen) for case, seen in emergencies if seen.emergency]
    parted = [(case, seen) for case, seen in readings if case.sub_category and seen.category.id in case.categories]
    told = [(case, seen) for case, seen in readings if case.sub_category is not None and seen.sub_category]
    placed = [(case, seen) for case, seen in readings if case.kecamatan]
    return Evaluation(
        overall=_score(labelled) if labelled else None,
        by_language=_grouped(labelled, lambda case: case.language or "?"),
        by_source=_grouped(labelled, lambda case: case.source),
        by_category=_by_class([(_wanted(case, seen), seen.category.id) for case, seen in labelled]),
        by_kind=by_kind,
        kind_f1=_mean([score.f1 for score in by_kind.values() if score.count]),
        urgency_accuracy=_mean([seen.urgency == case.urgency for case, seen in readings if case.urgency]),
        language_accuracy=_mean([seen.language == case.language for case, seen in readings if case.language]),
        emergency_recall=_mean([seen.emergency is not None for _, seen in emergencies]),
        emergency_kind_right=_mean([seen.emergency.kind == case.emergency for case, seen in caught if seen.emergency]),
        false_alarms=_mean([seen.emergency is not None for seen in calm]),
        sub_category_told=_mean([seen.sub_category is not None for _, seen in parted]),
        sub_category_right=_mean([_sub_right(case, seen) for case, seen in told]),
        kelurahan_right=_mean([_kelurahan(seen) == case.kelurahan for case, seen in readings if case.kelurahan]),
        kecamatan_right=_mean([_kecamatan(seen) == case.kecamatan for case, seen in placed]),
        kecamatan_wrong=_mean([_kecamatan(seen) not in (None, case.kecamatan) for case, seen in placed]),
        kota_right=_mean([_kota(seen) == case.kota_kab for case, seen in readings if case.kota_kab is not None]),
        confusions=_confusions(labelled),
        milliseconds=times,
    )


def _read(reader: Reader, cases: list[Case]) -> tuple[list[Reading], dict[str, float]]:
    readings, taken = [], []
    for case in cases:
        start = time.process_time()
        seen = reader.understand(case.text)
        taken.append((time.process_time() - start) * 1000)
        readings.append((case, seen))
    percentiles = {f"p{share}": float(np.percentile(taken, share)) for share in (50, 95, 99)} if taken else {}
    return readings, percentiles


def _score(readings: list[Reading]) -> Score:
    right = np.array([seen.category.id in case.categories for case, seen in readings])
    three = [any(guess.id in case.categories for guess in seen.categories[:3]) for case, seen in readings]
    recalls = defaultdict(list)
    for (case, _), hit in zip(readings, right, strict=True):
        recalls[" / ".join(sorted(case.categories))].append(hit)
    confidence = np.array([seen.category.confidence for _, seen in readings])
    return Score(
        count=len(readings),
        first=float(right.mean()),
        among_three=float(np.mean(three)),
        mean_recall=float(np.mean([np.mean(hits) for hits in recalls.values()])),
        calibration=calibration_error(confidence, right),
    )


def _grouped(readings: list[Reading], key: Callable[[Case], str]) -> dict[str, Score]:
    groups = defaultdict(list)
    for case, seen in readings:
        groups[key(case)].append((case, seen))
    return {name: _score(groups[name]) for name in sorted(groups)}


def _by_class(pairs: list[tuple[str | None, str]]) -> dict[str, ClassScore]:
    wanted, given = Counter(want for want, _ in pairs), Counter(got for _, got in pairs)
    hits = Counter(want for want, got in pairs if want == got)
    scores = {}
    for label in sorted(name for name in wanted if name):
        recall = hits[label] / wanted[label]
        precision = hits[label] / given[label] if given[label] else 0.0
        f1 = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
        scores[label] = ClassScore(wanted[label], recall, precision, f1)
    return scores


def _wanted(case: Case, seen: Understanding) -> str:
    return seen.category.id if seen.category.id in case.categories else min(case.categories)


def _confusions(readings: list[Reading], most: int = 20) -> tuple[tuple[str, str, int], ...]:
    wrong = Counter(
        (_wanted(case, seen), seen.category.id) for case, seen in readings if seen.category.id not in case.categories
    )
    return tuple((want, got, times) for (want, got), times in wrong.most_common(most))


def _sub_right(case: Case, seen: Understanding) -> bool:
    return (
        seen.category.id in case.categories
        and seen.sub_category is not None
        and seen.sub_category.id == case.sub_category
    )


def _kelurahan(seen: Understanding) -> str | None:
    return seen.place.kelurahan if seen.place else None


def _kecamatan(seen: Understanding) -> str | None:
    return seen.place.kecamatan if seen.place else None


def _kota(seen: Understanding) -> str:
    return (seen.place.kota_kab or "") if seen.place else ""


def _mean(values: list[bool] | list[float]) -> float | None:
    return float(np.mean(values)) if values else None
