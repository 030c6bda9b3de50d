"""On the morning of a promised day those who do the work and the reporter hear of it, and the report is in work again."""

from datetime import UTC, date, datetime

import pytest

from bot.dialogue.effects import CloseDay
from bot.services.refusals import Refusal
from tests.services.test_clocks import due, running
from tests.services.test_closures import change
from tests.services.test_reminding import tick
from tests.services.test_scheduling import DAY, WIDE, schedule
from tests.services.test_undoing import undo
from tests.services.town import Talk, Town

MORNING = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)
"""Half past seven in Bandung, when the offices open."""


@pytest.fixture
def promised(town: Town) -> tuple[str, Talk, Talk]:
    """A report with a promised day, its reporter and its contact person."""
    asep = town.citizen()
    number = asep.files(WIDE)
    owner = town.assigned(number, "dsdabm")
    schedule(town, owner, number)
    return number, asep, owner


def at(town: Town, moment: datetime) -> None:
    town.now = moment
    tick(town)


def test_before_the_work_the_reporter_and_the_office_are_told_once(
    town: Town, promised: tuple[str, Talk, Talk]
) -> None:
    number, asep, owner = promised
    at(town, MORNING.replace(minute=29))
    assert town.report(number).status == "dijadwalkan"
    at(town, MORNING)
    tick(town)
    assert town.report(number).status == "diproses"
    (news,) = asep.said(f"news:{town.history(number)[-1].id}:")
    assert "Hari ini jadwal DSDABM" in news.reply.text
    assert "16.00" in news.reply.text
    (told,) = owner.said("promised_day:")
    assert number in told.reply.text
    assert "lampu jalan mati" in told.reply.text


def test_the_promise_itself_stays_the_end_of_that_day(town: Town, promised: tuple[str, Talk, Talk]) -> None:
    number, asep, _ = promised
    until = due(town, number, "resolution")
    at(town, MORNING)
    assert due(town, number, "resolution") == until
    at(town, until)
    assert asep.said("slip:"), "what was not done on its day is late"


def test_whoever_begins_earlier_or_is_done_is_not_reminded(town: Town, promised: tuple[str, Talk, Talk]) -> None:
    number, _, owner = promised
    town.move(owner, number, "diproses", note="lebih awal")
    assert "promised_day" not in running(town, number)
    at(town, MORNING)
    assert not owner.said("promised_day:")


def test_a_second_day_takes_the_place_of_the_first_and_is_the_administrators_also_when_the_first_has_come(
    town: Town, promised: tuple[str, Talk, Talk]
) -> None:
    number, _, owner = promised
    at(town, MORNING)
    with pytest.raises(Refusal) as refused:
        schedule(town, owner, number, date(2026, 12, 7), "alat rusak")
    assert refused.value.code == "staff_second_date"
    schedule(town, town.administrator(), number, date(2026, 12, 7), "alat rusak")
    schedule(town, town.administrator(), number, date(2026, 12, 8), "masih rusak")
    at(town, datetime(2026, 12, 7, 1, tzinfo=UTC))
    assert town.report(number).status == "dijadwalkan"
    at(town, datetime(2026, 12, 8, 1, tzinfo=UTC))
    assert town.report(number).status == "diproses"


def test_a_day_that_is_taken_back_does_not_come(town: Town, promised: tuple[str, Talk, Talk]) -> None:
    number, _, owner = promised
    undo(town, owner, number)
    at(town, MORNING)
    assert town.report(number).status == "didisposisikan"
    assert not owner.said("promised_day:")


def test_work_promised_for_today_needs_no_reminder(town: Town) -> None:
    number = town.citizen().files(WIDE)
    owner = town.assigned(number, "dsdabm")
    schedule(town, owner, number, town.office.today(town.now))
    assert set(running(town, number)) == {"resolution"}


@pytest.mark.parametrize(("agency", "concerned"), [("", True), ("dsdabm", True), ("dlh", False)])
def test_when_the_day_becomes_a_holiday_those_who_can_give_another_hear_of_it(
    town: Town, promised: tuple[str, Talk, Talk], agency: str, concerned: bool
) -> None:
    number, _, owner = promised
    admin = town.administrator()
    change(town, admin, CloseDay(DAY, "edaran", agency))
    told = [talk.said("day_closed:") for talk in (admin, owner)]
    assert [len(news) for news in told] == [concerned, concerned]
    assert all(number in news.reply.text for each in told for news in each)
    at(town, MORNING)
    assert town.report(number).status == ("dijadwalkan" if concerned else "diproses")
    assert bool(owner.said("promised_day:")) is not concerned, "nobody is told that work is done on a holiday"
