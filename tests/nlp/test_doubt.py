"""What makes a word of danger none now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.doubt import is_a_story, is_doubted, is_no_news, is_past_or_asked, without_ending
from nlp.normalise import words


def texts(message: str) -> list[str]:
    return [word.text for word in words(message)]


def doubted(message: str, word: str = "kebakaran") -> bool:
    said = texts(message)
    return is_doubted(said, said.index(word))


@pytest.mark.parametrize(
    "message",
    [
        "tidak ada kebakaran",
        "takut nanti terjadi kebakaran",
        "kirain kebakaran",
        "ada kebakaran kemarin",
        "kebakaran di mana?",
        "kebakaran di sinetron",
        "kebakaran sudah padam",
        "kebakaran, kami sudah aman",
    ],
)
def test_denied_feared_mistaken_past_asked_told_or_over(message: str) -> None:
    assert doubted(message)


@pytest.mark.parametrize(
    "message",
    [
        "ada kebakaran di gang",
        "kebakaran, tidak ada air",
        "kebakaran, warga sudah tidak aman",
        "kebakaran, gak bisa dipadamkan",
        "kebakaran tacan pareum",
    ],
)
def test_what_is_said_behind_it_of_something_else_or_that_it_goes_on_is_no_doubt(message: str) -> None:
    assert not doubted(message)


def test_the_danger_of_another_behind_the_safety_of_one_is_no_doubt() -> None:
    said = texts("gempa, kami sudah aman, tetangga tertimpa tembok")
    assert is_doubted(said, 0)
    assert not is_doubted(said, 0, {said.index("tertimpa")})


def test_a_joke_is_no_news_and_a_question_is_only_asked() -> None:
    assert is_no_news(texts("wkwk mukanya biru"))
    assert not is_no_news(texts("mukanya biru kapan"))
    assert is_past_or_asked(texts("mukanya biru kapan"))


def test_a_story_is_known_with_or_without_an_ending() -> None:
    assert is_a_story(texts("novelnya sedih"))
    assert is_a_story(texts("lalajo pilem"))
    assert not is_a_story(texts("nonton konser"))


@given(st.sampled_from(("api", "darah", "rumah")), st.sampled_from(("nya", "na", "ku", "")))
def test_an_ending_is_taken_off(word: str, ending: str) -> None:
    assert without_ending(word + ending) == word
