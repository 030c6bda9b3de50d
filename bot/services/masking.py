"""A photo with parts of it made unrecognisable. The person who approves it sees exactly what everybody will see."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

LONG, SHORT = 6, 4  # cells along the longer and the shorter side
BLOCKS = 3  # of one colour each, along a side of a masked cell: too few to know a face or read a plate by
LONGEST_SIDE = 1280  # pixels of a public picture
QUALITY = 82  # JPEG


def cells_of(width: int, height: int) -> tuple[int, int]:
    """(columns, rows) of the numbered cells."""
    return (LONG, SHORT) if width >= height else (SHORT, LONG)


def masked(content: bytes, cells: frozenset[int]) -> bytes:
    """The picture as JPEG, with these cells (numbered from 1, row by row) in a few coarse blocks. Raises OSError for no picture."""
    picture = _opened(content)
    columns, rows = cells_of(*picture.size)
    for cell in cells:
        if 1 <= cell <= columns * rows:
            box = _box(picture.size, columns, rows, cell)
            part = picture.crop(box)
            coarse = part.resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
            picture.paste(coarse.resize(part.size, Image.Resampling.NEAREST), box)
    return _jpeg(picture)


def with_grid(content: bytes) -> bytes:
    """The picture as JPEG with its cells drawn and numbered. Raises OSError for no picture."""
    picture = _opened(content)
    columns, rows = cells_of(*picture.size)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=max(14, picture.width // 40))
    for cell in range(1, columns * rows + 1):
        box = _box(picture.size, columns, rows, cell)
        pen.rectangle(box, outline="white", width=2)
        pen.text((box[0] + 6, box[1] + 4), str(cell), fill="white", font=font, stroke_width=3, stroke_fill="black")
    return _jpeg(picture)


def read(folder: Path, path: str) -> bytes:
    """Our copy of a file. Raises OSError."""
    return (folder / path).read_bytes()


def _opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as image:
        picture = image.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _box(size: tuple[int, int], columns: int, rows: int, cell: int) -> tuple[int, int, int, int]:
    row, column = divmod(cell - 1, columns)
    width, height = size
    return (
        column * width // columns,
        row * height // rows,
        (column + 1) * width // columns,
        (row + 1) * height // rows,
    )


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
