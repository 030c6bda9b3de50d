"""The page on which a person fetches a copy of their data: by a link that works once. Looking at the page uses nothing up."""

import asyncio
import io
import zipfile
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.services import own_records
from bot.services.office import open_office
from bot.web.door import Door
from bot.web.guard import GuardedRoute, Refusal, refuse_other_sites
from bot.web.limits import RateLimit, address_of
from bot.web.rendering import page
from bot.web.words import language_of
from storage import Tx, erasing, media, record_links

BURST, PER_MINUTE = 10, 5  # from one address
MISS = 4  # what a link that leads nowhere costs more
LONGEST_TOKEN = 64  # characters


def own_records_router(door: Door) -> APIRouter:
    """GET and POST /data-saya/{token}."""
    router = APIRouter(route_class=GuardedRoute, include_in_schema=False)
    limit = RateLimit(burst=BURST, per_minute=PER_MINUTE)
    office = open_office(door.city, "")

    @router.get(own_records.PAGE + "/{token}")
    async def offer(token: str, request: Request) -> Response:
        await _checked(door, limit, request, token)
        response = page("own_records.html", language_of(request), path=request.url.path)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    @router.post(own_records.PAGE + "/{token}")
    async def fetch(token: str, request: Request) -> Response:
        refuse_other_sites(request, door.settings.public_url)
        await _checked(door, limit, request, token)
        contact_id = await door.db.run(record_links.use, token[:LONGEST_TOKEN], door.now())
        if contact_id is None:
            raise Refusal(404, "own_records.unknown")
        facts = await door.db.read(own_records.facts_about, contact_id, door.now())
        pictures = await door.db.read(_pictures, contact_id)
        files = {
            f"{own_records.FILE}.txt": own_records.as_text(office, facts, facts["language"] or language_of(request)),
            f"{own_records.FILE}.json": own_records.as_json(facts),
        }
        content = await asyncio.to_thread(_zipped, door.media_folder, files, pictures)
        named = {"Content-Disposition": f'attachment; filename="{own_records.FILE}.zip"'}
        return Response(content, media_type="application/zip", headers=named)

    return router


async def _checked(door: Door, limit: RateLimit, request: Request, token: str) -> None:
    """Raise a Refusal for a link that gives nothing, and slow down whoever guesses."""
    asker = address_of(request)
    if seconds := limit.wait(asker, door.now()):
        raise Refusal(429, "track.too_fast", retry_after=seconds)
    if await door.db.read(record_links.whose, token[:LONGEST_TOKEN], door.now()) is None:
        limit.charge(asker, MISS)
        raise Refusal(404, "own_records.unknown")


def _pictures(tx: Tx, contact_id: int) -> list[str]:
    """Paths of the person's own files, below the media folder."""
    reports = erasing.of_contacts(tx, [contact_id])
    files = (file for report in reports for file in media.of_report(tx, report.id))
    return [file.path for file in files if file.state == "stored" and file.purpose == "problem"]


def _zipped(folder: Path, files: dict[str, bytes], pictures: list[str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for path in pictures:
            if (folder / path).is_file():
                archive.write(folder / path, Path(path).name)
    return written.getvalue()
