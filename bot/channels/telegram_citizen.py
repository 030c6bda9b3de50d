"""The citizens' Telegram bot, through aiogram.

Importing this module costs seconds and 130 MB, so it is imported only when there is a token.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import Any, ClassVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    Update,
)
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, ClientResponseError
from pydantic import ValidationError

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
    is_film,
    is_picture,
    token_rejected,
)
from bot.channels.telegram_updates import ALLOWED_UPDATES

TIMEOUT = 30  # seconds for one request

SCOPES = {
    "all_private_chats": BotCommandScopeAllPrivateChats,
    "all_group_chats": BotCommandScopeAllGroupChats,
    "all_chat_administrators": BotCommandScopeAllChatAdministrators,
}
STATUSES: dict[type[AiogramError], int] = {
    TelegramBadRequest: 400,
    TelegramUnauthorizedError: 401,
    TelegramForbiddenError: 403,
    TelegramNotFound: 404,
    TelegramConflictError: 409,
    TelegramEntityTooLarge: 413,
}


class TelegramCitizen(TelegramBot):
    """The `Channel` of citizens. Raises ChannelUnavailable for a token that is none."""

    BOT: ClassVar[str] = "citizen"
    TOKEN_VARIABLE: ClassVar[str] = "KENTONGAN_TELEGRAM_CITIZEN_TOKEN"

    def __init__(self, token: str, api_url: str, *, secret: str, public_url: str | None) -> None:
        super().__init__(token, api_url, secret=secret, public_url=public_url)
        session = _Session(api=TelegramAPIServer.from_base(self._api_url), timeout=TIMEOUT)
        try:
            self._aiogram = Bot(token, session=session)
        except TokenValidationError:
            raise ChannelUnavailable(token_rejected(self.TOKEN_VARIABLE)) from None

    async def close(self) -> None:
        await self._aiogram.session.close()

    def _decode(self, update: dict[str, Any]) -> Update:
        try:
            return Update.model_validate(update, context={"bot": self._aiogram})
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise Undecodable(f"{place}: {first['msg']}") from None

    async def _introduce(self) -> str:
        with self._translated():
            return (await self._aiogram.get_me()).username or ""

    async def _set_menu(self, menu: Menu) -> None:
        commands = [BotCommand(command=command, description=description) for command, description in menu.commands]
        with self._translated():
            await self._aiogram.set_my_commands(commands, SCOPES[menu.scope](), menu.language or None)

    async def _set_webhook(self, url: str, secret: str) -> None:
        with self._translated():
            await self._aiogram.set_webhook(url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES))

    async def _delete_webhook(self) -> None:
        with self._translated():
            await self._aiogram.delete_webhook()

    async def _answer_tap(self, query_id: str) -> None:
        with self._translated():
            await self._aiogram.answer_callback_query(query_id)

    async def _send(self, chat: int | str, parcel: Parcel) -> str:
        try:
            with self._translated():
                return await self._post(chat, parcel)
        except _Unintelligible as answer:
            return answer.message_id

    async def _post(self, chat: int | str, parcel: Parcel) -> str:
        bot = self._aiogram
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
                media = [InputMediaPhoto(media=self._known(photo) or file(photo)) for photo in photos]
                media[0] = InputMediaPhoto(media=media[0].media, caption=caption or None)
                album = await bot.send_media_group(chat, [*media])
                for photo, one in zip(photos, album, strict=False):
                    self._remember(photo, one)
                return str(album[0].message_id)

    async def _edit(self, chat: int | str, message: str, words: Words) -> None:
        with suppress(_Unintelligible), self._translated():
            await self._aiogram.edit_message_text(
                words.text, chat_id=chat, message_id=int(message), reply_markup=keyboard(words.buttons),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )  # fmt: skip

    async def _locate(self, file_id: str) -> tuple[str, int]:
        with self._translated():
            found = await self._aiogram.get_file(file_id)
        if not found.file_path:
            raise BotApiError(400, "Telegram gives no path for the file")
        return found.file_path, found.file_size or 0

    async def _download(self, path: str) -> bytes:
        into = BytesIO()
        with self._translated():
            try:
                await self._aiogram.download_file(path, into, timeout=TIMEOUT)
            except ClientResponseError as error:  # its own words contain the address, and so the token
                status = 410 if error.status == 404 else error.status
                raise BotApiError(status, f"the file could not be downloaded ({error.status})") from None
        return into.getvalue()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn whatever aiogram raises into BotApiError, without the token and without the chain that contains it."""
        try:
            yield
        except TelegramRetryAfter as error:
            raise BotApiError(429, error.message, retry_after=float(error.retry_after)) from None
        except TelegramMigrateToChat as error:
            raise BotApiError(400, error.message, new_chat=error.migrate_to_chat_id) from None
        except ClientDecodeError as error:
            if isinstance(error.data, dict) and error.data.get(
                "ok"
            ):  # taken, only told in a shape that aiogram does not know
                raise _Unintelligible(error.data.get("result")) from None
            raise BotApiError(None, "the answer is not the Bot API's") from None
        except TelegramNetworkError as error:
            raise BotApiError(STATUSES.get(type(error)), hide(self._token, error.message)) from None
        except AiogramError as error:
            words = hide(self._token, str(getattr(error, "message", error)))
            raise BotApiError(STATUSES.get(type(error), 500), words) from None
        except (ClientError, TimeoutError, OSError) as error:
            raise BotApiError(None, type(error).__name__) from None


class _Session(AiohttpSession):
    """Closes at once where there is no TLS to say goodbye to; aiogram waits a quarter of a second."""

    async def close(self) -> None:
        if self.api.base.startswith("https:"):
            await super().close()
        elif self._session is not None:
            await self._session.close()


class _Unintelligible(Exception):
    """Telegram took the message but answered in a shape that aiogram does not know."""

    def __init__(self, result: object) -> None:
        first = result[0] if isinstance(result, list) and result else result
        self.message_id = str(first.get("message_id", "")) if isinstance(first, dict) else ""


def keyboard(buttons: tuple[tuple[tuple[str, str], ...], ...]) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    keys = [[_key(label, does) for label, does in row] for row in buttons]
    return InlineKeyboardMarkup(inline_keyboard=keys) if keys else None


def _key(label: str, does: str) -> InlineKeyboardButton:
    if does.startswith(PAGE):
        return InlineKeyboardButton(text=label, url=does)
    return InlineKeyboardButton(text=label, callback_data=does)


def location_keyboard(label: str) -> ReplyKeyboardMarkup:
    """A keyboard with the one key that sends where the person is; it goes away once used."""
    key = KeyboardButton(text=label, request_location=True)
    return ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)


def file(photo: Photo) -> BufferedInputFile:
    """Our own copy, to upload."""
    return BufferedInputFile(photo.content, photo.name)
