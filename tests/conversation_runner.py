"""Plays a talk that stands in a text file through the real services, on a database of its own.

How such a file is written: tests/conversations/README.md. Between two lines nothing is remembered but what the database keeps.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlmodel import col, select

from bot.channels.terminal import Terminal
from bot.dialogue.events import (
    BatchReady,
    ChoicePicked,
    Event,
    Forwarded,
    LocationShared,
    MediaReady,
    MediaShared,
    MessageEdited,
    Origin,
    SilenceFell,
    TextSent,
    UnreadableSent,
    captioned,
    said,
)
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.session import Session
from bot.dialogue.steps.patience import PAUSE
from bot.jobs.playing import let_silence_fall
from bot.services import clauses, hearing, turns
from bot.services.due_times import deal_with_due
from bot.services.gathering import let_batches_be_read
from bot.services.intake import Arrived, take_in
from bot.services.office import open_office
from bot.services.staffing import invite
from bot.services.told import Told
from cities.city import City
from nlp import Reader
from storage import Database, Tx, Vault, conversations, inbox, outbox, people
from storage.tables import OutboxMessage, Report
from storage.talk import conversation_at
from tests.channel_screens import SCREENS, Screen

START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning in Bandung."""
PARTS = {"warga": "citizen", "administrator": "administrator", "narahubung": "narahubung", "petugas": "staff"}
"""By the first word behind "=": the bot that the person talks to. A ``petugas`` is nobody until they join by a code."""
CITIZENS = frozenset({"terminal", "telegram", "whatsapp", "webchat"})
BACK_OFFICE = frozenset({"terminal", "telegram", "webchat"})
"""The channels on which each of them talks with us."""
SPAN = {"detik": "seconds", "menit": "minutes", "jam": "hours", "hari": "days"}
LONGEST_STEP = timedelta(hours=6)
BLANK = re.compile(r"\{nomor(?: (\d+|salah))?\}")
"""``{nomor}`` is the newest report, ``{nomor 1}`` the first, ``{nomor salah}`` the newest with a wrong last digit."""


FOLLOW_CODE = re.compile(r"(?:IKUT|FOLLOW) ([A-Z2-9]{12})\b")
KIM_CODE = re.compile(r"(?:GABUNG|JOIN) KIM ([A-Z2-9]{8})\b")


LINK_CODE = re.compile(r"\b[A-Z]{4}-\d{4}\b")


class TalkDiffers(AssertionError):
    """What was shown is not what the file says; the message is the talk up to there."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a file: who talks, what is typed or done, what must be shown, what must not, or a comment."""

    mark: str  # one of = > ~ < ! [ ?
    text: str
    number: int  # in the file


@dataclass(slots=True)
class Person:
    """Somebody at their own screen."""

    name: str
    bot: str
    unread: list[Reply] = field(default_factory=list)
    shown: list[Reply] = field(default_factory=list)  # since they last wrote
    last: Reply | None = None  # that had choices


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a talk; indented ones belong to the bubble above them."""
    bubble: Line | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.startswith("  ") and bubble:
            bubble = Line("<", f"{bubble.text}\n{raw.strip()}", bubble.number)
            continue
        if bubble:
            yield bubble
            bubble = None
        if not raw.strip() or raw.startswith("#"):
            continue
        mark, rest = raw[0], raw[1:].strip()
        if mark == "<":
            bubble = Line(mark, rest, number)
        elif mark in "=>~![?":
            yield Line(mark, rest, number)
        else:
            raise ValueError(f"line {number} begins with none of = > ~ < ! [ ? #: {raw!r}")
    if bubble:
        yield bubble


def matches(expected: str, shown: str) -> bool:
    """Whether every expected line is part of what was shown, in this order; ``...`` stands for anything on a line."""
    at, shown = 0, "\n".join(" ".join(line.split()) for line in shown.splitlines())
    for line in expected.splitlines():
        pattern = ".*".join(re.escape(" ".join(part.split())) for part in line.split("..."))
        found = re.compile(pattern).search(shown, at)
        if found is None:
            return False
        at = found.end()
    return True


class Town:
    """A city's office with its database and its clock, and the people who write to it."""

    def __init__(
        self, template: Path, folder: Path, city: City, reader: Reader, screens: tuple[Screen, ...] = SCREENS
    ) -> None:
        file = folder / "kentongan.db"
        shutil.copy(template, file)
        self.db = Database(f"sqlite:///{file}", Vault("a secret of the tests"))
        office = open_office(
            city,
            "t.me/lapor_bot",
            partial(hearing.sub_category_in, reader),
            "https://lapor.example",
            reader.similarity,
            partial(hearing.heard, reader),
        )
        self.office = replace(office, played=True)
        self.city, self.reader, self.screens = city, reader, screens
        self.now = START
        self.people: dict[str, Person] = {}
        self._sent = 0
        self._terminals = {bot: Terminal(bot, print) for bot in PARTS.values()}
        self._codes: list[str] = []
        self._links: list[str] = []  # codes that were shown, with which a person links two chats
        self.kim_code = self.follow_code = ""  # the newest that was shown to anybody

    def close(self) -> None:
        self.db.close()

    # ---------------------------------------------------------------- what people do

    def person(self, name: str) -> Person:
        """Somebody by name; the first word says which bot they write to."""
        bot = PARTS.get(name.split(maxsplit=1)[0])
        if bot is None:
            raise ValueError(f"nobody is called {name!r}: begin with one of {', '.join(PARTS)}")
        return self.people.setdefault(name, Person(name, bot))

    def receive(self, person: Person, event: Event, *, quickly: bool = False) -> None:
        """Store an event of this person, play all that waits, deliver all that is due.

        ``quickly``: the next one follows at once.
        """
        self._sent += 1
        self.now += timedelta(seconds=0.4 if quickly else 5)
        arrived = Arrived(
            source=f"terminal:{person.bot}",
            channel="terminal",
            bot=person.bot,
            payload=json.dumps({"line": repr(event)}),
            unique_key=str(self._sent),
            order_key=self._sent,
            external_id=person.name,
            chat_id=person.name,
        )
        self.db.run_sync(take_in, self.city, arrived, self.now)
        conversation = self.db.read_sync(conversation_at, "terminal", person.bot, person.name, person.name)
        assert conversation is not None
        self._play(conversation, event)
        if not quickly:
            self.now += timedelta(seconds=PAUSE)
        self._deliver()

    def typed(self, text: str, message: str) -> Event:
        """What a message that somebody types is to us; ``message`` names it."""
        return said(text, message)

    def sent(self, file: MediaShared) -> Event:
        """What a file with its caption is to us."""
        return captioned(file)

    def invite(self, role: str, agency: str) -> None:
        """Make a one-time code; ``{kode}`` is the newest."""
        self._codes.append(self.db.run_sync(invite, self.city, role, agency, self.now))

    def let_pass(self, span: timedelta) -> None:
        """Let time go by, with everything that happens by itself meanwhile."""
        until = self.now + span
        while self.now < until:
            self.now = min(until, self.now + LONGEST_STEP)
            if self.db.run_sync(let_silence_fall, self.now) + self.db.run_sync(let_batches_be_read, self.now):
                self._play_what_is_ours()
            self.db.run_sync(deal_with_due, self.office, self.now)
            self._deliver()

    def let_held_news_out(self) -> None:
        """Who looks at their screen does so when news that could still have been taken back have come."""
        if self.db.read_sync(_held_until, self.now, self.now + self.office.hold):
            self.let_pass(self.office.hold + timedelta(seconds=1))

    def filled(self, text: str) -> str:
        """The text with report numbers and codes in their blanks."""
        if "{sambung}" in text:
            text = text.replace("{sambung}", self._links[-1])
        if "{kode}" in text:
            text = text.replace("{kode}", self._codes[-1])
        if "{kim}" in text:
            text = text.replace("{kim}", self.kim_code)
        if "{ikut}" in text:
            text = text.replace("{ikut}", self.follow_code)
        return BLANK.sub(lambda blank: self._number(blank[1] or ""), text)

    # ---------------------------------------------------------------- what happens by itself

    def _play(self, conversation_id: int, event: Event) -> None:
        located, beside = hearing.locate(self.reader, event), hearing.beside(self.reader, event)
        told = (Told(event, clauses.hear(self.reader, self.city, event), located, beside=beside),)
        for row in self.db.read_sync(inbox.pending, conversation_id):
            self.db.run_sync(turns.play, self.office, row, told, self.now)
        self._play_what_is_ours()

    def _play_what_is_ours(self) -> None:
        """What our own clock told conversations: silences, and batches that are to be read."""
        while waiting := self.db.read_sync(inbox.unfinished):
            for conversation_id in waiting:
                for row in self.db.read_sync(inbox.pending, conversation_id):
                    told = (Told(_our_event(json.loads(self.db.read_sync(inbox.payload_of, row)))),)
                    self.db.run_sync(turns.play, self.office, row, told, self.now)

    def _deliver(self) -> None:
        while due := self.db.read_sync(outbox.conversations_due, self.now):
            for conversation_id in due:
                self._shown_to(*self.db.run_sync(_send, conversation_id, self.now))

    def _shown_to(self, name: str, reply: Reply) -> None:
        """A bubble appears on somebody's screen; the codes in it are remembered."""
        if shown := KIM_CODE.search(reply.text):
            self.kim_code = shown[1]
        if shown := FOLLOW_CODE.search(reply.text):
            self.follow_code = shown[1]
        self._links += LINK_CODE.findall(reply.text)
        if name in self.people:
            self.people[name].unread.append(reply)

    def _number(self, which: str) -> str:
        numbers = self.db.read_sync(_numbers)
        number = numbers[int(which) - 1] if which.isdecimal() else numbers[-1]
        return f"{number[:-1]}{(int(number[-1]) + 1) % 10}" if which == "salah" else number

    def session_of(self, person: Person) -> Session:
        """What is remembered of a person's talk."""
        conversation = self.db.read_sync(conversation_at, "terminal", person.bot, person.name, person.name)
        assert conversation is not None
        return Session.from_json(self.db.read_sync(conversations.load, conversation).session_json or "{}")


def _our_event(payload: dict[str, int]) -> Event:
    return BatchReady(payload["batch"]) if "batch" in payload else SilenceFell(payload["silence"])


def _send(tx: Tx, conversation_id: int, now: datetime) -> tuple[str, Reply]:
    message = outbox.next_due(tx, conversation_id, now)
    assert message is not None
    assert message.id is not None
    outbox.claim(tx, message.id, now)
    outbox.settle_sent(tx, message.id, "", now)
    chat = people.chat_of(tx, conversations.load(tx, conversation_id).conversation)
    return chat, Reply.from_json(outbox.body_of(tx, message))


def _held_until(tx: Tx, now: datetime, until: datetime) -> bool:
    held = select(OutboxMessage.id).where(
        OutboxMessage.state == "due", OutboxMessage.due_at > now, OutboxMessage.due_at <= until
    )
    return tx.session.exec(held).first() is not None


def _numbers(tx: Tx) -> list[str]:
    return list(tx.session.exec(select(Report.number).order_by(col(Report.id))))


# ---------------------------------------------------------------- playing a file


class Talk:
    """A talk that is being played, with everything seen so far."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.who = town.person("warga")
        self.seen: list[str] = []
        self.messages = self.files = 0
        self._expected = True  # everything shown so far was looked at, or need not be

    def play(self, lines: Iterable[Line]) -> None:
        """Play it to the end. Raises TalkDiffers."""
        for line in lines:
            ACTS[line.mark](self, line)
        self._nothing_unexpected(None)

    def switch(self, line: Line) -> None:
        self._nothing_unexpected(line)
        self.who.unread = []
        self.who = self.town.person(line.text)
        self.town.let_held_news_out()
        self.seen.append(f"= {line.text}")
        self.who.shown = []
        self._expected = False

    def type(self, line: Line) -> None:
        text = self.town.filled(line.text)
        self._do(line, f"> {text}", self._written(text))

    def _written(self, text: str) -> Event:
        """What is typed: each message has a name of its own, as on a real platform, by which it can be edited."""
        self.messages += 1
        return self.town.typed(text, str(self.messages))

    def type_quickly(self, line: Line) -> None:
        self._do(line, f"~ {line.text}", self._written(self.town.filled(line.text)), quickly=True)

    def act(self, line: Line) -> None:
        words = line.text.rstrip("]").strip()
        name, _, rest = words.partition(" ")
        match name:
            case "lewat":
                self._nothing_unexpected(line)
                amount, _, unit = rest.partition(" ")
                self.seen.append(f"[{words}]")
                self.who.shown, self.who.unread, self._expected = [], [], False
                self.town.let_pass(timedelta(**{SPAN[unit]: int(amount)}))
            case "kode":
                role, _, agency = rest.partition(" ")
                self.town.invite(role, agency)
            case "terus":
                self._do(line, f"[{words}]", self._event(name, rest), quickly=True)
            case _:
                self._do(line, f"[{words}]", self._event(name, rest))

    def expect(self, line: Line) -> None:
        """The next bubble on this person's screen."""
        wanted = self.town.filled(line.text)
        if not self.who.unread:
            raise self._differs(line, f"nothing more was shown, but expected:\n{wanted}")
        reply = self.who.unread.pop(0)
        self._show(reply)
        for screen in self._screens():
            if not matches(wanted, self._text(reply, screen)):
                raise self._differs(line, f"on {screen.name} expected:\n{wanted}")
        self._expected = True

    def refuse(self, line: Line) -> None:
        """Nothing shown since the person wrote may contain this."""
        wanted = self.town.filled(line.text)
        for reply in self.who.shown:
            if any(matches(wanted, self._text(reply, screen)) for screen in self._screens()):
                raise self._differs(line, f"must not be shown:\n{wanted}")

    def answer_if_asked(self, line: Line) -> None:
        """Tap this choice if it is offered now: what a model may or may not know by itself is not this talk's matter."""
        reply = self.who.unread[-1] if self.who.unread else None
        if reply and any(choice.label == line.text for choice in reply.choices):
            self._show(self.who.unread.pop())
            self._do(line, f"[ketuk {line.text}]", self._event("ketuk", line.text))

    def _do(self, line: Line, seen: str, event: Event, *, quickly: bool = False) -> None:
        self._nothing_unexpected(line)
        self.seen.append(seen)
        self.who.last = next((each for each in reversed(self.who.unread) if each.choices), self.who.last)
        self.who.shown, self.who.unread, self._expected = [], [], False
        self.town.receive(self.who, event, quickly=quickly)

    def _event(self, name: str, rest: str) -> Event:
        match name:
            case "foto" | "video" | "suara" | "dokumen":
                kinds = {"foto": "photo", "video": "video", "suara": "voice", "dokumen": "document"}
                self.files += 1
                rest = self.town.filled(rest)
                album, _, caption = rest.partition(" ") if rest.startswith("album") else ("", "", rest)
                return self.town.sent(MediaShared(kinds[name], f"{name}.bin", caption.strip(), album=album))  # type: ignore[arg-type]
            case "lokasi" | "bergeser":
                lat, _, lon = rest.partition(",")
                return LocationShared(float(lat), float(lon), moved=name == "bergeser")
            case "gps":
                lat, _, lon = rest.partition(",")
                return MediaReady(self.files, float(lat), float(lon))
            case "ketuk":
                reply = next((each for each in reversed(self.who.unread) if each.choices), self.who.last)
                assert reply is not None, "nothing can be tapped yet"
                return ChoicePicked(_choice(reply.choices, self.town.filled(rest)).value, reply.turn)
            case "terus":
                return self._forwarded(rest)
            case "sunting":
                which, _, text = rest.partition(" ")
                return MessageEdited(text, which)
            case "stiker":
                return UnreadableSent("sticker")
            case "kartu":
                return UnreadableSent("contact")
        raise ValueError(f"nobody can do [{name} {rest}]")

    def _forwarded(self, rest: str) -> Event:
        """Somebody else's message: words, or one of the other things that can be sent; "@name" before it tells whose it is."""
        rest = self.town.filled(rest)
        author, _, rest = rest.partition(" ") if rest.startswith("@") else ("", "", rest)
        name, _, behind = rest.partition(" ")
        kinds = ("foto", "video", "suara", "dokumen", "lokasi", "stiker")
        content = self._event(name, behind) if name in kinds else TextSent(rest)
        at = int(self.town.now.timestamp())
        return Forwarded(content, Origin("user", author, at) if author else Origin("forwarded"))  # type: ignore[arg-type]

    def _nothing_unexpected(self, line: Line | None) -> None:
        """Once one bubble is looked at, all of them are: a talk has no bubble that nobody expects."""
        if self._expected and self.who.unread:
            for reply in self.who.unread:
                self._show(reply)
            raise self._differs(line, "the last bubble was not expected")

    def _show(self, reply: Reply) -> str:
        text = self._text(reply, self.town.screens[0])
        for screen in self._screens():
            if faults := screen.faults(reply):
                raise self._differs(None, f"{screen.name} refuses {text!r}: {'; '.join(faults)}")
        first, *more = text.splitlines()
        self.seen.append("\n".join([f"< {first}", *(f"  {each}" for each in more)]))
        self.who.shown.append(reply)
        if reply.choices:
            self.who.last = reply
        return text

    def _screens(self) -> tuple[Screen, ...]:
        """The channels of this person: the back office has no WhatsApp, and the demonstration's parts are played on the web."""
        own = CITIZENS if self.who.bot == "citizen" else BACK_OFFICE
        return tuple(screen for screen in self.town.screens if screen.name in own)

    def _text(self, reply: Reply, screen: Screen) -> str:
        enclosed = "  ".join(f"[{name.partition(':')[0]}]" for name in reply.enclosed)
        return "\n".join(part for part in (screen.reads(reply), enclosed) if part)

    def _differs(self, line: Line | None, why: str) -> TalkDiffers:
        where = f"line {line.number}" if line else "the end"
        return TalkDiffers("\n".join([*self.seen, f"--- {where}: {why}"]))


def _choice(choices: Iterable[Choice], label: str) -> Choice:
    try:
        return next(choice for choice in choices if choice.label == label)
    except StopIteration:
        raise ValueError(f"no choice is labelled {label!r}") from None


ACTS: dict[str, Callable[[Talk, Line], None]] = {
    "=": Talk.switch,
    ">": Talk.type,
    "~": Talk.type_quickly,
    "<": Talk.expect,
    "!": Talk.refuse,
    "[": Talk.act,
    "?": Talk.answer_if_asked,
}


def play(text: str, town: Town) -> list[str]:
    """Play a talk and return everything that was seen. Raises TalkDiffers."""
    talk = Talk(town)
    talk.play(lines_of(text))
    return talk.seen
