"""The demonstration in a real browser, on a phone: one person plays a report's whole way."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.app.processes import Program
from tests.app.running import jpeg, number_in
from tests.browsers import real_browser

pytestmark = [pytest.mark.browser, pytest.mark.process]

LAMP = "lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari"
PHONE = {"width": 360, "height": 740}
PATIENCE = 30_000  # milliseconds
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


class Phone:
    """A browser that somebody holds; `complaints` is what its console and its policy said."""

    def __init__(self, page: Page, url: str, shots: Path | None) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.sent = 0
        self.scrolled_away = 0  # pixels by which the page itself, not the talk in it, was ever moved
        self._shots = shots
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, role: str = "citizen") -> None:
        self.page.goto(f"{self.url}/chat?role={role}")
        expect(self.page.locator("#composer")).to_be_visible()

    def turn_to(self, label: str) -> None:
        """Play another part, by the switch."""
        self.page.locator(".roles a", has_text=label).click()
        expect(self.page.locator(".roles a[aria-current=page]")).to_have_text(label)
        expect(self.page.locator("#composer")).to_be_visible()

    def write(self, text: str) -> None:
        self.page.locator("#words").fill(text)
        self.page.locator("#send").click()
        self.sent += 1

    def tap(self, label: str) -> None:
        """The newest button with that label which can be tapped."""
        self.page.locator(".choice:enabled", has_text=label).last.click()
        self.sent += 1

    def attach(self, content: bytes, caption: str = "") -> None:
        self.page.locator("#photo").set_input_files({"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": content})
        expect(self.page.locator("#attached")).to_be_visible()
        self.write(caption)

    def reads(self, words: str) -> str:
        """Wait until our newest bubble contains these words; all of it."""
        bubble = self.page.locator(".line.us").last.locator(".text")
        expect(bubble).to_contain_text(words, timeout=PATIENCE)
        self.scrolled_away = max(self.scrolled_away, self.page.evaluate("Math.max(scrollY, document.body.scrollTop)"))
        return bubble.inner_text()

    def texts(self) -> list[str]:
        return self.page.locator(".line .text").all_inner_texts()

    def shoot(self, name: str) -> None:
        """A picture of the screen, where the person who runs the test asked for them."""
        if self._shots:
            self.page.wait_for_timeout(300)
            self.page.screenshot(path=self._shots / f"{name}.png")

    def violations(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.violations")
        return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with real_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a demonstration runs."""
    program = Program(tmp_path_factory.mktemp("demonstration"), demo="true")
    try:
        program.serve()
        yield program.url
    finally:
        program.end()


@pytest.fixture
def phone(address: str, browser: Any) -> Phone:
    shots = os.environ.get("KENTONGAN_SHOTS")
    context = browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta", has_touch=True)
    return Phone(context.new_page(), address, Path(shots) if shots else None)


def test_one_person_plays_a_report_s_whole_way_on_a_phone(phone: Phone) -> None:
    phone.open()
    phone.shoot("01-empty")
    phone.write(LAMP)
    read_back = phone.reads("Kec. Coblong")
    assert "Kel. Dago" in read_back
    phone.shoot("02-read-back")
    phone.tap("Kirim")
    number = number_in(phone.reads("BDG-"))
    assert phone.sent <= 3
    phone.shoot("03-number")
    phone.attach(jpeg((40, 40, 60)))
    phone.reads("fotonya kami tambahkan")
    phone.shoot("04-photo")

    phone.turn_to("Administrator")
    phone.write("/antrean")
    phone.reads(number)
    phone.shoot("05-queue")
    phone.tap(number)
    phone.reads("lampu jalan mati")
    phone.shoot("06-card")
    phone.tap("Verifikasi")
    phone.reads("sudah benar?")
    phone.tap("Sudah benar")
    phone.reads("sudah diverifikasi")
    phone.tap("Disposisi")
    phone.reads("Usulan")
    phone.shoot("07-agencies")
    phone.tap("Dishub")
    phone.reads("diteruskan ke Dishub")

    phone.turn_to("Narahubung")
    phone.write("/antrean")
    phone.reads(number)
    phone.tap(number)
    phone.reads("lampu jalan mati")
    phone.tap("Proses")
    phone.reads("keterangan")
    phone.write("Tim berangkat siang ini")
    phone.reads("sedang ditangani")
    phone.tap("Selesai")
    phone.reads("hasil")
    phone.attach(jpeg((220, 210, 120)), "Lampu diganti")
    phone.reads("dinyatakan selesai")
    phone.shoot("08-resolved")

    phone.turn_to("Warga")
    phone.reads("Lampu diganti")
    expect(phone.page.locator(".line.us .photo img").last).to_be_visible()
    assert (
        phone.page.locator(".line.us .photo img").last.evaluate(
            "image => image.decode().then(() => image.naturalWidth)"
        )
        > 0
    )
    phone.shoot("09-claim")
    phone.tap("Sudah")
    phone.reads("kami tutup")
    phone.tap("5")
    phone.reads("penilaian Anda")
    phone.shoot("10-closed")

    before = phone.texts()
    phone.page.reload()
    phone.reads("penilaian Anda")
    assert phone.texts() == before
    phone.shoot("11-reloaded")

    phone.page.goto(f"{phone.url}/lacak/{number}")
    expect(phone.page.locator("body")).to_contain_text(number)
    expect(phone.page.locator("body")).not_to_contain_text("gelap pisan")
    phone.shoot("12-tracking")
    assert phone.violations() == []
    assert phone.complaints == []
    assert phone.scrolled_away == 0


def test_a_stranger_s_browser_shows_nothing_of_somebody_else_s_talk(phone: Phone, browser: Any) -> None:
    phone.open()
    phone.write("/bantuan")
    phone.reads("STATUS")
    other = Phone(browser.new_context(viewport=PHONE).new_page(), phone.url, None)
    other.open()
    expect(other.page.locator(".greeting")).to_be_visible()
    assert other.texts() == []
