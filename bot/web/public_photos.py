"""The photos on public pages: nothing but copies that a person approved, made at the moment they are looked at."""

import asyncio

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.services.public_photos import shown_under
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal
from bot.web.limits import RateLimit, address_of

BURST, PER_MINUTE = 60, 60  # pictures from one address
LONGEST_TOKEN = 64  # characters
PATH = "/foto-publik/"


def public_photos_router(door: Door) -> APIRouter:
    """GET /foto-publik/{token}."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    limit = RateLimit(burst=BURST, per_minute=PER_MINUTE)

    @router.get(PATH + "{token}")
    async def photo(token: str, request: Request) -> Response:
        if seconds := limit.wait(address_of(request), door.now()):
            raise Refusal(429, "track.too_fast", retry_after=seconds)
        make = await door.db.read(shown_under, door.city, token[:LONGEST_TOKEN])
        if make is None:
            raise Refusal(404, "track.no_photo")
        try:
            content = await asyncio.to_thread(make, door.media_folder)
        except OSError:
            raise Refusal(404, "track.no_photo") from None
        return Response(content, media_type="image/jpeg", headers={"X-Robots-Tag": "noindex, noimageindex"})

    return router
