"""The letter to an outside agency says everything about the report but who told it, and carries a link that works."""

import re
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.services import referrals, rights
from bot.services.letter_pdf import letter_pdf
from bot.services.letters import Letter, letter_about
from storage import Tx, media
from storage import reports as kept
from storage.tables import Report
from tests.services.town import Talk, Town

TOKEN = "a-token-that-nobody-guesses"
PAGES = "https://lapor.example"


def lies_outside(town: Town, citizen: Talk, **given: Any) -> str:
    """A report of this citizen that was handed to an outside agency by letter; its number."""
    number, admin = citizen.files(), town.administrator()
    town.move(admin, number, "terverifikasi")
    columns = given.pop("columns", {})

    def act(tx: Tx) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        if columns:
            kept.correct(tx, report, town.now, **columns)
        usual: dict[str, Any] = {
            "seen": "terverifikasi", "agency": "", "receiver": "Balai Jalan", "reason": "jalan nasional",
            "way": "letter", "reference": "", "token": TOKEN,
        }  # fmt: skip
        officer = rights.officer(tx, admin.contact_id, town.now)
        referrals.refer(tx, town.office, officer, number, **(usual | given), now=town.now)

    town.run(act)
    return number


def letter_of(town: Town, number: str, token: str = TOKEN) -> Letter | None:
    office = replace(town.office, pages=PAGES)

    def look(tx: Tx) -> Letter | None:
        report = kept.by_number(tx, number)
        assert report is not None
        return letter_about(tx, office, report, token, town.now)

    return town.run(look)


def words_in(pdf: bytes) -> str:
    """What can be read in a PDF of ours."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    pages = []
    for stream in streams:
        try:
            pages.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    pieces = re.findall(r"\(((?:\\.|[^\\()])*)\)", "\n".join(pages))
    return " ".join(re.sub(r"\\(.)", r"\1", piece) for piece in pieces)


def test_the_letter_says_what_where_why_until_when_and_how_to_answer(town: Town) -> None:
    number = lies_outside(town, town.citizen(shown_name="Asep Sunandar"), reference="B-17")
    letter = letter_of(town, number)
    assert letter is not None
    told = dict(letter.rows)
    assert told["Nomor laporan"] == number
    assert told["Uraian"] == "lampu jalan mati"
    assert told["Tempat"].startswith("Jl. Cisitu Lama")
    assert told["Titik peta"] == "-6.88300, 107.61200"
    assert told["Alasan penerusan"] == "jalan nasional"
    assert told["Nomor rujukan"] == "B-17"
    assert letter.receiver == "Balai Jalan"
    assert letter.head == town.office.city.letter.head  # type: ignore[union-attr]
    assert "1 Desember 2026" in letter.request  # five working days after a Tuesday
    assert "24 Desember 2026" in letter.by_link
    assert letter.link == f"{PAGES}/rujukan/{TOKEN}"


@pytest.mark.parametrize(("privacy", "named"), [("anonim", False), ("tampil", True), ("rahasia", False)])
def test_the_reporter_is_named_only_where_they_want_to_be_shown(town: Town, privacy: str, named: bool) -> None:
    number = lies_outside(town, town.citizen(shown_name="Asep Sunandar"), columns={"privacy": privacy})
    letter = letter_of(town, number)
    assert letter is not None
    assert ("Asep Sunandar" in repr(letter)) is named
    assert ("Asep Sunandar" in words_in(letter_pdf(town.office.city, letter, Path()))) is named


def test_of_a_secret_report_neither_words_nor_place_nor_photo_leave_the_house(town: Town, tmp_path: Path) -> None:
    asep = town.citizen()
    number = lies_outside(town, asep, columns={"privacy": "rahasia"})
    photo_of(town, asep, number, "kept/a.jpg")
    letter = letter_of(town, number)
    assert letter is not None
    assert "lampu" not in repr(letter.rows)
    assert (letter.photo, letter.point) == ("", None)
    assert not {"Tempat", "Titik peta"} & set(dict(letter.rows))


def photo_of(town: Town, talk: Talk, number: str, path: str) -> None:
    def keep(tx: Tx) -> None:
        row = media.await_file(
            tx, conversation_id=talk.conversation_id, purpose="problem", kind="photo", source="telegram:citizen",
            platform_ref="x", now=town.now,
        )  # fmt: skip
        media.stored(tx, row.id, path=path, media_type="image/jpeg", size_bytes=1, sha256=path)
        media.attach(tx, (row.id,), tx.session.get_one(Report, 1).id)

    town.run(keep)


def test_the_photo_of_the_problem_is_in_the_letter(town: Town, tmp_path: Path) -> None:
    asep = town.citizen()
    number = lies_outside(town, asep)
    without = letter_pdf(town.office.city, letter_of(town, number), tmp_path)  # type: ignore[arg-type]
    (tmp_path / "kept").mkdir()
    Image.new("RGB", (40, 30), "red").save(tmp_path / "kept/a.jpg")
    photo_of(town, asep, number, "kept/a.jpg")
    pdf = letter_pdf(town.office.city, letter_of(town, number), tmp_path)  # type: ignore[arg-type]
    assert pdf.count(b"/Subtype /Image") == without.count(b"/Subtype /Image") + 1
    (tmp_path / "kept/a.jpg").unlink()
    assert letter_pdf(town.office.city, letter_of(town, number), tmp_path).startswith(b"%PDF")  # type: ignore[arg-type]


def test_the_pdf_can_be_read_and_its_link_tapped(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    letter = letter_of(town, number)
    assert letter is not None
    pdf = letter_pdf(town.office.city, letter, Path())
    text = words_in(pdf)
    for words in (number, "Balai Jalan", "jalan nasional", "lampu jalan mati", *letter.head):
        assert words in text, words
    assert f"/URI ({letter.link})".encode() in pdf


def test_without_a_link_there_is_neither_qr_nor_a_word_of_it(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    letter = letter_of(town, number, token="")
    assert letter is not None
    assert (letter.link, letter.by_link) == ("", "")
    assert b"/URI" not in letter_pdf(town.office.city, letter, Path())


def test_a_report_that_lies_nowhere_outside_has_no_letter(town: Town) -> None:
    assert letter_of(town, town.citizen().files()) is None


def test_a_city_that_writes_no_letters_sends_none(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    town.office = replace(town.office, city=replace(town.office.city, letter=None))
    assert letter_of(town, number) is None


def test_words_of_somebody_who_is_not_shown_are_told_without_their_name_and_number(town: Town) -> None:
    number = lies_outside(town, town.citizen(shown_name="Asep Sunandar"))

    def rewrite(tx: Tx) -> None:
        tx.change(Report, description="lampu mati, saya Asep, 0812-3456-7890")

    town.run(rewrite)
    letter = letter_of(town, number)
    assert letter is not None
    assert dict(letter.rows)["Uraian"] == "lampu mati, saya …, …"
