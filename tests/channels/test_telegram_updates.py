"""What an update is stored under, for any shape that Telegram or anybody else may send."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Envelope, Photo, Rendered, Sender, Undecodable
from bot.channels.payloads import picked
from bot.channels.telegram_parcels import Album, Picture, Words, parcels
from bot.channels.telegram_updates import envelope, essence, events_in
from bot.dialogue.events import ChoicePicked, CommandGiven, Forwarded, MediaShared, UnreadableSent
from bot.dialogue.replies import Choice

PERSON = {"id": 10**11, "is_bot": False, "first_name": "Siti", "last_name": "Aminah", "language_code": "id-ID"}
PRIVATE = {"id": 10**11, "type": "private"}
GROUP = {"id": -100123, "type": "supergroup"}
SENDER = Sender("100000000000", "100000000000", "Siti Aminah", "id")


def message(**changes: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1, "chat": PRIVATE, "from": PERSON, "text": "halo", **changes}


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("message", message()),
        ("edited_message", message(edit_date=2)),
        ("my_chat_member", {"chat": PRIVATE, "from": PERSON, "date": 1}),
        ("callback_query", {"id": "1", "from": PERSON, "chat_instance": "x", "data": "1:a", "message": message()}),
        (
            "callback_query",
            {"id": "1", "from": PERSON, "data": "1:a", "message": {"chat": PRIVATE, "message_id": 1, "date": 0}},
        ),
    ],
)
def test_sender_and_keys_are_found_in_every_kind_of_update(kind: str, content: dict[str, Any]) -> None:
    assert envelope({"update_id": 77, kind: content}) == Envelope("77", 77, SENDER)


@pytest.mark.parametrize(("status", "sender"), [("kicked", None), ("left", None), ("member", SENDER)])
def test_somebody_who_blocked_the_bot_does_not_count_as_reachable(status: str, sender: Sender | None) -> None:
    change = {"chat": PRIVATE, "from": PERSON, "date": 1, "new_chat_member": {"status": status}}
    told = envelope({"update_id": 77, "my_chat_member": change})
    assert told.sender == sender
    assert bool(told.ignored) == (sender is None)


def test_the_sender_of_a_tap_is_who_tapped_and_not_the_bot_above_the_button() -> None:
    bots_message = message(**{"from": {"id": 1, "is_bot": True, "first_name": "Bot"}})
    tap = {"id": "1", "from": PERSON, "chat_instance": "x", "data": "1:a", "message": bots_message}
    assert envelope({"update_id": 1, "callback_query": tap}).sender == SENDER


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ({"message": message(chat=GROUP)}, "group"),
        ({"message": message(chat={"id": -1, "type": "channel"})}, "channel"),
        ({"message": {"message_id": 1, "chat": PRIVATE, "text": "x"}}, "nobody"),
        ({"message": message(**{"from": {"id": 2, "is_bot": True}})}, "bot"),
        ({"callback_query": {"id": "1", "from": PERSON, "data": "1:a", "inline_message_id": "x"}}, "no chat"),
        ({"poll": {"id": "1"}}, "poll"),
        ({}, "nothing"),
    ],
)
def test_what_is_not_for_us_is_ignored_with_its_reason(update: dict[str, Any], reason: str) -> None:
    ignored = envelope({"update_id": 3, **update})
    assert ignored.sender is None
    assert (ignored.unique_key, ignored.order_key) == ("3", 3)
    assert reason in ignored.ignored


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": "7", "message": message()},
        {"update_id": True, "message": message()},
        {"update_id": 1, "message": "halo"},
        {"update_id": 1, "message": message(chat=5)},
        {"update_id": 1, "message": message(**{"from": "Siti"})},
        {"update_id": 1, "message": message(**{"from": {"first_name": "no id"}})},
        {"update_id": 1, "callback_query": []},
    ],
)
def test_what_is_not_shaped_like_an_update_is_undecodable(update: dict[str, Any]) -> None:
    with pytest.raises(Undecodable):
        envelope(update)


@pytest.mark.parametrize(("code", "language"), [("su", "su"), ("en-GB", "en"), ("de", ""), (None, ""), ("ID", "id")])
def test_only_languages_that_we_speak_are_hinted_at(code: str | None, language: str) -> None:
    sender = envelope({"update_id": 1, "message": message(**{"from": {**PERSON, "language_code": code}})}).sender
    assert sender is not None
    assert sender.language == language


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "chat", "id", "type", "message", "data", "is_bot"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
kinds = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "poll"])


@given(st.dictionaries(kinds | st.just("update_id"), jsons), st.integers(0, 10**9))
def test_any_object_is_either_read_or_undecodable(update: dict[str, Any], number: int) -> None:
    for raw in (update, {**update, "update_id": number}):
        try:
            read = envelope(raw)
        except Undecodable:
            continue
        assert (read.sender is None) == bool(read.ignored)
        json.dumps(essence(raw))


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ("12:send", ChoicePicked("send", 12)),
        ("0:rate:5", ChoicePicked("rate:5", 0)),
        ("send", UnreadableSent("button")),
        ("x:send", UnreadableSent("button")),
        ("-1:send", UnreadableSent("button")),
        ("12:", UnreadableSent("button")),
        ("", UnreadableSent("button")),
        (None, UnreadableSent("button")),
    ],
)
def test_a_button_brings_turn_and_value_or_is_unreadable(data: str | None, event: object) -> None:
    assert picked(data) == event


@given(st.from_regex(r"[ -~]{1,48}", fullmatch=True), st.integers(0, 10**9))
def test_what_is_packed_into_a_button_comes_out_again(value: str, turn: int) -> None:
    (words,) = parcels(Rendered("?", ((Choice(value, "Ya"),),), turn))
    assert isinstance(words, Words)
    ((_, data),) = words.buttons[0]
    assert len(data.encode()) <= 64
    assert picked(data) == ChoicePicked(value, turn)


FIELDS = "text venue location photo animation video video_note voice audio document caption"
EMPTY: dict[str, Any] = {**dict.fromkeys(FIELDS.split()), "message_id": 5}


@pytest.mark.parametrize(
    ("raw", "event"),
    [
        ({"sticker": {}}, (UnreadableSent("sticker"),)),
        ({"contact": {}}, (UnreadableSent("contact"),)),
        ({"of_tomorrow": {}}, (UnreadableSent("message"),)),
        ({"pinned_message": {}}, ()),
    ],
)
def test_what_cannot_be_read_is_named_and_what_telegram_merely_tells_is_nothing(
    raw: dict[str, Any], event: tuple[object, ...]
) -> None:
    update = SimpleNamespace(callback_query=None, message=SimpleNamespace(**EMPTY))
    assert events_in(update, {"message": message(**raw)}) == event


def test_pictures_that_were_sent_as_one_say_so() -> None:
    size = SimpleNamespace(file_id="F", width=9, height=9)
    seen = SimpleNamespace(**{**EMPTY, "photo": [size], "caption": "bolong"})
    update = SimpleNamespace(callback_query=None, message=seen)
    raw = {"message": {**message(), "media_group_id": "77"}}
    assert events_in(update, raw) == (MediaShared("photo", "F", "bolong", album="77"),)


def test_a_command_under_a_photo_is_a_command_that_brings_it_unless_somebody_else_wrote_it() -> None:
    size = SimpleNamespace(file_id="F", width=9, height=9)
    seen = SimpleNamespace(**{**EMPTY, "photo": [size], "caption": "/selesai BDG-1 beres"})
    update = SimpleNamespace(callback_query=None, message=seen)
    file = MediaShared("photo", "F")
    assert events_in(update, {"message": message()}) == (CommandGiven("selesai", "BDG-1 beres", file),)
    (event,) = events_in(update, {"message": message(forward_origin={"type": "user"})})
    assert isinstance(event, Forwarded)
    assert event.content == MediaShared("photo", "F", "/selesai BDG-1 beres")


def photos(count: int, media_type: str = "image/jpeg") -> tuple[Photo, ...]:
    return tuple(Photo(b"x", media_type, f"{number}") for number in range(count))


def test_photos_without_words_are_albums_of_at_most_ten() -> None:
    sent = parcels(Rendered("", photos=photos(21)))
    assert [len(one.photos) if isinstance(one, Album) else 1 for one in sent] == [10, 10, 1]


def test_pictures_and_documents_do_not_share_an_album() -> None:
    sent = parcels(Rendered("Bukti", photos=(*photos(2), *photos(1, "application/pdf"))))
    assert [type(one) for one in sent] == [Album, Picture, Words]


def test_a_photo_does_not_hide_the_key_that_sends_the_location() -> None:
    picture, words = parcels(Rendered("Di mana?", ask_location="Kirim lokasi", photos=photos(1)))
    assert isinstance(picture, Picture)
    assert words == Words("Di mana?", (), "Kirim lokasi")


def test_the_beginning_of_a_long_text_is_sent_first() -> None:
    assert parcels(Rendered("akhir", before=("awal", "tengah"))) == (Words("awal"), Words("tengah"), Words("akhir"))


@pytest.mark.parametrize("told", [{"migrate_to_chat_id": -100999}, {"migrate_from_chat_id": -77}])
def test_a_group_that_became_a_supergroup_tells_both_its_ids(told: dict[str, int]) -> None:
    found = envelope({"update_id": 1, "message": message(chat={"id": -55, "type": "group"}, **told)})
    assert found.moved == (("-55", "-100999") if "migrate_to_chat_id" in told else ("-77", "-55"))
    assert found.sender is None
