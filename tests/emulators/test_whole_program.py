"""The whole program as its own process, with both bots on the stand-in: every update comes twice, and it is killed once."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN, telegram

pytestmark = [pytest.mark.process, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
START = 90.0  # seconds that a start may take on a busy machine
NUMBER = re.compile(r"BDG-\d{6}-\d{4,}-\d")


class Program:
    """``python -m bot run`` and its other commands, on a folder of its own."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._environment = {**os.environ, **environment}
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "bot", "run"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(20)

    def invite(self, *who: str) -> str:
        """The one-time code for somebody of the back office."""
        command = [sys.executable, "-m", "bot", "staff", "add", *who]
        told = subprocess.run(command, cwd=ROOT, env=self._environment, capture_output=True, text=True, check=True)
        code = re.search(r"start=([\w-]+)", told.stdout) or re.search(r"/start ([\w-]+)", told.stdout)
        assert code, told.stdout
        return code[1]

    @property
    def log(self) -> str:
        return self._log.read_text()


@pytest.fixture
def api_and_url() -> Iterator[tuple[BotApi, str]]:
    with telegram() as (api, url):
        yield api, url


@pytest.fixture(params=["polling", "webhook"])
def program(request: pytest.FixtureRequest, api_and_url: tuple[BotApi, str], tmp_path: Path) -> Iterator[Program]:
    api, url = api_and_url
    api.duplicate, api.burst = True, True
    port = free_port()
    environment = {
        "KENTONGAN_TELEGRAM_CITIZEN_TOKEN": CITIZEN_TOKEN,
        "KENTONGAN_TELEGRAM_STAFF_TOKEN": STAFF_TOKEN,
        "KENTONGAN_TELEGRAM_API_URL": url,
        "KENTONGAN_DATA_DIR": str(tmp_path),
        "KENTONGAN_DATABASE_URL": f"sqlite:///{tmp_path}/kentongan.db",
        "KENTONGAN_PORT": str(port),
        "KENTONGAN_UNDO_SECONDS": "0",
    }
    if request.param == "webhook":
        environment["KENTONGAN_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    program = Program(tmp_path, environment)
    yield program
    program.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def jpeg() -> bytes:
    content = BytesIO()
    Image.new("RGB", (640, 480), (90, 80, 70)).save(content, "JPEG")
    return content.getvalue()


async def test_a_sentence_becomes_a_report_that_is_solved_and_confirmed(
    program: Program, api_and_url: tuple[BotApi, str]
) -> None:
    api, _ = api_and_url
    citizen = Person(api, CITIZEN_TOKEN, id=4711, name="Euis")
    admin, officer = Person(api, STAFF_TOKEN, id=900, name="Admin"), Person(api, STAFF_TOKEN, id=901, name="Nara")
    admin_code = program.invite("--role", "administrator")
    officer_code = program.invite("--role", "narahubung", "--agency", "dishub")
    program.start()

    admin.start(admin_code)
    await admin.reads("administrator", within=START)
    officer.start(officer_code)
    await officer.reads("Dishub")

    citizen.write("lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari")
    read_back = await citizen.reads("Cisitu Lama")
    assert "Kel. Dago, Kec. Coblong" in read_back.text
    citizen.tap("Kirim")
    found = NUMBER.search((await citizen.reads("BDG-")).text)
    assert found
    number = found[0]

    admin.write(f"/verifikasi {number}")
    await admin.reads("sudah benar?")
    admin.tap("Sudah benar")
    await admin.reads("diverifikasi")
    program.kill()
    admin.write(f"/disposisi {number} dishub")  # while nobody listens
    program.start()
    await admin.reads("diteruskan ke Dishub", within=START)
    await officer.reads(number)

    officer.write(f"/selesai {number}")
    await officer.reads("hasil")
    officer.send_photo(jpeg(), "lampu sudah diganti")
    await officer.reads("selesai")
    claim = await citizen.reads("lampu sudah diganti")
    assert claim.photo, "the proof comes along as our own copy, since a file belongs to one bot"
    citizen.tap("Sudah")
    await citizen.reads("kami tutup")

    assert program.stop() == 0
    api.check()
    assert api.waiting(CITIZEN_TOKEN) == api.waiting(STAFF_TOKEN) == 0
    texts = [message.text for message in citizen.messages]
    assert len(texts) == len(set(texts)), "nothing is said twice although every update came twice"
    assert all(api.bots[CITIZEN_TOKEN].taps.values()), "every tapped button stopped spinning"
    assert CITIZEN_TOKEN not in program.log
    assert STAFF_TOKEN not in program.log


async def test_a_burst_of_one_new_citizen_is_answered_message_by_message(
    program: Program, api_and_url: tuple[BotApi, str]
) -> None:
    api, _ = api_and_url
    citizen = Person(api, CITIZEN_TOKEN, id=99, name="Dadang")
    program.start()
    citizen.start()
    await citizen.reads(within=START)
    with api.holding():
        for number in range(12):
            citizen.write(f"/status BDG-261124-{number:04d}-0")
    answers = await citizen.has_read(13)
    program.stop()
    assert api.waiting(CITIZEN_TOKEN) == 0
    assert len(citizen.messages) == len(answers) == 13
