"""A small program behind the pages, and a browser in front of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.browsers import real_browser
from tests.web.small_door import SmallDoor, browser


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SmallDoor]:
    """The program as a citizen meets it."""
    opened = SmallDoor(tmp_path)
    yield opened
    opened.db.close()


@pytest.fixture
def demo_door(tmp_path: Path) -> Iterator[SmallDoor]:
    """The program as a demonstration."""
    opened = SmallDoor(tmp_path, demo=True)
    yield opened
    opened.db.close()


@pytest.fixture
def page(door: SmallDoor) -> TestClient:
    """A browser that has the chat page open."""
    client = browser(door)
    client.get("/chat")
    return client


@pytest.fixture(
    scope="module"
)  # while it runs, it holds the thread's event loop: no asynchronous test may share its module
def chromium() -> Iterator[Any]:
    """A real browser; the test is skipped where there is none."""
    with real_browser() as browser:
        yield browser
