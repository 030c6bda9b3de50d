"""Kinds of models side by side."""

from nlp.training.cases import Case
from nlp.training.compare import compare_on
from nlp.training.rows import Row

SAID = {"pju": "lampu padam gelap tiang bohlam nyala", "sampah": "sampah bau tps numpuk angkut kantong"}


def rows() -> list[Row]:
    """Eighteen short rows a category; no word is in both."""
    return [
        Row(
            f"{words.split()[number % 6]} {words.split()[(number + 2) % 6]} {number}",
            category,
            "pengaduan",
            "sedang",
            "id",
            (),
            "",
            "t",
        )
        for category, words in SAID.items()
        for number in range(18)
    ]


def case(text: str, *categories: str) -> Case:
    return Case(text, frozenset(categories), None, None, None, None, None, None, "t")


def test_every_kind_of_model_is_asked_the_same() -> None:
    cases = [case("tiang lampu gelap", "pju"), case("kantong sampah bau", "sampah", "lainnya"), case("tidak berlabel")]
    found = compare_on(rows(), cases, with_spacy=True)
    assert len({line.name for line in found}) == len(found) == 8
    assert all(line.folded == 1.0 for line in found if "SVM, " in line.name or "ridge" in line.name)
    assert all(0 <= line.folded <= 1 and line.held_back in (0, 0.5, 1) for line in found)
