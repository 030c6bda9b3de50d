"""Which words of a message name a place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cities.places import Gazetteer
from nlp.places import PlaceFinder
from nlp.places.index import NameIndex
from nlp.places.reading import PlaceReader
from tests.nlp.places.places import texts

WORDS = st.sampled_from(
    "jl jalan gg kel kecamatan di ti deket depan simpang perempatan - , . rusak lampu buah batu dago kopo pasar baru no 12 RT 04"
    " Cibiru BRAGA soekarno-hatta kec. Jl. ieu runtah cisitu lama raya terusan barat alun2 sdn kantor kelurahan kota bandung".split()
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
@example("jl")
@example("perempatan")
@example("kel. kec. jl. gg.")
@example("kantor kelurahan")
def test_mentions_are_the_words_that_stand_in_the_text(finder: PlaceFinder, text: str) -> None:
    last = 0
    for mention in finder.find(text):
        assert text[mention.start : mention.end] == mention.text
        assert last <= mention.start < mention.end
        last = mention.end
        probabilities = [place.confidence for place in mention.candidates]
        assert probabilities == sorted(probabilities, reverse=True)
        assert sum(probabilities) <= 1.0 + 1e-9
        assert all(probability > 0 for probability in probabilities)


@settings(deadline=None)
@given(st.text(max_size=120))
def test_any_text_at_all_is_read(finder: PlaceFinder, text: str) -> None:
    mentions = finder.find(text)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    finder.resolve(mentions, text)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=10).map(" ".join))
def test_the_same_text_has_the_same_places(finder: PlaceFinder, text: str) -> None:
    assert finder.find(text) == finder.find(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Aspal ngelupas sepanjang Jl. Wastukencana no. 12", ["Jl. Wastukencana"]),
        ("got mampet jln Pagarsih Barat", ["jln Pagarsih Barat"]),
        ("becek di gg. Jembar III, motor susah", ["gg. Jembar III"]),
        ("RT 02 RW 09 Kel. Pasanggrahan butuh fogging", ["Kel. Pasanggrahan"]),
        ("warga kacamatan panyileukan", ["kacamatan panyileukan"]),
        ("bau dari pasar ciroyom", ["pasar ciroyom"]),
        ("perempatan laswi - gatot subroto macet", ["perempatan laswi - gatot subroto"]),
        ("dina payuneun alun-alun ujungberung", ["alun-alun ujungberung"]),
        ("SDN Cibiru dan puskesmas Padasuka", ["SDN Cibiru", "puskesmas Padasuka"]),
        ("Jalan Raya Cibiru rusak, Jalan Raya Cijerah juga", ["Jalan Raya Cibiru", "Jalan Raya Cijerah"]),
    ],
)
def test_a_name_is_found_with_the_word_before_it(text: str, named: list[str], finder: PlaceFinder) -> None:
    assert texts(finder.find(text)) == named


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati sudah seminggu",
        "jalan rusak parah, jalan bolong di mana-mana",
        "tolong cepat diperbaiki pak, bahaya sekali",
        "bunga mawar di taman itu layu semua",
        "airnya keruh dan bau, sudah lapor tapi tidak ada jawaban",
        "tos tilu dinten cai teu ngocor, kumaha ieu teh",
        "terima kasih banyak atas bantuannya",
        "my street light has been dark since monday",
        "merdeka! semoga makin jaya dan makmur",
        "gang kami sempit dan gelap",
        "kelurahan mana yang mengurus ini?",
        "kantor kecamatan tutup terus",
        "saya ke rumah sakit naik angkot",
    ],
)
def test_everyday_words_are_no_places(text: str, finder: PlaceFinder) -> None:
    assert finder.find(text) == ()


@pytest.mark.parametrize("text", ["Bandung makin macet", "warga kota Bandung", "orang bdg"])
def test_the_city_itself_is_no_mention(text: str, finder: PlaceFinder) -> None:
    assert finder.find(text) == ()


@pytest.mark.parametrize("text", ["got jl. Melur Sakti mampet", "banjir di Gang Haji Kurdiman"])
def test_a_street_nobody_has_listed_is_a_mention_without_candidates(text: str, finder: PlaceFinder) -> None:
    mention = finder.find(text)[0]
    assert mention.candidates == ()
    assert mention.text.split()[-1] in text


def test_a_street_word_wants_a_street(finder: PlaceFinder) -> None:
    mention = finder.find("jl. dago")[0]
    assert {place.kind for place in mention.candidates} == {"street"}


def test_a_bare_name_may_be_an_area_or_a_street(finder: PlaceFinder) -> None:
    mention = finder.find("macet di dago")[0]
    assert [place.kind for place in mention.candidates] == ["kelurahan", "street"]


def test_a_kelurahan_word_wants_a_kelurahan(finder: PlaceFinder) -> None:
    mention = finder.find("kelurahan batununggal")[0]
    assert {place.kind for place in mention.candidates} == {"kelurahan"}


def test_an_everyday_name_needs_its_street_word(finder: PlaceFinder) -> None:
    assert finder.find("pohon mangga tumbang") == ()
    assert finder.find("pohon tumbang di jl. mangga")[0].candidates[0].name == "Jalan Mangga"


def test_a_misspelt_kelurahan_is_found(finder: PlaceFinder) -> None:
    mention = finder.find("banjir di manjahlgea")[0]
    assert mention.candidates[0].name == "Manjahlega"
    assert mention.candidates[0].confidence < 1.0


def test_split_and_joined_names_are_one(finder: PlaceFinder) -> None:
    for text in ("kec buahbatu", "kec buah batu", "kec Buah-Batu"):
        assert finder.find(text)[0].candidates[0].name == "Buahbatu"


def test_every_area_of_the_city_is_found_by_its_name(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    missed = []
    for row in gazetteer.places:
        if row.kota_kab == gazetteer.city and row.kind in ("kelurahan", "kecamatan"):
            mentions = finder.find(f"{row.kind} {row.name}")
            if not any((p.name, p.kind) == (row.name, row.kind) for m in mentions for p in m.candidates):
                missed.append(row.name)
    assert missed == []


@pytest.fixture(scope="module")
def readers(gazetteer: Gazetteer) -> tuple[PlaceReader, PlaceReader]:
    """One as it is, and one that looks a place up at every word."""
    index = NameIndex(gazetteer.places)
    quick, thorough = PlaceReader(index, gazetteer.city), PlaceReader(index, gazetteer.city)
    thorough._says_nothing = lambda word: False  # type: ignore[method-assign, assignment]
    return quick, thorough


@settings(deadline=None)
@given(st.lists(WORDS, max_size=20).map(" ".join))
@example("di depan rumah sakit umum daerah yang lama di ujung berung")
@example("lapangan tegallega, taman sari dan pasar baru")
def test_words_that_begin_no_place_are_passed_over_without_missing_any(
    readers: tuple[PlaceReader, PlaceReader], text: str
) -> None:
    quick, thorough = readers
    assert quick.read(text) == thorough.read(text)
