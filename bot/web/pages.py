"""All pages together."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.chat import chat_router
from bot.web.dashboard import dashboard_router
from bot.web.door import Door
from bot.web.files import files_router
from bot.web.own_records import own_records_router
from bot.web.public_photos import public_photos_router
from bot.web.referral import referral_router
from bot.web.tracking import tracking_router


def pages_for(door: Door) -> APIRouter:
    """Every page of this program, for the application to include."""
    router = APIRouter()

    @router.get("/", include_in_schema=False)
    async def front_door(request: Request) -> Response:
        where = "/chat" if door.settings.web_chat else "/lacak"
        return RedirectResponse(where + (f"?{request.url.query}" if request.url.query else ""), 307)

    for part in (
        chat_router(door),
        tracking_router(door),
        dashboard_router(door),
        referral_router(door),
        own_records_router(door),
        public_photos_router(door),
        files_router(),
    ):
        router.include_router(part)
    return router
