"""Wake-ups: one at a time for each key, none overlooked, and a clean end."""

import asyncio

import pytest

from bot.jobs.work import OneProcess


class Job:
    """Notes who works when; waits at a gate while it is closed."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.most_at_once: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, key: str) -> None:
        self.begun.append(key)
        self._now[key] = self._now.get(key, 0) + 1
        self.most_at_once[key] = max(self.most_at_once.get(key, 0), self._now[key])
        try:
            await asyncio.sleep(0)
            await self.gate.wait()
            self.ended.append(key)
        finally:
            self._now[key] -= 1


async def test_a_key_is_worked_on_by_one_at_a_time_and_others_go_on_beside_it() -> None:
    job = Job()
    work = OneProcess(job)
    job.gate.clear()
    for _ in range(5):
        work.wake("a")
        work.wake("b")
        await asyncio.sleep(0)
    assert sorted(job.begun) == ["a", "b"]
    job.gate.set()
    await work.rest()
    assert job.most_at_once == {"a": 1, "b": 1}


async def test_a_wake_up_during_the_work_makes_it_run_once_more_and_not_more_often() -> None:
    job = Job()
    work = OneProcess(job)
    job.gate.clear()
    work.wake("a")
    await asyncio.sleep(0)
    for _ in range(7):
        work.wake("a")
    job.gate.set()
    await work.rest()
    assert job.ended == ["a", "a"]


async def test_a_wake_up_after_the_work_runs_it_again() -> None:
    job = Job()
    work = OneProcess(job)
    for _ in range(3):
        work.wake("a")
        await work.rest()
    assert job.ended == ["a", "a", "a"]


async def test_work_that_fails_is_no_end_and_a_wake_up_meanwhile_is_not_lost() -> None:
    calls = []

    async def fail_first(key: str) -> None:
        calls.append(key)
        if len(calls) == 1:
            work.wake(key)
            raise OSError("the disk is full")

    work = OneProcess(fail_first)
    work.wake("a")
    await work.rest()
    assert calls == ["a", "a"]


async def test_resting_waits_for_work_that_work_begins() -> None:
    done = []

    async def chain(key: str) -> None:
        await asyncio.sleep(0)
        done.append(key)
        if int(key) < 5:
            work.wake(str(int(key) + 1))

    work = OneProcess(chain)
    work.wake("1")
    await work.rest()
    assert done == ["1", "2", "3", "4", "5"]


async def test_stopping_lets_work_end_and_takes_no_more() -> None:
    job = Job()
    work = OneProcess(job)
    work.wake("a")
    await asyncio.sleep(0)
    await work.stop(grace=5)
    assert job.ended == ["a"]
    work.wake("b")
    await asyncio.sleep(0)
    assert job.begun == ["a"]


async def test_stopping_cancels_what_does_not_end_in_time() -> None:
    job = Job()
    work = OneProcess(job)
    job.gate.clear()
    work.wake("a")
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await work.stop(grace=0.05)
    assert job.ended == []


async def test_stopping_does_not_run_the_work_once_more() -> None:
    job = Job()
    work = OneProcess(job)
    job.gate.clear()
    work.wake("a")
    await asyncio.sleep(0)
    work.wake("a")
    stopping = asyncio.create_task(work.stop(grace=5))
    await asyncio.sleep(0)
    job.gate.set()
    await stopping
    assert len(job.ended) <= 2
    await asyncio.sleep(0)
    assert job.begun == job.ended


@pytest.mark.parametrize("keys", [[], ["a"], ["a", "b"]])
async def test_resting_with_nothing_to_do_returns(keys: list[str]) -> None:
    work = OneProcess(Job())
    for key in keys:
        work.wake(key)
    async with asyncio.timeout(10):
        await work.rest()
        await work.rest()
