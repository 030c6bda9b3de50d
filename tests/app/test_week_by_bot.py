"""Reports of many categories through every role, by what people type and tap in the two real bots, over Ramadan, Fridays and holidays.

Afterwards every due time is worked out once more by a calculation that knows nothing of the program (tests/naive_deadlines.py), every
citizen's chat is compared with what had to be told, and every step is looked for in the audit log.
"""

from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import col, select

from storage import Tx, audit, deadlines
from storage import reports as kept
from storage.moves import UNDONE
from storage.tables import OutboxMessage, StatusChange
from storage.talk import conversation_at
from tests.app.week_by_bot import STORIES, Month, month_of
from tests.emulators.bot_api import BotApi
from tests.naive_deadlines import Story
from tests.services import audit_trail
from tests.services.test_scripted_week import overtaken, said_in_the_talk

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("plain_reader")]
REPORTS = 100  # each category four times, each story six times; all of it costs three minutes of the processor
OF_OFFICES = ("verification", "first_response", "resolution")


async def test_every_story_by_chat(tmp_path: Path, api: BotApi, api_url: str) -> None:
    async with month_of(tmp_path, api, api_url, REPORTS) as month:
        everything_was_played(month)
        await every_due_time_is_the_independent_one(month)
        await every_citizen_got_every_piece_of_news_once(month)
        await the_audit_log_explains_every_step(month)
        assert await month.kentongan.db.read(audit_trail.unexplained) == []


def everything_was_played(month: Month) -> None:
    assert set(month.categories.values()) == set(month.kentongan.city.categories)
    assert set(month.done) == {step for story in STORIES for step in story.split()}
    assert set(month.races) == {(1, 1)}, "of two who act at once one is told who was faster"


async def every_due_time_is_the_independent_one(month: Month) -> None:
    compared = Counter[str]()
    for number in month.reporters:
        report = await month.report(number)
        history = await month.kentongan.db.read(kept.history, report.id)
        rows = await month.kentongan.db.read(deadlines.of_report, report.id)
        story = Story(report.category, report.sub_category, "sedang")
        story.tell(history, month.ticks, month.closed)
        ours = sorted((row.kind, row.since, row.due_at, row.outcome) for row in rows if row.kind in OF_OFFICES)
        expected = sorted((row.kind, row.since, row.due, row.outcome) for row in story.rows)
        assert ours == expected, (number, report.category, [step.to_status for step in history])
        compared.update(row.outcome or "running" for row in rows)
    assert compared.total() > 50


async def every_citizen_got_every_piece_of_news_once(month: Month) -> None:
    """By the rows of the outbox what had to be told, and by the chats that each row arrived once."""
    expected = Counter[str]()
    for number in month.reporters:
        report = await month.report(number)
        history = await month.kentongan.db.read(kept.history, report.id)
        for step, following in zip(history, (*history[1:], None), strict=True):
            by_reporter = step.actor == "pelapor" and step.contact_id == report.contact_id
            if step.reason == UNDONE:
                expected[f"news:{before(step, history).id}:{report.id}:undone"] += 1
            elif not (said_in_the_talk(step) or told_by_the_next(step) or overtaken(step, following) or by_reporter):
                expected[f"news:{step.id}:{report.id}"] += 1
    sent = Counter(await month.kentongan.db.read(sent_keys))
    news = Counter({key: times for key, times in sent.items() if key.startswith("news:")})
    assert (news - expected, expected - news) == (Counter(), Counter())
    assert any(key.startswith("moved:") for key in sent)
    assert any(key.startswith("slip:") for key in sent)
    for bot, people in (("citizen", month.reporters.values()), ("staff", month.people)):
        for person in people:
            owed = await month.kentongan.db.read(sent_to, bot, str(person.id))
            assert len(person.messages) == owed, (bot, person.id, [message.text for message in person.messages])


def told_by_the_next(step: StatusChange) -> bool:
    """Taken back from whoever had it, or looked at again: its reporter hears who has it then."""
    had = step.from_status in ("didisposisikan", "diproses", "diteruskan")
    return step.to_status == "diterima" or (had and step.to_status == "terverifikasi")


def before(step: StatusChange, history: list[StatusChange]) -> StatusChange:
    """The step that this one takes back."""
    return history[history.index(step) - 1]


def sent_keys(tx: Tx) -> list[str]:
    return list(tx.session.exec(select(OutboxMessage.key).where(col(OutboxMessage.state).in_(("sent", "delivered")))))


def sent_to(tx: Tx, bot: str, who: str) -> int:
    """How many messages to this person went out."""
    conversation = conversation_at(tx, "telegram", bot, who, who)
    states = col(OutboxMessage.state).in_(("sent", "delivered"))
    return len(
        tx.session.exec(select(OutboxMessage.id).where(OutboxMessage.conversation_id == conversation, states)).all()
    )


async def the_audit_log_explains_every_step(month: Month) -> None:
    moved = 0
    for number in month.reporters:
        report = await month.report(number)
        entries = await month.kentongan.db.read(audit.of_report, report.id)
        for step in await month.kentongan.db.read(kept.history, report.id):
            fitting = [entry for entry in entries if entry.at == step.at and entry.contact_id == step.contact_id]
            assert fitting, (number, step.to_status, step.actor)
        moved += sum(entry.act == "due_time_recounted" for entry in entries)
    assert moved > 2
