"""The whole program in a browser: one sentence becomes a report, the office resolves it, and its citizen says that it is so."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from PIL import Image

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.slow]

SENTENCE = "lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari"
NUMBER = re.compile(r"BDG-\d{6}-\d{4}-\d")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the program runs as it does for somebody who has just cloned it: no token, so a demonstration."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("KENTONGAN_")}
    folder = tmp_path_factory.mktemp("program")
    settings = {"KENTONGAN_DATA_DIR": str(folder / "data"), "KENTONGAN_PORT": str(port), "KENTONGAN_DEMO": "true"}
    settings["KENTONGAN_UNDO_SECONDS"] = "0"  # nobody waits a minute for news here
    log = (folder / "log").open("wb")
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=Path(__file__).parents[2], env=ours | settings, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(300):
        if program.poll() is not None or answers(f"{url}/readyz"):
            break
        time.sleep(0.2)
    assert program.poll() is None, (folder / "log").read_text()
    yield url
    program.send_signal(signal.SIGTERM)
    program.wait(timeout=30)
    log.close()


def answers(url: str) -> bool:
    try:
        with urlopen(url) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


class Person:
    """Somebody at the page. Everything they say or tap waits for the answer."""

    def __init__(self, chromium: Any, address: str) -> None:
        self.context = chromium.new_context(viewport={"width": 360, "height": 740})
        self.page = self.context.new_page()
        self.page.goto(f"{address}/chat")
        self.said = 0

    def say(self, text: str) -> str:
        before = self._heard()
        self.page.get_by_label("Tulis pesan", exact=True).fill(text)
        self.page.get_by_role("button", name="Kirim pesan").click()
        return self._answer(before)

    def tap(self, label: str) -> str:
        before = self._heard()
        self.page.locator(".choice:enabled").get_by_text(label, exact=True).last.click()
        return self._answer(before)

    def show(self, photo: Path) -> str:
        before = self._heard()
        self.page.set_input_files("#photo", photo)
        self.page.locator("#preview").wait_for()
        self.page.get_by_role("button", name="Kirim pesan").click()
        return self._answer(before)

    def become(self, role: str) -> None:
        self.page.get_by_role("link", name=role).click()
        self.page.locator(f".roles [aria-current]:text-is('{role}')").wait_for()
        self.page.locator(".line.us, .lines:empty").first.wait_for(state="attached")

    def _heard(self) -> int:
        self.said += 1
        return int(self.page.locator(".line.us").count())

    def _answer(self, before: int) -> str:
        answer = self.page.locator(".line.us .text").nth(before)
        answer.wait_for(timeout=20_000)
        return str(answer.inner_text())


@pytest.fixture
def person(chromium: Any, address: str) -> Iterator[Person]:
    someone = Person(chromium, address)
    yield someone
    someone.context.close()


def test_a_sentence_becomes_a_report_that_is_resolved_and_confirmed(
    person: Person, address: str, tmp_path: Path
) -> None:
    read_back = person.say(SENTENCE)
    assert "Penerangan jalan umum" in read_back
    assert "Kel. Dago, Kec. Coblong" in read_back
    thanks = person.tap("Kirim")
    found = NUMBER.search(thanks)
    assert found is not None
    number = found[0]
    assert person.said <= 3
    person.tap("Lewati")

    person.become("Administrator")
    person.say(f"/verifikasi {number}")
    assert number in person.tap("Sudah benar")
    person.say(f"/disposisi {number}")
    assert "Dishub" in person.tap("Dishub")

    person.become("Narahubung")
    assert number in person.say("/antrean")
    assert number in person.say(f"/proses {number} tim menuju lokasi")
    person.say(f"/selesai {number} lampu sudah diganti")
    proof = tmp_path / "bukti.jpg"
    Image.new("RGB", (400, 300), "navy").save(proof)
    assert "dinyatakan selesai" in person.show(proof)

    person.become("Warga")
    person.page.get_by_role("button", name="Sudah", exact=True).wait_for(timeout=20_000)
    person.page.get_by_alt_text("Foto dari kantor").wait_for()
    assert "selesai dan kami tutup" in person.tap("Sudah")
    person.tap("5")

    person.page.goto(f"{address}/lacak/{number.lower()}")
    told = person.page.get_by_role("main").inner_text()
    assert "Selesai dan ditutup" in told
    assert "Kel. Dago, Kec. Coblong" in told
    assert "gelap" not in told


def test_a_talk_that_was_interrupted_goes_on_after_a_reload(person: Person) -> None:
    person.say("sampah numpuk di depan pasar kosambi")
    person.page.reload()
    person.page.locator(".choice:enabled").first.wait_for()
    assert person.page.locator(".line.me").count() == 1
    assert NUMBER.search(person.tap("Kirim"))
