"""The chat on our own page. Its routes make the events; what we say is read out of the outbox, so that sending is instant."""

import asyncio
import hashlib
import os
from pathlib import Path
from uuid import uuid4

from bot.channels.base import (
    Capabilities,
    Delivered,
    Delivery,
    Envelope,
    FetchedFile,
    FetchFailed,
    Raw,
    Rendered,
    Sender,
    Undecodable,
)
from bot.dialogue.events import ChoicePicked, Event, LocationShared, MediaShared, captioned, said

TEXT = 4000  # characters, each way: more than any other channel takes
BUTTONS = 20  # more would not be seen together on a phone
LABEL = 80  # characters; a longer one would be a paragraph
UPLOADS = "uploads"  # folder below the media folder
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
MEDIA_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}


class Webchat:
    """One talk for each browser and bot ("citizen"; in the demonstration also "administrator" and "narahubung")."""

    channel = "webchat"
    capabilities = Capabilities(
        text=TEXT, caption=TEXT, buttons=BUTTONS, button_label=LABEL, location_button=True, photos=True
    )

    def __init__(self, bot: str, media_folder: Path) -> None:
        self.bot = bot
        self.source = f"webchat:{bot}"
        self._media_folder = media_folder

    async def open(self) -> None:
        """Nothing to get ready: the page is ours."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def envelope(self, raw: Raw) -> Envelope:
        """The browser's token is the person and the chat; the message's own id makes a second sending harmless."""
        match raw:
            case {"token": str(token), "id": str(message_id), "at": int(at)} if token and message_id:
                return Envelope(unique_key(token, message_id), at, Sender(external_id=token, chat_id=token))
        raise Undecodable("an event of the web chat without token, id or time")

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        """One event for each message. Raises Undecodable."""
        match raw:
            case {"text": str(text)}:
                return (said(text),)
            case {"choice": {"value": str(value), "turn": int(turn)}}:
                return (ChoicePicked(value, turn),)
            case {"location": {"lat": int() | float() as lat, "lon": int() | float() as lon}}:
                return (LocationShared(float(lat), float(lon)),)
            case {"photo": {"path": str(path), "caption": str(caption)}}:
                return (captioned(MediaShared("photo", path, caption)),)
        raise Undecodable("an event of the web chat without text, choice, location or photo")

    async def acknowledge(self, raw: Raw) -> None:
        """The page marks a message as stored by itself."""

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery:
        """It is there for the page to read as soon as its row says so."""
        return Delivered()

    async def fetch(self, ref: str) -> FetchedFile:
        """The upload that was kept as `ref`. Raises FetchFailed."""
        folder = (self._media_folder / UPLOADS).resolve()
        path = (self._media_folder / ref).resolve()
        if not path.is_relative_to(folder):
            raise FetchFailed("the name of an upload leads out of its folder", final=True)
        try:
            content = await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            raise FetchFailed("the upload is not there any more", final=True) from None
        except OSError as fault:
            raise FetchFailed(f"the upload cannot be read: {fault.strerror}", final=False) from fault
        return FetchedFile(content, MEDIA_TYPES.get(path.suffix, ""), path.name)


def unique_key(token: str, message_id: str) -> str:
    """What a message of that browser is stored under, without giving the token away."""
    return hashlib.sha256(f"{token}:{message_id}".encode()).hexdigest()


def keep_upload(media_folder: Path, name: str, content: bytes, media_type: str) -> str:
    """Write an upload, safe on disk when this returns, and give its path below the media folder.

    What is kept under that name already stays as it is: a photo sent twice is one, and none can be exchanged afterwards.
    Raises KeyError for a media type that is no picture we take, OSError when it cannot be written.
    """
    kept = Path(UPLOADS) / name[:2] / f"{name}{SUFFIXES[media_type]}"
    target = media_folder / kept
    if target.exists():
        return str(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{uuid4().hex}.half")
    try:
        with half.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return str(kept)


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file as safe as its content."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
