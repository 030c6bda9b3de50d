"""The way in: mentions in a text, one place from them, and the place of a pin."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from cities.places import Gazetteer, PlaceRow
from nlp.places.addresses import has_unit, kecamatan_follows
from nlp.places.borders import StreetsBeyond, areas_beside
from nlp.places.clues import Clue, Relation, ends_of_routes, is_designated, relation_before
from nlp.places.fusing import Fuser
from nlp.places.ground import Ground
from nlp.places.index import NameIndex
from nlp.places.pins import locate
from nlp.places.reading import PlaceReader
from nlp.places.spelling import Token, tokens
from nlp.places.weighing import Weighed
from nlp.understanding import Mention, Place

LEAST_PART = 0.08  # of a street's length; the polygons are not exact enough to say less


class PlaceFinder:
    """Finds the places of one gazetteer in messages. Keeps nothing between messages; may be shared by threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._reader = PlaceReader(NameIndex(gazetteer.places), gazetteer.city)
        self._rows = {_identity(place_of(Weighed(row, 0.0))): row for row in reversed(gazetteer.places)}

    def find(self, text: str) -> tuple[Mention, ...]:
        """The places that `text` names, in order, without overlaps; `text[m.start:m.end] == m.text` for each.

        Candidates are best first. A mention without candidates names a street that the gazetteer does not have.
        """
        return tuple(
            Mention(text[found.start : found.end], found.start, found.end, tuple(map(place_of, found.places)))
            for found in self._reader.read(text)
        )

    def resolve(self, mentions: Iterable[Mention], text: str) -> Place | None:
        """The one place that `text` is about, fused from its mentions, or None when they leave it open."""
        words = tokens(text)
        listed = list(mentions)
        routes = ends_of_routes(listed, text)
        following = (*listed[1:], None)
        named = any(is_designated(words, mention.start, "kelurahan") for mention in listed)
        return self._fuser.fuse(
            [
                self._clue(mention, words, mention.start in routes, not named and kecamatan_follows(mention, after))
                for mention, after in zip(listed, following, strict=False)
            ]
        )

    def locate(self, lat: float, lon: float) -> Place:
        """The place of a pin: kelurahan and street in the city, the kota or kabupaten outside, name "" for nowhere.

        Raises ValueError when the numbers are no latitude and longitude.
        """
        return locate(self._ground, self._gazetteer, lat, lon)

    def parts(self, place: Place) -> tuple[Place, ...]:
        """A street or a neighbourhood as it is in each kelurahan that it runs through, longest part first; none for
        what lies in one."""
        row = self._in_parts.get((place.name, place.kind, place.kota_kab))
        if row is None:
            return ()
        return tuple(
            replace(place, kelurahan=kelurahan, kecamatan=self._fuser.kecamatan(row, kelurahan))
            for kelurahan, share in row.crosses
            if share >= LEAST_PART
        )

    def beyond(self, place: Place) -> tuple[Place, ...]:
        """The same street beyond the city's border, in each neighbour that it goes on to; none for what ends within."""
        rows = self._beyond.of(place.name, place.kota_kab) if place.kind == "street" else ()
        return tuple(place_of(Weighed(row, place.confidence)) for row in rows)

    def beside(self, lat: float, lon: float) -> tuple[Place, ...]:
        """What a pin within metres of a border may also be: the same point in each area on the other side."""
        areas = areas_beside(self._ground, self._gazetteer.city, lat, lon)
        if not areas:
            return ()
        here = self.locate(lat, lon)
        return tuple(
            replace(
                here,
                name=here.name if here.kind == "street" else area.name,
                kelurahan=area.name,
                kecamatan=area.kecamatan,
                kota_kab=area.kota_kab,
            )
            for area in areas
        )

    @cached_property
    def _in_parts(self) -> dict[tuple[str, str, str | None], PlaceRow]:
        return {(row.name, row.kind, row.kota_kab): row for row in reversed(self._gazetteer.places) if row.crosses}

    @cached_property
    def _beyond(self) -> StreetsBeyond:
        return StreetsBeyond(self._gazetteer.places, self._gazetteer.city, self._ground)

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self._gazetteer)

    @cached_property
    def _fuser(self) -> Fuser:
        return Fuser(self._ground, self._gazetteer.places, self._gazetteer.city)

    def _clue(self, mention: Mention, words: tuple[Token, ...], on_route: bool, in_address: bool) -> Clue:
        rows = [(self._rows.get(_identity(place)), place.confidence) for place in mention.candidates]
        places = tuple(Weighed(row, probability) for row, probability in rows if row)
        relation = Relation.TOWARDS if on_route else relation_before(words, mention.start)
        if not places:
            return Clue(places, relation, designated=False)
        kind = places[0].row.kind
        numbered = kind == "kelurahan" and has_unit(words, mention.start, mention.end)
        return Clue(places, relation, in_address or numbered or is_designated(words, mention.start, kind))


def place_of(weighed: Weighed) -> Place:
    """A row of the gazetteer as a candidate, with its probability as confidence."""
    row = weighed.row
    return Place(
        name=row.name,
        kind=row.kind,
        kelurahan=row.kelurahan,
        kecamatan=row.kecamatan,
        kota_kab=row.kota_kab,
        lat=row.lat,
        lon=row.lon,
        authority=row.authority,
        authority_basis=row.authority_basis or "unknown",
        confidence=weighed.probability,
    )


def _identity(place: Place) -> tuple[str | None, ...]:
    return place.name, place.kind, place.kelurahan, place.kecamatan, place.kota_kab
