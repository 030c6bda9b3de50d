"""Where a place may lie on either side of a border: streets that go on beyond it, and points within metres of it."""

from collections import defaultdict
from collections.abc import Iterable

from cities.places import Area, PlaceRow
from nlp.places.ground import Ground

GOES_ON_SHARE = 0.15  # of a street's length beyond the border; less of it is seldom meant
APART_M = 300.0  # between the ends of two streets of one name that are one street
OF_THE_CITY_M = 50.0  # what a phone's position is off among houses: another office answers on the other side
OF_A_KELURAHAN_M = 10.0  # borders run along streets; beyond this the point itself is better evidence


class StreetsBeyond:
    """The streets of a city that go on under their name in a neighbour."""

    def __init__(self, rows: Iterable[PlaceRow], city: str, ground: Ground) -> None:
        named: dict[str, list[PlaceRow]] = defaultdict(list)
        for row in rows:
            if row.kind == "street":
                named[row.name].append(row)
        self._found = {
            (row.name, row.kota_kab): tuple(other for other in streets if _goes_on(ground, row, other))
            for streets in named.values()
            if len(streets) > 1
            for row in streets
            if row.kota_kab == city
        }

    def of(self, name: str, kota_kab: str | None) -> tuple[PlaceRow, ...]:
        """The rows of the same street beyond the border, longest first."""
        return tuple(sorted(self._found.get((name, kota_kab or ""), ()), key=lambda row: -(row.precision_m or 0.0)))


def areas_beside(ground: Ground, city: str, lat: float, lon: float) -> tuple[Area, ...]:
    """The areas beyond a border within metres of a point, nearest first, where the city is on at least one side of it."""
    near = ground.areas_near(lat, lon, OF_THE_CITY_M)
    here = ground.area_at(lat, lon) if len(near) > 1 else None
    if here is None:
        return ()
    return tuple(
        area
        for area, metres in near
        if area is not here
        and city in (area.kota_kab, here.kota_kab)
        and (area.kota_kab != here.kota_kab or metres <= OF_A_KELURAHAN_M)
    )


def _goes_on(ground: Ground, row: PlaceRow, other: PlaceRow) -> bool:
    """Whether the other is the same street, beyond the border, and long enough to be meant."""
    if other.kota_kab == row.kota_kab or row.lat is None or row.lon is None or other.lat is None or other.lon is None:
        return False
    long, beyond = row.precision_m or 0.0, other.precision_m or 0.0
    apart = ground.apart((row.lat, row.lon), (other.lat, other.lon))
    return beyond >= GOES_ON_SHARE * (long + beyond) and apart <= long + beyond + APART_M
