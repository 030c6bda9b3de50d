"""A Bot API server in memory: several bots by token, real acknowledgement, every request checked against the contract.

What a bot does wrong is answered with a 400 as Telegram would, and kept in `violations`. `BotApi.app` is an ASGI
application; `serving` runs it on loopback, `people` are those who write to the bots.
"""

import asyncio
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.emulators.contract import Contract

TICK = 0.01  # seconds between two looks at a queue
BOT_DOWNLOAD = 20_000_000  # bytes; getFile
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}  # allowed_updates

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A request that a bot made, with what it uploaded by part name."""

    token: str
    method: str
    parameters: Mapping[str, Any]
    files: Mapping[str, bytes]


@dataclass(slots=True)
class Message:
    """A message that a bot sent, as the person sees it now."""

    raw: Json
    photo: bytes = b""
    edited: bool = False

    @property
    def text(self) -> str:
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by label."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


@dataclass(slots=True)
class Fault:
    """How one coming call fails: with an error answer, or with a broken connection (status 0)."""

    token: str
    method: str  # "" for any
    status: int
    description: str = ""
    parameters: Json = field(default_factory=dict)
    handled: bool = False  # whether the call takes effect all the same


@dataclass(slots=True)
class Bot:
    """One bot as the server knows it."""

    token: str
    username: str
    queue: list[Json] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    poller: int = 0  # the latest getUpdates; an older one is told to go away
    commands: dict[str, list[Json]] = field(default_factory=dict)  # by language code, "" for the default
    chats: dict[int, list[Message]] = field(default_factory=dict)
    blocked: dict[int, str] = field(default_factory=dict)  # chat -> why the bot may not write
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file_id -> path, content
    taps: dict[str, bool] = field(default_factory=dict)  # callback query -> answered

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.username, "username": self.username}

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT


class ApiError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.answer: Json = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


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
        return len({update["update_id"] for update in self.bots[token].queue})

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
        answer = getattr(self, _snake(method), None)
        if method not in self.contract.methods or answer is None:
            self.violations.append(f"{method} is not a method that this server knows")
            raise ApiError(404, "Not Found: method not found")
        if wrong := self.contract.violations(method, parameters, tuple(files)):
            self.violations += wrong
            raise ApiError(400, f"Bad Request: {wrong[0]}")
        if method == "getUpdates":
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

    def _set_webhook(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        url = parameters["url"]
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        bot.webhook = {"url": url, "secret_token": parameters.get("secret_token", "")} if url else {}
        bot.allowed = parameters.get("allowed_updates", bot.allowed)
        if parameters.get("drop_pending_updates"):
            bot.queue.clear()
        return True

    def _delete_webhook(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        return self._set_webhook(bot, {**parameters, "url": ""}, files)

    def _get_webhook_info(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        shown = {name: value for name, value in bot.webhook.items() if name != "secret_token"}
        return {"url": "", "has_custom_certificate": False, "pending_update_count": self.waiting(bot.token), **shown}

    # About the bot

    def _get_me(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return {
            **bot.user,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _set_my_commands(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        bot.commands[parameters.get("language_code", "")] = parameters["commands"]
        return True

    # Sending

    def _send_message(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._deliver(bot, parameters, {"text": parameters["text"]})

    def _send_photo(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        content = _upload("photo", parameters, files)
        return self._deliver(bot, parameters, {"photo": [self.photo_size(bot, content)]}, content)

    def _send_document(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        content = _upload("document", parameters, files)
        return self._deliver(bot, parameters, {"document": self.file(bot, content, "documents/file.bin")}, content)

    def _send_media_group(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> list[Json]:
        album = str(self.number())
        sent = []
        for item in parameters["media"]:
            content = files.get(item["media"].removeprefix("attach://"), b"")
            shown = {"media_group_id": album, "photo": [self.photo_size(bot, content)]}
            sent.append(self._deliver(bot, {**item, "chat_id": parameters["chat_id"]}, shown, content))
        return sent

    def _deliver(self, bot: Bot, parameters: Json, content: Json, photo: bytes = b"") -> Json:
        chat = self._chat(bot, parameters)
        raw = {
            "message_id": self.number(),
            "from": bot.user,
            "chat": {"id": chat, "type": "private", "first_name": "Person"},
            "date": int(time.time()),
            **content,
        }
        raw |= {name: parameters[name] for name in ("caption", "reply_markup") if parameters.get(name)}
        bot.chats[chat].append(Message(raw, photo))
        answer = dict(raw)
        if "inline_keyboard" not in answer.get("reply_markup", {}):
            answer.pop("reply_markup", None)  # Telegram tells of inline keyboards only
        return answer

    def _chat(self, bot: Bot, parameters: Json) -> int:
        chat = parameters["chat_id"]
        number = int(chat) if str(chat).lstrip("-").isdigit() else 0
        if number not in bot.chats:
            raise ApiError(400, "Bad Request: chat not found")
        if why := bot.blocked.get(number):
            raise ApiError(403, f"Forbidden: {why}")
        return number

    def _message(self, bot: Bot, parameters: Json) -> Message:
        chat = self._chat(bot, parameters)
        for message in bot.chats[chat]:
            if message.raw["message_id"] == int(parameters.get("message_id", 0)):
                return message
        raise ApiError(400, "Bad Request: message to edit not found")

    def _edit_message_text(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._edit(bot, parameters, {"text": parameters["text"]})

    def _edit_message_reply_markup(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        return self._edit(bot, parameters, {})

    def _edit(self, bot: Bot, parameters: Json, change: Json) -> Json:
        message = self._message(bot, parameters)
        before = json.dumps(message.raw, sort_keys=True)
        after = {**message.raw, **change}
        after.pop("reply_markup", None)
        if parameters.get("reply_markup"):
            after["reply_markup"] = parameters["reply_markup"]
        if json.dumps(after, sort_keys=True) == before:
            raise ApiError(400, "Bad Request: message is not modified")
        message.raw, message.edited = after, True
        return {**after, "edit_date": int(time.time())}

    def _answer_callback_query(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        query = parameters["callback_query_id"]
        if query not in bot.taps:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        bot.taps[query] = True
        return True

    def _send_chat_action(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> bool:
        return bool(self._chat(bot, parameters))

    # Files

    def file(self, bot: Bot, content: bytes, path: str) -> Json:
        """Keep a file for a bot; a file_id belongs to one bot."""
        number = self.number()
        file_id = f"file-{bot.id}-{number}"
        folder, _, name = path.rpartition("/")
        bot.files[file_id] = (f"{folder}/{number}_{name}", content)
        return {"file_id": file_id, "file_unique_id": f"unique-{number}", "file_size": len(content)}

    def photo_size(self, bot: Bot, content: bytes, width: int = 1280) -> Json:
        """One size of a photo."""
        return {**self.file(bot, content, "photos/file.jpg"), "width": width, "height": width * 3 // 4}

    def _get_file(self, bot: Bot, parameters: Json, files: Mapping[str, bytes]) -> Json:
        file_id = parameters["file_id"]
        if file_id not in bot.files:
            raise ApiError(400, "Bad Request: invalid file_id")
        path, content = bot.files[file_id]
        if len(content) > BOT_DOWNLOAD:
            raise ApiError(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": file_id[::-1], "file_size": len(content), "file_path": path}


def _snake(method: str) -> str:
    """The name of our function that answers a method: ``_send_message`` for ``sendMessage``."""
    return "_" + re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", method)


async def _read(request: Request, contract: Contract, method: str) -> tuple[Json, dict[str, bytes]]:
    if method not in contract.methods:
        return {}, {}
    if request.headers.get("content-type", "").startswith("application/json"):
        return {**request.query_params, **await request.json()}, {}
    async with request.form() as form:
        files = {name: await part.read() for name, part in form.multi_items() if isinstance(part, UploadFile)}
        words = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return contract.decoded(method, {**request.query_params, **words}), files


def _upload(name: str, parameters: Json, files: Mapping[str, bytes]) -> bytes:
    named = str(parameters.get(name, name)).removeprefix("attach://")
    if named not in files:
        raise ApiError(400, f"Bad Request: there is no {name} in the request")
    if not files[named]:
        raise ApiError(400, "Bad Request: file must be non-empty")
    return files[named]


def _broken(fault: Fault) -> Response:
    if fault.status == 0:
        return _Torn()
    return JSONResponse(ApiError(fault.status, fault.description, **fault.parameters).answer, fault.status)


class _Torn(Response):
    """An answer that breaks off: fewer bytes than announced, so the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise ConnectionAbortedError("on purpose")
