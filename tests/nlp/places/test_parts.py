"""A street as it lies in each kelurahan."""

from nlp.places import PlaceFinder
from nlp.places.finder import LEAST_PART
from nlp.understanding import Place


def test_a_street_through_two_kelurahan_has_two_parts_longest_first(finder: PlaceFinder) -> None:
    street = finder.resolve(finder.find("jalan terusan kiaracondong"), "jalan terusan kiaracondong")
    assert street is not None
    assert [(part.name, part.kelurahan, part.kecamatan) for part in finder.parts(street)] == [
        ("Jalan Terusan Kiara Condong", "Cijaura", "Buahbatu"),
        ("Jalan Terusan Kiara Condong", "Sekejati", "Buahbatu"),
    ]


def test_every_part_is_in_the_kecamatan_of_its_kelurahan(finder: PlaceFinder) -> None:
    parts = finder.parts(Place("Jalan Lemah Neundeut", "street", kota_kab="Kota Bandung"))
    assert [(part.kelurahan, part.kecamatan) for part in parts] == [("Sukawarna", "Sukajadi"), ("Sarijadi", "Sukasari")]


def test_of_a_street_through_half_the_city_only_the_long_parts_are_told(finder: PlaceFinder) -> None:
    parts = finder.parts(Place("Jalan Soekarno-Hatta", "street", kota_kab="Kota Bandung"))
    assert all(part.kelurahan and part.kecamatan for part in parts)
    assert len(parts) < 1 / LEAST_PART


def test_what_is_no_street_of_the_gazetteer_has_no_parts(finder: PlaceFinder) -> None:
    assert finder.parts(Place("Dago", "kelurahan", "Dago", kota_kab="Kota Bandung")) == ()
    assert finder.parts(Place("Jalan Tanpa Nama", "street", kota_kab="Kota Bandung")) == ()
