"""The ticks: each only looks what is due and wakes it up."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs.erased_files import remove_erased
from bot.jobs.playing import let_silence_fall
from bot.jobs.tools import Tools
from bot.services.due_times import any_due, deal_with_due
from bot.services.gathering import let_batches_be_read
from storage import Tx, batches, conversations, inbox, media, outbox

Tick = Callable[[Tools], Awaitable[None]]

OFTEN = 1.0  # seconds: silences and messages that were put off
SELDOM = 15.0  # seconds: deadlines, and a safety net for wake-ups that got lost


def start_ticking(tools: Tools) -> AsyncIOScheduler:
    """Begin to tick; shut the scheduler down to stop."""
    scheduler = AsyncIOScheduler(
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}, timezone="UTC"
    )
    scheduler.add_job(_until_cancelled, "interval", seconds=OFTEN, args=[tick_often, tools])
    scheduler.add_job(_until_cancelled, "interval", seconds=SELDOM, args=[tick_seldom, tools])
    scheduler.start()
    return scheduler


async def _until_cancelled(tick: Tick, tools: Tools) -> None:
    """One tick. Stopping in the middle of it is no failure that an operator has to read: what was due stays due."""
    with suppress(asyncio.CancelledError):
        await tick(tools)


async def tick_often(tools: Tools) -> None:
    """Let silence fall and batches be read where it is time, and deliver what became due."""
    tools.clock.look()
    now = tools.clock.now()
    silent, gathered, due = await tools.db.read(_due_often, now)
    if silent:
        await tools.db.run(let_silence_fall, now)
    if gathered:
        await tools.db.run(let_batches_be_read, now)
    for conversation_id in due:
        tools.wake(f"delivery:{conversation_id}")


async def tick_seldom(tools: Tools) -> None:
    """Close and remind what is due, and wake whatever still waits."""
    now = tools.clock.now()
    await wake_all(tools)
    while await tools.db.read(any_due, tools.office, now):
        if not await tools.db.run(deal_with_due, tools.office, now):
            break  # what is due goes wrong; the next tick tries again
    await remove_erased(tools)


async def wake_all(tools: Tools) -> None:
    """Wake every row that waits: what a crash or a lost wake-up left behind."""
    now = tools.clock.now()
    for key in await tools.db.read(_waiting, now):
        tools.wake(key)


def _due_often(tx: Tx, now: datetime) -> tuple[bool, bool, list[int]]:
    silent, gathered = bool(conversations.due(tx, now, 1)), bool(batches.due(tx, now, 1))
    return silent, gathered, outbox.conversations_due(tx, now)


def _waiting(tx: Tx, now: datetime) -> list[str]:
    return [
        *(f"conversation:{id_}" for id_ in inbox.unfinished(tx)),
        *(
            f"delivery:{id_}" for id_ in outbox.conversations_due(tx, now, campaigns=False)
        ),  # the often tick keeps their pace
        *(f"media:{row.id}" for row in media.awaited(tx, now)),
    ]
