"""For machines that watch: alive, ready, and the counts."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response

from bot.web.door import Door


def health_for(door: Door) -> APIRouter:
    """/healthz, /readyz and /metrics."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def alive() -> Response:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def ready() -> Response:
        troubles = door.troubles()
        return JSONResponse(
            {"status": "not ready" if troubles else "ready", "troubles": list(troubles)}, 503 if troubles else 200
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router
