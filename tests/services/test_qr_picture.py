"""The invitation of a KIM as a picture that a phone can be held to."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.services import enclosures
from bot.services.qr_picture import qr_picture
from tests.services.test_groups import found, joined
from tests.services.town import Town, heard


def test_the_picture_is_a_square_png_that_a_phone_can_read() -> None:
    picture = Image.open(BytesIO(qr_picture("https://t.me/lapor_bot?start=kim_ABCD2345")))
    assert picture.format == "PNG"
    assert picture.width == picture.height >= 200
    assert len(picture.convert("1").getcolors() or ()) == 2, "black on white"


def test_a_coordinators_invitation_carries_its_picture_where_there_is_a_bot_to_open(town: Town) -> None:
    found(town)
    euis = joined(town)
    town.office = replace(town.office, citizen_channel="https://t.me/lapor_bot")
    reply = euis.writes("kim undang", heard("lainnya", place=None))
    assert "https://t.me/lapor_bot?start=kim_" in reply.text
    (name,) = reply.enclosed
    (made,) = town.db.read_sync(enclosures.gather, town.office, reply.enclosed, "id", town.now)
    assert enclosures.is_picture(name)
    assert made.make(Path()).startswith(b"\x89PNG")


def test_without_a_bot_the_code_is_typed(town: Town) -> None:
    found(town)
    euis = joined(town)
    town.office = replace(town.office, citizen_channel="lapor.example")
    reply = euis.writes("kim undang", heard("lainnya", place=None))
    assert reply.enclosed == ()
    assert "GABUNG KIM" in reply.text
    assert town.db.read_sync(enclosures.gather, town.office, ("kim:ABCD2345",), "id", town.now) == ()
