"""The ticks only look what is due; everything that a crash or a lost wake-up left behind is found again."""

import asyncio
from pathlib import Path

import pytest

from bot.channels.base import FetchedFile
from bot.jobs import schedule
from bot.jobs.tools import Tools
from bot.services.clock import Clock
from storage import Tx, deadlines
from storage import reports as kept
from storage.tables import Report
from tests.jobs.program import Program
from tests.jobs.test_fetching import evidence, jpeg
from tests.services.town import Town


async def tick(program: Program, how: str = "often") -> None:
    await {"often": schedule.tick_often, "seldom": schedule.tick_seldom}[how](program.tools)
    await program.work.rest()


async def waiting_report(program: Program) -> Report:
    """A report that is said to be solved."""
    town = Town(program.db, program.tools.office)
    number = town.citizen().files()
    town.resolved(number)
    program.time = town.now
    await program.work.rest()
    return await program.db.read(_by_number, number)


def _by_number(tx: Tx, number: str) -> Report:
    found = kept.by_number(tx, number)
    assert found is not None
    return found


async def test_the_often_tick_lets_silence_fall(program: Program) -> None:
    await program.says(1, "tolong, kebakaran di jl cisitu lama")
    program.pass_time(seconds=121)
    await tick(program)
    assert len(program.platform.sent) == 2


async def test_the_often_tick_reads_the_shift_of_the_clock(program: Program, tmp_path: Path) -> None:
    program.tools.clock = Clock(tmp_path / "clock-offset", now=lambda: program.time)
    (tmp_path / "clock-offset").write_text("86400")
    await tick(program)
    assert (program.tools.clock.now() - program.time).days == 1


async def test_the_seldom_tick_reminds_and_closes_and_the_reporter_reads_both(program: Program) -> None:
    report = await waiting_report(program)
    program.pass_time(minutes=2)  # until the news of steps can no longer be taken back
    await tick(program)
    before = len(program.platform.sent)
    program.pass_time(days=3)
    await tick(program, "seldom")
    program.pass_time(days=7)
    await tick(program, "seldom")
    assert len(program.platform.sent) == before + 2
    closed = await program.db.read(_by_number, report.number)
    assert (closed.status, closed.status_reason) == ("ditutup", "tidak_ada_tanggapan")
    assert await program.db.read(deadlines.open_deadlines, closed.id) == []
    await tick(program, "seldom")
    assert len(program.platform.sent) == before + 2


async def test_more_than_a_batch_is_closed_in_one_tick(program: Program) -> None:
    town = Town(program.db, program.tools.office)
    numbers = [town.citizen(f"warga {n}").files() for n in range(3)]
    for number in numbers:
        town.resolved(number)
    program.time = town.pass_time(days=11)
    await tick(program, "seldom")
    assert {town.report(number).status for number in numbers} == {"ditutup"}


async def test_a_report_with_which_something_goes_wrong_takes_no_other_with_it(program: Program) -> None:
    town = Town(program.db, program.tools.office)
    broken, whole = town.citizen("asep").files(), town.citizen("ucup").files()
    for number in (broken, whole):
        town.resolved(number)
    town.run(lambda tx: kept.correct(tx, _by_number(tx, broken), town.now, category="gone"))
    program.time = town.pass_time(days=11)
    async with asyncio.timeout(30):
        await tick(program, "seldom")
    assert town.report(whole).status == "ditutup"
    assert town.report(broken).status == "menunggu_konfirmasi"
    town.run(lambda tx: kept.correct(tx, _by_number(tx, broken), town.now, category="pju"))
    await tick(program, "seldom")
    assert town.report(broken).status == "ditutup"


async def test_the_seldom_tick_finds_events_messages_and_files_whose_wake_up_was_lost(program: Program) -> None:
    program.db.on_wake = lambda key: None
    program.platform.files["file-1"] = FetchedFile(jpeg())
    await program.receive({"id": 1, "who": "asep", "photo": "file-1"})
    talk = await program.talk("ucup")
    await program.owe(talk, "kabar")
    program.db.on_wake = program.work.wake
    await tick(program, "seldom")
    program.pass_time(seconds=10)  # a file may be followed by another: its answer waits a moment
    await tick(program, "seldom")
    assert "kabar" in program.platform.texts
    assert len(program.platform.sent) == 2
    assert (await evidence(program)).state == "stored"


async def test_a_tick_with_nothing_to_do_writes_nothing(program: Program) -> None:
    await program.says(1, "/bantuan")
    program.db.run = None  # type: ignore[assignment, method-assign]
    await tick(program)
    await tick(program, "seldom")


async def test_the_ticks_begin_and_end(program: Program) -> None:
    scheduler = schedule.start_ticking(program.tools)
    try:
        jobs = scheduler.get_jobs()
        assert {job.args[0] for job in jobs} == {schedule.tick_often, schedule.tick_seldom}
        assert all(job.coalesce and job.max_instances == 1 and job.misfire_grace_time is None for job in jobs)
    finally:
        scheduler.shutdown(wait=False)


async def test_stopping_in_the_middle_of_a_tick_is_no_failure(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    began = asyncio.Event()

    async def endless(tools: Tools) -> None:
        began.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(schedule, "tick_often", endless)
    monkeypatch.setattr(schedule, "OFTEN", 0.01)
    scheduler = schedule.start_ticking(program.tools)
    await began.wait()
    scheduler.shutdown(wait=False)
    await asyncio.sleep(0.02)
    assert "exception" not in caplog.text
