"""One place from what a message names, or none."""

import pytest

from cities.places import Gazetteer
from nlp.places import PlaceFinder
from tests.nlp.places.places import place, where


@pytest.mark.parametrize(
    ("text", "kelurahan", "kecamatan"),
    [
        ("lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari", "Dago", "Coblong"),
        ("jalan depan pasar cihapit bolong gede, motor pada jatoh", "Cihapit", "Bandung Wetan"),
        ("sampah numpuk di kel. sukapada", "Sukapada", "Cibeunying Kidul"),
        ("warga RT 03 RW 11 Cisaranten Wetan ngeluh bau", "Cisaranten Wetan", "Cinambo"),
        ("pju pareum di palih gegerkalong", "Gegerkalong", "Sukasari"),
        ("runtah caket stasion kiaracondong", "Babakan Sari", "Kiaracondong"),
        ("depan RSHS banyak parkir liar", "Pasteur", "Sukajadi"),
        ("gang jembar iii becek", "Cicadas", "Cibeunying Kidul"),
        ("macet di simpang dago", "Lebak Gede", "Coblong"),
        ("kantor kelurahan maleer tutup jam 1", "Maleer", "Batununggal"),
    ],
)
def test_a_place_is_said_with_its_kelurahan(text: str, kelurahan: str, kecamatan: str, finder: PlaceFinder) -> None:
    assert where(finder, text) == (kelurahan, kecamatan)


@pytest.mark.parametrize("name", ["coblong", "Gedebage", "UJUNGBERUNG", "bojongloa kaler"])
def test_a_kecamatan_alone_leaves_the_kelurahan_open(name: str, finder: PlaceFinder) -> None:
    kelurahan, kecamatan = where(finder, f"banjir di kec. {name}")
    assert kelurahan is None
    assert kecamatan is not None
    assert kecamatan.lower() == name.lower()


def test_a_long_street_alone_leaves_the_kelurahan_open_and_says_whose_it_is(finder: PlaceFinder) -> None:
    found = place(finder, "jl soekarno hatta berlubang")
    assert found is not None
    assert (found.name, found.kelurahan, found.kecamatan) == ("Jalan Soekarno-Hatta", None, None)
    assert (found.authority, found.authority_basis) == ("nasional", "sourced")
    assert found.lat is None


def test_a_landmark_says_where_on_a_long_street(finder: PlaceFinder) -> None:
    found = place(finder, "jalan dago depan borromeus retak")
    assert found is not None
    assert (found.name, found.kelurahan) == ("Jalan Ir. H. Djuanda", "Lebak Gede")
    assert found.lat is not None
    assert found.authority_basis == "likely"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jalan dago asri berlubang", "Dago Asri"),
        ("jalan dago pojok rusak", "Dago Pojok"),
        ("jalan setiabudi regency bolong", None),
        ("jl. kopo permai 3 blok d banjir", None),
        ("jalan dago retak", "Jalan Ir. H. Djuanda"),
    ],
)
def test_a_longer_name_that_begins_like_a_street_is_not_that_street(
    text: str, name: str | None, finder: PlaceFinder
) -> None:
    found = place(finder, text)
    assert (found and found.name) == name


def test_a_kelurahan_says_where_on_a_long_street(finder: PlaceFinder) -> None:
    found = place(finder, "jl. kopo no 115 kelurahan situsaeur")
    assert found is not None
    assert (found.kind, found.kelurahan, found.kecamatan) == ("street", "Situsaeur", "Bojongloa Kidul")


def test_a_river_lies_in_the_area_that_is_named_beside_it_and_in_none_by_itself(finder: PlaceFinder) -> None:
    assert where(finder, "tembok sungai cidurian retak, kelurahan sukapura") == ("Sukapura", "Kiaracondong")
    assert where(finder, "walungan cidurian pinuh ku runtah") == (None, None)


def test_a_kecamatan_says_where_on_a_long_street(finder: PlaceFinder) -> None:
    assert where(finder, "lampu di jl soekarno hatta kec. bandung kidul")[1] == "Bandung Kidul"


def test_what_the_citizen_calls_the_kelurahan_wins_over_a_namesake(finder: PlaceFinder) -> None:
    assert where(finder, "gg. sukamaju rt 04 kelurahan cibangkong") == ("Cibangkong", "Batununggal")


def test_a_crossing_is_one_place(finder: PlaceFinder) -> None:
    found = place(finder, "perempatan buah batu - soekarno hatta")
    assert found is not None
    assert found.kind == "intersection"
    assert found.lat is not None
    assert "Buah Batu" in found.name
    assert "Soekarno" in found.name


def test_crossings_are_found_with_and_and_in_either_order(finder: PlaceFinder) -> None:
    one = place(finder, "pertigaan jl. cikutra dan phh mustofa")
    other = place(finder, "simpang phh mustofa - cikutra")
    assert one is not None
    assert other is not None
    assert one.name == other.name


@pytest.mark.parametrize(
    "text",
    [
        "jalan rusak di batununggal",  # a kecamatan, and a kelurahan of another
        "padasuka gelap",  # in the city and in two neighbours
        "jl pasteur banjir",  # two streets
        "jl. mawar rusak",  # known only beyond the border, and every quarter has one
    ],
)
def test_two_places_of_one_name_are_not_guessed(text: str, finder: PlaceFinder) -> None:
    assert finder.find(text)
    assert place(finder, text) is None


def test_after_the_word_kelurahan_the_citys_own_is_meant(finder: PlaceFinder) -> None:
    assert where(finder, "kelurahan padasuka gelap") == ("Padasuka", "Cibeunying Kidul")


def test_a_second_name_settles_what_the_first_leaves_open(finder: PlaceFinder) -> None:
    assert where(finder, "batununggal, kecamatan bandung kidul") == ("Batununggal", "Bandung Kidul")


def test_where_a_kelurahan_has_its_kecamatans_name_the_kecamatan_is_sure(finder: PlaceFinder) -> None:
    assert where(finder, "di babakan ciparay") == (None, "Babakan Ciparay")
    assert where(finder, "kelurahan babakan ciparay") == ("Babakan Ciparay", "Babakan Ciparay")


@pytest.mark.parametrize(
    ("text", "kota_kab"),
    [
        ("banjir di Rancaekek", "Kabupaten Bandung"),
        ("sampah di kota cimahi", "Kota Cimahi"),
        ("lampu mati di Lembang", "Kabupaten Bandung Barat"),
        ("jalan rusak di Jatinangor", "Kabupaten Sumedang"),
        ("banjir di kel. cibabat", "Kota Cimahi"),
    ],
)
def test_a_place_outside_says_whose_it_is(text: str, kota_kab: str, finder: PlaceFinder) -> None:
    found = place(finder, text)
    assert found is not None
    assert found.kota_kab == kota_kab


@pytest.mark.parametrize(
    "text",
    ["mau pindah dari Garut ke Bandung", "paket ke Surabaya belum sampai", "saudara saya orang Jakarta"],
)
def test_where_somebody_comes_from_is_no_place(text: str, finder: PlaceFinder) -> None:
    assert place(finder, text) is None


def test_the_ends_of_a_route_are_no_place(finder: PlaceFinder) -> None:
    assert place(finder, "angkot Cicaheum-Ledeng ngetem terus") is None


def test_a_place_on_the_way_gives_way_to_the_one_it_is_about(finder: PlaceFinder) -> None:
    assert where(finder, "tiap hari dari cibiru ke dago, jalan bolong depan pasar cihapit") == (
        "Cihapit",
        "Bandung Wetan",
    )


def test_a_direction_does_not_move_a_street(finder: PlaceFinder) -> None:
    found = place(finder, "jl. terusan buah batu arah bojongsoang ngelupas")
    assert found is not None
    assert found.kota_kab == "Kota Bandung"


def test_a_misspelling_costs_confidence(finder: PlaceFinder) -> None:
    right, wrong = place(finder, "banjir di kel. manjahlega"), place(finder, "banjir di kel. manjahlgea")
    assert right is not None
    assert wrong is not None
    assert right.kelurahan == wrong.kelurahan
    assert wrong.confidence < right.confidence


def test_a_branch_of_a_street_is_less_sure_than_the_street(finder: PlaceFinder) -> None:
    street, branch = place(finder, "jl. tubagus ismail"), place(finder, "jl. tubagus ismail dalam")
    assert street is not None
    assert branch is not None
    assert branch.confidence < street.confidence


def test_nothing_named_is_no_place(finder: PlaceFinder) -> None:
    assert finder.resolve((), "lampu mati") is None


def test_a_street_nobody_has_listed_is_no_place(finder: PlaceFinder) -> None:
    assert place(finder, "got jl. Melur Sakti mampet") is None


def test_an_unlisted_street_in_a_named_area_is_in_the_area(finder: PlaceFinder) -> None:
    assert where(finder, "got jl. Melur Sakti, Mengger mampet") == ("Mengger", "Bandung Kidul")


def test_confidence_is_a_probability_and_areas_fit_together(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    kecamatan_of = {
        row.name: row.kecamatan
        for row in gazetteer.places
        if row.kind == "kelurahan" and row.kota_kab == gazetteer.city
    }
    for row in gazetteer.places[::7]:
        found = place(finder, f"rusak di {row.name}")
        if found is not None:
            assert 0.5 <= found.confidence <= 1.0
            assert found.name
            assert (found.lat is None) == (found.lon is None)
            if found.kota_kab == gazetteer.city and found.kelurahan:
                assert found.kecamatan == kecamatan_of[found.kelurahan]


def test_most_streets_are_found_in_their_kelurahan(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    rows = [
        row for row in gazetteer.places if row.kind == "street" and row.kota_kab == gazetteer.city and row.kelurahan
    ]
    right = wrong = 0
    for row in rows:
        kelurahan, _ = where(finder, f"lampu mati di {row.name}")
        right += kelurahan == row.kelurahan
        wrong += kelurahan not in (None, row.kelurahan)
    assert right >= 0.8 * len(rows)
    assert wrong <= 0.01 * len(rows)


def test_most_misspelt_areas_are_right_or_left_open(finder: PlaceFinder, gazetteer: Gazetteer) -> None:
    rows = [row for row in gazetteer.places if row.kind == "kelurahan" and row.kota_kab == gazetteer.city]
    right = wrong = 0
    for row in rows:
        middle = len(row.name) // 2
        kelurahan, _ = where(finder, f"banjir di kel {row.name[:middle] + row.name[middle + 1 :]}".lower())
        right += kelurahan == row.kelurahan
        wrong += kelurahan not in (None, row.kelurahan)
    assert right >= 0.6 * len(rows)
    assert wrong <= 0.05 * len(rows)


@pytest.mark.parametrize(
    ("text", "street", "kecamatan"),
    [
        ("banjir di terusan buah batu", "Jalan Terusan Buah Batu", "Bandung Kidul"),
        ("jl buah batu dekat bkr bolong", "Jalan Buah Batu", "Lengkong"),
        ("trs. jakarta gelap", "Jalan Terusan Jakarta", None),
        ("pelajar pejuang 45 banyak balap liar", "Jalan Pelajar Pejuang 45", None),
        ("jl cibaduyut raya macet", "Jalan Raya Cibaduyut", "Bojongloa Kidul"),
        ("jalan kyai haji wahid hasyim depan rs immanuel", "Jalan Kopo", "Bojongloa Kidul"),
        ("jl. cipaganti pohon miring", "Jalan Cipaganti", "Coblong"),
    ],
)
def test_a_street_is_called_as_people_call_it(
    finder: PlaceFinder, text: str, street: str, kecamatan: str | None
) -> None:
    found = place(finder, text)
    assert found is not None
    assert (found.name, found.kota_kab) == (street, "Kota Bandung")
    assert kecamatan in (None, found.kecamatan)


def test_a_street_that_goes_on_from_a_known_one_is_not_the_area_called_like_it(finder: PlaceFinder) -> None:
    found = place(finder, "sampah di terusan martanegara")
    assert found is not None
    assert (found.name, found.kind) == ("Jalan R.A.A. Martanegara", "street")


@pytest.mark.parametrize("text", ["gang mawar gelap", "bojong gelap"])
def test_what_only_a_neighbour_is_known_to_have_is_not_guessed(finder: PlaceFinder, text: str) -> None:
    assert place(finder, text) is None


def test_a_number_behind_the_kecamatan_belongs_to_the_kelurahan_before_it(finder: PlaceFinder) -> None:
    """Batununggal is a kecamatan, and a kelurahan in another one."""
    assert where(finder, "kel gumuruh batununggal rw 11 posyandu bocor") == ("Gumuruh", "Batununggal")
    assert where(finder, "kelurahan batununggal rw 11 posyandu bocor") == ("Batununggal", "Bandung Kidul")
