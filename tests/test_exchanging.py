"""``kentongan sp4n``: what it writes, takes and refuses, as a person at a keyboard sees it."""

from pathlib import Path

import pytest

from bot.exchanging import CannotExchange, export_to, import_from
from bot.opening import open_database
from bot.services.office import open_office
from bot.services.sheets import read_sheet
from bot.settings import Settings
from cities.city import City
from tests.services.test_letters import lies_outside
from tests.services.town import NOW, Town


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", _env_file=None)  # type: ignore[call-arg]


@pytest.fixture
def number(settings: Settings, city: City) -> str:
    """A report that lies outside, in a database that nobody has open any more."""
    settings.data_dir.mkdir()
    town = Town(open_database(settings, NOW), open_office(city, ""))
    number = lies_outside(town, town.citizen(), way="sp4n")
    town.db.close()
    return number


@pytest.mark.parametrize("name", ["keluar.csv", "keluar.xlsx", "KELUAR.XLSX"])
def test_referred_reports_are_written_to_either_kind_of_file(
    settings: Settings, number: str, tmp_path: Path, name: str
) -> None:
    said = export_to(settings, tmp_path / name, NOW)
    assert "1 reports; 0 confidential" in said
    (row,) = read_sheet((tmp_path / name).read_bytes())
    assert row.cells["nomor laporan kota"] == number


def test_answers_are_taken_once(settings: Settings, number: str, tmp_path: Path) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_text(f"Nomor Laporan Kota,Tracking ID,Isi Tanggapan\n{number},7,akan ditambal\n")
    assert "1 answers and 1 tracking numbers taken; 0 lines" in import_from(settings, file, NOW)
    assert "0 answers and 0 tracking numbers taken; 1 lines" in import_from(settings, file, NOW)


def test_every_bad_line_is_named_and_nothing_is_taken(settings: Settings, number: str, tmp_path: Path) -> None:
    file = tmp_path / "jawaban.csv"
    file.write_text(f"Nomor Laporan Kota,Isi Tanggapan\n{number},baik\nBDG-261124-0017-6,x\n,y\n")
    with pytest.raises(CannotExchange) as refused:
        import_from(settings, file, NOW)
    assert str(refused.value).splitlines()[1:] == [
        "line 3: there is no report BDG-261124-0017-6.",
        "line 4: it has neither a report number nor a Tracking ID.",
    ]
    file.write_text(f"Nomor Laporan Kota,Isi Tanggapan\n{number},baik\n")
    assert "1 answers" in import_from(settings, file, NOW)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.csv", None, "cannot be read: No such file"),
        ("x.csv", b"", "The file is empty"),
        ("x.csv", b"Nama\nAsep\n", "Column titles are missing"),
    ],
)
def test_what_cannot_be_imported_is_said_in_a_sentence(
    settings: Settings, number: str, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotExchange, match=reason):
        import_from(settings, tmp_path / name, NOW)


@pytest.mark.parametrize(("name", "reason"), [("x.doc", "must end with"), ("nowhere/x.csv", "cannot be written")])
def test_what_cannot_be_written_is_said_in_a_sentence(
    settings: Settings, number: str, tmp_path: Path, name: str, reason: str
) -> None:
    with pytest.raises(CannotExchange, match=reason):
        export_to(settings, tmp_path / name, NOW)
