"""Citizens on WhatsApp, through Meta's Cloud API.

Within 24 hours after somebody wrote, anything may be said; later only templates, which are not sent from here.
"""

from collections.abc import Mapping
from typing import Any

import httpx
import structlog

from bot.channels.base import (
    Capabilities,
    ChannelUnavailable,
    Delivered,
    Delivery,
    Envelope,
    FetchedFile,
    FetchFailed,
    Photo,
    Raw,
    Refused,
    Rendered,
)
from bot.channels.secrecy import hide, quiet_http_logs
from bot.channels.whatsapp_errors import NO_SUCH_OBJECT, CloudApiError, failure, needs_operator
from bot.channels.whatsapp_events import envelope, parse
from bot.channels.whatsapp_parcels import CAPABILITIES, Upload, parcels, recipient
from bot.dialogue.events import Event

GRAPH_VERSION = "v26.0"
TIMEOUT = 30.0  # seconds for one request
LARGEST_FILE = 20_000_000  # bytes, as on Telegram; WhatsApp itself lets documents be 100 MB

log = structlog.get_logger()


class WhatsAppCitizen:
    """The `Channel` of citizens on WhatsApp."""

    def __init__(self, access_token: str, phone_number_id: str, api_url: str) -> None:
        quiet_http_logs()
        self._token = access_token
        self._phone_number_id = phone_number_id
        self._api_url = api_url.rstrip("/")
        self._client = httpx.AsyncClient(
            base_url=f"{self._api_url}/{GRAPH_VERSION}/",
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=httpx.Timeout(TIMEOUT, connect=10.0),
        )
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
            about = await self._ask("GET", self._phone_number_id, params={"fields": "display_phone_number"})
        except CloudApiError as error:
            raise self._unavailable(error) from None
        self.number = str(about.get("display_phone_number", ""))

    async def close(self) -> None:
        await self._client.aclose()

    def envelope(self, raw: Raw) -> Envelope:
        return envelope(raw, self._phone_number_id)

    def parse(self, raw: Raw) -> tuple[Event, ...]:
        return parse(raw)

    async def acknowledge(self, raw: Raw) -> None:
        """Mark a message as read."""
        message = raw.get("message")
        if not isinstance(message, Mapping) or not message.get("id"):
            return
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
        try:
            await self._ask("POST", f"{self._phone_number_id}/messages", json=body)
        except CloudApiError as error:
            log.info("a message could not be marked as read", source=self.source, reason=error.description)

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery:
        """Send all that the message takes. When a later part fails, trying again sends the earlier ones again too."""
        delivery: Delivery = Refused("there is nothing in it to send")
        for parcel in parcels(message):
            try:
                body = parcel.with_media(await self._upload(parcel.photo)) if isinstance(parcel, Upload) else parcel
                sent = await self._ask("POST", f"{self._phone_number_id}/messages", json={**recipient(chat_id), **body})
            except CloudApiError as error:
                return failure(error)
            delivery = Delivered(_message_id(sent))
        return delivery

    async def fetch(self, ref: str) -> FetchedFile:
        try:
            about = await self._ask("GET", ref)
            size, url = about.get("file_size"), about.get("url")
            if not isinstance(url, str):
                raise FetchFailed("WhatsApp gives no address for the file", final=True)
            if isinstance(size, int) and size > LARGEST_FILE:
                raise FetchFailed(f"the file has {size} bytes; {LARGEST_FILE} are taken", final=True)
            content = await self._download(url)
        except CloudApiError as error:
            gone = error.code == NO_SUCH_OBJECT or error.status in {404, 410}
            raise FetchFailed(error.description, final=gone) from None
        return FetchedFile(content, str(about.get("mime_type", "")).split(";")[0])

    async def _upload(self, photo: Photo) -> str:
        parts = {"file": (photo.name, photo.content, photo.media_type)}
        fields = {"messaging_product": "whatsapp", "type": photo.media_type}
        answer = await self._ask("POST", f"{self._phone_number_id}/media", data=fields, files=parts)
        return str(answer.get("id", ""))

    async def _download(self, url: str) -> bytes:
        """The bytes behind an address that WhatsApp gave; it lives five minutes and wants our token."""
        content = bytearray()
        try:
            async with self._client.stream("GET", url) as response:
                if response.is_error:
                    raise CloudApiError(response.status_code, None, f"the download fails ({response.status_code})")
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > LARGEST_FILE:
                        raise FetchFailed(f"the file is larger than {LARGEST_FILE} bytes", final=True)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CloudApiError(None, None, f"WhatsApp cannot be reached ({type(error).__name__})") from None
        return bytes(content)

    async def _ask(self, method: str, path: str, **request: Any) -> Mapping[str, Any]:
        try:
            response = await self._client.request(method, path, **request)
        except httpx.HTTPError as error:
            raise CloudApiError(None, None, f"WhatsApp cannot be reached ({type(error).__name__})") from None
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, Mapping) or response.is_error:
            raise self._error(response.status_code, answer)
        return answer

    def _error(self, status: int, answer: object) -> CloudApiError:
        told = answer.get("error") if isinstance(answer, Mapping) else None
        if not isinstance(told, Mapping):
            return CloudApiError(
                status if status >= 400 else None, None, f"the answer is not the Cloud API's ({status})"
            )
        more = told.get("error_data")
        details = more.get("details") if isinstance(more, Mapping) else None
        code = told.get("code")
        words = hide(self._token, str(details or told.get("message") or "no reason given"))
        return CloudApiError(status, code if isinstance(code, int) else None, words)

    def _unavailable(self, error: CloudApiError) -> ChannelUnavailable:
        if rule := needs_operator(error):
            return ChannelUnavailable(f"{rule.sentences['en']}; see Meta's business settings")
        if error.code == NO_SUCH_OBJECT or error.status == 404:
            return ChannelUnavailable("KENTONGAN_WHATSAPP_PHONE_NUMBER_ID is not a number that the token may use")
        sentence = f"WhatsApp cannot be reached at {self._api_url} ({error.description}); it will be tried again"
        return ChannelUnavailable(sentence, passing=True)


def _message_id(answer: Mapping[str, Any]) -> str:
    messages = answer.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    return str(first.get("id", "")) if isinstance(first, Mapping) else ""
