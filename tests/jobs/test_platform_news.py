"""What a platform tells about messages, templates and the account is reflected at once, in whatever order it comes."""

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from bot.channels.base import (
    Delivered,
    Delivery,
    NeedsOperator,
    OtherForm,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)
from bot.channels.news import AccountNews, CampaignsChosen, ParcelNews, PlatformNews, TemplateNews
from bot.dialogue.replies import Reply
from bot.jobs.progress import read, written
from bot.jobs.receiving import receive
from bot.services.intake import Arrived
from storage import Tx, outbox, parcels, people, templates
from storage.tables import AuditEntry, OutboxMessage
from tests.jobs.program import Program
from tests.services.town import NOW

COUNT = itertools.count()
REFUSED = Refused("Meta holds it back")


@pytest.fixture(autouse=True)
def platform_that_reports(program: Program) -> None:
    program.platform.capabilities = replace(program.platform.capabilities, reports_progress=True)


async def told(program: Program, *news: PlatformNews) -> None:
    key = f"news {next(COUNT)}"
    arrived = Arrived("telegram:citizen", "telegram", "citizen", "{}", key, ignored="news", news=news)
    await receive(program.tools, arrived)
    await program.work.rest()


async def comes(
    program: Program, state: str, id_: str = "1", failure: Delivery | None = None, billed: str = ""
) -> None:
    await told(program, ParcelNews(id_, state, program.time, failure, billed))


async def sent(program: Program, *answers: Delivery, text: str = "news") -> int:
    talk = await program.talk()
    program.platform.answers += answers or [Delivered("1")]
    await program.owe(talk, text)
    await program.work.rest()
    return talk


async def state(program: Program) -> tuple[str, str]:
    owed = (await program.owed())[-1]
    return owed.state, owed.reason


# How far a message came


@given(st.permutations(["sent", "delivered", "read"]), st.integers(0, 3))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_the_farthest_word_counts_whatever_the_order_and_even_before_our_own_commit(
    program: Program, order: list[str], before: int
) -> None:
    id_ = f"wamid.{next(COUNT)}"
    for word in order[:before]:
        await comes(program, word, id_)
    await sent(program, Delivered(id_), text=id_)
    for word in order[before:]:
        await comes(program, word, id_)
    assert await state(program) == ("read", "")


async def test_a_message_came_as_far_as_its_last_parcel(program: Program) -> None:
    await sent(program, Delivered("3", ("1", "2")))
    for id_ in ("1", "2", "3"):
        assert (await state(program))[0] == "sent"
        await comes(program, "delivered", id_)
    assert (await state(program))[0] == "delivered"
    await comes(program, "read", "3")
    assert (await state(program))[0] == "delivered"
    await comes(program, "read", "1")
    await comes(program, "read", "2")
    assert (await state(program))[0] == "read"


async def test_news_of_a_message_that_we_never_sent_change_nothing(program: Program) -> None:
    await sent(program)
    await comes(program, "failed", "another", REFUSED)
    assert await state(program) == ("sent", "")


async def test_a_failure_ends_with_its_reason_also_when_it_is_told_before_our_own_commit(program: Program) -> None:
    await comes(program, "failed", "1", REFUSED)
    await sent(program)
    assert await state(program) == ("refused", REFUSED.reason)


async def test_what_was_delivered_did_not_fail(program: Program) -> None:
    await sent(program)
    await comes(program, "delivered")
    await comes(program, "failed", failure=REFUSED)
    assert (await state(program))[0] == "delivered"


async def test_a_person_who_cannot_be_reached_is_known_as_such(program: Program) -> None:
    await sent(program)
    await comes(program, "failed", failure=Unreachable("no account"))
    assert await state(program) == ("unreachable", "no account")
    await program.owe(await program.talk(), "second")
    await program.work.rest()
    assert await state(program) == ("unreachable", "no account")


async def test_a_shut_window_holds_the_message_until_the_person_writes(program: Program, asked: int) -> None:
    await program.receive({"id": 8, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await sent(program)
    await comes(program, "failed", failure=WindowShut("131047"))
    assert (await state(program))[0] == "held"
    program.pass_time(minutes=1)
    await program.receive({"id": 9, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    assert await state(program) == ("sent", "")
    assert program.platform.texts == ["news", "news"]


async def test_a_person_whose_time_of_writing_is_not_known_is_waited_for(program: Program) -> None:
    await sent(program)
    await comes(program, "failed", failure=WindowShut("131047"))
    assert await state(program) == ("held", "131047")
    await program.receive({"id": 9, "who": "asep", "nothing": True})
    await program.work.rest()
    assert await state(program) == ("sent", "")


async def test_a_form_that_was_not_taken_is_followed_by_words_alone(program: Program) -> None:
    await sent(program)
    await comes(program, "failed", failure=OtherForm("no buttons"))
    assert program.platform.texts == ["news", "news\n1. Ya"]
    assert await state(program) == ("sent", "")


async def test_a_passing_failure_is_tried_again_and_the_old_parcel_says_nothing_of_the_new_one(
    program: Program,
) -> None:
    await sent(program)
    await comes(program, "failed", failure=TryLater(2, "the network"))
    assert await state(program) == ("due", "the network")
    program.pass_time(seconds=3)
    program.platform.answers.append(Delivered("2"))
    program.work.wake(f"delivery:{await program.talk()}")
    await program.work.rest()
    await comes(program, "delivered", "1")
    assert await state(program) == ("sent", "")
    await comes(program, "read", "2")
    assert await state(program) == ("read", "")


async def test_what_fails_again_and_again_ends_with_its_reason(program: Program) -> None:
    talk = await sent(program)
    for turn in range(2, 9):
        await comes(program, "failed", str(turn - 1), TryLater(2, "the network"))
        program.pass_time(seconds=3)
        program.platform.answers.append(Delivered(str(turn)))
        program.work.wake(f"delivery:{talk}")
        await program.work.rest()
        program.platform.answers.clear()
    assert await state(program) == ("refused", "the network")
    assert len(program.platform.texts) == 5


OUTCOMES: list[Delivery] = [
    TryLater(2, "later", counts=False),
    REFUSED,
    Unreachable("gone"),
    WindowShut("shut"),
    OtherForm("plainer"),
    TemplateUnusable("132015", {"en": "paused"}, "PAUSED"),
    NeedsOperator("190", {"en": "expired"}, 300.0),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_what_a_failure_means_can_be_kept(outcome: Delivery) -> None:
    assert read(written(outcome)) == outcome


# What it costs


async def test_a_message_is_counted_once_among_those_that_are_charged(program: Program) -> None:
    await sent(program)
    for word in ("delivered", "read", "read"):
        await comes(program, word, billed="utility")
    await comes(program, "delivered", "other", billed="service")
    rows = await program.db.read(parcels.billed, NOW.date(), NOW.date() + timedelta(days=1))
    assert {(row.channel, row.category, row.count) for row in rows} == {
        ("telegram", "utility", 1),
        ("telegram", "service", 1),
    }


# Templates


@pytest.fixture
async def asked(program: Program) -> int:
    """Somebody whose window is shut."""
    program.platform.capabilities = replace(program.platform.capabilities, window=timedelta(hours=24))
    await program.receive({"id": 1, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    program.pass_time(days=2)
    return await program.talk()


def approved(name: str) -> TemplateNews:
    return TemplateNews(name, "id", {"status": "APPROVED", "category": "utility"})


async def held(program: Program) -> list[str]:
    return [owed.state for owed in await program.owed() if owed.text.startswith("news")]


async def test_a_template_asks_once_to_write_and_the_news_follows_when_they_do(program: Program, asked: int) -> None:
    await told(program, approved("ada_pesan"))
    await program.owe(asked, "news 1", "news 2")
    await program.work.rest()
    assert [shown.template.name for _, shown in program.platform.sent if shown.template] == ["ada_pesan"]
    assert await held(program) == ["held", "held"]
    await program.receive({"id": 2, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    assert [shown.text for _, shown in program.platform.sent if not shown.template] == ["news 1", "news 2"]
    program.pass_time(days=2)
    await program.owe(asked, "news 3")
    await program.work.rest()
    assert sum(shown.template is not None for _, shown in program.platform.sent) == 2


async def test_a_template_is_sent_whole_though_a_part_of_the_news_had_gone_out(program: Program, asked: int) -> None:
    await told(program, approved("ada_pesan"))
    program.db.on_wake = lambda key: None
    await program.owe(asked, "news of two parts")
    await program.db.run(lambda tx: tx.change(OutboxMessage, OutboxMessage.attempts == 0, parts_sent=1))
    program.db.on_wake = program.work.wake
    program.work.wake(f"delivery:{asked}")
    await program.work.rest()
    (shown,) = [shown for _, shown in program.platform.sent if shown.template]
    assert shown.done == 0


async def test_without_a_template_the_news_waits_for_one_or_for_the_person(program: Program, asked: int) -> None:
    await program.owe(asked, "news")
    await program.work.rest()
    assert (program.platform.sent, await held(program)) == ([], ["held"])
    await told(program, approved("ada_pesan"))
    program.work.wake(f"delivery:{asked}")
    await program.work.rest()
    assert len(program.platform.sent) == 1
    assert await held(program) == ["held"]


async def test_a_template_that_turns_out_paused_is_replaced_and_the_operators_are_told(
    program: Program, asked: int
) -> None:
    await told(program, approved("ada_pesan"))
    program.platform.answers.append(TemplateUnusable("132015", {"en": "paused", "id": "dijeda"}, "PAUSED"))
    await program.owe(asked, "news")
    await program.work.rest()
    assert await held(program) == ["held"]
    known = await program.db.read(templates.of_channel, "telegram")
    assert [(each.name, each.status) for each in known] == [("ada_pesan", "PAUSED")]


async def test_what_meta_does_not_want_to_be_sent_again_is_held_and_not_lost(program: Program, asked: int) -> None:
    await told(program, approved("ada_pesan"))
    program.platform.answers.append(REFUSED)
    await program.owe(asked, "news")
    await program.work.rest()
    assert await held(program) == ["held"]
    await program.receive({"id": 2, "who": "asep", "nothing": True, "at": program.time.isoformat()})
    await program.work.rest()
    assert await held(program) == ["sent"]


async def test_what_becomes_of_a_template_says_nothing_of_the_news_behind_it(program: Program, asked: int) -> None:
    await told(program, approved("ada_pesan"))
    program.platform.answers.append(Delivered("nudge"))
    await program.owe(asked, "news")
    await program.work.rest()
    for word in ("delivered", "read"):
        await comes(program, word, "nudge")
    assert await held(program) == ["held"]


async def test_a_campaign_that_somebody_does_not_want_ends_and_waits_for_nothing(program: Program, asked: int) -> None:
    await told(program, TemplateNews("info_warga", "id", {"status": "APPROVED", "category": "marketing"}))
    program.platform.answers.append(REFUSED)
    await program.db.run(_owe_campaign, asked, program.time)
    await program.work.rest()
    assert await state(program) == ("refused", REFUSED.reason)


def _owe_campaign(tx: Tx, talk: int, now: datetime) -> None:
    body = Reply("film", news="campaign").to_json()
    outbox.owe(tx, conversation_id=talk, body=body, key="campaign 1", now=now)


async def test_who_tells_the_platform_that_campaigns_are_not_wanted_gets_none(program: Program, asked: int) -> None:
    contact = await program.db.read(people.known_as, "telegram", "citizen", ["nobody", "asep"])
    assert contact is not None
    await told(program, CampaignsChosen(("asep",), True), CampaignsChosen(("asep",), False))
    await told(program, CampaignsChosen(("a stranger",), False))
    acts = await program.db.read(lambda tx: [entry.act for entry in tx.session.exec(select(AuditEntry))])
    assert acts == ["campaigns_on", "campaigns_off"]


# Operators


@pytest.mark.parametrize(
    "news",
    [
        AccountNews("ACCOUNT_RESTRICTION"),
        TemplateNews("kabar_laporan", "id", {"status": "REJECTED", "reason": "INVALID_FORMAT"}),
        TemplateNews("kabar_laporan", "id", {"category": "marketing"}),
    ],
)
async def test_trouble_with_the_account_or_a_template_is_told_to_the_administrators(
    program: Program, news: PlatformNews
) -> None:
    await program.db.run(_join, program)
    await told(program, news)
    (text,) = [owed.text for owed in await program.owed() if owed.key.startswith("operator:")]
    assert "kabar_laporan" in text or "ACCOUNT_RESTRICTION" in text


@pytest.mark.parametrize(
    "news",
    [
        TemplateNews("kabar_laporan", "id", {"status": "APPROVED", "category": "utility"}),
        TemplateNews("kabar_laporan", "id", {"quality": "YELLOW"}),
        TemplateNews("of_another_program", "id", {"status": "REJECTED"}),
    ],
)
async def test_good_news_and_templates_of_others_call_nobody(program: Program, news: PlatformNews) -> None:
    await program.db.run(_join, program)
    await told(program, news)
    assert await program.owed() == []


def _join(tx: Tx, program: Program) -> None:
    address = people.find_or_create_address(tx, "telegram", "staff", "admin", now=program.time)
    people.find_or_create_conversation(tx, address, "admin", program.time)
    people.grant_role(tx, address.contact_id, "administrator", "", program.time)


async def test_news_that_nobody_can_take_note_of_are_kept_with_the_reason(program: Program) -> None:
    await told(program, "gossip")  # type: ignore[arg-type]
    (event,) = await program.kept()
    assert event.state == "parked"
    assert "gossip" in event.reason
