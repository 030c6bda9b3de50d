"""The corpus as rows."""

import json
from pathlib import Path

import pytest

from cities.city import City
from nlp.training.cases import read_cases
from nlp.training.rows import CorpusError, corpus_files, corpus_hash, read_rows

HELD_BACK = Path(corpus_files()[0].parent / "held_back")


def write(file: Path, *rows: object) -> Path:
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_a_row_needs_only_text_and_category(tmp_path: Path) -> None:
    (row,) = read_rows([write(tmp_path / "a.jsonl", {"text": "banjir", "category": "genangan_banjir"}, "")])
    assert (row.kind, row.urgency, row.language, row.emergency, row.source) == ("pengaduan", "sedang", "id", "", "a")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "no JSON .* one row a line"),
        ('{"text": "rusak", category: "pju"}', "no JSON .* one row a line"),
        (["x"], "no JSON object"),
        ({"category": "pju"}, '"text" is missing'),
        ({"text": "x"}, '"category" is missing'),
        ({"text": "  ", "category": "pju"}, '"text" is missing'),
        ({"text": "x", "category": ["pju"]}, '"category" is missing'),
        ({"text": "x", "category": "pju", "kind": "gosip"}, "\"kind\" is 'gosip'. Write one of pengaduan, aspirasi"),
        ({"text": "x", "category": "pju", "urgency": "segera"}, "\"urgency\" is 'segera'. Write one of darurat"),
        ({"text": "x", "category": "pju", "language": "jv"}, "\"language\" is 'jv'. Write one of id, su"),
        ({"text": "di Dago", "category": "pju", "places": "Dago"}, "\"places\" is 'Dago'. Write a list"),
    ],
)
def test_a_bad_line_is_named_with_its_remedy(tmp_path: Path, line: object, said: str) -> None:
    file = write(tmp_path / "bad.jsonl", {"text": "x", "category": "pju"}, line)
    with pytest.raises(CorpusError, match=rf"bad\.jsonl, line 2: .*{said}"):
        read_rows([file])


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"category": "lampu_taman"}, "\"category\" is 'lampu_taman'. Write one of jalan_rusak, "),
        ({"category": "pju", "sub_category": "pkl"}, "\"sub_category\" is 'pkl'. Write one of lampu_mati, "),
        (
            {"category": "kedaruratan", "urgency": "darurat", "emergency": "naga"},
            "\"emergency\" is 'naga'. Write one of ",
        ),
    ],
)
def test_a_row_names_only_what_its_city_has(tmp_path: Path, city: City, named: dict[str, str], said: str) -> None:
    file = write(tmp_path / "own.jsonl", {"text": "x", "category": "pju", "sub_category": ""}, {"text": "y"} | named)
    with pytest.raises(CorpusError, match=rf"own\.jsonl, line 2: {said}"):
        read_rows([file], city)


def test_without_a_city_any_category_is_read(tmp_path: Path) -> None:
    assert (
        read_rows([write(tmp_path / "a.jsonl", {"text": "x", "category": "lampu_taman"})])[0].category == "lampu_taman"
    )


def test_what_an_editor_puts_before_the_first_line_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('\ufeff{"text": "x", "category": "pju"}\r\n', encoding="utf-8")
    assert read_rows([tmp_path / "a.jsonl"])[0].text == "x"


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "table.jsonl").write_bytes(b"PK\xff\xfe")
    for name in ("table.jsonl", "gone.jsonl"):
        with pytest.raises(CorpusError, match=rf"{name}: cannot be read .* UTF-8"):
            read_rows([tmp_path / name])


@pytest.mark.parametrize("line", ["no json", {"category": "pju"}, {"text": 7}])
def test_a_bad_case_is_named_too(tmp_path: Path, line: object) -> None:
    with pytest.raises(CorpusError, match=r"bad\.jsonl, line 2"):
        read_cases(write(tmp_path / "bad.jsonl", {"text": "x"}, line))


def test_the_corpus_uses_only_categories_of_the_city_we_ship(city: City) -> None:
    assert {row.category for row in read_rows(corpus_files())} == set(city.categories)


def test_the_corpus_names_only_sub_categories_of_their_category(city: City) -> None:
    said = {(row.category, row.sub_category) for row in read_rows(corpus_files()) if row.sub_category}
    assert said == {
        (category.id, sub)
        for category in city.categories.values()
        if category.id != city.emergency.category
        for sub in category.subs
    }


def test_the_corpus_names_only_kinds_of_emergency_that_the_city_knows(city: City) -> None:
    kinds = set(city.categories[city.emergency.category].subs)
    assert {row.emergency for row in read_rows(corpus_files())} - {"", None} == kinds


def test_an_emergency_in_the_corpus_is_urgent_and_nothing_else_is() -> None:
    assert all((row.emergency != "") == (row.urgency == "darurat") for row in read_rows(corpus_files()))


def test_an_urgent_row_that_names_no_help_leaves_it_open(tmp_path: Path) -> None:
    (row,) = read_rows([write(tmp_path / "a.jsonl", {"text": "tolong", "category": "lainnya", "urgency": "darurat"})])
    assert row.emergency is None


def test_places_in_the_corpus_are_parts_of_the_text() -> None:
    assert all(place in row.text for row in read_rows(corpus_files()) for place in row.places)


def test_no_message_is_in_the_corpus_twice() -> None:
    texts = [row.text for row in read_rows(corpus_files())]
    assert len(texts) == len(set(texts))


def test_the_held_back_sentences_are_not_trained_on() -> None:
    trained = {row.text for row in read_rows(corpus_files())}
    held_back = [case.text for file in sorted(HELD_BACK.glob("*.jsonl")) for case in read_cases(file)]
    assert len(held_back) >= 200
    assert not trained & set(held_back)


def test_the_hash_of_a_corpus_changes_with_any_byte(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", {"text": "x", "category": "pju"})
    before = corpus_hash([file])
    write(file, {"text": "y", "category": "pju"})
    assert corpus_hash([file]) != before


def test_a_case_may_accept_several_categories_and_leave_things_out(tmp_path: Path) -> None:
    one, two = read_cases(
        write(tmp_path / "c.jsonl", {"text": "x", "category": ["a", "b"]}, {"text": "y", "emergency": None})
    )
    assert one.categories == {"a", "b"}
    assert (one.emergency, two.emergency, two.kind) == (None, "", None)


def test_a_case_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="line 1"):
        read_cases(write(tmp_path / "c.jsonl", {"category": "a"}))
