"""Everything that arrives is answered once and in order; what cannot be is parked and never in anybody's way."""

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest

from bot.channels.base import Undecodable
from bot.jobs import playing
from bot.services import turns
from nlp.understanding import Understanding
from storage import LostRace, Tx, conversations, inbox
from storage import reports as kept_reports
from tests.jobs.program import Program
from tests.services.town import NOW

COMMANDS = ("/bantuan", "/status", "/batal", "/bahasa", "/privasi", "/start")


@pytest.mark.parametrize("seed", range(3))
async def test_twelve_events_of_a_new_citizen_each_twice_and_all_at_once_are_answered_in_order(
    either_program: Program, seed: int
) -> None:
    program = either_program
    burst = [{"id": 100 + n, "who": "asep", "text": COMMANDS[n % 6]} for n in range(12)] * 2
    random.Random(seed).shuffle(burst)
    new = await asyncio.gather(*map(program.receive, burst))
    await program.work.rest()
    kept = {event.id: event for event in await program.kept()}
    owed = await program.owed()
    assert sum(new) == len(kept) == 12
    assert {event.state for event in kept.values()} == {"handled"}
    answered = [kept[int(message.key.split(":")[1])].order_key for message in owed]
    assert answered == list(range(100, 112))
    assert [message.state for message in owed] == ["sent"] * 12
    assert program.platform.texts == [message.text for message in owed]


async def test_two_people_at_once_do_not_wait_for_each_other(either_program: Program) -> None:
    program = either_program
    burst = [{"id": 10 * n + who, "who": f"warga {who}", "text": "/bantuan"} for n in range(5) for who in range(4)]
    await asyncio.gather(*map(program.receive, burst))
    await program.work.rest()
    assert len(program.platform.sent) == 20
    assert {event.state for event in await program.kept()} == {"handled"}


async def test_one_sentence_twice_is_one_report(program: Program) -> None:
    for _ in range(2):
        await program.says(1, "lampu jalan mati di jl cisitu lama")
        await program.says(2, "kirim")
    assert len(await program.db.read(kept_reports.of_contact, 1)) == 1
    assert len(program.platform.sent) == 2


async def test_an_event_that_cannot_be_read_is_parked_with_its_reason_and_the_rest_go_on(program: Program) -> None:
    for number, content in enumerate(({"text": "/bantuan"}, {"poll": {}}, {"text": "/status"}), 1):
        await program.receive({"id": number, "who": "asep", **content})
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["handled", "parked", "handled"]
    assert (await program.kept())[1].reason == "cannot be read: neither text nor photo"
    assert "belum bisa kami baca" in program.platform.texts[1]
    assert len(program.platform.sent) == 3


async def test_whoever_sends_what_nobody_can_read_hears_so_once_for_all_that_came_together(program: Program) -> None:
    program.db.on_wake = lambda key: None
    for number in (1, 2, 3):
        await program.receive({"id": number, "who": "asep", "poll": {}})
    program.db.on_wake = program.work.wake
    program.work.wake("conversation:1")
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["parked"] * 3
    (said,) = program.platform.texts
    assert "belum bisa kami baca" in said


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b'"text"', b"{}", b"[" * 100_000])
async def test_what_is_no_event_at_all_is_kept_and_parked(program: Program, body: bytes) -> None:
    assert await program.receive(body)
    assert not await program.receive(body)
    (event,) = await program.kept()
    assert event.state == "parked"
    assert event.reason


async def test_an_event_that_tells_nothing_is_handled_without_an_answer(program: Program) -> None:
    await program.receive({"id": 1, "who": "asep", "nothing": True})
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["handled"]
    assert program.platform.sent == []


async def test_an_event_of_nobody_in_particular_is_ignored(program: Program) -> None:
    await program.receive({"id": 1})
    assert [event.state for event in await program.kept()] == ["ignored"]


async def test_an_event_that_crashes_the_turn_is_tried_a_few_times_then_parked_and_the_person_is_told(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    play, tries = turns.play, []

    def crash(tx: Tx, office: Any, event: Any, told: Any, now: Any) -> None:
        if "rusak" in told[0].event.text:
            tries.append(event.id)
            raise ZeroDivisionError("nobody thought of it")
        play(tx, office, event, told, now)

    monkeypatch.setattr(turns, "play", crash)
    await program.says(1, "lampu jalan mati di jl cisitu lama")
    await program.says(2, "rusak")
    await program.says(3, "kirim")
    first, second, third = await program.kept()
    assert (first.state, second.state, third.state) == ("handled", "parked", "handled")
    assert len(tries) == playing.MOST_ATTEMPTS
    assert second.reason == "ZeroDivisionError: nobody thought of it"
    _, sorry, told = program.platform.texts
    assert "112" in sorry
    assert "BDG-" in told


class Stumbling:
    """A reader with a fault in it."""

    confirm_at = 0.8

    def understand(self, text: str) -> Understanding:
        raise IndexError("a fault of the reader")


async def test_words_that_the_reader_stumbles_over_are_asked_for_again_and_never_block_the_talk(
    program: Program,
) -> None:
    program.tools.reader = Stumbling()  # type: ignore[assignment]
    await program.says(1, "lampu jalan mati di jl cisitu lama")
    await program.says(2, "/bantuan")
    assert [event.state for event in await program.kept()] == ["handled", "handled"]
    assert len(program.platform.sent) == 2


async def test_a_fault_while_parsing_is_ours_too(program: Program) -> None:
    await program.receive({"id": 1, "who": "asep", "fault": True})
    await program.says(2, "/bantuan")
    assert [event.state for event in await program.kept()] == ["parked", "handled"]
    assert len(program.platform.sent) == 2


async def test_a_lost_race_is_played_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    play, races = turns.play, [1, 2]

    def lose_twice(tx: Tx, office: Any, event: Any, told: Any, now: Any) -> None:
        play(tx, office, event, told, now)
        if races:
            raise LostRace(str(races.pop()))

    monkeypatch.setattr(turns, "play", lose_twice)
    await program.says(1, "/bantuan")
    assert [event.state for event in await program.kept()] == ["handled"]
    assert len(program.platform.sent) == 1


async def test_every_event_is_acknowledged_to_the_person_and_that_may_fail(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    await program.says(1, "/bantuan")
    assert [raw["id"] for raw in program.platform.acknowledged] == [1]

    async def fail(raw: Mapping[str, Any]) -> None:
        raise Undecodable("no spinner to stop")

    monkeypatch.setattr(program.platform, "acknowledge", fail)
    await program.says(2, "/bantuan")
    assert len(program.platform.sent) == 2


async def test_what_a_crash_left_waiting_is_answered_after_a_wake_up(program: Program) -> None:
    program.db.on_wake = lambda key: None  # the process died between the commit and the wake-up
    await program.says(1, "/bantuan")
    assert program.platform.sent == []
    program.db.on_wake = program.work.wake
    for conversation_id in await program.db.read(inbox.unfinished):
        program.work.wake(f"conversation:{conversation_id}")
    await program.work.rest()
    assert len(program.platform.sent) == 1


# ---------------------------------------------------------------- events of our own


async def test_silence_falls_once_and_files_what_spoke_of_danger(program: Program) -> None:
    await program.says(1, "tolong, kebakaran di jl cisitu lama")
    assert await program.db.run(playing.let_silence_fall, program.pass_time(seconds=119)) == 0
    assert await program.db.run(playing.let_silence_fall, program.pass_time(seconds=1)) == 1
    assert await program.db.run(playing.let_silence_fall, program.time) == 0
    await program.work.rest()
    (report,) = await program.db.read(kept_reports.of_contact, 1)
    assert report.priority == "tinggi"
    assert report.needs_check
    assert report.number in program.platform.texts[-1]


async def test_an_answer_before_the_silence_is_over_makes_it_harmless(program: Program) -> None:
    await program.says(1, "tolong, kebakaran di jl cisitu lama")
    await program.says(2, "ya")
    program.pass_time(seconds=300)
    await program.db.run(playing.let_silence_fall, program.time)
    await program.work.rest()
    assert len(await program.db.read(kept_reports.of_contact, 1)) == 1


async def test_an_event_of_our_own_that_nobody_knows_is_parked(program: Program) -> None:
    conversation_id = await program.talk()

    def send(tx: Tx) -> None:
        inbox.receive(
            tx, source=inbox.OURS, unique_key="x", order_key=0, payload=json.dumps({"new": "thing"}),
            conversation_id=conversation_id, now=NOW,
        )  # fmt: skip

    await program.db.run(send)
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["parked"]


async def test_an_event_of_a_channel_that_is_off_now_waits_and_is_answered_when_it_is_on_again(
    program: Program,
) -> None:
    program.db.on_wake = lambda key: None
    await program.says(1, "/bantuan")
    program.db.on_wake = program.work.wake
    program.tools.channels, on = {}, program.tools.channels
    program.work.wake("conversation:1")
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["pending"]
    program.tools.channels = on
    program.work.wake("conversation:1")
    await program.work.rest()
    assert [event.state for event in await program.kept()] == ["handled"]


async def test_a_talk_goes_on_where_it_was_after_the_process_was_replaced(program: Program) -> None:
    await program.says(1, "lampu jalan mati di jl cisitu lama")
    another = Program(program.db, program.tools.office, program.tools.media_folder)
    await another.says(2, "kirim")
    assert "BDG-" in another.platform.texts[0]
    loaded = await program.db.read(conversations.load, 1)
    assert loaded.version == 2
