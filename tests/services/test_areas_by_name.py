"""Kelurahan and kecamatan by the names that people write."""

import pytest

from bot.services.group_facts import kecamatan_named, kelurahan_named
from cities.city import City


@pytest.mark.parametrize("name", ["sadangserang", "Sadang Serang", "kel. sadang serang", "SADANG SERANG"])
def test_a_kelurahan_may_be_written_together(city: City, name: str) -> None:
    assert kelurahan_named(city, name) == (("Sadang Serang", "Coblong"),)


@pytest.mark.parametrize("name", ["antapani", "kecamatan antapani", "kec. Antapani"])
def test_a_kecamatan_tells_its_kelurahan_in_order(city: City, name: str) -> None:
    kecamatan, inside = kecamatan_named(city, name)
    assert kecamatan == "Antapani"
    assert "Antapani Kidul" in inside
    assert list(inside) == sorted(inside)


@pytest.mark.parametrize("name", ["surabaya", "", "kecamatan"])
def test_no_kecamatan_is_made_up(city: City, name: str) -> None:
    assert kecamatan_named(city, name) == ("", ())


def test_every_kecamatan_is_found_by_its_own_name(city: City) -> None:
    names = {
        kecamatan for name in ("Coblong", "Bandung Wetan", "Buahbatu") if (kecamatan := kecamatan_named(city, name)[0])
    }
    assert names == {"Coblong", "Bandung Wetan", "Buahbatu"}
