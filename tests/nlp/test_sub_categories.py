"""What a category's problem is within it."""

import pytest

from cities.city import City
from nlp import Guess, Reader
from nlp.sub_categories import NONE, best_within, columns_within, pair

KNOWN = {"jalan": ("lubang", "trotoar"), "lampu": ("mati",), "sampah": ("tps",)}
CHANCES = {
    pair("jalan", "dihapus"): 0.2,
    pair("jalan", "lubang"): 0.3,
    pair("jalan", "trotoar"): 0.1,
    pair("lampu", NONE): 0.1,
    pair("lampu", "mati"): 0.3,
}


def best(chances: dict[str, float]) -> dict[str, Guess]:
    return best_within(list(chances.values()), columns_within(list(chances), KNOWN))


def test_the_share_is_among_the_sub_categories_that_the_city_knows() -> None:
    assert best(CHANCES)["jalan"] == Guess("lubang", pytest.approx(0.75))


def test_none_of_them_is_an_answer_too() -> None:
    assert best({pair("lampu", NONE): 0.3, pair("lampu", "mati"): 0.1})["lampu"] == Guess(NONE, pytest.approx(0.75))


def test_a_category_of_which_the_model_knows_nothing_is_left_open() -> None:
    assert "sampah" not in best(CHANCES)
    assert best({}) == {}


def test_a_sub_category_without_any_chance_is_told_with_none() -> None:
    assert best({pair("lampu", "mati"): 0.0})["lampu"] == Guess("mati", 0.0)


@pytest.mark.parametrize(
    ("text", "category", "sub"),
    [
        ("ada lubang dalam di jalan cikutra, ban motor saya pecah", "jalan_rusak", "lubang_kecil"),
        ("trotoar di jalan riau ubinnya copot, nenek saya tersandung", "jalan_rusak", "trotoar_jpo"),
        ("lampu jalan mati sudah seminggu", "pju", "lampu_mati"),
        ("tps di ujung jalan penuh sampai meluber", "sampah", "tps_penuh"),
        ("pipa pdam bocor, airnya muncrat ke jalan", "air_bersih", "pipa_bocor"),
    ],
)
def test_the_words_tell_what_it_is_within_the_category(reader: Reader, text: str, category: str, sub: str) -> None:
    seen = reader.understand(text)
    assert seen.category.id == category
    assert seen.sub_category is not None
    assert seen.sub_category.id == sub
    assert seen.to_dict()["sub_category"]["id"] == sub


def test_every_sub_category_told_is_one_of_its_categorys(reader: Reader, city: City) -> None:
    for text in ("jalan rusak", "mohon dibantu", "air mati", "guru memungut uang", "", "hujan"):
        for category, sub in reader.understand(text).sub_categories.items():
            assert sub.id in city.categories[category].subs
            assert 0 < sub.confidence <= 1


def test_words_that_leave_it_open_leave_it_open(reader: Reader) -> None:
    seen = reader.understand("mohon ditindaklanjuti laporan kami yang lalu")
    assert seen.sub_category is None
    assert seen.to_dict()["sub_category"] is None
