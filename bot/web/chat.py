"""The web chat: the page, what it sends, what it reads, and the photos of the talk."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.webchat import TEXT, keep_upload, unique_key
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal, refuse_other_sites
from bot.web.lines import Line, shown
from bot.web.limits import RateLimit, address_of
from bot.web.messages import BODY, Unacceptable, cleaned, message_id_in, message_in, photo_message
from bot.web.photos import Picture, photo_shown, upload_of
from bot.web.pictures import LARGEST, NotAPicture, picture_type
from bot.web.rendering import page
from bot.web.visitor import ROLES, Visitor, conversation_of, role_asked, visitor_of, welcome
from bot.web.words import language_of, words_in
from storage import Tx
from storage.talk import read_cursor, talk, write_cursor

LINES = 100  # in one answer
LONGEST_WAIT = 25.0  # seconds; proxies commonly cut at 30
WAITING_EACH = 4  # tabs of one browser that may wait at a time
WAITING_ALL = 2000
FORM = LARGEST + 64 * 1024  # bytes: the photo, its caption, and what multipart adds


@dataclass(slots=True)
class Patience:
    """What one browser, and one address (many phones share one with their mobile network), may ask for."""

    messages: RateLimit = field(default_factory=lambda: RateLimit(burst=20, per_minute=30))
    messages_from: RateLimit = field(default_factory=lambda: RateLimit(burst=200, per_minute=300))
    photos: RateLimit = field(default_factory=lambda: RateLimit(burst=10, per_minute=6))
    photos_from: RateLimit = field(default_factory=lambda: RateLimit(burst=40, per_minute=60))
    reads: RateLimit = field(default_factory=lambda: RateLimit(burst=120, per_minute=120))
    reads_from: RateLimit = field(default_factory=lambda: RateLimit(burst=1000, per_minute=3000))
    waiting: Counter[str] = field(default_factory=Counter)


def chat_router(door: Door) -> APIRouter:
    """The routes under /chat; only a page that says so where the web chat is off."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    if not door.settings.web_chat:

        @router.get("/chat")
        async def chat_is_off(request: Request) -> Response:
            language = language_of(request)
            return page("refusal.html", language, 404, message=words_in(language)["chat.off"])

        return router

    patience = Patience()

    @router.get("/chat")
    async def chat_page(request: Request) -> Response:
        return show_page(door, request)

    @router.post("/chat/messages")
    async def send_message(request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.messages, patience.messages_from)
        return await take_message(door, request, visitor)

    @router.post("/chat/photos")
    async def send_photo(request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.photos, patience.photos_from)
        return await take_photo(door, request, visitor)

    @router.get("/chat/messages")
    async def read_messages(request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await tell_lines(door, request, visitor, patience.waiting)

    @router.get("/chat/photos/{name}")
    async def photo(name: str, request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await show_picture(door, await door.db.read(photo_shown, visitor, name))

    @router.get("/chat/uploads/{message_id}")
    async def upload(message_id: str, request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await show_picture(door, await door.db.read(upload_of, visitor, message_id))

    return router


# ---------------------------------------------------------------- the page


def show_page(door: Door, request: Request) -> Response:
    """The page, with its cookie."""
    role, language = role_asked(request, demo=door.settings.demo), language_of(request)
    words = words_in(language)
    response = page(
        "chat.html",
        language,
        city=door.city.name,
        timezone=door.city.timezone.key,
        role=role,
        roles=ROLES if door.settings.demo else (),
        greeting=greeting(door, role, language),
        script_words=json.dumps({key.removeprefix("js."): text for key, text in words.items() if key.startswith("js.")}),
        longest=TEXT,
        largest=LARGEST,
    )
    welcome(request, response, door)
    return response


def greeting(door: Door, role: str, language: str) -> str:
    """What stands above an empty talk: the city's own first words for citizens, a hint for those who play staff."""
    if role == "citizen" and (text := door.city.text("phrase.first_time", language)):
        return text
    return words_in(language)[f"chat.greeting.{role}"]


# ---------------------------------------------------------------- sending


async def take_message(door: Door, request: Request, visitor: Visitor) -> Response:
    """Keep a text, a tap or a location; answer when it is safe."""
    refuse_large(request, BODY, "error.too_long")
    try:
        raw = message_in(await request.body(), visitor.token, _milliseconds(door))
    except Unacceptable as fault:
        raise Refusal(422, f"error.{fault.code}") from None
    return await keep(door, visitor, raw)


async def take_photo(door: Door, request: Request, visitor: Visitor) -> Response:
    """Keep a photo and the message about it; answer when both are safe."""
    refuse_large(request, FORM, "error.picture_too_big")
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=BODY) as form:
            message_id, caption, content = await _photo_in(form)
    except HTTPException:
        raise Refusal(422, "error.bad_message") from None
    except Unacceptable as fault:
        raise Refusal(422, f"error.{fault.code}") from None
    if len(content) > LARGEST:
        raise Refusal(413, "error.picture_too_big")
    try:
        media_type = await asyncio.to_thread(picture_type, content)
    except NotAPicture:
        raise Refusal(415, "error.not_a_picture") from None
    name = unique_key(visitor.token, message_id)
    path = await asyncio.to_thread(keep_upload, door.media_folder, name, content, media_type)
    return await keep(door, visitor, photo_message(message_id, path, media_type, caption, visitor.token, _milliseconds(door)))


async def _photo_in(form: FormData) -> tuple[str, str, bytes]:
    """The message's id, the caption and the content. Raises Unacceptable."""
    photo, message_id, caption = form.get("photo"), form.get("id"), form.get("caption", "")
    if not isinstance(photo, UploadFile) or not isinstance(message_id, str) or not isinstance(caption, str):
        raise Unacceptable("bad_message")
    if len(caption) > TEXT:
        raise Unacceptable("too_long")
    return message_id_in(message_id), cleaned(caption), await photo.read()


async def keep(door: Door, visitor: Visitor, raw: Mapping[str, Any]) -> Response:
    """Hand the event in; nothing is said to be stored before it is."""
    new = await door.receive(visitor.source, raw)
    return JSONResponse({"id": raw["id"], "at": raw["at"], "new": new})


# ---------------------------------------------------------------- reading


async def tell_lines(door: Door, request: Request, visitor: Visitor, waiting: Counter[str]) -> Response:
    """What is new behind the cursor; when nothing is, wait for it as long as was asked."""
    after = request.query_params.get("after", "")
    seconds = _seconds_in(request.query_params.get("wait", "0"))
    conversation = await door.db.read(conversation_of, visitor)
    if conversation is None:
        return JSONResponse({"lines": [], "cursor": "", "more": False, "started": False})
    if waiting[visitor.token] >= WAITING_EACH or waiting.total() >= WAITING_ALL:
        seconds = 0
    async with listening(door, visitor, conversation, seconds, waiting) as news:
        lines, cursor = await door.db.read(new_lines, visitor, conversation, after)
        if not lines and seconds:
            await news
            lines, cursor = await door.db.read(new_lines, visitor, conversation, after)
    return JSONResponse({"lines": lines, "cursor": cursor, "more": len(lines) == LINES, "started": True})


@asynccontextmanager
async def listening(
    door: Door, visitor: Visitor, conversation: int, seconds: float, waiting: Counter[str]
) -> AsyncIterator["asyncio.Task[None]"]:
    """Listen for news before looking, so that what comes in between is heard; done with after so many seconds."""
    waiting[visitor.token] += 1
    news = asyncio.create_task(door.wait_for_news(conversation, seconds))
    try:
        await asyncio.sleep(0)
        yield news
    finally:
        news.cancel()
        with suppress(asyncio.CancelledError):
            await news
        waiting[visitor.token] -= 1
        if not waiting[visitor.token]:
            del waiting[visitor.token]


def new_lines(tx: Tx, visitor: Visitor, conversation_id: int, after: str) -> tuple[list[Line], str]:
    """The next lines for the page, and the cursor behind them."""
    lines, cursor = talk(tx, conversation_id, read_cursor(tx.vault, after), LINES)
    return [shown(line, tx.vault, visitor.role) for line in lines], write_cursor(tx.vault, cursor)


async def show_picture(door: Door, picture: Picture | None) -> Response:
    """A picture of the talk; its bytes are as they were kept."""
    if picture is None:
        raise Refusal(404, "error.not_found")
    content = await asyncio.to_thread(_content, door.media_folder / picture.path)
    if content is None:
        raise Refusal(404, "error.not_found")
    headers = {"Cache-Control": "private, max-age=86400", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return Response(content, media_type=picture.media_type, headers=headers)


# ---------------------------------------------------------------- refusing


def refuse_hasty(door: Door, request: Request, visitor: Visitor, each: RateLimit, address: RateLimit) -> None:
    """Raise a Refusal for a browser, or an address, that asks too often."""
    now = door.now()
    for limit, asker in ((each, visitor.token), (address, address_of(request))):
        if seconds := limit.wait(asker, now):
            raise Refusal(429, "error.too_fast", retry_after=seconds)


def refuse_large(request: Request, most: int, words: str) -> None:
    """Raise a Refusal for a body that is too large, or does not say how large it is, before it is read."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(411, "error.bad_message")
    if int(length) > most:
        raise Refusal(413, words)


def _seconds_in(text: str) -> float:
    return min(LONGEST_WAIT, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _milliseconds(door: Door) -> int:
    return int(door.now().timestamp() * 1000)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
