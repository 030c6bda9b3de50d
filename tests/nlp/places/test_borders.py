"""Streets that leave the city, and points within metres of a border."""

import math
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from cities.places import Gazetteer
from nlp.places import PlaceFinder
from nlp.places.borders import OF_A_KELURAHAN_M, OF_THE_CITY_M, StreetsBeyond
from nlp.places.ground import METRES_A_DEGREE, Ground
from nlp.understanding import Place
from tests.nlp.places.places import row

CITY = "Kota Contoh"
HERE = {"lat": -6.9, "lon": 107.6, "precision_m": 1000.0}


class Plain:
    """A country at the equator, where every degree has the same length."""

    def apart(self, first: tuple[float, float], second: tuple[float, float]) -> float:
        return math.dist(first, second) * METRES_A_DEGREE


PLAIN = cast(Ground, Plain())


def beyond(*others: dict[str, object]) -> list[str]:
    own = row("Jalan Panjang", "street", **HERE)
    rows = [row("Jalan Panjang", "street", **{"kota_kab": "Kabupaten Sebelah", **other}) for other in others]
    return [found.kota_kab for found in StreetsBeyond([own, *rows], CITY, PLAIN).of("Jalan Panjang", CITY)]


def test_a_street_goes_on_beyond_the_border_where_its_namesake_begins_at_its_end() -> None:
    assert beyond({"lat": -6.915, "lon": 107.6, "precision_m": 800.0}) == ["Kabupaten Sebelah"]


def test_a_namesake_far_away_is_another_street() -> None:
    assert beyond({"lat": -7.1, "lon": 107.6, "precision_m": 800.0}) == []


def test_a_few_metres_beyond_the_border_are_not_asked_for() -> None:
    assert beyond({"lat": -6.905, "lon": 107.6, "precision_m": 20.0}) == []


def test_a_street_of_which_no_point_is_known_is_not_joined_to_any() -> None:
    assert beyond({"lat": None, "lon": None}) == []


def test_the_longest_continuation_stands_first() -> None:
    near = {"lat": -6.905, "lon": 107.6}
    short, long = {"kota_kab": "Kota Lain", "precision_m": 400.0}, {"precision_m": 900.0}
    assert beyond({**near, **short}, {**near, **long}) == ["Kabupaten Sebelah", "Kota Lain"]


@pytest.mark.parametrize(
    ("street", "neighbour"), [("Jalan Kopo Sayati", "Kabupaten Bandung"), ("Jalan Raya Cibiru", "Kabupaten Bandung")]
)
def test_streets_that_leave_the_city_are_known(finder: PlaceFinder, street: str, neighbour: str) -> None:
    found = finder.beyond(Place(street, "street", kota_kab="Kota Bandung", confidence=0.9))
    assert [(each.name, each.kota_kab) for each in found] == [(street, neighbour)]


def test_what_ends_within_the_city_or_is_no_street_does_not_go_on(finder: PlaceFinder) -> None:
    assert finder.beyond(Place("Jalan Braga", "street", kota_kab="Kota Bandung")) == ()
    assert finder.beyond(Place("Kopo", "kelurahan", kota_kab="Kota Bandung")) == ()


def test_well_inside_an_area_nothing_is_beside_and_nothing_is_located(
    finder: PlaceFinder, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.places.finder.locate", lambda *_: pytest.fail("located though no border is near"))
    areas = sorted(gazetteer.kelurahan, key=lambda area: area.polygon.area)
    spot = areas[-1].polygon.buffer(-0.001).representative_point()
    assert finder.beside(spot.y, spot.x) == ()


@given(number=st.integers(0, 150), share=st.floats(0, 1), metres=st.floats(-80, 80))
def test_a_point_is_beside_exactly_the_areas_that_are_near_enough(
    finder: PlaceFinder, gazetteer: Gazetteer, number: int, share: float, metres: float
) -> None:
    """Against distances measured by hand, from points around the borders of all kelurahan."""
    ring = gazetteer.kelurahan[number].polygon.boundary.interpolate(share, normalized=True)
    lat, lon = ring.y + metres / METRES_A_DEGREE, ring.x
    here = finder.locate(lat, lon)
    beside = {(place.kelurahan, place.kecamatan, place.kota_kab) for place in finder.beside(lat, lon)}
    assert (here.kelurahan, here.kecamatan, here.kota_kab) not in beside
    for area in (*gazetteer.kelurahan, *gazetteer.neighbours):
        apart = _metres(area.polygon, lat, lon)
        same = area.kota_kab == here.kota_kab
        asked = (area.name, area.kecamatan, area.kota_kab) in beside
        limit = OF_A_KELURAHAN_M if same else OF_THE_CITY_M
        if asked:
            assert apart <= limit + 1
            assert "Kota Bandung" in (area.kota_kab, here.kota_kab)
        elif (area.name, area.kota_kab) != (here.kelurahan, here.kota_kab) and "Kota Bandung" in (
            area.kota_kab,
            here.kota_kab,
        ):
            assert apart >= limit - 1


def _metres(polygon: object, lat: float, lon: float) -> float:
    """From a point to a polygon, counted in degrees and stretched at this latitude; far ones only roughly."""
    west, south, east, north = polygon.bounds  # type: ignore[attr-defined]
    if not (west - 0.01 < lon < east + 0.01 and south - 0.01 < lat < north + 0.01):
        return math.inf
    point = Point(lon, lat)
    if polygon.covers(point):  # type: ignore[attr-defined]
        return 0.0
    nearest = polygon.boundary.interpolate(polygon.boundary.project(point))  # type: ignore[attr-defined]
    east_m = (nearest.x - lon) * METRES_A_DEGREE * math.cos(math.radians(lat))
    return math.hypot((nearest.y - lat) * METRES_A_DEGREE, east_m)
