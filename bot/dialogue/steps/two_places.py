"""A point on the map and a place in words that are not the same: both are kept until the citizen says which one it is."""

import math

from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.turn import Scene

APART_M = 1000.0  # a point farther from a place named in words is another place, or one of the two is a mistake
METRES_A_DEGREE = 111_320.0


def disagree(pin: PlaceFound, named: PlaceFound) -> bool:
    """Whether the point lies elsewhere than the place in words: by distance where both are points, else by area.

    A street without a point may run through several kelurahan, so only its kecamatan counts.
    """
    if pin.lat is not None and pin.lon is not None and named.lat is not None and named.lon is not None:
        return apart_m((pin.lat, pin.lon), (named.lat, named.lon)) > APART_M
    if pin.name == named.name and pin.kota_kab == named.kota_kab:
        return False
    finest = ("kota_kab", "kecamatan") if named.kind == "street" else ("kota_kab", "kecamatan", "kelurahan")
    return any(_differ(getattr(pin, part), getattr(named, part)) for part in finest)


def apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points near each other, given as latitude and longitude (exact enough within a city)."""
    north = (one[0] - other[0]) * METRES_A_DEGREE
    east = (one[1] - other[1]) * METRES_A_DEGREE * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def with_both(scene: Scene, pin: PlaceFound, named: PlaceFound, said: str) -> Scene:
    """The draft with the point and the place in words to choose from; until then the point is where the report is."""
    return scene.with_draft(
        place=pin, place_options=(pin, named), place_words=said, place_settled=False, similar_settled=False
    )


def at_point(scene: Scene, pin: PlaceFound, beside: tuple[PlaceFound, ...], named: PlaceFound | None = None) -> Scene:
    """The draft at a point on the map; at one beside a border, where the words do not contradict both of its sides."""
    if beside and (named is None or left_by(named, (pin, *beside))):
        return at_border(scene, pin, beside, named)
    return scene.with_draft(place=pin, place_options=(), place_settled=True, similar_settled=False)


def at_border(scene: Scene, pin: PlaceFound, beside: tuple[PlaceFound, ...], named: PlaceFound | None) -> Scene:
    """The draft at a point within metres of a border: what the words leave of its two sides, and both where they tell nothing."""
    left = left_by(named, (pin, *beside)) if named else (pin, *beside)
    here, options = left[0], left if len(left) > 1 else ()
    return scene.with_draft(place=here, place_options=options, place_settled=not options, similar_settled=False)


def left_by(named: PlaceFound, points: tuple[PlaceFound, ...]) -> tuple[PlaceFound, ...]:
    """Those of some points that do not contradict a place in words; perhaps none."""
    parts = ("kota_kab", "kecamatan", "kelurahan")
    return tuple(
        point for point in points if not any(_differ(getattr(point, part), getattr(named, part)) for part in parts)
    )


def picked(scene: Scene, place: PlaceFound) -> Scene:
    """The draft at the place chosen. A point that was not chosen stays beside the citizen's words."""
    pin = next((each for each in scene.draft.place_options if each.kind == "pin" and each != place), None)
    said = scene.draft.place_words
    if pin is not None and place.kind != "pin" and pin.lat is not None and pin.lon is not None:
        said = f"{said} ({pin.lat:.5f}, {pin.lon:.5f})".strip()
    return scene.with_draft(place=place, place_options=(), place_words=said, place_settled=True)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
