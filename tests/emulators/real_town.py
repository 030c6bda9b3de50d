"""A town whose talks go through the real adapters: what people do becomes a platform's payload, what they see is what the platform took.

`RealTown` plays the files of tests/conversations as `tests.conversation_runner.Town` does, but with the program's own jobs, its clock
ticks, aiogram, python-telegram-bot and the Cloud API's client, each against its stand-in. Nothing but screens is looked at.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from bot.app import arrival
from bot.channels.base import Channel, Delivered, Raw, Rendered
from bot.channels.rendering import numbered
from bot.channels.telegram_citizen import TelegramCitizen
from bot.channels.telegram_staff import TelegramStaff
from bot.channels.whatsapp import WhatsAppCitizen
from bot.channels.whatsapp_webhook import events_of
from bot.dialogue.events import (
    ChoicePicked,
    Event,
    Forwarded,
    LocationShared,
    MediaShared,
    MessageEdited,
    Origin,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.patience import PAUSE
from bot.jobs.receiving import receive
from bot.jobs.schedule import tick_often, tick_seldom
from bot.services import staffing
from bot.services.clock import Clock
from cities.city import City
from nlp import Reader
from storage import Tx, people
from tests.channel_screens import Screen
from tests.conversation_runner import LONGEST_STEP, Person, Town
from tests.emulators.bot_api import BotApi
from tests.emulators.cloud_api import ACCESS_TOKEN, NUMBER_ID, CloudApi
from tests.emulators.people import Person as Telegrammer
from tests.emulators.phones import Phone, words_of
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN
from tests.jobs.program import Program

LISTED = re.compile(r"(?:^|\n|  )(\d+)\. (.+?)(?=  \d+\. |\n|$)")
ON_TELEGRAM = "di telegram"
TYPED = -1  # the turn of a choice that stands only in the text: picking it means typing its number


class CannotBeDone(Exception):
    """A platform has nothing that is like this."""


class Telephone:
    """Somebody's device: turns what a person does into payloads, and what the platform took into bubbles."""

    chat: str  # the platform's name of the chat

    def does(self, event: Event) -> list[Raw | bytes]:
        """The payloads that the platform brings us then. Raises CannotBeDone."""
        raise NotImplementedError

    def count(self) -> int:
        """How many messages are on the screen."""
        raise NotImplementedError

    def bubble(self, since: int) -> Reply:
        """What was put on the screen since then, as one."""
        raise NotImplementedError


@dataclass(slots=True)
class OnTelegram(Telephone):
    """With Telegram, in a private chat with one of our bots."""

    person: Telegrammer
    typed: dict[str, int] = field(default_factory=dict)  # message ids by the names that the talk gives them

    @property
    def chat(self) -> str:  # type: ignore[override]
        return str(self.person.id)

    def does(self, event: Event) -> list[Raw | bytes]:
        queue = self.person.api.bots[self.person.token].queue
        match event:
            case ChoicePicked(value, turn):
                self.person.tap_payload(f"{turn}:{value}", self.person.messages[-1])
            case MessageEdited(text, message):
                self.person.edit(text, message_id=self.typed[message])
            case LocationShared(lat, lon, moved=True):
                self.person.edit("", location={"latitude": lat, "longitude": lon, "live_period": 900})
                del queue[-1]["edited_message"]["text"]
            case Forwarded(content, origin):
                self.person.send({**self._content(content), "forward_origin": _origin(origin)})
            case TextSent(text, message):
                self.person.write(text)
                self.typed[message] = queue[-1]["message"]["message_id"]
            case _:
                self.person.send(self._content(event))
        brought = list(queue)
        queue.clear()
        return [*brought]

    def _content(self, event: Event) -> dict[str, Any]:
        match event:
            case TextSent(text):
                return {"text": text}
            case LocationShared(lat, lon):
                return {"location": {"latitude": lat, "longitude": lon}}
            case MediaShared(kind, _, caption, album=album):
                words = {"caption": caption} if caption else {}
                together = {"media_group_id": album} if album else {}
                return {**self._file(kind), **words, **together}
            case UnreadableSent("sticker"):
                shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
                return {"sticker": {**self._kept(b"sticker", "stickers/file.webp"), **shape}}
            case UnreadableSent("contact"):
                return {"contact": {"phone_number": "+628120000003", "first_name": "Pak RT"}}
        raise CannotBeDone(repr(event))

    def _file(self, kind: str) -> dict[str, Any]:
        match kind:
            case "photo":
                api = self.person.api
                return {"photo": [api.methods.photo_size(api.bots[self.person.token], picture(api.number()))]}
            case "video":
                shape = {"width": 640, "height": 360, "duration": 9}
                return {"video": {**self._kept(b"film", "videos/film.mp4"), **shape, "mime_type": "video/mp4"}}
            case "voice":
                return {"voice": {**self._kept(b"OggS", "voice/file.oga"), "duration": 3, "mime_type": "audio/ogg"}}
        return {"document": {**self._kept(b"%PDF-1.4", "documents/surat.pdf"), "mime_type": "application/pdf"}}

    def _kept(self, content: bytes, path: str) -> dict[str, Any]:
        api = self.person.api
        return api.methods.file(api.bots[self.person.token], content, path)

    def count(self) -> int:
        return len(self.person.messages)

    def bubble(self, since: int) -> Reply:
        new = self.person.messages[since:]
        text = "\n".join(message.text for message in new if message.text)
        return shown(text, [(label, data) for label, data in new[-1].buttons.items() if data])


@dataclass(slots=True)
class OnWhatsApp(Telephone):
    """With WhatsApp, in the chat with the city's number."""

    phone: Phone
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def chat(self) -> str:  # type: ignore[override]
        return self.phone.user_id

    def does(self, event: Event) -> list[Raw | bytes]:
        match event:
            case ChoicePicked(value, turn):
                reply = {"id": f"{turn}:{value}", "title": "?"}
                return [self.phone.does("interactive", {"type": "button_reply", "button_reply": reply})]
            case MessageEdited(text, message):
                changed = {"type": "text", "text": {"body": text}}
                return [self.phone.does("edit", {"original_message_id": self.typed[message], "message": changed})]
            case Forwarded(content, _):
                often = {"frequently_forwarded": True} if len(self.phone.api.incoming) % 2 else {}
                return [self.phone.does(*self._content(content), context={"forwarded": True, **often})]
            case TextSent(_, message):
                self.typed[message] = f"wamid.typed.{self.phone.user_id}.{message}"
                return [self.phone.does(*self._content(event), id=self.typed[message])]
        return [self.phone.does(*self._content(event))]

    def _content(self, event: Event) -> tuple[str, Any]:
        match event:
            case TextSent(text):
                return "text", {"body": text}
            case LocationShared(lat, lon, moved=False):
                return "location", {"latitude": lat, "longitude": lon}
            case MediaShared(kind, _, caption):
                return self._file(kind, {"caption": caption} if caption else {})
            case UnreadableSent("sticker"):
                return "sticker", {"id": self._kept("image/webp", b"sticker"), "mime_type": "image/webp"}
            case UnreadableSent("contact"):
                return "contacts", [{"name": {"formatted_name": "Pak RT"}, "phones": [{"phone": "+628120000003"}]}]
        raise CannotBeDone(repr(event))

    def _file(self, kind: str, words: dict[str, str]) -> tuple[str, Any]:
        match kind:
            case "photo":
                return "image", {"id": self._kept("image/jpeg", picture(len(self.phone.api.incoming))), **words}
            case "video":
                return "video", {"id": self._kept("video/mp4", b"film"), **words}
            case "voice":
                return "audio", {"id": self._kept("audio/ogg; codecs=opus", b"OggS"), "voice": True}
        return "document", {"id": self._kept("application/pdf", b"%PDF-1.4"), "filename": "surat.pdf", **words}

    def _kept(self, media_type: str, content: bytes) -> str:
        media = f"9000{len(self.phone.api.incoming)}"
        self.phone.api.incoming[media] = (media_type, content)
        return media

    def count(self) -> int:
        return len(self.phone.messages)

    def bubble(self, since: int) -> Reply:
        new = self.phone.messages[since:]
        text = "\n".join(words_of(sent) for sent in new if words_of(sent))
        action = new[-1].get("interactive", {}).get("action", {})
        keys = [(one["reply"]["title"], one["reply"]["id"]) for one in action.get("buttons", ())]
        rows = [(row["title"], row["id"]) for section in action.get("sections", ()) for row in section["rows"]]
        return shown(text, keys or rows)


def shown(text: str, buttons: list[tuple[str, str]]) -> Reply:
    """A bubble as its reader takes it: buttons that bear numbers mean what stands behind these numbers in the text."""
    listed = {number: label.strip() for number, label in LISTED.findall(text)}
    if not buttons:
        return Reply(text, tuple(Choice(number, label) for number, label in listed.items()), turn=TYPED)
    told = [(label, *data.split(":", 1)) for label, data in buttons]
    labels = [label for label, *_ in told]
    bear_numbers = labels == _counted(labels)
    choices = [Choice(value, listed.get(label, label) if bear_numbers else label) for label, _, value in told]
    return Reply(text, tuple(choices), turn=int(told[-1][1]))


def _counted(labels: list[str]) -> list[str]:
    return [str(number) for number in range(1, len(labels) + 1)]


@dataclass(frozen=True, slots=True)
class Seen(Screen):
    """A screen on which a bubble stands as it is: the platform took it already."""

    def reads(self, reply: Reply) -> str:
        labels = [choice.label for choice in reply.choices]
        listing = "" if reply.turn == TYPED or labels == _counted(labels) else numbered(labels)
        return reply.text if listing in reply.text else f"{reply.text}\n{listing}"

    def faults(self, reply: Reply) -> list[str]:
        return []


class RealTown(Town):
    """Citizens on WhatsApp or else on Telegram, the back office on Telegram's staff bot.

    Beside WhatsApp, citizens whose name ends with "di telegram" are there.
    """

    def __init__(
        self, template: Path, folder: Path, city: City, reader: Reader, *, telegram: tuple[BotApi, str],
        whatsapp: tuple[CloudApi, str] | None = None, twice: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(template, folder, city, reader, tuple(Seen(name, None) for name in ("whatsapp", "telegram")))  # type: ignore[arg-type]
        self.twice = twice  # every payload comes two times
        self._telegram, self._whatsapp = telegram[0], whatsapp[0] if whatsapp else None
        self._devices: dict[str, Telephone] = {}
        self._runner = asyncio.Runner()
        program = Program(self.db, self.office, folder)
        self._work, self._tools = program.work, program.tools
        self._tools.reader, self._tools.clock = reader, Clock(now=lambda: self.now)
        channels: list[Channel] = [
            TelegramCitizen(CITIZEN_TOKEN, telegram[1], secret="", public_url=None),
            TelegramStaff(STAFF_TOKEN, telegram[1], secret="", public_url=None),
        ]
        if whatsapp:
            whatsapp[0].clock = self._seconds
            channels.append(WhatsAppCitizen(ACCESS_TOKEN, NUMBER_ID, whatsapp[1]))
        for channel in channels:
            self._run(channel.open())
            channel.deliver = self._watched(channel, channel.deliver)  # type: ignore[method-assign]
        self._tools.channels = {channel.source: channel for channel in channels}
        self.failures: list[str] = []

    def close(self) -> None:
        for channel in self._tools.channels.values():
            self._run(channel.close())
        self._runner.close()
        super().close()

    # ---------------------------------------------------------------- as Town

    def typed(self, text: str, message: str) -> Event:
        return TextSent(text, message)

    def sent(self, file: MediaShared) -> Event:
        return file

    def person(self, name: str) -> Person:
        known = name in self.people
        person = super().person(name)
        if not known:
            self._devices[name] = self._device(name, person.bot)
            if person.bot in staffing.PLAYED:
                self.receive(person, TextSent("/start"))
                self._run(self.db.run(self._play_part, person.bot, self._devices[name].chat))
                person.unread.clear()
        return person

    def receive(self, person: Person, event: Event, *, quickly: bool = False) -> None:
        if isinstance(event, ChoicePicked) and event.turn == TYPED:
            event = TextSent(event.value)
        self.now += timedelta(seconds=0.4 if quickly else 5)
        device = self._devices[person.name]
        source = next(each.source for each in self._tools.channels.values() if self._is_on(device, person.bot, each))
        for payload in device.does(event):
            self._run(self._arrives(source, payload))
        if not quickly:
            self.now += timedelta(seconds=PAUSE)
            self._run(self._tick())

    def invite(self, role: str, agency: str) -> None:
        self._codes.append(self._run(self.db.run(staffing.invite, self.city, role, agency, self.now)))

    def let_pass(self, span: timedelta) -> None:
        until = self.now + span
        while self.now < until:
            self.now = min(until, self.now + LONGEST_STEP)
            self._run(self._tick(seldom=True))

    # ---------------------------------------------------------------- the program

    async def _arrives(self, source: str, payload: Raw | bytes) -> None:
        for raw in events_of(payload) if isinstance(payload, bytes) else (payload,):
            for _ in range(2 if self.twice else 1):
                await receive(self._tools, arrival(self._tools.channels[source], raw))
        await self._rest()

    async def _tick(self, *, seldom: bool = False) -> None:
        if seldom:
            await tick_seldom(self._tools)
        for _ in range(2):  # what falls due at the first brings forth what is delivered at the second
            await tick_often(self._tools)
            await self._rest()

    async def _rest(self) -> None:
        """Return once nothing runs any more, acknowledgements included."""
        await self._work.rest()
        while running := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(running)

    def _watched(self, channel: Channel, deliver: Callable[[str, Rendered], Awaitable[Any]]) -> Callable[..., Any]:
        """The channel's way to deliver, and behind it somebody who looks at the person's screen."""

        async def and_look(chat: str, message: Rendered) -> Any:
            name = next(name for name, device in self._devices.items() if self._is_at(name, device, channel, chat))
            before = self._devices[name].count()
            outcome = await deliver(chat, message)
            if not isinstance(outcome, Delivered):
                self.failures.append(f"{name}: {outcome}")
            elif self._devices[name].count() > before:
                self._shown_to(name, self._devices[name].bubble(before))
            return outcome

        return and_look

    def _is_at(self, name: str, device: Telephone, channel: Channel, chat: str) -> bool:
        return device.chat == chat and self._is_on(device, self.people[name].bot, channel)

    def _is_on(self, device: Telephone, bot: str, channel: Channel) -> bool:
        platform = "whatsapp" if isinstance(device, OnWhatsApp) else "telegram"
        return channel.channel == platform and (bot == "citizen") == (channel.bot == "citizen")

    def _seconds(self) -> float:
        return self.now.timestamp()

    def _device(self, name: str, bot: str) -> Telephone:
        number = len(self._devices) + 1
        if bot == "citizen" and self._whatsapp and not name.endswith(ON_TELEGRAM):
            return OnWhatsApp(Phone(self._whatsapp, f"62812000{number:04d}", f"ID.{number:020d}", name))
        token = CITIZEN_TOKEN if bot == "citizen" else STAFF_TOKEN
        return OnTelegram(Telegrammer(self._telegram, token, id=4000 + number, name=name))

    def _play_part(self, tx: Tx, role: str, chat: str) -> None:
        address = people.find_or_create_address(tx, "telegram", "staff", chat, now=self.now)
        staffing.play(tx, self.city, role, address.contact_id, self.now)

    def _run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        return self._runner.run(doing)


def _origin(origin: Origin) -> dict[str, Any]:
    """Where Telegram says that a message comes from: each author is met as another of the four kinds."""
    if not origin.author:
        return {"type": "unknown to us", "date": origin.at}
    number = 70_000 + sum(origin.author.encode())
    user = {"id": number, "is_bot": False, "first_name": origin.author}
    group = {"id": -100_000_000_0000 - number, "type": "supergroup", "title": "Warga"}
    kinds: tuple[dict[str, Any], ...] = (
        {"type": "user", "sender_user": user},
        {"type": "hidden_user", "sender_user_name": origin.author},
        {"type": "chat", "sender_chat": group, "author_signature": origin.author},
        {"type": "channel", "chat": {**group, "type": "channel"}, "message_id": 5, "author_signature": origin.author},
    )
    return {**kinds[number % len(kinds)], "date": origin.at}


def picture(shade: int) -> bytes:
    """A small photo; another number is another photo."""
    content = BytesIO()
    Image.new("RGB", (64, 48), (shade * 7 % 256, shade % 256, 80)).save(content, "JPEG")
    return content.getvalue()
