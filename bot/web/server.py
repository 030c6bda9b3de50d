"""The web application: pages, webhooks and health in one."""

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from bot.web.door import Door
from bot.web.health import health_for
from bot.web.pages import pages_for
from bot.web.webhooks import webhooks_for


def web_app(door: Door) -> FastAPI:
    """Everything that answers over HTTP; it documents nothing to strangers."""
    app = FastAPI(title="Kentongan", docs_url=None, redoc_url=None, openapi_url=None)
    for router in (health_for(door), webhooks_for(door), pages_for(door)):
        app.include_router(router)
    if door.settings.demo:  # everybody who reaches it plays staff: a foreign name that leads here must not
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", door.settings.host])
    return app
