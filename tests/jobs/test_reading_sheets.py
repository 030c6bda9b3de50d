"""An administrator sends a file of answers to the staff bot; it is read once our copy is there."""

import pytest

from bot.channels.base import FetchedFile
from bot.dialogue.events import MediaReady, TextSent
from bot.jobs.reading_sheets import sheet_in
from bot.services import staffing
from storage import people
from tests.jobs.program import Program
from tests.services.test_letters import lies_outside
from tests.services.town import Town


async def administrator(program: Program) -> None:
    def join(tx: object) -> None:
        address = people.find_or_create_address(tx, "telegram", "staff", "admin", now=program.time)  # type: ignore[arg-type]
        code = staffing.invite(tx, program.tools.office.city, "administrator", "", program.time)  # type: ignore[arg-type]
        staffing.join(tx, code, address.contact_id, program.time)  # type: ignore[arg-type]

    await program.db.run(join)


def referred(program: Program) -> str:
    town = Town(program.db, program.tools.office)
    town.now = program.time
    return lies_outside(town, town.citizen("ucup"), way="sp4n")


async def sends(program: Program, number: int, content: bytes) -> list[str]:
    """Send a document; what is said in return."""
    program.staff_platform.files["the-file"] = FetchedFile(content, "text/csv", "jawaban.csv")
    before = len(program.staff_platform.sent)
    await program.receive({"id": number, "who": "admin", "document": "the-file"}, bot="staff")
    await program.work.rest()
    return [message.text for _, message in program.staff_platform.sent[before:]]


@pytest.fixture
async def number(program: Program) -> str:
    import asyncio

    await administrator(program)
    return await asyncio.to_thread(referred, program)


async def test_answers_in_a_document_are_taken_and_counted(program: Program, number: str) -> None:
    content = f"Nomor Laporan Kota;Tracking ID;Isi Tanggapan\n{number};90012;akan ditambal\n".encode()
    told = [text for text in await sends(program, 1, content) if "Laporan baru" not in text]
    assert told[-2:] == [
        "Berkasnya sedang dibaca.",
        "Tersimpan: 1 jawaban dan 1 nomor pelacakan baru. 0 baris sudah tercatat sebelumnya. Warga membaca jawabannya.",
    ]
    assert any("akan ditambal" in text for text in program.platform.texts)
    assert (await sends(program, 2, content))[-1] == "Tidak ada yang baru: 1 baris sudah tercatat sebelumnya."


async def test_bad_lines_are_named_and_nothing_is_taken(program: Program, number: str) -> None:
    content = f"Nomor Laporan Kota,Isi Tanggapan\n{number},baik\nBDG-261124-0017-6,x\n".encode()
    said = (await sends(program, 1, content))[-1]
    assert "Tidak ada yang disimpan" in said
    assert "Baris 3: laporan BDG-261124-0017-6 tidak ada." in said
    assert not any("baik" in text for text in program.platform.texts)


@pytest.mark.parametrize("content", [b"%PDF-1.7 \x00\x01", b"", b"nama,umur\nAsep,3\n"])
async def test_any_other_file_is_answered_with_what_is_needed(program: Program, number: str, content: bytes) -> None:
    said = (await sends(program, 1, content))[-1]
    assert "Tidak ada yang disimpan" in said
    assert "Baris 1:" in said


async def test_only_a_document_of_staff_is_looked_into(program: Program) -> None:
    assert await sheet_in(program.tools, TextSent("halo")) is None
    program.platform.files["f"] = FetchedFile(b"Tracking ID,Isi Tanggapan\n1,x\n", "text/csv", "f.csv")
    await program.receive({"id": 1, "who": "asep", "document": "f"})
    await program.work.rest()
    assert await sheet_in(program.tools, MediaReady(1)) is None
