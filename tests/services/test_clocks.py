"""The clocks of a report run, stand still and are replaced as its status says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services import referrals, reports, rights
from bot.services.due_times import deal_with_due
from storage import Tx, deadlines
from storage import reports as kept
from storage.tables import Deadline
from tests import naive_hours
from tests.services.town import LAMP, Town


def step(town: Town, number: str, to: str, actor: str = "administrator", *, scheduled: datetime | None = None) -> None:
    """One move, whoever may make it: who may is the lifecycle's matter and tested there."""

    def act(tx: Tx) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        reports.make_step(
            tx, town.office, report, to, actor=actor, contact_id=None, note="x", now=town.now, scheduled=scheduled
        )

    town.run(act)


def assigned(town: Town, agency: str = "dishub") -> str:
    number = town.citizen().files()
    town.assigned(number, agency)
    return number


def referred(town: Town, number: str) -> None:
    admin = town.administrator()

    def act(tx: Tx) -> None:
        officer = rights.officer(tx, admin.contact_id, town.now)
        referrals.refer(
            tx, town.office, officer, number, seen=town.report(number).status, agency="pln", receiver="", way="phone",
            reason="jaringan PLN", reference="", token="", now=town.now,
        )  # fmt: skip

    town.run(act)


def running(town: Town, number: str) -> dict[str, Deadline]:
    return {each.kind: each for each in town.db.read_sync(deadlines.open_deadlines, town.report(number).id)}


def due(town: Town, number: str, kind: str) -> datetime:
    return running(town, number)[kind].due_at


def outcomes(town: Town, number: str, kind: str) -> list[str]:
    rows = town.db.read_sync(deadlines.of_report, town.report(number).id)
    return [row.outcome for row in rows if row.kind == kind]


# ---------------------------------------------------------------- pausing


def test_while_the_reporter_is_asked_no_office_is_running_out_of_time(town: Town) -> None:
    number = assigned(town)
    town.pass_time(hours=2)
    step(town, number, "perlu_dilengkapi", "narahubung")
    assert set(running(town, number)) == {"completion", "reporter_reminder"}
    assert set(town.db.read_sync(deadlines.paused, town.report(number).id)) == {"first_response", "resolution"}


def test_after_the_pause_what_was_left_goes_on_and_not_the_whole_time(town: Town) -> None:
    number = assigned(town)  # eight in the morning: 7.5 hours for the first answer
    town.pass_time(hours=2)
    step(town, number, "perlu_dilengkapi", "narahubung")
    town.pass_time(days=1)  # ten in the morning
    step(town, number, "didisposisikan", "pelapor")
    assert due(town, number, "first_response") == town.now + timedelta(days=1, hours=-2)  # 5.5 hours, the night between
    assert outcomes(town, number, "first_response") == ["resumed", ""]
    assert town.db.read_sync(deadlines.paused, town.report(number).id) == {}


def test_the_check_by_an_administrator_stands_still_as_well(town: Town) -> None:
    number = town.citizen().files()  # four hours
    town.pass_time(hours=1)
    step(town, number, "perlu_dilengkapi")
    town.pass_time(hours=2)  # eleven
    step(town, number, "diterima", "pelapor")
    assert due(town, number, "verification") == town.now + timedelta(hours=4)  # three, and the break


def test_a_pause_that_ends_in_another_check_leaves_nothing_to_take_up(town: Town) -> None:
    number = assigned(town)
    step(town, number, "perlu_dilengkapi", "narahubung")
    step(town, number, "terverifikasi")
    assert set(running(town, number)) == {"verification"}
    assert outcomes(town, number, "resolution") == ["void"]


minutes = st.integers(1, 3 * 24 * 60)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([datetime(2026, 3, 6, 1, tzinfo=UTC), datetime(2026, 12, 22, 1, tzinfo=UTC)]),
    agency=st.sampled_from(["dishub", "diskar_pb"]),
    waits=st.lists(st.tuples(minutes, minutes), min_size=1, max_size=4),
)
def test_time_runs_only_while_it_is_not_paused_and_to_the_minute(
    town: Town, start: datetime, agency: str, waits: list[tuple[int, int]]
) -> None:
    """Counted minute by minute by a calculation that knows nothing of the program, over Ramadan, Friday and Christmas."""
    town.now = start
    number = town.citizen().files(replace(LAMP, category="pohon_taman"))
    town.assigned(number, agency)
    hours = town.office.city.categories["pohon_taman"].resolve_wh
    left = round(hours * 60)
    for work, pause in waits:
        begun = town.now
        town.pass_time(minutes=work)
        left -= naive_hours.minutes_between(begun, town.now, agency)
        if left <= 0:
            break
        step(town, number, "perlu_dilengkapi", "narahubung")
        town.pass_time(minutes=pause)
        step(town, number, "didisposisikan", "pelapor")
        assert due(town, number, "resolution") == naive_hours.after(town.now, left, agency)


# ---------------------------------------------------------------- replacing


def test_a_promised_date_replaces_the_time_for_the_solution_and_a_second_one_the_first(town: Town) -> None:
    number = assigned(town)
    first, second = town.now + timedelta(days=20), town.now + timedelta(days=30)
    step(town, number, "dijadwalkan", "narahubung", scheduled=first)
    assert set(running(town, number)) == {"resolution", "promised_day"}
    assert due(town, number, "resolution") == first
    step(town, number, "dijadwalkan", scheduled=second)
    assert due(town, number, "resolution") == second
    assert outcomes(town, number, "resolution") == ["replaced", "replaced", ""]
    step(town, number, "diproses", "narahubung")
    assert due(town, number, "resolution") == second


def test_passed_on_outside_only_the_clock_of_the_referral_runs(town: Town) -> None:
    number = assigned(town)
    referred(town, number)
    assert set(running(town, number)) == {"referral_chase"}
    assert due(town, number, "referral_chase") == town.office.working_time.add_working_days(town.now, 5)
    town.pass_time(days=1)
    step(town, number, "terverifikasi")
    assert set(running(town, number)) == {"verification"}
    assert due(town, number, "verification") == town.office.working_time.add_hours(town.now, 4)


def test_returned_by_its_agency_the_next_one_has_its_whole_time(town: Town) -> None:
    number = assigned(town)
    town.pass_time(hours=3)
    step(town, number, "terverifikasi", "narahubung")
    assert set(running(town, number)) == {"verification"}
    town.pass_time(hours=1)
    step(town, number, "didisposisikan")
    assert due(town, number, "first_response") == town.office.working_time.add_hours(town.now, 7.5)


def test_a_claim_that_does_not_hold_gives_no_time_back(town: Town) -> None:
    number = assigned(town)  # 22.5 hours for the solution
    town.pass_time(hours=3)
    step(town, number, "menunggu_konfirmasi", "narahubung")
    town.pass_time(days=1)  # eleven in the morning
    step(town, number, "diproses")
    assert due(town, number, "resolution") == town.office.working_time.add_hours(town.now, 19.5)


def test_reopened_before_it_is_handed_out_the_promise_stays_as_it_was_made(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=False)
    promised = due(town, number, "first_response")
    assert promised == town.office.working_time.add_hours(town.now, 7.5)
    assert outcomes(town, number, "first_response")[-1] == ""


# ---------------------------------------------------------------- what the reporter must add


def test_nothing_added_in_five_working_days_sets_the_report_aside_and_says_so(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    step(town, number, "perlu_dilengkapi")
    last = due(town, number, "completion")
    assert last == naive_hours.after(town.now, 5 * 450)
    town.now = last - timedelta(seconds=1)
    town.run(reports_due, town)
    assert town.report(number).status == "perlu_dilengkapi"
    town.now = last
    town.run(reports_due, town)
    report = town.report(number)
    assert (report.status, report.status_reason) == ("diarsipkan", "tidak_dilengkapi")
    assert town.history(number)[-1].actor == "sistem"
    assert number in asep.news()[-1].reply.text
    assert running(town, number) == {}


def test_the_reporter_is_asked_again_after_one_and_three_working_days(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    step(town, number, "perlu_dilengkapi")
    asked_on = []
    for day in range(1, 6):
        town.pass_time(days=1)
        town.run(reports_due, town)
        if len(asep.said("remind:")) > len(asked_on):
            asked_on.append(day)
    assert asked_on == [1, 3]
    assert asep.said("remind:")[-1].reply.text == asep.said("news:")[-1].reply.text


@pytest.mark.parametrize("priority", ["tinggi", "darurat"])
def test_what_is_urgent_is_never_set_aside_by_itself_an_administrator_decides(town: Town, priority: str) -> None:
    number = town.citizen().files(replace(LAMP, priority=priority))
    admin = town.administrator()
    step(town, number, "perlu_dilengkapi")
    town.pass_time(days=30)
    for _ in range(3):
        town.run(reports_due, town)
    assert town.report(number).status == "perlu_dilengkapi"
    assert len(admin.said("incomplete:")) == 1


def reports_due(tx: Tx, town: Town) -> None:
    deal_with_due(tx, town.office, town.now)
