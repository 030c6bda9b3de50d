"""What each platform tells of a forwarded message, and what becomes of it: Telegram's four kinds of origin, WhatsApp's two flags."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels.telegram_updates import essence, events_in
from bot.channels.terminal import Terminal
from bot.channels.whatsapp_events import parse
from bot.dialogue.events import Event, Forwarded, LocationShared, MediaShared, Origin, TextSent, UnreadableSent
from tests.channels.conftest import Meeting
from tests.channels.test_telegram_updates import EMPTY, message

ORIGINS = [
    (
        {"type": "user", "date": 7, "sender_user": {"id": 42, "is_bot": False, "first_name": "Asep"}},
        Origin("user", "user:42", 7),
    ),
    ({"type": "hidden_user", "date": 7, "sender_user_name": "Asep"}, Origin("hidden_user", "hidden_user:Asep", 7)),
    (
        {
            "type": "chat",
            "date": 7,
            "sender_chat": {"id": -10, "type": "group", "title": "RT"},
            "author_signature": "Pak RT",
        },
        Origin("chat", "chat:-10 Pak RT", 7),
    ),
    (
        {"type": "channel", "date": 7, "chat": {"id": -20, "type": "channel", "title": "Info"}, "message_id": 3},
        Origin("channel", "channel:-20", 7),
    ),
]
STRANGE = [{"type": "of_tomorrow", "date": 7}, {"type": "user"}, {}, {"type": "chat", "sender_chat": 3}, {"date": "x"}]


def telegram(origin: dict[str, Any], **content: Any) -> tuple[Event, ...]:
    seen = SimpleNamespace(**{**EMPTY, **content})
    update = SimpleNamespace(callback_query=None, message=seen)
    return events_in(update, {"message": message(forward_origin=origin)})


@pytest.mark.parametrize(("told", "origin"), ORIGINS)
def test_telegram_tells_whose_words_they_are_and_when_they_were_written(told: dict[str, Any], origin: Origin) -> None:
    assert telegram(told, text="lampu mati") == (Forwarded(TextSent("lampu mati"), origin),)


@pytest.mark.parametrize("told", STRANGE)
def test_an_origin_of_another_shape_never_stops_a_message(told: dict[str, Any]) -> None:
    (event,) = telegram(told, text="lampu mati")
    assert isinstance(event, Forwarded)
    assert event.origin.author == ""


@pytest.mark.parametrize(("told", "origin"), ORIGINS)
async def test_both_libraries_read_every_kind_of_origin(meeting: Meeting, told: dict[str, Any], origin: Origin) -> None:
    meeting.person.write("lampu mati")
    update = meeting.last_update()
    raw = {**update, "message": {**update["message"], "forward_origin": told}}  # type: ignore[dict-item]
    assert meeting.bot.parse(raw) == (Forwarded(TextSent("lampu mati"), origin),)
    assert "forward_origin" not in essence(raw)["message"], "nothing that Telegram may add to it can stop the message"


def test_a_forwarded_command_is_words() -> None:
    told = ORIGINS[0][0]
    seen = SimpleNamespace(**{**EMPTY, "text": "/batal"})
    (event,) = events_in(
        SimpleNamespace(callback_query=None, message=seen), {"message": message(forward_origin=told, text="/batal")}
    )
    assert event == Forwarded(TextSent("/batal"), ORIGINS[0][1])


def test_forwarded_pictures_points_and_stickers_are_told_as_such() -> None:
    told, origin = ORIGINS[1]
    size = SimpleNamespace(file_id="F", file_unique_id="U", width=9, height=9)
    seen = SimpleNamespace(**{**EMPTY, "photo": [size], "caption": "bolong"})
    raw = {"message": message(forward_origin=told, media_group_id="77")}
    (photo,) = events_in(SimpleNamespace(callback_query=None, message=seen), raw)
    assert photo == Forwarded(MediaShared("photo", "F", "bolong", album="77"), origin)
    assert isinstance(photo, Forwarded)
    assert isinstance(photo.content, MediaShared)
    assert photo.content.content == "U"
    place = SimpleNamespace(latitude=-6.9, longitude=107.6)
    assert telegram(told, location=place) == (Forwarded(LocationShared(-6.9, 107.6), origin),)
    update = SimpleNamespace(callback_query=None, message=SimpleNamespace(**EMPTY))
    assert events_in(update, {"message": message(sticker={}, forward_origin=told)}) == (
        Forwarded(UnreadableSent("sticker"), origin),
    )


def test_a_contact_card_tells_an_account_or_a_number() -> None:
    update = SimpleNamespace(callback_query=None, message=SimpleNamespace(**EMPTY))
    cards = [{"phone_number": "+62812"}, {"phone_number": "+62812", "user_id": 42}]
    told = [events_in(update, {"message": message(contact=card)})[0] for card in cards]
    assert [getattr(event, "card", "") for event in told] == ["+62812", "telegram:42"]


# ---------------------------------------------------------------- WhatsApp


def whatsapp(kind: str, content: object, **context: Any) -> tuple[Event, ...]:
    return parse({"message": {"id": "wamid.1", "timestamp": "1", "type": kind, kind: content, "context": context}})


@pytest.mark.parametrize("flag", ["forwarded", "frequently_forwarded"])
def test_whatsapp_tells_only_that_it_was_forwarded(flag: str) -> None:
    assert whatsapp("text", {"body": "lampu mati"}, **{flag: True}) == (
        Forwarded(TextSent("lampu mati"), Origin(flag)),
    )


def test_what_was_forwarded_often_says_so_though_both_flags_are_set() -> None:
    (event,) = whatsapp("text", {"body": "lampu mati"}, forwarded=True, frequently_forwarded=True)
    assert event == Forwarded(TextSent("lampu mati"), Origin("frequently_forwarded"))


def test_an_answer_to_a_message_is_not_forwarded() -> None:
    assert whatsapp("text", {"body": "ya"}, **{"from": "62812", "id": "wamid.0"}) == (TextSent("ya"),)
    assert whatsapp("text", {"body": "ya"}, forwarded=False) == (TextSent("ya"),)


@pytest.mark.parametrize(
    ("kind", "content", "event"),
    [
        (
            "image",
            {"id": "M", "mime_type": "image/jpeg", "sha256": "S", "caption": "bolong"},
            MediaShared("photo", "M", "bolong"),
        ),
        ("audio", {"id": "M", "voice": True}, MediaShared("voice", "M")),
        ("location", {"latitude": -6.9, "longitude": 107.6}, LocationShared(-6.9, 107.6)),
        ("sticker", {"id": "M"}, UnreadableSent("sticker")),
        ("text", {"body": "/batal"}, TextSent("/batal")),
    ],
)
def test_everything_that_can_be_forwarded_on_whatsapp_is_told_as_such(kind: str, content: object, event: Event) -> None:
    assert whatsapp(kind, content, forwarded=True) == (Forwarded(event, Origin("forwarded")),)  # type: ignore[arg-type]


def test_the_fingerprint_of_a_whatsapp_picture_is_kept() -> None:
    (event,) = whatsapp("image", {"id": "M", "mime_type": "image/jpeg", "sha256": "S"}, forwarded=True)
    assert isinstance(event, Forwarded)
    assert isinstance(event.content, MediaShared)
    assert event.content.content == "S"


def test_a_whatsapp_contact_card_tells_its_number() -> None:
    cards = [{"name": {}, "phones": [{"phone": "+62 812", "wa_id": "62812"}]}]
    (event,) = parse({"message": {"id": "w", "timestamp": "1", "type": "contacts", "contacts": cards}})
    assert (event, getattr(event, "card", "")) == (UnreadableSent("contacts"), "62812")
    (empty,) = parse({"message": {"id": "w", "timestamp": "1", "type": "contacts", "contacts": []}})
    assert getattr(empty, "card", "x") == ""


# ---------------------------------------------------------------- the terminal


@pytest.mark.parametrize(
    ("line", "content"),
    [
        (":terus lampu mati", TextSent("lampu mati")),
        (":terus /batal", TextSent("/batal")),
        (":terus :foto a.jpg bolong", MediaShared("photo", "a.jpg", "bolong")),
        (":terus :lokasi -6.9,107.6", LocationShared(-6.9, 107.6)),
    ],
)
def test_in_the_terminal_a_message_can_be_passed_on_too(line: str, content: Event) -> None:
    assert Terminal("citizen", print).parse({"line": line}) == (Forwarded(content, Origin("forwarded")),)  # type: ignore[arg-type]
