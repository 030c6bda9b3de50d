"""The public page of one report: where it stands, and nothing personal."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.services.secrecy import is_hidden
from bot.web.public_report import public_report
from bot.web.tracking import BURST
from cities.categories import SUPERVISORY
from cities.city import City
from storage import Tx, reports
from storage.numbers import format_number, luhn_digit
from storage.tables import Report, StatusChange
from tests.storage.makers import new_report, new_talk
from tests.web.small_door import NOON, SmallDoor, browser

NUMBER = format_number("BDG", NOON.date(), 42)
PERSONAL = {
    "description": "Pak Asep rumahnya gelap",
    "place_words": "depan rumah Bu Euis",
    "place_name": "Jalan Cisitu Lama",
    "kelurahan": "Dago",
    "kecamatan": "Coblong",
    "lat": -6.88,
    "lon": 107.61,
}


def file(door: SmallDoor, *moves: tuple[str, str, str], **columns: Any) -> None:
    """A report, and what became of it an hour later each: (status, actor, reason)."""

    def filed(tx: Tx) -> None:
        talk = new_talk(tx, name="Asep Sunandar")
        report = new_report(tx, talk, **({"number": NUMBER, "created_at": NOON, **PERSONAL} | columns))
        for hours, (to, actor, reason) in enumerate(moves, 1):
            at = NOON + timedelta(hours=hours)
            note = "sudah kami hubungi Pak Asep"
            reports.record_change(
                tx, report, to, actor=actor, contact_id=None, agency="", reason=reason, note=note, at=at
            )

    door.db.run_sync(filed)


@pytest.fixture
def reader(door: SmallDoor) -> TestClient:
    return browser(door, headers={"Accept": "text/html"})


def words_of(reader: TestClient, number: str = NUMBER, **query: str) -> str:
    answer = reader.get(f"/lacak/{number}", params=query)
    assert answer.status_code == 200
    return answer.text


# ---------------------------------------------------------------- what is shown


def test_a_report_shows_where_it_stands_and_how_it_got_there(door: SmallDoor, reader: TestClient) -> None:
    file(door, ("terverifikasi", "administrator", ""), ("didisposisikan", "administrator", ""))
    shown = words_of(reader)
    assert NUMBER in shown
    labels = [door.city.statuses[code].label["id"] for code in ("didisposisikan", "terverifikasi", "diterima")]
    timeline = shown.split('class="steps"')[1]
    assert sorted(labels, key=timeline.index) == labels
    assert "Selasa, 24 November 2026 pukul 12.00 WIB" in timeline
    assert "Selasa, 24 November 2026 pukul 14.00 WIB" in timeline
    assert door.city.categories["pju"].label["id"] in shown
    assert "Kel. Dago, Kec. Coblong" in shown
    assert "Masih berjalan" in shown


def test_nothing_personal_is_shown(door: SmallDoor, reader: TestClient) -> None:
    file(door, ("terverifikasi", "administrator", ""))
    shown = words_of(reader)
    for secret in ("Asep", "Euis", "gelap", "Cisitu", "-6.88", "107.61"):
        assert secret not in shown


@pytest.mark.parametrize(
    "columns",
    [
        {"privacy": "rahasia"},
        {"category": "perilaku_aparatur"},
        {"category": "perilaku_aparatur", "sub_category": "sikap_petugas"},
        {"category": "kesehatan"},
        {"category": "pendidikan", "sub_category": "perundungan"},
        {"category": "a_category_of_another_city"},
        {"agency": "inspektorat"},
    ],
)
def test_secret_supervisory_and_confidential_reports_show_their_status_only(
    door: SmallDoor, reader: TestClient, columns: dict[str, str]
) -> None:
    file(door, ("terverifikasi", "administrator", ""), **columns)
    shown = words_of(reader)
    assert door.city.statuses["terverifikasi"].label["id"] in shown
    assert "Dago" not in shown
    assert "Coblong" not in shown
    assert "<dl" not in shown
    for category in door.city.categories.values():
        assert category.label["id"] not in shown


@pytest.mark.parametrize("sub", ["", "any"])
@pytest.mark.parametrize(
    ("of_category", "of_sub"),
    [
        ({"classification": SUPERVISORY}, {}),
        ({"classification": SUPERVISORY}, {"classification": "pengaduan"}),
        ({"confidential_default": True}, {}),
        ({"restrict_view": ("administrator",)}, {}),
        ({}, {"classification": SUPERVISORY}),
        ({}, {"confidential": True}),
    ],
)
def test_each_reason_alone_hides_a_report(
    city: City, sub: str, of_category: dict[str, Any], of_sub: dict[str, Any]
) -> None:
    plain = city.categories["pju"]
    any_sub = replace(next(iter(plain.subs.values())), id="any", classification=None, confidential=False)
    category = replace(plain, subs={"any": replace(any_sub, **of_sub)}, **of_category)
    report = Report(category="pju", sub_category=sub, privacy="anonim", agency="")
    assert is_hidden(report, replace(city, categories={"pju": category})) is bool(of_category or sub)
    assert not is_hidden(report, replace(city, categories={"pju": replace(plain, subs={"any": any_sub})}))


def test_a_report_without_a_place_shows_none(door: SmallDoor, reader: TestClient) -> None:
    file(door, kelurahan="", kecamatan="")
    assert "Wilayah" not in words_of(reader)


@pytest.mark.parametrize(
    ("language", "label", "when"),
    [
        ("id", "Diterima", "Selasa, 24 November 2026 pukul 12.00 WIB"),
        ("su", "Katampi", "tabuh 12.00 WIB"),
        ("en", "Received", "Tuesday, 24 November 2026, 12:00 (WIB)"),
    ],
)
def test_the_page_speaks_three_languages(
    door: SmallDoor, reader: TestClient, language: str, label: str, when: str
) -> None:
    file(door)
    shown = words_of(reader, bahasa=language)
    assert f'<html lang="{language}">' in shown
    assert label in shown
    assert when in shown


def test_an_end_by_silence_is_shown_as_such(door: SmallDoor, reader: TestClient) -> None:
    path = ("terverifikasi", "didisposisikan", "diproses", "menunggu_konfirmasi")
    file(door, *((to, "administrator", "") for to in path), ("ditutup", "sistem", "tidak_ada_tanggapan"))
    shown = words_of(reader)
    assert "Otomatis, karena tidak ada jawaban" in shown
    assert "Sudah berakhir" in shown


def test_an_end_without_the_reporters_yes_is_shown_as_such(door: SmallDoor, reader: TestClient) -> None:
    file(door, ("diteruskan", "administrator", ""), ("ditutup", "administrator", "rujukan_tidak_dijawab"))
    assert "tanpa jawaban “sudah”" in words_of(reader)


def test_an_end_by_the_reporters_yes_needs_no_remark(door: SmallDoor, reader: TestClient) -> None:
    file(door, ("menunggu_konfirmasi", "narahubung", ""), ("ditutup", "pelapor", ""))
    assert "remark" not in words_of(reader)


def test_only_an_end_is_said_to_lack_the_reporters_yes(city: City) -> None:
    worded = replace(city, texts={**city.texts, "status.diproses.lama": {"id": "Masih {nomor}"}})
    going_on = StatusChange(
        report_id=1, from_status="didisposisikan", to_status="diproses", actor="narahubung", reason="lama", at=NOON
    )
    report = Report(number=NUMBER, status="diproses", category="pju", sub_category="", privacy="anonim", agency="")
    assert public_report(report, [going_on], None, worded, "id").now.remark == ""


@pytest.mark.parametrize(("privacy", "told"), [("anonim", True), ("rahasia", False)])
def test_a_joined_report_tells_where_the_other_stands_unless_that_is_secret(
    door: SmallDoor, reader: TestClient, privacy: str, told: bool
) -> None:
    def joined(tx: Tx) -> None:
        parent = new_report(tx, status="diproses", privacy=privacy)
        new_report(tx, new_talk(tx, "euis"), number=NUMBER, status="digabung", parent_id=parent.id)

    door.db.run_sync(joined)
    assert (door.city.statuses["diproses"].label["id"] in words_of(reader)) is told


# ---------------------------------------------------------------- numbers as people type them


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER.lower(),
        NUMBER.replace("-", ""),
        NUMBER.replace("-", " "),
        NUMBER.removeprefix("BDG-"),
        f" {NUMBER} ",
        f"laporan {NUMBER} saya",
    ],
)
def test_a_number_is_understood_however_it_is_typed(door: SmallDoor, reader: TestClient, typed: str) -> None:
    file(door)
    assert NUMBER in words_of(reader, typed)


def test_the_form_leads_to_the_page(door: SmallDoor, reader: TestClient) -> None:
    file(door)
    answer = reader.get("/lacak", params={"nomor": f" {NUMBER.lower()} ", "bahasa": "en"})
    assert answer.status_code == 200
    assert "Received" in answer.text


def test_an_empty_form_is_a_form(reader: TestClient) -> None:
    for query in ({}, {"nomor": " "}):
        answer = reader.get("/lacak", params=query)
        assert answer.status_code == 200
        assert 'name="nomor"' in answer.text
        assert 'role="alert"' not in answer.text


@pytest.mark.parametrize("digit", range(10))
def test_a_mistyped_number_is_caught_and_told_kindly(reader: TestClient, digit: int) -> None:
    if digit == luhn_digit("2611240042"):
        return
    answer = reader.get(f"/lacak/BDG-261124-0042-{digit}")
    assert answer.status_code == 404
    assert "salah ketik" in answer.text
    assert f'value="BDG-261124-0042-{digit}"' in answer.text


def test_an_unknown_number_is_told_apart_from_a_mistyped_one(reader: TestClient) -> None:
    answer = reader.get(f"/lacak/{NUMBER}")
    assert answer.status_code == 404
    assert "Tidak ada laporan dengan nomor ini" in answer.text


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "../../etc/passwd", "a/b", "%00", "x" * 5000])
def test_anything_else_is_mistyped_and_harmless(reader: TestClient, typed: str) -> None:
    answer = reader.get("/lacak", params={"nomor": typed})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    assert "salah ketik" in answer.text


# ---------------------------------------------------------------- nobody collects numbers


def test_search_engines_are_sent_away(door: SmallDoor, reader: TestClient) -> None:
    file(door)
    for path in ("/lacak", f"/lacak/{NUMBER}", "/lacak/x"):
        answer = reader.get(path)
        assert "noindex" in answer.headers["x-robots-tag"]
        assert 'name="robots" content="noindex' in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "private, no-store"


def test_opening_many_numbers_becomes_slow(door: SmallDoor, reader: TestClient) -> None:
    file(door)
    assert [reader.get(f"/lacak/{NUMBER}").status_code for _ in range(BURST + 1)] == [200] * BURST + [429]
    answer = reader.get(f"/lacak/{NUMBER}")
    assert "Tunggu sebentar" in answer.text
    assert int(answer.headers["retry-after"]) == 3
    door.pass_time(3)
    assert reader.get(f"/lacak/{NUMBER}").status_code == 200


def test_guessing_becomes_slow_sooner(reader: TestClient) -> None:
    codes = [reader.get(f"/lacak/{format_number('BDG', NOON.date(), n)}").status_code for n in range(1, 8)]
    assert codes == [404] * 6 + [429]
