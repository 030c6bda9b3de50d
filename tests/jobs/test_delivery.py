"""What is owed is sent in order; what cannot be sent has a reason that a person can read, and stands in nobody's way."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels.base import (
    ChatMoved,
    Delivered,
    FetchedFile,
    NeedsOperator,
    OtherForm,
    Partly,
    Refused,
    TryLater,
    Unreachable,
)
from bot.dialogue.replies import Reply
from bot.jobs import delivery, schedule
from bot.jobs.fetching import fetch_evidence
from storage import Tx, erasing, media, outbox
from storage.outbox import recover
from storage.tables import OutboxMessage
from tests.jobs.program import Program
from tests.jobs.test_fetching import jpeg
from tests.storage.makers import new_report


async def deliver(program: Program, conversation_id: int) -> None:
    """One wake-up, without the later ones that it asks for."""
    await delivery.deliver_conversation(program.tools, conversation_id)


def stay_asleep(program: Program) -> None:
    """Nothing happens by itself: the test delivers by hand."""
    program.db.on_wake = lambda key: None
    program.tools.wake = lambda key: None


async def test_messages_go_out_in_the_order_in_which_they_came_to_be_owed(program: Program) -> None:
    talk = await program.talk()
    await program.owe(talk, *"abcdefghij")
    await program.work.rest()
    assert program.platform.texts == list("abcdefghij")
    assert {(owed.state, owed.attempts) for owed in await program.owed()} == {("sent", 1)}
    assert program.delivered == [talk] * 10


async def test_a_message_that_must_wait_holds_back_those_behind_it_and_no_other_talk(program: Program) -> None:
    stay_asleep(program)
    asep, ucup = await program.talk("asep"), await program.talk("ucup")
    await program.owe(asep, "a", "b")
    await program.owe(ucup, "x")
    program.platform.answers.append(TryLater(5, "the network"))
    await deliver(program, asep)
    await deliver(program, asep)
    await deliver(program, ucup)
    assert program.platform.texts == ["x"]
    program.pass_time(seconds=10)
    await deliver(program, asep)
    assert program.platform.texts == ["x", "a", "b"]


async def test_the_pause_grows_with_every_try_up_to_five_minutes(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    pauses = []
    for _ in range(9):
        program.platform.answers.append(TryLater(5, "the network"))
        before = program.time
        await deliver(program, talk)
        (owed,) = await program.owed()
        pauses.append((owed.due_at - before).total_seconds())
        program.time = owed.due_at
    assert pauses == [10, 20, 40, 80, 160, 300, 300, 300, 300]
    assert (await program.owed())[0].reason == "the network"


async def test_what_the_platform_asks_for_is_kept_to_the_second_and_not_counted_against_the_message(
    program: Program,
) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    for _ in range(50):
        program.platform.answers.append(TryLater(3600, "slow down", counts=False))
        before = program.time
        await deliver(program, talk)
        (owed,) = await program.owed()
        assert owed.due_at - before == timedelta(hours=1)
        program.time = owed.due_at
    await deliver(program, talk)
    assert program.platform.texts == ["a"]


async def test_a_message_asked_to_wait_is_not_sent_a_second_earlier(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    program.platform.answers.append(TryLater(30, "slow down", counts=False))
    await deliver(program, talk)
    program.pass_time(seconds=29)
    await deliver(program, talk)
    assert program.platform.sent == []
    program.pass_time(seconds=1)
    await deliver(program, talk)
    assert program.platform.texts == ["a"]


async def test_after_two_days_of_trying_a_message_is_given_up_with_its_reason(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a", "b")
    program.platform.answers.append(TryLater(5, "the network"))
    await deliver(program, talk)
    program.pass_time(days=2, seconds=1)
    program.platform.answers.append(TryLater(5, "the network"))
    await deliver(program, talk)
    await deliver(program, talk)
    first, second = await program.owed()
    assert first.state == "refused"
    assert "given up" in first.reason
    assert "the network" in first.reason
    assert second.state == "sent"


async def test_a_refused_message_has_its_reason_and_the_next_one_goes_out(program: Program) -> None:
    talk = await program.talk()
    program.platform.answers += [Refused("message text is empty"), Delivered("2")]
    await program.owe(talk, "a", "b")
    await program.work.rest()
    assert [(owed.state, owed.reason) for owed in await program.owed()] == [
        ("refused", "message text is empty"), ("sent", ""),
    ]  # fmt: skip


async def test_who_cannot_be_reached_is_not_knocked_at_again_until_they_write(program: Program) -> None:
    await program.says(1, "/bantuan")
    program.platform.answers.append(Unreachable("bot was blocked by the user"))
    await program.owe(1, "a", "b", "c")
    await program.work.rest()
    assert [(owed.state, owed.reason) for owed in (await program.owed())[1:]] == [
        ("unreachable", "bot was blocked by the user")
    ] * 3
    assert len(program.platform.sent) == 1
    await program.owe(1, "d")
    await program.work.rest()
    assert (await program.owed())[-1].state == "unreachable"
    await program.says(2, "/bantuan")
    assert (await program.owed())[-1].state == "sent"
    assert len(program.platform.sent) == 2


async def test_a_fault_of_the_channel_is_tried_later_and_is_no_end(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    program.platform.answers.append(KeyError("message_id"))
    await deliver(program, talk)
    (owed,) = await program.owed()
    assert (owed.state, owed.reason) == ("due", "KeyError: 'message_id'")
    program.time = owed.due_at
    await deliver(program, talk)
    assert program.platform.texts == ["a"]


async def test_a_message_for_a_channel_that_is_off_waits_until_it_is_on(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    on, program.tools.channels = program.tools.channels, {}
    program.pass_time(days=3)
    await deliver(program, talk)
    (owed,) = await program.owed()
    assert (owed.state, owed.reason) == ("due", "the channel telegram:citizen is off")
    program.tools.channels = on
    program.time = owed.due_at
    await deliver(program, talk)
    assert program.platform.texts == ["a"]


async def test_a_message_that_cannot_be_read_is_refused_and_the_next_one_goes_out(program: Program) -> None:
    talk = await program.talk()

    def owe_nonsense(tx: Tx) -> None:
        outbox.owe(tx, conversation_id=talk, body='{"of": "tomorrow"}', key="nonsense", now=program.time)

    await program.db.run(owe_nonsense)
    await program.owe(talk, "b")
    await program.work.rest()
    assert program.platform.texts == ["b"]
    refused = await program.db.read(_with_key, "nonsense")
    assert refused.state == "refused"
    assert "cannot be read" in refused.reason


def _with_key(tx: Tx, key: str) -> OutboxMessage:
    return tx.session.exec(select(OutboxMessage).where(OutboxMessage.key == key)).one()


async def test_one_delivery_at_a_time_so_that_nothing_is_sent_twice(program: Program) -> None:
    talk = await program.talk()
    await program.owe(talk, *"abcde")
    for _ in range(20):
        program.work.wake(f"delivery:{talk}")
    await program.work.rest()
    assert program.platform.texts == list("abcde")


async def test_what_a_crash_left_in_the_middle_is_sent_again(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a", "b")

    def begin_to_send(tx: Tx) -> None:
        message = outbox.next_due(tx, talk, program.time)
        assert message is not None
        assert outbox.claim(tx, message.id, program.time)

    await program.db.run(begin_to_send)
    await deliver(program, talk)
    assert program.platform.sent == []  # it is not known whether the platform has it: order demands waiting
    await program.db.run(recover)
    await deliver(program, talk)
    assert program.platform.texts == ["a", "b"]


async def test_news_planned_for_later_wait_for_the_tick_and_hold_back_nobody(program: Program) -> None:
    talk = await program.talk()
    await program.owe(talk, "later", due_at=program.time + timedelta(minutes=30))
    await program.owe(talk, "now")
    await program.work.rest()
    assert program.platform.texts == ["now"]
    program.pass_time(minutes=30)
    await schedule.tick_often(program.tools)
    await program.work.rest()
    assert program.platform.texts == ["now", "later"]


# ---------------------------------------------------------------- pictures


async def photo(program: Program, talk: int, ref: str) -> int:
    def note(tx: Tx) -> int:
        row = media.await_file(
            tx, conversation_id=talk, purpose="result", kind="photo", source="telegram:citizen", platform_ref=ref,
            now=program.time,
        )  # fmt: skip
        assert row.id is not None
        return row.id

    return await program.db.run(note)


async def test_a_picture_goes_out_as_our_own_copy(program: Program) -> None:
    talk = await program.talk()
    program.platform.files["file-1"] = FetchedFile(jpeg(), "image/jpeg")
    evidence = await photo(program, talk, "file-1")
    await program.work.rest()
    await program.owe(talk, "beres", photos=(evidence,))
    await program.work.rest()
    ((_, message),) = program.platform.sent
    assert message.photos[0].media_type == "image/jpeg"
    assert message.photos[0].content.startswith(b"\xff\xd8\xff")


async def test_a_message_waits_for_a_picture_that_is_on_its_way_but_not_for_ever(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    evidence = await photo(program, talk, "file-1")
    await program.owe(talk, "beres", photos=(evidence,))
    await program.owe(talk, "nanti")
    for _ in range(5):
        await deliver(program, talk)
        program.pass_time(seconds=10)
    assert {(owed.state, owed.attempts) for owed in await program.owed()} == {("due", 0)}
    program.pass_time(seconds=10)
    await deliver(program, talk)
    assert program.platform.texts == ["beres", "nanti"]
    assert program.platform.sent[0][1].photos == ()


async def test_a_program_that_was_away_waits_for_a_picture_from_its_start(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    program.platform.files["file-1"] = FetchedFile(jpeg(), "image/jpeg")
    evidence = await photo(program, talk, "file-1")
    await program.owe(talk, "beres", photos=(evidence,))
    program.tools.since = program.pass_time(hours=5)
    await deliver(program, talk)
    assert program.platform.sent == []
    await fetch_evidence(program.tools, evidence)
    await deliver(program, talk)
    ((_, message),) = program.platform.sent
    assert message.photos


async def test_waiting_for_a_picture_is_no_try_to_send_so_that_a_later_failure_waits_shortly(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    program.platform.files["file-1"] = FetchedFile(jpeg(), "image/jpeg")
    evidence = await photo(program, talk, "file-1")
    await program.owe(talk, "beres", photos=(evidence,))
    for _ in range(5):
        await deliver(program, talk)
    await fetch_evidence(program.tools, evidence)
    program.platform.answers.append(TryLater(5, "the network"))
    await deliver(program, talk)
    (owed,) = await program.owed()
    assert owed.due_at - program.time == timedelta(seconds=10)


async def test_a_picture_that_will_never_come_does_not_keep_its_message(program: Program) -> None:
    talk = await program.talk()
    evidence = await photo(program, talk, "gone")
    await program.work.rest()
    sent_before = len(program.platform.sent)
    await program.owe(talk, "beres", photos=(evidence,))
    await program.work.rest()
    assert program.platform.texts[sent_before:] == ["beres"]


async def test_a_copy_that_vanished_from_the_disk_does_not_keep_its_message(program: Program) -> None:
    talk = await program.talk()
    program.platform.files["file-1"] = FetchedFile(jpeg(), "image/jpeg")
    evidence = await photo(program, talk, "file-1")
    await program.work.rest()
    for copy in program.tools.media_folder.rglob("*.jpg"):
        copy.unlink()
    await program.owe(talk, "beres", photos=(evidence,))
    await program.work.rest()
    ((_, message),) = program.platform.sent
    assert (message.text, message.photos) == ("beres", ())


@pytest.mark.parametrize("counted", [True, False])
async def test_a_later_try_is_woken_up_by_itself(program: Program, counted: bool) -> None:
    talk = await program.talk()
    program.platform.answers.append(TryLater(0.01, "soon", counts=counted))
    await program.owe(talk, "a")
    await program.work.rest()
    assert (await program.owed())[0].state in {"due", "sent"}
    program.pass_time(seconds=1)
    await schedule.tick_often(program.tools)
    await program.work.rest()
    assert program.platform.texts == ["a"]


async def test_what_the_platform_does_not_take_with_buttons_is_said_in_words_alone(program: Program) -> None:
    talk = await program.talk()
    program.platform.answers.append(OtherForm("no buttons today"))
    await program.owe(talk, "Sudah?")
    await program.work.rest()
    ((_, shown),) = program.platform.sent
    assert (shown.text, shown.buttons) == ("Sudah?\n1. Ya", ())
    assert [owed.state for owed in await program.owed()] == ["sent"]


async def test_what_it_does_not_take_in_words_either_is_refused_with_its_reason(program: Program) -> None:
    talk = await program.talk()
    program.platform.answers += [OtherForm("no buttons today"), OtherForm("no words either")]
    await program.owe(talk, "Sudah?", "next")
    await program.work.rest()
    first, second = await program.owed()
    assert (first.state, first.reason) == ("refused", "no words either")
    assert second.state == "sent"


async def test_what_needs_an_operator_waits_however_long_that_takes(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "Sudah?")
    for _ in range(9):
        program.platform.answers.append(NeedsOperator("190", {"en": "the token has expired"}, 300))
        await deliver(program, talk)
        program.pass_time(days=1)
    await deliver(program, talk)
    assert [(owed.state, owed.attempts) for owed in await program.owed()] == [("sent", 10)]


# ---------------------------------------------------------------- what is made at sending


async def enclose(program: Program, talk: int, *names: str) -> None:
    body = Reply("ini kartunya", enclosed=names).to_json()
    await program.db.run(lambda tx: outbox.owe(tx, conversation_id=talk, body=body, key="card", now=program.time))
    await program.work.rest()


async def test_what_a_message_encloses_is_made_when_it_is_sent(program: Program) -> None:
    talk = await program.talk()
    number = (await program.db.run(new_report, lat=-6.9078, lon=107.6213)).number
    await enclose(program, talk, f"map:{number}")
    ((_, message),) = program.platform.sent
    (picture,) = message.photos
    assert (picture.name, picture.media_type) == (f"{number}.png", "image/png")
    assert picture.content.startswith(b"\x89PNG")


async def test_a_message_goes_without_what_cannot_be_made(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise MemoryError("no room for a picture")

    monkeypatch.setattr("bot.services.enclosures.map_picture", broken)
    talk = await program.talk()
    number = (await program.db.run(new_report, lat=-6.9078, lon=107.6213)).number
    await enclose(program, talk, f"map:{number}", "map:unknown", "song:1")
    ((_, message),) = program.platform.sent
    assert (message.text, message.photos) == ("ini kartunya", ())


async def test_a_reply_of_several_parts_goes_on_after_the_part_that_failed(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a")
    program.platform.answers.append(Partly(2, TryLater(5, "the network")))
    await deliver(program, talk)
    program.pass_time(seconds=10)
    await deliver(program, talk)
    ((_, sent),) = program.platform.sent
    assert sent.done == 2
    assert [owed.state for owed in await program.owed()] == ["sent"]


async def test_a_chat_that_moved_gets_its_message_where_it_is_now(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "a", "b")
    program.platform.answers.append(ChatMoved("-100999"))
    await deliver(program, talk)
    assert [chat for chat, _ in program.platform.sent] == ["-100999", "-100999"]
    assert program.platform.texts == ["a", "b"]


async def test_news_of_a_chat_that_moved_is_kept_before_anything_is_sent(program: Program) -> None:
    talk = await program.talk("-55")
    await program.receive({"id": 1, "group": "-55", "now": "-100999"})
    await program.owe(talk, "a")
    await program.work.rest()
    assert [chat for chat, _ in program.platform.sent] == ["-100999"]


async def test_news_to_who_was_erased_end_with_a_reason(program: Program) -> None:
    def owe(tx: Tx) -> int:
        nobody = erasing.nobody(tx, program.tools.clock.now())
        body = Reply("sudah selesai").to_json()
        outbox.owe(tx, conversation_id=nobody.conversation_id, body=body, key="n", now=program.tools.clock.now())
        return nobody.conversation_id

    talk = await program.tools.db.run(owe)
    await deliver(program, talk)
    rows = select(OutboxMessage).where(OutboxMessage.conversation_id == talk)
    (row,) = await program.tools.db.read(lambda tx: list(tx.session.exec(rows)))
    assert row.state == "unreachable"
    assert "erased" in row.reason


async def test_what_was_planned_long_before_is_not_given_up_at_the_first_trouble(program: Program) -> None:
    stay_asleep(program)
    talk = await program.talk()
    await program.owe(talk, "reminder", due_at=program.time + timedelta(days=8))
    program.pass_time(days=8)
    program.platform.answers.append(TryLater(5, "the network"))
    await deliver(program, talk)
    assert [owed.state for owed in await program.owed()] == ["due"]
    program.pass_time(minutes=1)
    await deliver(program, talk)
    assert [owed.state for owed in await program.owed()] == ["sent"]
