"""Sheets come as people's programs write them, and go out so that nothing in them runs."""

import contextlib
import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.sheets import LARGEST, MOST_ROWS, SheetUnreadable, read_sheet, write_csv, write_xlsx

TITLES = ("Tracking ID", "Isi Tanggapan")
cells = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30).map(str.strip)


def cells_of(content: bytes) -> list[list[str]]:
    return [list(row.cells.values()) for row in read_sheet(content)]


@given(st.lists(st.tuples(cells.filter(bool), cells), max_size=8))
def test_what_is_written_is_read_back_from_either_kind(rows: list[tuple[str, str]]) -> None:
    told = [
        [cell.removeprefix("'") if cell[:1] == "'" and cell[1:2] in "=+@-" else cell for cell in row] for row in rows
    ]
    assert cells_of(write_csv(TITLES, rows)) == told
    assert cells_of(write_xlsx("x", TITLES, rows)) == told


@pytest.mark.parametrize("nasty", ["=1+1", "+62811", "@SUM(A1)", "-2+3", "\t=1", '=HYPERLINK("http://x")'])
def test_nothing_runs_when_the_file_is_opened(nasty: str) -> None:
    written = write_csv(TITLES, [("1", nasty)]).decode("utf-8-sig")
    assert f"'{nasty}" in written.replace('""', '"')
    book = ZipFile(io.BytesIO(write_xlsx("x", TITLES, [("1", nasty)])))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_a_point_on_the_map_stays_as_it_is() -> None:
    assert b"'-6.9" not in write_csv(TITLES, [("1", "-6.907800, 107.621300")])


def test_numbers_keep_their_zeros() -> None:
    assert cells_of(write_xlsx("x", TITLES, [("0042", "a")])) == [["0042", "a"]]


@pytest.mark.parametrize(
    "content",
    [
        b"Tracking ID;Isi Tanggapan\r\n7;sudah\r\n",
        b"Tracking ID\tIsi Tanggapan\n7\tsudah\n",
        b"\xef\xbb\xbfTracking ID,Isi Tanggapan\n7,sudah\n",
        b"\n\nTRACKING  ID,Isi Tanggapan\n7,sudah\n,\n\n",
    ],
)
def test_what_other_programs_write_is_read_as_well(content: bytes) -> None:
    (row,) = read_sheet(content)
    assert row.cells == {"tracking id": "7", "isi tanggapan": "sudah"}


def test_a_line_is_named_as_a_spreadsheet_counts_it() -> None:
    rows = read_sheet(b'Tracking ID,Isi Tanggapan\n1,"dua\nbaris"\n\n2,x\n')
    assert [row.line for row in rows] == [2, 5]


def test_old_western_letters_are_read() -> None:
    assert cells_of("Tracking ID,Isi Tanggapan\n1,caf\xe9\n".encode("cp1252")) == [["1", "café"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_header"),
        (b"\n,,\n", "no_header"),
        (b"\x00\x01\x02", "no_sheet"),
        (b"PK\x03\x04 but nothing behind it", "no_sheet"),
        (b"a" * (LARGEST + 1), "too_large"),
        (b"a\n" + b"1\n" * (MOST_ROWS + 1), "too_large"),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(SheetUnreadable) as refused:
        read_sheet(content)
    assert refused.value.code == code


def test_a_small_archive_that_would_unpack_to_something_monstrous_is_refused() -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for n in range(11):
            archive.writestr(f"xl/{n}.xml", b"0" * 10_000_000)
    assert len(packed.getvalue()) < LARGEST
    with pytest.raises(SheetUnreadable) as refused:
        read_sheet(packed.getvalue())
    assert refused.value.code == "too_large"


@given(st.binary(max_size=200))
def test_nothing_whatever_makes_reading_fail_otherwise(content: bytes) -> None:
    with contextlib.suppress(SheetUnreadable):
        assert isinstance(read_sheet(content), list)
