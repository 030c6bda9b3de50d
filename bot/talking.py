"""``kentongan chat``: the talk in a terminal, with the same engine, database and delivery as everywhere."""

import asyncio
import contextlib
import os
import sys
import threading
import uuid
from collections.abc import AsyncIterator

from bot.app import Kentongan
from bot.channels.terminal import HINT, Terminal
from bot.jobs.process_lock import AlreadyRunning
from bot.opening import alone
from bot.settings import Settings
from storage.talk import conversation_at

PARTS = ("citizen", "administrator", "narahubung")


async def talk(settings: Settings, part: str, person: str) -> int:
    """Talk until the end of the input; the exit code."""
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(alone(settings))
            terminal = Terminal(part, _show)
            kentongan = Kentongan(settings, {terminal.source: terminal})
            async with kentongan.running():
                await _talk(kentongan, terminal, person)
    except AlreadyRunning as fault:
        print(f"{fault} While it runs, its own chat is at {settings.local_url}/chat", file=sys.stderr)
        return 2
    return 0


async def _talk(kentongan: Kentongan, terminal: Terminal, person: str) -> None:
    if sys.stdin.isatty():
        print(f"Kentongan, {kentongan.city.name}. {HINT}")
    async for line in _lines():
        if not line.strip():
            continue
        now = kentongan.now()
        raw = {"line": line, "key": uuid.uuid4().hex, "at": int(now.timestamp() * 1000), "person": person}
        await kentongan.receive(terminal.source, raw)
        conversation = await kentongan.db.read(conversation_at, terminal.channel, terminal.bot, person, person)
        assert conversation is not None
        await kentongan.idle(conversation)


async def _lines() -> AsyncIterator[str]:
    """Lines of the keyboard or of a pipe; news can be printed meanwhile."""
    arrived: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    # a daemon: at the end nobody waits for a last press of Enter
    threading.Thread(target=_read_lines, args=(loop, arrived), name="keyboard", daemon=True).start()
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        print(prompt, end="", flush=True)
        line = await arrived.get()
        if line is None:
            return
        if not prompt:
            print(f"> {line.rstrip()}", flush=True)
        yield line.strip()


def _read_lines(loop: asyncio.AbstractEventLoop, arrived: "asyncio.Queue[str | None]") -> None:
    """Hand on every line, then None. It has a file of its own: Python cannot close one that a thread still reads."""
    with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
        for line in os.fdopen(os.dup(sys.stdin.fileno()), encoding="utf-8", errors="replace"):
            loop.call_soon_threadsafe(arrived.put_nowait, line)
        loop.call_soon_threadsafe(arrived.put_nowait, None)


def _show(text: str) -> None:
    first, *rest = text.splitlines() or [""]
    print("\n".join([f"< {first}", *(f"  {line}" for line in rest)]), flush=True)
