"""A QR code as a picture, alone or on a sheet to print."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

PAPER: Final = {"a4": (210, 297), "a5": (148, 210)}
"""Width and height in millimetres."""
DPI: Final = 200
MM: Final = DPI / 25.4  # pixels
QUIET: Final = 4  # modules of white around a code; ISO/IEC 18004
INK = (20, 20, 20)
GREY = (90, 90, 90)


@dataclass(frozen=True, slots=True)
class Poster:
    """What one sheet says."""

    link: str
    title: str
    how: str
    small: str  # what stands below in small letters


def code_picture(link: str, pixels: int = 900) -> Image.Image:
    """The code alone, about so wide; it is still read with a seventh of it torn or dirty."""
    code = segno.make(link, error="m", micro=False)
    scale = max(1, pixels // code.symbol_size(border=QUIET)[0])
    into = BytesIO()
    code.save(into, kind="png", scale=scale, border=QUIET)
    into.seek(0)
    return Image.open(into).convert("RGB")


def sheet(poster: Poster, paper: str) -> Image.Image:
    """The sheet: title, code, how it is used, and the address in letters for those whose phone cannot scan."""
    width, height = (round(side * MM) for side in PAPER[paper])
    page = Image.new("RGB", (width, height), "white")
    draw, margin = ImageDraw.Draw(page), round(width * 0.08)
    room = width - 2 * margin
    y = _centred(draw, poster.title, margin, margin, room, round(width * 0.075), INK)
    code = code_picture(poster.link, round(width * 0.66))
    page.paste(code, ((width - code.width) // 2, y + margin // 3))
    y += margin // 3 + code.height
    y = _centred(draw, poster.how, margin, y + margin // 4, room, round(width * 0.042), INK)
    _centred(draw, f"{poster.link}\n{poster.small}", margin, y + margin // 3, room, round(width * 0.024), GREY)
    return page


def save_png(picture: Image.Image, file: Path) -> None:
    """Write a picture for print. Raises OSError."""
    picture.save(file, "PNG", dpi=(DPI, DPI))


def save_pdf(pages: list[Image.Image], file: Path) -> None:
    """Write all sheets as one PDF. Raises OSError."""
    pages[0].save(file, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])


def _centred(
    draw: ImageDraw.ImageDraw, text: str, x: int, y: int, room: int, size: int, ink: tuple[int, int, int]
) -> int:
    """Write lines in the middle of the room, broken where they are too long; where the next thing may begin."""
    font = ImageFont.load_default(size)
    for line in _lines(draw, text, font, room):
        length = draw.textlength(line, font=font)
        draw.text((x + (room - length) / 2, y), line, font=font, fill=ink)
        y += round(size * 1.25)
    return y


def _lines(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: int
) -> Iterator[str]:
    """The text in lines that fit; a word too long for a line is broken anywhere."""
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and draw.textlength(longer, font=font) > room:
                yield line
                longer = word
            while draw.textlength(longer, font=font) > room:
                cut = next(n for n in range(len(longer) - 1, 0, -1) if draw.textlength(longer[:n], font=font) <= room)
                yield longer[:cut]
                longer = longer[cut:]
            line = longer
        yield line
