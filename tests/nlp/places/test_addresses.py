"""RT, RW and the kecamatan behind a name say that the name is a kelurahan."""

import pytest

from nlp.places import PlaceFinder
from nlp.places.addresses import has_unit, kecamatan_follows
from nlp.places.spelling import tokens
from tests.nlp.places.places import where

NAME = "Melong Asih"


@pytest.mark.parametrize(
    "text", ["RW 03 {}", "rt 4/7 {}", "rt.02 rw.11, {}", "RW05 {}", "{} RW 5", "{}, rt 01", "{} rw09"]
)
def test_a_number_of_rt_or_rw_right_beside_a_name_is_seen(text: str) -> None:
    start = text.index("{}")
    written = text.format(NAME)
    assert has_unit(tokens(written), start, start + len(NAME))


@pytest.mark.parametrize(
    "text",
    ["pak rw {}", "{} kata pak rt", "rw 5 kotor, sedangkan di {}", "{} kotor di rw 5", "no 12 {}", "{} 12", "{}"],
)
def test_what_stands_elsewhere_or_has_no_number_is_not(text: str) -> None:
    start = text.index("{}")
    written = text.format(NAME)
    assert not has_unit(tokens(written), start, start + len(NAME))


@pytest.mark.parametrize(
    ("text", "kelurahan", "kecamatan"),
    [
        ("Padasuka RW 10 gelap", "Padasuka", "Cibeunying Kidul"),
        ("tembok roboh di rw 04 Tamansari, dulu saya di Cileunyi", "Taman Sari", "Bandung Wetan"),
        ("abdi linggih di wates, bandung kidul, cai PAM pareum", "Wates", "Bandung Kidul"),
        ("jalan rusak arah Palasari Cibiru", "Palasari", "Cibiru"),
        ("rumput liar di jl seribu bunga Manjahlega", "Manjahlega", "Rancasari"),
    ],
)
def test_an_address_names_the_kelurahan(text: str, kelurahan: str, kecamatan: str, finder: PlaceFinder) -> None:
    assert where(finder, text) == (kelurahan, kecamatan)


def test_an_everyday_word_before_an_rw_is_no_place(finder: PlaceFinder) -> None:
    assert where(finder, "lomba merdeka rw 7 bising sampai malam") == (None, None)


def test_a_kelurahan_named_as_such_wins_over_one_that_only_its_kecamatan_follows(finder: PlaceFinder) -> None:
    assert where(finder, "kel. kujangsari batununggal bandung kidul banjir") == ("Kujangsari", "Bandung Kidul")


def test_a_kecamatan_follows_only_when_nothing_stands_between(finder: PlaceFinder) -> None:
    for text, follows in (("Wates, Bandung Kidul", True), ("Wates sampai ke Bandung Kidul", False)):
        mentions = [each for each in finder.find(f"di {text}") if each.candidates]
        assert kecamatan_follows(mentions[0], mentions[-1]) is follows


@pytest.mark.parametrize("text", ["alun-alun ujungberung becek", "masjid raya ujungberung bocor"])
def test_a_building_called_after_an_area_is_near_it(text: str, finder: PlaceFinder) -> None:
    assert where(finder, text)[1] == "Ujungberung"


def test_a_river_is_in_the_area_of_the_street_beside_it(finder: PlaceFinder) -> None:
    assert where(finder, "sampah di Sungai Cidurian dekat Jalan Terusan Kiara Condong")[1] == "Buahbatu"
