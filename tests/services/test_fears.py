"""A clause of fear or consequence is known by how it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.fears import FEARING, LEADING, apart_from_warning, fears


@given(st.lists(st.sampled_from(sorted(LEADING)), max_size=3), st.sampled_from(sorted(FEARING)))
def test_whoever_is_frightened_and_however_it_is_led_up_to(before: list[str], word: str) -> None:
    assert fears(" ".join([*before, word, "roboh"]))


@pytest.mark.parametrize(
    "words", ["lampu mati, takut ada begal", "sampah numpuk dan bahaya", "jalan rusak", "kami", ""]
)
def test_a_clause_that_begins_with_a_problem_tells_one(words: str) -> None:
    assert not fears(words)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jalan ambles, hati2 yang lewat", "jalan ambles"),
        ("jalan ambles hati-hati", "jalan ambles"),
        ("taneuh urug di punclut. Ati-ati nya", "taneuh urug di punclut"),
        ("hati-hati, ada lubang di jl aceh", "ada lubang di jl aceh"),
        ("mohon pengendara hati-hati karena lampu mati di cikutra", ""),
        ("sampah numpuk di hati kota", ""),
    ],
)
def test_a_warning_at_an_end_is_left_out(text: str, told: str) -> None:
    assert apart_from_warning(text) == told
