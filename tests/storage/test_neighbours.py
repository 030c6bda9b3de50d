"""Reports close by."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Database, Tx, reports
from tests.storage.makers import NOW, later, new_report

LAT, LON = -6.9147, 107.6098
METRE = 1 / 111_195  # of latitude, in degrees

OPEN = {"diterima", "diproses"}


def near(database: Database, radius_m: float = 100, *, since: float = -1, limit: int = 5) -> list[int]:
    found = database.read_sync(lambda tx: reports.nearby(tx, "pju", LAT, LON, radius_m, later(days=since), OPEN, limit))
    return [report.id for report in found]


@pytest.mark.parametrize(
    ("other", "metres"),
    [
        ((LAT, LON), 0),
        ((LAT + 1, LON), 111_195),
        ((-6.2088, 106.8456), 115_300),  # Jakarta
        ((-LAT, LON - 180), 6_371_009 * math.pi),  # the other side of the world
    ],
)
def test_distances_are_those_of_the_globe(other: tuple[float, float], metres: float) -> None:
    assert reports.distance_m(LAT, LON, *other) == pytest.approx(metres, rel=0.005, abs=0.01)


def test_neighbours_come_nearest_first_and_only_from_within_the_radius(database: Database) -> None:
    for metres in (80, 20, 101, 99, 0):
        database.run_sync(new_report, lat=LAT + metres * METRE, lon=LON)
    assert near(database) == [5, 2, 1, 4]
    assert near(database, limit=2) == [5, 2]
    assert near(database, 10) == [5]


def test_the_corners_of_the_box_are_not_within_the_circle(database: Database) -> None:
    east = METRE / math.cos(math.radians(LAT))
    database.run_sync(new_report, lat=LAT + 90 * METRE, lon=LON + 90 * east)
    database.run_sync(new_report, lat=LAT, lon=LON + 99 * east)
    assert near(database) == [2]


def test_other_categories_statuses_older_secret_and_placeless_ones_are_no_neighbours(database: Database) -> None:
    here = {"lat": LAT, "lon": LON}
    for columns in (
        here,
        here | {"category": "jalan"},
        here | {"status": "ditutup"},
        here | {"created_at": later(days=-2)},
        here | {"privacy": "rahasia"},
        {},
        here | {"status": "diproses", "privacy": "tampil"},
    ):
        database.run_sync(new_report, **columns)
    assert near(database) == [1, 7]
    assert near(database, since=-3) == [1, 4, 7]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spots=st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), max_size=6),
    radius=st.floats(1, 300),
    lat=st.floats(-60, 60),
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_box_loses_nobody_whom_the_circle_holds(
    database: Database, spots: list[tuple[float, float]], radius: float, lat: float
) -> None:
    def look(tx: Tx) -> tuple[set[int], set[int]]:
        east = METRE / math.cos(math.radians(lat))
        filed = [new_report(tx, lat=lat + y * METRE, lon=LON + x * east) for x, y in spots]
        expected = {
            each.id
            for each in filed
            if each.lat is not None
            and each.lon is not None
            and reports.distance_m(lat, LON, each.lat, each.lon) <= radius
        }
        found = reports.nearby(tx, "pju", lat, LON, radius, NOW, OPEN, 99)
        for each in filed:
            each.status = "ditutup"  # so that the next example does not meet them
        return expected, {each.id for each in found}

    expected, found = database.run_sync(look)
    assert found == expected


def test_in_a_place_the_newest_come_first_and_secret_ones_never(database: Database) -> None:
    for minutes, columns in enumerate(
        (
            {"kelurahan": "Dago"},
            {"kelurahan": "Dago"},
            {"kelurahan": "Cihapit"},
            {"kelurahan": "Dago", "privacy": "rahasia"},
            {"kelurahan": "Dago", "status": "ditutup"},
            {"kelurahan": "Dago", "category": "jalan"},
        )
    ):
        database.run_sync(new_report, created_at=later(minutes=minutes), **columns)

    def found(limit: int, since: float = 0) -> list[int]:
        rows = database.read_sync(lambda tx: reports.in_place(tx, "pju", "Dago", later(minutes=since), OPEN, limit))
        return [report.id for report in rows]

    assert found(5) == [2, 1]
    assert found(1) == [2]
    assert found(5, since=0.5) == [2]
