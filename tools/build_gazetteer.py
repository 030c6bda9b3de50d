# ruff: noqa: INP001 - a script, not part of any package
"""Build a city's gazetteer: python tools/build_gazetteer.py SOURCE_FOLDER CITY_FOLDER

Reads the tables that SOURCES.md in the source folder describes (administrative areas, street lines, intersections,
stops, landmarks) and the city's own `known_places.csv`, and writes into the city's folder:

    places.csv          one row a place, as cities/places.py reads it
    streets.geojson     street lines, merged by name and authority
    kelurahan.geojson   the city's own areas
    neighbours.geojson  villages and wards around it, coarser
    kota.geojson        the city and its neighbours, coarsest
"""

import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from shapely import STRtree
from shapely.geometry import LineString, Point, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, unary_union

METRES_A_DEGREE = 111_320.0
WHOLE = 0.85  # a street with this share of its length in one area is said to lie there
SLIVER = 0.01  # a smaller share is a boundary drawn a little off
SAMPLE_M = 15.0
MEETING_M = 15.0  # half a main road: the lines run along its middle
ABOVE_GROUND = re.compile(r"\b(Layang|Tol|Overpass|Flyover)\b")
JUNK = re.compile(
    r"^(Seberang|Samping|Depan|Pintu Masuk|Jalur|Exit|Pangkalan|Dinas|Unknown$|Jalan terdekat|Batas Kota)|;|[a-z]\d$"
)
DESIGNATOR = re.compile(r"^(jalan|jln|jl|gang|gg)\b\.?\s*", re.IGNORECASE)
NUMBERED = re.compile(r"(?<=\w\w)\s+(?:[AB]|[1-4]|Ptz|4D|\(4D\))$")
STREET_EVIDENCE = re.compile(r"^(?:Tb )?(?:Jalan|Jl\.?) ([A-Z][\w.]*(?: [A-Z][\w.]*){0,2})$")
ADDRESSEES = {"Walikota", "Pemkot Bandung", "Pemprov Jabar", "Kantor Gubernur", "Gubernuran"}
LANDMARK_SUBTYPES_LEFT_OUT = {"simpang_osm", "simpang", "titik_cctv", "halte_poi", "gang"}


@dataclass
class Row:
    """One line of places.csv, as PlaceRow in cities/places.py explains it."""

    id: str
    name: str
    kind: str
    kelurahan: str = ""
    kecamatan: str = ""
    kota_kab: str = ""
    lat: str = ""
    lon: str = ""
    precision_m: str = ""
    aliases: list[str] = field(default_factory=list)
    authority: str = ""
    authority_basis: str = ""
    crosses: list[tuple[str, float]] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)


class Areas:
    """The kelurahan of the city and the villages around it, to be asked by point."""

    def __init__(self, features: list[dict[str, Any]], own: str) -> None:
        self.features = features
        self.own = own
        self.shapes: list[BaseGeometry] = [shape(feature["geometry"]) for feature in features]
        self._tree = STRtree(self.shapes)
        self.kecamatan = {f["properties"]["name"]: f["properties"]["kecamatan"] for f in features if self.is_own(f)}

    def is_own(self, feature: dict[str, Any]) -> bool:
        return bool(feature["properties"].get("kota_kab", self.own) == self.own)

    def at(self, lon: float, lat: float) -> dict[str, Any] | None:
        found = self._tree.query(Point(lon, lat), predicate="intersects")
        return self.features[min(found)]["properties"] if len(found) else None

    def centre(self, kelurahan: str) -> tuple[float, float, float]:
        """Latitude, longitude and radius in metres of the circle as large as the area."""
        number = next(i for i, f in enumerate(self.features) if f["properties"]["name"] == kelurahan and self.is_own(f))
        polygon = self.shapes[number]
        inner = polygon.representative_point()
        area = polygon.area * METRES_A_DEGREE**2 * math.cos(math.radians(inner.y))
        return inner.y, inner.x, math.sqrt(area / math.pi)


def main(source: Path, city: Path) -> None:
    own = _city_name(city)
    kelurahan = _features(source / "kelurahan.geojson")
    around = _features(source / "desa_neighbours.geojson")
    areas = Areas(kelurahan + around, own)
    known = _table(city / "known_places.csv")
    lines = _as_people_say(_features(source / "street_lines.geojson"), known, areas)
    listed = _under_usual_names(_table(source / "places.csv"), lines, known, own)
    rows = [*_administrative(listed, around, own), *_streets(listed, lines, areas, own)]
    rows += _streets_seen_elsewhere(source, rows, areas, own)
    rows += _intersections(source, listed, rows, own)
    rows += _meetings(lines, rows, areas, own)
    rows += _landmarks(listed, rows, own)
    points = [*_table(source / "transit_stops_osm.csv"), *listed]
    rows = _each_once(_with_known(rows, known, points, areas, own))
    _write_places(city / "places.csv", rows)
    _write_streets(city / "streets.geojson", lines, rows)
    _write_areas(city / "kelurahan.geojson", kelurahan, ("code", "name", "kecamatan"), 0.00001)
    _write_areas(city / "neighbours.geojson", around, ("code", "name", "kecamatan", "kota_kab"), 0.0001)
    _write_areas(city / "kota.geojson", _features(source / "kota_neighbours.geojson"), ("code", "name"), 0.0004)
    sys.stdout.write(f"{len(rows)} places; {len(lines)} street lines; {len(kelurahan)} + {len(around)} areas\n")


def fold(name: str) -> str:
    """A name without designator, case, blanks and marks, so that spellings of one name are equal."""
    return re.sub(r"[^a-z0-9]", "", DESIGNATOR.sub("", name.lower()))


def _city_name(city: Path) -> str:
    found = re.search(r"^name: (.+)$", (city / "city.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise SystemExit(f"{city / 'city.yaml'} has no line 'name: ...'")
    return found.group(1).strip()


def _as_people_say(lines: list[dict[str, Any]], known: list[dict[str, str]], areas: Areas) -> list[dict[str, Any]]:
    """The lines under the names that people use: another than the `official` one, or one of its own for a part of a street."""
    usual = {entry["official"]: entry["name"] for entry in known if entry["official"]}
    parts = [entry for entry in known if entry["part_of"]]
    for feature in lines:
        properties = feature["properties"]
        properties["name"] = usual.get(properties["name"], properties["name"])
        middle = shape(feature["geometry"]).interpolate(0.5, normalized=True)
        area = areas.at(middle.x, middle.y)
        for entry in parts:
            within = area is not None and area["name"] in entry["kelurahan"].split("|")
            if properties["name"] == entry["part_of"] and within:
                properties["name"] = entry["name"]
    return lines


def _under_usual_names(
    listed: list[dict[str, str]], lines: list[dict[str, Any]], known: list[dict[str, str]], own: str
) -> list[dict[str, str]]:
    """The streets of the source under the names that people use, and the parts with a name of their own as streets."""
    streets = {place["name"]: place for place in listed if place["kind"] == "street" and place["kota_kab"] == own}
    for entry in known:
        street = streets.get(entry["official"] or entry["part_of"])
        if street is None:
            continue
        aliases = [alias for alias in street["aliases"].split("|") if alias and fold(alias) != fold(entry["name"])]
        if entry["official"]:
            street["name"] = entry["name"]
            street["aliases"] = "|".join([*aliases, entry["official"]])
            continue
        street["aliases"] = "|".join(aliases)
        part = street | {"name": entry["name"], "kelurahan": entry["kelurahan"].replace("|", "; "), "aliases": ""}
        part |= {"authority": "", "authority_basis": ""}
        listed.append(part)
        for each in (street, part):
            _measure(each, lines)
    return listed


def _measure(street: dict[str, str], lines: list[dict[str, Any]]) -> None:
    """The middle of a street and how long it is, in metres, from its lines."""
    whole = unary_union([shape(line["geometry"]) for line in lines if line["properties"]["name"] == street["name"]])
    west, south, east, north = whole.bounds
    middle = nearest_points(whole, whole.centroid)[0]
    street["lat"], street["lon"] = f"{middle.y:.6f}", f"{middle.x:.6f}"
    street["precision_m"] = str(round(math.hypot(east - west, north - south) * METRES_A_DEGREE))


def _administrative(listed: list[dict[str, str]], around: list[dict[str, Any]], own: str) -> Iterator[Row]:
    """Kota, kecamatan and kelurahan; outside the city only the villages that have a polygon, and all kecamatan."""
    near = {feature["properties"]["code"] for feature in around}
    kecamatan = {place["name"] for place in listed if place["kind"] == "kecamatan"}
    for place in listed:
        kind = place["kind"]
        if kind not in ("kota", "kecamatan", "kelurahan"):
            continue
        if kind == "kelurahan" and place["kota_kab"] != own and place["admin_code"] not in near:
            continue
        aliases = [alias for alias in place["aliases"].split("|") if alias and alias not in ADDRESSEES]
        if kind == "kota":
            aliases = [alias for alias in aliases if alias not in kecamatan]
        yield Row(
            id=f"{kind[:3]}-{place['admin_code']}",
            name=place["name"],
            kind=kind,
            kelurahan=place["kelurahan"],
            kecamatan=place["kecamatan"],
            kota_kab=place["kota_kab"],
            lat=place["lat"],
            lon=place["lon"],
            precision_m={"kelurahan": "600", "kecamatan": "1500", "kota": "9000"}[kind],
            aliases=aliases,
        )


def _streets(listed: list[dict[str, str]], lines: list[dict[str, Any]], areas: Areas, own: str) -> Iterator[Row]:
    shares = _shares(lines, areas)
    gangs = [place for place in listed if place.get("subtype") == "gang"]
    for place in [p for p in listed if p["kind"] == "street"] + gangs:
        name = place["name"]
        if JUNK.search(name) or name.islower() or name.endswith("Moh."):
            continue
        listed_areas = [area for area in place["kelurahan"].split("; ") if area]
        aliases = [alias for alias in place["aliases"].split("|") if alias and not JUNK.search(alias)]
        measured = (
            next((shares[each] for each in (name, *aliases) if each in shares), {}) if place["kota_kab"] == own else {}
        )
        crosses = sorted(measured.items(), key=lambda pair: -pair[1]) or [
            (area, round(1 / len(listed_areas), 2)) for area in listed_areas
        ]
        pure = place["authority"] in ("kota", "provinsi", "nasional", "tol")
        row = Row(
            id=f"jl-{_slug(name)}",
            name=name,
            kind="street",
            kota_kab=place["kota_kab"],
            lat=place["lat"],
            lon=place["lon"],
            precision_m=place["precision_m"],
            aliases=aliases,
            authority=place["authority"] if pure else "",
            authority_basis="likely" if pure else "unknown",
            crosses=crosses,
        )
        _say_where(row, areas if place["kota_kab"] == own else None, place["kecamatan"])
        yield row


def _shares(lines: list[dict[str, Any]], areas: Areas) -> dict[str, dict[str, float]]:
    """How much of each named street lies in each kelurahan of the city, measured along its lines."""
    lengths: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for feature in lines:
        for lon, lat in _along(shape(feature["geometry"])):
            area = areas.at(lon, lat)
            if area and area.get("kota_kab", areas.own) == areas.own:
                lengths[feature["properties"]["name"]][area["name"]] += 1
    shares = {}
    for name, found in lengths.items():
        total = sum(found.values())
        shares[name] = {area: round(n / total, 2) for area, n in found.items() if n / total >= SLIVER}
    return shares


def _along(line: LineString) -> Iterator[tuple[float, float]]:
    steps = max(2, round(line.length * METRES_A_DEGREE / SAMPLE_M))
    for step in range(steps):
        point = line.interpolate((step + 0.5) / steps, normalized=True)
        yield point.x, point.y


def _say_where(row: Row, areas: Areas | None, kecamatan: str = "") -> None:
    """Kelurahan and kecamatan of a street, where nearly all of it lies in one."""
    if row.crosses and row.crosses[0][1] >= WHOLE:
        row.kelurahan = row.crosses[0][0]
    if areas is None:
        row.kecamatan = kecamatan if row.kelurahan else ""
        return
    by_kecamatan: dict[str, float] = defaultdict(float)
    for area, share in row.crosses:
        by_kecamatan[areas.kecamatan[area]] += share
    total = sum(by_kecamatan.values())
    row.kecamatan = next((name for name, share in by_kecamatan.items() if share >= WHOLE * total), "")


def _streets_seen_elsewhere(source: Path, rows: list[Row], areas: Areas, own: str) -> Iterator[Row]:
    """Streets without a line that a stop or a camera is named after: a point on them is known, and little else."""
    known = {fold(name) for row in rows if row.kind == "street" for name in (row.name, *row.aliases)}
    seen: dict[str, list[dict[str, str]]] = defaultdict(list)
    for table in ("transit_stops_osm.csv", "cctv_sites.csv"):
        for place in _table(source / table):
            match = STREET_EVIDENCE.match(NUMBERED.sub("", place["name"]))
            if match and place["kota_kab"] == own and fold(match.group(1)) not in known:
                seen[match.group(1)].append(place)
    for core, places in sorted(seen.items()):
        if JUNK.search(f"Jalan {core}"):
            continue
        found = list(dict.fromkeys(place["kelurahan"] for place in places))
        row = Row(
            id=f"jl-{_slug(core)}",
            name=f"Jalan {core}",
            kind="street",
            kota_kab=own,
            lat=f"{float(places[0]['lat']):.6f}",
            lon=f"{float(places[0]['lon']):.6f}",
            precision_m="300",
            authority_basis="unknown",
            crosses=[(area, round(1 / len(found), 2)) for area in found],
        )
        _say_where(row, areas)
        yield row


def _intersections(source: Path, listed: list[dict[str, str]], rows: list[Row], own: str) -> Iterator[Row]:
    street_of = {
        fold(name): row.name for row in reversed(rows) if row.kind == "street" for name in (row.name, *row.aliases)
    }
    seen: set[str] = set()
    for crossing in _table(source / "intersections_osm.csv"):
        streets = [street_of.get(fold(crossing[side])) for side in ("street_a", "street_b")]
        if crossing["kota_kab"] != own or None in streets or streets[0] == streets[1]:
            continue
        first, second = sorted(str(street) for street in streets)
        row = _spot(crossing, f"Simpang {DESIGNATOR.sub('', first)} - {DESIGNATOR.sub('', second)}", "intersection", 30)
        row.streets = [first, second]
        if row.id not in seen:
            seen.add(row.id)
            yield row
    for place in listed:
        if place["subtype"] == "simpang" and place["kota_kab"] == own:
            row = _spot(place, NUMBERED.sub("", place["name"]), "intersection", int(place["precision_m"] or 100))
            if row.id not in seen:
                seen.add(row.id)
                yield row


def _meetings(lines: list[dict[str, Any]], rows: list[Row], areas: Areas, own: str) -> Iterator[Row]:
    """Crossings that the source does not list: two streets on the ground whose lines come nearer than MEETING_M."""
    street_of = {name: row.name for row in reversed(rows) if row.kind == "street" for name in (row.name, *row.aliases)}
    listed = {frozenset(row.streets) for row in rows if row.kind == "intersection"}
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for feature in lines:
        name = street_of.get(feature["properties"]["name"])
        if name and not ABOVE_GROUND.search(name):
            parts[name].append(shape(feature["geometry"]))
    names = sorted(parts)
    streets = [unary_union(parts[name]) for name in names]
    tree = STRtree(streets)
    for number, street in enumerate(streets):
        for other in tree.query(street, predicate="dwithin", distance=MEETING_M / METRES_A_DEGREE):
            pair = frozenset((names[number], names[other]))
            if other <= number or pair in listed:
                continue
            spot = nearest_points(street, streets[other])[0]
            area = areas.at(spot.x, spot.y)
            if area and area.get("kota_kab", own) == own:
                first, second = sorted(pair)
                place = {
                    "kelurahan": area["name"],
                    "kecamatan": area["kecamatan"],
                    "kota_kab": own,
                    "lat": f"{spot.y:.6f}",
                    "lon": f"{spot.x:.6f}",
                }
                title = f"Simpang {DESIGNATOR.sub('', first)} - {DESIGNATOR.sub('', second)}"
                row = _spot(place, title, "intersection", 60)
                row.streets = [first, second]
                yield row


def _landmarks(listed: list[dict[str, str]], rows: list[Row], own: str) -> Iterator[Row]:
    """Landmarks, and stops that are named after something else than a street or an area."""
    taken = {fold(name) for row in rows if row.kind != "intersection" for name in (row.name, *row.aliases)}
    landmarks = [place for place in listed if place["kind"] == "landmark" and place["subtype"] != "halte_poi"]
    called = {fold(alias) for place in landmarks for alias in place["aliases"].split("|") if alias}
    seen: set[str] = set()
    for place in listed:
        if place["kind"] != "landmark" or (
            place["subtype"] in LANDMARK_SUBTYPES_LEFT_OUT and place["subtype"] != "halte_poi"
        ):
            continue
        name = NUMBERED.sub("", place["name"])
        stop = place["subtype"] == "halte_poi"
        if JUNK.search(name) or (stop and fold(name) in taken | called):
            continue
        kind = "stop" if stop and re.search(r" [-—] |/", name) else "landmark"
        row = _spot(place, name, kind, int(place["precision_m"] or 100))
        row.aliases = _landmark_aliases(place["aliases"], taken)
        if row.id not in seen:
            seen.add(row.id)
            yield row


def _landmark_aliases(written: str, taken: set[str]) -> list[str]:
    aliases = [alias for alias in written.split("|") if alias and not JUNK.search(alias) and not NUMBERED.search(alias)]
    return [alias for alias in aliases if alias not in ADDRESSEES and fold(alias) not in taken]


def _spot(place: dict[str, str], name: str, kind: str, precision: int) -> Row:
    return Row(
        id=f"{kind[:2]}-{_slug(name)}-{_slug(place['kelurahan'])}",
        name=re.sub(r"\s+", " ", name),
        kind=kind,
        kelurahan=place["kelurahan"],
        kecamatan=place["kecamatan"],
        kota_kab=place["kota_kab"],
        lat=place["lat"],
        lon=place["lon"],
        precision_m=str(precision),
    )


def _with_known(
    rows: list[Row], known: list[dict[str, str]], spots: list[dict[str, str]], areas: Areas, own: str
) -> list[Row]:
    """The rows with what the city knows itself: more names for one that is there, or a place of its own."""
    named = {(row.kind, row.name): row for row in sorted(rows, key=lambda row: row.kota_kab == own)}
    points = {place["name"]: place for place in spots if place["lat"]}
    for entry in known:
        aliases = [alias for alias in entry["aliases"].split("|") if alias]
        row = named.get((entry["kind"], entry["name"]))
        if row is None:
            row = _own_place(entry, points, areas, own)
            rows.append(row)
        row.aliases = list(dict.fromkeys([*row.aliases, *aliases]))
    return rows


def _each_once(rows: list[Row]) -> list[Row]:
    """Rows that nothing tells apart are one place; the first keeps its point and gets the other names."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first = kept.setdefault((row.name, row.kind, row.kelurahan, row.kecamatan, row.kota_kab), row)
        first.aliases = list(dict.fromkeys([*first.aliases, *row.aliases]))
    return list(kept.values())


def _own_place(entry: dict[str, str], points: dict[str, dict[str, str]], areas: Areas, own: str) -> Row:
    kelurahan = [area for area in entry["kelurahan"].split("|") if area]
    kota_kab = entry["kota_kab"] or own
    row = Row(
        id=f"{'jl' if entry['kind'] == 'street' else entry['kind'][:2]}-{_slug(entry['name'])}",
        name=entry["name"],
        kind=entry["kind"],
        kota_kab=kota_kab,
        crosses=[(area, round(1 / len(kelurahan), 2)) for area in kelurahan] if len(kelurahan) > 1 else [],
        authority_basis="unknown" if entry["kind"] == "street" else "",
    )
    if entry["at"]:
        place = points.get(entry["at"])
        if place is None:
            raise SystemExit(f"known_places.csv: {entry['name']}: no place named {entry['at']!r} in the source")
        row.lat, row.lon, row.precision_m = place["lat"], place["lon"], entry["precision_m"] or "300"
    if len(kelurahan) > 1 and kota_kab == own:
        _say_where(row, areas)
        return row
    if kelurahan:
        row.kelurahan = kelurahan[0]
        row.kecamatan = areas.kecamatan[row.kelurahan] if kota_kab == own else entry["kecamatan"]
    elif entry["kecamatan"]:
        row.kecamatan = entry["kecamatan"]
    elif entry["at"] and kota_kab == own:
        row.kelurahan, row.kecamatan = points[entry["at"]]["kelurahan"], points[entry["at"]]["kecamatan"]
    if row.kelurahan and not row.lat and kota_kab == own:
        lat, lon, radius = areas.centre(row.kelurahan)
        row.lat, row.lon, row.precision_m = f"{lat:.5f}", f"{lon:.5f}", str(round(radius, -1)).removesuffix(".0")
    return row


def _write_places(path: Path, rows: list[Row]) -> None:
    seen: dict[str, int] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(rows[0])), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            seen[row.id] = seen.get(row.id, 0) + 1
            written = asdict(row)
            written["id"] = row.id if seen[row.id] == 1 else f"{row.id}-{seen[row.id]}"
            written["aliases"] = "|".join(row.aliases)
            written["crosses"] = "|".join(f"{area}:{share:g}" for area, share in row.crosses)
            written["streets"] = "|".join(row.streets)
            writer.writerow(written)


def _write_streets(path: Path, lines: list[dict[str, Any]], rows: list[Row]) -> None:
    """Lines merged by street and authority, under the name that places.csv uses."""
    name_of = {name: row.name for row in reversed(rows) if row.kind == "street" for name in (row.name, *row.aliases)}
    merged: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for feature in lines:
        properties = feature["properties"]
        line = shape(feature["geometry"]).simplify(0.00004)
        name = name_of.get(properties["name"], properties["name"])
        merged[name, properties.get("authority") or ""].append(_rounded(mapping(line)["coordinates"]))
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "authority": authority or None},
            "geometry": {"type": "MultiLineString", "coordinates": coordinates},
        }
        for (name, authority), coordinates in sorted(merged.items())
    ]
    _write_features(path, features)


def _write_areas(path: Path, features: list[dict[str, Any]], kept: Iterable[str], tolerance: float) -> None:
    written = []
    for feature in features:
        geometry = mapping(shape(feature["geometry"]).simplify(tolerance))
        properties = {name: feature["properties"][name] for name in kept}
        geometry = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
        written.append({"type": "Feature", "properties": properties, "geometry": geometry})
    _write_features(path, written)


def _write_features(path: Path, features: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0], 5), round(coordinates[1], 5)]
    return [_rounded(each) for each in coordinates]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", DESIGNATOR.sub("", name.lower())).strip("-")


def _features(path: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    return features


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
