"""What the back office is sent and sends through the real bots: maps, letters, sheets, and the work in an agency's group."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.services.sheets import read_sheet, write_csv
from tests.app.running import PATIENCE, Cast, report, running, settings_for
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import STAFF_TOKEN
from tests.emulators.telegram_state import Json, Message

pytestmark = pytest.mark.usefixtures("shared_reader")
GROUP = -100123


class Member(Person):
    """The same person in a group with the bot; an answer names the message that it answers."""

    def __init__(self, person: Person) -> None:
        super().__init__(person.api, person.token, id=person.id, name=str(person._user["first_name"]))
        self._chat: Json = {"id": GROUP, "type": "supergroup", "title": "Bidang PJU"}
        self._bot.chats.setdefault(GROUP, [])

    @property
    def messages(self) -> list[Message]:
        return self._bot.chats[GROUP]

    def answer(self, message: Message, text: str) -> int:
        return self._send({"text": text, "reply_to_message": message.raw})


def sent(api: BotApi, name: str) -> bytes:
    """What the staff bot uploaded under a name that ends so, the newest."""
    found = [content for call in api.called("sendDocument", STAFF_TOKEN) for content in call.files.values()]
    fitting = [content for content in found if content.startswith({".pdf": b"%PDF", ".xlsx": b"PK"}[name])]
    return fitting[-1]


async def test_a_referral_goes_out_with_a_letter_and_a_sheet_and_answers_come_back(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    cast = Cast(api)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        number = await cast.file()
        admin = cast.admin
        await admin.reads(number, within=PATIENCE)
        admin.write(f"/lihat {number}")
        await admin.reads("lampu jalan mati", within=PATIENCE)
        maps = [message.photo for message in admin.messages if message.photo]
        assert any(Image.open(io.BytesIO(photo)).format == "PNG" for photo in maps)
        admin.write(f"/verifikasi {number}")
        await admin.reads("sudah benar?", within=PATIENCE)
        admin.tap("Sudah benar")
        await admin.reads("sudah diverifikasi", within=PATIENCE)
        admin.write(f"/teruskan {number} Balai Jalan Entah")
        await admin.reads("Apa alasannya", within=PATIENCE)
        admin.write("jalan nasional")
        await admin.reads("lewat apa", within=PATIENCE)
        admin.tap("Surat")
        await admin.reads("nomor rujukan", within=PATIENCE)
        admin.tap("Belum ada")
        await admin.reads("Suratnya terlampir", within=PATIENCE)
        assert sent(api, ".pdf").startswith(b"%PDF")
        admin.write("/sp4n")
        await admin.reads("Terlampir laporan", within=PATIENCE)
        (row,) = read_sheet(sent(api, ".xlsx"))
        assert row.cells["nomor laporan kota"] == number
        answers = write_csv(
            ("Nomor Laporan Kota", "Tracking ID", "Isi Tanggapan"), [(number, "90012", "akan ditambal")]
        )
        admin.send_document(answers, "jawaban.csv", "text/csv")
        await admin.reads("Tersimpan: 1 jawaban dan 1 nomor", within=PATIENCE)
        await cast.citizen.reads("akan ditambal", within=PATIENCE)


async def test_an_agencys_group_works_on_a_report_by_answering_its_card(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    cast = Cast(api)
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        cast.owner.write("/grup")
        code = (await cast.owner.reads("Kode grup", within=PATIENCE)).text.splitlines()[0].rsplit(" ", 1)[1]
        owner, admin = Member(cast.owner), Member(cast.admin)
        owner.write(f"/grup {code}")
        await owner.reads("sekarang menerima laporan", within=PATIENCE)
        number = await cast.file()
        await cast.assign(number)
        card = await owner.reads(number, within=PATIENCE)
        assert "Euis" not in card.text
        admin.write(f"/lihat {number}")  # an administrator is nobody in the group
        owner.answer(card, "/proses tim berangkat siang ini")
        await owner.reads("sedang ditangani", within=PATIENCE)
        assert (await report(kentongan, number)).status == "diproses"
        await cast.citizen.reads("tim berangkat siang ini", within=PATIENCE)
        assert not any("lampu jalan mati" in each.text and each is not card for each in owner.messages)
