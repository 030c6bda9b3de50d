"""The lie of the land: which area a point is in, which street is nearest, and where on a street a landmark stands."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from shapely import MultiLineString, Point, STRtree, transform
from shapely.ops import nearest_points

from cities.places import Area, Gazetteer, StreetLine

METRES_A_DEGREE = 111_320.0
GAP_M = 60.0  # polygons of neighbours were simplified apart; a point in the gap belongs to the nearest


@dataclass(frozen=True, slots=True)
class OnStreet:
    """A spot on a street: where, how many metres from the point asked for, and the line there."""

    lat: float
    lon: float
    metres: float
    line: StreetLine


class Ground:
    """Polygons and street lines of a gazetteer, on a plane whose unit is the metre (exact enough for a city)."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        own = gazetteer.kelurahan
        self.areas: tuple[Area, ...] = (*own, *gazetteer.neighbours)
        self._middle = own[0].polygon.centroid.y if own else 0.0
        self._stretch = np.array([METRES_A_DEGREE * math.cos(math.radians(self._middle)), METRES_A_DEGREE])
        self._flat_areas = [self._flat(area.polygon) for area in self.areas]
        self._area_tree = STRtree(self._flat_areas)
        self._kota = gazetteer.kota
        self._kota_tree = STRtree([self._flat(area.polygon) for area in gazetteer.kota])
        self.lines: tuple[StreetLine, ...] = gazetteer.street_lines
        self._flat_lines: list[MultiLineString] = [self._flat(line.line) for line in self.lines]
        self._line_tree = STRtree(self._flat_lines)
        self._of_street: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            self._of_street[line.name].append(number)

    def area_at(self, lat: float, lon: float) -> Area | None:
        """The kelurahan or neighbouring village there; on a border the city's own, and of two the first in the file."""
        return self._at(self._area_tree, self.areas, lat, lon)

    def areas_near(self, lat: float, lon: float, within_m: float) -> list[tuple[Area, float]]:
        """The areas not farther than `within_m` metres, with how far they are, nearest first."""
        here = self._point(lat, lon)
        found = self._area_tree.query(here, predicate="dwithin", distance=within_m)
        near = sorted((float(self._flat_areas[number].distance(here)), int(number)) for number in found)
        return [(self.areas[number], metres) for metres, number in near]

    def kota_at(self, lat: float, lon: float) -> Area | None:
        """The kota or kabupaten there, for points farther out than the villages are drawn."""
        return self._at(self._kota_tree, self._kota, lat, lon)

    def street_at(self, lat: float, lon: float, within_m: float) -> StreetLine | None:
        """The nearest street not farther than `within_m` metres; of ways side by side the one whose keeper is known."""
        here = self._point(lat, lon)
        found = self._line_tree.query(here, predicate="dwithin", distance=within_m)
        if not len(found):
            return None
        nearest = min(self._flat_lines[number].distance(here) for number in found)
        beside = [number for number in found if self._flat_lines[number].distance(here) <= nearest + 1.0]
        return self.lines[min(beside, key=lambda number: (self.lines[number].authority is None, number))]

    def nearest_on(self, street: str, lat: float, lon: float) -> OnStreet | None:
        """Where `street` passes nearest to a point; None for a street without lines."""
        here = self._point(lat, lon)
        numbers = self._of_street.get(street)
        if not numbers:
            return None
        number = min(numbers, key=lambda each: self._flat_lines[each].distance(here))
        there = nearest_points(self._flat_lines[number], here)[0]
        lon_there, lat_there = there.x / self._stretch[0], there.y / self._stretch[1]
        return OnStreet(float(lat_there), float(lon_there), float(there.distance(here)), self.lines[number])

    def apart(self, first: tuple[float, float], second: tuple[float, float]) -> float:
        """Metres between two points given as (latitude, longitude)."""
        east, north = self._stretch
        return math.hypot((first[0] - second[0]) * north, (first[1] - second[1]) * east)

    def _at(self, tree: STRtree, areas: Iterable[Area], lat: float, lon: float) -> Area | None:
        here = self._point(lat, lon)
        found = tree.query(here, predicate="intersects")
        if not len(found):
            found = tree.query_nearest(here, max_distance=GAP_M)
        return tuple(areas)[min(found)] if len(found) else None

    def _point(self, lat: float, lon: float) -> Point:
        return Point(lon * self._stretch[0], lat * self._stretch[1])

    def _flat(self, geometry: MultiLineString) -> MultiLineString:
        return transform(geometry, lambda points: points * self._stretch)
