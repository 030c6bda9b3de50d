"""What every page and answer has in common: security headers, refusals in words, and no commands from other sites."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.web.rendering import page
from bot.web.words import language_of, words_in

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PRIVATE = "private, no-store"


class Refusal(Exception):
    """A request that is not answered; `words` is the message id of the sentence that says why."""

    def __init__(self, status: int, words: str, *, retry_after: float = 0) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.retry_after = retry_after


class GuardedRoute(APIRoute):
    """A route whose answers carry the security headers, and whose refusals are a page or JSON, in the reader's language."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler that FastAPI makes."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                response = await handle(request)
            except Refusal as refusal:
                response = refused(request, refusal)
            for name, value in SECURITY.items():
                response.headers.setdefault(name, value)
            response.headers.setdefault("Cache-Control", PRIVATE)
            return response

        return guarded


def refused(request: Request, refusal: Refusal) -> Response:
    """The refusal as a page where a page was asked for, else as JSON: `error` for programs, `message` for people."""
    language = language_of(request)
    response: Response
    if "text/html" in request.headers.get("accept", ""):
        response = page("refusal.html", language, refusal.status, message=words_in(language)[refusal.words])
    else:
        answer = {"error": refusal.words.removeprefix("error."), "message": words_in(language)[refusal.words]}
        response = JSONResponse(answer, refusal.status)
    if refusal.retry_after:
        response.headers["Retry-After"] = str(int(refusal.retry_after))
    return response


def refuse_other_sites(request: Request, public_url: str | None) -> None:
    """Raise a Refusal for a command that another site made this browser send.

    Browsers name the origin of every POST; what names none is no browser, and has none of its cookies.
    """
    relation = request.headers.get("sec-fetch-site")
    if relation not in (None, "same-origin"):
        raise Refusal(403, "error.other_site")
    origin = request.headers.get("origin")
    if origin is None:
        return
    ours = {request.headers.get("host", "").casefold()}
    if public_url:
        ours.add(urlsplit(public_url).netloc.casefold())
    if urlsplit(origin).netloc.casefold() not in ours - {""}:
        raise Refusal(403, "error.other_site")
