"""Forwarded messages through a program that is killed at every stage: none is lost, none is filed twice."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import Database, Tx, Vault, groups
from storage.tables import Report
from tests.app.processes import SECRET, START, Program
from tests.app.running import number_in
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN

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
    assert _rows(program, "SELECT count(*) FROM gathered WHERE report_id IS NOT NULL") == [(3,)]
    assert _rows(program, "SELECT count(*) FROM consent") == [(3,)]
    assert _rows(program, "SELECT state FROM batch") == [("filed",)]
    assert sum("Terkirim" in message.text for message in member.messages) == 1
