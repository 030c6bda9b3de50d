"""Danger now, and what only sounds like it. The classifier's opinion is given, so that these tests are about the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from cities.city import City
from nlp.emergency import EmergencyFinder, _Nearest
from nlp.normalise import words
from nlp.understanding import Emergency, Guess

KINDS = ("kebakaran", "medis", "kriminal", "kekerasan_ppa", "bencana", "jiwa")


@pytest.fixture(scope="module")
def finder(city: City) -> EmergencyFinder:
    return EmergencyFinder(city.emergency)


def find(finder: EmergencyFinder, message: str, chance: float = 0.3, reports: float = 0.9) -> Emergency | None:
    each = chance / len(KINDS)
    danger = (Guess("", 1 - chance), *(Guess(kind, each) for kind in KINDS))
    return finder.find(message, words(message), danger, reports)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("ada kebakaran di gang sebelah", "kebakaran"),
        ("aya kahuruan di pasar", "kebakaran"),
        ("temanku dibacok di depan toko", "kriminal"),
        ("budak palid di walungan", "bencana"),
        ("orang pingsan di halte", "medis"),
        ("tetangga kena KDRT sekarang", "kekerasan_ppa"),
    ],
)
def test_a_danger_is_named_with_the_help_it_needs(finder: EmergencyFinder, message: str, kind: str) -> None:
    found = find(finder, message)
    assert found is not None
    assert found.kind == kind
    assert found.cue in message


@pytest.mark.parametrize(
    "message",
    [
        "tidak ada kebakaran, cuma asap sate",
        "kemarin ada kebakaran, kami butuh selimut",
        "takut kebakaran kalau kabelnya begini",
        "nomor pemadam berapa kalau ada kebakaran?",
        "aya nu kahuruan taun kamari",
        "teu aya kacilakaan",
        "rawan begal di sini",
    ],
)
def test_denied_past_feared_or_asked_about_is_not_enough(finder: EmergencyFinder, message: str) -> None:
    assert find(finder, message) is None


def test_a_doubtful_cue_counts_all_the_same_where_the_classifier_is_sure(finder: EmergencyFinder) -> None:
    assert find(finder, "kemarin api kecil, sekarang kebakaran besar", chance=0.9) is not None


@pytest.mark.parametrize(
    "message",
    [
        "kirain kebakaran, tetangga lagi bakar jagung",
        "kebakarannya sudah padam, semua selamat",
        "di sinetron tadi pemerannya dibacok",
        "latihan kebakaran di sekolah jam sembilan",
    ],
)
def test_mistaken_over_or_played_is_not_enough(finder: EmergencyFinder, message: str) -> None:
    assert find(finder, message) is None


def test_without_a_cue_a_joke_or_a_mistake_asks_for_more(finder: EmergencyFinder) -> None:
    assert find(finder, "mukanya biru, napasnya tersengal", chance=0.47) is not None
    assert find(finder, "di drama itu mukanya biru, napasnya tersengal", chance=0.47) is None


def test_without_any_word_of_danger_the_classifier_must_be_surer(finder: EmergencyFinder) -> None:
    assert find(finder, "tetangga menambah lantai tanpa izin", chance=0.5) is None
    assert find(finder, "mukanya biru dan tidak menyahut", chance=0.65) is not None


def test_a_guess_of_despair_is_not_counted_where_the_city_has_something_to_look_after(finder: EmergencyFinder) -> None:
    message = "jendela tetangga menghadap kamar saya"
    danger = (Guess("jiwa", 0.7), Guess("kriminal", 0.2), Guess("", 0.1))
    assert finder.find(message, words(message), danger, 0.9, about_a_matter=True) is None


def test_an_english_phrase_is_enough_though_the_classifier_hardly_sees_it(finder: EmergencyFinder) -> None:
    found = find(finder, "a boy is drowning in the pond", chance=0.05)
    assert found is not None
    assert found.kind == "bencana"
    assert find(finder, "yesterday a boy almost fell into the canal", chance=0.05) is None


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("my sister is in labour at the bus stop", "medis"),
        ("our boy swallowed a battery", "medis"),
        ("men with machetes stopped the bus", "kriminal"),
        ("an armed man is in the bank", "kriminal"),
        ("a minibus overturned on the ring road", "medis"),
        ("the landlord won't let me out of the house", "kekerasan_ppa"),
        ("a cable fell on the wet pavement", "bencana"),
        ("our stove is leaking gas", "kebakaran"),
        ("three of us are stuck in the elevator", "bencana"),
        ("somebody stands outside the railing of the bridge", "jiwa"),
        ("a man is on the ledge of the hotel", "jiwa"),
    ],
)
def test_english_phrases_of_every_kind_name_the_help(finder: EmergencyFinder, message: str, kind: str) -> None:
    found = find(finder, message, chance=0.05)
    assert found is not None
    assert (found.kind, found.about_self) == (kind, False)
    assert found.cue in message


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("ada jenazah di pintu air", "kriminal"),
        ("aya mayit nyangkut di pintu cai", "kriminal"),
        ("tabung bocor di dapur warung", "kebakaran"),
        ("gas ngowos di dapur", "kebakaran"),
        ("anak kecil minum pemutih", "medis"),
    ],
)
def test_bodies_gas_and_poison_are_known_by_more_than_one_word(
    finder: EmergencyFinder, message: str, kind: str
) -> None:
    found = find(finder, message, chance=0.2)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize("drowned_in", ["paperwork", "debt", "plastic", "homework"])
def test_who_drowns_in_anything_but_water_is_in_no_danger(finder: EmergencyFinder, drowned_in: str) -> None:
    assert find(finder, f"we are drowning in {drowned_in} here") is None
    assert find(finder, "we are drowning in the flood here") is not None


def test_a_shout_of_a_few_words_is_heard_though_it_looks_like_no_report(finder: EmergencyFinder) -> None:
    shout = (Guess("kriminal", 0.3), Guess("", 0.7))
    assert finder.find("ada pembunuhan", words("ada pembunuhan"), shout, reports=0.02, nothing=0.97) is not None
    seen = (Guess("kriminal", 0.95), Guess("", 0.05))
    assert finder.find("awas, bawa golok", words("awas, bawa golok"), seen, 0.9) is not None
    for answer in ("masih", "ada tiga orang"):
        assert finder.find(answer, words(answer), seen, 0.9, read_as_danger=True) is None


def test_what_is_quoted_asks_for_more(finder: EmergencyFinder) -> None:
    assert find(finder, 'judul lagunya "kota terbakar"') is None
    assert find(finder, 'toko "Sinar" terbakar') is not None


def test_somebody_about_to_leap_is_a_life_in_danger(finder: EmergencyFinder) -> None:
    found = find(finder, "aya nu rek luncat ti sasak", chance=0.1)
    assert found is not None
    assert (found.kind, found.about_self) == ("jiwa", False)


def test_who_tells_of_a_film_is_not_taken_for_one_who_despairs(finder: EmergencyFinder) -> None:
    assert find(finder, "filmnya bagus, pemerannya bunuh diri") is None
    assert find(finder, "habis nonton film itu saya mau bunuh diri", chance=0.9) is not None


def test_a_short_goodbye_for_now_is_none_for_ever(finder: EmergencyFinder) -> None:
    goodbye = (Guess("jiwa", 0.9), Guess("", 0.1))
    assert finder.find("saya pamit dulu, besok lanjut", words("saya pamit dulu, besok lanjut"), goodbye, 0.1) is None
    assert finder.find("saya pamit selamanya, maaf", words("saya pamit selamanya, maaf"), goodbye, 0.1) is not None


def test_what_is_no_report_is_an_emergency_only_where_the_classifier_is_very_sure(finder: EmergencyFinder) -> None:
    message = "mukanya biru dan tidak menyahut"
    danger = (Guess("medis", 0.7), Guess("", 0.3))
    assert finder.find(message, words(message), danger, reports=0.05, nothing=0.95) is None
    assert finder.find(message, words(message), danger, reports=0.4, nothing=0.6) is not None


def test_a_farewell_is_not_weighed_as_talk(finder: EmergencyFinder) -> None:
    message = "besok jangan cari saya lagi ya, terima kasih semuanya"
    danger = (Guess("jiwa", 0.7), Guess("", 0.3))
    assert finder.find(message, words(message), danger, reports=0.05, nothing=0.95) is not None


def test_self_harm_denied_is_none(finder: EmergencyFinder) -> None:
    danger = (Guess("jiwa", 0.8), Guess("", 0.2))
    message = "lain hayang paeh, ngan hayang sare"
    assert finder.find(message, words(message), danger, 0.5) is None


@given(st.text(alphabet="abeknr", min_size=6, max_size=9))
def test_a_slip_is_looked_for_among_words_of_about_its_length_only(word: str) -> None:
    vocabulary = ("kebakar", "kebakaran", "keracunan", "kaban", "berdarah")
    known = [each for each in sorted(vocabulary) if len(each) >= 6 and each[0] == word[0]]
    expected = next((each for each in known if DamerauLevenshtein.distance(word, each) <= 1), word)
    assert _Nearest(vocabulary)(word) == (word if word in vocabulary else expected)


def test_look_alikes_do_not_count(finder: EmergencyFinder) -> None:
    assert find(finder, "tetangga ngaduruk runtah unggal sore") is None


def test_a_mistyped_cue_is_caught(finder: EmergencyFinder) -> None:
    found = find(finder, "ada kebakarn di gang")
    assert found is not None
    assert found.cue == "kebakarn"


def test_words_that_occur_in_every_complaint_mean_nothing_alone(finder: EmergencyFinder) -> None:
    assert find(finder, "tolong tulungan sesak") is None


def test_without_a_cue_only_a_surer_classifier_decides(finder: EmergencyFinder) -> None:
    assert find(finder, "mukanya biru dan tidak menyahut", chance=0.2) is None
    found = find(finder, "mukanya biru dan tidak menyahut", chance=0.9)
    assert found is not None
    assert found.cue == "mukanya biru dan tidak menyahut"


def test_the_classifier_may_know_the_kind_better_than_the_cue(finder: EmergencyFinder) -> None:
    danger = (Guess("medis", 0.9), Guess("", 0.05), Guess("kriminal", 0.05))
    message = "copet digebuki, orangnya tidak bergerak"
    found = finder.find(message, words(message), danger, 0.9)
    assert found is not None
    assert found.kind == "medis"


@pytest.mark.parametrize(
    "message",
    [
        "saya pengen mati aja",
        "hayang paeh we abdi mah",
        "aku mau bunuh diri",
        "nanti malam aku telan semua obat di laci",
        "abdi bade nginum sadayana obat",
        "I see no point in living",
        "I am so tired of living",
        "I do not see any reason to wake up",
    ],
)
def test_a_person_who_may_hurt_themselves_comes_before_everything(finder: EmergencyFinder, message: str) -> None:
    found = find(finder, message, chance=0.1)
    assert found is not None
    assert (found.kind, found.about_self) == ("jiwa", True)


def test_worry_about_somebody_else_is_told_apart(finder: EmergencyFinder) -> None:
    found = find(finder, "adik dia mau bunuh diri, sedang di atap")
    assert found is not None
    assert (found.kind, found.about_self) == ("jiwa", False)


def test_weak_words_count_only_where_no_public_problem_is_named(finder: EmergencyFinder) -> None:
    assert find(finder, "tidak kuat lagi baunya", chance=0.1, reports=0.9) is None
    assert find(finder, "tidak kuat lagi", chance=0.1, reports=0.2) is not None


def test_a_figure_of_speech_is_left_to_the_classifier(finder: EmergencyFinder) -> None:
    assert find(finder, "macetnya bunuh diri pelan-pelan", chance=0.01) is None


@given(message=st.text(max_size=60), chance=st.floats(0, 1))
def test_a_cue_is_always_a_part_of_the_message(finder: EmergencyFinder, message: str, chance: float) -> None:
    if words(message):
        found = find(finder, message, chance)
        assert found is None or (found.cue in message and found.kind in KINDS)


@pytest.mark.parametrize("answer", ["sudah", "belum", "depan rumah saya", "di sini pak"])
def test_a_few_words_without_a_cue_are_an_answer_and_no_emergency(finder: EmergencyFinder, answer: str) -> None:
    assert find(finder, answer, chance=0.9) is None


@pytest.mark.parametrize(
    "message", ["tadi kebakaran di pabrik, sekarang sudah padam", "aya tabrakan isuk-isuk, ayeuna tos beres"]
)
def test_what_is_said_to_be_over_is_none_however_sure_the_classifier(finder: EmergencyFinder, message: str) -> None:
    assert find(finder, message, chance=0.99) is None


@pytest.mark.parametrize(
    "message",
    [
        "kebakaran sudah padam tapi ada orang di dalam",
        "begalnya sudah ditangkap, korban berdarah",
        "kebakaran belum padam",
    ],
)
def test_what_goes_on_is_not_over(finder: EmergencyFinder, message: str) -> None:
    assert find(finder, message, chance=0.99) is not None
