"""One finder for all tests of places: reading the gazetteer takes a moment, and nothing changes it."""

import pytest

from cities.loading import load_city
from cities.places import Gazetteer, load_gazetteer
from nlp.places import PlaceFinder


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer(load_city("bandung"))


@pytest.fixture(scope="session")
def finder(gazetteer: Gazetteer) -> PlaceFinder:
    return PlaceFinder(gazetteer)
