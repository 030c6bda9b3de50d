"""What every job needs, joined by `bot.app`."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.base import Channel
from bot.services.clock import Clock
from bot.services.office import Office
from nlp import Reader
from storage import Database

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Tools:
    """The running program, as its jobs see it."""

    db: Database
    office: Office
    reader: Reader
    channels: Mapping[str, Channel]  # by source
    clock: Clock
    media_folder: Path
    wake: Callable[[str], None]
    delivered: Callable[[int], None]  # told the conversation in which something new can be read
    since: datetime = LONG_AGO  # when the program started
    webhooks: bool = False  # events may arrive out of order
    arriving: set[asyncio.Future[bool]] = field(default_factory=set)  # events that are being stored now
