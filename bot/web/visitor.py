"""Who is at the chat page: a random token in a cookie, and in the demonstration the role that is played."""

import re
import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from bot.web.door import Door
from bot.web.guard import Refusal
from storage import Tx
from storage.talk import conversation_at

COOKIE = "kentongan_chat"
TOKEN = re.compile(r"[0-9a-f]{32}")  # 128 bits
YEAR = 365 * 24 * 3600  # seconds
CITIZEN = "citizen"
ROLES = (CITIZEN, "administrator", "narahubung")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser, and whose talk it shows."""

    token: str
    role: str

    @property
    def source(self) -> str:
        """The channel of that talk."""
        return f"webchat:{self.role}"


def role_asked(request: Request, *, demo: bool) -> str:
    """The role whose talk is wanted. Refuses any but the citizen's outside the demonstration."""
    role = request.query_params.get("role") or CITIZEN
    if role != CITIZEN and not demo:
        raise Refusal(403, "error.role")
    if role not in ROLES:
        raise Refusal(404, "error.not_found")
    return role


def visitor_of(request: Request, door: Door) -> Visitor:
    """The visitor of a call by the page. Refuses one whose browser keeps no cookie."""
    role = role_asked(request, demo=door.settings.demo)
    token = request.cookies.get(COOKIE, "")
    if not TOKEN.fullmatch(token):
        raise Refusal(401, "error.no_cookie")
    visitor = Visitor(token, role)
    if visitor.source not in door.channels:
        raise Refusal(404, "error.not_found")
    return visitor


def welcome(request: Request, response: Response, door: Door) -> None:
    """Let the browser keep its token for another year; give it one when it has none."""
    token = request.cookies.get(COOKIE, "")
    public = door.settings.public_url or ""
    response.set_cookie(
        COOKIE,
        token if TOKEN.fullmatch(token) else secrets.token_hex(16),
        max_age=YEAR,
        path="/chat",
        secure=request.url.scheme == "https" or public.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def conversation_of(tx: Tx, visitor: Visitor) -> int | None:
    """The visitor's conversation; None before the first message."""
    return conversation_at(tx, "webchat", visitor.role, visitor.token, visitor.token)
