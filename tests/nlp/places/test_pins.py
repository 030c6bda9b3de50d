"""A pin on the map becomes a place."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from cities.places import Gazetteer
from nlp.places import PlaceFinder

METRES_A_DEGREE = 111_320.0


def test_the_middle_of_every_kelurahan_is_in_it(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    for area in gazetteer.kelurahan:
        inside = area.polygon.representative_point()
        found = finder.locate(inside.y, inside.x)
        assert (found.kelurahan, found.kecamatan) == (area.name, area.kecamatan)
        assert (found.kota_kab, found.confidence) == ("Kota Bandung", 1.0)
        assert (found.lat, found.lon) == (inside.y, inside.x)


def test_a_corner_belongs_to_one_of_those_that_meet_there(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    for area in gazetteer.kelurahan[::5]:
        for lon, lat in area.polygon.exterior.coords[::25]:
            found = finder.locate(lat, lon)
            corner = Point(lon, lat)
            meeting = {a.name for a in gazetteer.kelurahan if a.polygon.distance(corner) < 1e-6}
            assert found.kelurahan in meeting
            assert finder.locate(lat, lon) == found


def test_a_pin_on_a_street_is_named_after_it(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    for line in gazetteer.street_lines[::20]:
        spot = line.line.geoms[0].interpolate(0.5, normalized=True)
        found = finder.locate(spot.y, spot.x)
        assert found.kind == "street"
        named = [other for other in gazetteer.street_lines if other.name == found.name]
        assert min(other.line.distance(spot) for other in named) * METRES_A_DEGREE < 3.0


def test_a_pin_on_a_sourced_road_says_so(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    road = next(line for line in gazetteer.street_lines if line.authority_basis == "sourced")
    spot = road.line.geoms[0].interpolate(0.5, normalized=True)
    found = finder.locate(spot.y, spot.x)
    assert (found.name, found.authority, found.authority_basis) == (road.name, road.authority, "sourced")


def test_where_the_keeper_of_a_street_changes_along_the_way_the_point_decides(
    finder: PlaceFinder, gazetteer: Gazetteer
) -> None:
    parts: dict[str, dict[str | None, Point]] = {}
    for line in gazetteer.street_lines:
        longest = max(line.line.geoms, key=lambda part: part.length)
        parts.setdefault(line.name, {})[line.authority] = longest.interpolate(0.5, normalized=True)
    changing = {name: spots for name, spots in parts.items() if len(spots) > 1}
    assert len(changing) >= 8
    for name, spots in changing.items():
        for authority, spot in spots.items():
            found = finder.locate(spot.y, spot.x)
            assert (found.name, found.authority) == (name, authority)
            assert found.authority_basis == ("unknown" if authority is None else "likely")


def test_a_pin_far_from_any_street_is_named_after_its_kelurahan(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    lonely = None
    for area in gazetteer.kelurahan:
        inside = area.polygon.representative_point()
        if min(line.line.distance(inside) for line in gazetteer.street_lines) * METRES_A_DEGREE > 150:
            lonely = finder.locate(inside.y, inside.x)
            assert (lonely.name, lonely.kind) == (area.name, "kelurahan")
            assert (lonely.authority, lonely.authority_basis) == (None, "unknown")
    assert lonely is not None


@pytest.mark.parametrize(
    ("lat", "lon", "kota_kab"),
    [
        (-6.8115, 107.6175, "Kabupaten Bandung Barat"),
        (-6.8722, 107.5425, "Kota Cimahi"),
        (-7.0010, 107.6310, "Kabupaten Bandung"),
        (-6.8586, 107.9215, "Kabupaten Sumedang"),
        (-7.1700, 107.4000, "Kabupaten Bandung"),
    ],
)
def test_a_pin_outside_the_city_says_where(lat: float, lon: float, kota_kab: str, finder: PlaceFinder) -> None:
    found = finder.locate(lat, lon)
    assert found.kota_kab == kota_kab
    assert found.name
    assert 0 < found.confidence < 1.0


@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (-6.2, 106.8), (51.5, -0.1), (90.0, 180.0)])
def test_a_pin_nowhere_known_has_no_name(lat: float, lon: float, finder: PlaceFinder) -> None:
    found = finder.locate(lat, lon)
    assert (found.name, found.kota_kab, found.confidence) == ("", None, 0.0)
    assert (found.lat, found.lon) == (lat, lon)


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (0.0, 181.0), (math.nan, 107.0), (-6.9, math.inf)])
def test_what_is_no_point_on_earth_is_refused(lat: float, lon: float, finder: PlaceFinder) -> None:
    with pytest.raises(ValueError, match="is no latitude and longitude"):
        finder.locate(lat, lon)


@settings(deadline=None)
@given(st.floats(-7.0, -6.85), st.floats(107.5, 107.75))
def test_any_pin_around_the_city_is_somewhere(finder: PlaceFinder, lat: float, lon: float) -> None:
    found = finder.locate(lat, lon)
    assert found.name
    assert found.kota_kab
    assert (found.confidence == 1.0) == (found.kota_kab == "Kota Bandung")
