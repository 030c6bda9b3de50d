"""Playing what arrived: a conversation's events in order, one at a time, each in a transaction of its own."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.base import Raw, Undecodable
from bot.dialogue.events import BatchReady, Event, MediaFailed, MediaReady, SilenceFell, UnreadableSent
from bot.dialogue.knowledge import Heard, PlaceFound
from bot.jobs.metrics import EVENTS, TURN_SECONDS
from bot.jobs.reading_sheets import sheet_in
from bot.jobs.receiving import let_arrive
from bot.jobs.tools import Tools
from bot.services import clauses, hearing, turns
from bot.services.told import Told
from storage import LostRace, Tx, conversations, inbox
from storage.inbox import OURS
from storage.tables import InboxEvent

log = structlog.get_logger()

SETTLING = timedelta(milliseconds=150)
"""Webhooks of one burst arrive in any order: an event waits this long for the ones before it."""
MOST_ATTEMPTS = 4


async def play_conversation(tools: Tools, conversation_id: int) -> None:
    """Answer everything that waits in a conversation; what came by a channel that is off waits until it is on again."""
    while events := await _burst(tools, conversation_id):
        if any(event.source != OURS and event.source not in tools.channels for event, _ in events):
            return
        for position, (event, payload) in enumerate(events, 1):
            if not await _play(tools, event, payload, last=position == len(events)):
                break


async def _burst(tools: Tools, conversation_id: int) -> list[tuple[InboxEvent, str]]:
    """What waits, in order; where events may come in any order, only once those of one burst have all arrived."""
    events = await tools.db.read(_waiting, conversation_id)
    if not tools.webhooks or all(event.source == OURS for event, _ in events):
        return events
    while True:
        await let_arrive(tools)
        events = await tools.db.read(_waiting, conversation_id)
        if not (young := _settling(tools, events)):
            return events
        await asyncio.sleep(young)


def _waiting(tx: Tx, conversation_id: int) -> list[tuple[InboxEvent, str]]:
    return [(event, inbox.payload_of(tx, event)) for event in inbox.pending(tx, conversation_id)]


def _settling(tools: Tools, events: list[tuple[InboxEvent, str]]) -> float:
    """Seconds to wait until the newest of a burst has settled."""
    newest = max((event.received_at for event, _ in events), default=tools.clock.now() - SETTLING)
    return max(0.0, min(SETTLING, newest + SETTLING - tools.clock.now()).total_seconds())


async def _play(tools: Tools, event: InboxEvent, payload: str, *, last: bool) -> bool:
    """Play one event, the `last` of a burst or not; False when the next one must wait until this one was tried again."""
    try:
        raw: Mapping[str, Any] = json.loads(payload)
        events = _parse(tools, event.source, raw)
    except (Undecodable, ValueError, KeyError) as error:
        return await _park(tools, event, f"cannot be read: {error}", answered=last and event.source != OURS)
    except Exception as error:  # noqa: BLE001 - our own fault, met while reading
        return await _failed(tools, event, error)
    _acknowledge(tools, event.source, raw)
    try:
        told = [await _read(tools, each) for each in events]
        with TURN_SECONDS.time():
            await tools.db.run(turns.play, tools.office, event, told, tools.clock.now())
    except LostRace:
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, the event is kept and a person reads why
        return await _failed(tools, event, error)
    EVENTS.labels(event.source, "handled").inc()
    return True


async def _failed(tools: Tools, event: InboxEvent, error: Exception) -> bool:
    """Our own fault: try again a few times, then park the event with its reason and tell the person."""
    log.error("an event could not be played", inbox_id=event.id, attempt=event.attempts + 1, exc_info=error)
    reason = f"{type(error).__name__}: {error}"[:500]
    if event.attempts + 1 < MOST_ATTEMPTS:
        await tools.db.run(inbox.tried, event, reason)
        return False
    await tools.db.run(turns.apologise, tools.office, event, reason, tools.clock.now())
    EVENTS.labels(event.source, "parked").inc()
    return True


async def _park(tools: Tools, event: InboxEvent, reason: str, *, answered: bool) -> bool:
    """A person will read it. Whoever sent it hears that we cannot, once for all that came together."""
    told = [Told(UnreadableSent("unknown"))] if answered else []
    try:
        await tools.db.run(turns.play, tools.office, event, told, tools.clock.now(), parked=reason)
    except LostRace:
        return False
    except Exception as error:  # noqa: BLE001 - the answer is a courtesy; the event and its reason are kept in any case
        return await _failed(tools, event, error)
    EVENTS.labels(event.source, "parked").inc()
    return True


async def _read(tools: Tools, event: Event) -> Told:
    """What the words and the point of an event mean; on a thread, since it costs milliseconds of pure computing."""
    heard, located, beside = await asyncio.to_thread(_understood, tools, event)
    return Told(event, heard, located, await sheet_in(tools, event), beside)


def _understood(tools: Tools, event: Event) -> tuple[Heard | None, PlaceFound | None, tuple[PlaceFound, ...]]:
    try:
        heard = clauses.hear(tools.reader, tools.office.city, event)
    except Exception:
        log.exception("words could not be read; the talk goes on and asks")
        heard = hearing.nothing_understood(tools.office.city)
    return heard, hearing.locate(tools.reader, event), hearing.beside(tools.reader, event)


def _parse(tools: Tools, source: str, raw: Raw) -> tuple[Event, ...]:
    if source == OURS:
        return (_ours(raw),)
    return tools.channels[source].parse(raw)


def _ours(raw: Raw) -> Event:
    match raw:
        case {"silence": turn}:
            return SilenceFell(turn)
        case {"batch": batch}:
            return BatchReady(batch)
        case {"media_ready": evidence, "lat": lat, "lon": lon}:
            return MediaReady(evidence, lat, lon)
        case {"media_failed": evidence, "reason": reason}:
            return MediaFailed(evidence, reason)
    raise Undecodable("an event of our own that nobody knows")


def _acknowledge(tools: Tools, source: str, raw: Raw) -> None:
    if source in tools.channels:
        task = asyncio.get_running_loop().create_task(tools.channels[source].acknowledge(raw))
        _acknowledging.add(task)
        task.add_done_callback(_acknowledging.discard)


_acknowledging: set["asyncio.Task[None]"] = set()
"""Held so that nothing is collected while it runs."""


def let_silence_fall(tx: Tx, now: Any) -> int:
    """Turn silences that have lasted long enough into events of their conversations; how many."""
    due = conversations.due(tx, now, 50)
    for conversation in due:
        assert conversation.id is not None
        inbox.receive(
            tx,
            source=OURS,
            unique_key=f"silence:{conversation.id}:{conversation.wake_turn}",
            order_key=0,
            payload=json.dumps({"silence": conversation.wake_turn}),
            conversation_id=conversation.id,
            now=now,
        )
        conversations.stop_waiting(tx, conversation.id)
    return len(due)
