"""Storing what arrives; whoever plays a talk first lets those that are being stored at that moment end."""

import asyncio

from bot.jobs.tools import Tools
from bot.services.intake import Arrived, take_in


async def receive(tools: Tools, arrived: Arrived) -> bool:
    """Store one event and commit it; True when it is new."""
    storing = asyncio.ensure_future(tools.db.run(take_in, tools.office.city, arrived, tools.clock.now()))
    tools.arriving.add(storing)
    storing.add_done_callback(tools.arriving.discard)
    return await storing


async def let_arrive(tools: Tools) -> None:
    """Return once every event is stored that is being stored now; those that begin to arrive meanwhile are not waited for."""
    if arriving := frozenset(tools.arriving):
        await asyncio.wait(arriving)
