"""Storing what arrives; whoever plays a talk first lets those that are being stored at that moment end."""

import asyncio
from datetime import datetime

import structlog

from bot.jobs.platform_news import take_note
from bot.jobs.tools import Tools
from bot.services.intake import Arrived, take_in
from bot.services.office import Office
from storage import Tx, inbox

log = structlog.get_logger()


async def receive(tools: Tools, arrived: Arrived) -> bool:
    """Store one event and commit it; True when it is new."""
    storing = asyncio.ensure_future(tools.db.run(_store, tools.office, arrived, tools.clock.now()))
    tools.arriving.add(storing)
    storing.add_done_callback(tools.arriving.discard)
    return await storing


def _store(tx: Tx, office: Office, arrived: Arrived, now: datetime) -> bool:
    """Keep it, and let its news follow at once; what goes wrong with those is kept as the event's reason."""
    new = take_in(tx, office.city, arrived, now)
    if new and arrived.news:
        try:
            with tx.savepoint():
                take_note(tx, office, arrived, now)
        except Exception as error:
            log.exception("news of a platform could not be noted", source=arrived.source)
            inbox.set_aside(tx, arrived.source, arrived.unique_key, f"{type(error).__name__}: {error}"[:500], now)
    return new


async def let_arrive(tools: Tools) -> None:
    """Return once every event is stored that is being stored now; those that begin to arrive meanwhile are not waited for."""
    if arriving := frozenset(tools.arriving):
        await asyncio.wait(arriving)
