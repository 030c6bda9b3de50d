"""The program as its own process: what it prints, how it ends, and that a kill at any moment loses nothing."""

import asyncio
import contextlib
import re
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from storage.tables import InboxEvent, Report
from tests.app.processes import START, Program
from tests.app.running import NUMBER, jpeg, number_in
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN

pytestmark = pytest.mark.process

LAMP = "lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """One without any token, as a demonstration."""
    made = Program(tmp_path, demo="true")
    yield made
    made.end()


@pytest.fixture
def bots(tmp_path: Path, api: BotApi, api_url: str) -> Iterator[Program]:
    """One with both bots, by polling; every update comes twice."""
    api.duplicate = True
    made = Program(
        tmp_path, telegram_citizen_token=CITIZEN_TOKEN, telegram_staff_token=STAFF_TOKEN, telegram_api_url=api_url
    )
    yield made
    made.end()


# ---------------------------------------------------------------- what it prints, how it ends


def test_with_nothing_set_it_says_in_a_dozen_lines_what_is_on_and_off_and_ends_cleanly(tmp_path: Path) -> None:
    program = Program(tmp_path)
    del program.environment["KENTONGAN_SECRET_KEY"]
    process = program.start("run", "--demo-if-no-token")
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    while "Ctrl-C" not in lines[-1]:
        lines.append(process.stdout.readline())
        assert lines[-1], process.communicate()
    assert len(lines) <= 12
    printed = "".join(lines)
    assert f"{program.url}/chat" in printed
    assert "KENTONGAN_TELEGRAM_CITIZEN_TOKEN" in printed
    assert httpx.get(f"{program.url}/chat").status_code == 200
    key = tmp_path / "data" / "secret.key"
    assert oct(key.stat().st_mode)[-3:] == "600"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert (out, err) == ("", "")


def test_ctrl_c_ends_it_within_its_five_seconds_even_while_somebody_waits_for_news(program: Program) -> None:
    process = program.serve()
    with httpx.Client(base_url=program.url) as browser:
        browser.get("/chat")
        browser.post("/chat/messages", json={"id": "a" * 32, "text": "halo"}, headers={"origin": program.url})
        with socket.create_connection(("127.0.0.1", int(program.environment["KENTONGAN_PORT"]))) as waiting:
            cookie = "; ".join(f"{key}={value}" for key, value in browser.cookies.items())
            waiting.sendall(
                f"GET /chat/messages?wait=25 HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
            )
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_wrong_setting_is_one_clear_sentence_with_the_remedy(tmp_path: Path) -> None:
    told = Program(tmp_path, port="eighty").run("run")
    assert told.returncode == 2
    assert "KENTONGAN_PORT" in told.stderr
    assert "8080" in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) <= 3


def test_a_taken_port_is_one_clear_sentence_with_the_remedy(program: Program) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(program.environment["KENTONGAN_PORT"])))
        other.listen()
        told = program.run("run")
    assert told.returncode == 2
    assert "KENTONGAN_PORT" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_second_process_on_the_same_data_is_refused_and_the_first_goes_on(program: Program) -> None:
    first = program.serve()
    told = Program(program.folder, demo="true").run("chat")
    assert told.returncode == 2
    assert str(first.pid) in told.stderr
    assert "Traceback" not in told.stderr
    assert httpx.get(f"{program.url}/healthz").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("staff", "add", "--role", "narahubung", "--agency", "pln"), "no staff here"),
        (("chat", "--as", "raja"), "citizen, administrator"),
        (("city", "check", "atlantis"), "atlantis"),
    ],
)
def test_what_a_person_can_mend_is_said_without_a_traceback(
    program: Program, arguments: tuple[str, ...], says: str
) -> None:
    told = program.run(*arguments)
    assert told.returncode == 2
    assert says in told.stderr
    assert "Traceback" not in told.stderr


def test_the_small_commands_say_what_they_did(program: Program) -> None:
    assert "up to date" in program.run("migrate").stdout
    assert "No fault found" in program.run("city", "check").stdout
    invited = program.run("staff", "add", "--role", "narahubung", "--agency", "dishub")
    assert invited.returncode == 0
    assert re.search(r"/start [A-Z2-9]{12}$", invited.stdout.strip())


# ---------------------------------------------------------------- the terminal


def test_a_piped_talk_becomes_a_report_that_another_process_finds(program: Program) -> None:
    told = program.run("chat", said=f"{LAMP}\nkirim\n")
    assert told.returncode == 0, told.stderr
    number = number_in(told.stdout)
    (report,) = program.look(Report)
    assert (report.number, report.category, report.kelurahan, report.kecamatan) == (number, "pju", "Dago", "Coblong")
    admin = program.run("chat", "--as", "administrator", said=f"/antrean\n/verifikasi {number}\nsudah benar\n")
    assert "sudah diverifikasi" in admin.stdout


def test_the_terminal_takes_a_picture_and_a_pin(program: Program) -> None:
    picture = program.folder / "lampu.jpg"
    picture.write_bytes(jpeg((9, 9, 9)))
    told = program.run("chat", said=f":foto {picture} lampu jalan mati gelap pisan\n:lokasi -6.8830,107.6120\nkirim\n")
    assert told.returncode == 0, told.stderr
    assert NUMBER.search(told.stdout)
    assert list((program.folder / "data" / "media").rglob("*.jpg"))


def test_ctrl_c_ends_the_terminal_at_once(program: Program) -> None:
    process = program.start("chat")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("/bantuan\n")
    process.stdin.flush()
    while not process.stdout.readline().startswith("<"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 0  # though nobody pressed Enter once more
    assert process.communicate()[1] == ""


def test_ctrl_c_while_it_still_starts_is_a_clean_end_too(program: Program) -> None:
    process = program.start("run")
    lock = program.folder / "data" / "kentongan.lock"
    until = time.monotonic() + START
    while not lock.exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in err


# ---------------------------------------------------------------- while it runs


ROUNDS = (  # words of a burst, and seconds between the burst and the kill
    (LAMP, 0.0),
    ("sampah menumpuk di jl cisitu lama, sudah seminggu tidak diangkut", 0.15),
)


async def test_killed_in_a_burst_nothing_is_lost_and_nothing_is_filed_twice(bots: Program, api: BotApi) -> None:
    process = bots.serve()
    for words, moment in ROUNDS:
        people = [Person(api, CITIZEN_TOKEN, id=api.number(), name="Warga") for _ in range(4)]
        for person in people:
            person.write(words)
            await person.reads("Kec. Coblong", within=START)
        with api.holding():
            for person in people:
                person.tap("Kirim")
                person.write("/bahasa")
        await asyncio.sleep(moment)
        process.kill()
        process.communicate()
        process = bots.serve()
        for person in people:
            number_in((await person.reads("BDG-", within=START)).text)
            await person.reads("bahasa", within=START)
    assert api.waiting(CITIZEN_TOKEN) == 0
    reports = bots.look(Report)
    assert len(reports) == len({report.number for report in reports}) == 8
    assert {report.contact_id for report in reports} == set(range(1, 9))
    events = bots.look(InboxEvent)
    assert len(events) == 24
    assert {event.state for event in events} == {"handled"}
    with contextlib.closing(sqlite3.connect(bots.folder / "data" / "kentongan.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_people_join_while_it_runs_and_a_photo_that_was_on_its_way_when_it_died_still_comes(
    bots: Program, api: BotApi
) -> None:
    process = bots.serve()
    citizen, admin = Person(api, CITIZEN_TOKEN, id=7), Person(api, STAFF_TOKEN, id=900)
    owner = Person(api, STAFF_TOKEN, id=901)
    for person, role in ((admin, ("administrator",)), (owner, ("narahubung", "--agency", "dishub"))):
        invited = bots.run("staff", "add", "--role", *role)  # beside the running bot
        link = re.search(r"https://t\.me/KentonganStaffTestBot\?start=(\w+)", invited.stdout)
        assert link, (invited.stdout, invited.stderr)
        person.start(link[1])
        await person.reads("Selamat bergabung", within=START)
    citizen.write(LAMP)
    await citizen.reads("Kec. Coblong", within=START)
    citizen.tap("Kirim")
    number = number_in((await citizen.reads("BDG-", within=START)).text)
    for person, command in (
        (admin, f"/verifikasi {number}"),
        (admin, "sudah benar"),
        (admin, f"/disposisi {number} dishub"),
    ):
        person.write(command)
        await person.reads(number, within=START)
    await owner.reads(number, within=START)
    owner.write(f"/selesai {number} lampu diganti")
    await owner.reads("foto hasilnya", within=START)
    api.fail_next(STAFF_TOKEN, 500, method="getFile")
    owner.send_photo(jpeg((200, 220, 90)))
    await owner.reads("dinyatakan selesai", within=START)
    process.kill()
    process.communicate()
    bots.serve()
    claim = await citizen.reads("lampu diganti", within=START)
    assert claim.photo.startswith(b"\xff\xd8\xff")
    assert [message.text for message in citizen.messages].count(claim.text) == 1
    assert len(bots.look(Report)) == 1
