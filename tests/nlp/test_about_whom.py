"""Whether a message tells of its writer or of somebody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.city import City
from nlp import Reader
from nlp.about_whom import is_about_writer
from nlp.emergency import EmergencyFinder
from nlp.normalise import words
from nlp.understanding import Guess

DANGER = (Guess("jiwa", 0.9), Guess("", 0.1))


@pytest.fixture(scope="module")
def finder(city: City) -> EmergencyFinder:
    return EmergencyFinder(city.emergency)


def about_self(finder: EmergencyFinder, message: str) -> bool:
    found = finder.find(message, words(message), DANGER, reports=0.2)
    assert found is not None
    assert found.kind == "jiwa"
    return found.about_self


@pytest.mark.parametrize(
    "message",
    [
        "sepupuku mau gantung diri, pintunya dikunci",
        "teman kos saya barusan mengirim pesan mau mengakhiri hidup",
        "ada mahasiswi mau bunuh diri di atap gedung",
        "lanceuk abdi hayang paeh, ayeuna di sisi walungan",
        "ibu saya memegang pisau, mau bunuh diri",
        "saya melihat orang mau bunuh diri di rel",
        "pamit ke saya lalu minum racun dia",
        "teman sekampung saya mau bunuh diri",
        "rekan satu kantor saya ingin mati katanya",
        "ada yang ingin mati di jembatan",
    ],
)
def test_it_is_about_somebody_else(finder: EmergencyFinder, message: str) -> None:
    assert not about_self(finder, message)


@pytest.mark.parametrize(
    "message",
    [
        "pak, saya mau bunuh diri saja",
        "suami saya pergi, saya ingin mati",
        "bosan sama pacar, ingin mati saja",
        "anak saya sakit terus, mending mati aja",
        "tolong jaga adik saya, saya mau mengakhiri hidup",
        "bu saya capek hidup, ingin mati",
        "hirup teu aya hartina, hoyong maot",
    ],
)
def test_it_is_about_the_writer(finder: EmergencyFinder, message: str) -> None:
    assert about_self(finder, message)


@pytest.mark.parametrize(
    ("message", "writer"),
    [
        ("punten kang, rasanya sudah tidak ada gunanya bangun besok", True),
        ("maaf bu, saya cuma mau pamit dari semua ini", True),
        ("titip kucing ke tetangga, saya tidak akan pulang", True),
        ("moal aya nu neangan abdi deui", True),
        ("adik kelas saya menulis surat pamit, ponselnya mati", False),
        ("saya dengar tetangga pamit ke semua orang", False),
        ("pun bapa nyandak tambang ka kebon", False),
    ],
)
def test_without_a_word_of_it_the_first_person_named_decides(message: str, writer: bool) -> None:
    assert is_about_writer([word.text for word in words(message)]) is writer


@given(st.lists(st.sampled_from(["rasanya", "lelah", "sekali", ",", "hidup", "ini"]), max_size=8))
def test_where_nobody_is_named_it_is_the_writer(texts: list[str]) -> None:
    assert is_about_writer(texts)


@given(
    st.lists(st.sampled_from(["saya", "teman", "ada", "yang", ",", "mati", "ibu"]), min_size=1, max_size=8), st.data()
)
def test_any_order_of_words_has_an_answer(texts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(texts) - 1))
    assert is_about_writer(texts, at, at) in (True, False)


@pytest.mark.parametrize("message", ["kios kami kebanjiran sampai pinggang tolong", "air di kontrakan sudah seleher"])
def test_a_flood_is_no_despair(reader: Reader, message: str) -> None:
    seen = reader.understand(message).emergency
    assert seen is None or seen.kind != "jiwa"


def test_what_is_surely_a_matter_of_the_city_is_no_guess_of_despair(finder: EmergencyFinder) -> None:
    message = "gang kami terendam, sudah seleher dan tidak ada yang datang"
    danger = (Guess("jiwa", 0.32), Guess("bencana", 0.6), Guess("", 0.08))
    alone = finder.find(message, words(message), danger, 0.9)
    matter = finder.find(message, words(message), danger, 0.9, about_a_matter=True)
    assert alone is not None
    assert matter is not None
    assert (alone.kind, matter.kind) == ("jiwa", "bencana")
    words_of_it = finder.find("mau bunuh diri", words("mau bunuh diri"), danger, 0.9, about_a_matter=True)
    assert words_of_it is not None
    assert words_of_it.kind == "jiwa"
