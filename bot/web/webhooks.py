"""Where platforms knock: check the secret, store, commit, answer 200. Nothing is handled here."""

import secrets

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.channels.whatsapp_webhook import events_of, signature_holds, verified_challenge
from bot.web.door import Door

LARGEST = 3 * 1024 * 1024  # bytes; Cloud API batches of up to 1,000 events are at most 3 MB
TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"
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

    @router.get("/whatsapp")
    async def whatsapp_challenge(request: Request) -> Response:
        token = door.settings.whatsapp_verify_token
        challenge = verified_challenge(request.query_params, token.get_secret_value()) if token else None
        if challenge is None:
            raise HTTPException(
                403 if token else 404, "the verify token does not match" if token else "WhatsApp is off"
            )
        return PlainTextResponse(challenge)

    @router.post("/whatsapp")
    async def whatsapp(request: Request) -> Response:
        secret = door.settings.whatsapp_app_secret
        source = next((source for source in door.channels if source.startswith("whatsapp:")), None)
        if secret is None or source is None:
            raise HTTPException(404, "WhatsApp is off")
        body = await body_of(request)
        if not signature_holds(body, request.headers.get(WHATSAPP_SIGNATURE, ""), secret.get_secret_value()):
            raise HTTPException(401, "the signature does not match")
        await _receive_all(door, source, body)
        return JSONResponse({"ok": True})

    return router


async def _receive_all(door: Door, source: str, body: bytes) -> None:
    """Store the events of a batch one after another, as they came: a platform's clock tells apart no two of one second.

    One that fails does not stop the others; what it raised is raised at the end, so that the platform sends the batch again.
    """
    failure: Exception | None = None
    for each in events_of(body):
        try:
            await door.receive(source, each)
        except Exception as error:  # noqa: BLE001 - it is raised when the others are stored
            failure = failure or error
    if failure is not None:
        raise failure


async def body_of(request: Request) -> bytes:
    """The raw bytes, up to a size that no platform exceeds."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413, "larger than any event")
    return bytes(body)
