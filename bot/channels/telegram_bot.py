"""One Telegram bot as a channel, whichever library speaks for it.

A subclass parses and sends with its library and translates the library's errors to `BotApiError`; what these mean is
decided here.
"""

import abc
import time
from collections.abc import Mapping
from typing import Any, ClassVar

import structlog

from bot.channels.base import (
    Capabilities,
    ChannelUnavailable,
    ChatMoved,
    Delivered,
    Delivery,
    Envelope,
    FetchedFile,
    FetchFailed,
    Partly,
    Photo,
    Raw,
    Refused,
    Rendered,
    TryLater,
    Undecodable,
)
from bot.channels.menus import Menu
from bot.channels.secrecy import quiet_http_logs
from bot.channels.telegram_groups import Minute
from bot.channels.telegram_parcels import (
    CAPABILITIES,
    LARGEST_FILE,
    REJECTS_TOKEN,
    STALE_FILE,
    UNCHANGED,
    UNEDITABLE,
    BotApiError,
    Parcel,
    Words,
    chat_number,
    failure,
    fetch_failure,
    file_name,
    is_film,
    is_picture,
    out_of_reach,
    parcels,
    token_rejected,
    webhook_rejected,
    webhook_url,
)
from bot.channels.telegram_updates import envelope, essence, events_in
from bot.channels.uploads import Uploads
from bot.dialogue.events import Event

log = structlog.get_logger()


class TelegramBot(abc.ABC):
    """A `Channel`. Without ``public_url`` somebody must poll."""

    BOT: ClassVar[str]
    TOKEN_VARIABLE: ClassVar[str]  # the setting that an operator must mend

    def __init__(self, token: str, api_url: str, *, secret: str, public_url: str | None) -> None:
        quiet_http_logs()
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._secret = secret
        self._public_url = public_url
        self._minute = Minute()
        self._uploads = Uploads()
        self.username = ""  # known after `open`; deep links need it

    @property
    def source(self) -> str:
        return f"telegram:{self.BOT}"

    @property
    def channel(self) -> str:
        return "telegram"

    @property
    def bot(self) -> str:
        return self.BOT

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def open(self) -> None:
        """Learn our own name, and set the webhook or, for polling, take it away. May be tried again."""
        try:
            await self._get_ready()
        except ChannelUnavailable:
            await self.close()
            raise

    async def _get_ready(self) -> None:
        try:
            self.username = await self._introduce()
        except BotApiError as error:
            raise self._unavailable(error) from None
        try:
            if self._public_url is None:
                await self._delete_webhook()
            else:
                await self._set_webhook(webhook_url(self._public_url, self.BOT), self._secret)
        except BotApiError as error:
            if error.status == 400 and self._public_url is not None:
                raise ChannelUnavailable(webhook_rejected(self._public_url, error.description)) from None
            raise self._unavailable(error) from None

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw, self.username)

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        update = self._decode(essence(raw))
        try:
            return events_in(update, raw, self.username)
        except (
            AttributeError,
            TypeError,
            ValueError,
        ) as error:  # not every library looks at the types of what it decodes
            log.warning("an update was misshapen, or our reading of it wrong", source=self.source, exc_info=True)
            raise Undecodable(f"a field is misshapen: {type(error).__name__} {error}") from error

    async def acknowledge(self, raw: Raw) -> None:
        """Stop the spinner of a tapped button."""
        if not isinstance(query := raw.get("callback_query"), Mapping):
            return
        try:
            await self._answer_tap(str(query.get("id")))
        except BotApiError as error:  # an old tap can no longer be answered; the reply comes anyway
            log.info("a tap could not be answered", source=self.source, reason=error.description)

    async def set_menu(self, menu: Menu) -> None:
        """Show these commands. Raises ChannelUnavailable, ``passing`` when waiting may help."""
        try:
            await self._set_menu(menu)
        except BotApiError as error:
            gone = error.status in {400, 403}
            raise ChannelUnavailable(error.description, passing=not gone) from None

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery | Partly | ChatMoved:
        """Send all that the message takes, but for what went out at an earlier try."""
        if wait := self._minute.wait(chat_id, time.monotonic()) if chat_id.startswith("-") else 0.0:
            return TryLater(wait, "twenty messages a minute are allowed in a group", counts=False)
        if message.replaces and (edited := await self._edited(chat_id, message)):
            return edited
        delivery: Delivery = Delivered() if message.done else Refused("there is nothing in it to send")
        for done, parcel in enumerate(parcels(message)):
            if done < message.done:
                continue
            try:
                delivery = Delivered(await self._send(chat_number(chat_id), parcel))
            except BotApiError as error:
                if STALE_FILE.search(error.description) and self._uploads.forget():
                    return TryLater(1.0, "Telegram has forgotten a file that we had sent")
                outcome = failure(error, self.TOKEN_VARIABLE)
                return outcome if isinstance(outcome, ChatMoved) or not done else Partly(done, outcome)
        return delivery

    async def _edited(self, chat_id: str, message: Rendered) -> Delivery | ChatMoved | None:
        """Put it in the place of the message it replaces; None where that cannot be, so that it is sent as a new one."""
        match parcels(message):
            case (Words() as words,):
                pass
            case _:
                return None
        try:
            await self._edit(chat_number(chat_id), message.replaces, words)
        except BotApiError as error:
            if UNCHANGED.search(error.description):
                return Delivered(message.replaces)
            return None if UNEDITABLE.search(error.description) else failure(error, self.TOKEN_VARIABLE)
        return Delivered(message.replaces)

    async def fetch(self, ref: str) -> FetchedFile:
        try:
            path, size = await self._locate(ref)
            if size > LARGEST_FILE:
                raise FetchFailed(f"the file has {size} bytes; {LARGEST_FILE} can be fetched", final=True)
            content = await self._download(path)
        except BotApiError as error:
            raise fetch_failure(error) from None
        name, media_type = file_name(path)
        return FetchedFile(content, media_type, name)

    def _unavailable(self, error: BotApiError) -> ChannelUnavailable:
        if error.status in REJECTS_TOKEN:
            return ChannelUnavailable(token_rejected(self.TOKEN_VARIABLE))
        return ChannelUnavailable(out_of_reach(self._api_url, error.description), passing=True)

    def _known(self, photo: Photo) -> str:
        """What Telegram calls this file since we sent it; "" for one that must be uploaded."""
        return self._uploads.name_of(photo, time.monotonic())

    def _remember(self, photo: Photo, sent: Any) -> None:
        """What Telegram calls this file in the message with which it was sent, in the same way as it was sent."""
        largest, film, document = sent.photo[-1] if sent.photo else None, sent.video, sent.document
        named = largest if is_picture(photo) else film if is_film(photo) else document
        self._uploads.keep(photo, named.file_id if named else "", time.monotonic())

    @abc.abstractmethod
    async def close(self) -> None:
        """Let go of connections."""

    @abc.abstractmethod
    def _decode(self, update: dict[str, Any]) -> Any:
        """The library's Update. Raises Undecodable."""

    @abc.abstractmethod
    async def _introduce(self) -> str:
        """Our user name, without the @."""

    @abc.abstractmethod
    async def _set_menu(self, menu: Menu) -> None: ...

    @abc.abstractmethod
    async def _set_webhook(self, url: str, secret: str) -> None: ...

    @abc.abstractmethod
    async def _delete_webhook(self) -> None: ...

    @abc.abstractmethod
    async def _answer_tap(self, query_id: str) -> None: ...

    @abc.abstractmethod
    async def _send(self, chat: int | str, parcel: Parcel) -> str:
        """Send one message (an album is one) and return its id, the first one's of an album."""

    @abc.abstractmethod
    async def _edit(self, chat: int | str, message: str, words: Words) -> None:
        """Change the words and buttons of a message of ours."""

    @abc.abstractmethod
    async def _locate(self, file_id: str) -> tuple[str, int]:
        """Path and size in bytes of a file (0 when unknown)."""

    @abc.abstractmethod
    async def _download(self, path: str) -> bytes: ...
