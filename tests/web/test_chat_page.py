"""The chat page in a real browser, against real routes and storage: nothing is lost, nothing comes twice, nothing runs as HTML."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from PIL import Image

from bot.web.pages import pages_for
from bot.web.visitor import COOKIE
from storage import inbox
from tests.web.small_door import SmallDoor

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
HERE = {"latitude": -6.88531, "longitude": 107.61371}


class TalkingDoor(SmallDoor):
    """A program that hears, and answers when the test says so."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        super().__init__(folder, **settings)
        self.news: dict[int, asyncio.Event] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.deaf = False  # whether what is sent gets lost on the way back: stored, but never acknowledged
        self.closing = asyncio.Event()

    async def receive(self, source: str, raw: Any) -> bool:
        self.pass_time(1)
        new = await super().receive(source, raw)
        if self.deaf:
            raise ConnectionError("the answer is lost")
        return new

    async def wait_for_news(self, conversation_id: int, seconds: float) -> None:
        self.loop = asyncio.get_running_loop()
        event = self.news.setdefault(conversation_id, asyncio.Event())
        waits = [asyncio.create_task(event.wait()), asyncio.create_task(self.closing.wait())]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    def answer(
        self, page: Any, text: str, *choices: str, turn: int = 0, photos: tuple[int, ...] = (), role: str = "citizen"
    ) -> None:
        token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)
        conversation = self.conversation(token, role)
        self.pass_time(1)
        self.say(conversation, text, *choices, turn=turn, photos=photos)
        if self.loop and (event := self.news.pop(conversation, None)):
            self.loop.call_soon_threadsafe(event.set)

    def heard(self, page: Any, role: str = "citizen") -> list[str]:
        token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)
        conversation = self.conversation(token, role)
        return self.db.read_sync(lambda tx: [inbox.payload_of(tx, event) for event in inbox.kept(tx, conversation)])


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[TalkingDoor]:
    """The program behind a real server; `door.url` is its address."""
    door = TalkingDoor(tmp_path, demo=True)
    app = FastAPI()
    app.include_router(pages_for(door))
    listener = socket.create_server(("127.0.0.1", 0))
    door.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield door
    if door.loop:
        door.loop.call_soon_threadsafe(door.closing.set)
    server.should_exit = True
    thread.join()
    door.db.close()


@pytest.fixture
def page(chromium: Any, serving: TalkingDoor) -> Iterator[Any]:
    """A phone with the chat open. Whatever goes wrong in its scripts fails the test."""
    context = chromium.new_context(viewport=PHONE, geolocation=HERE, permissions=["geolocation"])
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    opened.goto(f"{serving.url}/chat")
    yield opened
    context.close()
    assert faults == []


def say(page: Any, text: str) -> None:
    page.get_by_label("Tulis pesan", exact=True).fill(text)
    page.keyboard.press("Enter")


def bubbles(page: Any) -> list[str]:
    return list(page.locator(".line .text").all_inner_texts())


def wait_until(page: Any, holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never happened; the page shows {bubbles(page)}")


def stored(page: Any, text: str) -> Any:
    return page.locator(".line[data-state='stored']", has_text=text)


# ---------------------------------------------------------------- talking


def test_the_code_of_a_poster_is_said_once_and_not_again_at_a_reload(page: Any, serving: TalkingDoor) -> None:
    page.goto(f"{serving.url}/chat?start=di_kel-3273091001__rw_03")
    wait_until(page, lambda: bubbles(page) == ["Lapor (kode di_kel-3273091001__rw_03)"])
    page.wait_for_selector('.line.me[data-state="stored"]')
    assert len(serving.heard(page)) == 1
    assert "start=" not in page.url
    page.reload()
    wait_until(page, lambda: bubbles(page) == ["Lapor (kode di_kel-3273091001__rw_03)"])
    assert len(serving.heard(page)) == 1


def test_a_code_that_cannot_be_one_is_not_said(page: Any, serving: TalkingDoor) -> None:
    page.goto(f"{serving.url}/chat?start=%3Cscript%3E")
    say(page, "halo")
    wait_until(page, lambda: bubbles(page) == ["halo"])


def test_a_talk_goes_back_and_forth_and_survives_a_reload(page: Any, serving: TalkingDoor) -> None:
    say(page, "lampu jalan mati di cisitu")
    stored(page, "lampu jalan mati").wait_for()
    serving.answer(page, "Kirim laporan ini?", "Kirim", "Batal", turn=1)
    page.get_by_role("button", name="Kirim", exact=True).click()
    stored(page, "Kirim").last.wait_for()
    serving.answer(page, "Terima kasih.", turn=2)
    page.get_by_text("Terima kasih.").first.wait_for()
    before = bubbles(page)
    assert before == ["lampu jalan mati di cisitu", "Kirim laporan ini?", "Kirim", "Terima kasih."]
    page.reload()
    wait_until(page, lambda: bubbles(page) == before)


def test_what_is_said_is_text_and_keeps_its_lines(page: Any, serving: TalkingDoor) -> None:
    words = "<b>baris satu</b>\n<img src=x onerror=alert(1)>"
    say(page, words)
    stored(page, "baris satu").wait_for()
    serving.answer(page, "<i>miring</i>\nbaris dua")
    wait_until(page, lambda: bubbles(page) == [words, "<i>miring</i>\nbaris dua"])
    assert page.locator(".line b, .line i").count() == 0


def test_a_report_number_stays_on_one_line_and_is_what_it_was(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    words = "Nomor laporan Anda yang baru " + "x " * 9 + "BDG-261124-0042-4. " + "Ketik STATUS BDG-261124-0042-4."
    serving.answer(page, words)
    wait_until(page, lambda: bubbles(page) == ["halo", words])
    numbers = page.locator(".unbroken")
    assert numbers.all_text_contents() == ["BDG-261124-0042-4"] * 2
    assert numbers.evaluate_all("all => all.map(each => each.getClientRects().length)") == [1, 1]


def test_the_send_button_sends_and_an_empty_message_does_not(page: Any, serving: TalkingDoor) -> None:
    page.get_by_role("button", name="Kirim pesan").click()
    page.get_by_label("Tulis pesan", exact=True).fill("  halo  ")
    page.get_by_role("button", name="Kirim pesan").click()
    stored(page, "halo").wait_for()
    assert bubbles(page) == ["halo"]
    assert page.get_by_label("Tulis pesan", exact=True).input_value() == ""


def test_shift_and_enter_begins_a_new_line(page: Any) -> None:
    words = page.get_by_label("Tulis pesan", exact=True)
    words.type("satu")
    page.keyboard.press("Shift+Enter")
    words.type("dua")
    page.keyboard.press("Enter")
    stored(page, "satu").wait_for()
    assert bubbles(page) == ["satu\ndua"]


def test_what_was_typed_and_not_sent_survives_a_reload(page: Any) -> None:
    page.get_by_label("Tulis pesan", exact=True).fill("belum selesai")
    page.reload()
    wait_until(page, lambda: page.get_by_label("Tulis pesan", exact=True).input_value() == "belum selesai")


def test_a_question_can_be_answered_once_and_news_stays_open(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    serving.answer(page, "Sudah beres?", "Sudah", "Belum")
    serving.answer(page, "Kategori apa?", "Lampu", "Jalan", turn=1)
    page.get_by_role("button", name="Lampu").click()
    assert page.get_by_role("button", name="Lampu").is_disabled()
    assert page.get_by_role("button", name="Jalan").is_disabled()
    serving.answer(page, "Di mana?", "Di sini", turn=2)
    page.get_by_role("button", name="Di sini").wait_for()
    assert page.get_by_role("button", name="Sudah").is_enabled()
    assert page.get_by_role("button", name="Di sini").is_enabled()
    page.reload()
    page.get_by_role("button", name="Di sini").wait_for()
    assert page.get_by_role("button", name="Lampu").is_disabled()
    assert "picked" in page.get_by_role("button", name="Lampu").get_attribute("class")


def test_a_typed_answer_makes_old_choices_harmless_once_the_talk_goes_on(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    serving.answer(page, "Kirim?", "Kirim", turn=1)
    page.get_by_role("button", name="Kirim", exact=True).wait_for()
    say(page, "ya")
    serving.answer(page, "Terima kasih.", turn=2)
    page.get_by_text("Terima kasih.").first.wait_for()
    assert page.get_by_role("button", name="Kirim", exact=True).is_disabled()


def test_without_scripts_the_page_says_so_and_offers_nothing_to_write_with(chromium: Any, serving: TalkingDoor) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{serving.url}/chat")
    assert page.locator("noscript p").is_visible()
    assert page.get_by_role("button").count() == 0
    context.close()


# ---------------------------------------------------------------- bad networks


def test_without_a_network_messages_wait_in_order_and_go_out_once(page: Any, serving: TalkingDoor) -> None:
    say(page, "satu")
    stored(page, "satu").wait_for()
    page.context.set_offline(True)
    for text in ("dua", "tiga"):
        say(page, text)
    page.get_by_text("Sambungan terputus").wait_for()
    assert page.locator(".line[data-state='waiting']").count() == 2
    page.context.set_offline(False)
    stored(page, "tiga").wait_for()
    assert [words.split('"text": "')[1].split('"')[0] for words in serving.heard(page)] == ["satu", "dua", "tiga"]
    wait_until(page, lambda: not page.locator("#notice").is_visible())


def test_a_message_that_waits_survives_closing_the_page(page: Any, serving: TalkingDoor) -> None:
    say(page, "satu")
    stored(page, "satu").wait_for()
    page.route(
        "**/chat/messages?*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    say(page, "dua")
    page.locator(".line[data-state='waiting']", has_text="dua").wait_for()
    again = page.context.new_page()
    page.close()
    again.goto(f"{serving.url}/chat")
    stored(again, "dua").wait_for()
    assert len(serving.heard(again)) == 2


def test_a_message_whose_acknowledgement_was_lost_is_not_doubled(page: Any, serving: TalkingDoor) -> None:
    serving.deaf = True
    say(page, "halo")
    page.get_by_text("Ada gangguan di sisi kami").wait_for()
    serving.deaf = False
    stored(page, "halo").wait_for()
    assert bubbles(page) == ["halo"]
    assert len(serving.heard(page)) == 1


def test_a_message_that_is_refused_says_why_and_comes_back_into_the_field(page: Any) -> None:
    def refuse(route: Any) -> None:
        route.fulfill(status=422, json={"error": "too_long", "message": "Pesannya terlalu panjang."})

    page.route(
        "**/chat/messages?*", lambda route: refuse(route) if route.request.method == "POST" else route.continue_()
    )
    say(page, "halo")
    page.get_by_role("alert").get_by_text("Pesannya terlalu panjang.").wait_for()
    assert page.get_by_label("Tulis pesan", exact=True).input_value() == "halo"
    page.get_by_role("button", name="Buang").click()
    assert bubbles(page) == []


def test_a_browser_that_lost_its_cookie_gets_one_and_goes_on(page: Any) -> None:
    page.context.clear_cookies(name=COOKIE)
    say(page, "halo")
    stored(page, "halo").wait_for()


# ---------------------------------------------------------------- photos and places


def test_a_photo_is_chosen_looked_at_and_sent_with_words(page: Any, serving: TalkingDoor, tmp_path: Path) -> None:
    file = tmp_path / "lubang.png"
    Image.new("RGB", (60, 40), "red").save(file)
    page.set_input_files("#photo", file)
    page.get_by_text("Foto siap dikirim").wait_for()
    page.get_by_role("button", name="Batalkan foto").click()
    assert not page.locator("#attached").is_visible()
    page.set_input_files("#photo", file)
    page.get_by_text("Foto siap dikirim").wait_for()
    say(page, "ini lubangnya")
    stored(page, "ini lubangnya").wait_for()
    page.reload()
    image = page.get_by_alt_text("Foto dari Anda")
    image.wait_for()
    wait_until(page, lambda: image.evaluate("image => image.naturalWidth") == 60)
    assert len(serving.heard(page)) == 1


def test_a_huge_photo_is_made_smaller_and_still_says_where_it_was_taken(
    page: Any, serving: TalkingDoor, tmp_path: Path
) -> None:
    file = tmp_path / "besar.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 53.0, 7.0)
    Image.effect_noise((3000, 1500), 80).convert("RGB").save(file, quality=90, exif=exif)
    page.set_input_files("#photo", file)
    page.get_by_text("Foto siap dikirim").wait_for()
    page.get_by_role("button", name="Kirim pesan").click()
    page.locator(".line[data-state='stored'] img").wait_for()
    kept = next(path for path in (serving.media_folder / "uploads").rglob("*.jpg"))
    assert kept.stat().st_size < file.stat().st_size
    with Image.open(kept) as picture:
        assert picture.size == (1024, 2048)  # upright
        assert picture.getexif()[0x0112] == 1
        assert picture.getexif().get_ifd(0x8825)[2] == (6.0, 53.0, 7.0)


def test_a_file_that_is_no_photo_is_told_at_once(page: Any, tmp_path: Path) -> None:
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.4")
    page.set_input_files("#photo", file)
    page.get_by_text("bukan foto yang bisa dibaca").wait_for()
    assert not page.locator("#attached").is_visible()


def test_a_photo_of_the_office_is_shown(page: Any, serving: TalkingDoor, tmp_path: Path) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    Image.new("RGB", (50, 50), "green").save(tmp_path / "bukti.jpg")
    evidence = serving.keep_photo(1, (tmp_path / "bukti.jpg").read_bytes())
    serving.answer(page, "Sudah beres?", photos=(evidence,))
    image = page.get_by_alt_text("Foto dari kantor")
    image.wait_for()
    wait_until(page, lambda: image.evaluate("image => image.naturalWidth") == 50)


def test_the_location_is_sent_with_one_tap(page: Any, serving: TalkingDoor) -> None:
    page.get_by_role("button", name="Kirim lokasi saya").click()
    stored(page, "Lokasi: -6,88531; 107,61371").wait_for()
    assert '"lat": -6.88531' in serving.heard(page)[0]


def test_a_refused_location_is_told_in_words(chromium: Any, serving: TalkingDoor) -> None:
    context = chromium.new_context(viewport=PHONE, permissions=[])
    page = context.new_page()
    page.goto(f"{serving.url}/chat")
    page.get_by_role("button", name="Kirim lokasi saya").click()
    page.get_by_text("Tulis saja nama jalan dan patokannya").wait_for()
    context.close()


# ---------------------------------------------------------------- the look of it


@pytest.mark.parametrize("path", ["/chat", "/lacak", "/dasbor"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_is_wider_than_the_screen(chromium: Any, serving: TalkingDoor, path: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(serving.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


CONTRASTS = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll('body *')) {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || !element.checkVisibility() || element.closest('.unseen, noscript') || element.disabled) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) === 0) continue;
    const pair = [light(channels(style.color)), light(behind(element))].sort((a, b) => b - a);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) faint.push(`${element.className}: ${element.textContent.slice(0, 30)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/chat", "/lacak/x", "/dasbor"])
def test_every_word_can_be_read(chromium: Any, serving: TalkingDoor, scheme: str, path: str) -> None:
    context = chromium.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto(serving.url + path)
    if path == "/chat":
        say(page, "halo")
        stored(page, "halo").wait_for()
        serving.answer(page, "Kategori apa?", "Lampu", turn=1)
        page.get_by_role("button", name="Lampu").wait_for()
    assert page.evaluate(CONTRASTS) == []
    context.close()


def test_fingers_can_hit_every_button(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    serving.answer(page, "Benar?", "Ya", "Tidak", turn=1)
    page.get_by_role("button", name="Ya", exact=True).wait_for()
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44


NAME_OF_FOCUS = """() => {
  const element = document.activeElement;
  return element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent.trim();
}"""


def test_everything_can_be_reached_by_keyboard_and_has_a_name(page: Any) -> None:
    names = []
    for _ in range(20):
        page.keyboard.press("Tab")
        names.append(page.evaluate(NAME_OF_FOCUS))
    for name in (
        "Lacak laporan",
        "Warga",
        "Isi obrolan",
        "Pilih foto",
        "Kirim lokasi saya",
        "Tulis pesan",
        "Kirim pesan",
    ):
        assert name in names
    assert "" not in names[:10]


def test_a_screen_reader_hears_what_is_new_and_not_the_whole_past(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    serving.answer(page, "kabar lama")
    spoken = page.get_by_role("log")
    wait_until(page, lambda: "kabar lama" in (spoken.text_content() or ""))
    page.reload()
    page.locator(".line.us").wait_for()
    assert spoken.text_content() == ""
    serving.answer(page, "kabar baru")
    wait_until(page, lambda: spoken.text_content() == "Kentongan: kabar baru")


def test_someone_who_reads_older_lines_is_not_moved(page: Any, serving: TalkingDoor) -> None:
    say(page, "halo")
    stored(page, "halo").wait_for()
    for number in range(20):
        serving.answer(page, f"kabar {number}\nbaris dua")
    page.get_by_text("kabar 19").first.wait_for()
    wait_until(page, lambda: page.locator("#talk").evaluate("t => t.scrollHeight - t.scrollTop - t.clientHeight < 5"))
    page.locator("#talk").evaluate("talk => { talk.scrollTop = 0; }")
    page.wait_for_timeout(200)
    serving.answer(page, "kabar paling baru")
    page.get_by_role("button", name="Ke pesan terbaru").click()
    wait_until(page, lambda: page.locator("#talk").evaluate("t => t.scrollHeight - t.scrollTop - t.clientHeight < 5"))


# ---------------------------------------------------------------- the demonstration


def test_one_browser_plays_three_roles(page: Any, serving: TalkingDoor) -> None:
    say(page, "saya warga")
    stored(page, "saya warga").wait_for()
    page.get_by_role("link", name="Narahubung").click()
    page.wait_for_url("**role=narahubung**")
    assert bubbles(page) == []
    say(page, "/antrean")
    stored(page, "/antrean").wait_for()
    assert '"text": "/antrean"' in serving.heard(page, "narahubung")[0]
    page.get_by_role("link", name="Warga").click()
    wait_until(page, lambda: bubbles(page) == ["saya warga"])
