"""From what `nlp` understood to what a turn may know."""

from dataclasses import replace

from bot.dialogue.events import (
    CommandGiven,
    Event,
    Forwarded,
    InGroup,
    LocationShared,
    MediaReady,
    MediaShared,
    MessageEdited,
    TextSent,
)
from bot.dialogue.knowledge import Danger, Heard, PlaceFound
from bot.services.places_put_right import put_right
from cities.city import City
from nlp import Mention, Place, Reader, Understanding

MOST_OPTIONS = 3
AREAS = frozenset({"kelurahan", "kecamatan"})
POSSIBLE = 0.12
"""Share of a name's probability from which an area is offered: a namesake beyond the border that is named in passing has
more, one that would have to be called "kelurahan" by somebody who writes to this city has less."""
CLOSE = 0.8
"""Candidates of one name count as alike when they score at least this share of the best one."""


def hear(reader: Reader, event: Event) -> Heard | None:
    """What the words of an event mean; None for an event without words."""
    match event:
        case TextSent(text) | MessageEdited(text):
            return heard(reader, text)
        case MediaShared(caption=caption) if caption:
            return heard(reader, caption)
        case Forwarded(content, _):
            return hear(reader, content)
        case InGroup() if event.words:
            return heard(reader, event.words)
        case CommandGiven("verifikasi" | "lapor", argument) if argument:
            return heard(reader, argument)
    return None


def heard(reader: Reader, text: str) -> Heard:
    """What a text means; what it says is not so ("bukan kebun binatang", "bukan sampah") counts only where it names nothing else."""
    told = _heard(reader, reader.understand(text))
    rest = put_right(text)
    other = _heard(reader, reader.understand(rest)) if rest else told
    if other.category_sure and (not told.category_sure or other.categories[0][0] != told.categories[0][0]):
        told = replace(told, categories=other.categories, category_sure=True, sub_categories=other.sub_categories)
    if not (other.place or other.place_options):
        return told
    return replace(told, place=other.place, place_options=other.place_options, place_words=other.place_words)


def sub_category_in(reader: Reader, description: str, category: str) -> str:
    """The sub-category that the words tell, should the category be this one; "" where they leave it open."""
    found = reader.understand(description).sub_categories.get(category)
    return found.id if found else ""


def nothing_understood(city: City) -> Heard:
    """What a turn may know of words that could not be read: everything is open, and will be asked."""
    alike = 1 / len(city.categories)
    return Heard(
        language="",
        kind="pengaduan",
        kind_confidence=0.0,
        categories=tuple((id_, alike) for id_ in dict.fromkeys((city.fallback_category, *city.categories))),
        category_sure=False,
        urgency="",
    )


def locate(reader: Reader, event: Event) -> PlaceFound | None:
    """Where a shared location is, or a photo was taken that tells it; None for any other event."""
    event = event.content if isinstance(event, Forwarded) else event
    if isinstance(event, InGroup):
        event = _point_in_group(event) or event
    if not isinstance(event, LocationShared | MediaReady) or event.lat is None or event.lon is None:
        return None
    return _pin(reader.locate(event.lat, event.lon), event)


def beside(reader: Reader, event: Event) -> tuple[PlaceFound, ...]:
    """What a point within metres of a border may be instead; nothing well inside an area, or for another event."""
    event = event.content if isinstance(event, Forwarded) else event
    if not isinstance(event, LocationShared | MediaReady) or event.lat is None or event.lon is None:
        return ()
    return tuple(_pin(place, event) for place in reader.beside(event.lat, event.lon)[: MOST_OPTIONS - 1])


def _pin(place: Place, event: LocationShared | MediaReady) -> PlaceFound:
    found = place_found(place)
    return replace(found, name=getattr(event, "name", "") or found.name, kind="pin", lat=event.lat, lon=event.lon)


def place_found(place: Place) -> PlaceFound:
    """A place of `nlp` as the dialogue knows it."""
    return PlaceFound(
        name=place.name,
        kind=place.kind,
        kelurahan=place.kelurahan or "",
        kecamatan=place.kecamatan or "",
        kota_kab=place.kota_kab or "",
        lat=place.lat,
        lon=place.lon,
        authority=place.authority or "",
        authority_basis=place.authority_basis,
        confidence=place.confidence,
    )


def _heard(reader: Reader, seen: Understanding) -> Heard:
    options = _namesakes(seen) or _across(reader, seen)
    place = None if options else seen.place
    danger = seen.emergency and Danger(seen.emergency.kind, seen.emergency.about_self)
    return Heard(
        language=seen.leans,
        kind=seen.kind.id,
        kind_confidence=seen.kind.confidence,
        categories=tuple((guess.id, guess.confidence) for guess in seen.categories),
        category_sure=seen.category.confidence >= reader.confirm_at,
        urgency=seen.urgency,
        danger=danger or None,
        place=place_found(place) if place else None,
        place_options=tuple(map(place_found, options or (_parts(reader, place) if place else _alike(seen.places)))),
        place_words=seen.told_where,
        sub_categories=tuple((category, sub.id) for category, sub in seen.sub_categories.items()),
    )


def _namesakes(seen: Understanding) -> tuple[Place, ...]:
    """The areas of one name, when nothing else in the message tells whether the one in the city or one beyond is meant."""
    named = [mention for mention in seen.places if mention.candidates]
    if len(named) != 1:
        return ()
    places = [place for place in named[0].candidates if place.kind in AREAS or _is_neighbourhood(place, named[0])]
    total = sum(place.confidence for place in places)
    meant = [place for place in places if place.confidence >= total * POSSIBLE]
    return tuple(meant[:MOST_OPTIONS]) if len({place.kota_kab for place in meant}) > 1 else ()


def _is_neighbourhood(place: Place, mention: Mention) -> bool:
    """Whether a street is meant as the neighbourhood around it: called by its name without "jalan"."""
    return place.kind == "street" and bool(place.kelurahan) and mention.text[:1].casefold() != place.name[:1].casefold()


def _across(reader: Reader, seen: Understanding) -> tuple[Place, ...]:
    """A street that goes on beyond the city's border, on either side of it, when nothing else tells which one is meant."""
    place = seen.place
    if place is None or sum(bool(mention.candidates) for mention in seen.places) != 1:
        return ()
    beyond = reader.across(place)
    return (place, *beyond)[:MOST_OPTIONS] if beyond else ()


def _parts(reader: Reader, place: Place) -> tuple[Place, ...]:
    """A street that lies in two or three kelurahan, once in each; nothing when the words said more than its name."""
    if place.kelurahan or place.lat is not None:
        return ()
    parts = reader.parts(place)
    return parts if 2 <= len(parts) <= MOST_OPTIONS else ()


def _alike(mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
    """Places that one name may mean, when there are a few about as likely."""
    for mention in mentions:
        best = max((place.confidence for place in mention.candidates), default=0.0)
        alike = [place for place in mention.candidates if place.confidence >= best * CLOSE]
        if 2 <= len(alike) <= MOST_OPTIONS:
            return tuple(alike)
    return ()


def _point_in_group(event: InGroup) -> LocationShared | None:
    if isinstance(event.said, LocationShared):
        return event.said
    return event.quoted.point if event.quoted else None
