"""Running an ASGI application on loopback, in a thread of its own."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from tests.emulators.bot_api import BotApi

CITIZEN_TOKEN = "1001:citizen-token"
STAFF_TOKEN = "1002:staff-token"


@contextlib.contextmanager
def serving(app: ASGIApp, *beside: Callable[[], Coroutine[Any, Any, None]], port: int = 0) -> Iterator[str]:
    """Serve an application on 127.0.0.1 and give its root address; ``beside`` run on the same loop until the end."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # a connection torn on purpose is no news
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, loop="asyncio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)

        async def run() -> None:
            tasks = [asyncio.create_task(one()) for one in beside]
            await server.serve([listener])
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@contextlib.contextmanager
def telegram(*, port: int = 0) -> Iterator[tuple[BotApi, str]]:
    """A Bot API server with a citizens' and a staff bot, and its root address."""
    api = BotApi({CITIZEN_TOKEN: "KentonganTestBot", STAFF_TOKEN: "KentonganStaffTestBot"})
    with serving(api.app, api.bring_to_webhooks, port=port) as url:
        yield api, url
