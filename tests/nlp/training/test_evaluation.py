"""How well a reader reads, as numbers that can be checked by hand."""

import pytest

from nlp.training.cases import Case
from nlp.training.evaluation import evaluate_on
from nlp.training.report import printed
from nlp.understanding import Emergency, Guess, Place, Understanding


class ScriptedReader:
    """Answers by the first word of the message: the category it names, at confidence 0.8."""

    def understand(self, text: str) -> Understanding:
        best = text.split(maxsplit=1)[0]
        others = [name for name in ("a", "b", "c", "d") if name != best]
        categories = (Guess(best, 0.8), *(Guess(name, 0.2 / len(others)) for name in others))
        emergency = Emergency("medis", text) if "tolong" in text else None
        place = Place("x", "kelurahan", "Dago", "Coblong", "Kota Bandung") if "dago" in text else None
        subs = {best: Guess("satu", 0.9)} if "satu" in text else {}
        return Understanding(
            text, "id", Guess("pengaduan", 1.0), categories[0], categories, "sedang", emergency, (), place, subs
        )


def case(text: str, *categories: str, **known: str) -> Case:
    empty: dict[str, str | None] = dict.fromkeys(("kind", "urgency", "language", "emergency", "kelurahan", "kecamatan"))
    return Case(text, frozenset(categories), source="test", **(empty | known))  # type: ignore[arg-type]


CASES = [
    case("a", "a", kind="pengaduan", language="id", urgency="sedang"),
    case("a", "b", kind="aspirasi", language="su"),
    case("b", "b", "c"),
    case("a", "d", emergency=""),
    case("a tolong", "a", emergency="medis"),
    case("a diam", "a", emergency="kebakaran"),
    case("a tolong salah", "a", emergency=""),
    case("b dago", "b", kelurahan="Dago", kecamatan="Coblong", kota_kab="Kota Bandung"),
    case("b dago", "b", kelurahan="Braga", kecamatan="Sumur Bandung"),
    case("b entah", "b", kelurahan="Braga", kecamatan="Sumur Bandung"),
    case("b dago", "b", kota_kab="Kota Cimahi"),
    case("b", "b", kota_kab=""),
]


def test_shares_are_counted_over_labelled_cases_only() -> None:
    found = evaluate_on(ScriptedReader(), CASES)  # type: ignore[arg-type]
    assert found.overall is not None
    assert (found.overall.count, found.overall.first) == (12, pytest.approx(10 / 12))
    assert found.overall.among_three == pytest.approx(11 / 12)
    assert found.urgency_accuracy == 1.0
    assert found.language_accuracy == 0.5
    assert found.emergency_recall == 0.5
    assert found.emergency_kind_right == 1.0
    assert found.false_alarms == 0.5
    assert found.kelurahan_right == pytest.approx(1 / 3)
    assert found.kecamatan_right == pytest.approx(1 / 3)
    assert found.kecamatan_wrong == pytest.approx(1 / 3)
    assert found.kota_right == pytest.approx(2 / 3)
    assert found.by_kind["aspirasi"].recall == 0.0
    assert found.by_kind["pengaduan"].precision == 0.5
    assert set(found.confusions) == {("b", "a", 1), ("d", "a", 1)}


def test_sub_categories_are_counted_where_told_and_right_only_within_the_right_category() -> None:
    told = [
        case("a satu", "a", sub_category="satu"),
        case("a satu", "a", sub_category=""),
        case("b satu", "a", sub_category="satu"),
        case("a", "a", sub_category="satu"),
        case("a", "a", sub_category=""),
    ]
    found = evaluate_on(ScriptedReader(), told)  # type: ignore[arg-type]
    assert found.sub_category_told == 0.5
    assert found.sub_category_right == pytest.approx(1 / 3)
    assert "sub-category right when told" in printed(found)


def test_the_page_names_every_part_and_leaves_out_what_nobody_labelled() -> None:
    page = printed(evaluate_on(ScriptedReader(), CASES))  # type: ignore[arg-type]
    assert "kecamatan wrong, not unsure" in page
    assert "by kind" in page
    bare = printed(evaluate_on(ScriptedReader(), [case("a", "a")]))  # type: ignore[arg-type]
    assert "by kind" not in bare
    assert "emergencies" not in bare
