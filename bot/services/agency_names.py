"""Agencies that somebody means: by id, short name, full name or a name they had before."""

import re
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


@cache
def _names(agency: Agency) -> tuple[str, ...]:
    return tuple(plain(name) for name in (agency.id.replace("_", " "), agency.short, agency.name, *agency.aliases))


def _stands_in(name: str, said: str) -> bool:
    return bool(_whole(name).search(said))


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


JOINING = frozenset("ke ka kepada dan sareng serta and to".split())


def owners_in(text: str, city: City) -> tuple[tuple[str, ...], str]:
    """The agencies of the city with which a text begins ("dishub, dpkp karena ..."), in its order, and the words behind them."""
    words = text.replace(",", " ").replace("&", " ").replace("+", " ").split()
    spelt = [plain(word.replace("_", " ")) for word in words]
    named = sorted(_inside_names(city), key=lambda pair: -len(pair[0].split()))
    found, at = list[str](), 0
    while at < len(words):
        match = next(((name, id_) for name, id_ in named if _begins(" ".join(spelt[at:]), name)), None)
        if match is None and spelt[at] not in JOINING:
            break
        if match:
            found.append(match[1])
        at += _words_of(spelt[at:], match[0]) if match else 1
    return tuple(dict.fromkeys(found)), " ".join(words[at:]).strip(" .:-–")


def _inside_names(city: City) -> list[tuple[str, str]]:
    inside = [agency for agency in city.agencies.values() if agency.inside_city]
    return [(name, agency.id) for agency in inside for name in _names(agency)]


def _begins(said: str, name: str) -> bool:
    return said == name or said.startswith(f"{name} ")


def _words_of(spelt: list[str], name: str) -> int:
    """How many of the words the name takes up."""
    return next(count for count in range(1, len(spelt) + 1) if _begins(" ".join(spelt[:count]), name))
