"""A letter as PDF: one A4 page where it fits, with map, photo, and the link as a QR code. Takes a moment: not for the event loop."""

import io
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.services.letters import Letter
from bot.services.map_picture import map_picture
from cities.city import City

if TYPE_CHECKING:
    from fpdf import FPDF

log = structlog.get_logger()

FONT = "Helvetica"  # one of those that every PDF reader has; it knows Western European letters
MARGIN, LINE, LABEL = 22.0, 5.2, 38.0  # mm
PICTURE_HEIGHT, QR_SIDE = 48.0, 30.0  # mm
PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "•": "-", "\u00a0": " "})


def letter_pdf(city: City, letter: Letter, media_folder: Path) -> bytes:
    """The letter's bytes."""
    from fpdf import FPDF

    page = FPDF(format="A4")
    page.set_margin(MARGIN)
    page.set_auto_page_break(auto=True, margin=MARGIN - 4)
    page.set_title(letter.rows[0][1])
    page.add_page()
    _head(page, letter)
    _rows(page, letter.rows_above, 22.0)
    page.ln(LINE)
    _paragraph(page, f"Yth. {letter.receiver}")
    _paragraph(page, letter.opening)
    _rows(page, letter.rows, LABEL)
    _pictures(page, city, letter, media_folder)
    _paragraph(page, letter.request)
    if letter.link:
        _link(page, letter)
    _paragraph(page, letter.closing)
    page.ln(LINE)
    page.multi_cell(0, LINE, written(letter.signed), align="R", new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def written(text: str) -> str:
    """The text in letters that the font has; what it lacks, such as an emoji, is left out."""
    plain = unicodedata.normalize("NFC", text.translate(PLAIN))
    return "".join(char for char in plain if char == "\n" or (char.isprintable() and ord(char) < 256))


def _head(page: "FPDF", letter: Letter) -> None:
    page.set_font(FONT, "B", 13)
    for line in letter.head:
        page.multi_cell(0, 6.2, written(line), align="C", new_x="LMARGIN", new_y="NEXT")
    page.line(MARGIN, page.get_y() + 2, page.w - MARGIN, page.get_y() + 2)
    page.ln(6)
    page.set_font(FONT, "", 10.5)
    page.multi_cell(0, LINE, written(letter.dated), align="R", new_x="LMARGIN", new_y="NEXT")


def _rows(page: "FPDF", rows: tuple[tuple[str, str], ...], width: float) -> None:
    for what, value in rows:
        page.set_font(FONT, "", 10.5)
        page.cell(width, LINE, written(what))
        page.multi_cell(0, LINE, written(f": {value}"), new_x="LMARGIN", new_y="NEXT")
    page.ln(2)


def _paragraph(page: "FPDF", text: str) -> None:
    page.set_font(FONT, "", 10.5)
    page.multi_cell(0, LINE, written(text), new_x="LMARGIN", new_y="NEXT")
    page.ln(2)


def _pictures(page: "FPDF", city: City, letter: Letter, media_folder: Path) -> None:
    """The map and the photo beside each other."""
    pictures = [io.BytesIO(map_picture(city, *letter.point, letter.north))] if letter.point else []
    if letter.photo and (photo := _photo(media_folder / letter.photo)):
        pictures.append(photo)
    if not pictures:
        return
    if page.will_page_break(PICTURE_HEIGHT):
        page.add_page()
    top, left = page.get_y(), MARGIN
    for picture in pictures:
        page.image(picture, x=left, y=top, w=80, h=PICTURE_HEIGHT, keep_aspect_ratio=True)
        left += 84
    page.set_y(top + PICTURE_HEIGHT + 3)


def _photo(path: Path) -> io.BytesIO | None:
    """A smaller copy for the letter; None where ours cannot be read."""
    from PIL import Image

    small = io.BytesIO()
    try:
        with Image.open(path) as photo:
            shown = photo.convert("RGB")
            shown.thumbnail((1000, 1000))
            shown.save(small, "JPEG", quality=80)
    except OSError as error:
        log.exception("a photo is missing in a letter", path=str(path), reason=str(error))
        return None
    return small


def _link(page: "FPDF", letter: Letter) -> None:
    import segno

    if page.will_page_break(QR_SIDE + 3 * LINE):
        page.add_page()
    _paragraph(page, letter.by_link)
    code = io.BytesIO()
    segno.make(letter.link, error="m").save(code, kind="png", scale=6, border=2)
    top = page.get_y()
    page.image(code, x=MARGIN, y=top, w=QR_SIDE, h=QR_SIDE)
    page.set_xy(MARGIN + QR_SIDE + 4, top + QR_SIDE / 2 - LINE)
    page.set_text_color(0, 0, 160)
    page.multi_cell(0, LINE, written(letter.link), link=letter.link, new_x="LMARGIN", new_y="NEXT")
    page.set_text_color(0)
    page.set_y(top + QR_SIDE + 2)
