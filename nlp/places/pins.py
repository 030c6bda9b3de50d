"""A pin on the map as a place."""

import math

from cities.places import Gazetteer
from nlp.places.ground import Ground
from nlp.understanding import Place

STREET_WITHIN_M = 60.0  # the width of a main road with its verges, and what a phone's position is off
OUTSIDE = 0.9  # the borders of neighbours are drawn coarser


def locate(ground: Ground, gazetteer: Gazetteer, lat: float, lon: float) -> Place:
    """The place at a point: its kelurahan and the street beside it; outside the city what is known.

    Where nothing is known the name is "".

    Raises ValueError when the numbers are no latitude and longitude.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no latitude and longitude")
    area = ground.area_at(lat, lon)
    if area is None:
        kota = ground.kota_at(lat, lon)
        if kota is None:
            return Place("", "", lat=lat, lon=lon)
        return Place(kota.name, "kota", kota_kab=kota.kota_kab, lat=lat, lon=lon, confidence=OUTSIDE)
    street = ground.street_at(lat, lon, STREET_WITHIN_M)
    return Place(
        name=street.name if street else area.name,
        kind="street" if street else "kelurahan",
        kelurahan=area.name,
        kecamatan=area.kecamatan,
        kota_kab=area.kota_kab,
        lat=lat,
        lon=lon,
        authority=street.authority if street else None,
        authority_basis=street.authority_basis if street else "unknown",
        confidence=1.0 if area.kota_kab == gazetteer.city else OUTSIDE,
    )
