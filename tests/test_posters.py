"""`kentongan qr`: what is asked for in words or a CSV becomes pictures, or one list of faults and no picture."""

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from bot import poster_sheet
from bot.dialogue.texts import speech_for
from bot.inviting import citizen_address
from bot.posters import Target, Wanted, WrongPosters, address_for, every, links_for, rows_of, write
from bot.settings import Settings
from cities.city import City

TELEGRAM = Target("telegram", "lapor_bandung_bot")


def test_a_place_by_its_name_with_rw_becomes_a_payload(city: City) -> None:
    ((payload, _),) = links_for(city, [Wanted(place="cihapit", rw="3", category="pju")])
    assert payload == "di_kel-3273091001__rw_03__soal_pju"


def test_every_kelurahan_has_a_code(city: City) -> None:
    made = links_for(city, every(city, "kelurahan"))
    assert len({payload for payload, _ in made}) == len(made) > 100


def test_all_faults_are_told_at_once_and_near_names_offered(city: City) -> None:
    wrong = [Wanted(place="Cihapitt"), Wanted(place="Cihapit", category="pjuu"), Wanted(campaign="musim hujan")]
    with pytest.raises(WrongPosters) as fault:
        links_for(city, wrong)
    lines = str(fault.value).splitlines()
    assert [line[:2] for line in lines] == ["1:", "2:", "3:"]
    assert "Cihapit" in lines[0]
    assert "pju" in lines[1]


def test_a_kind_of_place_that_is_none_is_refused(city: City) -> None:
    with pytest.raises(WrongPosters, match="kelurahan"):
        every(city, "planet")


def test_a_csv_with_unknown_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rw.csv"
    file.write_text("kelurahan,rw\nCihapit,3\n")
    with pytest.raises(WrongPosters, match="not kelurahan"):
        rows_of(file)
    file.write_text("place,rw,title\nCihapit,3,Pos RW\n")
    assert rows_of(file) == [Wanted(place="Cihapit", rw="3", title="Pos RW")]


@pytest.mark.parametrize(
    ("target", "link"),
    [
        (TELEGRAM, "https://t.me/lapor_bandung_bot?start=soal_pju"),
        (Target("whatsapp", "+62 811-2233"), "https://wa.me/628112233?text=Lapor%20%28kode%20soal_pju%29"),
        (Target("web", "https://lapor.example/"), "https://lapor.example/chat?start=soal_pju"),
    ],
)
def test_each_way_has_its_link(city: City, target: Target, link: str) -> None:
    assert address_for("soal_pju", target, speech_for(city, "id")) == link


def test_pictures_and_sheets_are_written(city: City, tmp_path: Path) -> None:
    made = links_for(city, [Wanted(place="Cihapit", rw="3"), Wanted(place="Dago", title="Terminal " * 12)])
    told = list(write(city, made, TELEGRAM, tmp_path / "qr", "a5"))
    assert [file.exists() for _, file in told] == [True, True]
    sheets = sorted((tmp_path / "qr").glob("*.a5.png"))
    assert len(sheets) == 2
    with Image.open(sheets[0]) as sheet:
        width, height = sheet.size
    assert (width, height) == tuple(round(side * poster_sheet.MM) for side in poster_sheet.PAPER["a5"])
    assert (tmp_path / "qr" / "a5.pdf").read_bytes().startswith(b"%PDF")


def test_a_code_is_drawn_with_its_white_border() -> None:
    picture = poster_sheet.code_picture("https://t.me/x?start=soal_pju")
    assert picture.width == picture.height
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert picture.getextrema() == ((0, 255),) * 3


def test_where_links_lead_must_be_known() -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    with pytest.raises(WrongPosters, match="KENTONGAN_PUBLIC_URL"):
        asyncio.run(citizen_address(settings, "", ""))
    with pytest.raises(WrongPosters, match="country code"):
        asyncio.run(citizen_address(settings, "whatsapp", ""))
    assert asyncio.run(citizen_address(settings, "whatsapp", "62811")) == Target("whatsapp", "62811")


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("lapor_bandung_bot", "telegram"),
        ("@lapor_bandung_bot", "telegram"),
        ("+62 811-2233-44", "whatsapp"),
        ("https://lapor.example", "web"),
    ],
)
def test_an_address_alone_tells_where_links_lead(address: str, way: str) -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    assert asyncio.run(citizen_address(settings, "", address)) == Target(way, address)


def test_the_name_of_a_bot_is_no_address_of_pages() -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    with pytest.raises(WrongPosters, match="https://"):
        asyncio.run(citizen_address(settings, "web", "lapor_bandung_bot"))
