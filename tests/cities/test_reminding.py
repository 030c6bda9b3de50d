"""How a city reminds its offices."""

from datetime import time
from pathlib import Path

from cities.city import City
from cities.reminding import Reminding
from tests.cities.small_city import load


def test_a_city_that_says_nothing_reminds_as_usual(tmp_path: Path) -> None:
    assert load(tmp_path).reminding == Reminding()


def test_bandung_says_it_itself(city: City) -> None:
    assert city.reminding.at_percent == (50, 80)
    assert city.reminding.quiet == (time(20), time(6))
    assert 0 < city.reminding.again_least_wh < city.reminding.again_most_wh
