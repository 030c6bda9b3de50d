"""Which language a message is in."""

import pytest

from nlp import Reader
from nlp.language import language_of, leaning
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


@pytest.mark.parametrize(
    "text",
    [
        "punten bade lapor, jalan di payun masjid bolong",
        "kang ieu kumaha lampu jalan paeh wae di jalan karapitan hareup smp",
        "bu lurah lampu jalan mati di rw 03 kelurahan pasirluyu tolong atuh dibenerin, tos lami pisan",
        "maneh teh robot lain? jalan bolong teu bener bener di cicaheum",
        "banjir wae di gedebage euy",
        "mang, sampah teu diangkut di rw 5",
        "iyeu jalan bolong",
    ],
)
def test_who_speaks_sundanese_about_things_with_indonesian_names_is_answered_in_sundanese(
    text: str, reader: Reader
) -> None:
    assert reader.understand(text).leans == "su"


@pytest.mark.parametrize(
    "text",
    [
        "nuhun min, jalan rusak di cisitu",
        "lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari",
        "jalan depan pasar bolong gede pisan euy",
        "kang mohon dibantu lampu jalan mati euy",
        "mau lapor kang ada lampu mati",
        "lampu mati di jalan pasir luhur",
        "tukang parkir liar di jalan otista",
        "kak ari, lampu mati di gang tepi",
        "there is a pothole in dago",
    ],
)
def test_a_word_that_everybody_says_or_the_name_of_a_place_makes_no_sundanese_talk(text: str, reader: Reader) -> None:
    assert reader.understand(text).leans != "su"


def test_who_mixes_both_alike_leans_to_neither() -> None:
    assert leaning("dari kemarin lampu mati wae euy".split(), "mix") == "mix"


def test_a_language_that_is_sure_is_not_weighed_again() -> None:
    assert leaning("punten kumaha ieu teh".split(), "en") == "en"
    assert leaning(["lampu"], "su") == "su"
