"""From what people type to comparable words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.lexicon import clusters_of_words, word_table
from nlp.normalise import normalise, plain, words

TYPED = st.text(alphabet=st.sampled_from("aeiousmkrtnbg2-. !?\nÉéİ½ſ0197😀"), max_size=60) | st.text(max_size=60)


@given(TYPED)
def test_normalising_twice_changes_nothing_more(message: str) -> None:
    once = normalise(message)
    assert normalise(once) == once


@given(TYPED)
def test_every_word_points_at_the_letters_it_came_from(message: str) -> None:
    spans = [(word.start, word.end) for word in words(message)]
    assert all(0 <= start < end <= len(message) for start, end in spans)
    assert spans == sorted(spans)


@given(TYPED)
def test_only_plain_letters_digits_and_two_marks_remain(message: str) -> None:
    assert re.fullmatch(r"[a-z0-9?! ]*", normalise(message))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("JLN RUSAAAAK bgt", "jalan rusak banget"),
        ("gorong2 & anak-anak", "gorong anak"),
        ("ga bs, gpp", "tidak bisa tidak apa"),
        ("solokan caah ti kamari", "solokan caah ti kamari"),
        ("kumaha ieu téh", "kumaha ieu teh"),
        ("lihat https://contoh.id/foto?x=1 ya", "lihat ya"),
        ("tolong!! kapan?", "tolong ! ! kapan ?"),
    ],
)
def test_slang_repeats_and_accents_are_brought_together(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


def test_sundanese_words_stay_sundanese() -> None:
    sundanese = {word for word, language in word_table("markers").items() if language == "su"}
    assert not sundanese & set(word_table("informal"))


def test_what_a_slang_word_stands_for_is_never_slang_itself() -> None:
    table = word_table("informal")
    formal = {word for meaning in table.values() for word in meaning.split()}
    assert not formal & set(table)


def test_the_tables_hold_normalised_words() -> None:
    meanings = {word for meaning in word_table("sundanese").values() for word in meaning.split()}
    assert {word for word in meanings if normalise(word) != word} == set()


def test_a_word_may_stand_in_several_clusters() -> None:
    assert {"tree", "collapse"} <= set(clusters_of_words()["tumbang"])


def test_plain_leaves_out_commas_and_full_stops() -> None:
    assert plain(words("satu, dua. tiga; empat: lima\nenam?")) == "satu dua tiga empat lima enam ?"


def test_english_glosses_are_for_words_that_are_english_only() -> None:
    english = set(word_table("english"))
    assert not english & (
        set(word_table("sundanese")) | set(word_table("informal")) | set(word_table("english").values())
    )
    assert not {word for word in english if word_table("markers").get(word, "en") != "en"}
