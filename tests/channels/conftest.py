"""A Bot API server, and both our bots speaking to it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bot.channels.telegram_bot import TelegramBot
from bot.channels.telegram_citizen import TelegramCitizen
from bot.channels.telegram_staff import TelegramStaff
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN, telegram

KINDS = {"citizen": (TelegramCitizen, CITIZEN_TOKEN), "staff": (TelegramStaff, STAFF_TOKEN)}


@dataclass(frozen=True, slots=True)
class Meeting:
    """One of our bots, somebody in a chat with it, and the server between them."""

    bot: TelegramBot
    person: Person
    api: BotApi
    url: str
    token: str

    def last_update(self) -> dict[str, object]:
        """The newest update that the server keeps for the bot."""
        return self.api.bots[self.token].queue[-1]


def bot_of(kind: str, url: str, *, token: str = "", public_url: str | None = None) -> TelegramBot:
    adapter, own_token = KINDS[kind]
    return adapter(token or own_token, url, secret="s3cret", public_url=public_url)


@pytest.fixture(scope="session")
def loopback() -> Iterator[tuple[BotApi, str]]:
    with telegram() as (api, url):
        yield api, url


@pytest.fixture
def server(loopback: tuple[BotApi, str]) -> Iterator[tuple[BotApi, str]]:
    """A server on which nothing has happened yet; fails the test when a bot breaks the contract."""
    loopback[0].reset()
    yield loopback
    loopback[0].check()


@pytest.fixture(params=["citizen", "staff"])
async def meeting(request: pytest.FixtureRequest, server: tuple[BotApi, str]) -> AsyncIterator[Meeting]:
    api, url = server
    token = KINDS[request.param][1]
    bot = bot_of(request.param, url)
    person = Person(api, token, id=4711, name="Euis")
    person.start()
    yield Meeting(bot, person, api, url, token)
    await bot.close()
