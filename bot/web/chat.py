"""The web chat's routes and its page."""

import json
from collections import Counter
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat import TEXT
from bot.services.office import open_office
from bot.web.chat_reading import show_picture, tell_lines
from bot.web.chat_sending import take_message, take_photo
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal, refuse_other_sites
from bot.web.limits import RateLimit, address_of
from bot.web.made import show_made
from bot.web.photos import photo_shown, upload_of
from bot.web.pictures import LARGEST
from bot.web.rendering import page
from bot.web.visitor import ROLES, Visitor, role_asked, visitor_of, welcome
from bot.web.words import language_of, words_in


@dataclass(slots=True)
class Patience:
    """What one browser, and one address (many phones share one with their mobile network), may ask for."""

    messages: RateLimit = field(default_factory=lambda: RateLimit(burst=20, per_minute=30))
    messages_from: RateLimit = field(default_factory=lambda: RateLimit(burst=200, per_minute=300))
    photos: RateLimit = field(default_factory=lambda: RateLimit(burst=10, per_minute=6))
    photos_from: RateLimit = field(default_factory=lambda: RateLimit(burst=40, per_minute=60))
    reads: RateLimit = field(default_factory=lambda: RateLimit(burst=120, per_minute=120))
    reads_from: RateLimit = field(default_factory=lambda: RateLimit(burst=1000, per_minute=3000))
    waiting: Counter[str] = field(default_factory=Counter)


def chat_router(door: Door) -> APIRouter:
    """The routes under /chat; only a page that says so where the web chat is off."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    if not door.settings.web_chat:

        @router.get("/chat")
        async def chat_is_off(request: Request) -> Response:
            language = language_of(request)
            return page("refusal.html", language, 404, message=words_in(language)["chat.off"])

        return router

    patience, office = Patience(), open_office(door.city, "", pages=door.settings.public_url or door.settings.local_url)

    @router.get("/chat")
    async def chat_page(request: Request) -> Response:
        return show_page(door, request)

    @router.post("/chat/messages")
    async def send_message(request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.messages, patience.messages_from)
        return await take_message(door, request, visitor)

    @router.post("/chat/photos")
    async def send_photo(request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.photos, patience.photos_from)
        return await take_photo(door, request, visitor)

    @router.get("/chat/messages")
    async def read_messages(request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await tell_lines(door, request, visitor, patience.waiting)

    @router.get("/chat/photos/{name}")
    async def photo(name: str, request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await show_picture(door, await door.db.read(photo_shown, visitor, name))

    @router.get("/chat/made/{name}")
    async def made(name: str, request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await show_made(door, office, visitor, name)

    @router.get("/chat/uploads/{message_id}")
    async def upload(message_id: str, request: Request) -> Response:
        visitor = visitor_of(request, door)
        refuse_hasty(door, request, visitor, patience.reads, patience.reads_from)
        return await show_picture(door, await door.db.read(upload_of, visitor, message_id))

    return router


def refuse_hasty(door: Door, request: Request, visitor: Visitor, each: RateLimit, address: RateLimit) -> None:
    """Raise a Refusal for a browser, or an address, that asks too often."""
    now = door.now()
    for limit, asker in ((each, visitor.token), (address, address_of(request))):
        if seconds := limit.wait(asker, now):
            raise Refusal(429, "error.too_fast", retry_after=seconds)


def show_page(door: Door, request: Request) -> Response:
    """The page, with its cookie."""
    role, language = role_asked(request, demo=door.settings.demo), language_of(request)
    words = words_in(language)
    response = page(
        "chat.html",
        language,
        city=door.city.name,
        timezone=door.city.timezone.key,
        role=role,
        roles=ROLES if door.settings.demo else (),
        greeting=greeting(door, role, language),
        script_words=json.dumps(
            {key.removeprefix("js."): text for key, text in words.items() if key.startswith("js.")}
        ),
        longest=TEXT,
        largest=LARGEST,
    )
    welcome(request, response, door)
    return response


def greeting(door: Door, role: str, language: str) -> str:
    """What stands above an empty talk: the city's own first words for citizens, a hint for those who play staff."""
    if role == "citizen" and (text := door.city.text("phrase.first_time", language)):
        return text
    return words_in(language)[f"chat.greeting.{role}"]
