"""The gazetteer: places of a city with their other names, areas as polygons, and street lines with who keeps the road.

`places.csv` and the GeoJSON files in a city's folder are built by tools/build_gazetteer.py; ATTRIBUTION.md beside them
says from what.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from shapely import MultiLineString, MultiPolygon, Polygon
from shapely.geometry import shape

from cities.city import City
from cities.faults import CityError, Fault
from cities.roads import AUTHORITIES, BASES, Authority, AuthorityBasis, RoadAuthority

KINDS = frozenset({"kota", "kecamatan", "kelurahan", "street", "intersection", "landmark", "stop"})
_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place. What is not known is None; `lat` and `lon` are WGS84 degrees, right to about `precision_m` metres."""

    id: str
    name: str
    kind: str
    kelurahan: str | None
    kecamatan: str | None
    kota_kab: str
    lat: float | None
    lon: float | None
    precision_m: float | None
    aliases: tuple[str, ...]
    authority: Authority | None
    """Who keeps the whole street; None where it changes along the way or nobody knows."""
    authority_basis: AuthorityBasis | None
    """sourced (road_authority.yaml has a source), likely (OpenStreetMap's road number), or unknown."""
    crosses: tuple[tuple[str, float], ...]
    """Of a street: the kelurahan it runs through and the share of its length in each, longest first."""
    streets: tuple[str, ...]
    """Of an intersection: the names of the two streets."""


@dataclass(frozen=True, slots=True)
class Area:
    """A kelurahan, a village of a neighbour (then `kota_kab` is the neighbour's), or a whole kota."""

    name: str
    kecamatan: str | None
    kota_kab: str
    polygon: Polygon | MultiPolygon


@dataclass(frozen=True, slots=True)
class StreetLine:
    """The parts of a street that one authority keeps."""

    name: str
    authority: Authority | None
    authority_basis: AuthorityBasis
    line: MultiLineString


class Gazetteer:
    """All that is known of a city's places. The polygons and lines are read from disk when first asked for."""

    def __init__(self, city: str, folder: Path, places: tuple[PlaceRow, ...], roads: tuple[RoadAuthority, ...]) -> None:
        self.city = city
        """The name of the kota, as `kota_kab` writes it."""
        self.places = places
        self._folder = folder
        self._roads = roads

    @cached_property
    def kelurahan(self) -> tuple[Area, ...]:
        """The city's own kelurahan."""
        return tuple(self._areas("kelurahan.geojson"))

    @cached_property
    def neighbours(self) -> tuple[Area, ...]:
        """Villages and kelurahan within about ten kilometres of the city."""
        return tuple(self._areas("neighbours.geojson"))

    @cached_property
    def kota(self) -> tuple[Area, ...]:
        """The city and the kota and kabupaten around it, drawn coarsely."""
        return tuple(self._areas("kota.geojson"))

    @cached_property
    def street_lines(self) -> tuple[StreetLine, ...]:
        return tuple(
            StreetLine(
                properties["name"], *authority_of(self._roads, properties["name"], properties["authority"]), line
            )
            for properties, line in _features(self._folder / "streets.geojson")
        )

    def _areas(self, file: str) -> Iterator[Area]:
        for properties, polygon in _features(self._folder / file):
            whole = "kecamatan" not in properties
            kota_kab = properties["name"] if whole else properties.get("kota_kab", self.city)
            yield Area(properties["name"], properties.get("kecamatan"), kota_kab, polygon)


def load_gazetteer(city: City) -> Gazetteer:
    """The places of `city` from its folder.

    Raises CityError when a file is missing or a line of places.csv cannot be read.
    """
    faults = [
        Fault(name, "", "is missing", "Build it: python tools/build_gazetteer.py")
        for name in ("places.csv", "streets.geojson", "kelurahan.geojson", "neighbours.geojson", "kota.geojson")
        if not (city.folder / name).is_file()
    ]
    if faults:
        raise CityError(city.id, faults)
    places: list[PlaceRow] = []
    with (city.folder / "places.csv").open(encoding="utf-8", newline="") as file:
        for number, entry in enumerate(csv.DictReader(file), start=2):
            try:
                places.append(_with_authority(_place(entry), city.roads))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                faults.append(
                    Fault("places.csv", f"line {number}", f"cannot be read ({error!r})", "Build the file again")
                )
    if faults:
        raise CityError(city.id, faults)
    return Gazetteer(city.name, city.folder, tuple(places), city.roads)


def authority_of(
    roads: tuple[RoadAuthority, ...], name: str, likely: Authority | None
) -> tuple[Authority | None, AuthorityBasis]:
    """Who keeps the street `name`, and on what basis: a source, OpenStreetMap's word (`likely`), or nobody's."""
    road = _road_names(roads).get(_core(name))
    if road is not None:
        return road.status, "sourced" if road.sourced else "likely"
    return (likely, "likely") if likely else (None, "unknown")


def _road_names(roads: tuple[RoadAuthority, ...]) -> dict[str, RoadAuthority]:
    return {_core(name): road for road in roads for name in (road.name, *road.aliases)}


def _core(name: str) -> str:
    return _NOT_A_LETTER.sub("", name.lower()).removeprefix("jalan")


def _with_authority(place: PlaceRow, roads: tuple[RoadAuthority, ...]) -> PlaceRow:
    if place.kind != "street":
        return place
    authority, basis = authority_of(roads, place.name, place.authority)
    return replace(place, authority=authority, authority_basis=basis)


def _place(entry: dict[str, str]) -> PlaceRow:
    if entry["kind"] not in KINDS:
        raise ValueError(f"kind {entry['kind']!r}")
    if entry["authority"] and entry["authority"] not in AUTHORITIES:
        raise ValueError(f"authority {entry['authority']!r}")
    if entry["authority_basis"] and entry["authority_basis"] not in BASES:
        raise ValueError(f"authority_basis {entry['authority_basis']!r}")
    return PlaceRow(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        kelurahan=entry["kelurahan"] or None,
        kecamatan=entry["kecamatan"] or None,
        kota_kab=entry["kota_kab"],
        lat=_number(entry["lat"]),
        lon=_number(entry["lon"]),
        precision_m=_number(entry["precision_m"]),
        aliases=_listed(entry["aliases"]),
        authority=cast(Authority | None, entry["authority"] or None),
        authority_basis=cast(AuthorityBasis | None, entry["authority_basis"] or None),
        crosses=tuple(_share(written) for written in _listed(entry["crosses"])),
        streets=_listed(entry["streets"]),
    )


def _number(written: str) -> float | None:
    return float(written) if written else None


def _listed(written: str) -> tuple[str, ...]:
    return tuple(written.split("|")) if written else ()


def _share(written: str) -> tuple[str, float]:
    area, share = written.rsplit(":", 1)
    return area, float(share)


def _features(path: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        yield feature["properties"], shape(feature["geometry"])
