"""People are reminded of what they have to keep: in time, wider and wider, once each, in one message, and not at night."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.services import digests, slipping
from bot.services.due_times import any_due, deal_with_due
from bot.services.quiet import not_quiet
from storage import deadlines, people
from tests.services.test_clocks import running, step
from tests.services.town import LAMP, Talk, Town

RUBBISH = replace(LAMP, category="sampah", description="sampah menumpuk")


def tick(town: Town) -> None:
    """What the program does every few seconds."""
    while town.db.read_sync(any_due, town.office, town.now):
        assert town.run(deal_with_due, town.office, town.now)


def reminded(*talks: Talk) -> list[int]:
    """How many reminders each of them has got."""
    return [len(talk.said("digest")) for talk in talks]


def last(talk: Talk) -> str:
    return talk.said("digest")[-1].reply.text


# ---------------------------------------------------------------- who, and when


def test_reminders_widen_with_the_share_of_the_time_that_has_passed(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)  # eight o'clock: 7.5 working hours for the first answer
    admin, boss, mayor = town.administrator(), town.officer("pimpinan", "dishub"), town.officer("pimpinan")
    everybody = (owner, admin, boss, mayor)
    seen = []
    for hours in (3.7, 0.1, 3.1, 0.1, 16.9, 0.2):  # 11.42, 11.48; 14.54, 15.00; 7.54, 8.06 on the next day
        town.pass_time(hours=hours)
        tick(town)
        seen.append(reminded(*everybody))
    assert seen == [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
        [2, 1, 0, 0],
        [2, 1, 0, 0],
        [3, 2, 1, 1],
    ]
    assert "LEWAT TENGGAT" in last(boss)
    assert number in last(mayor)


def test_a_check_that_waits_is_the_administrators_matter_from_the_beginning(town: Town) -> None:
    admin, owner = town.administrator(), town.narahubung()
    town.citizen().files()
    town.pass_time(hours=2.1)
    tick(town)
    assert reminded(admin, owner) == [1, 0]
    assert "sisa 1 jam kerja untuk memeriksa" in last(admin)


def test_without_a_contact_person_the_administrators_are_reminded(town: Town) -> None:
    number, admin = town.citizen().files(), town.administrator()
    owner = town.assigned(number, "dlh")
    for role in town.db.read_sync(people.staff_roles, owner.contact_id, town.now):
        town.run(people.end_role, role.id, town.now)
    town.pass_time(hours=4)
    tick(town)
    assert reminded(admin, owner) == [1, 0]


def test_a_deputy_is_reminded_with_the_administrators_and_alone_where_there_is_no_contact_person(town: Town) -> None:
    deputy = town.officer("wakil", "dishub")
    owner = town.assigned(town.citizen().files())
    admin, alone = town.administrator(), town.officer("wakil", "dlh")
    number = town.citizen("ucup").files()
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, "didisposisikan", agency="dlh", manned=False)
    seen = []
    for hours in (4, 3.1):
        town.pass_time(hours=hours)
        tick(town)
        seen.append(reminded(owner, deputy, admin, alone))
    assert seen == [[1, 0, 0, 1], [2, 1, 1, 2]]


def test_after_a_long_sleep_only_the_last_share_is_told(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(hours=7.2)  # of 7.5, with the break: 83 per cent
    tick(town)
    assert reminded(owner) == [1]
    assert {row.kind: row.reminded for row in running(town, number).values()} == {"first_response": 80, "resolution": 0}


def test_a_pause_forgets_no_reminder_and_repeats_none(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(hours=4)
    tick(town)
    step(town, number, "perlu_dilengkapi", "narahubung")
    town.pass_time(days=1)
    step(town, number, "didisposisikan", "pelapor")
    town.pass_time(hours=1)
    tick(town)
    assert reminded(owner) == [1]


def test_what_was_done_meanwhile_is_not_reminded_of(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(hours=4)
    assert town.run(slipping.look, town.office, town.now) == 1
    town.move(owner, number, "diproses", note="berangkat")
    assert town.run(digests.tell_due, town.office, town.now) == 1
    assert reminded(owner) == [0]


# ---------------------------------------------------------------- one message


def test_everything_that_comes_up_together_is_one_message(town: Town) -> None:
    numbers = [town.citizen(f"warga {n}").files() for n in range(20)]
    for number in numbers:
        owner = town.assigned(number)
    town.pass_time(hours=4)
    tick(town)
    assert reminded(owner) == [1]
    text = last(owner)
    assert "20 laporan" in text
    assert sum(number in text for number in numbers) == digests.MOST_LINES
    assert "8 lagi" in text


def test_a_person_is_reminded_at_most_once_an_hour_and_then_of_everything(town: Town) -> None:
    first = town.citizen("a").files()
    owner = town.assigned(first)
    town.pass_time(minutes=10)
    later = [town.citizen(name).files() for name in "bc"]
    for number in later:
        town.assigned(number)
    moments = []
    for _ in range(30):
        town.pass_time(minutes=5)
        before = reminded(owner)
        tick(town)
        if reminded(owner) != before:
            moments.append(town.now)
    while len(moments) < 2:
        town.pass_time(minutes=5)
        before = reminded(owner)
        tick(town)
        if reminded(owner) != before:
            moments.append(town.now)
    assert moments[1] - moments[0] >= timedelta(hours=1)
    assert all(number in last(owner) for number in later)
    assert first not in last(owner)


def test_an_emergency_waits_for_nothing(town: Town) -> None:
    town.pass_time(hours=15)  # eleven at night
    admin = town.administrator()
    number = town.citizen().files(replace(LAMP, category="kedaruratan", priority="darurat"), emergency=True)
    town.pass_time(minutes=14)
    tick(town)
    assert reminded(admin) == [0]
    town.pass_time(minutes=1)
    tick(town)
    assert reminded(admin) == [1]
    assert number in last(admin)


def test_what_waits_behind_an_emergency_waits_for_the_whole_pause_and_comes_as_one_message(town: Town) -> None:
    admin = town.administrator()
    filed = {0: LAMP, 20: LAMP, 50: LAMP, 135: replace(LAMP, category="kedaruratan", priority="darurat")}
    told = []
    for minute in range(0, 240, 5):  # a check has four hours: half of them have passed after 120 minutes
        if minute in filed:
            town.citizen(f"warga {minute}").files(filed[minute], emergency=minute == 135)
        before = reminded(admin)
        tick(town)
        if reminded(admin) != before:
            told.append(minute)
        town.pass_time(minutes=5)
    assert told == [120, 150, 210]


# ---------------------------------------------------------------- at night


@pytest.mark.parametrize(
    ("hour", "minute", "waits"),
    [(19, 59, 0), (20, 0, 600), (23, 30, 390), (0, 0, 360), (5, 59, 1), (6, 0, 0), (12, 0, 0)],
)
def test_the_night_is_quiet(town: Town, hour: int, minute: int, waits: int) -> None:
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=town.office.city.timezone).astimezone(UTC)
    assert not_quiet(town.office, moment) - moment == timedelta(minutes=waits)


def test_quiet_hours_by_day_are_possible_too(town: Town) -> None:
    siesta = replace(town.office.city.reminding, quiet=(time(12), time(13)))
    office = replace(town.office, city=replace(town.office.city, reminding=siesta))
    noon = datetime(2026, 11, 24, 12, 10, tzinfo=office.city.timezone)
    assert not_quiet(office, noon) - noon == timedelta(minutes=50)
    assert not_quiet(office, noon - timedelta(minutes=11)) == noon - timedelta(minutes=11)


def test_an_agency_that_never_sleeps_is_reminded_in_the_morning_all_the_same(town: Town) -> None:
    town.pass_time(hours=9)  # five in the afternoon
    number = town.citizen().files()
    owner = town.assigned(number, "diskar_pb")  # 7.5 hours by the clock
    town.pass_time(hours=4)  # nine in the evening
    tick(town)
    assert reminded(owner) == [0]
    town.pass_time(hours=9)
    tick(town)
    assert reminded(owner) == [1]
    assert "LEWAT TENGGAT" in last(owner)  # half an hour after midnight: the earlier shares are not told any more
    assert last(owner).count("jawaban pertama") == 1
    assert number in last(owner)


# ---------------------------------------------------------------- a broken promise


def test_the_reporter_and_every_supporter_hear_of_each_slip_once_with_the_new_time(town: Town) -> None:
    asep, ucup = town.citizen("asep"), town.citizen("ucup")
    number = asep.files()
    town.assigned(number)
    joined = ucup.joins(number)
    town.pass_time(days=1, minutes=1)
    for _ in range(3):
        tick(town)
    for talk, own in ((asep, number), (ucup, joined)):
        (slip,) = talk.said("slip:")
        assert own in slip.reply.text
        assert "Kamis, 26 November 2026 pukul 08.01" in slip.reply.text  # 7.5 hours once more
    assert running(town, number)["first_response"].slips == 1


def test_a_promise_that_is_broken_again_gets_twice_the_time(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.assigned(number)
    dues = []
    for _ in range(3):
        row = running(town, number)["first_response"]
        dues.append(row.due_at - row.since)
        town.now = row.due_at
        tick(town)
    hours = town.office.working_time
    rows = [
        row for row in town.db.read_sync(deadlines.of_report, town.report(number).id) if row.kind == "first_response"
    ]
    assert [hours.between(row.since, row.due_at) for row in rows] == [timedelta(hours=n) for n in (7.5, 7.5, 15, 30)]
    assert [row.outcome for row in rows] == ["missed", "missed", "missed", ""]
    told = [each for each in asep.said("slip:") if "jawaban Dishub" in each.reply.text]
    assert len({each.key for each in told}) == len(told)


def test_who_was_told_to_call_the_emergency_number_was_promised_no_time(town: Town) -> None:
    asep = town.citizen()
    asep.files(replace(LAMP, category="kedaruratan", priority="darurat"), emergency=True)
    town.pass_time(hours=5)
    tick(town)
    assert asep.said("slip:") == []


# ---------------------------------------------------------------- once


def test_two_programs_at_once_and_one_that_died_remind_and_tell_once(either_town: Town) -> None:
    town = either_town
    asep = town.citizen()
    number = asep.files()
    owner, boss = town.assigned(number), town.officer("pimpinan", "dishub")
    for hours, expected in ((4, [1, 0]), (21, [2, 1])):
        town.pass_time(hours=hours)

        def look(_: int) -> None:
            for _ in range(3):
                town.run(deal_with_due, town.office, town.now)

        with ThreadPoolExecutor(4) as programs:
            list(programs.map(look, range(4)))
        assert reminded(owner, boss) == expected
    assert len(asep.said("slip:")) == 1


def test_a_crash_in_the_middle_loses_no_reminder_and_repeats_none(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    town.pass_time(hours=4)

    def die(tx: object) -> None:
        deal_with_due(tx, town.office, town.now)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.run(die)
    assert reminded(owner) == [0]
    tick(town)
    tick(town)
    assert reminded(owner) == [1]
