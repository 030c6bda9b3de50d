"""A copy of one's data by a link: once, not for long, and not used up by a look at the page."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from bot.web.own_records import BURST
from storage import Tx, erasing_talks, people, record_links, reports
from tests.storage.makers import new_report
from tests.web.small_door import NOON, SmallDoor, browser

TOKEN = "a-token-of-their-own"
PAGE = f"/data-saya/{TOKEN}"


@pytest.fixture
def number(door: SmallDoor) -> str:
    """A report of somebody who has a link."""

    def told(tx: Tx) -> str:
        made = new_report(tx, description="lampu mati di gang mawar")
        record_links.make(tx, made.contact_id, TOKEN, NOON, NOON + timedelta(hours=24))
        return made.number

    return door.db.run_sync(told)


def test_the_copy_holds_what_they_told_to_read_and_for_machines(door: SmallDoor, number: str) -> None:
    client = browser(door)
    assert "satu kali" in client.get(PAGE).text
    answer = client.post(PAGE)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "gang mawar" in archive.read("data-saya.txt").decode()
        (report,) = json.loads(archive.read("data-saya.json"))["reports"]
    assert report["number"] == number


def test_the_link_works_once_and_looking_does_not_count(door: SmallDoor, number: str) -> None:
    client = browser(door)
    assert [client.get(PAGE).status_code, client.get(PAGE).status_code] == [200, 200]
    assert client.post(PAGE).status_code == 200
    assert client.post(PAGE).status_code == client.get(PAGE).status_code == 404


def test_the_link_ends_and_a_newer_one_takes_its_place(door: SmallDoor, number: str) -> None:
    def renew(tx: Tx) -> None:
        report = reports.by_number(tx, number)
        assert report is not None
        record_links.make(tx, report.contact_id, "another", NOON, NOON - timedelta(seconds=1))

    door.db.run_sync(renew)
    assert browser(door).get(PAGE).status_code == 404
    assert browser(door).get("/data-saya/another").status_code == 404


def test_another_site_cannot_fetch_it(door: SmallDoor, number: str) -> None:
    answer = browser(door).post(PAGE, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert browser(door).get(PAGE).status_code == 200


def test_guessing_becomes_slow(door: SmallDoor) -> None:
    client = browser(door)
    codes = [client.get(f"/data-saya/{n}").status_code for n in range(BURST)]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_who_was_forgotten_has_no_link_any_more(door: SmallDoor, number: str) -> None:
    def forget(tx: Tx) -> None:
        report = reports.by_number(tx, number)
        assert report is not None
        erasing_talks.forget_name(tx, people.same_person(tx, report.contact_id), NOON)

    door.db.run_sync(forget)
    assert browser(door).get(PAGE).status_code == 404
