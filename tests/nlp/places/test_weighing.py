"""How likely each of several places of one name is meant."""

import pytest

from nlp.places.index import Match
from nlp.places.weighing import Weighed, weigh
from tests.nlp.places.places import row

CITY = "Kota Contoh"
OUTSIDE = "Kabupaten Sebelah"
AREA = row("Sukamandi", "kelurahan")
STREET = row("Jalan Sukamandi", "street", precision_m=900.0)
ALLEY = row("Gang Sukamandi", "street")
BEYOND = row("Sukamandi", "kelurahan", kota_kab=OUTSIDE)


def weighed(*rows: object, designator: str = "", cued: bool = True, common: bool = False) -> tuple[Weighed, ...]:
    return weigh([Match(each, 1.0, common) for each in rows], designator, CITY, cued)  # type: ignore[arg-type]


def names(places: tuple[Weighed, ...]) -> list[tuple[str, str]]:
    return [(place.row.name, place.row.kota_kab) for place in places]


def test_one_place_with_a_cue_is_sure() -> None:
    assert weighed(AREA)[0].probability == pytest.approx(1.0)


def test_without_a_cue_nothing_is_quite_sure() -> None:
    assert weighed(AREA, cued=False)[0].probability < 1.0


def test_an_area_comes_before_a_street_of_its_name() -> None:
    assert names(weighed(STREET, AREA)) == [(AREA.name, CITY), (STREET.name, CITY)]


def test_the_city_comes_before_its_neighbours() -> None:
    assert names(weighed(BEYOND, AREA))[0] == (AREA.name, CITY)


def test_probabilities_add_up_to_one_place() -> None:
    assert sum(place.probability for place in weighed(AREA, STREET, BEYOND)) == pytest.approx(1.0)


def test_an_alley_word_wants_an_alley() -> None:
    assert names(weighed(STREET, ALLEY, designator="gang"))[0] == (ALLEY.name, CITY)
    assert names(weighed(STREET, ALLEY, designator="jalan"))[0] == (STREET.name, CITY)


def test_a_short_street_with_a_common_name_may_be_another() -> None:
    short = row("Jalan Mawar", "street", precision_m=80.0)
    assert weighed(short, designator="jalan", common=True)[0].probability < 0.7
    assert 0.7 < weighed(short, designator="jalan", common=False)[0].probability < 1.0


def test_a_long_street_has_no_namesakes() -> None:
    assert weighed(STREET, designator="jalan", common=True)[0].probability == pytest.approx(1.0)


def test_a_street_known_only_beyond_the_border_is_unlikely() -> None:
    assert weighed(row("Jalan Sukamandi", "street", kota_kab=OUTSIDE), designator="jalan")[0].probability < 0.5


def test_a_village_and_its_kecamatan_beyond_the_border_are_one_place() -> None:
    kecamatan = row("Sukamandi", "kecamatan", kota_kab=OUTSIDE)
    village = row("Sukamandi", "kelurahan", kecamatan="Sukamandi", kota_kab=OUTSIDE)
    assert len(weighed(kecamatan, village)) == 1
    assert len(weighed(kecamatan, village, designator="kelurahan")) == 2


def test_nothing_weighs_nothing() -> None:
    assert weighed() == ()
