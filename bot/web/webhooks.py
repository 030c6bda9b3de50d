"""Where platforms knock: check the secret, store, commit, answer 200. Nothing is handled here."""

import secrets

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.web.door import Door

LARGEST = 3 * 1024 * 1024  # bytes; Cloud API batches of up to 1,000 events are at most 3 MB
TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
WHATSAPP_SIGNATURE = "X-Hub-Signature-256"


def webhooks_for(door: Door) -> APIRouter:
    """The webhooks of every channel that is on; the others are not found."""
    router = APIRouter(prefix="/webhooks", include_in_schema=False)

    @router.post("/telegram/{bot}")
    async def telegram(bot: str, request: Request) -> Response:
        source = f"telegram:{bot}"
        if source not in door.channels:
            raise HTTPException(404, "this bot is off")
        told = request.headers.get(TELEGRAM_SECRET, "").encode()
        if not secrets.compare_digest(told, door.settings.webhook_secret(bot).encode()):
            raise HTTPException(401, "the secret token does not match")
        await door.receive(source, await body_of(request))
        return JSONResponse({"ok": True})

    return router


async def body_of(request: Request) -> bytes:
    """The raw bytes, up to a size that no platform exceeds."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413, "larger than any event")
    return bytes(body)
