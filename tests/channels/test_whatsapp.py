"""The WhatsApp channel against a stand-in that holds it to Meta's limits."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import (
    ChannelUnavailable,
    Delivered,
    FetchFailed,
    OtherForm,
    Partly,
    Photo,
    Refused,
    Rendered,
    TryLater,
    WindowShut,
)
from bot.channels.rendering import render
from bot.channels.whatsapp import LARGEST_FILE, WhatsAppCitizen
from bot.channels.whatsapp_errors import CloudApiError
from bot.channels.whatsapp_parcels import CAPABILITIES, LIST_LABEL, parcels, recipient
from bot.dialogue.replies import Choice, Reply
from tests.emulators.cloud_api import ACCESS_TOKEN, NUMBER_ID, SHOWN_NUMBER, CloudApi, violations
from tests.emulators.serving import serving

PHONE = "628120000001"
USER_ID = "ID.10000000000000000001"
JPEG = Photo(b"\xff\xd8picture", "image/jpeg", "bukti.jpg")
CONFIRM = (Choice("send", "Kirim"), Choice("change", "Ubah"), Choice("cancel", "Batal"))


@dataclass(frozen=True, slots=True)
class Line:
    """Our channel and the number that it speaks through."""

    channel: WhatsAppCitizen
    api: CloudApi


@pytest.fixture(scope="module")
def loopback() -> Iterator[tuple[CloudApi, str]]:
    api = CloudApi()
    with serving(api.app()) as url:
        yield api, url


@pytest.fixture
async def line(loopback: tuple[CloudApi, str]) -> AsyncIterator[Line]:
    api, url = loopback
    for kept in (api.sent, api.read, api.typing, api.uploads, api.incoming, api.faults, api.violations):
        kept.clear()
    channel = WhatsAppCitizen(ACCESS_TOKEN, NUMBER_ID, url)
    yield Line(channel, api)
    await channel.close()
    assert not api.violations


async def test_opening_learns_the_number(line: Line) -> None:
    await line.channel.open()
    assert line.channel.number == SHOWN_NUMBER
    assert line.channel.source == f"{line.channel.channel}:{line.channel.bot}" == "whatsapp:citizen"


@pytest.mark.parametrize(
    ("token", "number", "variable"),
    [
        ("expired", NUMBER_ID, "KENTONGAN_WHATSAPP_ACCESS_TOKEN"),
        (ACCESS_TOKEN, "1", "KENTONGAN_WHATSAPP_PHONE_NUMBER_ID"),
    ],
)
async def test_a_wrong_setting_is_named(
    loopback: tuple[CloudApi, str], line: Line, token: str, number: str, variable: str
) -> None:
    channel = WhatsAppCitizen(token, number, loopback[1])
    with pytest.raises(ChannelUnavailable, match=variable) as refusal:
        await channel.open()
    assert not refusal.value.passing
    await channel.close()


async def test_a_platform_out_of_reach_will_be_tried_again(line: Line) -> None:
    line.api.break_next(503, at="about")
    with pytest.raises(ChannelUnavailable, match="tried again") as refusal:
        await line.channel.open()
    assert refusal.value.passing
    channel = WhatsAppCitizen(ACCESS_TOKEN, NUMBER_ID, "http://127.0.0.1:9")
    with pytest.raises(ChannelUnavailable, match="tried again"):
        await channel.open()
    await channel.close()


async def test_a_text_goes_to_a_number_or_to_a_user_id(line: Line) -> None:
    assert await line.channel.deliver(PHONE, Rendered("Halo")) == Delivered("wamid.sent1")
    await line.channel.deliver(USER_ID, Rendered("Halo"))
    assert (line.api.sent[0]["to"], line.api.sent[1]["recipient"]) == (PHONE, USER_ID)
    assert line.api.sent[0]["text"]["body"] == "Halo"


async def test_up_to_three_choices_are_buttons_and_more_are_a_list(line: Line) -> None:
    await line.channel.deliver(PHONE, render(Reply("Sudah benar?", CONFIRM, turn=4), CAPABILITIES))
    buttons = line.api.sent[0]["interactive"]["action"]["buttons"]
    assert buttons[0] == {"type": "reply", "reply": {"id": "4:send", "title": "Kirim"}}
    many = tuple(Choice(f"c{number}", f"Kategori {number}") for number in range(10))
    await line.channel.deliver(PHONE, render(Reply("Yang mana?", many, turn=5), CAPABILITIES))
    (section,) = line.api.sent[1]["interactive"]["action"]["sections"]
    assert [row["id"] for row in section["rows"]] == [f"5:c{number}" for number in range(10)]


async def test_the_button_that_opens_a_list_is_called_as_in_the_persons_language(line: Line) -> None:
    many = tuple(Choice(f"c{number}", f"Category {number}") for number in range(5))
    shown = render(Reply("Which?", many), CAPABILITIES)
    await line.channel.deliver(PHONE, replace(shown, list_label="Choose"))
    await line.channel.deliver(PHONE, shown)
    assert [sent["interactive"]["action"]["button"] for sent in line.api.sent] == ["Choose", LIST_LABEL]


async def test_a_location_is_asked_for_in_the_platforms_own_way(line: Line) -> None:
    await line.channel.deliver(PHONE, render(Reply("Di mana?", hope="location"), CAPABILITIES))
    assert line.api.sent[0]["interactive"]["type"] == "location_request_message"
    await line.channel.deliver(PHONE, Rendered("panjang " * 200, ask_location="Kirim lokasi"))
    assert line.api.sent[1]["type"] == "text"


async def test_a_photo_carries_the_text_or_stands_above_the_buttons_as_every_message_is_billed(line: Line) -> None:
    await line.channel.deliver(PHONE, Rendered("Selesai", photos=(JPEG,)))
    (sent,) = line.api.sent
    assert sent["image"]["caption"] == "Selesai"
    assert line.api.uploads[sent["image"]["id"]] == ("image/jpeg", JPEG.content)
    await line.channel.deliver(PHONE, Rendered("Sudah?", (CONFIRM,), photos=(JPEG, JPEG)))
    first, second = line.api.sent[1:]
    assert first["type"] == "image"
    assert second["interactive"]["header"]["image"]["id"] in line.api.uploads


async def test_what_is_no_picture_travels_as_a_document(line: Line) -> None:
    await line.channel.deliver(PHONE, Rendered("Surat", photos=(Photo(b"%PDF", "application/pdf", "surat.pdf"),)))
    assert line.api.sent[0]["document"]["filename"] == "surat.pdf"


async def test_nothing_to_send_is_refused_without_asking(line: Line) -> None:
    assert isinstance(await line.channel.deliver(PHONE, Rendered("")), Refused)


async def test_an_error_at_sending_is_told_as_what_it_means_and_the_next_message_gets_through(line: Line) -> None:
    line.api.fail_next(131047)
    assert isinstance(await line.channel.deliver(PHONE, Rendered("Halo")), WindowShut)
    line.api.fail_next(131053, at="media")
    assert isinstance(await line.channel.deliver(PHONE, Rendered("Foto", photos=(JPEG,))), OtherForm)
    assert not line.api.sent
    assert isinstance(await line.channel.deliver(PHONE, Rendered("Halo")), Delivered)


async def test_an_error_never_repeats_the_token(line: Line) -> None:
    line.api.fail_next(131009, details=f"bad {ACCESS_TOKEN}")
    delivery = await line.channel.deliver(PHONE, Rendered("Halo"))
    assert isinstance(delivery, OtherForm)
    assert ACCESS_TOKEN not in delivery.reason


async def test_an_answer_that_is_not_the_platforms_is_tried_later(line: Line) -> None:
    for status in (200, 502):
        line.api.break_next(status)
        assert isinstance(await line.channel.deliver(PHONE, Rendered("Halo")), TryLater)


async def test_what_went_out_before_a_failure_is_not_sent_and_billed_again(line: Line) -> None:
    album = Rendered("Hasilnya", photos=(JPEG, JPEG, JPEG))
    line.api.fail_next(131053, at="media")
    assert isinstance(await line.channel.deliver(PHONE, album), OtherForm)
    partly = await _failing_at(line, album, 2)
    assert partly == Partly(2, partly.outcome, ("wamid.sent1", "wamid.sent2"))
    assert await line.channel.deliver(PHONE, replace(album, done=2)) == Delivered("wamid.sent3")
    assert [bool(sent["image"].get("caption")) for sent in line.api.sent] == [False, False, True]
    assert await line.channel.deliver(PHONE, replace(album, done=3)) == Delivered()


async def _failing_at(line: Line, message: Rendered, position: int) -> Partly:
    """What a delivery ends with whose parcel at this position fails."""
    asked, count = line.channel._graph.ask, iter(range(100))

    async def ask(method: str, path: str, **request: Any) -> Mapping[str, Any]:
        if path.endswith("/messages") and next(count) == position:
            raise CloudApiError(503, 131016, "the service is unavailable")
        return await asked(method, path, **request)

    line.channel._graph.ask = ask  # type: ignore[method-assign]
    outcome = await line.channel.deliver(PHONE, message)
    line.channel._graph.ask = asked  # type: ignore[method-assign]
    assert isinstance(outcome, Partly)
    return outcome


async def test_a_text_that_is_too_long_loses_nothing(line: Line) -> None:
    words = " ".join(f"kata{number}" for number in range(1200))
    await line.channel.deliver(PHONE, render(Reply(words, CONFIRM, turn=4), CAPABILITIES))
    said = [sent.get("text", {}).get("body") or sent["interactive"]["body"]["text"] for sent in line.api.sent]
    assert len(said) > 1
    assert " ".join(said).split() == words.split()


async def test_a_message_is_marked_as_read_and_failing_at_that_is_no_trouble(line: Line) -> None:
    await line.channel.acknowledge({"message": {"id": "wamid.1", "type": "text"}})
    await line.channel.acknowledge({"message": {"id": "wamid.0", "type": "reaction"}})
    line.api.fail_next(131009)
    await line.channel.acknowledge({"message": {"id": "wamid.2"}})
    await line.channel.acknowledge({"status": {"id": "wamid.3"}})
    assert line.api.read == ["wamid.1", "wamid.0"]
    assert line.api.typing == ["wamid.1"]


async def test_a_file_is_fetched_with_its_type(line: Line) -> None:
    line.api.incoming["m1"] = ("audio/ogg; codecs=opus", b"OggS")
    fetched = await line.channel.fetch("m1")
    assert (fetched.content, fetched.media_type) == (b"OggS", "audio/ogg")


async def test_a_file_that_is_gone_or_too_big_is_given_up_and_any_other_trouble_passes(line: Line) -> None:
    line.api.incoming["big"] = ("video/mp4", bytes(LARGEST_FILE + 1))
    line.api.incoming["m1"] = ("image/jpeg", b"x")
    for ref in ("expired", "big"):
        with pytest.raises(FetchFailed) as failure:
            await line.channel.fetch(ref)
        assert failure.value.final
    line.api.break_next(404, at="download")
    with pytest.raises(FetchFailed) as failure:
        await line.channel.fetch("m1")
    assert failure.value.final
    for at in ("about", "download"):
        line.api.break_next(503, at=at)
        with pytest.raises(FetchFailed) as failure:
            await line.channel.fetch("m1")
        assert not failure.value.final


named_choices = st.tuples(st.from_regex(r"[a-z]{1,48}", fullmatch=True), st.text(max_size=30))


@given(
    st.text(max_size=3000),
    st.lists(named_choices, max_size=14, unique_by=lambda one: one[0]),
    st.sampled_from(["nothing", "location"]),
)
def test_whatever_is_rendered_is_within_metas_limits(text: str, choices: list[tuple[str, str]], hope: str) -> None:
    reply = Reply(text, tuple(Choice(*choice) for choice in choices), hope, turn=7)  # type: ignore[arg-type]
    for parcel in parcels(render(reply, CAPABILITIES)):
        assert isinstance(parcel, dict)
        assert violations({**recipient(PHONE), **parcel}, {}) == []
