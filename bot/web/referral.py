"""The page on which an outside agency without an account answers about one report: by a link that ends and can be taken back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.dialogue.texts import speech_for
from bot.services import nameless
from bot.services.office import Office, open_office
from bot.services.places import place_of
from bot.services.referral_news import receiver_of
from bot.services.referrals import LONGEST_TEXT, answer_by_link
from bot.services.secrecy import is_hidden
from bot.web.chat_sending import FORM, kept_photo, refuse_large
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal, refuse_other_sites
from bot.web.limits import RateLimit, address_of
from bot.web.messages import cleaned
from bot.web.rendering import page
from bot.web.words import language_of
from storage import Tx, media, referrals, reports
from storage.tables import Referral

BURST, PER_MINUTE = 20, 10  # pages and answers from one address
MISS = 4  # what a link that leads nowhere costs more: guessing becomes slow
LONGEST_TOKEN = 64  # characters
UNKNOWN = "referral.unknown"
SOURCE = "referral"  # of evidence that came by this page


@dataclass(frozen=True, slots=True)
class Asked:
    """What the receiver may read of the report."""

    number: str
    receiver: str
    reason: str
    category: str
    place: str
    words: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was filled in."""

    words: str
    done: bool
    photo: tuple[str, str, int, str] | None = None  # path below the media folder, media type, bytes, sha256


def referral_router(door: Door) -> APIRouter:
    """GET and POST /rujukan/{token}."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    limit = RateLimit(burst=BURST, per_minute=PER_MINUTE)
    office = open_office(door.city, "")

    @router.get("/rujukan/{token}")
    async def ask(token: str, request: Request) -> Response:
        return _page(request, await _asked(door, office, limit, request, token))

    @router.post("/rujukan/{token}")
    async def take(token: str, request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        asked = await _asked(door, office, limit, request, token)
        answer = await _answer_in(door, request)
        if not answer.words:
            return _page(request, asked, 422, problem="referral.empty")
        if not await door.db.run(_keep, office, token, answer, door.now()):
            raise Refusal(410, "referral.over")
        return _page(request, asked, done=True)

    return router


async def _asked(door: Door, office: Office, limit: RateLimit, request: Request, token: str) -> Asked:
    asker = address_of(request)
    if seconds := limit.wait(asker, door.now()):
        raise Refusal(429, "track.too_fast", retry_after=seconds)
    found = await door.db.read(_look, office, token[:LONGEST_TOKEN], language_of(request), door.now())
    if isinstance(found, Asked):
        return found
    if found == UNKNOWN:
        limit.charge(asker, MISS)
    raise Refusal(404 if found == UNKNOWN else 410, found)


def _look(tx: Tx, office: Office, token: str, language: str, now: datetime) -> Asked | str:
    """What there is to answer, or the message that says why there is nothing."""
    hop = referrals.by_link(tx, token, now)
    if hop is None:
        return _why_not(tx, token)
    report, speech = reports.by_id(tx, hop.report_id), speech_for(office.city, language)
    place, hidden = place_of(report), is_hidden(report, office.city)
    return Asked(
        number=report.number,
        receiver=receiver_of(speech, hop),
        reason=referrals.reason_of(tx, hop),
        category=speech.category(report.category),
        place=place.name if place and not hidden else "",
        words="" if hidden else nameless.description_of(tx, report),
        since=speech.day(hop.since),
        until=speech.day(hop.token_expires_at or now),
    )


async def _answer_in(door: Door, request: Request) -> Answer:
    """The form as it was filled in; a photo is kept safely before anything is written down."""
    refuse_large(request, FORM, "error.picture_too_big")
    try:
        async with request.form(max_files=1, max_fields=4) as form:
            words, done, photo = form.get("jawaban", ""), form.get("selesai") == "ya", form.get("foto")
            content = await photo.read() if isinstance(photo, UploadFile) else b""
    except HTTPException:
        raise Refusal(422, "error.bad_message") from None
    told = cleaned(words)[:LONGEST_TEXT] if isinstance(words, str) else ""
    return Answer(told, done, await _photo_of(door, content) if content and told else None)


async def _photo_of(door: Door, content: bytes) -> tuple[str, str, int, str]:
    digest = hashlib.sha256(content).hexdigest()
    path, media_type = await kept_photo(door, digest, content)
    return path, media_type, len(content), digest


def _why_not(tx: Tx, token: str) -> str:
    """To who holds a link that once was good it is said what became of it."""
    hop = referrals.ever_by_link(tx, token)
    if hop is None:
        return UNKNOWN
    return "referral.over" if hop.ended_at else "referral.expired"


def _keep(tx: Tx, office: Office, token: str, answer: Answer, now: datetime) -> bool:
    """Whether the link still led somewhere when the answer was written down."""
    hop = referrals.by_link(tx, token, now)
    if hop is None:
        return False
    evidence = _evidence(tx, hop, answer.photo, now) if answer.photo else None
    answer_by_link(tx, office, hop, answer.words, evidence, done=answer.done, now=now)
    return True


def _evidence(tx: Tx, hop: Referral, photo: tuple[str, str, int, str], now: datetime) -> int:
    path, media_type, size, digest = photo
    report = reports.by_id(tx, hop.report_id)
    row = media.await_file(
        tx,
        conversation_id=report.conversation_id,
        purpose="result",
        kind="photo",
        source=SOURCE,
        platform_ref=path,
        now=now,
    )
    media.stored(tx, row.id, path=path, media_type=media_type, size_bytes=size, sha256=digest)
    return row.id


def _page(request: Request, asked: Asked, status: int = 200, *, problem: str = "", done: bool = False) -> Response:
    response = page(
        "referral.html",
        language_of(request),
        status,
        asked_about=asked,
        problem=problem,
        done=done,
        path=request.url.path,
        longest=LONGEST_TEXT,
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
