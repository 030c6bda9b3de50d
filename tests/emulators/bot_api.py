"""A Bot API server in memory: several bots by token, real acknowledgement, every request checked against the contract.

What a bot does wrong is answered with a 400 as Telegram would, and kept in `violations`. `BotApi.app` is an ASGI
application; `serving` runs it on loopback, `people` are those who write to the bots.
"""

import asyncio
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.emulators.bot_methods import Methods
from tests.emulators.contract import Contract
from tests.emulators.telegram_state import ApiError, Bot, Call, Fault, Json

TICK = 0.01  # seconds between two looks at a queue


class BotApi:
    """The server's state and its methods. Safe to use from several threads."""

    def __init__(self, bots: Mapping[str, str], contract: Contract | None = None) -> None:
        self._names = dict(bots)
        self.contract = contract or Contract.read()
        self.lock = threading.RLock()
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._serve_file),
            ]
        )

    def reset(self) -> None:
        """Forget everything that happened."""
        self.bots = {token: Bot(token, username) for token, username in self._names.items()}
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self.faults: list[Fault] = []
        self.duplicate = False  # bring every update twice
        self.burst = False  # post to webhooks all at once instead of one after the other
        self._numbers = count(1000)
        self.methods = Methods(self.number)
        self._held = False

    # What a test arranges

    def fail_next(
        self,
        token: str,
        status: int,
        description: str = "",
        *,
        method: str = "sendMessage",
        times: int = 1,
        **parameters: Any,
    ) -> None:
        """Let the next calls of a method fail: ``fail_next(token, 429, retry_after=2)``."""
        words = description or {429: "Too Many Requests", 403: "Forbidden: bot was blocked by the user"}.get(
            status, "Trouble"
        )
        self.faults += [Fault(token, method, status, words, parameters) for _ in range(times)]

    def drop_next(self, token: str, *, method: str = "sendMessage", times: int = 1, after: bool = False) -> None:
        """Break the connection of the next calls, before they take effect or ``after``."""
        self.faults += [Fault(token, method, 0, handled=after) for _ in range(times)]

    def answer_next(self, token: str, status: int, body: str, *, method: str = "sendMessage") -> None:
        """Let the next call take effect and be answered by something odd."""
        self.faults.append(Fault(token, method, status, body=body, handled=True))

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Keep new updates back and bring them all together at the end."""
        self._held = True
        try:
            yield
        finally:
            self._held = False

    def check(self) -> None:
        """Raise AssertionError when a bot broke the contract."""
        assert not self.violations, "\n".join(self.violations)

    def called(self, method: str, token: str = "") -> list[Call]:
        """The calls of a method, of one bot or of all."""
        return [call for call in self.calls if call.method == method and token in {"", call.token}]

    def number(self) -> int:
        """A fresh number for an update or a message."""
        with self.lock:
            return next(self._numbers)

    def bring(self, token: str, kind: str, content: Json) -> int:
        """Queue an update for a bot and return its number."""
        with self.lock:
            bot, number = self.bots[token], self.number()
            if bot.wants(kind):
                update = {"update_id": number, kind: content}
                bot.queue += [update, update] if self.duplicate else [update]
        return number

    def waiting(self, token: str) -> int:
        """How many updates the bot has not yet acknowledged."""
        return self.bots[token].waiting

    # HTTP

    async def _serve(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        try:
            bot = self._bot(token)
            parameters, files = await _read(request, self.contract, method)
            with self.lock:
                self.calls.append(Call(token, method, parameters, files))
                fault = self._fault(token, method)
            if fault and not fault.handled:
                return _broken(fault)
            result = await self._handle(bot, method, parameters, files)
            return _broken(fault) if fault else JSONResponse({"ok": True, "result": result})
        except ApiError as error:
            return JSONResponse(error.answer, error.answer["error_code"])

    async def _serve_file(self, request: Request) -> Response:
        bot, path = self._bot(request.path_params["token"]), request.path_params["path"]
        fault = self._fault(bot.token, "file")
        if fault:
            return _broken(fault)
        for known, content in bot.files.values():
            if known == path:
                return Response(content)
        return JSONResponse({"ok": False, "error_code": 404, "description": "Not Found"}, 404)

    def _bot(self, token: str) -> Bot:
        if token in self.bots:
            return self.bots[token]
        raise ApiError(401, "Unauthorized") if token.partition(":")[0].isdigit() else ApiError(404, "Not Found")

    def _fault(self, token: str, method: str) -> Fault | None:
        for fault in self.faults:
            if fault.token == token and fault.method in {"", method}:
                self.faults.remove(fault)
                return fault
        return None

    async def _handle(self, bot: Bot, method: str, parameters: Json, files: Mapping[str, bytes]) -> Any:
        answer = getattr(self.methods, _snake(method), None)
        if method not in self.contract.methods or (answer is None and method != "getUpdates"):
            self.violations.append(f"{method} is not a method that this server knows")
            raise ApiError(404, "Not Found: method not found")
        if wrong := self.contract.violations(method, parameters, tuple(files)):
            self.violations += wrong
            raise ApiError(400, f"Bad Request: {wrong[0]}")
        if answer is None:
            return await self._get_updates(bot, parameters)
        with self.lock:
            return answer(bot, parameters, files)

    # Receiving

    async def _get_updates(self, bot: Bot, parameters: Json) -> list[Json]:
        if bot.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        with self.lock:
            bot.poller += 1
            mine = bot.poller
            if "allowed_updates" in parameters:
                bot.allowed = parameters["allowed_updates"]
            offset = int(parameters.get("offset", 0))
            if offset > 0:
                bot.queue = [update for update in bot.queue if update["update_id"] >= offset]
        deadline = time.monotonic() + float(parameters.get("timeout", 0))
        while True:
            if bot.poller != mine:
                raise ApiError(409, "Conflict: terminated by other getUpdates request")
            if bot.queue and not self._held:
                return bot.queue[: int(parameters.get("limit", 100))]
            if time.monotonic() >= deadline:
                return []
            await asyncio.sleep(TICK)

    async def bring_to_webhooks(self) -> None:
        """Post queued updates to the webhooks as long as the server runs. What is not answered with 2xx comes again."""
        async with httpx.AsyncClient(timeout=10.0) as client:
            while True:
                if not self._held:
                    await asyncio.gather(*(self._post(client, bot) for bot in self.bots.values() if bot.webhook))
                await asyncio.sleep(TICK)

    async def _post(self, client: httpx.AsyncClient, bot: Bot) -> None:
        with self.lock:
            updates, webhook = list(bot.queue), dict(bot.webhook)
        if not self.burst:
            updates = updates[: 2 if self.duplicate else 1]
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook["secret_token"]} if webhook.get("secret_token") else {}

        async def post(update: Json) -> int | None:
            try:
                answer = await client.post(webhook["url"], json=update, headers=headers)
            except httpx.HTTPError as error:
                bot.webhook["last_error_message"] = type(error).__name__
                return None
            if answer.is_success:
                return int(update["update_id"])
            bot.webhook["last_error_message"] = f"Wrong response from the webhook: {answer.status_code}"
            return None

        taken = await asyncio.gather(*map(post, updates))
        with self.lock:
            bot.queue = [update for update in bot.queue if update["update_id"] not in taken]
        if None in taken:
            await asyncio.sleep(20 * TICK)


def _snake(method: str) -> str:
    """The name of our function that answers a method: ``send_message`` for ``sendMessage``."""
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", method)


async def _read(request: Request, contract: Contract, method: str) -> tuple[Json, dict[str, bytes]]:
    if method not in contract.methods:
        return {}, {}
    if request.headers.get("content-type", "").startswith("application/json"):
        return {**request.query_params, **await request.json()}, {}
    async with request.form() as form:
        files = {name: await part.read() for name, part in form.multi_items() if isinstance(part, UploadFile)}
        words = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return contract.decoded(method, {**request.query_params, **words}), files


def _broken(fault: Fault) -> Response:
    if fault.status == 0:
        return _Torn()
    if fault.body:
        return Response(fault.body, fault.status)
    return JSONResponse(ApiError(fault.status, fault.description, **fault.parameters).answer, fault.status)


class _Torn(Response):
    """An answer that breaks off: fewer bytes than announced, so the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError("on purpose")
