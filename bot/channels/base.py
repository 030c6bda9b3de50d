"""What every channel promises, and how a delivery can end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias

from bot.channels.news import PlatformNews
from bot.channels.outcomes import (
    Delivered,
    Delivery,
    NeedsOperator,
    OtherForm,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)
from bot.dialogue.events import Event
from bot.dialogue.replies import Choice
from cities.templates import Filled

__all__ = [
    "Capabilities",
    "Channel",
    "ChannelUnavailable",
    "Delivered",
    "Delivery",
    "Envelope",
    "FetchFailed",
    "FetchedFile",
    "NeedsOperator",
    "OtherForm",
    "Photo",
    "Raw",
    "Refused",
    "Rendered",
    "Sender",
    "TemplateUnusable",
    "TryLater",
    "Undecodable",
    "Unreachable",
    "WindowShut",
]

Raw: TypeAlias = Mapping[str, Any]
"""An event as the platform sent it, decoded from JSON."""


class Undecodable(Exception):
    """An event cannot be read; the sentence says why and ends up beside the parked event."""


class FetchFailed(Exception):
    """A file could not be fetched. ``final`` when trying again is pointless."""

    def __init__(self, reason: str, *, final: bool) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show. Lengths are in the channel's own unit (``measure`` of rendering)."""

    text: int  # longest text
    caption: int  # longest text under a photo
    buttons: int  # most buttons under one bubble; 0: none, choices become a numbered list
    button_label: int  # longest label
    listed_from: int = 0  # so many choices are rows of a list that opens, 0: never
    row_label: int = 0  # longest label of such a row
    location_button: bool = False  # can ask for a location with a button
    photos: bool = True
    utf16: bool = False  # lengths count UTF-16 units (Telegram)
    link_buttons: bool = False  # a button may open a page
    text_with_buttons: int = 0  # longest text above buttons; 0: as long as any
    reports_progress: bool = False  # tells later whether a message was delivered, read, or failed
    window: timedelta | None = None  # how long after a person's message we may write freely; None: always

    def longest_label(self, choices: int) -> int:
        """How long a label may be where there are so many choices."""
        return self.row_label if 0 < self.listed_from <= choices else self.button_label


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, and in which chat."""

    external_id: str
    chat_id: str
    name: str = ""
    language: str = ""  # id, su or en when the platform hints at it, else ""
    in_group: bool = False  # the chat is a group, where they are one of many
    aliases: tuple[str, ...] = ()  # other ids of the same person
    one_talk: bool = False  # a person has one talk here, whichever of their ids is named


@dataclass(frozen=True, slots=True)
class Envelope:
    """What must be known of an event before it is stored."""

    unique_key: str  # the same for every delivery of the same event
    order_key: int  # events of one conversation run in this order
    sender: Sender | None  # None: it is not for us (`ignored` says why)
    ignored: str = ""
    moved: tuple[str, str] = ("", "")  # the ids of a chat before and after, when this tells that they changed
    wrote_at: datetime | None = None  # the platform's time of what the sender wrote, where it tells one
    news: tuple[PlatformNews, ...] = ()  # what the platform tells about itself


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture to send: our own copy."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply as a channel shows it."""

    text: str
    buttons: tuple[tuple[Choice, ...], ...] = ()  # rows
    turn: int = 0
    list_label: str = ""  # of the button that opens a list of choices, "" for the channel's own
    ask_location: str = ""  # label of the button that sends the location, "" for none
    replaces: str = ""  # the platform's name of the message that this one takes the place of
    photos: tuple[Photo, ...] = field(default=())
    template: Filled | None = None  # instead of everything else, where we may not write freely
    before: tuple[str, ...] = ()  # the beginning of a text too long for one message: messages of their own, sent first
    done: int = 0  # how many of the messages that it takes went out at an earlier try


@dataclass(frozen=True, slots=True)
class Partly:
    """Some of the messages that it takes went out, before one ended like this."""

    done: int  # how many, those of earlier tries included
    outcome: Delivery
    external_ids: tuple[str, ...] = ()  # the platform's names of those that went out at this try


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """The chat has another id now (a group became a supergroup); sent there, it will arrive."""

    chat_id: str


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file as fetched from a platform."""

    content: bytes
    media_type: str = ""
    name: str = ""


class Channel(Protocol):
    """One bot or number on one platform."""

    @property
    def source(self) -> str:
        """Names it in the inbox: ``"telegram:citizen"``."""

    @property
    def channel(self) -> str:
        """The platform: ``"telegram"``."""

    @property
    def bot(self) -> str:
        """Which bot or number of the platform: ``"citizen"``."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""

    async def open(self) -> None:
        """Get ready: look up our own name, set menus and the webhook. Raises ChannelUnavailable when it must not be used."""

    async def close(self) -> None:
        """Let go of connections."""

    def envelope(self, raw: Raw) -> Envelope:
        """What to store an event under. Raises Undecodable."""

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        """What happened, in words of the dialogue; empty when nothing did. Raises Undecodable."""

    async def acknowledge(self, raw: Raw) -> None:
        """Tell the person that we noticed (stop a button's spinner, mark as read). Best effort: failing is logged."""

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery | Partly | ChatMoved:
        """Send it once, but for what is `done`; never raises for what a platform may answer."""

    async def fetch(self, ref: str) -> FetchedFile:
        """Fetch a file by the platform's own name for it. Raises FetchFailed."""


class ChannelUnavailable(Exception):
    """A channel cannot be used; the sentence names the setting and the remedy. ``passing``: waiting may help."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing
