"""Every kind of update that the Bot API has, whole and mutilated, goes in by the webhook's way: nothing raises, nothing is lost.

The updates are ours, in the shapes of the Bot API's documentation, read by the libraries that read them in the program.
"""

import asyncio
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import arrival
from bot.channels.base import Envelope, Raw, Undecodable
from bot.channels.telegram_bot import TelegramBot
from bot.channels.telegram_citizen import TelegramCitizen
from bot.channels.telegram_staff import TelegramStaff
from bot.dialogue.events import CommandGiven, Event, LocationShared, MediaShared, TextSent, UnreadableSent
from bot.jobs.receiving import receive
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN
from tests.jobs.program import Platform, Program
from tests.jobs.test_whatsapp_shapes import STRANGE, changed, kept, places

COUNT = itertools.count(1)
ME = {"id": 11, "is_bot": False, "first_name": "Siti", "language_code": "id"}
CHAT = {"id": 11, "type": "private", "first_name": "Siti"}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 9}
SIZES = [{**FILE, "width": 90, "height": 67}, {**FILE, "file_id": "G", "width": 1280, "height": 960}]
FILM = {**FILE, "width": 9, "height": 9, "duration": 3}
POINT = {"latitude": -6.9, "longitude": 107.6}
USER = {"id": 12, "is_bot": False, "first_name": "Budi"}
STICKER = {**FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
GIFT = {"id": "1", "sticker": STICKER, "star_count": 15}
POLL = {
    "id": "1", "question": "?", "options": [{"persistent_id": "a", "text": "ya", "voter_count": 0}], "total_voter_count": 0,
    "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False, "allows_revoting": False,
}  # fmt: skip
PARAGRAPH = {"type": "paragraph", "text": ["lampu ", {"type": "bold", "text": "mati"}]}

HEARD: dict[str, tuple[dict[str, Any], type[Event]]] = {
    "text": ({"text": "lampu mati"}, TextSent),
    "command": ({"text": "/status", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}, CommandGiven),
    "rich": ({"rich_message": {"blocks": [PARAGRAPH, {"type": "divider"}]}}, TextSent),
    "photo": ({"photo": SIZES, "caption": "ini"}, MediaShared),
    "captioned command": ({"photo": SIZES, "caption": "/status"}, CommandGiven),
    "live photo": ({"live_photo": FILM, "photo": SIZES}, MediaShared),
    "video": ({"video": FILM}, MediaShared),
    "video note": ({"video_note": {**FILE, "length": 240, "duration": 3}}, MediaShared),
    "animation": ({"animation": FILM, "document": FILE}, MediaShared),
    "voice": ({"voice": {**FILE, "duration": 3}}, MediaShared),
    "audio": ({"audio": {**FILE, "duration": 3}}, MediaShared),
    "document": ({"document": FILE}, MediaShared),
    "location": ({"location": POINT}, LocationShared),
    "live location": ({"location": {**POINT, "live_period": 900}}, LocationShared),
    "venue": ({"venue": {"location": POINT, "title": "Gedung Sate", "address": "Jl"}, "location": POINT}, LocationShared),
    "in a topic": ({"text": "x", "message_thread_id": 4, "is_topic_message": True}, TextSent),
    "by another bot": ({"text": "x", "via_bot": {"id": 5, "is_bot": True, "first_name": "b"}}, TextSent),
    "answering a story": ({"text": "x", "reply_to_story": {"chat": CHAT, "id": 3}}, TextSent),
    "with an effect": ({"text": "x", "effect_id": "5104841245755180586", "paid_star_count": 1}, TextSent),
}  # fmt: skip
UNREAD: dict[str, Any] = {
    "sticker": STICKER,
    "contact": {"phone_number": "+628120000003", "first_name": "Pak RT"},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": POLL,
    "game": {"title": "g", "description": "d", "photo": SIZES},
    "story": {"chat": CHAT, "id": 3},
    "paid_media": {"star_count": 1, "paid_media": [{"type": "preview"}]},
    "checklist": {"title": "t", "tasks": [{"id": 1, "text": "x"}]},
    "invoice": {"title": "t", "description": "d", "start_parameter": "s", "currency": "XTR", "total_amount": 1},
    "giveaway": {"chats": [CHAT], "winners_selection_date": 1, "winner_count": 1},
    "users_shared": {"request_id": 1, "users": [{"user_id": 12}]},
    "chat_shared": {"request_id": 1, "chat_id": -5},
    "gift": {"gift": GIFT},
    "of_tomorrow": {"id": 1},
}
SERVICE: dict[str, Any] = {
    "pinned_message": {"message_id": 4, "date": 0, "chat": CHAT},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "write_access_allowed": {"from_request": True},
    "chat_background_set": {"type": {"type": "fill", "fill": {"type": "solid", "color": 1}, "dark_theme_dimming": 1}},
    "connected_website": "example.org",
    "web_app_data": {"data": "x", "button_text": "y"},
    "passport_data": {"data": [], "credentials": {"data": "", "hash": "", "secret": ""}},
    "successful_payment": {"currency": "XTR", "total_amount": 1, "invoice_payload": "x", "telegram_payment_charge_id": "1",
                           "provider_payment_charge_id": "1"},
    "refunded_payment": {"currency": "XTR", "total_amount": 1, "invoice_payload": "x", "telegram_payment_charge_id": "1"},
    "forum_topic_created": {"name": "Lapor", "icon_color": 1},
    "forum_topic_closed": {},
    "gift_upgrade_sent": {"gift": GIFT},
    "checklist_tasks_done": {"marked_as_done_task_ids": [1]},
    "proximity_alert_triggered": {"traveler": ME, "watcher": USER, "distance": 5},
    "boost_added": {"boost_count": 1},
    "video_chat_started": {},
    "giveaway_winners": {"chat": CHAT, "giveaway_message_id": 1, "winners_selection_date": 1, "winner_count": 1, "winners": []},
}  # fmt: skip
NOT_OURS: dict[str, Any] = {
    "channel_post": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel"}, "text": "x"},
    "edited_channel_post": {"message_id": 1, "date": 1, "chat": {"id": -9, "type": "channel"}, "text": "y"},
    "business_connection": {"id": "b", "user": ME, "user_chat_id": 11, "date": 1, "is_enabled": True},
    "business_message": {"message_id": 1, "date": 1, "chat": CHAT, "from": ME, "text": "x"},
    "deleted_business_messages": {"business_connection_id": "b", "chat": CHAT, "message_ids": [1]},
    "message_reaction": {"chat": CHAT, "message_id": 1, "user": ME, "date": 1, "old_reaction": [],
                         "new_reaction": [{"type": "emoji", "emoji": "👍"}]},
    "message_reaction_count": {"chat": CHAT, "message_id": 1, "date": 1, "reactions": []},
    "inline_query": {"id": "1", "from": ME, "query": "x", "offset": ""},
    "chosen_inline_result": {"result_id": "1", "from": ME, "query": "x"},
    "shipping_query": {"id": "1", "from": ME, "invoice_payload": "x", "shipping_address": {}},
    "pre_checkout_query": {"id": "1", "from": ME, "currency": "XTR", "total_amount": 1, "invoice_payload": "x"},
    "purchased_paid_media": {"from": ME, "paid_media_payload": "x"},
    "poll": POLL,
    "poll_answer": {"poll_id": "1", "user": ME, "option_ids": [0]},
    "chat_member": {"chat": CHAT, "from": ME, "date": 1, "old_chat_member": {}, "new_chat_member": {}},
    "chat_join_request": {"chat": {"id": -9, "type": "supergroup"}, "from": ME, "user_chat_id": 11, "date": 1},
    "chat_boost": {"chat": CHAT, "boost": {}},
    "removed_chat_boost": {"chat": CHAT, "boost_id": "1", "remove_date": 1, "source": {}},
    "of_tomorrow": {"id": 1},
}  # fmt: skip


def message(content: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": next(COUNT), "from": ME, "chat": CHAT, "date": 1795500001, **content}


def update(kind: str, content: Any) -> dict[str, Any]:
    return {"update_id": next(COUNT), kind: content}


def tap(**more: Any) -> dict[str, Any]:
    return update("callback_query", {"id": "1", "from": ME, "chat_instance": "c", **more})


TAPS = {
    "under a message": {"message": message({"text": "?"}), "data": "3:send"},
    "under one that is too old to be told": {"message": {"chat": CHAT, "message_id": 2, "date": 0}, "data": "3:send"},
    "without data": {"message": {"chat": CHAT, "message_id": 2, "date": 0}, "game_short_name": "g"},
}


@pytest.fixture(scope="module")
def bots() -> Iterator[tuple[TelegramBot, ...]]:
    url = "http://127.0.0.1:9"
    made = (
        TelegramCitizen(CITIZEN_TOKEN, url, secret="", public_url=None),
        TelegramStaff(STAFF_TOKEN, url, secret="", public_url=None),
    )
    yield made
    for bot in made:
        asyncio.run(bot.close())


@pytest.mark.parametrize("name", HEARD)
def test_what_a_person_says_is_heard_by_both_bots(bots: tuple[TelegramBot, ...], name: str) -> None:
    content, kind = HEARD[name]
    for bot in bots:
        (event,) = bot.parse(update("message", message(content)))
        assert isinstance(event, kind)


def test_the_words_of_a_rich_message_are_words(bots: tuple[TelegramBot, ...]) -> None:
    item = {"label": "•", "blocks": [{"type": "paragraph", "text": "di jl cisitu"}]}
    blocks = [PARAGRAPH, {"type": "list", "items": [item]}, {"type": "map", "location": POINT}]
    (event,) = bots[0].parse(update("message", message({"rich_message": {"blocks": blocks}})))
    assert isinstance(event, TextSent)
    assert [line.strip() for line in event.text.splitlines()] == ["lampu mati", "•", "di jl cisitu"]


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_named(bots: tuple[TelegramBot, ...], name: str) -> None:
    for bot in bots:
        (event,) = bot.parse(update("message", message({name: UNREAD[name]})))
        assert isinstance(event, UnreadableSent)


@pytest.mark.parametrize("name", SERVICE)
def test_what_telegram_itself_tells_needs_no_answer(bots: tuple[TelegramBot, ...], name: str) -> None:
    for bot in bots:
        assert bot.parse(update("message", message({name: SERVICE[name]}))) == ()


@pytest.mark.parametrize("name", NOT_OURS)
def test_kinds_of_updates_that_we_do_not_use_say_so(bots: tuple[TelegramBot, ...], name: str) -> None:
    for bot in bots:
        envelope = bot.envelope(update(name, NOT_OURS[name]))
        assert envelope.sender is None
        assert envelope.ignored


# ---------------------------------------------------------------- in the program


class Telegram(Platform):
    """Reads as the citizens' bot does; sends to nobody."""

    def __init__(self, reads: TelegramBot) -> None:
        super().__init__()
        self._reads = reads

    def envelope(self, raw: Raw) -> Envelope:
        return self._reads.envelope(raw)

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        return self._reads.parse(raw)


@pytest.fixture
def telegram(program: Program, bots: tuple[TelegramBot, ...]) -> Telegram:
    channel = Telegram(bots[0])
    program.tools.channels = {**program.tools.channels, channel.source: channel}
    return channel


async def arrives(program: Program, channel: Telegram, raw: Raw) -> str:
    arrived = arrival(channel, raw)
    await receive(program.tools, arrived)
    await program.work.rest()
    return arrived.unique_key


async def test_whatever_a_person_sends_is_answered_and_the_rest_is_kept_in_silence(
    program: Program, telegram: Telegram
) -> None:
    contents = {name: content for name, (content, _) in HEARD.items()} | {name: {name: UNREAD[name]} for name in UNREAD}
    loud = {name: update("message", message(content)) for name, content in contents.items()}
    loud |= {name: tap(**content) for name, content in TAPS.items()}
    quiet = {name: update("message", message({name: content})) for name, content in SERVICE.items()}
    quiet |= {f"{name} update": update(name, content) for name, content in NOT_OURS.items()}
    for name, raw in {**loud, **quiet}.items():
        before = len(telegram.sent)
        await arrives(program, telegram, raw)
        program.pass_time(minutes=5)
        program.tools.wake("delivery:1")
        await program.work.rest()
        assert (len(telegram.sent) > before) == (name in loud), name
    states = await kept(program)
    assert {state for _, state, _ in states} <= {"handled", "ignored"}
    assert all(reason for _, state, reason in states if state == "ignored")


@st.composite
def mutilated(draw: st.DrawFn) -> dict[str, Any]:
    contents = [content for content, _ in HEARD.values()] + [{name: UNREAD[name]} for name in UNREAD]
    raw = draw(
        st.sampled_from(
            [update(kind, message(content)) for kind in ("message", "edited_message") for content in contents]
        )
        | st.sampled_from([tap(**content) for content in TAPS.values()])
        | st.sampled_from([update(name, content) for name, content in NOT_OURS.items()])
    )
    for _ in range(draw(st.integers(1, 3))):
        if ways := [way for way in places(raw) if way != ("update_id",)]:
            raw = changed(raw, draw(st.sampled_from(ways)), draw(st.sampled_from(STRANGE)), drop=draw(st.booleans()))
    return {**raw, "update_id": next(COUNT)}


@given(mutilated())
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
def test_whatever_part_is_missing_or_strange_it_is_read_or_named_undecodable(
    bots: tuple[TelegramBot, ...], raw: dict[str, Any]
) -> None:
    for bot in bots:
        arrived = arrival(bot, raw)
        assert arrived.undecodable or arrived.ignored or arrived.external_id
        if arrived.external_id:
            try:
                bot.parse(json.loads(arrived.payload))
            except Undecodable:
                continue


@given(st.lists(mutilated(), min_size=1, max_size=4))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
async def test_nothing_mutilated_is_lost_and_the_next_message_is_answered(
    program: Program, telegram: Telegram, updates: list[dict[str, Any]]
) -> None:
    keys = {await arrives(program, telegram, raw) for raw in (*updates, *updates)}
    found = {key: (state, reason) for key, state, reason in await kept(program)}
    assert keys - {""} <= set(found)
    assert {state for state, _ in found.values()} <= {"handled", "ignored", "parked"}
    said, stranger = len(telegram.sent), {**ME, "id": 10_000 + next(COUNT)}
    await arrives(program, telegram, update("message", {**message({"text": "/bantuan"}), "from": stranger}))
    assert len(telegram.sent) > said
