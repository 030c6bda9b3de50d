"""The public page of one report, by its number; it needs no script."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.dialogue.texts import speech_for
from bot.services import public_photos
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal
from bot.web.limits import RateLimit, address_of
from bot.web.public_report import PublicReport, public_report
from bot.web.rendering import page
from bot.web.words import ASKED, language_of
from cities.city import City
from storage import Tx
from storage.numbers import parse_number
from storage.reports import by_id, by_number, history

BURST = 30  # pages; a neighbourhood may share one address with its mobile network
PER_MINUTE = 20
MISS = 4  # what a number that is none costs more: guessing becomes slow, mistyping does not
LONGEST_NUMBER = 64  # characters somebody may type


def tracking_router(door: Door) -> APIRouter:
    """GET /lacak (a form) and GET /lacak/{number}."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    limit = RateLimit(burst=BURST, per_minute=PER_MINUTE)

    @router.get("/lacak")
    async def tracking_form(request: Request) -> Response:
        typed = request.query_params.get("nomor", "").strip()[:LONGEST_NUMBER]
        if typed:
            asked = request.query_params.get(ASKED)
            return RedirectResponse(
                f"/lacak/{quote(typed, safe='')}" + (f"?{ASKED}={quote(asked)}" if asked else ""), 303
            )
        return form(door, request)

    @router.get("/lacak/{number:path}")
    async def tracking_page(number: str, request: Request) -> Response:
        asker = address_of(request)
        if seconds := limit.wait(asker, door.now()):
            raise Refusal(429, "track.too_fast", retry_after=seconds)
        mention = parse_number(number[:LONGEST_NUMBER], door.city.number_prefix)
        if mention is None or not mention.valid:
            limit.charge(asker, MISS)
            return form(door, request, 404, typed=number[:LONGEST_NUMBER], problem="track.mistyped")
        language = language_of(request)
        report = await door.db.read(report_for_all, mention.number, door.city, language)
        if report is None:
            limit.charge(asker, MISS)
            return form(door, request, 404, typed=mention.number, problem="track.unknown")
        return _indexed_nowhere(show(door, report, language))

    return router


def form(door: Door, request: Request, status: int = 200, *, typed: str = "", problem: str = "") -> Response:
    """The form, with what was typed and what is wrong with it."""
    example = f"{door.city.number_prefix}-{door.now().astimezone(door.city.timezone):%y%m%d}-0042-…"
    return _indexed_nowhere(
        page(
            "tracking_form.html",
            language_of(request),
            status,
            city=door.city.name,
            example=example,
            typed=typed,
            problem=problem,
            path="/lacak",
        )
    )


def show(door: Door, report: PublicReport, language: str) -> Response:
    """The page of a report."""
    speech = speech_for(door.city, language)
    steps = [(step, speech.moment(step.at)) for step in reversed(report.steps)]
    return page(
        "tracking.html", language, city=door.city.name, report=report, steps=steps, path=f"/lacak/{report.number}"
    )


def report_for_all(tx: Tx, number: str, city: City, language: str) -> PublicReport | None:
    """The public side of the report with that number; None when there is none."""
    report = by_number(tx, number)
    if report is None or report.id is None:
        return None
    parent = by_id(tx, report.parent_id) if report.parent_id is not None else None
    shown = public_report(report, history(tx, report.id), parent, city, language)
    return replace(shown, photos=public_photos.tokens(tx, report, city))


def _indexed_nowhere(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
