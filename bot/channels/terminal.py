"""The talk in a terminal: what is said is printed, choices are a numbered list."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.channels.base import (
    Capabilities,
    Delivered,
    Delivery,
    Envelope,
    FetchedFile,
    FetchFailed,
    Photo,
    Raw,
    Rendered,
    Sender,
    Undecodable,
)
from bot.dialogue.events import Event, Forwarded, LocationShared, MediaShared, Origin, TextSent, captioned, said

PHOTO, PIN, FORWARD = ":foto ", ":lokasi ", ":terus "
"""What a person types to send a picture (a path), a point (lat, lon), or any of these or words as somebody else's message."""
HINT = f"{PHOTO}<berkas>   {PIN}<lat>,<lon>   {FORWARD}<pesan orang lain>   Ctrl-D: selesai"


class Terminal:
    """One person at one keyboard, playing the part ``bot``."""

    channel = "terminal"
    capabilities = Capabilities(text=100_000, caption=100_000, buttons=0, button_label=0, photos=True)

    def __init__(self, bot: str, show: Callable[[str], None]) -> None:
        self.bot = bot
        self.source = f"terminal:{bot}"
        self._show = show

    async def open(self) -> None:
        """Nothing to get ready."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def envelope(self, raw: Raw) -> Envelope:
        """Each line has a number of its own. Raises Undecodable."""
        match raw:
            case {"line": str(), "key": str(key), "at": int(at), "person": str(person)}:
                return Envelope(key, at, Sender(external_id=person, chat_id=person))
        raise Undecodable("not a line of the terminal")

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        """A line is words, a command, a picture or a point. Raises Undecodable."""
        line = str(raw["line"])
        if line.startswith(FORWARD):
            passed_on = line.removeprefix(FORWARD).strip()
            return (Forwarded(_file_or_point(passed_on) or TextSent(passed_on), Origin("forwarded")),)
        sent = _file_or_point(line)
        return (captioned(sent) if isinstance(sent, MediaShared) else sent or said(line),)

    async def acknowledge(self, raw: Raw) -> None:
        """The line stands on the screen already."""

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery:
        """Print it."""
        for text in message.before:
            self._show(text)
        self._show("\n".join([message.text, *(_file(photo) for photo in message.photos)]))
        return Delivered()

    async def fetch(self, ref: str) -> FetchedFile:
        """Read a picture from this machine. Raises FetchFailed."""
        try:
            content = await asyncio.to_thread(_read, ref)
        except OSError as error:
            raise FetchFailed(f"{ref}: {error.strerror}", final=True) from error
        return FetchedFile(content, name=Path(ref).name)


def _file(photo: Photo) -> str:
    """A file as far as a terminal can show it: a text itself, of anything else the name."""
    return photo.content.decode("utf-8", "replace") if photo.name.endswith(".txt") else f"[{photo.name}]"


def _file_or_point(line: str) -> MediaShared | LocationShared | None:
    if line.startswith(PHOTO):
        path, _, caption = line.removeprefix(PHOTO).strip().partition(" ")
        return MediaShared("photo", path, caption)
    return _pin(line.removeprefix(PIN)) if line.startswith(PIN) else None


def _read(path: str) -> bytes:
    return Path(path).expanduser().read_bytes()


def _pin(text: str) -> LocationShared:
    lat, _, lon = text.partition(",")
    try:
        point = LocationShared(float(lat), float(lon))
    except ValueError:
        raise Undecodable(f"{text!r} is no point: write {PIN}-6.89,107.61") from None
    if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
        raise Undecodable(f"{text!r} is no point on the earth")
    return point
