"""The more the words say of danger, the less the classifier must."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nlp.danger_signs import Signs

ANY = st.builds(Signs, *(st.booleans() for _ in Signs.__dataclass_fields__))


def test_a_phrase_of_danger_needs_less_than_a_word_and_a_word_less_than_nothing() -> None:
    assert Signs(cue=True).enough < Signs(word=True).enough < Signs(clear=True).enough < Signs().enough


def test_an_english_phrase_needs_least_for_the_classifier_reads_english_worst() -> None:
    assert Signs(cue=True, english=True).enough < Signs(cue=True).enough


def test_what_is_surely_no_report_needs_most() -> None:
    assert Signs(cue=True, no_report=True).enough > Signs(cue=True, doubted=True).enough


@given(ANY)
def test_what_the_city_looks_after_never_needs_less(signs: Signs) -> None:
    assert replace(signs, matter=True).enough >= replace(signs, matter=False).enough


@given(ANY)
def test_a_doubt_never_makes_danger_likelier_where_a_phrase_names_it(signs: Signs) -> None:
    cued = replace(signs, cue=True)
    assert replace(cued, doubted=True).enough >= replace(cued, doubted=False).enough


@given(ANY)
def test_it_is_always_a_probability_that_can_be_reached(signs: Signs) -> None:
    assert 0 < signs.enough < 1
