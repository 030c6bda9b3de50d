"""What the chat page sends: kept safely, or refused in words."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.webchat import TEXT, keep_upload, unique_key
from bot.web.door import Door
from bot.web.guard import Refusal
from bot.web.messages import BODY, Unacceptable, cleaned, message_id_in, message_in, photo_message
from bot.web.pictures import LARGEST, NotAPicture, picture_type
from bot.web.visitor import Visitor

FORM = LARGEST + 64 * 1024  # bytes: the photo, its caption, and what multipart adds


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
    path, media_type = await kept_photo(door, unique_key(visitor.token, message_id), content)
    return await keep(
        door, visitor, photo_message(message_id, path, media_type, caption, visitor.token, _milliseconds(door))
    )


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


async def kept_photo(door: Door, name: str, content: bytes) -> tuple[str, str]:
    """Where an uploaded picture is kept under `name`, and its media type. Raises Refusal for what is too big or no picture."""
    if len(content) > LARGEST:
        raise Refusal(413, "error.picture_too_big")
    try:
        media_type = await asyncio.to_thread(picture_type, content)
    except NotAPicture:
        raise Refusal(415, "error.not_a_picture") from None
    return await asyncio.to_thread(keep_upload, door.media_folder, name, content, media_type), media_type


def refuse_large(request: Request, most: int, words: str) -> None:
    """Raise a Refusal for a body that is too large, or does not say how large it is, before it is read."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise Refusal(411, "error.bad_message")
    if int(length) > most:
        raise Refusal(413, words)


def _milliseconds(door: Door) -> int:
    return int(door.now().timestamp() * 1000)
