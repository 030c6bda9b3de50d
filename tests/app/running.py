"""The whole program inside the test's own event loop, with the stand-in for Telegram on the other side."""

import asyncio
import contextlib
import io
import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from pydantic import SecretStr

from bot.app import Kentongan
from bot.opening import channels_for
from bot.services import staffing
from bot.settings import Settings
from bot.web.server import web_app
from cities.loading import load_city
from storage import Tx
from storage import reports as kept
from storage.tables import Report
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN

NUMBER = re.compile(r"BDG-\d{6}-\d{4,}-\d")
PATIENCE = 30.0  # seconds; a busy machine is slow


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_for(folder: Path, api_url: str, *, webhook: bool = False, **more: Any) -> Settings:
    """Both bots against the stand-in."""
    port = free_port()
    public = {"public_url": f"http://127.0.0.1:{port}"} if webhook else {}
    tokens = {
        "telegram_citizen_token": SecretStr(CITIZEN_TOKEN),
        "telegram_staff_token": SecretStr(STAFF_TOKEN),
        "telegram_api_url": api_url,
    }
    return Settings(data_dir=folder, port=port, **{"undo_seconds": 0, **tokens, **public, **more})


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Kentongan]:
    """The program, started and, where platforms call us, listening."""
    channels = channels_for(settings, load_city(settings.city), settings.data_dir / "media")
    kentongan = Kentongan(settings, channels)
    async with listening(kentongan) if not settings.polling else contextlib.nullcontext(), kentongan.running():
        yield kentongan


@contextlib.asynccontextmanager
async def listening(kentongan: Kentongan) -> AsyncIterator[None]:
    """The web server on this loop."""
    config = uvicorn.Config(
        web_app(kentongan), host="127.0.0.1", port=kentongan.settings.port, lifespan="off", log_config=None,
        access_log=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = _Server(config)
    serving = asyncio.create_task(server.serve())
    await server.up.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """uvicorn without its hands on the signals of the test; `up` when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Cast:
    """A citizen and the back office at the stand-in."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.citizen = Person(api, CITIZEN_TOKEN, id=4711, name="Euis")
        self.admin = Person(api, STAFF_TOKEN, id=900, name="Admin")
        self.owner = Person(api, STAFF_TOKEN, id=901, name="Nara")

    async def join(self, kentongan: Kentongan) -> None:
        """The back office takes its roles by deep link."""
        for person, role, agency in ((self.admin, "administrator", ""), (self.owner, "narahubung", "dishub")):
            code = await kentongan.db.run(staffing.invite, kentongan.city, role, agency, kentongan.now())
            person.start(code)
            await person.reads("Selamat bergabung", within=PATIENCE)

    async def file(self) -> str:
        """The citizen reports by text, pin, button and photo; the number."""
        self.citizen.start()
        await self.citizen.reads(within=PATIENCE)
        self.citizen.write("lampu jalan mati, gelap pisan ti kamari")
        await self.citizen.reads(within=PATIENCE)
        self.citizen.send_location(-6.8830, 107.6120)
        await self.citizen.reads("Kec. Coblong", within=PATIENCE)
        self.citizen.tap("Kirim")
        number = number_in((await self.citizen.reads("BDG-", within=PATIENCE)).text)
        self.citizen.send_photo(jpeg((10, 20, 30)))
        await self.citizen.reads("foto", within=PATIENCE)
        return number

    async def assign(self, number: str) -> None:
        """The administrator checks the report and hands it over, by buttons."""
        await self.admin.reads(number, within=PATIENCE)
        self.admin.tap(number)
        card = await self.admin.reads("lampu jalan mati", within=PATIENCE)
        assert "Verifikasi" in card.buttons
        self.admin.tap("Verifikasi")
        await self.admin.reads("sudah benar?", within=PATIENCE)
        self.admin.tap("Sudah benar")
        await self.admin.reads("sudah diverifikasi", within=PATIENCE)
        self.admin.tap("Disposisi")
        await self.admin.reads("Usulan", within=PATIENCE)
        self.admin.tap("Dishub")
        await self.admin.reads("diteruskan ke Dishub", within=PATIENCE)

    async def resolve(self, number: str) -> None:
        """The contact person takes it on and resolves it with a photo."""
        await self.owner.reads(number, within=PATIENCE)
        self.owner.write(f"/proses {number} tim berangkat siang ini")
        await self.owner.reads("sedang ditangani", within=PATIENCE)
        self.owner.tap("Selesai")
        await self.owner.reads("hasil", within=PATIENCE)
        self.owner.write("lampu diganti")
        await self.owner.reads("foto hasilnya", within=PATIENCE)
        self.owner.send_photo(jpeg((200, 220, 90)))
        await self.owner.reads("dinyatakan selesai", within=PATIENCE)

    async def confirm(self, number: str) -> None:
        """The citizen reads the news with the photo, and says that it is solved."""
        await self.citizen.reads("kami teruskan ke Dishub", within=PATIENCE)
        await self.citizen.reads("tim berangkat siang ini", within=PATIENCE)
        await self.citizen.reads("lampu diganti", within=PATIENCE)
        photos = [message.photo for message in self.citizen.messages if message.photo]  # before and after are an album
        assert photos
        assert all(photo.startswith(b"\xff\xd8\xff") for photo in photos)
        self.citizen.tap("Sudah")
        await self.citizen.reads("kami tutup", within=PATIENCE)

    def nothing_was_said_twice(self) -> None:
        """Each person was told each thing once."""
        for person in (self.citizen, self.admin, self.owner):
            texts = [message.text for message in person.messages if message.text]  # photos of an album have none
            assert len(texts) == len(set(texts)), texts


async def report(kentongan: Kentongan, number: str) -> Report:
    def look(tx: Tx) -> Report:
        found = kept.by_number(tx, number)
        assert found is not None
        return found

    return await kentongan.db.read(look)


def number_in(text: str) -> str:
    found = NUMBER.search(text)
    assert found, text
    return found[0]


def jpeg(colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""
    content = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(content, "JPEG")
    return content.getvalue()
