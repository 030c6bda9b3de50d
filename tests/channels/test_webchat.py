"""The web chat's channel: events made by our own page, and photos that were uploaded there."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Delivered, FetchFailed, Rendered, Undecodable
from bot.channels.webchat import Webchat, keep_upload, unique_key
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, LocationShared, MediaShared, TextSent

JPEG = b"\xff\xd8\xff\xe0 a photo"
STAMP = {"token": "t" * 32, "id": "5f0c", "at": 1764000000000}


@pytest.fixture
def webchat(tmp_path: Path) -> Webchat:
    return Webchat("citizen", tmp_path)


# ---------------------------------------------------------------- events


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ({"text": "lampu mati"}, TextSent("lampu mati")),
        ({"text": "/status BDG-261124-0042-4"}, CommandGiven("status", "BDG-261124-0042-4")),
        ({"choice": {"value": "send", "turn": 3}}, ChoicePicked("send", 3)),
        ({"choice": {"value": "send", "turn": 3, "label": "Kirim"}}, ChoicePicked("send", 3)),
        ({"location": {"lat": -6.9, "lon": 107}}, LocationShared(-6.9, 107.0)),
        (
            {"photo": {"path": "uploads/ab/x.jpg", "media_type": "image/jpeg", "caption": "ini"}},
            MediaShared("photo", "uploads/ab/x.jpg", "ini"),
        ),
        (
            {"photo": {"path": "uploads/ab/x.jpg", "media_type": "image/jpeg", "caption": "/status"}},
            CommandGiven("status", "", MediaShared("photo", "uploads/ab/x.jpg")),
        ),
    ],
)
def test_each_thing_sent_is_one_event(webchat: Webchat, said: dict[str, Any], event: Event) -> None:
    assert webchat.parse(STAMP | said) == (event,)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"text": 3},
        {"choice": {"value": "send"}},
        {"location": {"lat": "x", "lon": 1}},
        {"photo": {"caption": "ini"}},
    ],
)
def test_what_is_none_of_these_cannot_be_decoded(webchat: Webchat, said: dict[str, Any]) -> None:
    with pytest.raises(Undecodable, match="web chat"):
        webchat.parse(STAMP | said)


def test_the_token_is_the_person_and_the_chat(webchat: Webchat) -> None:
    envelope = webchat.envelope(STAMP)
    assert envelope.sender is not None
    assert envelope.sender.external_id == envelope.sender.chat_id == STAMP["token"]
    assert envelope.order_key == STAMP["at"]


def test_the_key_of_an_event_does_not_give_the_token_away(webchat: Webchat) -> None:
    assert str(STAMP["token"]) not in webchat.envelope(STAMP).unique_key


def test_the_same_message_sent_again_has_the_same_key(webchat: Webchat) -> None:
    assert webchat.envelope(STAMP | {"at": 1}).unique_key == webchat.envelope(STAMP | {"at": 2}).unique_key


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_keys_of_different_messages_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    hexed = [("".join(f"{ord(char):x}" for char in token), message_id) for token, message_id in (one, other)]
    assert (unique_key(*hexed[0]) == unique_key(*hexed[1])) == (hexed[0] == hexed[1])


@pytest.mark.parametrize("missing", ["token", "id", "at"])
def test_an_event_without_its_stamp_cannot_be_stored(webchat: Webchat, missing: str) -> None:
    with pytest.raises(Undecodable):
        webchat.envelope({name: value for name, value in STAMP.items() if name != missing})


def test_bots_are_told_apart(tmp_path: Path) -> None:
    assert [Webchat(bot, tmp_path).source for bot in ("citizen", "administrator")] == [
        "webchat:citizen",
        "webchat:administrator",
    ]


async def test_sending_is_instant_as_the_page_reads_the_outbox(webchat: Webchat) -> None:
    await webchat.open()
    await webchat.acknowledge(STAMP)
    assert await webchat.deliver("t", Rendered("halo")) == Delivered()
    await webchat.close()


# ---------------------------------------------------------------- uploads


async def test_a_photo_that_was_kept_can_be_fetched(webchat: Webchat, tmp_path: Path) -> None:
    path = keep_upload(tmp_path, "abcd", JPEG, "image/jpeg")
    fetched = await webchat.fetch(path)
    assert (fetched.content, fetched.media_type, fetched.name) == (JPEG, "image/jpeg", "abcd.jpg")


def test_a_photo_sent_again_changes_nothing(tmp_path: Path) -> None:
    first = keep_upload(tmp_path, "abcd", JPEG, "image/jpeg")
    again = keep_upload(tmp_path, "abcd", b"\xff\xd8\xff something else", "image/jpeg")
    assert first == again
    assert (tmp_path / first).read_bytes() == JPEG


def test_keeping_a_photo_leaves_nothing_half_written(tmp_path: Path) -> None:
    keep_upload(tmp_path, "abcd", JPEG, "image/png")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["abcd.png"]


def test_only_pictures_are_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        keep_upload(tmp_path, "abcd", b"%PDF", "application/pdf")


async def test_a_photo_that_is_gone_is_gone_for_good(webchat: Webchat) -> None:
    with pytest.raises(FetchFailed, match="not there") as failed:
        await webchat.fetch("uploads/ab/abcd.jpg")
    assert failed.value.final


async def test_a_photo_that_cannot_be_read_may_be_tried_again(webchat: Webchat, tmp_path: Path) -> None:
    (tmp_path / "uploads/ab/abcd.jpg").mkdir(parents=True)
    with pytest.raises(FetchFailed, match="cannot be read") as failed:
        await webchat.fetch("uploads/ab/abcd.jpg")
    assert not failed.value.final


@pytest.mark.parametrize("ref", ["../secret", "uploads/../secret", "/etc/passwd", "secret"])
async def test_nothing_outside_the_uploads_can_be_fetched(webchat: Webchat, tmp_path: Path, ref: str) -> None:
    (tmp_path / "secret").write_text("no")
    with pytest.raises(FetchFailed, match="out of its folder"):
        await webchat.fetch(ref)
