"""A campaign at the platforms' pace, with failures in between: nobody twice, nobody forgotten."""

import random
from collections import Counter

import pytest

from bot.channels.base import Capabilities, Delivered, Delivery, Raw, Rendered, TryLater, Unreachable
from bot.jobs import schedule
from bot.services import campaigns, rights, staffing
from storage import Tx, people
from storage import campaigns as kept
from tests.jobs.program import Platform, Program

FAILING = 0.1  # of all tries: slow down, a broken connection, a restart of the platform
GONE = 0.02  # of all recipients have blocked us


class Flaky:
    """A platform that fails now and then; it knows who has got what, and how many came in one second."""

    channel, bot, source = "telegram", "citizen", "telegram:citizen"
    capabilities = Capabilities(text=4096, caption=1024, buttons=8, button_label=64)

    def __init__(self, program: Program) -> None:
        self.program = program
        self.luck = random.Random(7)
        self.got: Counter[str] = Counter()
        self.gone: set[str] = set()
        self.by_second: Counter[int] = Counter()
        self.acknowledged: list[Raw] = []

    envelope, parse, acknowledge = Platform.envelope, Platform.parse, Platform.acknowledge

    async def deliver(self, chat_id: str, message: Rendered) -> Delivery:
        self.by_second[int(self.program.time.timestamp())] += 1
        if chat_id.endswith("gone"):
            self.gone.add(chat_id)
            return Unreachable("Forbidden: bot was blocked by the user")
        if self.luck.random() < FAILING:
            return self.luck.choice(
                [TryLater(3, "Too Many Requests", counts=False), TryLater(2, "Bad Gateway"), TryLater(2, "no answer")]
            )
        self.got[chat_id] += 1
        return Delivered(str(sum(self.got.values())))


def subscribers(tx: Tx, program: Program, n: int) -> None:
    _subscribe(tx, program, [f"{number}-gone" if number % round(1 / GONE) == 7 else str(number) for number in range(n)])


def _subscribe(tx: Tx, program: Program, names: list[str]) -> None:
    addresses = [people.find_or_create_address(tx, "telegram", "citizen", who, now=program.time) for who in names]
    for who, address in zip(names, addresses, strict=True):
        people.find_or_create_conversation(tx, address, who, program.time)
    kept.choose(tx, [address.contact_id for address in addresses], kept.ON, program.time)


def plan(tx: Tx, program: Program) -> int:
    address = people.find_or_create_address(tx, "telegram", "staff", "admin", now=program.time)
    conversation = people.find_or_create_conversation(tx, address, "admin", program.time)
    code = staffing.invite(tx, program.tools.office.city, "administrator", "", program.time)
    staffing.join(tx, code, address.contact_id, program.time)
    officer = rights.officer(tx, address.contact_id, program.time)
    assert conversation.id is not None
    made = campaigns.plan(
        tx, program.tools.office, officer, words="Film: memilah sampah", evidence=(), audience="citizens",
        starts_at=program.time, conversation_id=conversation.id, now=program.time,
    )  # fmt: skip
    assert made.id is not None
    return made.id


async def run(program: Program, n: int, *, restart_at: int) -> tuple[Flaky, int]:
    """Let it run, a second a tick; at one second the work stops in the middle and is away for ten minutes."""
    program.pass_time(hours=1)
    platform = Flaky(program)
    program.tools.channels = {"telegram:citizen": platform, "telegram:staff": program.staff_platform}  # type: ignore[dict-item]
    await program.db.run(subscribers, program, n)
    campaign_id = await program.db.run(plan, program)
    await schedule.tick_seldom(program.tools)
    for second in range(n):
        await schedule.tick_often(program.tools)
        await program.work.rest()
        if second == restart_at:
            program.pass_time(minutes=10)
        program.pass_time(seconds=1)
        if second % 15 == 0 or second == restart_at:
            await schedule.tick_seldom(program.tools)
            await program.work.rest()
        found = await program.db.read(kept.by_id, campaign_id)
        if found is not None and found.state == kept.SENT:
            break
    return platform, campaign_id


@pytest.mark.parametrize("n", [300, pytest.param(5000, marks=pytest.mark.slow)])
async def test_everybody_gets_it_once_at_the_platforms_pace_whatever_fails(program: Program, n: int) -> None:
    platform, campaign_id = await run(program, n, restart_at=n // 60)
    figures = await program.db.read(kept.figures, campaign_id)
    assert set(platform.got.values()) == {1}
    assert len(platform.got) + len(platform.gone) == n == figures.owed
    assert (figures.sent, figures.failed, figures.waiting) == (len(platform.got), len(platform.gone), 0)
    assert max(platform.by_second.values()) <= 30
    assert any("selesai" in text for text in program.staff_platform.texts)


# ---------------------------------------------------------------- stopped, opted out of, limited by day, without a template


async def begun(program: Program, n: int) -> tuple[Flaky, int]:
    """A campaign to so many persons, all of whom can be reached; nothing has been sent."""
    program.pass_time(hours=1)
    platform = Flaky(program)
    program.tools.channels = {"telegram:citizen": platform, "telegram:staff": program.staff_platform}  # type: ignore[dict-item]
    await program.db.run(followers, program, n)
    return platform, await program.db.run(plan, program)


def followers(tx: Tx, program: Program, n: int) -> None:
    _subscribe(tx, program, [f"f{number}" for number in range(n)])


async def goes_on(program: Program, seconds: int) -> None:
    for _ in range(seconds):
        await schedule.tick_seldom(program.tools)
        await schedule.tick_often(program.tools)
        await program.work.rest()
        program.pass_time(seconds=1)


async def test_stopped_in_the_middle_nobody_gets_it_any_more_and_the_figures_add_up(program: Program) -> None:
    platform, campaign_id = await begun(program, 60)
    await goes_on(program, 2)
    there = len(platform.got)
    assert 0 < there < 60

    def stop(tx: Tx) -> None:
        address = people.find_or_create_address(tx, "telegram", "staff", "admin", now=program.time)
        campaigns.stop(tx, rights.officer(tx, address.contact_id, program.time), campaign_id, program.time)

    await program.db.run(stop)
    await goes_on(program, 5)
    figures = await program.db.read(kept.figures, campaign_id)
    assert len(platform.got) == there
    assert (figures.sent, figures.withdrawn, figures.waiting) == (there, 60 - there, 0)


@pytest.mark.parametrize("word", ["berhenti", "liren", "stop"])
async def test_one_word_while_it_is_being_sent_is_enough_for_the_one_who_says_it(program: Program, word: str) -> None:
    platform, campaign_id = await begun(program, 50)
    await goes_on(program, 1)
    waiting = next(f"f{n}" for n in range(49, -1, -1) if f"f{n}" not in platform.got)
    await program.says(9000, word, waiting)
    await goes_on(program, 20)
    figures = await program.db.read(kept.figures, campaign_id)
    assert (figures.withdrawn, figures.sent, figures.waiting) == (1, 49, 0)
    assert platform.got[waiting] == 1, "only the answer to the word itself"
    assert await program.db.run(_asks_for_none, waiting, program)


def _asks_for_none(tx: Tx, who: str, program: Program) -> bool:
    address = people.find_or_create_address(tx, "telegram", "citizen", who, now=program.time)
    return people.contact_by_id(tx, address.contact_id).campaigns == kept.OFF
