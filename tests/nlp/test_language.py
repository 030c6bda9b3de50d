"""Which language a message is in."""

from nlp.language import language_of
from nlp.understanding import Guess


def guesses(best: str, confidence: float) -> tuple[Guess, ...]:
    return (Guess(best, confidence), Guess("id" if best != "id" else "su", 1 - confidence))


def test_a_sure_guess_is_taken() -> None:
    assert language_of(["lampu", "pareum"], guesses("su", 0.95)) == "su"


def test_nothing_said_is_indonesian() -> None:
    assert language_of([], ()) == "id"


def test_words_of_one_language_decide_when_the_guess_is_unsure() -> None:
    assert language_of("abdi teu terang".split(), guesses("id", 0.5)) == "su"
    assert language_of("the road is broken".split(), guesses("id", 0.5)) == "en"
    assert language_of("jalan rusak sekali".split(), guesses("en", 0.5)) == "id"


def test_words_of_both_languages_make_a_mixture_when_the_guess_says_so() -> None:
    assert language_of("jalan rusak pisan euy".split(), guesses("mix", 0.5)) == "mix"


def test_an_unsure_guess_without_marked_words_stands() -> None:
    assert language_of(["xyz"], guesses("mix", 0.4)) == "mix"
