"""An evaluation as a page of text."""

from collections.abc import Mapping

from nlp.training.evaluation import ClassScore, Evaluation, Score


def printed(found: Evaluation) -> str:
    """The page that `python -m nlp evaluate` prints."""
    parts = [
        _scores("category", {"all": found.overall} if found.overall else {}),
        _scores("by language", found.by_language),
        _scores("by source", found.by_source),
        _classes("by category", found.by_category),
        _classes("by kind", found.by_kind),
        _figures(found),
        _confusions(found),
    ]
    return "\n\n".join(part for part in parts if part)


def _scores(title: str, scores: Mapping[str, Score]) -> str:
    if not scores:
        return ""
    head = f"{title:<28}{'rows':>6}{'first':>8}{'three':>8}{'recall':>8}{'ece':>8}"
    lines = [
        f"{name:<28}{s.count:>6}{s.first:>8.3f}{s.among_three:>8.3f}{s.mean_recall:>8.3f}{s.calibration:>8.3f}"
        for name, s in scores.items()
    ]
    return "\n".join([head, *lines])


def _classes(title: str, scores: Mapping[str, ClassScore]) -> str:
    if not scores:
        return ""
    head = f"{title:<28}{'rows':>6}{'recall':>8}{'prec':>8}{'f1':>8}"
    lines = [f"{name:<28}{s.count:>6}{s.recall:>8.3f}{s.precision:>8.3f}{s.f1:>8.3f}" for name, s in scores.items()]
    return "\n".join([head, *lines])


def _figures(found: Evaluation) -> str:
    figures = {
        "kind, macro F1": found.kind_f1,
        "urgency, share right": found.urgency_accuracy,
        "language, share right": found.language_accuracy,
        "emergencies, recall": found.emergency_recall,
        "emergencies, kind right": found.emergency_kind_right,
        "emergencies, false alarms": found.false_alarms,
        "sub-category told, category right": found.sub_category_told,
        "sub-category right when told": found.sub_category_right,
        "kelurahan right": found.kelurahan_right,
        "kecamatan right": found.kecamatan_right,
        "kecamatan wrong, not unsure": found.kecamatan_wrong,
        "kota or kabupaten right": found.kota_right,
    }
    lines = [f"{name:<34}{value:.3f}" for name, value in figures.items() if value is not None]
    lines += [f"{'processor milliseconds, ' + name:<34}{value:.2f}" for name, value in found.milliseconds.items()]
    return "\n".join(lines)


def _confusions(found: Evaluation) -> str:
    if not found.confusions:
        return ""
    return "\n".join(["read as", *(f"{want:<24}-> {got:<24}{times:>5}" for want, got, times in found.confusions)])
