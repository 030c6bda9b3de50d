"""Deep links and QR codes: what the code of a place is, and what an opened one means here."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.dialogue import deep_links
from bot.dialogue.deep_links import DeepLink, WrongPayload
from bot.dialogue.events import CommandGiven, Event, TextSent
from bot.dialogue.knowledge import Opened, PlaceFound
from cities.city import City
from cities.loading import load_city
from cities.places import PlaceRow, load_gazetteer
from storage import Tx

LONGEST_CODE = 36
"""Characters of a place's code: beside it there is room for RW, RT and most categories. A longer id becomes a short hash."""
POINTS = frozenset({"landmark", "stop", "intersection"})


@dataclass(frozen=True, slots=True)
class Coded:
    """A place and its code."""

    code: str
    row: PlaceRow


def followed(tx: Tx, desk: str, event: Event) -> Event:
    """The event that opening a code stands for: looking at a report, or redeeming a code that we signed; else the event itself."""
    if not isinstance(event, CommandGiven) or event.name != "start" or not event.argument:
        return event
    try:
        link = deep_links.read(event.argument, tx.vault.fingerprint)
    except WrongPayload:
        return event
    if link.number:
        return CommandGiven("lihat" if desk == "staff" else "status", link.number)
    return CommandGiven("start", link.staff_code) if link.staff_code and desk == "staff" else event


def opened(city: City, event: Event) -> Opened | None:
    """What the code that an event opens proposes; None where it opens none, or one that is not about a report."""
    match event:
        case CommandGiven("start", payload) if payload:
            pass
        case TextSent(code=payload) if payload:
            pass
        case _:
            return None
    try:
        link = deep_links.read(payload)
    except WrongPayload:
        return Opened(known=False)
    if not link.proposes:
        return None if link.kim_code or link.follow_code else Opened(known=False)
    category = city.categories.get(link.category)
    place = place_behind(city, link)
    known = place is not None or (category is not None and not category.retired) or bool(link.campaign)
    return Opened(known, place, category.id if category and not category.retired else "", link.campaign)


def place_behind(city: City, link: DeepLink) -> PlaceFound | None:
    """The place that a link names; None when the city has none of that code."""
    found = places_by_code(str(city.folder)).get(link.place)
    return _place(found.row, link.rw, link.rt) if found else None


@cache
def places_by_code(folder: str) -> Mapping[str, Coded]:
    """Every place of a city (its folder) by its code."""
    city = load_city(folder)
    own = [row for row in load_gazetteer(city).places if row.kota_kab == city.name and row.kind != "kota"]
    return {code: Coded(code, row) for row in own for code in (code_of(row.id),)}


def code_of(place_id: str) -> str:
    """The code of a place: its id without dots, or where that is too long its kind and a hash."""
    plain = place_id.replace(".", "").lower()
    if len(plain) <= LONGEST_CODE:
        return plain
    return f"{plain.partition('-')[0]}-x{hashlib.sha256(place_id.encode()).hexdigest()[:12]}"


def _place(row: PlaceRow, rw: str, rt: str) -> PlaceFound:
    """The place as the dialogue knows it; of an area or a street no point, since nobody stands in its middle."""
    at = (row.lat, row.lon) if row.kind in POINTS else (None, None)
    unit = "/".join(f"{word} {int(number):02d}" for word, number in (("RT", rt), ("RW", rw)) if number)
    return PlaceFound(
        name=f"{unit} {row.name}" if unit and row.kind != "kelurahan" else unit or row.name,
        kind="rw" if unit else row.kind,
        kelurahan=row.kelurahan or "",
        kecamatan=row.kecamatan or "",
        kota_kab=row.kota_kab,
        lat=at[0],
        lon=at[1],
        authority=row.authority or "",
        authority_basis=row.authority_basis or "unknown",
        confidence=1.0,
    )
