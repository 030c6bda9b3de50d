"""Agencies that somebody means: by id, short name, full name or a name they had before."""

import re
from collections.abc import Iterator
from functools import cache

from bot.dialogue.words import plain
from cities.agencies import Agency
from cities.city import City

MOST = 5


def agencies_in(text: str, city: City, *, outside: bool = False) -> tuple[str, ...]:
    """The agencies inside the city (or ``outside`` it) that a short text names, best first.

    A name that is written out whole beats a part of one.
    """
    said = plain(text.replace("_", " "))
    if not said:
        return ()
    inside = [agency for agency in city.agencies.values() if agency.inside_city is not outside]
    exact = [agency.id for agency in inside if any(_stands_in(name, said) for name in _names(agency))]
    if exact:
        return tuple(exact[:MOST])
    return tuple(agency.id for agency in inside if any(said in name for name in _names(agency)))[:MOST]


def _names(agency: Agency) -> Iterator[str]:
    for name in (agency.id.replace("_", " "), agency.short, agency.name, *agency.aliases):
        yield plain(name)


def _stands_in(name: str, said: str) -> bool:
    return bool(_whole(name).search(said))


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
