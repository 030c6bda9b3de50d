"""Fetching updates ourselves, for when there is no public URL.

The libraries' own pollers acknowledge an update before it is stored.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

import httpx
import structlog

from bot.channels.base import Raw
from bot.channels.secrecy import quiet_http_logs
from bot.channels.telegram_updates import ALLOWED_UPDATES

Receive = Callable[[Raw], Awaitable[object]]
T = TypeVar("T")

LONG_POLL = 25  # seconds that Telegram holds a request open while there is nothing to tell
LONGEST_PAUSE = 30.0  # seconds between two tries while something is wrong
TRIES = 5  # at storing one update, before it is given up for the sake of the others

log = structlog.get_logger()


class _Trouble(Exception):
    """getUpdates brought nothing; the sentence is for the log. ``pause``: seconds that Telegram asks us to wait."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


async def poll(
    source: str,
    token: str,
    api_url: str,
    receive: Receive,
    stop: asyncio.Event,
    *,
    allowed_updates: Sequence[str] = ALLOWED_UPDATES,
    long_poll: float = LONG_POLL,
    first_pause: float = 1.0,
) -> None:
    """Hand every update to ``receive`` until ``stop`` is set; returns promptly then, after the update in hand.

    Telegram is told that an update arrived only after ``receive`` returned, so a crash brings it again: ``receive``
    must know it by its update_id. Never raises for the network, for Telegram or for ``receive``.
    """
    quiet_http_logs()
    intake = _Intake(source, receive)
    url = f"{api_url.rstrip('/')}/bot{token}/getUpdates"
    query = {"timeout": long_poll, "allowed_updates": list(allowed_updates)}
    failures = 0
    complaint = ""
    async with httpx.AsyncClient(timeout=httpx.Timeout(10.0, read=long_poll + 10.0)) as client:
        while not stop.is_set():
            try:
                updates = await _unless(stop, _get_updates(client, url, {**query, "offset": intake.offset}))
                stored = await intake.take(updates or (), stop)
            except _Trouble as trouble:
                failures += 1
                if str(trouble) != complaint:
                    complaint = str(trouble)
                    log.warning("polling is interrupted and goes on trying", source=source, reason=complaint)
                await _unless(stop, asyncio.sleep(max(trouble.pause, _pause(failures, first_pause))))
                continue
            if complaint:
                log.info("polling works again", source=source)
            failures, complaint = (0, "") if stored else (failures + 1, "")
            if not stored:
                await _unless(stop, asyncio.sleep(_pause(failures, first_pause)))


class _Intake:
    """How far we have come, and what to do when an update cannot be stored.

    The offset stays at the first update that could not be stored, so Telegram keeps it for us and brings it again, and
    those after it too. An update that failed several times while others were stored is given up, or it would be in
    everybody's way for ever.
    """

    def __init__(self, source: str, receive: Receive) -> None:
        self.offset = 0
        self._source = source
        self._receive = receive
        self._failed: dict[int, int] = {}  # by update_id: how often

    async def take(self, updates: Sequence[object], stop: asyncio.Event) -> bool:
        """Store updates in order; False while one could not be stored."""
        stored = last = 0
        for raw in updates:
            if stop.is_set():
                break
            number = raw.get("update_id") if isinstance(raw, Mapping) else None
            if not isinstance(raw, Mapping) or not isinstance(number, int):
                log.error("Telegram sent an update without a number", source=self._source)
                continue
            stored += await self._store(number, raw)
            last = number
        if stored:
            self._give_up()
        if self._failed:
            self.offset = min(self._failed)
        elif last:
            self.offset = last + 1
        return not self._failed

    async def _store(self, number: int, raw: Raw) -> bool:
        try:
            await self._receive(raw)
        except Exception:
            self._failed[number] = self._failed.get(number, 0) + 1
            log.exception("an update could not be stored", source=self._source, update_id=number)
            return False
        self._failed.pop(number, None)
        return True

    def _give_up(self) -> None:
        for number in [number for number, times in self._failed.items() if times >= TRIES]:
            log.critical("an update is given up, it could not be stored", source=self._source, update_id=number)
            del self._failed[number]


async def _get_updates(client: httpx.AsyncClient, url: str, query: dict[str, Any]) -> list[object]:
    try:
        response = await client.post(url, json=query)
    except httpx.HTTPError as error:
        raise _Trouble(f"Telegram cannot be reached ({type(error).__name__})") from None
    try:
        answer = response.json()
    except ValueError:
        raise _Trouble(f"the answer is not the Bot API's (HTTP {response.status_code})") from None
    if isinstance(answer, dict) and answer.get("ok") and isinstance(answer.get("result"), list):
        return list(answer["result"])
    raise _trouble(response.status_code, answer if isinstance(answer, dict) else {})


def _trouble(status: int, answer: Mapping[str, Any]) -> _Trouble:
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
    if status == 409:
        return _Trouble("another program polls this bot, or it has a webhook; only one may receive its updates")
    if status in {401, 404}:
        return _Trouble("Telegram rejects the token", LONGEST_PAUSE)
    if isinstance(wait, int | float):
        return _Trouble("Telegram asks us to slow down", float(wait))
    return _Trouble(f"Telegram answers {status}: {answer.get('description', 'no reason given')}")


def _pause(failures: int, first: float) -> float:
    """Doubling, with a random part so that several bots do not come back at the same moment."""
    return min(first * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE) * random.uniform(0.75, 1.0)  # noqa: S311 - no secret


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of the work, or None, the work cancelled, as soon as ``stop`` is set."""
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
