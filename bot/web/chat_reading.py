"""What the chat page reads: the lines behind its cursor, as soon as there are some, and the photos of the talk."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.door import Door
from bot.web.guard import Refusal
from bot.web.lines import Line, shown
from bot.web.photos import Picture
from bot.web.visitor import Visitor, conversation_of
from storage import Tx
from storage.talk import read_cursor, talk, write_cursor

LINES = 100  # in one answer
LONGEST_WAIT = 25.0  # seconds; proxies commonly cut at 30
WAITING_EACH = 4  # tabs of one browser that may wait at a time
WAITING_ALL = 2000


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


def _seconds_in(text: str) -> float:
    return min(LONGEST_WAIT, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
