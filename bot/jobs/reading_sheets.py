"""Reading a sheet that staff sent, once our copy is there: on a thread, before the turn in which it is dealt with."""

import asyncio
from pathlib import Path

import structlog

from bot.dialogue.events import Event, MediaReady
from bot.dialogue.knowledge import SheetAnswer, SheetFault
from bot.jobs.tools import Tools
from bot.services import sp4n
from bot.services.sheets import LARGEST, SheetUnreadable, read_sheet
from bot.services.told import Sheet
from storage import media
from storage.tables import Evidence

log = structlog.get_logger()


async def sheet_in(tools: Tools, event: Event) -> Sheet | None:
    """What the file of this event tells as a sheet of answers; None for any other event or file."""
    if not isinstance(event, MediaReady):
        return None
    row = await tools.db.read(media.by_id, event.evidence)
    if row.kind != "document" or row.purpose != "result" or row.state != "stored":
        return None
    return await asyncio.to_thread(_read, tools.media_folder, row)


def _read(folder: Path, row: Evidence) -> Sheet | None:
    if row.size_bytes > LARGEST:
        return (), (SheetFault(1, "staff_sheet_too_large"),)
    try:
        content = (folder / row.path).read_bytes()
    except OSError as error:
        log.exception("our copy of a file is gone", path=row.path, reason=str(error))
        return None
    try:
        found: tuple[tuple[SheetAnswer, ...], tuple[SheetFault, ...]] = sp4n.answers_in(read_sheet(content))
    except SheetUnreadable as error:
        return (), (SheetFault(1, f"staff_sheet_{error.code}"),)
    return found
