"""A small map of where a report is, drawn from the city's own polygons and street lines. North is up."""

import io
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shapely import Point, box

from cities.city import City
from cities.loading import load_city
from cities.places import Gazetteer, load_gazetteer

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 640, 420  # pixels
METRES_ACROSS = 1_600.0
METRES_A_DEGREE = 111_320.0
SCALE_BAR = 200  # metres
CREDIT = "© OpenStreetMap contributors"  # cities/<city>/ATTRIBUTION.md: the lines are ODbL
COLOURS = {"ground": "#f4f1ea", "area": "#fbfaf7", "border": "#b9a9c9", "street": "#8a8f98", "other": "#c7641e",
           "ink": "#22313f", "pin": "#c81d25"}  # fmt: skip
NOT_THE_CITYS = frozenset({"nasional", "provinsi", "tol"})
KEPT = 64  # pictures in memory
STEPS = (0.0010, -0.0010, 0.0022, -0.0022, 0.0036, -0.0036, 0.0)  # degrees along a street where its name may stand
Pixel = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class View:
    """From degrees to pixels around a point."""

    lat: float
    lon: float

    @property
    def metres_a_pixel(self) -> float:
        return METRES_ACROSS / WIDTH

    def at(self, lon: float, lat: float) -> Pixel:
        """Where a point lies in the picture."""
        east = (lon - self.lon) * METRES_A_DEGREE * math.cos(math.radians(self.lat))
        north = (lat - self.lat) * METRES_A_DEGREE
        return WIDTH / 2 + east / self.metres_a_pixel, HEIGHT / 2 - north / self.metres_a_pixel

    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the picture, with a little more around it."""
        half_lat = HEIGHT / 2 * self.metres_a_pixel / METRES_A_DEGREE * 1.1
        half_lon = METRES_ACROSS / 2 / METRES_A_DEGREE / math.cos(math.radians(self.lat)) * 1.1
        return self.lon - half_lon, self.lat - half_lat, self.lon + half_lon, self.lat + half_lat


def map_picture(city: City, lat: float, lon: float, north: str) -> bytes:
    """A PNG of less than 60 KB with the point in its middle; ``north`` is written under the arrow. Drawn once for each spot.

    Takes a moment: not for the event loop.
    """
    return _drawn(str(city.folder), round(lat, 5), round(lon, 5), north)


@lru_cache(maxsize=4)
def _gazetteer(folder: str) -> Gazetteer:
    return load_gazetteer(load_city(folder))


@lru_cache(maxsize=KEPT)
def _drawn(folder: str, lat: float, lon: float, north: str) -> bytes:
    from PIL import Image, ImageDraw

    view, land = View(lat, lon), _gazetteer(folder)
    seen = box(*view.box())
    picture = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["ground"])
    pen = ImageDraw.Draw(picture)
    areas = [(area, shown) for area in land.kelurahan if not (shown := area.polygon.intersection(seen)).is_empty]
    for area, shown in areas:
        _area(pen, view, shown, area.polygon.boundary.intersection(seen))
    streets = [(line, shown) for line in land.street_lines if not (shown := line.line.intersection(seen)).is_empty]
    for street, shown in streets:
        _street(pen, view, shown, foreign=street.authority in NOT_THE_CITYS)
    _frame(pen, view, north)
    labels = Labels(pen)
    here = Point(lon, lat)
    for street, shown in sorted(streets, key=lambda found: float(found[1].distance(here))):
        labels.write(street.name, COLOURS["ink"], (view.at(*spot) for spot in _along(shown, here)))
    for area, shown in areas:
        middle = shown.representative_point()
        labels.write(area.name, COLOURS["border"], (view.at(middle.x, middle.y),))
    _pin(pen)
    written = io.BytesIO()
    picture.quantize(96).save(written, "PNG", optimize=True)
    return written.getvalue()


class Labels:
    """Names on the map, none over another, over the pin, or cut off at the edge."""

    def __init__(self, pen: "ImageDraw") -> None:
        middle, right = WIDTH / 2, WIDTH - 40
        self._pen, self._written = pen, set[str]()
        self._taken = [(middle - 14, HEIGHT / 2 - 40, middle + 14, HEIGHT / 2 + 2), (right, 0, WIDTH, 64),
                       (0, HEIGHT - 44, 110, HEIGHT), (WIDTH - 180, HEIGHT - 22, WIDTH, HEIGHT)]  # fmt: skip

    def write(self, text: str, colour: str, spots: Iterable[Pixel]) -> None:
        """Once, at the first of these spots that is free; nowhere when none is."""
        font = _font(13)
        half = self._pen.textlength(text, font=font) / 2 + 4
        for x, y in spots if text not in self._written else ():
            room = (x - half, y - 9, x + half, y + 9)
            inside = room[0] > 0 and room[1] > 0 and room[2] < WIDTH and room[3] < HEIGHT
            if inside and not any(_overlap(room, other) for other in self._taken):
                self._taken.append(room)
                self._written.add(text)
                self._pen.text((x, y), text, fill=colour, font=font, anchor="mm", stroke_width=2, stroke_fill="white")
                return


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _along(shown: Any, here: Point) -> Iterator[Pixel]:
    """Spots on a street, in degrees, the nearest to the point first."""
    lines = sorted(_parts(shown, "LineString"), key=lambda line: float(line.distance(here)))
    for line in lines[:2]:
        nearest = line.project(here)
        for step in STEPS:
            if 0 <= nearest + step <= line.length:
                spot = line.interpolate(nearest + step)
                yield spot.x, spot.y


def _area(pen: "ImageDraw", view: View, shown: Any, border: Any) -> None:
    for polygon in _parts(shown, "Polygon"):
        pen.polygon(_pixels(view, polygon.exterior.coords), fill=COLOURS["area"])
    for line in _parts(border, "LineString"):
        pen.line(_pixels(view, line.coords), fill=COLOURS["border"], width=2)


def _street(pen: "ImageDraw", view: View, shown: Any, *, foreign: bool) -> None:
    colour, width = (COLOURS["other"], 5) if foreign else (COLOURS["street"], 3)
    for part in _parts(shown, "LineString"):
        pen.line(_pixels(view, part.coords), fill=colour, width=width, joint="curve")


def _pin(pen: "ImageDraw") -> None:
    x, y = WIDTH / 2, HEIGHT / 2
    pen.polygon([(x, y), (x - 9, y - 20), (x + 9, y - 20)], fill=COLOURS["pin"])
    pen.ellipse((x - 12, y - 38, x + 12, y - 14), fill=COLOURS["pin"], outline="white", width=2)
    pen.ellipse((x - 4, y - 30, x + 4, y - 22), fill="white")


def _frame(pen: "ImageDraw", view: View, north: str) -> None:
    """Scale bar, an arrow to the north, and the credit that the licence of the lines asks for."""
    length = SCALE_BAR / view.metres_a_pixel
    x, y = 16, HEIGHT - 18
    pen.line([(x, y), (x + length, y)], fill=COLOURS["ink"], width=3)
    for end in (x, x + length):
        pen.line([(end, y - 5), (end, y + 5)], fill=COLOURS["ink"], width=2)
    pen.text((x + length / 2, y - 13), f"{SCALE_BAR} m", fill=COLOURS["ink"], font=_font(14), anchor="mm")
    tip = WIDTH - 26
    pen.polygon([(tip, 12), (tip - 9, 40), (tip, 33), (tip + 9, 40)], fill=COLOURS["ink"])
    pen.text((tip, 52), north, fill=COLOURS["ink"], font=_font(15), anchor="mm")
    font = _font(12)
    width = pen.textlength(CREDIT, font=font)
    pen.rectangle((WIDTH - width - 10, HEIGHT - 20, WIDTH, HEIGHT), fill="white")
    pen.text((WIDTH - width - 5, HEIGHT - 18), CREDIT, fill=COLOURS["ink"], font=font)


@lru_cache(maxsize=8)
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _parts(shape: Any, kind: str) -> Iterable[Any]:
    """The simple shapes of this kind in a shape."""
    if shape.geom_type == kind:
        return [shape]
    return [part for each in getattr(shape, "geoms", ()) for part in _parts(each, kind)]


def _pixels(view: View, coordinates: Iterable[Any]) -> list[Pixel]:
    place: Callable[..., Pixel] = view.at
    return [place(*point[:2]) for point in coordinates]
