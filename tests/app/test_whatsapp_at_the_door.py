"""Signed batches at the door of WhatsApp: answered 200 once all is stored, never 500, and nothing bad takes something good with it."""

import copy
import itertools
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlmodel import select

from bot.app import arrival
from bot.channels.base import Raw
from bot.channels.payloads import PAYLOAD_BYTES
from bot.jobs.receiving import receive
from bot.web.webhooks import webhooks_for
from storage import Tx
from storage.inbox import OURS
from storage.tables import InboxEvent
from tests.app.test_webhooks import APP_SECRET, Door, signed
from tests.emulators.cloud_api import ACCOUNT_ID, NUMBER_ID, SHOWN_NUMBER
from tests.emulators.phones import webhook
from tests.jobs.conftest import program  # noqa: F401 - the fixture
from tests.jobs.program import Program
from tests.jobs.test_whatsapp_shapes import SHAPES, STRANGE, WhatsApp, changed, places

ENDS = frozenset({"pending", "handled", "ignored", "parked"})
WORDS = st.text(max_size=300) | st.sampled_from(
    ["", "\0", "\ud83d", "\u202ertl\u202c", "a\u200bb", "<b>&amp;</b>", "\U0001f469\u200d\U0001f467" * 50]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
ERROR_CODES = (0, 1, 100, 130429, 131026, 131047, 131049, 131056, 132015, 190, 470, 999999)


COUNT = itertools.count()


def person(number: int, how: str) -> dict[str, str]:
    """A sender by phone number, by user id, or by both."""
    ids = {"from": f"62813{number:07d}", "from_user_id": f"ID.{number:020d}"}
    return {name: value for name, value in ids.items() if how in {name, "both"}}


def good(number: int, how: str, kind: str, content: Any) -> dict[str, Any]:
    message = {**person(number, how), "id": f"wamid.good.{number}", "timestamp": str(1795500000 + number), "type": kind}
    return {**message, kind: content}


CONTENTS = st.one_of(
    st.tuples(st.just("text"), st.fixed_dictionaries({"body": WORDS.filter(lambda words: words.strip(" \0\u200b") != "")})),
    st.tuples(
        st.sampled_from(["image", "video", "audio", "document"]),
        st.fixed_dictionaries({"id": st.just("9001"), "mime_type": st.just("image/jpeg")}, optional={"caption": WORDS}),
    ),
    st.tuples(st.just("location"), st.fixed_dictionaries({"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)})),
    st.tuples(st.just("interactive"), st.builds(
        lambda kind, id_: {"type": kind, kind: {"id": id_, "title": "x"}},
        st.sampled_from(["button_reply", "list_reply"]), st.text(max_size=PAYLOAD_BYTES),
    )),
    st.tuples(st.just("contacts"), st.lists(JSON, max_size=2)),
    st.tuples(st.sampled_from(["sticker", "order", "unsupported", "reaction", "ephemeral", "poll_of_tomorrow"]), JSON),
)  # fmt: skip


@st.composite
def batches(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A batch of several entries with good messages, mutilated ones, statuses and unknown things; the ids of the good ones."""
    count = draw(st.integers(1, 5))
    kinds = [(draw(st.sampled_from(["from", "from_user_id", "both"])), *draw(CONTENTS)) for _ in range(count)]
    messages: list[Any] = [good(next(COUNT), how, kind, content) for how, kind, content in kinds]
    ids = [message["id"] for message in messages]
    messages = [{**message, **draw(st.dictionaries(st.just("of_tomorrow"), JSON))} for message in messages]
    messages += draw(st.lists(JSON, max_size=2)) + draw(st.lists(st.sampled_from(messages), max_size=2))
    statuses = [
        {"id": draw(st.sampled_from(["wamid.sent1", "wamid.unknown"])), "status": draw(st.sampled_from(
            ["sent", "delivered", "read", "played", "failed", "of_tomorrow"])), "timestamp": "1795500009",
         "errors": [{"code": draw(st.sampled_from(ERROR_CODES)), "title": "t"}]}
        for _ in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": SHOWN_NUMBER, "phone_number_id": NUMBER_ID},
        "contacts": draw(st.lists(JSON, max_size=1)),
        "messages": draw(st.permutations(messages)),
        "statuses": statuses,
        **draw(st.dictionaries(st.sampled_from(["errors", "x"]), JSON, max_size=1)),
    }
    entries: list[Any] = [{"id": ACCOUNT_ID, "changes": [{"field": "messages", "value": value}]}]
    for _ in range(draw(st.integers(0, 2))):
        shape = copy.deepcopy(SHAPES[draw(st.sampled_from(sorted(SHAPES)))])
        way = draw(st.sampled_from(list(places(shape["entry"][0]))))
        entries.append(changed(shape["entry"][0], way, draw(st.sampled_from(STRANGE)), drop=draw(st.booleans())))
    entries += draw(st.lists(JSON, max_size=1))
    return json.dumps({"object": "whatsapp_business_account", "entry": draw(st.permutations(entries))}).encode(), ids


class Gate(Door):
    """The web's door before the program of the jobs."""

    def __init__(self, folder: Path, program: Program) -> None:  # noqa: F811
        super().__init__(
            folder, whatsapp_access_token=SecretStr("token"), whatsapp_phone_number_id=NUMBER_ID,
            whatsapp_business_account_id=ACCOUNT_ID, whatsapp_app_secret=SecretStr(APP_SECRET),
            whatsapp_verify_token=SecretStr("v"),
        )  # fmt: skip
        self.program, self.full_at = program, ""  # a message that cannot be stored
        self.channel = WhatsApp()
        self.channels = program.tools.channels = {**program.tools.channels, self.channel.source: self.channel}
        self.app = FastAPI()
        self.app.include_router(webhooks_for(self))  # type: ignore[arg-type]

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        if self.full_at and self.full_at in str(raw):
            raise OSError("the disk is full")
        return await receive(self.program.tools, arrival(self.channels[source], raw))

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> int:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.post("/webhooks/whatsapp", content=body, headers=headers or signed(body))
        return answer.status_code

    async def kept(self) -> dict[str, tuple[str, str]]:
        return await self.program.db.read(_kept)


def _kept(tx: Tx) -> dict[str, tuple[str, str]]:
    return {
        row.unique_key: (row.state, row.reason) for row in tx.session.exec(select(InboxEvent)) if row.source != OURS
    }


@pytest.fixture
def gate(tmp_path: Path, program: Program) -> Gate:  # noqa: F811
    return Gate(tmp_path, program)


@given(batches())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
async def test_a_batch_is_stored_before_it_is_acknowledged_and_bad_parts_take_no_good_ones_with_them(
    gate: Gate, batch: tuple[bytes, list[str]]
) -> None:
    body, ids = batch
    assert await gate.post(body) == 200
    before = await gate.kept()
    assert set(ids) <= set(before)
    await gate.program.work.rest()
    assert await gate.post(body) == 200
    assert set(await gate.kept()) == set(before), "what comes again is known"
    await gate.program.work.rest()
    found = await gate.kept()
    assert {state for state, _ in found.values()} <= ENDS - {"pending"}
    assert all(reason for state, reason in found.values() if state in {"parked", "ignored"})


@given(st.binary(max_size=200) | st.builds(lambda value: json.dumps(value).encode(), JSON))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
async def test_any_signed_bytes_are_kept_and_unsigned_ones_are_not(gate: Gate, body: bytes) -> None:
    before = len(await gate.kept())
    assert await gate.post(body, {"X-Hub-Signature-256": "sha256=0"}) == 401
    assert len(await gate.kept()) == before
    assert await gate.post(body) == 200


@pytest.mark.parametrize("depth", [50, 400, 900, 3_000, 100_000])
async def test_however_deep_a_payload_is_nested_it_is_kept(gate: Gate, depth: int) -> None:
    nested = webhook("messages", messages=["HERE"]).replace(b'"HERE"', b"[" * depth + b"]" * depth)
    assert await gate.post(nested) == 200
    assert [state for state, _ in (await gate.kept()).values()] == ["parked"]


async def test_the_messages_of_a_large_batch_are_stored_in_its_order(gate: Gate) -> None:
    messages = [{**good(0, "both", "reaction", {"emoji": "x"}), "id": f"wamid.{number}"} for number in range(60)]
    assert await gate.post(webhook("messages", messages=messages)) == 200
    assert list(await gate.kept()) == [message["id"] for message in messages]


async def test_where_one_of_a_batch_cannot_be_stored_it_is_not_acknowledged_and_the_others_are_kept(gate: Gate) -> None:
    messages = [good(number, "both", "text", {"body": "x"}) for number in range(3)]
    body = webhook("messages", messages=messages)
    gate.full_at = messages[1]["id"]
    assert await gate.post(body) == 500
    gate.full_at = ""
    assert await gate.post(body) == 200
    assert set(await gate.kept()) == {message["id"] for message in messages}
