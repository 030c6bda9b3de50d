"""The jobs of the program around a real database, with one scripted channel; a test sets its time and what the platform answers."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.app import arrival
from bot.channels.base import (
    Capabilities,
    ChatMoved,
    Delivered,
    Delivery,
    Envelope,
    FetchedFile,
    FetchFailed,
    Partly,
    Raw,
    Rendered,
    Sender,
    Undecodable,
)
from bot.dialogue.events import Event, MediaShared, said
from bot.dialogue.replies import Choice, Reply
from bot.jobs.delivery import deliver_conversation
from bot.jobs.fetching import fetch_evidence
from bot.jobs.playing import play_conversation
from bot.jobs.receiving import receive
from bot.jobs.tools import Tools
from bot.jobs.work import OneProcess
from bot.services.clock import Clock, machine_time
from bot.services.office import Office
from storage import Database, Tx, outbox, people
from storage.tables import InboxEvent, OutboxMessage
from tests.readers import PlainReader
from tests.services.town import NOW


class Platform:
    """A channel whose events are ``{"id": 7, "who": "asep", "text": "halo"}`` and whose answers a test has arranged."""

    channel = "telegram"
    capabilities = Capabilities(text=4096, caption=1024, buttons=8, button_label=64)

    def __init__(self, bot: str = "citizen") -> None:
        self.bot = bot
        self.source = f"telegram:{bot}"
        self.sent: list[tuple[str, Rendered]] = []
        self.answers: deque[Delivery | Partly | ChatMoved | Exception] = deque()
        self.files: dict[str, FetchedFile | Exception] = {}
        self.acknowledged: list[Raw] = []

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    def envelope(self, raw: Raw) -> Envelope:
        match raw:
            case {"id": int(number), "who": str(who)}:
                at = raw.get("at")
                wrote_at = datetime.fromisoformat(at) if isinstance(at, str) else None
                return Envelope(str(number), number, Sender(who, who), wrote_at=wrote_at)
            case {"id": int(number), "group": str(group), "now": str(now)}:
                return Envelope(str(number), number, None, "a group", moved=(group, now))
            case {"id": int(number)}:
                return Envelope(str(number), number, None, "nobody in particular")
        raise Undecodable("no id")

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        match raw:
            case {"text": str(text)}:
                return (said(text),)
            case {"photo": str(file)}:
                return (MediaShared("photo", file),)
            case {"document": str(file)}:
                return (MediaShared("document", file),)
            case {"nothing": True}:
                return ()
            case {"fault": True}:
                raise TypeError("a fault of ours while reading")
        raise Undecodable("neither text nor photo")

    async def acknowledge(self, raw: Raw) -> None:
        self.acknowledged.append(raw)

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery | Partly | ChatMoved:
        await asyncio.sleep(0)
        answer = self.answers.popleft() if self.answers else Delivered(str(len(self.sent) + 1))
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered):
            self.sent.append((chat_id, message))
        return answer

    async def fetch(self, ref: str) -> FetchedFile:
        found = self.files.get(ref, FetchFailed("no such file", final=True))
        if isinstance(found, Exception):
            raise found
        return found

    @property
    def texts(self) -> list[str]:
        return [message.text for _, message in self.sent]


@dataclass(frozen=True, slots=True)
class Kept:
    """An event in the inbox."""

    id: int
    order_key: int
    state: str
    reason: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A message in the outbox."""

    key: str
    state: str
    due_at: datetime
    attempts: int
    reason: str
    text: str


class Program:
    """What `bot.app` joins, without the web, the ticks and the loading of a language."""

    def __init__(self, db: Database, office: Office, folder: Path, *, webhooks: bool = False) -> None:
        self.time = NOW
        self.platform = Platform()
        self.staff_platform = Platform("staff")
        self.work = OneProcess(self._do)
        self.reader = PlainReader()
        self.delivered: list[int] = []
        self.tools = Tools(
            db=db,
            office=office,
            reader=self.reader,  # type: ignore[arg-type]
            channels={each.source: each for each in (self.platform, self.staff_platform)},
            clock=Clock(now=machine_time if webhooks else lambda: self.time),
            media_folder=folder / "media",
            wake=self.work.wake,
            delivered=self.delivered.append,
            webhooks=webhooks,
        )
        self.db = db
        db.on_wake = self.work.wake

    async def _do(self, key: str) -> None:
        kind, _, id_ = key.partition(":")
        if kind == "menus":  # tests/jobs/test_menus.py
            return
        jobs = {"conversation": play_conversation, "delivery": deliver_conversation, "media": fetch_evidence}
        await jobs[kind](self.tools, int(id_))

    def pass_time(self, **span: float) -> datetime:
        self.time += timedelta(**span)
        return self.time

    async def receive(self, raw: Mapping[str, Any] | bytes, *, bot: str = "citizen") -> bool:
        """As the web and the poller do: store, commit."""
        channel = self.tools.channels[f"telegram:{bot}"]
        return await receive(self.tools, arrival(channel, raw))

    async def says(self, number: int, text: str, who: str = "asep") -> bool:
        """Somebody writes, and everything that follows has been done."""
        new = await self.receive({"id": number, "who": who, "text": text})
        await self.work.rest()
        return new

    # ------------------------------------------------------------ owing by hand

    async def talk(self, who: str = "asep") -> int:
        """A conversation in which nothing was said."""
        return await self.db.run(_meet, who, self.time)

    async def owe(self, conversation_id: int, *texts: str, photos: tuple[int, ...] = (), **when: Any) -> None:
        for text in texts:
            body = Reply(text, (Choice("yes", "Ya"),), photos=photos).to_json()
            await self.db.run(_owe, conversation_id, body, f"key of {text}", self.time, **when)

    # ------------------------------------------------------------ looking

    async def kept(self) -> list[Kept]:
        """Every event, in the order of arrival."""
        return await self.db.read(_kept)

    async def owed(self) -> list[Owed]:
        """Every message, in the order in which they came to be owed."""
        return await self.db.read(_owed)


def _meet(tx: Tx, who: str, now: datetime) -> int:
    address = people.find_or_create_address(tx, "telegram", "citizen", who, now=now)
    conversation = people.find_or_create_conversation(tx, address, who, now)
    assert conversation.id is not None
    return conversation.id


def _owe(tx: Tx, conversation_id: int, body: str, key: str, now: datetime, due_at: datetime | None = None) -> None:
    outbox.owe(tx, conversation_id=conversation_id, body=body, key=key, now=now, due_at=due_at)


def _kept(tx: Tx) -> list[Kept]:
    rows = tx.session.exec(select(InboxEvent).order_by(col(InboxEvent.id)))
    return [Kept(row.id, row.order_key, row.state, row.reason, row.attempts) for row in rows]


def _owed(tx: Tx) -> list[Owed]:
    rows = tx.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))
    return [
        Owed(
            row.key, row.state, row.due_at, row.attempts, row.reason, json.loads(tx.vault.open(row.body_sealed))["text"]
        )
        for row in rows
    ]
