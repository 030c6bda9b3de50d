"""The web application: pages, webhooks and health in one."""

from fastapi import FastAPI

from bot.web.door import Door
from bot.web.health import health_for
from bot.web.pages import pages_for
from bot.web.webhooks import webhooks_for


def web_app(door: Door) -> FastAPI:
    """Everything that answers over HTTP; it documents nothing to strangers."""
    app = FastAPI(title="Kentongan", docs_url=None, redoc_url=None, openapi_url=None)
    for router in (health_for(door), webhooks_for(door), pages_for(door)):
        app.include_router(router)
    return app
