"""Which language a message is in."""

from nlp import Reader
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


def test_thanks_in_english_do_not_make_a_message_indonesian(reader: Reader) -> None:
    assert reader.understand("thanks! can I add a photo?").language == "en"
    assert reader.understand("please fix it soon").language == "en"


def test_everyday_sundanese_with_a_few_indonesian_words_is_sundanese(reader: Reader) -> None:
    assert reader.understand("euy runtah di hareup imah urang geus saminggu teu diangkut, bau pisan").language == "su"
    assert reader.understand("jalan depan pasar bolong gede pisan euy").language == "mix"
