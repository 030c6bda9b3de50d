"""What the words around a mention say about it."""

import pytest

from nlp.places import PlaceFinder
from nlp.places.clues import Relation, ends_of_routes, is_designated, relation_before
from nlp.places.spelling import tokens


@pytest.mark.parametrize(
    ("before", "relation"),
    [
        ("", Relation.PLAIN),
        ("rusak ", Relation.PLAIN),
        ("di ", Relation.AT),
        ("di sekitar ", Relation.AT),
        ("deket ", Relation.NEAR),
        ("caket ", Relation.NEAR),
        ("di depan ", Relation.NEAR),
        ("payuneun ", Relation.NEAR),
        ("tukangeun ", Relation.NEAR),
        ("ti ", Relation.FROM),
        ("dari arah ", Relation.TOWARDS),
        ("jurusan ", Relation.TOWARDS),
        ("di jalan besar dan lebar ", Relation.PLAIN),
        ("jadikan satu arah ", Relation.PLAIN),
        ("melawan arah ", Relation.PLAIN),
        ("macet arah ", Relation.TOWARDS),
    ],
)
def test_the_nearest_cue_tells_the_relation(before: str, relation: Relation) -> None:
    text = before + "Dago"
    assert relation_before(tokens(text), len(before)) is relation


@pytest.mark.parametrize(
    ("text", "kind", "designated"),
    [
        ("jl. dago", "street", True),
        ("gg dago", "street", True),
        ("jl. dago", "kelurahan", False),
        ("kel dago", "kelurahan", True),
        ("kecamatan coblong", "kecamatan", True),
        ("kota cimahi", "kota", True),
        ("dago", "kelurahan", False),
        ("pasar baru", "landmark", False),
    ],
)
def test_a_mention_is_designated_by_the_word_for_its_kind(text: str, kind: str, designated: bool) -> None:
    assert is_designated(tokens(text), 0, kind) is designated


def test_two_areas_joined_by_a_dash_are_a_route_and_two_streets_are_not(finder: PlaceFinder) -> None:
    route, streets = "angkot cibiru - gedebage", "jl. lombok - jl. bali"
    assert len(ends_of_routes(finder.find(route), route)) == 2
    assert ends_of_routes(finder.find(streets), streets) == frozenset()
