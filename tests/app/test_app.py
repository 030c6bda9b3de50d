"""What joins the rooms: events that come in, channels that open, news that somebody waits for."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlmodel import select

from bot.app import Kentongan, arrival
from bot.channels.base import ChannelUnavailable
from bot.channels.terminal import Terminal
from bot.channels.webchat import Webchat
from bot.opening import channels_for
from bot.running import banner
from bot.services.intake import Arrived
from bot.settings import Settings
from bot.web.server import web_app
from cities.loading import load_city
from storage import Tx
from storage.tables import InboxEvent
from tests.app.running import running, settings_for
from tests.emulators.bot_api import BotApi
from tests.emulators.serving import CITIZEN_TOKEN

pytestmark = pytest.mark.usefixtures("plain_reader")

LINE = {"line": "/bantuan", "key": "k1", "at": 1, "person": "asep"}


class Quiet(Terminal):
    """A terminal that remembers what it showed, and may be hard to open."""

    def __init__(self, bot: str = "citizen") -> None:
        self.shown: list[str] = []
        super().__init__(bot, self.shown.append)
        self.troubles: list[Exception] = []
        self.opened = 0

    async def open(self) -> None:
        self.opened += 1
        if self.troubles:
            raise self.troubles.pop(0)


@pytest.fixture
def terminal() -> Quiet:
    return Quiet()


@pytest.fixture
async def kentongan(tmp_path: Path, terminal: Quiet) -> AsyncIterator[Kentongan]:
    made = Kentongan(Settings(data_dir=tmp_path, demo=True), {terminal.source: terminal})
    async with made.running():
        yield made


def events(tx: Tx) -> list[InboxEvent]:
    return list(tx.session.exec(select(InboxEvent)))


# ---------------------------------------------------------------- what comes in

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | anything.map(lambda value: json.dumps(value).encode()))
def test_no_body_whatever_makes_receiving_fail(body: bytes) -> None:
    arrived = arrival(Webchat("citizen", Path("media")), body)
    assert isinstance(arrived, Arrived)
    assert arrived.undecodable


@given(st.dictionaries(st.sampled_from(["line", "key", "at", "person", "more"]), anything))
def test_no_object_whatever_makes_receiving_fail(raw: dict[str, Any]) -> None:
    arrived = arrival(Quiet(), raw)
    assert bool(arrived.undecodable) != bool(arrived.unique_key)


def test_what_arrives_is_kept_as_it_came_with_what_stands_on_its_outside() -> None:
    arrived = arrival(Quiet(), json.dumps(LINE).encode())
    assert json.loads(arrived.payload) == LINE
    assert (arrived.unique_key, arrived.order_key, arrived.external_id, arrived.source) == (
        "k1",
        1,
        "asep",
        "terminal:citizen",
    )


async def test_receiving_says_whether_it_is_new_and_an_answer_follows(kentongan: Kentongan, terminal: Quiet) -> None:
    assert await kentongan.receive(terminal.source, LINE)
    assert not await kentongan.receive(terminal.source, LINE)
    await kentongan.idle(1)
    assert len(terminal.shown) == 1


async def test_a_wake_up_that_nobody_knows_harms_nobody(kentongan: Kentongan, terminal: Quiet) -> None:
    kentongan.work.wake("unknown:1")
    await kentongan.work.rest()
    await kentongan.receive(terminal.source, LINE)
    await kentongan.idle(1)
    assert len(terminal.shown) == 1


# ---------------------------------------------------------------- news


async def test_who_waits_for_news_is_told_at_once(kentongan: Kentongan, terminal: Quiet) -> None:
    await kentongan.receive(terminal.source, LINE)
    await kentongan.idle(1)
    waits = [asyncio.create_task(kentongan.wait_for_news(1, 60)) for _ in range(3)]
    await asyncio.sleep(0)
    await kentongan.receive(terminal.source, {**LINE, "key": "k2"})
    async with asyncio.timeout(30):
        await asyncio.gather(*waits)


async def test_who_waits_in_vain_waits_as_long_as_they_said(kentongan: Kentongan) -> None:
    async with asyncio.timeout(30):
        await kentongan.wait_for_news(99, 0.01)


async def test_nobody_waits_for_news_of_a_program_that_ends(tmp_path: Path, terminal: Quiet) -> None:
    made = Kentongan(Settings(data_dir=tmp_path), {terminal.source: terminal})
    async with made.running():
        waiting = asyncio.create_task(made.wait_for_news(1, 600))
        await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await waiting
        await made.wait_for_news(1, 600)
    assert "stopping" in made.troubles()


# ---------------------------------------------------------------- channels


async def test_a_channel_that_cannot_be_reached_yet_is_opened_beside_the_others(
    tmp_path: Path, terminal: Quiet
) -> None:
    terminal.troubles = [ChannelUnavailable("the network is away", passing=True)] * 2
    made = Kentongan(Settings(data_dir=tmp_path), {terminal.source: terminal})
    async with made.running():
        assert made.troubles() == ("terminal:citizen: the network is away",)
        for _ in range(600):
            if not made.troubles():
                break
            await asyncio.sleep(0.05)
        assert made.troubles() == ()
        assert terminal.opened == 3


async def test_a_channel_that_must_not_be_used_stays_off_and_says_why(tmp_path: Path, terminal: Quiet) -> None:
    other = Quiet("administrator")
    terminal.troubles = [ChannelUnavailable("the token is rejected")]
    made = Kentongan(Settings(data_dir=tmp_path), {each.source: each for each in (terminal, other)})
    async with made.running():
        assert made.troubles() == ("terminal:citizen: the token is rejected",)
        await made.receive(other.source, LINE)
        await made.idle(1)
        assert other.shown
        assert terminal.opened == 1


async def test_a_channel_with_a_fault_of_ours_is_off_and_named_and_the_program_starts(
    tmp_path: Path, terminal: Quiet
) -> None:
    terminal.troubles = [ZeroDivisionError("nobody thought of it")]
    made = Kentongan(Settings(data_dir=tmp_path), {terminal.source: terminal})
    async with made.running():
        assert made.troubles() == ("terminal:citizen: ZeroDivisionError: nobody thought of it",)


def test_the_settings_say_which_channels_there_are(tmp_path: Path) -> None:
    city = load_city("bandung")

    def sources(**settings: Any) -> set[str]:
        return set(channels_for(Settings(data_dir=tmp_path, **settings), city, tmp_path))

    assert sources() == {"webchat:citizen"}
    assert sources(web_chat=False) == set()
    assert sources(demo=True) == {"webchat:citizen", "webchat:administrator", "webchat:narahubung"}
    tokens = {"telegram_citizen_token": SecretStr(CITIZEN_TOKEN)}
    assert sources(**tokens) == {"webchat:citizen", "telegram:citizen"}


async def test_the_banner_never_grows_beyond_a_dozen_lines_and_shows_no_secret(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    async with running(settings_for(tmp_path, api_url)) as made:
        lines = banner(made)
    assert len(lines) <= 12
    assert "@KentonganTestBot, polling" in "\n".join(lines)
    assert CITIZEN_TOKEN.partition(":")[2] not in "\n".join(lines)


async def test_strangers_at_the_staff_bot_are_sent_to_the_citizens_bot_once_its_name_is_known(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    async with running(settings_for(tmp_path, api_url)) as made:
        assert made.tools.office.citizen_channel == "https://t.me/KentonganTestBot"


# ---------------------------------------------------------------- the web


@pytest.fixture
def client(kentongan: Kentongan) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(web_app(kentongan)), base_url="http://127.0.0.1")


async def test_health_and_readiness_tell_two_things(kentongan: Kentongan, client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    assert (await client.get("/readyz")).status_code == 200
    kentongan.states["terminal:citizen"].trouble("the network is away")
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["terminal:citizen: the network is away"]
    assert (await client.get("/healthz")).status_code == 200


async def test_what_was_done_is_counted(kentongan: Kentongan, terminal: Quiet, client: httpx.AsyncClient) -> None:
    def counted(text: str) -> float:
        line = next((line for line in text.splitlines() if line.startswith(COUNTED)), f"{COUNTED} 0")
        return float(line.rpartition(" ")[2])

    before = counted((await client.get("/metrics")).text)
    await kentongan.receive(terminal.source, LINE)
    await kentongan.idle(1)
    assert counted((await client.get("/metrics")).text) == before + 1


COUNTED = 'kentongan_events_total{source="terminal:citizen",state="handled"}'


async def test_a_webhook_of_a_channel_that_is_off_is_not_found(client: httpx.AsyncClient) -> None:
    for path in ("/webhooks/telegram/citizen", "/webhooks/telegram/staff", "/webhooks/whatsapp"):
        assert (await client.post(path, json={})).status_code == 404
    assert (await client.get("/webhooks/whatsapp")).status_code == 404


async def test_nothing_tells_strangers_how_it_is_made(client: httpx.AsyncClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert (await client.get(path)).status_code == 404
