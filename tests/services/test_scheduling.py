"""A day is promised with its reason; what may not be put off is not, and a second date is the administrator's."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.services import rights, scheduling
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from tests.services.town import LAMP, Talk, Town

DAY = date(2026, 11, 30)
WIDE = replace(LAMP, category="jalan_rusak", sub_category="rusak_luas")
POTHOLE = replace(LAMP, category="jalan_rusak", sub_category="lubang_kecil")
ANY_ROAD = replace(LAMP, category="jalan_rusak", sub_category="")


def schedule(town: Town, who: Talk, number: str, day: date = DAY, why: str = "menunggu aspal") -> None:
    def act(tx: object) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        seen = town.report(number).status
        scheduling.schedule(tx, town.office, officer, number, seen=seen, day=day, why=why, now=town.now)

    town.run(act)


def test_the_reporter_reads_the_promised_day_and_the_reason(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(WIDE)
    owner = town.assigned(number, "dsdabm")
    schedule(town, owner, number)
    told = asep.news()[-1].reply.text
    assert "Senin, 30 November 2026" in told
    assert "menunggu aspal" in told
    assert town.history(number)[-1].scheduled_for.date() == DAY
    assert town.report(number).status == "dijadwalkan"


@pytest.mark.parametrize(("draft", "may"), [(WIDE, True), (ANY_ROAD, True), (POTHOLE, False), (LAMP, False)])
def test_before_the_first_answer_only_what_the_city_lets_be_put_off(town: Town, draft: object, may: bool) -> None:
    number = town.citizen().files(draft)
    owner = town.assigned(number, "dsdabm")
    if may:
        schedule(town, owner, number)
        assert town.report(number).status == "dijadwalkan"
        return
    with pytest.raises(Refusal) as refused:
        schedule(town, owner, number)
    assert refused.value.code == "staff_may_not_schedule"
    town.move(owner, number, "diproses", note="sudah diperiksa")
    schedule(town, owner, number)


@pytest.mark.parametrize(
    ("day", "why", "code"),
    [
        (date(2026, 11, 23), "x", "staff_date_past"),
        (date(2026, 11, 24) + timedelta(days=400), "x", "staff_date_far"),
        (DAY, "  ", "staff_schedule_reason_needed"),
    ],
)
def test_a_day_that_cannot_be_and_a_missing_reason_are_named(town: Town, day: date, why: str, code: str) -> None:
    number = town.citizen().files(WIDE)
    owner = town.assigned(number, "dsdabm")
    with pytest.raises(Refusal) as refused:
        schedule(town, owner, number, day, why)
    assert refused.value.code == code
    assert town.report(number).status == "didisposisikan"


def test_a_second_date_is_given_by_the_administrator_only(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(WIDE)
    owner = town.assigned(number, "dsdabm")
    schedule(town, owner, number)
    town.move(owner, number, "diproses", note="mulai")
    with pytest.raises(Refusal) as refused:
        schedule(town, owner, number, date(2026, 12, 7))
    assert refused.value.code == "staff_second_date"


def test_the_administrator_moves_a_promised_day_and_nobody_else_may(town: Town) -> None:
    asep = town.citizen()
    number = asep.files(WIDE)
    owner = town.assigned(number, "dsdabm")
    schedule(town, owner, number)
    schedule(town, town.administrator(), number, date(2026, 12, 7), "alat rusak")
    assert "7 Desember 2026" in asep.news()[-1].reply.text
    with pytest.raises(NotAllowed):
        schedule(town, town.officer("pimpinan"), number)


@pytest.mark.parametrize("day", [date(2026, 11, 27), date(2026, 11, 28)])
def test_a_promise_ends_when_the_offices_close_or_in_the_afternoon_where_they_do_not_open(
    town: Town, day: date
) -> None:
    spans = town.office.city.hours.office.get(day.weekday(), ())
    ends = town.run(scheduling.end_of_work, town.office, day).astimezone(town.office.city.timezone)
    assert ends.date() == day
    assert ends.time() == (spans[-1][1] if spans else scheduling.LATEST_HOUR)
