"""Our own copy of every file: fetched from the platform, stripped of hidden data, kept by its fingerprint."""

import asyncio
import hashlib
import io
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import puremagic
import structlog
from PIL import ExifTags, Image, ImageOps

from bot.channels.base import FetchedFile, FetchFailed
from bot.jobs.tools import Tools
from storage import Tx, inbox, media
from storage.inbox import OURS
from storage.tables import Evidence

log = structlog.get_logger()

LONGEST_PAUSE = 900.0  # seconds between two tries
KEPT_THERE = timedelta(
    days=6, hours=20
)  # WhatsApp keeps a file for seven days; no platform that we use keeps it shorter
LONGEST_SIDE = 2560  # pixels of a kept photo
JPEG_QUALITY = 85
PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,7}")


class NotAPicture(Exception):
    """What was sent as a photo cannot be opened as one."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file ready to be kept."""

    content: bytes
    media_type: str
    suffix: str
    lat: float | None = None
    lon: float | None = None


async def fetch_evidence(tools: Tools, evidence_id: int) -> None:
    """Fetch one file and tell its conversation how that went."""
    awaited = await tools.db.read(_awaited, evidence_id)
    if awaited is None:
        return
    evidence, ref = awaited
    channel = tools.channels.get(evidence.source)
    if channel is None:
        return
    try:
        fetched = await channel.fetch(ref)
        copy = await asyncio.to_thread(prepared, fetched, evidence.kind)
    except FetchFailed as failure:
        await _put_off(tools, evidence, str(failure), final=failure.final)
        return
    except NotAPicture as failure:
        await _put_off(tools, evidence, str(failure), final=True)
        return
    path = await asyncio.to_thread(keep, tools.media_folder, copy)
    await tools.db.run(_stored, evidence, copy, path, tools.clock.now())


def _awaited(tx: Tx, evidence_id: int) -> tuple[Evidence, str] | None:
    evidence = media.by_id(tx, evidence_id)
    return (evidence, media.platform_ref_of(tx, evidence)) if evidence.state == "awaited" else None


async def _put_off(tools: Tools, evidence: Evidence, reason: str, *, final: bool) -> None:
    now = tools.clock.now()
    assert evidence.id is not None
    if final or now - evidence.created_at > KEPT_THERE:
        await tools.db.run(_failed, evidence, reason, now)
    else:
        pause = min(LONGEST_PAUSE, 2.0 ** min(evidence.attempts + 1, 20))
        await tools.db.run(media.retry_later, evidence.id, now + timedelta(seconds=pause), reason)
        asyncio.get_running_loop().call_later(pause, tools.wake, f"media:{evidence.id}")


def _stored(tx: Tx, evidence: Evidence, copy: Copy, path: str, now: datetime) -> None:
    assert evidence.id is not None
    kept = media.stored(
        tx,
        evidence.id,
        path=path,
        media_type=copy.media_type,
        size_bytes=len(copy.content),
        sha256=hashlib.sha256(copy.content).hexdigest(),
        lat=copy.lat,
        lon=copy.lon,
    )
    if kept:
        _tell(tx, evidence, {"media_ready": evidence.id, "lat": copy.lat, "lon": copy.lon}, now)


def _failed(tx: Tx, evidence: Evidence, reason: str, now: datetime) -> None:
    assert evidence.id is not None
    if media.failed(tx, evidence.id, reason):
        _tell(tx, evidence, {"media_failed": evidence.id, "reason": reason}, now)


def _tell(tx: Tx, evidence: Evidence, payload: dict[str, object], now: datetime) -> None:
    inbox.receive(
        tx,
        source=OURS,
        unique_key=f"media:{evidence.id}",
        order_key=0,
        payload=json.dumps(payload),
        conversation_id=evidence.conversation_id,
        now=now,
    )


def prepared(fetched: FetchedFile, kind: str) -> Copy:
    """A photo is written anew, without the data that cameras hide in it; anything else is kept as it is. Raises NotAPicture."""
    if kind == "photo":
        return _picture(fetched.content)
    named = Path(fetched.name).suffix.lower()[:8]
    suffix = named if PLAIN_SUFFIX.fullmatch(named) else _suffix(fetched.content)
    return Copy(fetched.content, fetched.media_type or "application/octet-stream", suffix)


def _picture(content: bytes) -> Copy:
    try:
        with Image.open(io.BytesIO(content)) as image:
            lat, lon = _position(image)
            upright = _upright(image).convert("RGB")
    except Exception as error:  # a broken file makes its decoder raise nearly anything
        raise NotAPicture(f"cannot be opened as a picture: {error}") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=JPEG_QUALITY)
    return Copy(written.getvalue(), "image/jpeg", ".jpg", lat, lon)


def _upright(image: Image.Image) -> Image.Image:
    """The picture as it was held; as it lies where what the camera wrote about that is in disorder."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception as error:  # noqa: BLE001 - hidden data must not cost the picture
        log.info("what a camera wrote cannot be read", reason=repr(error))
        return image


def _position(image: Image.Image) -> tuple[float | None, float | None]:
    """Where the picture says it was taken, WGS84 degrees; None where it says nothing that can be."""
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] == "S")
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] == "W")
    except Exception:  # noqa: BLE001 - most pictures say nothing, and some say it in disorder
        return None, None
    on_earth = abs(lat) <= 90 and abs(lon) <= 180  # false for what is no number, too
    return (lat, lon) if on_earth and (lat, lon) != (0.0, 0.0) else (None, None)  # 0, 0: a receiver without a fix


def _degrees(parts: tuple[float, float, float], negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value


def _suffix(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content))
    except (puremagic.PureError, ValueError):
        return ".bin"


def keep(folder: Path, copy: Copy) -> str:
    """Write a file under its fingerprint, safe on disk when this returns; its path below ``folder``."""
    name = hashlib.sha256(copy.content).hexdigest()
    path = Path("kept") / name[:2] / f"{name}{copy.suffix}"
    target = folder / path
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(f".{os.getpid()}.half")
        with half.open("wb") as file:
            file.write(copy.content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)
    return str(path)
