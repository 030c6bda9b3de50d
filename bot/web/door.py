"""What the pages and webhooks may use of the running program."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.channels.base import Channel, Raw
from bot.settings import Settings
from cities.city import City
from storage import Database


class Door(Protocol):
    """The running program, as the web sees it."""

    @property
    def settings(self) -> Settings: ...

    @property
    def city(self) -> City: ...

    @property
    def db(self) -> Database: ...

    @property
    def channels(self) -> Mapping[str, Channel]:
        """By source, such as ``"telegram:citizen"`` or ``"webchat:citizen"``."""

    @property
    def media_folder(self) -> Path: ...

    def now(self) -> datetime:
        """The time by the program's own clock, aware UTC."""

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        """Store one event and commit it; True when it is new. What cannot be read is parked with its reason, never raised."""

    async def wait_for_news(self, conversation_id: int, seconds: float) -> None:
        """Return as soon as something was delivered to that conversation, at shutdown, or after so many seconds."""

    def troubles(self) -> tuple[str, ...]:
        """What keeps the program from being ready, as sentences; empty when it is."""
