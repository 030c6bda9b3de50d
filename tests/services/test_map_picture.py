"""The little map: the point in its middle, north up, with a scale and the credit, small enough for a phone abroad."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.services.map_picture import HEIGHT, METRES_A_DEGREE, METRES_ACROSS, WIDTH, View, map_picture
from cities.city import City

CIHAPIT = (-6.9078, 107.6213)
PIN = (200, 29, 37)
inside = st.tuples(st.floats(-6.97, -6.84), st.floats(107.55, 107.73))


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


@settings(max_examples=12)
@given(inside)
def test_a_map_of_any_spot_is_a_small_png(point: tuple[float, float]) -> None:
    from cities.loading import load_city

    picture = map_picture(load_city("bandung"), *point, "U")
    assert len(picture) < 60_000
    assert Image.open(io.BytesIO(picture)).format == "PNG"
    assert opened(picture).size == (WIDTH, HEIGHT)


def test_the_pin_stands_on_the_point(city: City) -> None:
    pixel = opened(map_picture(city, *CIHAPIT, "U")).getpixel((WIDTH // 2, HEIGHT // 2 - 6))
    assert isinstance(pixel, tuple)
    assert near(pixel, PIN)


@given(inside)
def test_north_is_up_and_east_is_right(point: tuple[float, float]) -> None:
    lat, lon = point
    view = View(lat, lon)
    assert view.at(lon, lat) == (WIDTH / 2, HEIGHT / 2)
    assert view.at(lon, lat + 0.001)[1] < HEIGHT / 2
    assert view.at(lon + 0.001, lat)[0] > WIDTH / 2


def test_the_scale_is_true_in_both_directions() -> None:
    view = View(*CIHAPIT)
    metres = 500.0
    north = view.at(CIHAPIT[1], CIHAPIT[0] + metres / METRES_A_DEGREE)
    assert HEIGHT / 2 - north[1] == pytest.approx(metres * WIDTH / METRES_ACROSS)
    west, south, east, up = view.box()
    assert west < CIHAPIT[1] < east
    assert south < CIHAPIT[0] < up


def test_streets_are_drawn_and_credited(city: City) -> None:
    somewhere = opened(map_picture(city, *CIHAPIT, "U"))
    nowhere = opened(map_picture(city, -7.5, 108.5, "U"))
    assert len(somewhere.getcolors(100_000) or []) > len(nowhere.getcolors(100_000) or [])
    credit = (WIDTH - 170, HEIGHT - 18, WIDTH, HEIGHT)
    assert somewhere.crop(credit).getextrema()[0][0] < 100  # dark letters, on the empty map as well
    assert nowhere.crop(credit).getextrema()[0][0] < 100


def test_a_road_of_another_keeper_has_another_colour(city: City) -> None:
    national = opened(map_picture(city, -6.9389, 107.6636, "U"))
    assert any(near(colour, (199, 100, 30)) for _, colour in national.getcolors(100_000) or [])  # type: ignore[arg-type]


def test_the_same_spot_is_drawn_once(city: City) -> None:
    assert map_picture(city, *CIHAPIT, "U") is map_picture(city, *CIHAPIT, "U")
    assert map_picture(city, *CIHAPIT, "U") != map_picture(city, *CIHAPIT, "K")
