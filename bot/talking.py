"""``kentongan chat``: the talk in a terminal, with the same engine, database and delivery as everywhere."""

import asyncio
import contextlib
import sys
import uuid
from collections.abc import AsyncIterator

from bot.app import Kentongan
from bot.channels.terminal import HINT, Terminal
from bot.jobs.process_lock import AlreadyRunning, only_process
from bot.settings import Settings
from storage.talk import conversation_at

PARTS = ("citizen", "administrator", "narahubung")


async def talk(settings: Settings, part: str, person: str) -> int:
    """Talk until the end of the input; the exit code."""
    try:
        with contextlib.ExitStack() as stack:
            if settings.is_sqlite:
                stack.enter_context(only_process(settings.data_dir))
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
    """Lines of the keyboard or of a pipe, read on a thread so that news can be printed meanwhile."""
    prompt = "> " if sys.stdin.isatty() else ""
    while True:
        print(prompt, end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            return
        if not prompt:
            print(f"> {line.rstrip()}", flush=True)
        yield line.strip()


def _show(text: str) -> None:
    first, *rest = text.splitlines() or [""]
    print("\n".join([f"< {first}", *(f"  {line}" for line in rest)]), flush=True)
