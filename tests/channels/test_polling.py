"""The getUpdates loop: nothing is acknowledged before it is stored, and nothing stops it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.channels.base import Raw
from bot.channels.polling import TRIES, poll
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN

PATIENCE = 30.0  # seconds


@asynccontextmanager
async def polling(
    url: str, receive: Callable[[Raw], Awaitable[object]], *, token: str = CITIZEN_TOKEN
) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(poll("telegram:citizen", token, url, receive, stop, long_poll=25, first_pause=0.01))
    yield
    stop.set()
    await asyncio.wait_for(task, PATIENCE)


async def eventually(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another thread
            await asyncio.sleep(0.005)


class Inbox:
    """Keeps what arrives; refuses what it is told to refuse."""

    def __init__(self) -> None:
        self.arrivals: list[int] = []
        self.refuses: set[int] = set()
        self.open = asyncio.Event()
        self.open.set()

    async def receive(self, raw: Raw) -> bool:
        number: int = raw["update_id"]
        self.arrivals.append(number)
        await self.open.wait()
        if number in self.refuses:
            raise OSError("disk full")
        return True


@pytest.fixture
def person(server: tuple[BotApi, str]) -> Person:
    return Person(server[0], CITIZEN_TOKEN, id=7)


async def test_updates_arrive_in_order_and_are_acknowledged(server: tuple[BotApi, str], person: Person) -> None:
    api, url = server
    inbox = Inbox()
    async with polling(url, inbox.receive):
        sent = [person.write(str(number)) for number in range(150)]  # more than one request brings
        await eventually(lambda: api.waiting(CITIZEN_TOKEN) == 0)
    assert inbox.arrivals == sent


async def test_what_was_not_stored_before_a_crash_comes_again(server: tuple[BotApi, str], person: Person) -> None:
    api, url = server
    inbox = Inbox()
    inbox.open.clear()
    first, second = person.write("satu"), person.write("dua")
    task = asyncio.create_task(poll("telegram:citizen", CITIZEN_TOKEN, url, inbox.receive, asyncio.Event()))
    await eventually(lambda: inbox.arrivals == [first])
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert api.waiting(CITIZEN_TOKEN) == 2

    inbox.open.set()
    async with polling(url, inbox.receive):
        await eventually(lambda: api.waiting(CITIZEN_TOKEN) == 0)
    assert inbox.arrivals == [first, first, second]


async def test_one_bad_update_never_stops_the_others(server: tuple[BotApi, str], person: Person) -> None:
    api, url = server
    inbox = Inbox()
    with api.holding():
        good, bad, after = person.write("baik"), person.write("buruk"), person.write("baik lagi")
        inbox.refuses = {bad}
    with capture_logs() as logs:
        async with polling(url, inbox.receive):
            await eventually(lambda: api.waiting(CITIZEN_TOKEN) == 0)
            later = person.write("nanti")
            await eventually(lambda: later in inbox.arrivals)
    assert {good, after, later} <= set(inbox.arrivals)
    assert inbox.arrivals.count(bad) == TRIES
    assert [entry["update_id"] for entry in logs if entry["log_level"] == "critical"] == [bad]


async def test_while_nothing_can_be_stored_nothing_is_given_up(server: tuple[BotApi, str], person: Person) -> None:
    api, url = server
    inbox = Inbox()
    first = person.write("satu")
    inbox.refuses = {first}
    with capture_logs():
        async with polling(url, inbox.receive):
            await eventually(lambda: inbox.arrivals.count(first) > TRIES + 1)
            assert api.waiting(CITIZEN_TOKEN) == 1
            inbox.refuses = set()
            await eventually(lambda: api.waiting(CITIZEN_TOKEN) == 0)


async def test_trouble_is_told_once_and_ends(server: tuple[BotApi, str], person: Person) -> None:
    api, url = server
    inbox = Inbox()
    api.fail_next(CITIZEN_TOKEN, 502, "Bad Gateway", method="getUpdates", times=3)
    with capture_logs() as logs:
        async with polling(url, inbox.receive):
            sent = person.write("halo")
            await eventually(lambda: inbox.arrivals == [sent])
            await eventually(lambda: api.waiting(CITIZEN_TOKEN) == 0)
    assert [(entry["log_level"], "502" in entry.get("reason", "")) for entry in logs] == [
        ("warning", True),
        ("info", False),
    ]


@pytest.mark.parametrize("fault", ["dropped", "conflict", "slow down"])
async def test_it_comes_back_after_any_trouble(server: tuple[BotApi, str], person: Person, fault: str) -> None:
    api, url = server
    if fault == "dropped":
        api.drop_next(CITIZEN_TOKEN, method="getUpdates", times=2)
    elif fault == "conflict":
        api.fail_next(CITIZEN_TOKEN, 409, "Conflict: terminated by other getUpdates request", method="getUpdates")
    else:
        api.fail_next(CITIZEN_TOKEN, 429, method="getUpdates", retry_after=0.05)
    inbox = Inbox()
    with capture_logs() as logs:
        async with polling(url, inbox.receive):
            sent = person.write("halo")
            await eventually(lambda: inbox.arrivals == [sent] and bool(logs))
    assert logs[0]["log_level"] == "warning"


async def test_a_platform_out_of_reach_is_no_crash_and_stopping_is_still_prompt() -> None:
    with capture_logs() as logs:
        async with polling("http://127.0.0.1:9", Inbox().receive):
            await eventually(lambda: bool(logs))
    assert "cannot be reached" in logs[0]["reason"]


async def test_a_set_webhook_is_explained(server: tuple[BotApi, str]) -> None:
    api, url = server
    api.bots[CITIZEN_TOKEN].webhook = {"url": "https://kota.example"}
    with capture_logs() as logs:
        async with polling(url, Inbox().receive):
            await eventually(lambda: bool(logs))
    assert "webhook" in logs[0]["reason"]


async def test_no_log_ever_shows_the_token(server: tuple[BotApi, str], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with capture_logs() as logs:
        async with polling(server[1], Inbox().receive, token="1009:of-nobody"):
            await eventually(lambda: bool(logs))
    assert "rejects the token" in logs[0]["reason"]
    assert "1009:of-nobody" not in caplog.text + str(logs)
