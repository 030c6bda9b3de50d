"""Print a whole turn against its bare database work, the start, and the memory.

Everything is measured in one run on one machine, so that only the ratios need to be believed.
"""

import asyncio
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.app import Kentongan
from bot.channels.terminal import Terminal
from bot.settings import Settings
from storage import Database, Tx, Vault, conversations, inbox, migrate, outbox, people

TURNS = 200
PEOPLE = 20
SENTENCES = (
    "lampu jalan mati di jl cisitu lama deket itb, gelap pisan ti kamari",
    "batal",
    "sampah menumpuk di depan pasar cihapit, sudah lima hari tidak diangkut",
    "batal",
)
LARGEST = """
import pathlib, resource
status = pathlib.Path("/proc/self/status")
if status.exists():  # ru_maxrss would be that of the process this one was made from
    print(next(int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
BARE_START = "import sqlmodel, fastapi, spacy\n" + LARGEST
OUR_START = (
    "import sys; from pathlib import Path; from bot.app import Kentongan; from bot.settings import Settings\n"
    "kentongan = Kentongan(Settings(data_dir=Path(sys.argv[1])), {})\n" + LARGEST
)


class Quiet(Terminal):
    """A terminal that nobody reads, which says when something was delivered."""

    def __init__(self) -> None:
        super().__init__("citizen", lambda text: None)


async def whole_turns(folder: Path) -> list[float]:
    """Milliseconds from a message's arrival to its reply's delivery, one after the other."""
    terminal = Quiet()
    kentongan = Kentongan(Settings(data_dir=folder), {terminal.source: terminal})
    async with kentongan.running():
        return await timed(TURNS, lambda turn: _turn(kentongan, terminal, turn))


async def _turn(kentongan: Kentongan, terminal: Quiet, turn: int) -> None:
    person = f"person {turn // len(SENTENCES) % PEOPLE}"
    raw = {"line": SENTENCES[turn % len(SENTENCES)], "key": f"{turn}", "at": turn, "person": person}
    await kentongan.receive(terminal.source, raw)
    await kentongan.work.rest()


async def bare_commits(folder: Path) -> list[float]:
    """Milliseconds of the same commits with nothing in between: event in, turn kept with what is owed, message settled."""
    url = f"sqlite:///{folder}/bare.db"
    migrate(url)
    db = Database(url, Vault("a secret for measuring only, 32 characters"))
    try:
        ids = [await db.run(_known, f"person {n}") for n in range(PEOPLE)]
        return await timed(TURNS, lambda turn: _bare_turn(db, ids[turn // len(SENTENCES) % PEOPLE], turn))
    finally:
        db.close()


async def _bare_turn(db: Database, conversation_id: int, turn: int) -> None:
    now = datetime.now(UTC)
    payload = json.dumps({"line": SENTENCES[turn % len(SENTENCES)]})
    await db.run(_store, conversation_id, turn, payload, now)
    message_id = await db.run(_answer, conversation_id, turn, now)
    await db.run(_settle, message_id, now)


def _known(tx: Tx, name: str) -> int:
    now = datetime.now(UTC)
    address = people.find_or_create_address(tx, "terminal", "citizen", name, now=now)
    conversation = people.find_or_create_conversation(tx, address, name, now)
    assert conversation.id is not None
    return conversation.id


def _store(tx: Tx, conversation_id: int, turn: int, payload: str, now: datetime) -> None:
    inbox.receive(
        tx,
        source="terminal:citizen",
        unique_key=f"{turn}",
        order_key=turn,
        payload=payload,
        conversation_id=conversation_id,
        now=now,
    )


def _answer(tx: Tx, conversation_id: int, turn: int, now: datetime) -> int:
    event = inbox.pending(tx, conversation_id, 1)[0]
    loaded = conversations.load(tx, conversation_id)
    inbox.settle(tx, event, now)
    conversations.save(tx, conversation_id, "{}" * 200, loaded.version, now, None, turn)
    message = outbox.owe(tx, conversation_id=conversation_id, body="x" * 500, key=f"turn:{turn}", now=now)
    assert message is not None
    assert message.id is not None
    return message.id


def _settle(tx: Tx, message_id: int, now: datetime) -> None:
    outbox.settle_sent(tx, message_id, "", now)


async def timed(times: int, act: Callable[[int], Awaitable[None]]) -> list[float]:
    """Milliseconds of each call, the first tenth thrown away as warming up."""
    took = []
    for turn in range(times):
        begun = time.perf_counter()
        await act(turn)
        took.append((time.perf_counter() - begun) * 1000)
    return took[times // 10 :]


def start(code: str, *arguments: str) -> tuple[float, str]:
    """Seconds that a fresh Python needs for ``code``, the better of two, and what it printed."""
    best, printed = float("inf"), ""
    for _ in range(2):
        begun = time.perf_counter()
        printed = subprocess.run(
            [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
        ).stdout
        best = min(best, time.perf_counter() - begun)
    return best, printed.strip()


def row(name: str, ours: float, bare: float, unit: str, against: str) -> str:
    return f"{name:<28}{ours:>9.1f} {unit:<3} {ours / bare:>6.1f} x {against} ({bare:.1f} {unit})"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(KeyboardInterrupt):
        bare = asyncio.run(bare_commits(Path(folder)))
        turns = asyncio.run(whole_turns(Path(folder) / "turns"))
        bare_start, bare_memory = start(BARE_START)
        our_start, memory = start(OUR_START, str(Path(folder) / "start"))
    print(row("a turn, median", statistics.median(turns), statistics.median(bare), "ms", "its commits alone"))
    print(row("a turn, 99 of 100", _p99(turns), _p99(bare), "ms", "its commits alone"))
    print(row("start until ready", our_start, bare_start, "s", "importing sqlmodel, fastapi, spacy"))
    print(row("memory after start", float(memory), float(bare_memory), "MB", "importing sqlmodel, fastapi, spacy"))


def _p99(took: list[float]) -> float:
    return statistics.quantiles(took, n=100)[98]


if __name__ == "__main__":
    main()
