"""Speaking to Meta's Graph API, by which WhatsApp is used: one question, one answer or a `CloudApiError`."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from bot.channels.base import FetchFailed
from bot.channels.secrecy import hide, quiet_http_logs
from bot.channels.whatsapp_errors import CloudApiError

GRAPH_VERSION = "v26.0"
TIMEOUT = 30.0  # seconds for one request
PAGE = 100  # entries of a list asked for at once
MOST_PAGES = 50


class Graph:
    """A connection with one access token, which never shows in what goes wrong."""

    def __init__(self, access_token: str, api_url: str) -> None:
        quiet_http_logs()
        self.root = api_url.rstrip("/")
        self._token = access_token
        self._client = httpx.AsyncClient(
            base_url=f"{self.root}/{GRAPH_VERSION}/",
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=httpx.Timeout(TIMEOUT, connect=10.0),
        )

    async def close(self) -> None:
        await self._client.aclose()

    async def ask(self, method: str, path: str, **request: Any) -> Mapping[str, Any]:
        """The answer as an object. Raises CloudApiError."""
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

    async def every(self, path: str, **params: Any) -> AsyncIterator[Mapping[str, Any]]:
        """Every entry of a list, page by page. Raises CloudApiError."""
        after: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            answer = await self.ask("GET", path, params={"limit": PAGE, **params, **after})
            entries = answer.get("data")
            for entry in entries if isinstance(entries, list) else []:
                if isinstance(entry, Mapping):
                    yield entry
            paging = answer.get("paging")
            cursors = paging.get("cursors") if isinstance(paging, Mapping) and paging.get("next") else None
            if not isinstance(cursors, Mapping) or not cursors.get("after"):
                return
            after = {"after": str(cursors["after"])}

    async def download(self, url: str, largest: int) -> bytes:
        """The bytes behind an address that WhatsApp gave; it lives five minutes and wants our token.

        Raises CloudApiError, and FetchFailed for more than `largest` bytes.
        """
        content = bytearray()
        try:
            async with self._client.stream("GET", url) as response:
                if response.is_error:
                    raise CloudApiError(response.status_code, None, f"the download fails ({response.status_code})")
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > largest:
                        raise FetchFailed(f"the file is larger than {largest} bytes", final=True)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CloudApiError(None, None, f"WhatsApp cannot be reached ({type(error).__name__})") from None
        return bytes(content)

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
