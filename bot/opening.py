"""Opening what the settings name: the database, and the channels with how each of them stands."""

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.channels.base import Channel
from bot.channels.webchat import Webchat
from bot.jobs.process_lock import only_process
from bot.settings import Settings
from cities.city import City
from storage import Database, DatabaseUnavailable, Vault, WrongKey, migrate
from storage.guarding import only_program, prove_key, reachable

PLAYED_ROLES = ("administrator", "narahubung")
"""Parts that one person may play beside the citizen in the demonstration's web chat."""


@dataclass(slots=True)
class ChannelState:
    """Whether a channel works, and if not, why."""

    on: bool = False
    reason: str = "not opened yet"
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    def opened(self) -> None:
        self.on, self.reason = True, ""
        self.settled.set()

    def trouble(self, reason: str) -> None:
        self.on, self.reason = False, reason
        self.settled.set()


def first_states(channels: Mapping[str, Channel]) -> dict[str, ChannelState]:
    return {source: ChannelState() for source in channels}


def open_database(settings: Settings, now: datetime) -> Database:
    """The database at its newest tables, made when it is missing, and proven to be sealed with our key.

    Raises DatabaseUnavailable, DatabaseFromTheFuture and WrongKey.
    """
    with reachable(settings.database_url):
        if settings.is_sqlite:
            _make_folder(_file_of(settings).parent)
        migrate(settings.database_url)
        db = Database(settings.database_url, Vault(settings.secret))
        try:
            db.run_sync(prove_key, now)
        except WrongKey:
            db.close()
            raise
    return db


@contextlib.contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the only process that works with this database. Raises AlreadyRunning, DatabaseInUse and DatabaseUnavailable."""
    if settings.is_sqlite:
        file = _file_of(settings)
        _make_folder(file.parent)
        with only_process(file):
            yield
    else:
        with only_program(settings.database_url):
            yield


def _file_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {folder} for the database cannot be made: {error.strerror}.") from error


def channels_for(settings: Settings, city: City, media_folder: Path) -> dict[str, Channel]:
    """The channels that the settings turn on, by source. Raises ChannelUnavailable for a token that is none."""
    found: list[Channel] = [*_telegram(settings, city), *_whatsapp(settings)]
    if settings.web_chat:
        bots = ("citizen", *PLAYED_ROLES) if settings.demo else ("citizen",)
        found += [Webchat(bot, media_folder) for bot in bots]
    return {channel.source: channel for channel in found}


def _telegram(settings: Settings, city: City) -> list[Channel]:
    """Each library costs seconds and much memory to import: only where there is a token."""
    found: list[Channel] = []
    if settings.telegram_citizen_token:
        from bot.channels.telegram_citizen import TelegramCitizen

        found.append(
            TelegramCitizen(
                settings.telegram_citizen_token.get_secret_value(),
                settings.telegram_api_url,
                secret=settings.webhook_secret("citizen"),
                public_url=settings.public_url,
            )
        )
    if settings.telegram_staff_token:
        from bot.channels.telegram_staff import TelegramStaff

        found.append(
            TelegramStaff(
                settings.telegram_staff_token.get_secret_value(),
                settings.telegram_api_url,
                secret=settings.webhook_secret("staff"),
                public_url=settings.public_url,
            )
        )
    return found


def _whatsapp(settings: Settings) -> list[Channel]:
    if not settings.whatsapp_on:
        return []
    from bot.channels.whatsapp import WhatsAppCitizen

    assert settings.whatsapp_access_token is not None
    assert settings.whatsapp_phone_number_id is not None
    token = settings.whatsapp_access_token.get_secret_value()
    return [WhatsAppCitizen(token, settings.whatsapp_phone_number_id, settings.whatsapp_api_url)]
