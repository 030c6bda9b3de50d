"""What a message encloses is made when its reader looks at it, and for nobody else."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from storage.tables import Report
from tests.storage.makers import new_report
from tests.web.small_door import SmallDoor, browser, token_of
from tests.web.test_chat import read, send


@pytest.fixture
def report(door: SmallDoor) -> Report:
    return door.db.run_sync(new_report, lat=-6.9078, lon=107.6213)


def talk(door: SmallDoor, *enclosed: str) -> tuple[TestClient, dict[str, Any]]:
    """A browser in whose talk a message encloses this; the message as the page reads it."""
    page = browser(door)
    page.get("/chat")
    send(page)
    door.say(door.conversation(token_of(page)), "ini dia", enclosed=enclosed)
    return page, read(page)["lines"][-1]


def test_a_map_is_a_picture_of_the_message(door: SmallDoor, report: Report) -> None:
    page, line = talk(door, f"map:{report.number}")
    (source,) = line["photos"]
    assert line["files"] == []
    picture = page.get(source)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert picture.content.startswith(b"\x89PNG")
    assert "sandbox" in picture.headers["content-security-policy"]


def test_a_sheet_is_a_file_to_keep(door: SmallDoor) -> None:
    page, line = talk(door, "sp4n")
    (source,) = line["files"]
    sheet = page.get(source)
    assert sheet.content.startswith(b"PK")
    assert "attachment; filename=" in sheet.headers["content-disposition"]


def test_nobody_else_can_look_at_it(door: SmallDoor, report: Report) -> None:
    _, line = talk(door, f"map:{report.number}")
    stranger, _ = talk(door)
    assert stranger.get(line["photos"][0]).status_code == 404
    assert browser(door).get(line["photos"][0]).status_code >= 400


def test_what_cannot_be_made_is_not_found(door: SmallDoor, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    page, line = talk(door, "map:BDG-261124-0017-6", f"map:{report.number}")
    gone, there = line["photos"]
    assert page.get(gone).status_code == 404

    def broken(*_: object) -> bytes:
        raise MemoryError("no room")

    monkeypatch.setattr("bot.services.enclosures.map_picture", broken)
    assert page.get(there).status_code == 404


def test_an_address_tells_nothing_of_what_is_behind_it(door: SmallDoor, report: Report) -> None:
    _, line = talk(door, f"letter:{report.number}:a-token-that-nobody-guesses")
    assert report.number not in repr(line)
    assert "a-token" not in repr(line)
