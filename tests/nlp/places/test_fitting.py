"""How one mention is read in the light of another."""

import math
from typing import cast

import pytest

from cities.places import PlaceRow
from nlp.places.clues import Clue, Relation
from nlp.places.fitting import FAR, NEARBY, STRETCHED, UNSURE, Fitting, Reading
from nlp.places.ground import Ground
from nlp.places.weighing import Weighed
from tests.nlp.places.places import row

CITY = "Kota Contoh"
HILL = row("Bukit", "kelurahan", kecamatan="Utara")
SLOPE = row("Lereng", "kelurahan", kecamatan="Utara")
SHORE = row("Pantai", "kelurahan", kecamatan="Selatan")
NORTH, SOUTH = row("Utara", "kecamatan"), row("Selatan", "kecamatan")
LONG = row("Jalan Panjang", "street", crosses=(("Bukit", 0.5), ("Pantai", 0.5)))
SOMEWHERE = row("Pasar Kaget", "landmark")
IN_NORTH = row("Lapangan", "landmark", kecamatan="Utara")
ABROAD = row("Seberang", "kecamatan", kota_kab="Kabupaten Jauh")
REGENCY = row("Kabupaten Jauh", "kota", kota_kab="Kabupaten Jauh")


class Plain:
    """A country where a degree has a hundred kilometres and no street has a line."""

    def apart(self, first: tuple[float, float], second: tuple[float, float]) -> float:
        return math.dist(first, second) * 100_000

    def nearest_on(self, street: str, lat: float, lon: float) -> None:
        return None


@pytest.fixture
def fitting() -> Fitting:
    return Fitting(cast(Ground, Plain()), [HILL, SLOPE, SHORE], CITY)


def clue(place: PlaceRow, designated: bool = False, probability: float = 1.0) -> Clue:
    return Clue((Weighed(place, probability),), Relation.PLAIN, designated)


def read(fitting: Fitting, place: PlaceRow, *others: Clue) -> Reading:
    return fitting.reading(Weighed(place, 1.0), others)


def at(name: str, metres: float, **known: object) -> PlaceRow:
    return row(name, "landmark", lat=0.0, lon=metres / 100_000, precision_m=10.0, **known)


def test_alone_a_place_is_what_it_is(fitting: Fitting) -> None:
    reading = read(fitting, LONG)
    assert (reading.probability, reading.kelurahan) == (1.0, {"Bukit": 0.5, "Pantai": 0.5})
    assert read(fitting, SOMEWHERE).kelurahan == {None: 1.0}


def test_a_kelurahan_on_the_way_narrows_a_street(fitting: Fitting) -> None:
    reading = read(fitting, LONG, clue(HILL))
    assert (reading.probability, reading.kelurahan) == (1.0, {"Bukit": 1.0})


def test_a_kecamatan_narrows_a_street_to_its_part(fitting: Fitting) -> None:
    reading = read(fitting, LONG, clue(SOUTH))
    assert (reading.probability, reading.kelurahan) == (1.0, {"Pantai": 1.0})


def test_a_kelurahan_elsewhere_contradicts(fitting: Fitting) -> None:
    assert read(fitting, HILL, clue(SHORE)).probability == pytest.approx(FAR)
    assert read(fitting, HILL, clue(SLOPE)).probability == pytest.approx(STRETCHED)


def test_a_kelurahan_that_the_citizen_names_by_its_word_moves_a_street_in_the_same_kecamatan(fitting: Fitting) -> None:
    street = row("Jalan Pendek", "street", kelurahan="Bukit", kecamatan="Utara")
    reading = read(fitting, street, clue(SLOPE, designated=True))
    assert (reading.probability, reading.kelurahan) == (NEARBY, {"Lereng": 1.0})


def test_a_place_nobody_knows_the_area_of_may_be_in_the_named_one(fitting: Fitting) -> None:
    assert read(fitting, SOMEWHERE, clue(HILL)).probability == UNSURE
    assert read(fitting, SOMEWHERE, clue(NORTH)).probability == UNSURE
    assert read(fitting, SOMEWHERE, clue(HILL, designated=True)).kelurahan == {"Bukit": 1.0}


def test_two_kecamatan_are_one_or_contradict(fitting: Fitting) -> None:
    assert read(fitting, NORTH, clue(row("Utara", "kecamatan"))).probability == 1.0
    assert read(fitting, NORTH, clue(SOUTH)).probability == pytest.approx(FAR)


def test_another_kota_contradicts_and_a_whole_one_only_unsettles(fitting: Fitting) -> None:
    assert read(fitting, HILL, clue(ABROAD)).probability == pytest.approx(FAR)
    assert read(fitting, HILL, clue(REGENCY)).probability == UNSURE
    assert read(fitting, ABROAD, clue(REGENCY)).probability == 1.0


def test_a_doubtful_mention_says_less(fitting: Fitting) -> None:
    sure, doubtful = clue(SHORE), clue(SHORE, probability=0.5)
    assert read(fitting, HILL, sure).probability < read(fitting, HILL, doubtful).probability < 1.0


@pytest.mark.parametrize(("metres", "fits"), [(300, 1.0), (1200, NEARBY), (2200, UNSURE), (9000, FAR)])
def test_landmarks_fit_by_distance(metres: float, fits: float, fitting: Fitting) -> None:
    assert read(fitting, at("Pasar", 0.0), clue(at("Masjid", metres))).probability == pytest.approx(fits)


def test_landmarks_without_points_fit_by_area(fitting: Fitting) -> None:
    hilltop = row("Menara", "landmark", kelurahan="Bukit", kecamatan="Utara")
    assert read(fitting, LONG, clue(hilltop)).kelurahan == {"Bukit": 1.0}
    assert read(fitting, IN_NORTH, clue(hilltop)).probability == UNSURE
    assert read(fitting, SOMEWHERE, clue(hilltop)).probability == pytest.approx(FAR)


def test_one_spot_under_two_names_is_one_place(fitting: Fitting) -> None:
    near, far = read(fitting, at("Pasar", 200.0)), read(fitting, at("Pasar", 4000.0))
    here = read(fitting, at("Pasar Lama", 0.0))
    assert fitting.one_spot(here, near, 500.0)
    assert not fitting.one_spot(here, far, 500.0)
    assert fitting.one_spot(read(fitting, LONG), read(fitting, row("Panjang", "landmark", crosses=LONG.crosses)), 500.0)


def test_the_kecamatan_follows_the_kelurahan(fitting: Fitting) -> None:
    assert fitting.kecamatan(LONG, "Pantai") == "Selatan"
    assert fitting.kecamatan(LONG, None) is None
    assert fitting.kecamatan(ABROAD, "Bukit") == ABROAD.kecamatan
