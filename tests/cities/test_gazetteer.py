"""Bandung's places, and what is said when their files are broken."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from shapely import Point

from cities.city import City
from cities.faults import CityError
from cities.loading import load_city
from cities.places import Gazetteer, PlaceRow, authority_of, load_gazetteer
from tests.cities.small_city import load

FILES = ("places.csv", "streets.geojson", "kelurahan.geojson", "neighbours.geojson", "kota.geojson")
HEADER = (
    "id,name,kind,kelurahan,kecamatan,kota_kab,lat,lon,precision_m,aliases,authority,authority_basis,crosses,streets\n"
)


@pytest.fixture(scope="module")
def bandung() -> City:
    return load_city("bandung")


@pytest.fixture(scope="module")
def gazetteer(bandung: City) -> Gazetteer:
    return load_gazetteer(bandung)


@pytest.fixture(scope="module")
def own(gazetteer: Gazetteer) -> list[PlaceRow]:
    return [row for row in gazetteer.places if row.kota_kab == "Kota Bandung"]


def test_all_kecamatan_and_kelurahan_are_there(own: list[PlaceRow], gazetteer: Gazetteer) -> None:
    kinds = Counter(row.kind for row in own)
    assert (kinds["kecamatan"], kinds["kelurahan"]) == (30, 151)
    assert {area.name for area in gazetteer.kelurahan} == {row.name for row in own if row.kind == "kelurahan"}


def test_ids_and_identities_are_unique(gazetteer: Gazetteer) -> None:
    assert len({row.id for row in gazetteer.places}) == len(gazetteer.places)
    identities = {(r.name, r.kind, r.kelurahan, r.kecamatan, r.kota_kab) for r in gazetteer.places}
    assert len(identities) == len(gazetteer.places)


def test_places_lie_in_known_areas(own: list[PlaceRow]) -> None:
    kecamatan_of = {row.name: row.kecamatan for row in own if row.kind == "kelurahan"}
    kecamatan = {row.name for row in own if row.kind == "kecamatan"}
    for row in own:
        if row.kelurahan:
            assert row.kecamatan == kecamatan_of[row.kelurahan], row
        assert row.kecamatan is None or row.kecamatan in kecamatan, row
        assert all(area in kecamatan_of for area, _ in row.crosses), row


def test_precise_points_lie_in_the_kelurahan_that_is_said(own: list[PlaceRow], gazetteer: Gazetteer) -> None:
    polygons = {area.name: area.polygon for area in gazetteer.kelurahan}
    wrong = []
    for row in own:
        if row.kelurahan and row.lat is not None and row.kind in ("landmark", "stop", "intersection"):
            degrees = polygons[row.kelurahan].distance(Point(row.lon, row.lat))
            if degrees * 111_320 > (row.precision_m or 0) + 150:
                wrong.append(row)
    assert len(wrong) <= 5, wrong


def test_shares_of_a_street_are_shares(own: list[PlaceRow]) -> None:
    for row in own:
        if row.crosses:
            assert 0.9 <= sum(share for _, share in row.crosses) <= 1.1, row
            assert list(row.crosses) == sorted(row.crosses, key=lambda pair: -pair[1]), row


def test_intersections_are_of_two_known_streets(own: list[PlaceRow]) -> None:
    streets = {row.name for row in own if row.kind == "street"}
    for row in own:
        if row.streets:
            assert row.kind == "intersection"
            assert len(set(row.streets)) == 2
            assert set(row.streets) <= streets, row


def test_what_is_not_known_precisely_says_so(own: list[PlaceRow]) -> None:
    for row in own:
        assert (row.lat is None) == (row.lon is None)
        assert row.lat is None or row.precision_m, row


@pytest.mark.parametrize(
    "name",
    [
        "ITB Ganesha", "Gedung Sate", "Bandung Indah Plaza", "Pasar Cihapit", "Stasiun Bandung", "RS Hasan Sadikin",
        "Alun-alun Bandung", "Lapangan Gasibu", "Pasar Baru", "Pasar Kosambi", "Terminal Cicaheum", "Terminal Ledeng",
        "Unpad Dipatiukur", "Trans Studio Mall", "Terminal Leuwipanjang", "Bandung Zoo", "Balai Kota Bandung",
        "RSUD Bandung Kiwari", "Stasiun Kiaracondong", "Pasar Andir", "Masjid Raya Al Jabbar",
    ],
)  # fmt: skip
def test_what_everybody_knows_is_there_with_its_kelurahan(name: str, own: list[PlaceRow]) -> None:
    found = [row for row in own if row.name == name and row.kind == "landmark"]
    assert len(found) == 1
    assert found[0].kelurahan
    assert found[0].lat is not None


def test_only_roads_with_a_source_are_sourced(gazetteer: Gazetteer, bandung: City) -> None:
    sourced = {row.name for row in gazetteer.places if row.authority_basis == "sourced"}
    assert sourced == {line.name for line in gazetteer.street_lines if line.authority_basis == "sourced"}
    assert sourced == {"Jalan Soekarno-Hatta", "Jalan Dr. Djunjunan"}
    assert all(row.authority == "nasional" for row in gazetteer.places if row.name in sourced)
    assert {road.status for road in bandung.roads if not road.sourced} == {"tol"}


def test_a_street_line_without_a_number_is_unknown(gazetteer: Gazetteer) -> None:
    for line in gazetteer.street_lines:
        assert (line.authority is None) == (line.authority_basis == "unknown"), line.name


def test_one_street_may_have_several_keepers(gazetteer: Gazetteer) -> None:
    keepers = {line.authority for line in gazetteer.street_lines if line.name == "Jalan Buah Batu"}
    assert {"kota", "provinsi"} <= keepers


def test_neighbours_say_whose_they_are(gazetteer: Gazetteer) -> None:
    assert {area.kota_kab for area in gazetteer.neighbours} >= {"Kabupaten Bandung", "Kota Cimahi"}
    assert {area.name for area in gazetteer.kota} >= {"Kota Bandung", "Kabupaten Bandung Barat", "Kota Cimahi"}


def test_the_credit_is_beside_the_data(bandung: City) -> None:
    credit = (bandung.folder / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "OpenStreetMap contributors" in credit
    assert "ODbL" in credit


def test_a_road_is_known_by_its_name_or_another(tmp_path: Path) -> None:
    roads = load(tmp_path).roads
    assert authority_of(roads, "Jalan Trans", None) == ("nasional", "sourced")
    assert authority_of(roads, "Jalan By-Pass", "kota") == ("nasional", "sourced")
    assert authority_of(roads, "Tol Contoh", None) == ("tol", "likely")
    assert authority_of(roads, "Jalan Lain", "provinsi") == ("provinsi", "likely")
    assert authority_of(roads, "Jalan Lain", None) == (None, "unknown")


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(CityError) as error:
        load_gazetteer(load(tmp_path))
    assert {fault.file for fault in error.value.faults} == set(FILES)


@pytest.mark.parametrize(
    "line",
    [
        "x,Simpang,galaksi,,,Kota Contoh,,,,,,,,\n",
        "x,Jalan,street,,,Kota Contoh,utara,,,,,,,\n",
        "x,Jalan,street,,,Kota Contoh,,,,,kerajaan,,,\n",
        "x,Jalan,street,,,Kota Contoh,,,,,kota,katanya,,\n",
        "x,Jalan,street,,,Kota Contoh,,,,,,,Dago,\n",
        "x,Jalan\n",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, tmp_path: Path, bandung: City) -> None:
    for name in FILES[1:]:
        shutil.copy(bandung.folder / name, tmp_path / name)
    good = "y,Jalan Baik,street,,,Kota Contoh,,,,,,,,\n"
    (tmp_path / "places.csv").write_text(HEADER + good + line, encoding="utf-8")
    with pytest.raises(CityError, match=r"places\.csv: line 3"):
        load_gazetteer(load(tmp_path))
