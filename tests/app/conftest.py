"""The stand-in for Telegram, and the shared reader inside the program."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.emulators.bot_api import BotApi
from tests.emulators.serving import telegram
from tests.readers import PlainReader

if TYPE_CHECKING:
    from nlp import Reader


@pytest.fixture(scope="session")
def loopback() -> Iterator[tuple[BotApi, str]]:
    with telegram() as server:
        yield server


@pytest.fixture
def api(loopback: tuple[BotApi, str]) -> Iterator[BotApi]:
    """A server on which nothing has happened yet; fails the test when a bot breaks the contract."""
    loopback[0].reset()
    yield loopback[0]
    loopback[0].check()


@pytest.fixture
def api_url(loopback: tuple[BotApi, str]) -> str:
    return loopback[1]


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program takes a reader that knows one sentence."""
    monkeypatch.setattr("bot.app.load_reader", lambda city: PlainReader())


@pytest.fixture
def shared_reader(reader: "Reader", monkeypatch: pytest.MonkeyPatch) -> None:
    """The program takes the reader that the session has loaded."""
    monkeypatch.setattr("bot.app.load_reader", lambda city: reader)
