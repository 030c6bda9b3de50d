"""From several mentions to one place: the most precise one says where, the others say which of its readings is meant.

Each mention may mean several places. Those that fit the other mentions gain weight, those that do not lose it. What the
readings agree on is said; what they do not agree on is left open; when nothing is left, no place is said.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cities.places import PlaceRow
from nlp.places.clues import Clue, Relation
from nlp.places.fitting import UNSURE, Fitting, Reading
from nlp.places.ground import Ground
from nlp.understanding import Place

SAY = 0.65  # share of the readings that must agree on an area before it is said
NAME = 0.6  # share of one reading before its name is said
PLACE = 0.5  # confidence below which no place is said
LIKELY = 0.5  # a reading half as probable as the likeliest counts for how precise a mention may be
SAME_SPOT_M = 500.0  # two points nearer than this are one place under two names
SUPPORTED = 0.85  # probability of a name that is seldom meant, once another mention says that it is

_PRECISION = {"intersection": 5, "street": 4, "landmark": 3, "stop": 3, "kelurahan": 2, "kecamatan": 1, "kota": 0}
_TRUST = {Relation.NEAR: 0.8, Relation.FROM: 0.75, Relation.TOWARDS: 0.45}  # that the trouble is there
_OFFICE = 0.75  # that it is in an area somebody goes to, when it is called by its office: "ka kelurahan jamika"


class Fuser:
    """Fuses the mentions of a message into one place of the gazetteer."""

    def __init__(self, ground: Ground, rows: Iterable[PlaceRow], city: str) -> None:
        self._ground, self._city = ground, city
        self._fitting = Fitting(ground, rows, city)

    def fuse(self, clues: Sequence[Clue]) -> Place | None:
        """The place that the clues are about, or None when they leave it open."""
        usable = [clue for clue in clues if clue.places]
        for main in sorted(usable, key=_rank):
            others = [clue for clue in usable if clue is not main and _says_where(clue)]
            if place := self._about(main, others):
                return self._with_area(place, others)
        return None

    def kecamatan(self, row: PlaceRow, kelurahan: str) -> str | None:
        """The kecamatan of a street's part in a kelurahan."""
        return self._fitting.kecamatan(row, kelurahan)

    def _with_area(self, place: Place, others: Sequence[Clue]) -> Place:
        """A place that runs through many areas, such as a river, in the one that another mention names or is in."""
        if place.kelurahan or place.kecamatan or place.kind == "kota":
            return place
        areas = (self._about(clue, []) for clue in sorted(others, key=lambda clue: not clue.is_area))
        named = next((area for area in areas if area and area.kecamatan and area.kota_kab == place.kota_kab), None)
        return replace(place, kelurahan=named.kelurahan, kecamatan=named.kecamatan) if named else place

    def _about(self, main: Clue, others: Sequence[Clue]) -> Place | None:
        """The place if the message is about `main`, read in the light of the others."""
        if main.places[0].row.kind == "kota" and not _is_meant(main):
            return None
        readings = [self._fitting.reading(weighed, others) for weighed in main.places]
        total = sum(reading.probability for reading in readings)
        before = sum(weighed.probability for weighed in main.places)
        fit = max(each.probability / was.probability for each, was in zip(readings, main.places, strict=True))
        if fit < UNSURE and any(clue.is_area and clue.designated for clue in others):
            return None
        if any(_supports(clue, readings) for clue in others):
            before = max(before, SUPPORTED)
        readings = self._one_a_spot([replace(each, probability=each.probability / total) for each in readings])
        return self._place(readings, before * _trust(main) * max(fit, UNSURE))

    def _one_a_spot(self, readings: Iterable[Reading]) -> list[Reading]:
        """The readings with those at one spot, under two names, taken together."""
        kept: list[Reading] = []
        for reading in sorted(readings, key=lambda each: -each.probability):
            for number, other in enumerate(kept):
                if self._fitting.one_spot(reading, other, SAME_SPOT_M):
                    kept[number] = replace(other, probability=other.probability + reading.probability)
                    break
            else:
                kept.append(reading)
        return kept

    def _place(self, readings: Sequence[Reading], confidence: float) -> Place | None:
        """What the readings agree on, if that is enough to be a place."""
        best = max(readings, key=lambda reading: reading.probability)
        kota_kab, certain = _agreed((reading.row.kota_kab, reading.probability) for reading in readings)
        if kota_kab is None or certain < SAY:
            return None
        shares = [
            (reading.row, area, reading.probability * share)
            for reading in readings
            if reading.row.kota_kab == kota_kab
            for area, share in reading.kelurahan.items()
        ]
        kelurahan, sure = _agreed((area, weight) for _, area, weight in shares)
        kecamatan, fairly = _agreed((self._fitting.kecamatan(row, area), weight) for row, area, weight in shares)
        kelurahan = kelurahan if sure >= SAY else None
        kecamatan = kecamatan if fairly >= SAY else None
        named = best.probability >= NAME
        if kelurahan or kecamatan:
            agreement = sure if kelurahan else fairly
        elif kota_kab != self._city:
            agreement = certain
        elif named and best.row.kind != "kota":
            agreement = best.probability
        else:
            return None
        confidence = min(1.0, confidence * agreement)
        if confidence < PLACE:
            return None
        if named:
            return self._named(best, kelurahan, kecamatan, confidence)
        kind = "kelurahan" if kelurahan else "kecamatan" if kecamatan else "kota"
        return Place(kelurahan or kecamatan or kota_kab, kind, kelurahan, kecamatan, kota_kab, confidence=confidence)

    def _named(self, reading: Reading, kelurahan: str | None, kecamatan: str | None, confidence: float) -> Place:
        row = reading.row
        authority, basis = row.authority, row.authority_basis or "unknown"
        if row.kind == "street" and reading.point and (nearest := self._ground.nearest_on(row.name, *reading.point)):
            authority, basis = nearest.line.authority, nearest.line.authority_basis
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
            confidence=confidence,
        )


def _rank(clue: Clue) -> tuple[int, int, float]:
    """Places that the message is about come first, then the more precise ones, then the surer ones."""
    precision = max(_PRECISION[each.row.kind] for each in clue.places if each.probability >= LIKELY * clue.sure)
    if clue.relation is Relation.NEAR:
        precision = min(precision, _PRECISION["landmark"])
    return -clue.relation.directness, -precision, -clue.sure


def _trust(clue: Clue) -> float:
    trust = _TRUST.get(clue.relation, 1.0)
    return max(trust, _OFFICE) if clue.is_area and clue.designated else trust


def _says_where(clue: Clue) -> bool:
    return clue.designated or clue.relation not in (Relation.FROM, Relation.TOWARDS)


def _is_meant(clue: Clue) -> bool:
    """Whether a whole kota is where something is wrong, and not where somebody comes from or a parcel goes."""
    near = clue.places[0].row.lat is not None
    return clue.relation is Relation.AT or (near and clue.relation is Relation.PLAIN)


def _supports(clue: Clue, readings: Sequence[Reading]) -> bool:
    """Whether a mention says that the likeliest reading is meant, one beyond the border for example."""
    best = max(readings, key=lambda reading: reading.probability).row
    return any(
        other.row.kota_kab == best.kota_kab and (other.row.kind == "kota" or other.row.kecamatan == best.kecamatan)
        for other in clue.places
    )


def _agreed(shares: Iterable[tuple[str | None, float]]) -> tuple[str | None, float]:
    """What most of the weight is on, and its share of all weight."""
    found: dict[str | None, float] = defaultdict(float)
    for value, weight in shares:
        found[value] += weight
    best = max(found, key=lambda value: found[value])
    return best, found[best] / sum(found.values())
