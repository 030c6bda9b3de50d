"""What WhatsApp brings: genuine or not, split into single events, each read or named unreadable."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Envelope, Raw, Sender, Undecodable
from bot.channels.whatsapp_events import envelope, parse
from bot.channels.whatsapp_webhook import events_of, signature_holds, verified_challenge
from bot.dialogue.events import (
    ChoicePicked,
    Event,
    LocationShared,
    MediaShared,
    MessageDeleted,
    MessageEdited,
    TextSent,
    UnreadableSent,
)
from tests.emulators.cloud_api import NUMBER_ID

WEBHOOKS = Path(__file__).parents[1] / "webhooks"
SITI = Sender(
    "ID.10000000000000000001",
    "ID.10000000000000000001",
    "Siti Aminah",
    aliases=("628120000001",),
    one_talk=True,
)
DADANG = Sender("ID.20000000000000000002", "ID.20000000000000000002", "Dadang", one_talk=True)


def only_event(name: str) -> Raw:
    (event,) = events_of((WEBHOOKS / f"whatsapp_{name}.json").read_bytes())
    assert not isinstance(event, bytes)
    return event


# Genuine or not


def test_only_the_app_secrets_signature_of_these_very_bytes_holds() -> None:
    body = b'{"entry": []}'
    good = "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert signature_holds(body, good, "secret")
    assert not signature_holds(b'{"entry":[]}', good, "secret")
    assert not signature_holds(body, good, "another")
    assert not signature_holds(body, "", "secret")
    assert not signature_holds(body, good.removeprefix("sha256="), "secret")
    assert not signature_holds(body, "sha256=é", "secret")


def test_the_challenge_is_answered_only_for_our_token() -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "ours", "hub.challenge": "1158201444"}
    assert verified_challenge(query, "ours") == "1158201444"
    assert verified_challenge(query, "theirs") is None
    assert verified_challenge({**query, "hub.mode": "unsubscribe"}, "ours") is None
    assert verified_challenge({}, "ours") is None


# Single events


def test_a_batch_is_split_and_every_event_knows_its_sender() -> None:
    events = events_of((WEBHOOKS / "whatsapp_batch.json").read_bytes())
    assert len(events) == 5
    first, second, broken, status, change = events
    assert not any(isinstance(event, bytes) for event in events)
    assert envelope(first, NUMBER_ID).sender == SITI  # type: ignore[arg-type]
    assert envelope(second, NUMBER_ID).sender == replace(DADANG, aliases=("628120000002",))  # type: ignore[arg-type]
    with pytest.raises(Undecodable):
        envelope(broken, NUMBER_ID)  # type: ignore[arg-type]
    for event in (status, change):
        assert envelope(event, NUMBER_ID).ignored  # type: ignore[arg-type]
        assert parse(event) == ()  # type: ignore[arg-type]


def test_what_is_no_event_beside_others_stays_for_a_person_to_look_at() -> None:
    whole = json.loads((WEBHOOKS / "whatsapp_text.json").read_text())
    (entry,) = whole["entry"]
    (change,) = entry["changes"]
    odd = {**change, "value": {**change["value"], "statuses": {"id": "no list"}, "of_tomorrow": [1]}}
    whole["entry"] = [3, {"id": "1"}, {"id": "2", "changes": ["odd", odd]}]
    events = events_of(json.dumps(whole).encode())
    kinds = [next(iter(set(event) & {"entry", "change", "message"})) for event in events]  # type: ignore[arg-type]
    assert kinds == ["entry", "entry", "change", "message", "change"]
    left = events[4]["change"]["value"]  # type: ignore[call-overload]
    assert left == {"metadata": change["value"]["metadata"], "statuses": {"id": "no list"}, "of_tomorrow": [1]}
    for event in events[:3]:
        with pytest.raises(Undecodable):
            envelope(event, NUMBER_ID)  # type: ignore[arg-type]


def test_every_status_of_a_message_has_a_key_of_its_own() -> None:
    events = events_of((WEBHOOKS / "whatsapp_statuses.json").read_bytes())
    keys = [envelope(event, NUMBER_ID).unique_key for event in events]  # type: ignore[arg-type]
    assert keys == [f"wamid.HBgNsent0001:{status}" for status in ("delivered", "sent", "failed")]


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b"{}", b'{"entry": 5}', b'{"entry": []}', b"[" * 100_000])
def test_what_is_no_batch_stays_one_piece(body: bytes) -> None:
    assert events_of(body) == (body,)


def test_a_message_is_kept_under_its_id_and_ordered_by_the_platforms_time() -> None:
    at = datetime(2026, 11, 24, 6, 0, 1, tzinfo=UTC)
    assert envelope(only_event("text"), NUMBER_ID) == Envelope("wamid.HBgNexample0001", 1795500001, SITI, wrote_at=at)


def test_what_whatsapp_itself_tells_is_nothing_that_the_person_wrote() -> None:
    kept = envelope(only_event("number_change"), NUMBER_ID)
    assert kept.sender
    assert kept.wrote_at is None


def test_a_person_without_a_phone_number_is_known_by_the_user_id_and_one_without_a_user_id_by_the_number() -> None:
    hidden = envelope(only_event("without_phone_number"), NUMBER_ID).sender
    assert hidden == DADANG
    assert envelope(only_event("without_user_id"), NUMBER_ID).sender == Sender(
        "628120000001", "628120000001", "Siti Aminah", one_talk=True
    )


def test_a_message_to_another_number_or_from_a_group_is_not_for_us() -> None:
    event = dict(only_event("text"))
    assert "another number" in envelope(event, "1").ignored
    event["message"] = {**event["message"], "group_id": "x"}
    assert "group" in envelope(event, NUMBER_ID).ignored


# What happened


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("text", TextSent("lampu jalan mati di jl cisitu lama")),
        ("image", MediaShared("photo", "900000000000001", "jalan bolong")),
        ("voice", MediaShared("voice", "900000000000002")),
        ("document", MediaShared("document", "900000000000003")),
        ("location", LocationShared(-6.8852, 107.6137, "Masjid Salman")),
        ("button_reply", ChoicePicked("send", 4)),
        ("list_reply", ChoicePicked("pju", 5)),
        ("sticker", UnreadableSent("sticker")),
        ("unsupported", UnreadableSent("unsupported")),
        ("reaction", None),
        ("number_change", None),
    ],
)
def test_every_kind_of_message_is_understood(name: str, event: Event | None) -> None:
    assert parse(only_event(name)) == ((event,) if event else ())


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "plain"},
        {"type": "text", "text": {}},
        {"type": "image", "image": {"caption": "no id"}},
        {"type": "location", "location": {"latitude": "north"}},
        {"type": "location", "location": {"latitude": 91, "longitude": 0}},
    ],
)
def test_a_misshapen_message_is_undecodable(message: dict[str, Any]) -> None:
    with pytest.raises(Undecodable):
        parse({"message": message})


def test_a_kind_of_tomorrow_is_left_for_a_person_to_look_at() -> None:
    with pytest.raises(Undecodable, match="of_tomorrow"):
        parse({"message": {"type": "of_tomorrow"}})


@pytest.mark.parametrize("kind", ["sticker", "order", "unsupported", "ephemeral"])
def test_what_we_know_that_we_cannot_read_is_answered_so(kind: str) -> None:
    assert parse({"message": {"type": kind}}) == (UnreadableSent(kind),)


def test_one_without_content_is_answered_as_unreadable() -> None:
    assert parse({"message": {"type": "interactive"}}) == (UnreadableSent("interactive"),)


jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from("id type text body from timestamp profile".split()), inner, max_size=4)
    ),
    max_leaves=10,
)
parts = st.dictionaries(st.sampled_from(["message", "status", "change", "contact", "metadata"]), jsons)


@given(parts)
def test_any_event_is_either_read_or_undecodable(raw: dict[str, Any]) -> None:
    for read in (parse, lambda event: envelope(event, NUMBER_ID)):
        try:
            read(raw)
        except Undecodable:
            continue


@given(st.binary(max_size=50) | jsons.map(lambda value: json.dumps({"entry": [{"changes": [value]}]}).encode()))
def test_splitting_never_fails_and_loses_nothing(body: bytes) -> None:
    assert events_of(body)


def changed(**message: Any) -> dict[str, Any]:
    edit = {"original_message_id": "wamid.first", "message": message}
    return {"message": {"id": "wamid.second", "timestamp": "1795500021", "type": "edit", "edit": edit}}


def test_a_message_that_was_changed_says_which_and_how_it_reads_now() -> None:
    words = changed(type="text", text={"body": " lampunya sudah dua minggu mati "})
    assert parse(words) == (MessageEdited("lampunya sudah dua minggu mati", "wamid.first"),)
    caption = changed(type="image", image={"id": "5", "caption": "yang kiri"})
    assert parse(caption) == (MessageEdited("yang kiri", "wamid.first"),)


def test_a_message_that_was_taken_back_says_which() -> None:
    gone = {"id": "wamid.second", "timestamp": "1", "type": "revoke", "revoke": {"original_message_id": "wamid.first"}}
    assert parse({"message": gone}) == (MessageDeleted("wamid.first"),)


@pytest.mark.parametrize(
    "message", [{"type": "image", "image": {"id": "5"}}, {"type": "text"}, {"type": "text", "text": {"body": 5}}]
)
def test_a_change_without_words_is_no_news(message: dict[str, Any]) -> None:
    assert parse(changed(**message)) == ()


def test_words_and_files_carry_the_id_that_a_change_will_name() -> None:
    (event,) = parse(only_event("text"))  # type: ignore[arg-type]
    assert isinstance(event, TextSent)
    assert event.message == "wamid.HBgNexample0001"
