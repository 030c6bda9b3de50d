"""Whether two messages tell one problem: by kind, by place, and by their words."""

from collections.abc import Callable

from bot.dialogue import where_words, words
from bot.dialogue.batches.echoes import without_own_place
from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.session import Draft
from bot.dialogue.steps.two_places import apart_m
from cities.city import City

Alike = Callable[[str, str], float]
NEAR_M = 150.0  # one place in two people's words: landmarks and streets are points only roughly
FAR_M = 400.0
MISREAD = 0.3  # as of likeness to open reports: words so much alike are one problem, though read as two kinds
PLACELESS = 0.3  # the same kind of problem, and one of the two says nothing about where
BOTH_PLACELESS = 0.5
BOTH_PLACED = 0.45  # the same kind of problem at two places of which nobody knows whether they are one
DIFFERENT_SUB = 0.2
WIDE = frozenset({"kelurahan", "kecamatan", "kota"})


def same_problem(city: City, one: Draft, other: Draft, alike: Alike) -> bool:
    """Whether these are one problem told twice. Two places that are surely apart are two problems."""
    if words.plain(one.description) == words.plain(other.description) and one.description:
        return True
    if not one.description or not other.description:
        return False
    near = nearness(one.place, other.place)
    if near == "far" or (one.danger != other.danger and near != "near"):
        return False
    if one.danger != other.danger:
        return alike(_without_place(one), _without_place(other)) >= MISREAD
    kin = one.category == other.category
    placeless = [not placed(draft) for draft in (one, other)]
    if kin and near == "near":
        told = one.sub_category and other.sub_category and one.sub_category != other.sub_category
        return not told or alike(one.description, other.description) >= DIFFERENT_SUB
    if near == "near":  # the place that both name makes them no more alike
        return alike(_without_place(one), _without_place(other)) >= MISREAD
    if not kin:
        return False
    enough = BOTH_PLACED if not any(placeless) else BOTH_PLACELESS if all(placeless) else PLACELESS
    return alike(one.description, other.description) >= enough


def _without_place(draft: Draft) -> str:
    where = set(words.plain(draft.place_words).split()) | where_words.OF_A_PLACE
    return " ".join(word for word in words.plain(draft.description).split() if word not in where)


def placed(draft: Draft) -> bool:
    """Whether the words say anything about where, known to a map or not."""
    return bool(draft.place or draft.place_options or draft.place_words) or where_words.points_closer(
        without_own_place(draft.description)
    )


def nearness(one: PlaceFound | None, other: PlaceFound | None) -> str:
    """ "near", "far", or "" where that cannot be told."""
    if one is None or other is None:
        return ""
    if one.name and one.name == other.name and _agree(one.kelurahan, other.kelurahan):
        return "" if one.kind in WIDE else "near"
    if _core(one.name) == _core(other.name) and _core(one.name):
        return ""  # a street and the area of its name
    metres = distance_m(one, other)
    if metres is not None:
        return "near" if metres <= NEAR_M else "far" if metres > FAR_M else ""
    return (
        ""
        if _agree(one.kelurahan, other.kelurahan)
        and _agree(one.kecamatan, other.kecamatan)
        and (one.kind in WIDE or other.kind in WIDE)
        else "far"
    )


def distance_m(one: PlaceFound, other: PlaceFound) -> float | None:
    """Metres between two places; None where one of them is no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return apart_m((one.lat, one.lon), (other.lat, other.lon))


def _core(name: str) -> str:
    return "".join(word for word in words.plain(name).split() if word not in ("jalan", "jl", "kelurahan", "kecamatan"))


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other
