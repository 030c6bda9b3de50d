"""Our own scripts, styles and pictures: read once, served compressed, kept by browsers until their content changes."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).with_name("static")
MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as browsers get it."""

    content: bytes
    compressed: bytes
    media_type: str
    version: str


@cache
def static_files() -> Mapping[str, StaticFile]:
    """All of them by name. Raises KeyError for a kind of file that has no media type here."""
    return MappingProxyType({path.name: _read(path) for path in sorted(FOLDER.iterdir())})


def address_of_file(name: str) -> str:
    """Where a page finds a file; another address as soon as its content is another. Raises KeyError when there is none."""
    return f"/static/{name}?v={static_files()[name].version}"


def files_router() -> APIRouter:
    """The route that serves them."""
    router = APIRouter()

    @router.get("/static/{name}", include_in_schema=False)
    async def static_file(name: str, request: Request) -> Response:
        file = static_files().get(name)
        if file is None:
            return Response(status_code=404)
        headers = {"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff", "ETag": f'"{file.version}"'}
        current = request.query_params.get("v") == file.version
        headers["Cache-Control"] = FOREVER if current else "public, max-age=300"
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(file.content, media_type=file.media_type, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, media_type=file.media_type, headers=headers)

    return router


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    version = hashlib.sha256(content).hexdigest()[:12]
    return StaticFile(content, gzip.compress(content, 9, mtime=0), MEDIA_TYPES[path.suffix], version)
