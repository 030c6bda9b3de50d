"""Forwarded messages through a program that is killed at every stage: none is lost, none is filed twice."""

import hashlib
import hmac
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from storage import Database, Tx, Vault, groups
from storage.tables import Report
from tests.app.processes import SECRET, START, Program
from tests.app.running import number_in
from tests.emulators.bot_api import BotApi
from tests.emulators.cloud_api import ACCESS_TOKEN, ACCOUNT_ID, NUMBER_ID, CloudApi
from tests.emulators.people import Person
from tests.emulators.phones import Phone
from tests.emulators.serving import CITIZEN_TOKEN, serving

pytestmark = pytest.mark.process

CODE = "ABCD2345"
TOLD = (
    "lampu jalan mati di jl cisitu lama nomor 12",
    "siap pak RT, nuhun infona",
    "sampah menumpuk depan pasar cihapit sudah seminggu",
    "iya bener gelap banget disitu",
    "jalan berlubang di jl dipatiukur depan kampus",
)


@pytest.fixture
def program(tmp_path: Path, api: BotApi, api_url: str) -> Iterator[Program]:
    """The citizens' bot by polling, every update twice, and a KIM that somebody can join."""
    api.duplicate = True
    made = Program(tmp_path, telegram_citizen_token=CITIZEN_TOKEN, telegram_api_url=api_url)
    assert "up to date" in made.run("migrate").stdout
    _in_database(made, _found)
    yield made
    made.end()


def _in_database(program: Program, act: object) -> None:
    db = Database(f"sqlite:///{program.folder}/data/kentongan.db", Vault(SECRET))
    try:
        db.run_sync(act)  # type: ignore[arg-type]
    finally:
        db.close()


def _found(tx: Tx) -> None:
    now = datetime.now(UTC)
    term = {"term_from": date(2020, 1, 1), "term_until": date(2090, 1, 1)}
    group = groups.found(tx, "KIM Mekar", kelurahan="Dago", kecamatan="Coblong", now=now, **term)
    groups.invite(tx, CODE, group.id or 0, groups.COORDINATOR, None, now, now + timedelta(days=1))


def _forward(person: Person, text: str, at: int) -> None:
    origin = {"type": "hidden_user", "sender_user_name": f"Warga {at}", "date": 1_700_000_000 + at}
    person._send({"text": text, "forward_origin": origin})


def _rows(program: Program, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(program.folder / "data" / "kentongan.db")) as file:
        return file.execute(query).fetchall()


def _wait_for(program: Program, query: str, wanted: object) -> None:
    until = time.monotonic() + START
    while _rows(program, query) != [(wanted,)]:
        assert time.monotonic() < until, _rows(program, query)
        time.sleep(0.1)


async def test_killed_while_gathering_while_reading_and_while_filing_nothing_is_lost_or_filed_twice(
    program: Program, api: BotApi
) -> None:
    member = Person(api, CITIZEN_TOKEN, id=4711, name="Euis")
    process = program.serve()
    member.write(f"gabung kim {CODE}")
    await member.reads("Selamat bergabung", within=START)
    for n, text in enumerate(TOLD):
        _forward(member, text, n)
    process.kill()  # in the middle of the burst
    process.communicate()

    process = program.serve()
    _wait_for(program, "SELECT count(*) FROM gathered", len(TOLD))
    process.kill()  # all are gathered, and the pause is not over
    process.communicate()
    with closing(sqlite3.connect(program.folder / "data" / "kentongan.db")) as file:
        file.execute("UPDATE batch SET due_at = '2020-01-01 00:00:00'")
        file.commit()

    process = program.serve()
    await member.reads("Dari 5 pesan ada 3 laporan", within=START)
    member.tap("Kirim: tetangga")
    process.kill()  # the tap was sent; whether it was taken is chance
    process.communicate()

    program.serve()
    filed = await member.reads("Terkirim 3 laporan", within=START)
    number_in(filed.text)
    reports = program.look(Report)
    assert len(reports) == 3
    assert {report.kim_member_id for report in reports} == {1}  # type: ignore[union-attr]
    assert _rows(program, "SELECT count(*) FROM gathered WHERE report_id IS NOT NULL") == [
        (4,)
    ]  # who agrees is in the report, too
    assert _rows(program, "SELECT count(*) FROM consent") == [(3,)]
    assert _rows(program, "SELECT state FROM batch") == [("filed",)]
    assert sum("Terkirim" in message.text for message in member.messages) == 1


# ---------------------------------------------------------------- WhatsApp, which tells of a forward only that it is one


@pytest.fixture(scope="module")
def cloud() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url
    assert not api.violations


@pytest.fixture
def on_whatsapp(tmp_path: Path, cloud: tuple[CloudApi, str]) -> Iterator[Program]:
    made = Program(
        tmp_path, public_url="https://lapor.example", whatsapp_access_token=ACCESS_TOKEN, whatsapp_app_secret=APP_SECRET,
        whatsapp_phone_number_id=NUMBER_ID, whatsapp_business_account_id=ACCOUNT_ID, whatsapp_verify_token="v",
        whatsapp_api_url=cloud[1],
    )  # fmt: skip
    assert "up to date" in made.run("migrate").stdout
    _in_database(made, _found)
    yield made
    made.end()


APP_SECRET = "meta signs with this"


def _calls(program: Program, *bodies: bytes) -> None:
    """Meta calls our webhook with each of these twice."""
    for body in (*bodies, *bodies):
        signature = "sha256=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        heard = httpx.post(f"{program.url}/webhooks/whatsapp", content=body, headers={"X-Hub-Signature-256": signature})
        assert heard.status_code == 200


def _shows(phone: Phone, part: str) -> str:
    until = time.monotonic() + START
    while not (found := [text for text in phone.texts if part in text]):
        assert time.monotonic() < until, phone.texts
        time.sleep(0.1)
    return found[-1]


def test_killed_with_a_batch_from_whatsapp_at_hand_nothing_is_lost_or_filed_twice(
    on_whatsapp: Program, cloud: tuple[CloudApi, str]
) -> None:
    phone = Phone(cloud[0])
    process = on_whatsapp.serve()
    _calls(on_whatsapp, phone.writes(f"gabung kim {CODE}"))
    _shows(phone, "Selamat bergabung")
    told = [phone.does("text", {"body": text}, context={"forwarded": True}) for text in TOLD]
    told[-1:] = [phone.does("text", {"body": TOLD[-1]}, context={"forwarded": True, "frequently_forwarded": True})]
    _calls(on_whatsapp, *told)
    process.kill()  # Meta was told 200 for all of them
    process.communicate()

    process = on_whatsapp.serve()
    _wait_for(on_whatsapp, "SELECT count(*) FROM gathered", len(TOLD))
    process.kill()  # all are gathered, and the pause is not over
    process.communicate()
    with closing(sqlite3.connect(on_whatsapp.folder / "data" / "kentongan.db")) as file:
        file.execute("UPDATE batch SET due_at = '2020-01-01 00:00:00'")
        file.commit()

    process = on_whatsapp.serve()
    _shows(phone, "Dari 5 pesan ada 3 laporan")
    _calls(on_whatsapp, phone.taps(0))
    process.kill()  # the tap was taken; whether it was played is chance
    process.communicate()

    on_whatsapp.serve()
    number_in(_shows(phone, "Terkirim 3 laporan"))
    assert len(on_whatsapp.look(Report)) == 3
    assert _rows(on_whatsapp, "SELECT count(*) FROM gathered WHERE report_id IS NOT NULL") == [
        (4,)
    ]  # who agrees is in the report, too
    assert _rows(on_whatsapp, "SELECT state FROM batch") == [("filed",)]
