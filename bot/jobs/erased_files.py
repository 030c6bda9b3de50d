"""Removing the files of evidence that was erased: after the commit, and again until it worked."""

import asyncio
from pathlib import Path

import structlog

from bot.jobs.tools import Tools
from storage import erasing

log = structlog.get_logger()


async def remove_erased(tools: Tools) -> None:
    """Take one batch of files off the disk."""
    for evidence_id, paths in await tools.db.read(erasing.files_to_remove):
        if await asyncio.to_thread(_remove, tools.media_folder, paths):
            await tools.db.run(erasing.file_removed, evidence_id)


def _remove(folder: Path, paths: tuple[str, ...]) -> bool:
    """Whether none of the files is there any more; nothing outside the folder is touched."""
    for path in paths:
        file = (folder / path).resolve()
        try:
            if file.is_relative_to(folder.resolve()):
                file.unlink(missing_ok=True)
        except OSError as error:
            log.exception("an erased file cannot be removed", reason=str(error))
            return False
    return True
