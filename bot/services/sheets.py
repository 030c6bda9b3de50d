"""Sheets as people exchange them: CSV as Excel and others write it, and XLSX. A row is a mapping from its column's title."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

MOST_ROWS = 20_000
MOST_COLUMNS = 100
LARGEST = 5_000_000  # bytes
MOST_UNPACKED = 100_000_000  # bytes; a small archive may hold something monstrous
FORMULA = re.compile(r"[=+@\t\r]|-(?![\d.,\s-]*$)")
"""How a cell begins that a spreadsheet would run instead of show."""
XLSX = b"PK\x03\x04"
Cells = Sequence[object]


class SheetUnreadable(Exception):
    """A file is no sheet; ``code`` says why: too_large, no_sheet, no_header."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The file cannot be read as a sheet ({code}).")
        self.code = code


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet that is not empty."""

    line: int  # as a spreadsheet counts: the titles are line 1
    cells: Mapping[str, str]  # by title, in small letters


def read_sheet(content: bytes) -> list[Row]:
    """The rows of a CSV or XLSX file, its first line being the titles. Raises SheetUnreadable. Takes a moment."""
    if len(content) > LARGEST:
        raise SheetUnreadable("too_large")
    lines = _xlsx(content) if content.startswith(XLSX) else _csv(content)
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        raise SheetUnreadable("no_header")
    titles = [titled(cell) for cell in filled[0][1]]
    return [
        Row(number, {title: cell for title, cell in zip(titles, cells, strict=False) if title})
        for number, cells in filled[1:]
    ]


def titled(title: str) -> str:
    """A title in the form in which titles are compared."""
    return " ".join(title.lower().replace(".", " ").split())


def write_csv(titles: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """With the mark by which Excel knows UTF-8; nothing in it runs as a formula."""
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(titles)
    sheet.writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def write_xlsx(name: str, titles: Sequence[str], rows: Iterable[Cells]) -> bytes:
    """One sheet of that name; every cell is a text, so that numbers keep their zeros and nothing runs. Takes a moment."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for at, row in enumerate((titles, *rows)):
        cells = [WriteOnlyCell(sheet, _shown(cell)) for cell in row]
        for cell in cells:
            cell.data_type = "s"
            if not at:
                cell.font = Font(bold=True)
        sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    if b"\0" in content:
        raise SheetUnreadable("no_sheet")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")  # what Excel in Western Europe and Indonesia writes
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines, begins = [], 1
    try:
        for cells in reader:
            lines.append((begins, [_plain(cell) for cell in cells]))
            begins = reader.line_num + 1
            if len(lines) > MOST_ROWS:
                raise SheetUnreadable("too_large")
    except csv.Error as error:
        raise SheetUnreadable("no_sheet") from error
    return lines


def _xlsx(content: bytes) -> list[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    try:
        with ZipFile(io.BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MOST_UNPACKED:
            raise SheetUnreadable("too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        lines = [(number, [_plain(_shown(cell)) for cell in cells]) for number, cells in enumerate(rows, 1)]
    except SheetUnreadable:
        raise
    except Exception as error:  # a broken file makes its reader raise nearly anything
        raise SheetUnreadable("no_sheet") from error
    if len(lines) > MOST_ROWS + 1:
        raise SheetUnreadable("too_large")
    return lines


def _shown(cell: Any) -> str:
    """A cell as text: whole numbers without the decimals that a spreadsheet adds, and only what XML can hold."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(cell))


def _harmless(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    """Without the apostrophe with which a spreadsheet marks a text."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
