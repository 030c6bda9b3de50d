"""The only place where things are built and joined: `Kentongan`, the running program."""

import asyncio
import contextlib
import gc
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog

from bot.channels.base import Channel, ChannelUnavailable, Raw, Undecodable
from bot.channels.polling import poll
from bot.jobs import schedule
from bot.jobs.delivery import deliver_conversation
from bot.jobs.fetching import fetch_evidence
from bot.jobs.menus import refresh_menus
from bot.jobs.playing import play_conversation
from bot.jobs.receiving import receive
from bot.jobs.tools import Tools
from bot.jobs.work import OneProcess
from bot.opening import ChannelState, first_states, open_database
from bot.services import hearing
from bot.services.clock import OFFSET_FILE, Clock
from bot.services.intake import Arrived
from bot.services.office import open_office
from bot.settings import Settings
from cities.city import City
from cities.loading import load_city
from nlp import load_reader
from storage import Tx, inbox, outbox

log = structlog.get_logger()

STOP_WITHIN = 3.0  # seconds for work under way at shutdown; the rest is in rows
OPEN_WITHIN = 8.0  # seconds at start for a platform to answer; then it is tried again beside everything else
LONGEST_PAUSE = 60.0  # seconds between two tries to open a channel


class Kentongan:
    """One process: its database, its language, its channels and its work. Use as ``async with``."""

    def __init__(self, settings: Settings, channels: Mapping[str, Channel]) -> None:
        self.settings = settings
        self.channels = channels
        self.states: dict[str, ChannelState] = first_states(channels)
        self.media_folder: Path = settings.data_dir / "media"
        self.city: City = load_city(settings.city)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self.clock = Clock(settings.data_dir / OFFSET_FILE if settings.demo else None)
        self.db = open_database(settings, self.clock.now())
        self.work = OneProcess(self._do)
        reader, address = load_reader(self.city), f"{settings.public_url or settings.local_url}/chat"
        office = open_office(
            self.city,
            address,
            partial(hearing.sub_category_in, reader),
            address.removesuffix("/chat"),
            reader.similarity,
            partial(hearing.heard, reader),
        )
        patient = any(channel.channel != "terminal" for channel in channels.values())
        self.tools = Tools(
            db=self.db,
            office=replace(
                office,
                patient=patient,
                played=settings.demo or not patient,
                hold=timedelta(seconds=settings.undo_seconds),
                whatsapp_campaigns_a_day=settings.whatsapp_campaigns_a_day,
            ),
            reader=reader,
            channels=channels,
            clock=self.clock,
            media_folder=self.media_folder,
            wake=self.work.wake,
            delivered=self._delivered,
            since=self.clock.now(),
            webhooks=not settings.polling,
        )
        self.db.on_wake = self.work.wake
        self._news: dict[int, asyncio.Event] = {}
        self._stopping = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []

    # ---------------------------------------------------------------- life

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open the channels, take up what an earlier process left, tick; at the end stop in order."""
        await self.db.run(outbox.recover)  # first: later it would take what is being sent for what a crash left
        await self.db.run(outbox.hurry, self.clock.now())
        scheduler = schedule.start_ticking(self.tools)
        try:
            await self._open_channels()
            await schedule.wake_all(self.tools)
            gc.collect()
            gc.freeze()
            yield
        finally:
            scheduler.shutdown(wait=False)
            await self.stop()

    async def stop(self) -> None:
        """Let what runs end, and let go of everything. What is not done stays in its row."""
        self.announce_stop()
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self.work.stop(STOP_WITHIN)
        await asyncio.gather(*(channel.close() for channel in self.channels.values()), return_exceptions=True)
        await asyncio.to_thread(self.db.close)

    def announce_stop(self) -> None:
        """Nobody may wait for news any longer."""
        self._stopping.set()
        for event in self._news.values():
            event.set()

    async def _open_channels(self) -> None:
        """Open all channels at once; one that cannot be reached now is tried again beside the others."""
        opening = {source: asyncio.create_task(self._keep_open(source)) for source in self.channels}
        self._beside += opening.values()
        waits = [asyncio.create_task(state.settled.wait()) for state in self.states.values()]
        if waits:
            await asyncio.wait(waits, timeout=OPEN_WITHIN)
        for wait in waits:
            wait.cancel()
        if username := getattr(self.channels.get("telegram:citizen"), "username", ""):
            self.tools.office = replace(self.tools.office, citizen_channel=f"https://t.me/{username}")

    async def _keep_open(self, source: str) -> None:
        """Open one channel, again and again while waiting may help, and poll it when nobody calls us."""
        channel, state, pause = self.channels[source], self.states[source], 1.0
        while not state.on:
            try:
                await channel.open()
            except ChannelUnavailable as fault:
                state.trouble(str(fault))
                log.warning("a channel is off", source=source, reason=str(fault))
                if not fault.passing:
                    return
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, pause * 2)
            except Exception as fault:
                log.exception("a channel cannot be opened", source=source)
                state.trouble(f"{type(fault).__name__}: {fault}")
                return
            else:
                state.opened()
                self.work.wake(f"menus:{source}")
        if channel.channel == "telegram" and self.settings.polling:
            await self._poll(source)

    async def _poll(self, source: str) -> None:
        tokens = {
            "telegram:citizen": self.settings.telegram_citizen_token,
            "telegram:staff": self.settings.telegram_staff_token,
        }
        token = tokens[source]
        assert token is not None

        async def receive(raw: Raw) -> bool:
            return await self.receive(source, raw)

        await poll(source, token.get_secret_value(), self.settings.telegram_api_url, receive, self._stopping)

    # ---------------------------------------------------------------- work

    async def _do(self, key: str) -> None:
        kind, _, id_ = key.partition(":")
        match kind:
            case "conversation":
                await play_conversation(self.tools, int(id_))
            case "delivery":
                await deliver_conversation(self.tools, int(id_))
            case "menus":
                await refresh_menus(self.tools, id_)
            case "media":
                await fetch_evidence(self.tools, int(id_))
            case _:
                log.error("a wake-up that nobody knows", key=key)

    def _delivered(self, conversation_id: int) -> None:
        if event := self._news.pop(conversation_id, None):
            event.set()

    # ---------------------------------------------------------------- what the web may use

    def now(self) -> datetime:
        return self.clock.now()

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        """Store one event and commit it; True when it is new. What cannot be read is parked with its reason."""
        return await receive(self.tools, arrival(self.channels[source], raw))

    async def wait_for_news(self, conversation_id: int, seconds: float) -> None:
        """Until something was delivered to that conversation, at shutdown, or after so many seconds."""
        if self._stopping.is_set():
            return
        event = self._news.setdefault(conversation_id, asyncio.Event())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)

    def troubles(self) -> tuple[str, ...]:
        """What keeps the program from being ready, as sentences."""
        stopping = ("stopping",) if self._stopping.is_set() else ()
        return (*stopping, *(f"{source}: {state.reason}" for source, state in self.states.items() if not state.on))

    async def idle(self, conversation_id: int) -> None:
        """Return once nothing waits in a conversation: for a terminal, which has one line after the other."""
        while await self.db.read(_waits, conversation_id, self.clock.now()):
            await self.work.rest()
        await self.work.rest()


def _waits(tx: Tx, conversation_id: int, now: datetime) -> bool:
    return bool(inbox.pending(tx, conversation_id, 1)) or outbox.next_due(tx, conversation_id, now) is not None


def arrival(channel: Channel, raw: Raw | bytes) -> Arrived:
    """One event with what its channel finds on its outside; never raises for what somebody may send."""
    payload = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else json.dumps(raw, ensure_ascii=False)
    arrived = Arrived(source=channel.source, channel=channel.channel, bot=channel.bot, payload=payload)
    try:
        decoded = json.loads(payload)
        if not isinstance(decoded, dict):
            raise Undecodable("it is JSON, but no object")
        envelope = channel.envelope(decoded)
    except (ValueError, RecursionError) as error:
        return replace(arrived, undecodable=f"it is no JSON: {error}")
    except Undecodable as error:
        return replace(arrived, undecodable=str(error))
    except (TypeError, AttributeError, LookupError) as error:  # a field of a type that nobody thought of
        return replace(arrived, undecodable=f"a field is misshapen: {error}")
    sender = envelope.sender
    return replace(
        arrived,
        unique_key=envelope.unique_key,
        order_key=envelope.order_key,
        external_id=sender.external_id if sender else "",
        chat_id=sender.chat_id if sender else "",
        in_group=bool(sender and sender.in_group),
        aliases=sender.aliases if sender else (),
        one_talk=sender.one_talk if sender else False,
        name=sender.name if sender else "",
        language=sender.language if sender else "",
        ignored=envelope.ignored,
        moved=envelope.moved,
        wrote_at=envelope.wrote_at,
        news=envelope.news,
    )
