"""Who works: wake-ups by key, one at a time for each key."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

log = structlog.get_logger()

Do = Callable[[str], Awaitable[None]]
"""Does everything that waits under a key; harmless when nothing does."""


class Work(Protocol):
    """The port: what wakes up work. Losing a wake-up costs time, never an event: rows are looked for at start and each tick."""

    def wake(self, key: str) -> None:
        """There may be something to do under this key."""

    async def stop(self, grace: float) -> None:
        """Let what runs come to an end, for at most so many seconds."""


class OneProcess:
    """The engine of one process: an asyncio task for each key that has something to do.

    A wake-up that comes while the key is being worked on makes it run once more, so that nothing is overlooked.
    """

    def __init__(self, do: Do) -> None:
        self._do = do
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._stopping = False

    def wake(self, key: str) -> None:
        if self._stopping:
            return
        if key in self._running:
            self._again.add(key)
            return
        task = asyncio.get_running_loop().create_task(self._work(key), name=key)
        self._running[key] = task

    async def _work(self, key: str) -> None:
        try:
            while True:
                self._again.discard(key)
                await self._do(key)
                if key not in self._again:
                    return
        except Exception:
            log.exception("work failed; the next tick tries again", key=key)
        finally:
            del self._running[key]
            if key in self._again and not self._stopping:
                self._again.discard(key)
                self.wake(key)

    async def rest(self) -> None:
        """Return once nothing is being worked on, giving others a chance first."""
        await asyncio.sleep(0)
        while tasks := list(self._running.values()):
            await asyncio.wait(tasks)

    async def stop(self, grace: float) -> None:
        self._stopping = True
        if tasks := list(self._running.values()):
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
