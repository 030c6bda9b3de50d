"""From several mentions to one place: the most precise one says where, the others say which of its readings is meant.

Each mention may mean several places. Those that fit the other mentions gain weight, those that do not fit lose it. What
the readings that are left agree on is said; what they do not agree on is left open; when nothing is left, no place is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cities.places import PlaceRow
from nlp.places.clues import Clue, Relation
from nlp.places.ground import Ground
from nlp.places.weighing import Weighed
from nlp.understanding import Place

SAY = 0.65  # share of the readings that must agree on an area before it is said
NAME = 0.6  # share of one reading before its name is said
PLACE = 0.45  # confidence below which no place is said
POINT_M = 500.0  # a place known less precisely than this gets no point
SAME_SPOT_M = 400.0  # two points nearer than this are one place under two names
FITS_M, NEAR_M, DOUBTFUL_M = 600.0, 1500.0, 2500.0  # how far apart things said to be near each other may be
NEARBY = 0.9  # what is left of a reading whose landmark is nearer than NEAR_M
UNSURE = 0.6  # of a reading that may or may not fit
FAR = 0.12  # of a reading that contradicts another mention
SUPPORTED = 0.85  # probability of a name that is seldom meant, once another mention says that it is

_PRECISION = {"intersection": 5, "street": 4, "landmark": 3, "stop": 3, "kelurahan": 2, "kecamatan": 1, "kota": 0}
_TRUST = {Relation.AT: 1.0, Relation.NEAR: 0.8, Relation.FROM: 0.75, Relation.TOWARDS: 0.6}


@dataclass(frozen=True, slots=True)
class Reading:
    """One place that is meant, perhaps, with the kelurahan it may be in and their probabilities."""

    row: PlaceRow
    probability: float
    kelurahan: tuple[tuple[str | None, float], ...]
    point: tuple[float, float] | None


class Fuser:
    """Fuses clues by areas and distances. `kecamatan_of` knows the city's kelurahan."""

    def __init__(self, ground: Ground, rows: Iterable[PlaceRow], city: str) -> None:
        self._ground, self._city = ground, city
        self._kecamatan_of = {
            row.name: row.kecamatan for row in rows if row.kind == "kelurahan" and row.kota_kab == city
        }

    def fuse(self, clues: Sequence[Clue]) -> Place | None:
        """The place that the clues are about, or None when they leave it open."""
        usable = [clue for clue in clues if clue.places]
        if not usable:
            return None
        main = max(usable, key=lambda clue: (clue.relation.directness, _precision(clue), clue.sure))
        others = [clue for clue in usable if clue is not main and self._says_where(clue)]
        readings = [self._reading(weighed, others) for weighed in main.places]
        total = sum(reading.probability for reading in readings)
        if not total:
            return None
        before = sum(weighed.probability for weighed in main.places)
        fit = max(
            reading.probability / weighed.probability for reading, weighed in zip(readings, main.places, strict=True)
        )
        readings = [replace(reading, probability=reading.probability / total) for reading in readings]
        return self._place(readings, before * _TRUST[main.relation] * max(fit, UNSURE))

    def _says_where(self, clue: Clue) -> bool:
        return clue.relation in (Relation.AT, Relation.NEAR) or clue.designated

    def _reading(self, weighed: Weighed, others: Sequence[Clue]) -> Reading:
        row, probability = weighed.row, weighed.probability
        kelurahan = dict(self._kelurahan(row))
        point = _point(row)
        for clue in others:
            fits, narrowed, spot = self._against(row, kelurahan, clue)
            probability *= fits
            kelurahan = narrowed
            point = spot or point
        return Reading(row, probability, tuple(kelurahan.items()), point)

    def _against(
        self, row: PlaceRow, kelurahan: dict[str | None, float], clue: Clue
    ) -> tuple[float, dict[str | None, float], tuple[float, float] | None]:
        """How well a reading fits another clue, the kelurahan it leaves, and the spot on a street it points to."""
        best: tuple[float, dict[str | None, float], tuple[float, float] | None] = (FAR, kelurahan, None)
        for other in clue.places:
            fits, narrowed, spot = self._beside(row, kelurahan, other.row, clue)
            strength = 1 - other.probability + other.probability * fits
            if strength > best[0]:
                best = (strength, narrowed, spot)
        return best

    def _beside(
        self, row: PlaceRow, kelurahan: dict[str | None, float], other: PlaceRow, clue: Clue
    ) -> tuple[float, dict[str | None, float], tuple[float, float] | None]:
        if other.kota_kab != row.kota_kab:
            return (UNSURE if other.kind == "kota" else FAR), kelurahan, None
        if other.kind == "kota" or other is row:
            return 1.0, kelurahan, None
        if other.kind == "kecamatan":
            return self._within_kecamatan(row, kelurahan, other.name)
        if other.kind == "kelurahan":
            return self._within_kelurahan(row, kelurahan, other, clue)
        return self._near(row, kelurahan, other)

    def _within_kecamatan(
        self, row: PlaceRow, kelurahan: dict[str | None, float], kecamatan: str
    ) -> tuple[float, dict[str | None, float], None]:
        if row.kind == "kecamatan":
            return (1.0 if row.name == kecamatan else FAR), kelurahan, None
        inside: dict[str | None, float] = {
            area: share for area, share in kelurahan.items() if area and self._kecamatan(row, area) == kecamatan
        }
        if inside:
            return 1.0, _normal(inside), None
        unknown = None in kelurahan and row.kecamatan in (None, kecamatan)
        return (UNSURE if unknown else FAR), kelurahan, None

    def _within_kelurahan(
        self, row: PlaceRow, kelurahan: dict[str | None, float], other: PlaceRow, clue: Clue
    ) -> tuple[float, dict[str | None, float], None]:
        if other.name in kelurahan:
            return 1.0, {other.name: 1.0}, None
        same = other.kecamatan in self._kecamatan_set(row, kelurahan)
        if clue.designated and row.kind in ("street", "landmark", "stop"):
            return (0.9 if same or None in kelurahan else 0.5), {other.name: 1.0}, None
        if None in kelurahan and row.kecamatan in (None, other.kecamatan):
            return UNSURE, kelurahan, None
        return (0.5 if same else FAR), kelurahan, None

    def _near(
        self, row: PlaceRow, kelurahan: dict[str | None, float], other: PlaceRow
    ) -> tuple[float, dict[str | None, float], tuple[float, float] | None]:
        """A street beside a landmark: the nearest part of the street is meant. Two landmarks: they must be neighbours."""
        there = _point(other)
        if there and row.kind == "street" and (nearest := self._ground.nearest_on(row.name, *there)):
            lat, lon, metres, _ = nearest
            if metres <= FITS_M:
                area = self._ground.area_at(lat, lon)
                narrowed: dict[str | None, float] = (
                    {area.name: 1.0} if area and area.kota_kab == self._city else kelurahan
                )
                return 1.0, narrowed, (lat, lon)
            return _nearness(metres), kelurahan, None
        here = (row.lat, row.lon)
        if there and here[0] is not None and here[1] is not None:
            metres = max(0.0, self._ground.apart((here[0], here[1]), there) - (row.precision_m or 0.0))
            return _nearness(metres), kelurahan, None
        common = set(kelurahan) & {area for area, _ in self._kelurahan(other)} - {None}
        if common:
            return 1.0, _normal({area: kelurahan[area] for area in common}), None
        shared = self._kecamatan_set(row, kelurahan) & self._kecamatan_set(other, dict(self._kelurahan(other)))
        return (UNSURE if shared else FAR), kelurahan, None

    def _kelurahan(self, row: PlaceRow) -> tuple[tuple[str | None, float], ...]:
        if row.kelurahan:
            return ((row.kelurahan, 1.0),)
        if row.crosses:
            total = sum(share for _, share in row.crosses)
            return tuple((area, share / total) for area, share in row.crosses)
        return ((None, 1.0),)

    def _kecamatan(self, row: PlaceRow, kelurahan: str | None) -> str | None:
        if kelurahan is None or kelurahan == row.kelurahan or row.kota_kab != self._city:
            return row.kecamatan
        return self._kecamatan_of.get(kelurahan)

    def _kecamatan_set(self, row: PlaceRow, kelurahan: dict[str | None, float]) -> set[str | None]:
        return {self._kecamatan(row, area) for area in kelurahan} - {None}

    def _place(self, readings: Sequence[Reading], confidence: float) -> Place | None:
        best = max(readings, key=lambda reading: reading.probability)
        kota_kab, certain = _agreed((reading.row.kota_kab, reading.probability) for reading in readings)
        if kota_kab is None or certain < SAY:
            return None
        within = [reading for reading in readings if reading.row.kota_kab == kota_kab]
        kelurahan, sure = _agreed((area, r.probability * share) for r in within for area, share in r.kelurahan)
        kecamatan, fairly = _agreed(
            (self._kecamatan(r.row, area), r.probability * share) for r in within for area, share in r.kelurahan
        )
        kelurahan = kelurahan if sure >= SAY else None
        kecamatan = kecamatan if fairly >= SAY else None
        named = best.probability >= NAME
        if kelurahan:
            agreement = sure
        elif kecamatan:
            agreement = fairly
        elif kota_kab != self._city:
            agreement = certain
        elif named and best.row.kind != "kota":
            agreement = best.probability
        else:
            return None
        if confidence * agreement < PLACE:
            return None
        if not named:
            kind = "kelurahan" if kelurahan else "kecamatan" if kecamatan else "kota"
            name = kelurahan or kecamatan or kota_kab
            return Place(name, kind, kelurahan, kecamatan, kota_kab, confidence=min(1.0, confidence * agreement))
        return self._named(best, kelurahan, kecamatan, confidence * agreement)

    def _named(self, reading: Reading, kelurahan: str | None, kecamatan: str | None, confidence: float) -> Place:
        row = reading.row
        authority, basis = row.authority, row.authority_basis or "unknown"
        if row.kind == "street" and reading.point and (nearest := self._ground.nearest_on(row.name, *reading.point)):
            authority, basis = nearest[3].authority, nearest[3].authority_basis
        return Place(
            name=row.name,
            kind=row.kind,
            kelurahan=kelurahan,
            kecamatan=kecamatan,
            kota_kab=row.kota_kab,
            lat=round(reading.point[0], 6) if reading.point else None,
            lon=round(reading.point[1], 6) if reading.point else None,
            authority=authority,
            authority_basis=basis,
            confidence=min(1.0, confidence),
        )


def _precision(clue: Clue) -> int:
    return _PRECISION[clue.places[0].row.kind]


def _point(row: PlaceRow) -> tuple[float, float] | None:
    if row.lat is None or row.lon is None or row.precision_m is None or row.precision_m > POINT_M:
        return None
    return row.lat, row.lon


def _nearness(metres: float) -> float:
    for limit, fits in ((FITS_M, 1.0), (NEAR_M, NEARBY), (DOUBTFUL_M, UNSURE)):
        if metres <= limit:
            return fits
    return FAR


def _normal(shares: dict[str | None, float]) -> dict[str | None, float]:
    total = sum(shares.values())
    return {area: share / total for area, share in shares.items()}


def _agreed(shares: Iterable[tuple[str | None, float]]) -> tuple[str | None, float]:
    """What most of the weight is on, and its share of all weight."""
    found: dict[str | None, float] = defaultdict(float)
    for value, weight in shares:
        found[value] += weight
    best = max(found, key=lambda value: found[value])
    return best, found[best] / sum(found.values())
