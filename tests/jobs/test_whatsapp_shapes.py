"""Every shape of payload that WhatsApp sends, whole and mutilated, goes in by the webhook's way: nothing raises, nothing is lost.

The payloads are ours, in the shapes that Meta documents. A mutation drops any one part, or puts something else there.
"""

import copy
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.app import arrival
from bot.channels.base import Envelope, Raw
from bot.channels.whatsapp_events import envelope, parse
from bot.channels.whatsapp_webhook import events_of
from bot.dialogue.events import Event
from bot.jobs.receiving import receive
from bot.jobs.schedule import tick_often
from storage import Tx
from storage.tables import InboxEvent
from tests.emulators.cloud_api import NUMBER_ID
from tests.jobs.program import Platform, Program

SHAPES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "webhooks" / "whatsapp_shapes.json").read_text(encoding="utf-8")
)
ANSWERED = frozenset({"pending", "handled", "ignored", "parked"})
SILENT = {
    "reaction",
    "reaction_taken_back",
    "revoke",
    "request_welcome",
    "in_a_group",
    "keys_changed",
}
STRANGE: list[Any] = [None, True, 0, -1, 1e300, "", "x", "\0", "\ud800", "9" * 40, [], {}, [[]], {"id": 5}, ["id"]]
COUNT = itertools.count()


class WhatsApp(Platform):
    """Reads as WhatsApp's channel does; sends to nobody."""

    channel = "whatsapp"

    def __init__(self) -> None:
        super().__init__()
        self.source = "whatsapp:citizen"

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw, NUMBER_ID)

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        return parse(raw)


@pytest.fixture
def whatsapp(program: Program) -> WhatsApp:
    channel = WhatsApp()
    program.tools.channels = {**program.tools.channels, channel.source: channel}
    return channel


async def arrives(program: Program, channel: WhatsApp, body: bytes) -> list[str]:
    """As the webhook does: split, store and commit each; the keys under which they are kept."""
    keys = []
    for raw in events_of(body):
        arrived = arrival(channel, raw)
        await receive(program.tools, arrived)
        keys.append(arrived.unique_key)
    await program.work.rest()
    return keys


async def kept(program: Program) -> list[tuple[str, str, str]]:
    def look(tx: Tx) -> list[tuple[str, str, str]]:
        return [(row.unique_key, row.state, row.reason) for row in tx.session.exec(select(InboxEvent))]

    return await program.db.read(look)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a payload."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in parts:
        yield (*path, name)
        yield from places(inner, (*path, name))


def changed(payload: Any, path: tuple[Any, ...], value: Any, *, drop: bool) -> Any:
    result = copy.deepcopy(payload)
    inner = result
    for name in path[:-1]:
        inner = inner[name]
    if drop:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return result


async def test_each_shape_is_kept_and_each_thing_that_a_person_did_gets_an_answer(
    program: Program, whatsapp: WhatsApp
) -> None:
    for name, payload in SHAPES.items():
        before = len(whatsapp.sent)
        program.pass_time(minutes=10)
        await arrives(program, whatsapp, json.dumps(payload).encode())
        field, value = next((c["field"], c["value"]) for c in payload["entry"][0]["changes"])
        program.pass_time(minutes=10)
        await tick_often(program.tools)  # what was forwarded is read once nothing more comes
        await program.work.rest()
        for conversation in range(1, 5):
            program.tools.wake(f"delivery:{conversation}")
        await program.work.rest()
        said = len(whatsapp.sent) > before
        by_a_person = field == "messages" and "messages" in value and value["messages"][0]["type"] != "system"
        if by_a_person and name not in SILENT and "edit" not in name:
            assert said, name
    states = await kept(program)
    assert len(states) >= len(SHAPES) - 1
    assert {state for _, state, _ in states} <= ANSWERED - {"pending"}
    assert all(reason for _, state, reason in states if state in {"parked", "ignored"})


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    payload = SHAPES[draw(st.sampled_from(sorted(SHAPES)))]
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(payload))
        if not found:
            break
        payload = changed(
            payload, draw(st.sampled_from(found)), draw(st.sampled_from(STRANGE)), drop=draw(st.booleans())
        )
    return json.dumps(payload).encode()


@given(mutations())
@settings(max_examples=200, deadline=None)
def test_whatever_part_is_missing_or_strange_it_can_be_stored(body: bytes) -> None:
    channel = WhatsApp()
    events = events_of(body)
    assert events
    for raw in events:
        arrived = arrival(channel, raw)
        assert arrived.unique_key or arrived.undecodable
        assert arrived.undecodable or arrived.ignored or arrived.external_id


@given(st.lists(mutations(), min_size=1, max_size=4))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_that_arrives_mutilated_is_lost_and_the_next_message_is_answered(
    program: Program, whatsapp: WhatsApp, bodies: list[bytes]
) -> None:
    keys = [key for body in bodies for key in await arrives(program, whatsapp, body)]
    found = await kept(program)
    assert {key for key in keys if key} <= {key for key, _, _ in found}
    assert all(state in ANSWERED for _, state, _ in found)
    assert all(reason for _, state, reason in found if state == "parked")
    said, sender = len(whatsapp.sent), f"628{next(COUNT):09d}"
    whole = copy.deepcopy(SHAPES["text_unsigned"])
    message = whole["entry"][0]["changes"][0]["value"]["messages"][0]
    message.update({"id": f"wamid.{next(COUNT)}", "from": sender, "text": {"body": "/bantuan"}})
    del message["from_user_id"]
    await arrives(program, whatsapp, json.dumps(whole).encode())
    assert len(whatsapp.sent) > said


async def test_what_comes_twice_or_in_disorder_is_kept_once(program: Program, whatsapp: WhatsApp) -> None:
    bodies = [json.dumps(payload).encode() for payload in SHAPES.values()]
    for body in (*reversed(bodies), *bodies):
        await arrives(program, whatsapp, body)
    found = await kept(program)
    assert len({key for key, _, _ in found}) == len(found)
    assert {state for _, state, _ in found} <= ANSWERED - {"pending"}
