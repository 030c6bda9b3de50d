"""What a key finds."""

import pytest

from cities.loading import load_city
from cities.places import load_gazetteer
from nlp.places.index import NameIndex, everyday_words, is_everyday
from nlp.places.spelling import key, name_words
from tests.nlp.places.places import row

SUKA = row("Sukamandi", "kelurahan")
STREET = row("Jalan Merak Jingga", "street", aliases=("Merak", "Jalan Lama Sekali"))
ALLEY = row("Gang Merak", "street")
OTHER = row("Jalan Kertabasuki", "street")
CROSSING = row("Simpang Merak - Kertabasuki", "intersection", streets=(STREET.name, OTHER.name))
FAMILY = (row("Cigalontang Kaler", "kelurahan"), row("Cigalontang Kidul", "kelurahan"))


@pytest.fixture
def index() -> NameIndex:
    return NameIndex([SUKA, STREET, ALLEY, OTHER, CROSSING, *FAMILY])


def rows(matches: object) -> list[str]:
    return [match.row.name for match in matches]  # type: ignore[attr-defined]


def found(index: NameIndex, name: str) -> list[str]:
    return rows(index.exact(key(name_words(name))))


def test_streets_stand_without_the_word_for_street(index: NameIndex) -> None:
    assert found(index, "merak jingga") == ["Jalan Merak Jingga"]
    assert found(index, "jalan merak jingga") == []


def test_other_names_find_the_place_too(index: NameIndex) -> None:
    assert found(index, "merak") == ["Jalan Merak Jingga", "Gang Merak"]
    assert found(index, "lama sekali") == ["Jalan Merak Jingga"]


def test_the_first_word_of_several_areas_means_one_of_them(index: NameIndex) -> None:
    assert found(index, "cigalontang") == ["Cigalontang Kaler", "Cigalontang Kidul"]


def test_the_first_word_of_one_area_alone_means_nothing() -> None:
    assert NameIndex([FAMILY[0]]).exact("cigalontang") == ()


def test_an_area_that_has_the_name_itself_is_not_mixed_with_its_namesakes() -> None:
    area = row("Cigalontang", "kelurahan")
    assert rows(NameIndex([area, *FAMILY]).exact("cigalontang")) == ["Cigalontang"]


@pytest.mark.parametrize("typed", ["sukamadni", "sukamnadi", "sukmandi", "sukammandi", "sukamendi"])
def test_one_slip_is_forgiven(typed: str, index: NameIndex) -> None:
    matches = index.misspelt(key([typed])) or index.exact(key([typed]))
    assert rows(matches) == ["Sukamandi"]


def test_a_slip_costs_likeness(index: NameIndex) -> None:
    exact, near, far = index.exact("sukamandi"), index.misspelt("sukamendi"), index.misspelt("kertabsuka")
    assert exact[0].likeness == 1.0
    assert near[0].likeness < 1.0
    assert far == ()


def test_two_slips_are_forgiven_only_in_a_long_name(index: NameIndex) -> None:
    assert index.misspelt("sukemende") == ()
    long_name = NameIndex([row("Babakan Kertamulya", "kelurahan")])
    assert rows(long_name.misspelt(key(["babkan", "kertamulia", "h"])))


@pytest.mark.parametrize("typed", ["", "me", "mera", "123456"])
def test_short_words_and_numbers_are_never_misspelt_places(typed: str, index: NameIndex) -> None:
    assert index.misspelt(typed) == ()


def test_a_crossing_is_found_from_either_side(index: NameIndex) -> None:
    assert index.crossing([STREET], [OTHER]) is CROSSING
    assert index.crossing([OTHER], [SUKA, STREET]) is CROSSING
    assert index.crossing([STREET], [ALLEY]) is None
    assert index.crossing([], [OTHER]) is None


def test_after_the_first_words_of_a_name_the_search_goes_on() -> None:
    names = [
        words
        for place in load_gazetteer(load_city("bandung")).places
        for words in map(name_words, (place.name, *place.aliases))
    ]
    index = NameIndex(row(" ".join(words), "landmark") for words in names)
    stopped = [words for words in names for most in range(1, len(words)) if not index.goes_on(key(words[:most]))]
    assert stopped == []


@pytest.mark.parametrize("typed", ["lampu jalan", "meraknya", "mati", "sudah"])
def test_after_words_with_which_no_name_begins_it_does_not(typed: str, index: NameIndex) -> None:
    assert not index.goes_on(key(name_words(typed)))


@pytest.mark.parametrize("begun", ["rumah", "rumah sakit", "merak", "suka"])
def test_a_first_word_that_changes_before_others_may_begin_a_name(begun: str, index: NameIndex) -> None:
    assert index.goes_on(key(name_words(begun)))


def test_a_name_of_everyday_words_is_common_unless_it_has_a_spelling_of_its_own() -> None:
    plain = NameIndex([row("Jalan Mawar", "street")]).exact("mawar")
    own = NameIndex([row("Sukamaju", "kelurahan", aliases=("Suka Maju",))]).exact("sukamaju")
    assert plain[0].common
    assert not own[0].common


def test_a_name_too_short_to_be_told_from_a_word_is_left_out() -> None:
    assert NameIndex([row("Istana Plaza", "landmark", aliases=("IP",))]).exact("ip") == ()


@pytest.mark.parametrize("word", ["jalan", "rusak", "rusaknya", "runtah", "lampuna", "ti", "sampah2", "banjirnya"])
def test_what_people_say_every_day_is_everyday(word: str) -> None:
    assert is_everyday(word)


@pytest.mark.parametrize("word", ["cibaduyut", "antapani", "gedebage", "djuanda"])
def test_names_are_not_everyday(word: str) -> None:
    assert not is_everyday(word)


def test_the_list_of_everyday_words_holds_plain_words_once() -> None:
    words = everyday_words()
    assert len(words) > 8000
    assert all(word.isascii() and word.isalpha() and word == word.lower() for word in words)
