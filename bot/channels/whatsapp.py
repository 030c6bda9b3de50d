"""Citizens on WhatsApp, through Meta's Cloud API.

Within 24 hours after somebody wrote, anything may be said; later only templates.
"""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.channels.base import (
    Capabilities,
    ChannelUnavailable,
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
)
from bot.channels.whatsapp_errors import NO_SUCH_OBJECT, CloudApiError, failure, needs_operator
from bot.channels.whatsapp_events import NOTHING, envelope, parse
from bot.channels.whatsapp_graph import Graph
from bot.channels.whatsapp_parcels import CAPABILITIES, Upload, parcels, recipient
from bot.dialogue.events import Event

LARGEST_FILE = 20_000_000  # bytes, as on Telegram; WhatsApp itself lets documents be 100 MB

log = structlog.get_logger()


class WhatsAppCitizen:
    """The `Channel` of citizens on WhatsApp."""

    def __init__(self, access_token: str, phone_number_id: str, api_url: str) -> None:
        self._phone_number_id = phone_number_id
        self._graph = Graph(access_token, api_url)
        self.number = ""  # as people see it; known after `open`

    @property
    def source(self) -> str:
        return "whatsapp:citizen"

    @property
    def channel(self) -> str:
        return "whatsapp"

    @property
    def bot(self) -> str:
        return "citizen"

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    async def open(self) -> None:
        """Learn our own number, which shows that token and number id belong together. May be tried again."""
        try:
            about = await self._graph.ask("GET", self._phone_number_id, params={"fields": "display_phone_number"})
        except CloudApiError as error:
            raise self._unavailable(error) from None
        self.number = str(about.get("display_phone_number", ""))

    async def close(self) -> None:
        await self._graph.close()

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw, self._phone_number_id)

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        return parse(raw)

    async def acknowledge(self, raw: Raw) -> None:
        """Mark a message as read, and show that we write where an answer will follow."""
        message = raw.get("message")
        if not isinstance(message, Mapping) or not message.get("id"):
            return
        body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
        if message.get("type") not in NOTHING:
            body["typing_indicator"] = {"type": "text"}
        try:
            await self._graph.ask("POST", f"{self._phone_number_id}/messages", json=body)
        except CloudApiError as error:
            log.info("a message could not be marked as read", source=self.source, reason=error.description)

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery | Partly:
        """Send all that the message takes, but for what went out before: every message is billed."""
        ids: list[str] = []
        for parcel in parcels(message)[message.done :]:
            try:
                body = parcel.with_media(await self._upload(parcel.photo)) if isinstance(parcel, Upload) else parcel
                sent = await self._graph.ask(
                    "POST", f"{self._phone_number_id}/messages", json={**recipient(chat_id), **body}
                )
            except CloudApiError as error:
                outcome, done = failure(error), message.done + len(ids)
                return Partly(done, outcome, tuple(ids)) if ids else outcome
            ids.append(_message_id(sent))
        if not ids:
            return Delivered() if message.done else Refused("there is nothing in it to send")
        return Delivered(ids[-1], tuple(ids[:-1]))

    async def fetch(self, ref: str) -> FetchedFile:
        try:
            about = await self._graph.ask("GET", ref)
            size, url = about.get("file_size"), about.get("url")
            if not isinstance(url, str):
                raise FetchFailed("WhatsApp gives no address for the file", final=True)
            if isinstance(size, int) and size > LARGEST_FILE:
                raise FetchFailed(f"the file has {size} bytes; {LARGEST_FILE} are taken", final=True)
            content = await self._graph.download(url, LARGEST_FILE)
        except CloudApiError as error:
            gone = error.code == NO_SUCH_OBJECT or error.status in {404, 410}
            raise FetchFailed(error.description, final=gone) from None
        return FetchedFile(content, str(about.get("mime_type", "")).split(";")[0])

    async def _upload(self, photo: Photo) -> str:
        parts = {"file": (photo.name, photo.content, photo.media_type)}
        fields = {"messaging_product": "whatsapp", "type": photo.media_type}
        answer = await self._graph.ask("POST", f"{self._phone_number_id}/media", data=fields, files=parts)
        return str(answer.get("id", ""))

    def _unavailable(self, error: CloudApiError) -> ChannelUnavailable:
        if rule := needs_operator(error):
            return ChannelUnavailable(f"{rule.sentences['en']}; see Meta's business settings")
        if error.code == NO_SUCH_OBJECT or error.status == 404:
            return ChannelUnavailable("KENTONGAN_WHATSAPP_PHONE_NUMBER_ID is not a number that the token may use")
        sentence = f"WhatsApp cannot be reached at {self._graph.root} ({error.description}); it will be tried again"
        return ChannelUnavailable(sentence, passing=True)


def _message_id(answer: Mapping[str, Any]) -> str:
    messages = answer.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    return str(first.get("id", "")) if isinstance(first, Mapping) else ""
