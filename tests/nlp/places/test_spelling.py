"""Names written in different ways have one key, and words keep their place in the message."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.places.spelling import key, name_words, plain, tokens


def keyed(name: str) -> str:
    return key(name_words(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Buah Batu", "buahbatu"),
        ("Soekarno-Hatta", "sukarno hatta"),
        ("L.L. RE. Martadinata", "LLRE Martadinata"),
        ("Djuanda", "Juanda"),
        ("Tjokroaminoto", "Cokroaminoto"),
        ("Padjadjaran", "Pajajaran"),
        ("Mochammad Toha", "Moh. Toha"),
        ("Mustofa", "mustopa"),
        ("Rumah Sakit Immanuel", "RS Imanuel"),
        ("SMP Negeri 14", "SMPN 14"),
        ("Jembatan Layang Kopo", "Fly over Kopo"),
        ("Perempatan Kordon", "Simpang Kordon"),
        ("Kebun Binatang", "kebon binatang"),
        ("Mesjid Salman", "Masjid Salman"),
        ("Alun-alun", "alun2"),
        ("Cibaduyuuuut", "Cibaduyut"),
        ("Wétan", "wetan"),
        ("Gang Jembar III", "Gang Jembar 3"),
        ("Jend. Sudirman", "Jenderal Sudirman"),
        ("Kyai Haji Dahlan", "Kyai H. Dahlan"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert keyed(one) == keyed(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("SMPN 2", "SMPN 22"), ("Sukajadi", "Sukasari"), ("Cikutra Baru", "Cikutra Barat"), ("Kopo", "Kepo")],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert keyed(one) != keyed(other)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_token_stands_where_it_says(message: str) -> None:
    last = 0
    for token in tokens(message):
        assert last <= token.start < token.end <= len(message)
        assert plain(message[token.start : token.end]) == token.text
        last = token.end


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"]), max_size=30))
def test_case_does_not_matter(word: str) -> None:
    assert plain(plain(word)) == plain(word)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_key_has_no_blanks_and_no_letter_twice_in_a_row(words: list[str]) -> None:
    made = key(words)
    assert " " not in made
    assert all(first != second or first.isdigit() for first, second in pairwise(made))


def test_a_sentence_ends_a_phrase_and_an_abbreviation_does_not() -> None:
    words = {token.text: token.joins for token in tokens("Jl. Braga macet. Dago juga, Cibiru - Ledeng")}
    assert words["braga"]
    assert not words["dago"]
    assert not words["cibiru"]
    assert words["ledeng"]


def test_a_new_line_ends_a_phrase() -> None:
    assert [token.joins for token in tokens("pasar\nbaru")] == [False, False]
