"""The citizen's own words about where, over several messages."""

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.steps.place_words import holds, joined, replaced

words = st.text(alphabet="abcdefg 123", min_size=1, max_size=12).map(str.strip).filter(bool)


def test_a_later_message_is_added_to_an_earlier_one() -> None:
    assert joined("gang mawar rt 3 rw 5", "kelurahan sekeloa") == "gang mawar rt 3 rw 5, kelurahan sekeloa"


def test_what_was_said_already_is_not_said_again() -> None:
    assert joined("jl braga no 5", "Jl. Braga") == "jl braga no 5"
    assert joined("jl braga", "di jl. braga no 5") == "di jl. braga no 5"
    assert joined("", "jl braga") == "jl braga"


def test_part_of_a_word_is_not_held() -> None:
    assert not holds("jalan raya cibiru", "ya")
    assert not holds("jalan raya", "")


@given(words, words, words)
def test_what_is_held_can_be_replaced_and_taken_away(first: str, second: str, new: str) -> None:
    said = f"{first}, {second}"
    assert holds(said, first)
    assert holds(said, second)
    assert holds(replaced(said, second, new), new)
    assert replaced(said, second, "") in (first, second)


@given(words, words)
def test_nothing_changes_when_the_words_were_not_said(said: str, other: str) -> None:
    if not holds(said, other):
        assert replaced(said, other, "x") == said
