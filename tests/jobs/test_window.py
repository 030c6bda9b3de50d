"""Where a platform lets us write only for a while after a message, what comes too late is kept for the next one."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.channels.base import TryLater, WindowShut
from storage import Tx, outbox
from tests.jobs.program import Program

DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def window_of_a_day(program: Program) -> None:
    program.platform.capabilities = replace(program.platform.capabilities, window=DAY)


async def writes(program: Program, number: int, text: str, at: datetime) -> None:
    await program.receive({"id": number, "who": "asep", "text": text, "at": at.isoformat()})
    await program.work.rest()


async def news(program: Program, *texts: str) -> None:
    await program.owe(await program.talk(), *texts)
    await program.work.rest()


async def states(program: Program, *texts: str) -> list[str]:
    return [owed.state for owed in await program.owed() if owed.text in texts]


async def test_news_goes_out_until_a_day_after_the_person_wrote_and_is_kept_from_then_on(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.pass_time(hours=23, minutes=59)
    await news(program, "in time")
    program.pass_time(minutes=1)
    await news(program, "too late")
    assert await states(program, "in time", "too late") == ["sent", "held"]
    assert "too late" not in program.platform.texts


async def test_what_was_kept_goes_out_in_its_order_and_before_the_answer(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.pass_time(days=2)
    await news(program, "first", "second", "third")
    said = len(program.platform.texts)
    await writes(program, 2, "/bantuan", program.time)
    assert program.platform.texts[said : said + 3] == ["first", "second", "third"]
    assert len(program.platform.texts) == said + 4


async def test_the_platforms_time_of_a_message_counts_and_not_when_it_reached_us(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time - timedelta(hours=25))
    assert program.platform.texts == []
    (answer,) = await program.owed()
    assert (answer.state, answer.attempts) == ("held", 0)


async def test_of_messages_that_arrive_in_disorder_the_newest_counts(program: Program) -> None:
    await writes(program, 2, "/bantuan", program.time)
    await writes(program, 1, "punten", program.time - timedelta(hours=23))
    program.pass_time(hours=2)
    await news(program, "in time")
    assert await states(program, "in time") == ["sent"]


async def test_a_platform_whose_clock_runs_ahead_does_not_open_the_window_for_longer(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time + timedelta(hours=5))
    program.pass_time(hours=24)
    await news(program, "too late")
    assert await states(program, "too late") == ["held"]


async def test_nothing_is_lost_when_the_platform_finds_the_window_shut_though_we_do_not(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.platform.answers.append(WindowShut("131047"))
    await news(program, "shut", "open again")
    assert await states(program, "shut", "open again") == ["held", "held"]
    program.pass_time(hours=1)
    await writes(program, 2, "/bantuan", program.time)
    assert await states(program, "shut", "open again") == ["sent", "sent"]
    assert program.platform.texts[1:3] == ["shut", "open again"]


async def test_a_person_who_writes_while_we_send_is_not_made_to_write_again(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    talk = await program.talk()
    program.pass_time(hours=23)
    asked = program.platform.deliver

    async def deliver(chat: str, message: object) -> object:
        program.platform.deliver = asked  # type: ignore[method-assign]
        await program.receive({"id": 2, "who": "asep", "text": "/bantuan", "at": program.time.isoformat()})
        return WindowShut("131047")

    program.platform.deliver = deliver  # type: ignore[assignment, method-assign]
    await program.owe(talk, "news")
    await program.work.rest()
    assert await states(program, "news") == ["sent"]


async def test_a_channel_without_a_window_sends_at_any_time(program: Program) -> None:
    program.platform.capabilities = replace(program.platform.capabilities, window=None)
    await writes(program, 1, "/bantuan", program.time - timedelta(days=9))
    program.pass_time(days=90)
    await news(program, "news")
    assert await states(program, "news") == ["sent"]


async def test_what_was_kept_waits_for_the_network_like_anything_else(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.pass_time(days=2)
    await news(program, "first", "second")
    program.platform.answers += [TryLater(5, "the network")]
    await program.receive({"id": 2, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    assert await states(program, "first", "second") == ["due", "due"]


async def test_what_was_kept_for_long_is_as_patient_with_the_network_as_if_it_were_new(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.pass_time(days=9)
    await news(program, "first")
    program.pass_time(days=9)
    program.platform.answers += [TryLater(5, "the network"), TryLater(5, "the network")]
    await program.receive({"id": 2, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    assert await states(program, "first") == ["due"]
    for _ in range(2):
        program.pass_time(minutes=10)
        program.work.wake(f"delivery:{await program.talk()}")
        await program.work.rest()
    assert await states(program, "first") == ["sent"]


async def test_news_that_was_kept_can_still_be_withdrawn(program: Program) -> None:
    await writes(program, 1, "/bantuan", program.time)
    program.pass_time(days=2)
    await news(program, "undone")
    assert await program.db.run(_withdraw, "key of undone", program.time)
    await writes(program, 2, "/bantuan", program.time)
    assert await states(program, "undone") == ["withdrawn"]


def _withdraw(tx: Tx, key: str, now: datetime) -> bool:
    return outbox.withdraw(tx, key, "undone", now)
