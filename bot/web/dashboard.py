"""The office's pages. For now one that says what will be here."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.web.door import Door
from bot.web.guard import GuardedRoute
from bot.web.rendering import page
from bot.web.words import language_of


def dashboard_router(door: Door) -> APIRouter:
    """GET /dasbor."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)

    @router.get("/dasbor")
    async def dashboard(request: Request) -> Response:
        return page("dashboard.html", language_of(request), city=door.city.name, path="/dasbor")

    return router
