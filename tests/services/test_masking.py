"""What is masked cannot be made out any more, and nothing else changes much."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat, UnidentifiedImageError

from bot.dialogue.steps.masking import cells_in
from bot.services.masking import LONGEST_SIDE, cells_of, masked, with_grid


def chequered(width: int, height: int) -> bytes:
    """A picture in which every detail is a hard edge, with hidden data."""
    picture = Image.new("RGB", (width, height), "white")
    for x in range(0, width, 4):
        picture.paste((0, 0, 0), (x, 0, x + 2, height))
    exif = Image.Exif()
    exif[0x010E] = "rumah Pak Gandasasmita"
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=95, exif=exif)
    return written.getvalue()


def contrast(content: bytes, cell: int) -> float:
    """How much detail is left in a cell."""
    with Image.open(io.BytesIO(content)) as picture:
        columns, rows = cells_of(*picture.size)
        row, column = divmod(cell - 1, columns)
        width, height = picture.width / columns, picture.height / rows
        inside = (column * width + 8, row * height + 8, (column + 1) * width - 8, (row + 1) * height - 8)
        return ImageStat.Stat(picture.crop(tuple(map(int, inside))).convert("L")).stddev[0]


@settings(max_examples=12, deadline=None)
@given(st.frozensets(st.integers(1, 24), min_size=1, max_size=6), st.sampled_from([(960, 640), (480, 720)]))
def test_a_masked_cell_has_no_detail_left_and_the_others_keep_theirs(
    cells: frozenset[int], size: tuple[int, int]
) -> None:
    seen = masked(chequered(*size), cells)
    for cell in range(1, 25):
        assert (contrast(seen, cell) < 12) == (cell in cells)


def test_a_public_picture_is_small_and_has_no_hidden_data() -> None:
    seen = masked(chequered(3000, 2000), frozenset())
    assert b"Gandasasmita" in chequered(30, 20)
    assert b"Gandasasmita" not in seen
    with Image.open(io.BytesIO(seen)) as picture:
        assert max(picture.size) == LONGEST_SIDE
        assert not picture.getexif()


def test_the_grid_is_drawn_over_the_picture() -> None:
    content = chequered(960, 640)
    with (
        Image.open(io.BytesIO(with_grid(content))) as drawn,
        Image.open(io.BytesIO(masked(content, frozenset()))) as plain,
    ):
        assert drawn.size == plain.size
        assert ImageChops.difference(drawn, plain).getbbox() is not None


def test_no_picture_is_an_error() -> None:
    with pytest.raises(UnidentifiedImageError):
        masked(b"no picture", frozenset())


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("3 4 9-12", {3, 4, 9, 10, 11, 12}),
        ("kotak 7, 8", {7, 8}),
        ("0 25 99", set()),
        ("wajahnya", set()),
        ("20-30", {20, 21, 22, 23, 24}),
    ],
)
def test_cells_are_read_as_people_write_them(text: str, cells: set[int]) -> None:
    assert cells_in(text) == cells
