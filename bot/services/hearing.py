"""From what `nlp` understood to what a turn may know."""

from bot.dialogue.events import CommandGiven, Event, LocationShared, MediaShared, MessageEdited, TextSent
from bot.dialogue.knowledge import Danger, Heard, PlaceFound
from cities.city import City
from nlp import Mention, Place, Reader, Understanding

MOST_OPTIONS = 3
CLOSE = 0.8
"""Candidates of one name count as alike when they score at least this share of the best one."""


def hear(reader: Reader, event: Event) -> Heard | None:
    """What the words of an event mean; None for an event without words."""
    match event:
        case TextSent(text) | MessageEdited(text):
            return heard(reader, text)
        case MediaShared(caption=caption) if caption:
            return heard(reader, caption)
        case CommandGiven("verifikasi" | "lapor", argument) if argument:
            return heard(reader, argument)
    return None


def heard(reader: Reader, text: str) -> Heard:
    """What a text means."""
    return _heard(reader.understand(text), reader.confirm_at)


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
    """Where a shared location is; None for any other event."""
    if not isinstance(event, LocationShared):
        return None
    place = reader.locate(event.lat, event.lon)
    found = place_found(place)
    return PlaceFound(
        name=event.name or found.name,
        kind="pin",
        kelurahan=found.kelurahan,
        kecamatan=found.kecamatan,
        kota_kab=found.kota_kab,
        lat=event.lat,
        lon=event.lon,
        authority=found.authority,
        authority_basis=found.authority_basis,
        confidence=found.confidence,
    )


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


def _heard(seen: Understanding, sure_from: float) -> Heard:
    danger = seen.emergency and Danger(seen.emergency.kind, seen.emergency.about_self)
    return Heard(
        language=seen.language,
        kind=seen.kind.id,
        kind_confidence=seen.kind.confidence,
        categories=tuple((guess.id, guess.confidence) for guess in seen.categories),
        category_sure=seen.category.confidence >= sure_from,
        urgency=seen.urgency,
        danger=danger or None,
        place=place_found(seen.place) if seen.place else None,
        place_options=() if seen.place else _options(seen.places),
        place_words=", ".join(dict.fromkeys(mention.text for mention in seen.places)),
        sub_categories=tuple((category, sub.id) for category, sub in seen.sub_categories.items()),
    )


def _options(mentions: tuple[Mention, ...]) -> tuple[PlaceFound, ...]:
    """Places that one name may mean, when there are a few about as likely."""
    for mention in mentions:
        best = max((place.confidence for place in mention.candidates), default=0.0)
        alike = [place for place in mention.candidates if place.confidence >= best * CLOSE]
        if 2 <= len(alike) <= MOST_OPTIONS:
            return tuple(place_found(place) for place in alike)
    return ()
