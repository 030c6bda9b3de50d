"""When one name belongs to several places: how likely each is meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from cities.places import PlaceRow
from nlp.places.index import Match

# How often a bare name means a place of this kind, by our own reading of complaints; only their ratios matter.
_BARE = {
    "kota": 0.9,
    "kecamatan": 0.9,
    "kelurahan": 0.8,
    "landmark": 0.8,
    "intersection": 0.7,
    "street": 0.8,
    "stop": 0.3,
}
_BESIDE_AN_AREA = {"street": 0.35, "landmark": 0.5, "stop": 0.1}  # when an area has the same name
_OUTSIDE = 0.25  # a place beyond the border, when one within has the same name
_OUTSIDE_DESIGNATED = 0.12  # the same after "kelurahan": who writes to the city's office mostly lives in the city
_WRONG_KIND = 0.1  # after "kelurahan" or "jalan"
_NAMESAKES = {"jalan": 0.65, "gang": 0.45}  # "gang mawar": the gazetteer knows one, the city has more
_UNLISTED = 0.9  # a short street of any other name: the gazetteer does not know all streets
_OTHER_SORT = 0.6  # "gang sukamaju" when only Jalan Sukamaju is known
_SHORT_M = 300.0  # half the length of a street that may have namesakes
_BEYOND = {"street": 0.4, "landmark": 0.9}  # known only beyond the border: the city may have one too
_SHORT_VILLAGE, _SHORT_VILLAGE_MEANT = 6, 0.45  # letters: "bojong" alone is most likely some other Bojong
_UNCUED = 0.9  # no word before it says that a place comes


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place and the probability that it is the one meant."""

    row: PlaceRow
    probability: float


def weigh(matches: Iterable[Match], designator: str, city: str, cued: bool) -> tuple[Weighed, ...]:
    """The places of one mention, likeliest first. Their probabilities leave room for a place that nobody has listed."""
    listed = _without_villages_of_the_same_name(list(matches), city, designator)
    if not listed:
        return ()
    areas = any(
        match.row.kind == "kota" or (match.row.kind in ("kelurahan", "kecamatan") and match.row.kota_kab == city)
        for match in listed
    )
    inside = any(match.row.kota_kab == city for match in listed)
    weights = [match.likeness * _weight(match.row, designator, city, areas, inside) for match in listed]
    total, best = sum(weights), max(match.likeness * _certainty(match, designator, city) for match in listed)
    if not cued and not inside and all(_is_short_village(match.row) for match in listed):
        best = min(best, _SHORT_VILLAGE_MEANT)
    sure = best * (1.0 if cued else _UNCUED)
    found = [Weighed(match.row, weight / total * sure) for match, weight in zip(listed, weights, strict=True)]
    return tuple(sorted(found, key=lambda each: -each.probability))


def _without_villages_of_the_same_name(matches: list[Match], city: str, designator: str) -> list[Match]:
    """Beyond the border a kecamatan and its village of the same name are one place to us."""
    if designator == "kelurahan":
        return matches
    kecamatan = {(m.row.name, m.row.kota_kab) for m in matches if m.row.kind == "kecamatan" and m.row.kota_kab != city}
    return [m for m in matches if m.row.kind != "kelurahan" or (m.row.kecamatan, m.row.kota_kab) not in kecamatan]


def _is_short_village(row: PlaceRow) -> bool:
    return row.kind == "kelurahan" and len(row.name) <= _SHORT_VILLAGE


def _certainty(match: Match, designator: str, city: str) -> float:
    """How likely it is that no place is meant which the gazetteer does not have."""
    row = match.row
    sort = "gang" if row.name.startswith("Gang ") else "jalan"
    if row.kind == "street" and designator in _NAMESAKES and designator != sort:
        return _OTHER_SORT if row.kota_kab == city else min(_OTHER_SORT, _BEYOND["street"])
    if row.kota_kab != city:
        return _BEYOND.get(row.kind, 1.0)
    short = (row.precision_m or 0.0) <= _SHORT_M and len(row.crosses) < 2
    if row.kind == "street" and short:
        return _NAMESAKES[sort] if match.common else _UNLISTED
    return 1.0


def _weight(row: PlaceRow, designator: str, city: str, areas: bool, inside: bool) -> float:
    weight = _BARE[row.kind]
    if designator == "gang":
        weight = 1.0 if row.name.startswith("Gang ") else 0.3
    elif designator == "jalan":
        weight = 1.0 if not row.name.startswith("Gang ") else 0.2
    elif designator in ("kelurahan", "kecamatan", "kota", "simpang"):
        wanted = "intersection" if designator == "simpang" else designator
        weight = 1.0 if row.kind == wanted else _WRONG_KIND
    elif areas:
        weight = _BESIDE_AN_AREA.get(row.kind, weight)
    if inside and row.kota_kab != city and row.kind != "kota":
        weight *= _OUTSIDE_DESIGNATED if designator == row.kind else _OUTSIDE
    return weight
