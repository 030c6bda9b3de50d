"""A narahubung on WhatsApp, through the real channel and the stand-in for Meta: commands, buttons, and templates after a day."""

import asyncio

from bot.services import staffing
from storage import reports as kept
from tests.emulators.test_cloud_api import Town, approved, loopback, program, town
from tests.services.town import Town as Office

__all__ = ["loopback", "program", "town"]


async def joined(town: Town) -> None:
    """The person on the phone becomes narahubung of Dishub, by a code sent to the citizens' number."""
    code = await town.program.db.run(
        staffing.invite, town.program.tools.office.city, "narahubung", "dishub", town.program.time
    )
    await town.hear(town.phone.writes(f"/start {code}"))
    assert "Selamat bergabung" in town.phone.texts[-1]


async def assigned(town: Town) -> str:
    """A report of somebody else, handed to Dishub now."""

    def hand_over() -> str:
        office = Office(town.program.db, town.program.tools.office)
        office.now = town.program.time
        number, admin = office.citizen("ucup").files(), office.administrator()
        office.move(admin, number, "terverifikasi")
        office.move(admin, number, "didisposisikan", agency="dishub")
        return number

    number = await asyncio.to_thread(hand_over)
    await town.passes(seconds=61)
    return number


async def status(town: Town, number: str) -> str:
    report = await town.program.db.read(kept.by_number, number)
    assert report is not None
    return report.status


async def test_a_report_is_worked_on_by_commands_buttons_and_words(town: Town) -> None:
    await joined(town)
    number = await assigned(town)
    assert any(number in text for text in town.phone.texts)
    await town.hear(town.phone.writes(f"/lihat {number}"))
    assert "lampu jalan mati" in town.phone.texts[-1]
    await town.hear(town.phone.writes(f"/proses {number}"))
    await town.hear(town.phone.writes("tim berangkat siang ini"))
    assert await status(town, number) == "diproses"


async def test_after_a_day_a_template_for_officers_calls_and_a_tap_brings_the_news(town: Town) -> None:
    await joined(town)
    await approved(town)
    await town.passes(days=2)
    before = len(town.phone.texts)
    number = await assigned(town)
    assert town.phone.texts[before:] == [f"[kabar_petugas] {number}"]
    await town.hear(town.phone.taps())
    assert number in town.phone.texts[-1]
    await town.hear(town.phone.writes(f"/proses {number} berangkat"))
    assert await status(town, number) == "diproses"


async def test_a_citizen_on_the_same_number_is_no_staff(town: Town) -> None:
    number = await assigned(town)
    await town.hear(town.phone.writes("/bantuan"), town.phone.writes(f"/proses {number} x"))
    assert await status(town, number) == "didisposisikan"
