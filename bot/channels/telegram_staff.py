"""The staff's Telegram bot, through python-telegram-bot: another token, another library than the citizens'."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    File,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.channels.base import ChannelUnavailable, Photo, Undecodable
from bot.channels.menus import Menu
from bot.channels.secrecy import hide
from bot.channels.telegram_bot import TelegramBot
from bot.channels.telegram_parcels import (
    PAGE,
    Album,
    BotApiError,
    Parcel,
    Picture,
    Words,
    chat_number,
    is_film,
    is_picture,
    token_rejected,
)
from bot.channels.telegram_updates import ALLOWED_UPDATES

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the next major version's ways; with the old ones every 429 warns
TIMEOUT = 30.0  # seconds for an answer
CONNECTIONS = 16  # at once; more sendings wait for one


class TelegramStaff(TelegramBot):
    """The `Channel` of staff. Raises ChannelUnavailable for a token that is none."""

    BOT: ClassVar[str] = "staff"
    TOKEN_VARIABLE: ClassVar[str] = "KENTONGAN_TELEGRAM_STAFF_TOKEN"

    def __init__(self, token: str, api_url: str, *, secret: str, public_url: str | None) -> None:
        super().__init__(token, api_url, secret=secret, public_url=public_url)
        self._request = HTTPXRequest(
            CONNECTIONS, read_timeout=TIMEOUT, connect_timeout=TIMEOUT / 3, pool_timeout=TIMEOUT
        )
        root = self._api_url
        try:
            self._ptb = Bot(
                token,
                base_url=f"{root}/bot",
                base_file_url=f"{root}/file/bot",
                request=self._request,
                get_updates_request=self._request,  # else a second pool is made for a method that we do not use
            )
        except InvalidToken:
            raise ChannelUnavailable(token_rejected(self.TOKEN_VARIABLE)) from None

    async def close(self) -> None:
        await self._ptb.shutdown()
        await self._request.shutdown()  # of a bot that was never initialised, `shutdown` above closes nothing

    def _decode(self, update: dict[str, Any]) -> Update:
        try:
            return Update.de_json(update, self._ptb)
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # its ways to say that a field is misshapen
            raise Undecodable(f"python-telegram-bot cannot read it: {type(error).__name__} {error}") from None

    async def _introduce(self) -> str:
        with self._translated():
            await self._ptb.initialize()
            return self._ptb.username

    async def _set_menu(self, menu: Menu) -> None:
        scope: BotCommandScope = BotCommandScopeAllPrivateChats()
        if menu.scope == "all_group_chats":
            scope = BotCommandScopeAllGroupChats()
        if menu.scope == "chat":
            scope = BotCommandScopeChat(chat_number(menu.chat_id))
        commands = [BotCommand(*entry) for entry in menu.commands]
        with self._translated():
            await self._ptb.set_my_commands(commands, scope, language_code=menu.language or None)

    async def _set_webhook(self, url: str, secret: str) -> None:
        with self._translated():
            await self._ptb.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)

    async def _delete_webhook(self) -> None:
        with self._translated():
            await self._ptb.delete_webhook()

    async def _answer_tap(self, query_id: str) -> None:
        with self._translated():
            await self._ptb.answer_callback_query(query_id)

    async def _send(self, chat: int | str, parcel: Parcel) -> str:
        with self._translated():
            return await self._post(chat, parcel)

    async def _post(self, chat: int | str, parcel: Parcel) -> str:
        bot = self._ptb
        match parcel:
            case Words(text, buttons, ask_location):
                markup = location_keyboard(ask_location) if ask_location else keyboard(buttons)
                preview = LinkPreviewOptions(is_disabled=True)
                sent = await bot.send_message(chat, text, reply_markup=markup, link_preview_options=preview)
                return str(sent.message_id)
            case Picture(photo, caption, buttons) if is_picture(photo):
                known = self._known(photo) or file(photo)
                sent = await bot.send_photo(chat, known, caption=caption or None, reply_markup=keyboard(buttons))
                self._remember(photo, sent)
                return str(sent.message_id)
            case Picture(photo, caption, buttons) if is_film(photo):
                sent = await bot.send_video(
                    chat, self._known(photo) or file(photo), caption=caption or None, reply_markup=keyboard(buttons),
                    supports_streaming=True,
                )  # fmt: skip
                self._remember(photo, sent)
                return str(sent.message_id)
            case Picture(photo, caption, buttons):
                known = self._known(photo) or file(photo)
                sent = await bot.send_document(chat, known, caption=caption or None, reply_markup=keyboard(buttons))
                self._remember(photo, sent)
                return str(sent.message_id)
            case Album(photos, caption):
                media = [InputMediaPhoto(self._known(photo) or photo.content, filename=photo.name) for photo in photos]
                album = await bot.send_media_group(chat, media, caption=caption or None)
                for photo, one in zip(photos, album, strict=False):
                    self._remember(photo, one)
                return str(album[0].message_id)

    async def _edit(self, chat: int | str, message: str, words: Words) -> None:
        with self._translated():
            await self._ptb.edit_message_text(
                words.text, chat_id=chat, message_id=int(message), reply_markup=keyboard(words.buttons)
            )

    async def _locate(self, file_id: str) -> tuple[str, int]:
        with self._translated():
            found = await self._ptb.get_file(file_id)
        if not found.file_path:
            raise BotApiError(400, "Telegram gives no path for the file")
        return found.file_path, found.file_size or 0

    async def _download(self, path: str) -> bytes:
        located = File("", "", file_path=path)
        located.set_bot(self._ptb)
        with self._translated():
            try:
                return bytes(await located.download_as_bytearray())
            except InvalidToken:  # its name for 404; the token was good a moment ago, in `_locate`
                raise BotApiError(410, "the file is no longer there") from None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn whatever the library raises into BotApiError, without the token and the chain that contains it."""
        try:
            yield
        except RetryAfter as error:
            raise BotApiError(429, "flood control", retry_after=seconds(error.retry_after)) from None
        except ChatMigrated as error:
            raise BotApiError(400, "the group became a supergroup", new_chat=error.new_chat_id) from None
        except TelegramError as error:
            raise BotApiError(status(error), hide(self._token, error.message)) from None


def status(error: TelegramError) -> int | None:
    """The HTTP status behind an error of the library; None when no answer came or it cannot be told."""
    match error:
        case BadRequest():
            return 400
        case InvalidToken():  # 401 and 404 alike
            return 401
        case Forbidden():
            return 403
        case Conflict():
            return 409
        case NetworkError() if "entity too large" in error.message.lower():
            return 413
        case _:
            return None


def seconds(wait: float | timedelta) -> float:
    """The library gives a number or a timedelta, as the environment has it."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def keyboard(buttons: tuple[tuple[tuple[str, str], ...], ...]) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    keys = [[_key(label, does) for label, does in row] for row in buttons]
    return InlineKeyboardMarkup(keys) if keys else None


def _key(label: str, does: str) -> InlineKeyboardButton:
    if does.startswith(PAGE):
        return InlineKeyboardButton(label, url=does)
    return InlineKeyboardButton(label, callback_data=does)


def location_keyboard(label: str) -> ReplyKeyboardMarkup:
    """A keyboard with the one key that sends where the person is; it goes away once used."""
    return ReplyKeyboardMarkup(
        [[KeyboardButton(label, request_location=True)]], resize_keyboard=True, one_time_keyboard=True
    )


def file(photo: Photo) -> InputFile:
    """Our own copy, to upload."""
    return InputFile(photo.content, filename=photo.name)
