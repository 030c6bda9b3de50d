"""A report's place as the dialogue knows it."""

from typing import Any

from bot.dialogue.knowledge import PlaceFound
from storage.tables import Report


def place_of(report: Report) -> PlaceFound | None:
    """The place of a report; None when it could not be found."""
    if not (report.place_name or report.kelurahan or report.kecamatan or report.kota_kab):
        return None
    return PlaceFound(
        name=report.place_name,
        kind="street" if report.place_name else "kelurahan" if report.kelurahan else "kecamatan",
        kelurahan=report.kelurahan,
        kecamatan=report.kecamatan,
        kota_kab=report.kota_kab,
        lat=report.lat,
        lon=report.lon,
        authority=report.road_authority,
        authority_basis=report.road_authority_basis,
        confidence=report.place_confidence,
    )


def columns_of(place: PlaceFound | None) -> dict[str, Any]:
    """A place as the columns of a report."""
    if place is None:
        return {}
    named = place.kind not in ("kelurahan", "kecamatan", "kota")
    return {
        "place_name": place.name if named else "",
        "kelurahan": place.kelurahan,
        "kecamatan": place.kecamatan,
        "kota_kab": place.kota_kab,
        "lat": place.lat,
        "lon": place.lon,
        "road_authority": place.authority,
        "road_authority_basis": place.authority_basis,
        "place_confidence": place.confidence,
    }
