"""What both Telegram bots send, and what an error answer means. Pure: no SDK, no network."""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.channels.base import (
    Capabilities,
    ChatMoved,
    Delivered,
    Delivery,
    FetchFailed,
    Photo,
    Refused,
    Rendered,
    TryLater,
    Unreachable,
)
from bot.channels.payloads import payload
from bot.channels.rendering import measure

CAPABILITIES: Final = Capabilities(
    text=4096,  # UTF-16 units; Bot API, sendMessage
    caption=1024,  # UTF-16 units; Bot API, sendPhoto
    buttons=30,  # Telegram takes 100; nobody reads more
    button_label=40,  # Telegram sets no limit; a phone cuts longer ones
    location_button=True,
    utf16=True,
    link_buttons=True,
)
ALBUM: Final = 10  # most photos in one media group; Bot API, sendMediaGroup
LARGEST_FILE: Final = 20_000_000  # bytes that a bot may download; Bot API, getFile
PAGE: Final = "https://"
"""With this begins what a button does when it opens a page."""
UNCHANGED: Final = re.compile(r"message is not modified", re.IGNORECASE)
STALE_FILE: Final = re.compile(r"wrong (remote )?file (identifier|id)|file reference", re.IGNORECASE)
UNEDITABLE: Final = re.compile(r"message to edit not found|message can't be edited|MESSAGE_ID_INVALID", re.IGNORECASE)
NETWORK_PAUSE: Final = 2.0  # seconds; the outbox lengthens it at each failure
TOKEN_PAUSE: Final = 60.0  # seconds until a rejected token is tried again
REJECTS_TOKEN: Final = frozenset({401, 404})  # 404 is what a token gets that does not even look like one


class BotApiError(Exception):
    """An error answer, in words that either library's errors are translated to."""

    def __init__(
        self, status: int | None, description: str, *, retry_after: float | None = None, new_chat: int | None = None
    ) -> None:
        super().__init__(description)
        self.status = status  # None: no answer came
        self.description = description
        self.retry_after = retry_after  # seconds
        self.new_chat = new_chat  # a group's id since it became a supergroup


@dataclass(frozen=True, slots=True)
class Words:
    """A text message. Buttons, or a button that sends the location, may stand under it."""

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows of (label, callback data or the page to open)
    ask_location: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, or a file of another kind, with a caption."""

    photo: Photo
    caption: str = ""
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Album:
    """Two to ten photos; nothing can stand under it."""

    photos: tuple[Photo, ...]
    caption: str = ""


Parcel: TypeAlias = Words | Picture | Album


def parcels(message: Rendered) -> tuple[Parcel, ...]:
    """The messages that a reply takes: one where possible, else the photos and then the text with its buttons."""
    return (*(Words(text) for text in message.before), *_last_parcels(message))


def _last_parcels(message: Rendered) -> tuple[Parcel, ...]:
    buttons = tuple(
        tuple((one.label, one.link or payload(message.turn, one)) for one in row) for row in message.buttons
    )
    words = Words(message.text, buttons, message.ask_location)
    photos = message.photos
    if not photos:
        return (words,) if message.text else ()
    short = measure(message.text, utf16=True) <= CAPABILITIES.caption
    captioned = bool(message.text) and short and not message.ask_location
    if len(photos) == 1 and (captioned or not message.text):
        return (Picture(photos[0], message.text, buttons),)
    if captioned and not buttons and len(photos) <= ALBUM and all(map(is_picture, photos)):
        return (Album(photos, message.text),)
    return (*_wordless(photos), words) if message.text else _wordless(photos)


def is_picture(photo: Photo) -> bool:
    """Whether Telegram shows it as a photo; anything else travels as a document."""
    return photo.media_type in {"image/jpeg", "image/png", "image/webp"}


def is_film(photo: Photo) -> bool:
    """Whether Telegram plays it in the chat."""
    return photo.media_type == "video/mp4"


def _wordless(photos: Sequence[Photo]) -> tuple[Parcel, ...]:
    pictures = [photo for photo in photos if is_picture(photo)]
    batches = [tuple(pictures[start : start + ALBUM]) for start in range(0, len(pictures), ALBUM)]
    sent: list[Parcel] = [Album(batch) if len(batch) > 1 else Picture(batch[0]) for batch in batches]
    return (*sent, *(Picture(photo) for photo in photos if not is_picture(photo)))


def failure(error: BotApiError, token_variable: str) -> Delivery | ChatMoved:
    """What an error at sending means for the message."""
    status, description = error.status, error.description
    if error.retry_after is not None or status == 429:
        return TryLater(max(error.retry_after or 1.0, 1.0), "Telegram asks us to slow down", counts=False)
    if error.new_chat is not None:
        return ChatMoved(str(error.new_chat))
    if status == 400 and "message is not modified" in description.lower():  # it reads so already
        return Delivered()
    if status in REJECTS_TOKEN:
        return TryLater(TOKEN_PAUSE, token_rejected(token_variable), counts=False)
    if status == 403 or (status == 400 and _GONE.search(description)):
        return Unreachable(description)
    if status is None or status >= 500:
        return TryLater(NETWORK_PAUSE, description)
    return Refused(description)


def fetch_failure(error: BotApiError) -> FetchFailed:
    """What an error at fetching a file means."""
    passing = error.status is None or error.status >= 500 or error.status in {401, 404, 429}
    return FetchFailed(error.description, final=not passing and "temporarily" not in error.description)


_GONE = re.compile(
    r"chat not found|user is deactivated|user not found|PEER_ID_INVALID|bot was (blocked|kicked)", re.IGNORECASE
)


def chat_number(chat_id: str) -> int | str:
    """A chat id as the Bot API wants it."""
    return int(chat_id) if re.fullmatch(r"-?\d{1,19}", chat_id) else chat_id


def webhook_url(public_url: str, bot: str) -> str:
    """Where Telegram brings the updates of one of our bots."""
    return f"{public_url.rstrip('/')}/webhooks/telegram/{bot}"


def file_name(path: str) -> tuple[str, str]:
    """Name and media type of a file, from its path at Telegram; "" for a type that the path does not tell."""
    name = path.rsplit("/", 1)[-1]
    return name, mimetypes.guess_type(name)[0] or ("audio/ogg" if name.endswith(".oga") else "")


def token_rejected(token_variable: str) -> str:
    """What to tell an operator whose token Telegram does not know."""
    return f"{token_variable} is not accepted by Telegram; copy the token again from @BotFather"


def webhook_rejected(url: str, description: str) -> str:
    """What to tell an operator whose address Telegram does not take."""
    return f"Telegram does not take {url} as a webhook ({description}); check KENTONGAN_PUBLIC_URL"


def out_of_reach(api_url: str, reason: str) -> str:
    """What to tell an operator when nothing is wrong with the settings, as far as we know."""
    return f"Telegram cannot be reached at {api_url} ({reason}); it will be tried again"
