"""How well two mentions go together, and what one of them says about where in the other the trouble is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cities.places import PlaceRow
from nlp.places.clues import Clue
from nlp.places.ground import Ground
from nlp.places.weighing import Weighed

POINT_M = 500.0  # a place known less precisely than this has no point
FITS_M, NEAR_M, DOUBTFUL_M = 600.0, 1500.0, 2500.0  # how far apart things said to be near each other may be
NEARBY = 0.9  # what is left of a reading whose landmark is nearer than NEAR_M
UNSURE = 0.6  # of a reading that may or may not fit
STRETCHED = 0.5  # of a reading in another kelurahan of the same kecamatan
FAR = 0.12  # of a reading that contradicts another mention

Shares = Mapping[str | None, float]
"""The kelurahan that a place may be in, with probabilities; None for one that is not known."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One place that is meant, perhaps, the kelurahan it may be in, and the point if it is known well enough."""

    row: PlaceRow
    probability: float
    kelurahan: Shares
    point: tuple[float, float] | None


class Fitting:
    """Compares places by areas and distances."""

    def __init__(self, ground: Ground, rows: Iterable[PlaceRow], city: str) -> None:
        self._ground, self._city = ground, city
        own = (row for row in rows if row.kind == "kelurahan" and row.kota_kab == city)
        self._kecamatan_of = {row.name: row.kecamatan for row in own}

    def reading(self, weighed: Weighed, others: Sequence[Clue]) -> Reading:
        """A place of one mention in the light of the other mentions."""
        reading = Reading(weighed.row, weighed.probability, _kelurahan(weighed.row), point_of(weighed.row))
        for clue in others:
            reading = self._in_light_of(clue, reading)
        return reading

    def kecamatan(self, row: PlaceRow, kelurahan: str | None) -> str | None:
        """The kecamatan of a place, given the kelurahan in which it is."""
        if kelurahan is None or kelurahan == row.kelurahan or row.kota_kab != self._city:
            return row.kecamatan
        return self._kecamatan_of.get(kelurahan)

    def one_spot(self, first: Reading, second: Reading, within_m: float) -> bool:
        """Whether two readings are one place under two names."""
        if first.point and second.point:
            return self._ground.apart(first.point, second.point) <= within_m
        return first.kelurahan == second.kelurahan and first.row.kecamatan == second.row.kecamatan

    def _in_light_of(self, clue: Clue, reading: Reading) -> Reading:
        """The reading after the place of `clue` that fits it best has had its say."""
        best, strongest = reading, FAR
        for other in clue.places:
            fits, narrowed = self._beside(reading, other.row, clue.designated)
            strength = 1 - other.probability + other.probability * fits
            if strength > strongest:
                best, strongest = narrowed, strength
        return Reading(best.row, reading.probability * strongest, best.kelurahan, best.point)

    def _beside(self, reading: Reading, other: PlaceRow, designated: bool) -> tuple[float, Reading]:
        row = reading.row
        if other.kota_kab != row.kota_kab:
            return (UNSURE if other.kind == "kota" else FAR), reading
        if other.kind == "kota" or other is row:
            return 1.0, reading
        if other.kind == "kecamatan":
            return self._within_kecamatan(reading, other.name)
        if other.kind == "kelurahan":
            return self._within_kelurahan(reading, other, designated)
        return self._near(reading, other)

    def _within_kecamatan(self, reading: Reading, kecamatan: str) -> tuple[float, Reading]:
        row = reading.row
        if row.kind == "kecamatan":
            return (1.0 if row.name == kecamatan else FAR), reading
        inside: Shares = {
            a: share for a, share in reading.kelurahan.items() if a and self.kecamatan(row, a) == kecamatan
        }
        if inside:
            return 1.0, _in(reading, inside)
        unknown = None in reading.kelurahan and row.kecamatan in (None, kecamatan)
        return (UNSURE if unknown else FAR), reading

    def _within_kelurahan(self, reading: Reading, other: PlaceRow, designated: bool) -> tuple[float, Reading]:
        row = reading.row
        if other.name in reading.kelurahan:
            return 1.0, _in(reading, {other.name: 1.0})
        unknown = None in reading.kelurahan and row.kecamatan in (None, other.kecamatan)
        neighbour = other.kecamatan in self._kecamatan_set(reading)
        if designated and row.kind not in ("kelurahan", "kecamatan", "kota") and (unknown or neighbour):
            return NEARBY, _in(reading, {other.name: 1.0})
        return (UNSURE if unknown else STRETCHED if neighbour else FAR), reading

    def _near(self, reading: Reading, other: PlaceRow) -> tuple[float, Reading]:
        """A street beside a landmark: its nearest part is meant. Two landmarks: they must be neighbours."""
        row, there = reading.row, point_of(other)
        if there and row.kind == "street" and (nearest := self._ground.nearest_on(row.name, *there)):
            fits = _nearness(nearest.metres)
            return fits, self._on_street(reading, nearest.lat, nearest.lon) if fits == 1.0 else reading
        if there and row.lat is not None and row.lon is not None:
            apart = self._ground.apart((row.lat, row.lon), there)
            return _nearness(max(0.0, apart - (row.precision_m or 0.0))), reading
        common: Shares = {
            area: share for area, share in reading.kelurahan.items() if area and area in _kelurahan(other)
        }
        if common:
            return 1.0, _in(reading, common)
        beside = Reading(other, 1.0, _kelurahan(other), None)
        return (UNSURE if self._kecamatan_set(reading) & self._kecamatan_set(beside) else FAR), reading

    def _on_street(self, reading: Reading, lat: float, lon: float) -> Reading:
        area = self._ground.area_at(lat, lon)
        known = area is not None and area.kota_kab == self._city
        kelurahan: Shares = {area.name: 1.0} if area is not None and known else reading.kelurahan
        return Reading(reading.row, reading.probability, kelurahan, (lat, lon))

    def _kecamatan_set(self, reading: Reading) -> set[str | None]:
        return {self.kecamatan(reading.row, area) for area in reading.kelurahan} - {None}


def point_of(row: PlaceRow) -> tuple[float, float] | None:
    """Latitude and longitude, if they are right to POINT_M metres."""
    if row.lat is None or row.lon is None or row.precision_m is None or row.precision_m > POINT_M:
        return None
    return row.lat, row.lon


def _kelurahan(row: PlaceRow) -> Shares:
    if row.kelurahan:
        return {row.kelurahan: 1.0}
    return _normal(dict(row.crosses)) if row.crosses else {None: 1.0}


def _in(reading: Reading, kelurahan: Shares) -> Reading:
    return Reading(reading.row, reading.probability, _normal(kelurahan), reading.point)


def _normal(shares: Shares) -> Shares:
    total = sum(shares.values())
    return {area: share / total for area, share in shares.items()}


def _nearness(metres: float) -> float:
    for limit, fits in ((FITS_M, 1.0), (NEAR_M, NEARBY), (DOUBTFUL_M, UNSURE)):
        if metres <= limit:
            return fits
    return FAR
