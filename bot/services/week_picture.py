"""The picture of an area's week: three numbers and their bars, readable on a small screen."""

import io
from dataclasses import dataclass

SIDE = 720  # pixels
MARGIN = 48
PAPER, INK, QUIET = "#fbfaf7", "#22313f", "#8a8f98"
BARS = ("#3a6ea5", "#3c8d5a", "#c7641e")


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands in the picture, in the reader's language."""

    title: str
    span: str
    named: tuple[tuple[str, int], ...]  # up to three


def week_picture(figures: Figures) -> bytes:
    """A PNG of a few KB. Takes a moment: not for the event loop."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    pen = ImageDraw.Draw(picture)
    size = 52
    while pen.textlength(figures.title, font=ImageFont.load_default(size)) > SIDE - 2 * MARGIN and size > 20:
        size -= 4
    pen.text((MARGIN, MARGIN), figures.title, fill=INK, font=ImageFont.load_default(size))
    pen.text((MARGIN, MARGIN + 70), figures.span, fill=QUIET, font=ImageFont.load_default(30))
    most, room = max((n for _, n in figures.named), default=0) or 1, SIDE - 2 * MARGIN
    for row, (label, n) in enumerate(figures.named):
        top = 210 + row * 165
        pen.text((MARGIN, top), label, fill=INK, font=ImageFont.load_default(32))
        pen.text((SIDE - MARGIN, top), str(n), fill=INK, font=ImageFont.load_default(40), anchor="ra")
        pen.rounded_rectangle((MARGIN, top + 56, SIDE - MARGIN, top + 96), 10, fill="#e9e6de")
        if n:
            pen.rounded_rectangle((MARGIN, top + 56, MARGIN + max(20, room * n / most), top + 96), 10, fill=BARS[row])
    written = io.BytesIO()
    picture.quantize(32).save(written, "PNG", optimize=True)
    return written.getvalue()
