"""In a Telegram group we hear commands, answers to us and taps; what we show there is one card that changes."""

from typing import Any

import pytest

from bot.channels.base import Delivered, Rendered, TryLater
from bot.channels.telegram_groups import MOST_A_MINUTE, Minute
from bot.channels.telegram_updates import envelope
from bot.dialogue.events import ChoicePicked, CommandGiven, InGroup, LocationShared, TextSent
from bot.dialogue.replies import Choice
from tests.channels.conftest import Meeting

SITI = {"id": 4711, "is_bot": False, "first_name": "Siti"}
ASEP = {"id": 815, "is_bot": False, "first_name": "Asep"}
GROUP = {"id": -100123, "type": "supergroup", "title": "RW 03"}
QUOTED = {"message_id": 5, "date": 1, "chat": GROUP, "from": ASEP, "text": "lampu jalan mati di cisitu"}


def message(**more: Any) -> dict[str, Any]:
    return {"update_id": 9, "message": {"message_id": 6, "date": 2, "chat": GROUP, "from": SITI, **more}}


def ours(meeting: Meeting) -> dict[str, Any]:
    return {"id": 1, "is_bot": True, "first_name": "B", "username": meeting.bot.username}


async def test_a_command_in_answer_to_a_message_brings_that_message_along(meeting: Meeting) -> None:
    await meeting.bot.open()
    raw = message(text=f"/lapor@{meeting.bot.username} tolong", reply_to_message=QUOTED)
    told = meeting.bot.envelope(raw)
    assert told.sender is not None
    assert (told.sender.external_id, told.sender.chat_id, told.sender.in_group) == ("4711", "-100123", True)
    (event,) = meeting.bot.parse(raw)
    assert isinstance(event, InGroup)
    assert event.said == CommandGiven("lapor", "tolong")
    assert event.quoted is not None
    assert (event.quoted.author, event.quoted.message, event.quoted.ours) == ("815", "5", False)
    assert event.words == "lampu jalan mati di cisitu\ntolong"


async def test_photos_and_points_of_the_answered_message_come_along(meeting: Meeting) -> None:
    sizes = [{"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": n, "height": n} for n in (90, 1280)]
    point = {"latitude": -6.9, "longitude": 107.6}
    raw = message(text="/lapor", reply_to_message={**QUOTED, "text": None, "caption": "bolong", "photo": sizes})
    raw["message"]["reply_to_message"].pop("text")
    (event,) = meeting.bot.parse(raw)
    assert isinstance(event, InGroup)
    assert event.quoted is not None
    assert [each.file for each in event.quoted.files] == ["f1280"]
    raw = message(
        text="/lapor", reply_to_message={k: v for k, v in QUOTED.items() if k != "text"} | {"location": point}
    )
    (event,) = meeting.bot.parse(raw)
    assert isinstance(event, InGroup)
    assert event.quoted is not None
    assert event.quoted.point == LocationShared(-6.9, 107.6)


async def test_an_answer_to_our_card_is_heard_and_talk_among_people_is_not(meeting: Meeting) -> None:
    await meeting.bot.open()
    card = {"message_id": 7, "date": 1, "chat": GROUP, "from": ours(meeting), "text": "Laporan"}
    raw = message(text="di depan masjid", reply_to_message=card)
    (event,) = meeting.bot.parse(raw)
    assert isinstance(event, InGroup)
    assert event.said == TextSent("di depan masjid")
    assert event.quoted is not None
    assert event.quoted.ours
    for other in (message(text="halo semua"), message(text="ya", reply_to_message=QUOTED)):
        assert meeting.bot.envelope(other).sender is None


async def test_a_command_for_another_bot_is_none_of_ours(meeting: Meeting) -> None:
    await meeting.bot.open()
    assert "another bot" in meeting.bot.envelope(message(text="/lapor@other_bot")).ignored
    assert meeting.bot.envelope(message(text="/lapor")).sender is not None


async def test_a_tap_under_the_card_is_the_tappers(meeting: Meeting) -> None:
    tapped = {"id": "1", "from": ASEP, "chat_instance": "x", "data": "0:done:BDG", "message": {**QUOTED, "from": SITI}}
    raw = {"update_id": 3, "callback_query": tapped}
    sender = meeting.bot.envelope(raw).sender
    assert sender is not None
    assert (sender.external_id, sender.in_group) == ("815", True)
    assert meeting.bot.parse(raw) == (InGroup(ChoicePicked("done:BDG", 0)),)


@pytest.mark.parametrize(("before", "after", "greets"), [("left", "member", True), ("member", "administrator", False)])
async def test_it_greets_when_it_is_added_and_not_when_its_place_changes(
    meeting: Meeting, before: str, after: str, greets: bool
) -> None:
    change = {"old_chat_member": {"status": before}, "new_chat_member": {"status": after}}
    raw = {"update_id": 4, "my_chat_member": {"chat": GROUP, "from": SITI, "date": 1, **change}}
    assert bool(meeting.bot.parse(raw)) is greets


def test_a_channel_and_an_anonymous_admin_are_nobody() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    assert envelope(message(text="/lapor", **{"from": anonymous})).sender is None
    assert "channel" in envelope(message(text="/lapor", chat={"id": -5, "type": "channel"})).ignored


# ---------------------------------------------------------------- the card


def meet_group(meeting: Meeting) -> str:
    meeting.api.bots[meeting.token].chats[-100123] = []
    return "-100123"


async def test_a_card_changes_where_it_stands_and_says_nothing_anew(meeting: Meeting) -> None:
    chat = meet_group(meeting)
    first = await meeting.bot.deliver(chat, Rendered("diterima"))
    assert isinstance(first, Delivered)
    again = await meeting.bot.deliver(chat, Rendered("diproses", replaces=first.external_id))
    same = await meeting.bot.deliver(chat, Rendered("diproses", replaces=first.external_id))
    assert again == same == first
    (shown,) = meeting.api.bots[meeting.token].chats[-100123]
    assert (shown.text, shown.edited) == ("diproses", True)


async def test_a_card_that_was_deleted_is_put_up_again(meeting: Meeting) -> None:
    chat = meet_group(meeting)
    delivery = await meeting.bot.deliver(chat, Rendered("diproses", replaces="999"))
    assert isinstance(delivery, Delivered)
    assert delivery.external_id != "999"


async def test_a_button_may_open_a_page(meeting: Meeting) -> None:
    chat = meet_group(meeting)
    button = Choice("takeover", "Ini tulisan saya", link="https://t.me/lapor_bot?start=ambil_0")
    await meeting.bot.deliver(chat, Rendered("kartu", buttons=((button,),)))
    (shown,) = meeting.api.bots[meeting.token].chats[-100123]
    assert shown.raw["reply_markup"]["inline_keyboard"] == [[{"text": "Ini tulisan saya", "url": button.link}]]


async def test_a_group_gets_no_more_than_its_limit_and_a_person_is_not_counted(meeting: Meeting) -> None:
    chat = meet_group(meeting)
    sent = [await meeting.bot.deliver(chat, Rendered(f"{n}")) for n in range(MOST_A_MINUTE + 1)]
    assert all(isinstance(each, Delivered) for each in sent[:-1])
    assert isinstance(sent[-1], TryLater)
    assert not sent[-1].counts
    assert 0 < sent[-1].after <= 60


def test_a_minute_later_the_group_may_get_more() -> None:
    minute = Minute()
    assert [minute.wait("g", 0.0) for _ in range(MOST_A_MINUTE)] == [0.0] * MOST_A_MINUTE
    assert minute.wait("g", 10.0) == 50.0
    assert minute.wait("other", 10.0) == 0.0
    assert minute.wait("g", 60.0) == 0.0
