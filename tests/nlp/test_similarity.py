"""How alike two complaint texts are."""

from hypothesis import given
from hypothesis import strategies as st

from nlp import Reader

TEXT = st.text(alphabet="abcdefgh ijkl", max_size=40)


@given(left=TEXT, right=TEXT)
def test_it_is_symmetric_and_between_nothing_and_all(reader: Reader, left: str, right: str) -> None:
    found = reader.similarity(left, right)
    assert 0 <= found <= 1
    assert abs(found - reader.similarity(right, left)) < 1e-5


def test_a_text_is_like_itself_however_carelessly_typed(reader: Reader) -> None:
    assert reader.similarity("lampu jalan mati di gang", "LAMPU jln matiii di gang") > 0.85


def test_the_same_problem_in_other_words_is_nearer_than_another_problem(reader: Reader) -> None:
    first = "sampah menumpuk di depan pasar sudah seminggu"
    same, other = "tumpukan sampah depan pasar ga diangkut seminggu", "sekolah memungut uang seragam"
    assert reader.similarity(first, same) > 2 * reader.similarity(first, other)


def test_nothing_is_like_an_empty_text(reader: Reader) -> None:
    assert reader.similarity("", "banjir") == 0
    assert reader.similarity("", "") == 0
