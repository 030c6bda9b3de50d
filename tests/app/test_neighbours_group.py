"""A neighbourhood's Telegram group through the real program: filed in answer to a message, one card, taken over by its author."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.app.running import PATIENCE, Cast, number_in, report, running, settings_for
from tests.emulators.bot_api import BotApi
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN
from tests.emulators.telegram_state import Message

pytestmark = pytest.mark.usefixtures("shared_reader")

GROUP: dict[str, Any] = {"id": -100555, "type": "supergroup", "title": "RW 03 Cisitu"}
ASEP = {"id": 815, "is_bot": False, "first_name": "Asep"}
SITI = {"id": 816, "is_bot": False, "first_name": "Siti"}


class Group:
    """The chat of the neighbours, in which the citizens' bot is a guest."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.shown: list[Message] = api.bots[CITIZEN_TOKEN].chats.setdefault(GROUP["id"], [])

    def says(self, who: dict[str, Any], text: str, answering: dict[str, Any] | None = None) -> dict[str, Any]:
        message = {"message_id": self.api.number(), "from": who, "chat": GROUP, "date": int(time.time()), "text": text}
        if answering:
            message["reply_to_message"] = answering
        self.api.bring(CITIZEN_TOKEN, "message", message)
        return message

    async def shows(self, words: str) -> Message:
        """The newest message of the bot, once it contains these words."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.shown and words in self.shown[-1].text:
                return self.shown[-1]
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words!r} is not shown: {[each.text for each in self.shown]}")


async def test_a_message_of_the_group_becomes_a_report_whose_card_changes_until_it_is_solved(
    tmp_path: Path, api: BotApi, api_url: str
) -> None:
    cast, group = Cast(api), Group(api)
    api.duplicate = True
    async with running(settings_for(tmp_path, api_url)) as kentongan:
        await cast.join(kentongan)
        told = group.says(ASEP, "lampu jalan mati di jalan cisitu lama, gelap pisan")
        group.says(SITI, "/lapor", told)
        card = await group.shows("BDG-")
        number = number_in(card.text)
        assert len(group.shown) == 1
        assert "Asep" not in card.text
        button = card.raw["reply_markup"]["inline_keyboard"][0][0]
        asep = Person(api, CITIZEN_TOKEN, id=815, name="Asep")
        asep.start(button["url"].partition("start=")[2])
        await asep.reads("lampu jalan mati", within=PATIENCE)
        asep.tap("Anonim")
        await asep.reads("milik Anda", within=PATIENCE)
        await cast.assign(number)
        await cast.resolve(number)
        await asep.reads("selesai", within=PATIENCE)
        shown = await group.shows("Selesai")
        assert shown.edited
        assert len(group.shown) == 1
        filed = await report(kentongan, number)
        assert (filed.kelurahan, filed.privacy) == ("Dago", "anonim")
    assert all("BDG" not in each.text for each in group.shown[1:])
