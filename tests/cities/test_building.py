"""tools/build_gazetteer.py on a small country of its own: two kelurahan side by side, and a village beyond the border."""

import csv
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cities.loading import load_city
from cities.places import Gazetteer, PlaceRow, load_gazetteer
from nlp.places import PlaceFinder
from tests.cities.small_city import small_city, write

TOOL = Path(__file__).parents[2] / "tools" / "build_gazetteer.py"
CITY = "Kota Contoh"
FIELDS = (
    "name kind subtype admin_code kelurahan kecamatan kota_kab lat lon precision_m aliases authority"
    " authority_basis source licence note"
).split()


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_gazetteer", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def square(west: float, east: float, **properties: Any) -> dict[str, Any]:
    ring = [[west, -1.0], [east, -1.0], [east, -0.99], [west, -0.99], [west, -1.0]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def line(name: str, *points: tuple[float, float], **properties: Any) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": [list(point) for point in points]}
    return {"type": "Feature", "properties": {"name": name, **properties}, "geometry": geometry}


def table(path: Path, fields: list[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, restval="")
        writer.writeheader()
        writer.writerows(rows)


def features(path: Path, *listed: dict[str, Any]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), encoding="utf-8")


def spot(name: str, lon: float, kelurahan: str, **more: Any) -> dict[str, Any]:
    where = {"kelurahan": kelurahan, "kecamatan": "Sukabaru", "kota_kab": CITY}
    return {"name": name, "lat": "-0.995", "lon": str(lon)} | where | more


def sources(folder: Path) -> None:
    own = {"kecamatan": "Sukabaru", "kecamatan_code": "99.01.01"}
    features(
        folder / "kelurahan.geojson",
        square(120.00, 120.01, code="99.01.01.1001", name="Mandiraja", **own),
        square(120.01, 120.02, code="99.01.01.1002", name="Kertawana", **own),
    )
    village = {"code": "99.02.01.2001", "name": "Tegalsebrang", "kecamatan": "Sebrang", "kota_kab": "Kabupaten Sebrang"}
    features(folder / "desa_neighbours.geojson", square(120.02, 120.03, **village))
    features(
        folder / "kota_neighbours.geojson",
        square(120.00, 120.02, code="99.01", name=CITY),
        square(120.02, 120.10, code="99.02", name="Kabupaten Sebrang"),
    )
    features(
        folder / "street_lines.geojson",
        line("Jalan Lintang Raya", (120.001, -0.995), (120.019, -0.995), authority="provinsi"),
        line("Jalan Bujur", (120.005, -0.991), (120.005, -0.999)),
        line("Jalan Tepi", (120.0051, -0.9911), (120.0089, -0.9911), authority="kota"),
    )
    admin: list[dict[str, Any]] = [
        {"name": CITY, "kind": "kota", "admin_code": "99.01", "kota_kab": CITY},
        {"name": "Kabupaten Sebrang", "kind": "kota", "admin_code": "99.02", "kota_kab": "Kabupaten Sebrang"},
        {"name": "Sukabaru", "kind": "kecamatan", "admin_code": "99.01.01", "kecamatan": "Sukabaru", "kota_kab": CITY},
        spot("Mandiraja", 120.005, "Mandiraja", kind="kelurahan", admin_code="99.01.01.1001"),
        spot("Kertawana", 120.015, "Kertawana", kind="kelurahan", admin_code="99.01.01.1002"),
        {
            "name": "Tegalsebrang",
            "kind": "kelurahan",
            "admin_code": "99.02.01.2001",
            "kelurahan": "Tegalsebrang",
            "kecamatan": "Sebrang",
            "kota_kab": "Kabupaten Sebrang",
        },
        {"name": "Jauhsekali", "kind": "kelurahan", "admin_code": "99.02.09.2009", "kota_kab": "Kabupaten Sebrang"},
    ]
    for row in admin:
        row |= {"lat": row.get("lat", "-0.995"), "lon": row.get("lon", "120.01")}
    streets = [
        spot(
            "Jalan Lintang Raya",
            120.01,
            "Mandiraja; Kertawana",
            kind="street",
            precision_m="1000",
            authority="provinsi",
            aliases="Jalan Lintang|Lintang",
        ),
        spot("Jalan Bujur", 120.005, "Mandiraja", kind="street", precision_m="400", authority="campuran: kota"),
        spot("Jalan Tepi", 120.007, "Mandiraja", kind="street", precision_m="200", authority="kota"),
        spot("Jalur Masuk Bus", 120.007, "Mandiraja", kind="street", precision_m="20"),
    ]
    landmarks = [
        spot("Pasar Wetan", 120.015, "Kertawana", kind="landmark", subtype="pasar", precision_m="100"),
        spot("Seberang Pasar Wetan", 120.015, "Kertawana", kind="landmark", subtype="pasar"),
        spot("Bujur", 120.005, "Mandiraja", kind="landmark", subtype="halte_poi"),
        spot("Simpang Wetan", 120.012, "Kertawana", kind="landmark", subtype="simpang", precision_m="80"),
    ]
    table(folder / "places.csv", FIELDS, [*admin, *streets, *landmarks])
    stops = ["name", "lat", "lon", "rail", "kelurahan_code", "kelurahan", "kecamatan", "kota_kab", "source"]
    table(folder / "transit_stops_osm.csv", stops, [spot("Jalan Sepi 2", 120.018, "Kertawana")])
    table(folder / "cctv_sites.csv", stops, [spot("Jl. Bujur", 120.005, "Mandiraja")])
    crossing = spot("Simpang", 120.005, "Mandiraja", street_a="Jalan Bujur", street_b="Jalan Lintang")
    table(folder / "intersections_osm.csv", list(crossing), [crossing])


KNOWN = """name,kind,kelurahan,kecamatan,kota_kab,at,precision_m,aliases,official,part_of
Pasar Wetan,landmark,,,,,,Pasar Timur,,
Taman Kota,landmark,Kertawana,,,,,,,
Gedung Tua,landmark,Mandiraja,,,Pasar Wetan,150,,,
Kota Antariksa,kota,,,Kota Antariksa,,,Antariksa,,
"""


@pytest.fixture(scope="module")
def built(tool: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("contoh")
    sources(source)
    write(folder, small_city())
    (folder / "city.yaml").write_text(f"# who\nname: {CITY}\n", encoding="utf-8")
    (folder / "known_places.csv").write_text(KNOWN, encoding="utf-8")
    tool.main(source, folder)
    write(folder, small_city())
    return load_gazetteer(load_city(str(folder)))


def find(built: Gazetteer, name: str) -> PlaceRow:
    return next(row for row in built.places if row.name == name)


def test_a_street_lies_where_its_line_lies(built: Gazetteer) -> None:
    street = find(built, "Jalan Lintang Raya")
    assert street.crosses == (("Mandiraja", 0.5), ("Kertawana", 0.5))
    assert (street.kelurahan, street.kecamatan) == (None, "Sukabaru")
    assert find(built, "Jalan Bujur").kelurahan == "Mandiraja"


def test_only_a_street_with_one_keeper_says_whose_it_is(built: Gazetteer) -> None:
    assert (find(built, "Jalan Lintang Raya").authority, find(built, "Jalan Bujur").authority) == ("provinsi", None)
    assert {line.authority for line in built.street_lines} == {"provinsi", "kota", None}


def test_listed_crossings_and_meeting_lines_are_intersections(built: Gazetteer) -> None:
    crossings = {row.streets for row in built.places if row.streets}
    assert crossings == {("Jalan Bujur", "Jalan Lintang Raya"), ("Jalan Bujur", "Jalan Tepi")}


def test_a_street_that_only_a_stop_names_has_a_point_and_little_else(built: Gazetteer) -> None:
    street = find(built, "Jalan Sepi")
    assert (street.kind, street.kelurahan, street.authority, street.precision_m) == ("street", "Kertawana", None, 300)


def test_what_is_no_place_is_left_out(built: Gazetteer) -> None:
    names = {row.name for row in built.places}
    assert not names & {"Jalur Masuk Bus", "Seberang Pasar Wetan", "Bujur", "Jauhsekali"}


def test_what_the_city_knows_is_added(built: Gazetteer) -> None:
    assert find(built, "Pasar Wetan").aliases == ("Pasar Timur",)
    park = find(built, "Taman Kota")
    assert (park.kelurahan, park.kecamatan) == ("Kertawana", "Sukabaru")
    assert park.precision_m is not None
    assert 550 < park.precision_m < 700
    assert find(built, "Gedung Tua").precision_m == 150
    assert find(built, "Kota Antariksa").lat is None


def test_a_known_place_at_nowhere_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    sources(tmp_path)
    write(tmp_path, small_city())
    (tmp_path / "city.yaml").write_text(f"name: {CITY}\n", encoding="utf-8")
    (tmp_path / "known_places.csv").write_text(f"{KNOWN}Menara,landmark,,,,Bulan,100,,,\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="Menara: no place named 'Bulan'"):
        tool.main(tmp_path, tmp_path)


def renamed(tool: ModuleType, folder: Path, known: str) -> Gazetteer:
    """The small country, with another line in its far kelurahan, as a city with these known places."""
    sources(folder)
    lines = json.loads((folder / "street_lines.geojson").read_text(encoding="utf-8"))
    lines["features"].append(line("Jalan Bujur", (120.015, -0.991), (120.015, -0.999)))
    (folder / "street_lines.geojson").write_text(json.dumps(lines), encoding="utf-8")
    write(folder, small_city())
    (folder / "city.yaml").write_text(f"name: {CITY}\n", encoding="utf-8")
    (folder / "known_places.csv").write_text(f"{KNOWN}{known}\n", encoding="utf-8")
    listed = (folder / "places.csv").read_bytes()
    tool.main(folder, folder)
    write(folder, small_city())
    found = load_gazetteer(load_city(str(folder)))
    assert (folder / "places.csv").read_bytes() != listed
    return found


def test_a_street_bears_the_name_that_people_use_and_keeps_the_official_one(tool: ModuleType, tmp_path: Path) -> None:
    found = renamed(tool, tmp_path, "Jalan Pasar,street,,,,,,,Jalan Bujur,")
    street = find(found, "Jalan Pasar")
    assert "Jalan Bujur" in street.aliases
    assert {row.name for row in found.places}.isdisjoint({"Jalan Bujur"})
    assert "Jalan Pasar" in {line.name for line in found.street_lines}
    assert ("Jalan Lintang Raya", "Jalan Pasar") in {row.streets for row in found.places}


def test_another_name_goes_to_the_citys_own_street_where_a_neighbour_has_one_too(
    tool: ModuleType, tmp_path: Path
) -> None:
    sources(tmp_path)
    with (tmp_path / "places.csv").open("a", encoding="utf-8") as file:
        beyond = {"name": "Jalan Bujur", "kind": "street", "kelurahan": "Tegalsebrang", "kota_kab": "Kabupaten Sebrang"}
        csv.DictWriter(file, FIELDS, restval="").writerow(spot("Jalan Bujur", 120.025, "Tegalsebrang") | beyond)
    write(tmp_path, small_city())
    (tmp_path / "city.yaml").write_text(f"name: {CITY}\n", encoding="utf-8")
    (tmp_path / "known_places.csv").write_text(f"{KNOWN}Jalan Bujur,street,,,,,,Jalan Lama,,\n", encoding="utf-8")
    tool.main(tmp_path, tmp_path)
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        called = {row["kota_kab"] for row in csv.DictReader(file) if "Jalan Lama" in row["aliases"]}
    assert called == {CITY}


def test_a_part_of_a_street_with_a_name_of_its_own_is_a_street(tool: ModuleType, tmp_path: Path) -> None:
    found = renamed(tool, tmp_path, "Jalan Terusan Bujur,street,Kertawana,,,,,Terusan Bujur,,Jalan Bujur")
    assert find(found, "Jalan Terusan Bujur").crosses == (("Kertawana", 1.0),)
    assert find(found, "Jalan Bujur").crosses == (("Mandiraja", 1.0),)
    assert {"Jalan Bujur", "Jalan Terusan Bujur"} <= {line.name for line in found.street_lines}


def test_another_city_is_understood_by_the_same_finder(built: Gazetteer) -> None:
    finder = PlaceFinder(built)
    text = "lampu mati di jl. lintang depan pasar timur"
    found = finder.resolve(finder.find(text), text)
    assert found is not None
    assert (found.name, found.kelurahan, found.kecamatan) == ("Jalan Lintang Raya", "Kertawana", "Sukabaru")
    assert (found.authority, found.authority_basis) == ("provinsi", "likely")


def test_pins_in_another_city_are_placed_too(built: Gazetteer) -> None:
    finder = PlaceFinder(built)
    assert finder.locate(-0.993, 120.015).kelurahan == "Kertawana"
    assert finder.locate(-0.995, 120.025).kota_kab == "Kabupaten Sebrang"
    assert finder.locate(-0.995, 120.08).name == "Kabupaten Sebrang"
    assert finder.locate(5.0, 100.0).name == ""
