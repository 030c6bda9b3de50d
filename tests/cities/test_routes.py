"""A rule by place sends a kind of problem in some kelurahan or kecamatan to somebody else; `kentongan city check` explains each."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.services.routing import propose
from cities.faults import CityError
from cities.routes import check_areas, explained
from tests.cities.small_city import Tables, load, small_city, write

GAZETTEER = ("places.csv", "streets.geojson", "kelurahan.geojson", "neighbours.geojson", "kota.geojson")
BANDUNG = Path(__file__).parents[2] / "cities" / "bandung"


def by_place(*areas: str, **more: Any) -> Callable[[Tables], None]:
    """One more rule for lamps: in these areas they are PLN's."""

    def change(tables: Tables) -> None:
        rule = {"if": "lampu taman dikelola PLN", "to": "pln", "areas": list(areas), **more}
        tables["categories"]["categories"][0]["external"].append(rule)

    return change


def with_places(folder: Path) -> Path:
    """The same folder with a real city's kelurahan."""
    for name in GAZETTEER:
        (folder / name).symlink_to(BANDUNG / name)
    return folder


def lamp(kelurahan: str, kecamatan: str, sub: str = "") -> Any:
    return SimpleNamespace(
        category="lampu", sub_category=sub, kelurahan=kelurahan, kecamatan=kecamatan, kota_kab="Kota Contoh",
        road_authority="", road_authority_basis="", place_name="Taman", description="mati", category_confidence=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan", "agency"),
    [("Dago", "Coblong", "pln"), ("Cihapit", "Bandung Wetan", "pln"), ("Lebakgede", "Coblong", "dishub")],
)
def test_the_place_decides_and_is_told(tmp_path: Path, kelurahan: str, kecamatan: str, agency: str) -> None:
    city = load(tmp_path, by_place("Dago", "Bandung Wetan"))
    proposal = propose(city, lamp(kelurahan, kecamatan), "id")
    assert proposal.agency == agency
    if agency == "pln":
        named = kelurahan if kelurahan == "Dago" else kecamatan
        assert proposal.because == f"lokasinya di {named}: lampu taman dikelola PLN"
        assert proposal.referral


def test_a_rule_by_place_and_sub_category_needs_both(tmp_path: Path) -> None:
    city = load(tmp_path, by_place("Dago", sub=["padam"]))
    assert propose(city, lamp("Dago", "Coblong"), "id").agency == "dishub"
    assert propose(city, lamp("Dago", "Coblong", "padam"), "id").agency == "pln"


def test_the_check_explains_every_rule_by_place(tmp_path: Path) -> None:
    tables = small_city()
    by_place("Dago", "Coblong", sub=["padam"], words=["lampu taman"])(tables)
    folder = with_places(write(tmp_path, tables))
    shown = CliRunner().invoke(cli, ["city", "check", str(folder)])
    assert shown.exit_code == 0, shown.output
    line = "lampu, sub padam; words lampu taman; in Dago, Coblong -> pln (lampu taman dikelola PLN)"
    assert f"Rule by place: {line}" in shown.output


def test_a_city_without_such_rules_needs_no_places_for_the_check(tmp_path: Path) -> None:
    city = load(tmp_path)
    check_areas(city)
    assert explained(city) == []


def test_a_place_that_nobody_knows_is_a_fault_with_its_remedy(tmp_path: Path) -> None:
    city = load(tmp_path, by_place("Dago", "Dagoo"))
    with_places(city.folder)
    with pytest.raises(CityError) as error:
        check_areas(city)
    (fault,) = error.value.faults
    assert "'Dagoo' is no kelurahan or kecamatan here" in fault.wrong
    assert "kelurahan.geojson" in fault.remedy
