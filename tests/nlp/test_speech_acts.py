"""What a message does, whatever it is about."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import normalise
from nlp.speech_acts import acts


def acts_of(message: str) -> list[str]:
    return acts(normalise(message).split())


@given(st.lists(st.sampled_from("lampu jalan banjir sekolah kabel gang".split()), min_size=1, max_size=7))
def test_the_topic_says_nothing(topics: list[str]) -> None:
    assert acts(topics) == acts(["batu"] * len(topics))


def test_no_words_do_nothing() -> None:
    assert acts([]) == []


def test_begging_for_an_answer_is_not_begging_for_a_repair() -> None:
    asked, begged = acts_of("mohon penjelasan"), acts_of("mohon diperbaiki")
    assert "b:mohon penjelasan" in asked
    assert "b:mohon penjelasan" not in begged


def test_a_word_of_the_topic_between_two_telling_words_does_not_part_them() -> None:
    assert "b:mohon dipertimbangkan" in acts_of("mohon taman bacaan dipertimbangkan")


def test_an_ending_hides_no_telling_word() -> None:
    assert "a:mohon" in acts_of("mohonlah jalan ini dilihat")


def test_a_question_mark_at_the_end_is_the_last_word() -> None:
    assert "e:?" in acts_of("lampunya kapan nyala?")
    assert "e:-" in acts_of("lampunya padam di gang")


def test_opening_and_closing_words_are_told_apart_in_a_letter() -> None:
    found = acts_of("Selamat pagi " + "batu " * 20 + "mohon bantuan")
    assert {"h:selamat", "t:mohon"} <= set(found)
    assert not {"t:selamat", "h:mohon"} & set(found)
