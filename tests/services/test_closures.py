"""A day on which offices are closed is added or taken back: every due time is counted anew, and nobody is told twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogue.effects import CloseDay, ClosureEffect, OpenDay
from bot.dialogue.events import ChoicePicked, CommandGiven
from bot.services import closures, rights
from bot.services.calendar import calendar_of
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, audit
from storage import closures as kept
from storage.tables import Deadline
from tests import naive_hours
from tests.services.test_clocks import due, referred, running, step
from tests.services.test_reminding import reminded, tick
from tests.services.town import Talk, Town

WEDNESDAY = date(2026, 11, 25)  # the day after the town's first


def change(town: Town, officer: Talk, effect: ClosureEffect) -> None:
    def act(tx: Tx) -> None:
        someone = rights.officer(tx, officer.contact_id, town.now)
        closures.act(tx, town.office, someone, effect, town.now)

    town.run(act)


def closes(town: Town, day: date = WEDNESDAY, agency: str = "") -> None:
    change(town, town.administrator(), CloseDay(day, "edaran wali kota", agency))


def opens(town: Town, day: date = WEDNESDAY, agency: str = "") -> None:
    change(town, town.administrator(), OpenDay(day, agency))


def assigned(town: Town, agency: str = "dishub") -> str:
    number = town.citizen(f"warga {agency}").files()
    town.assigned(number, agency)
    return number


def naively(row: Deadline, *closed: date) -> datetime:
    """When a running due time comes, counted by a clerk minute by minute."""
    assert row.counted is not None
    minutes = round(row.counted / timedelta(minutes=1))
    return naive_hours.after(row.since, minutes, row.agency, frozenset(closed))


# ---------------------------------------------------------------- counted anew


def test_every_running_due_time_moves_and_comes_back(town: Town) -> None:
    numbers = [assigned(town), assigned(town), town.citizen("c").files()]
    referred(town, numbers[1])
    step(town, numbers[2], "perlu_dilengkapi")
    before = {(n, kind): row.due_at for n in numbers for kind, row in running(town, n).items()}
    closes(town)
    counted = 0
    for number in numbers:
        for row in running(town, number).values():
            if row.counted is not None:
                assert row.due_at == naively(row, WEDNESDAY)
                counted += 1
    assert counted == 4  # two of the assigned one, the referral, what the reporter must add
    opens(town)
    assert {(n, kind): row.due_at for n in numbers for kind, row in running(town, n).items()} == before


def test_a_closure_of_one_agency_moves_its_own_due_times_only(town: Town) -> None:
    ours, other = assigned(town, "dishub"), assigned(town, "dlh")
    before = due(town, other, "resolution")
    closes(town, agency="dishub")
    assert due(town, ours, "resolution") == naively(running(town, ours)["resolution"], WEDNESDAY)
    assert due(town, other, "resolution") == before


def test_what_never_closes_is_not_closed_by_a_circular(town: Town) -> None:
    number = assigned(town, "diskar_pb")
    before = due(town, number, "resolution")
    closes(town)
    assert due(town, number, "resolution") == before


def test_what_begins_later_counts_with_the_closure_in_every_process(town: Town) -> None:
    closes(town)
    number = assigned(town)
    row = running(town, number)["first_response"]
    assert row.due_at == naively(row, WEDNESDAY)
    assert not town.db.read_sync(calendar_of, town.office).is_open(datetime(2026, 11, 25, 3, tzinfo=UTC))


def test_a_circular_that_comes_late_gives_the_lost_time_back(town: Town) -> None:
    number = assigned(town)
    town.pass_time(days=1, hours=-1)  # an hour before the first answer is due, on the closed day itself
    closes(town)
    assert due(town, number, "first_response") == naively(running(town, number)["first_response"], WEDNESDAY)


def test_a_pause_over_a_closure_loses_nothing_and_gains_nothing(town: Town) -> None:
    number = assigned(town)
    town.pass_time(hours=2)
    step(town, number, "perlu_dilengkapi", "narahubung")
    closes(town)
    town.pass_time(days=1)  # within the closed day
    step(town, number, "didisposisikan", "pelapor")
    row = running(town, number)["first_response"]
    assert row.counted == timedelta(hours=5.5)
    assert row.due_at == naively(row, WEDNESDAY)


# ---------------------------------------------------------------- nobody is told twice


def test_who_was_reminded_is_not_reminded_again_when_the_hour_comes_once_more(town: Town) -> None:
    number = assigned(town)
    owner = town.narahubung()
    town.pass_time(hours=4)
    tick(town)
    first = reminded(owner)
    closes(town, town.now.date())  # the half of the time that had passed has not passed any more
    assert running(town, number)["first_response"].reminded == 50
    town.pass_time(days=1, hours=1)
    tick(town)
    assert reminded(owner) == first


def test_the_reporter_hears_of_a_slip_once_whatever_is_closed_afterwards(town: Town) -> None:
    asep = town.citizen("warga dishub")
    number = assigned(town)
    town.pass_time(days=1, minutes=1)
    tick(town)
    assert len(asep.said("slip:")) == 1
    closes(town)
    tick(town)
    opens(town)
    tick(town)
    assert len(asep.said("slip:")) == 1
    assert running(town, number)["first_response"].slips == 1


def test_what_moved_stands_in_the_audit_log_with_both_times(town: Town) -> None:
    number = assigned(town)
    closes(town)
    entries = town.db.read_sync(audit.of_report, town.report(number).id)
    moved = [entry.detail for entry in entries if entry.act == "due_time_recounted"]
    assert sorted(detail.split(":")[0] for detail in moved) == ["first_response", "resolution"]
    assert all("->" in detail for detail in moved)


# ---------------------------------------------------------------- who, and what not


def test_only_an_administrator_closes_a_day(town: Town) -> None:
    with pytest.raises(NotAllowed):
        change(town, town.narahubung(), CloseDay(WEDNESDAY, "", ""))


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        (CloseDay(date(2026, 12, 25), "natal"), "closure_closed_anyway"),
        (CloseDay(date(2026, 11, 28), "sabtu"), "closure_closed_anyway"),
        (CloseDay(date(2026, 9, 1), "lama"), "closure_too_far"),
        (CloseDay(date(2030, 1, 2), "jauh"), "closure_too_far"),
        (CloseDay(WEDNESDAY, "", "pln"), "staff_unknown_agency"),
        (OpenDay(WEDNESDAY), "closure_unknown"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(town: Town, effect: ClosureEffect, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        change(town, town.administrator(), effect)
    assert refused.value.code == code


def test_a_day_is_closed_once_and_can_be_closed_again_after_it_was_opened(town: Town) -> None:
    closes(town)
    with pytest.raises(Refusal):
        closes(town)
    opens(town)
    closes(town)


# ---------------------------------------------------------------- by chat


def says(talk: Talk, command: str) -> str:
    (reply,) = talk.hears_about(CommandGiven("libur", command))
    return reply.text


def test_the_command_closes_lists_and_opens(town: Town) -> None:
    admin = town.administrator()
    number = assigned(town)
    before = due(town, number, "first_response")
    assert "25 November 2026 (semua kantor), edaran wali kota" in says(admin, "25/11/2026 edaran wali kota")
    assert due(town, number, "first_response") > before
    listed = says(admin, "")
    assert "25 November 2026: edaran wali kota (semua kantor)" in listed
    assert "Natal" not in listed or "25 Desember" in listed
    admin.hears_about(ChoicePicked("libur:hapus 2026-11-25", 0))
    assert due(town, number, "first_response") == before
    assert "edaran" not in says(admin, "")


def test_an_agency_at_the_end_of_the_words_is_meant_and_one_within_the_reason_is_not(town: Town) -> None:
    admin = town.administrator()
    assert "(Dishub), kantor kebanjiran" in says(admin, "25/11/2026 kantor kebanjiran Dishub")
    assert "(semua kantor), acara dishub se-Bandung" in says(admin, "26/11/2026 acara dishub se-Bandung")
    assert "(Dishub)" in says(admin, "hapus 25/11/2026 dishub")


@pytest.mark.parametrize("argument", ["kapan saja", "31/2/2026 x", "hapus"])
def test_what_is_no_date_is_answered_with_how_to_write_one(town: Town, argument: str) -> None:
    assert "Tambah: /libur 31/12/2026" in says(town.administrator(), argument)


def test_for_others_the_command_is_not_theirs(town: Town) -> None:
    owner = town.narahubung()
    says(owner, "25/11/2026 x")
    assert town.db.read_sync(calendar_of, town.office).is_open(datetime(2026, 11, 25, 3, tzinfo=UTC))


def test_counting_anew_reads_the_calendar_once_however_much_moves(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.pass_time(hours=8)
    for name in ("asep", "ucup", "euis"):
        town.citizen(name).files()
    town.run(kept.close, WEDNESDAY, "", "kantor kebanjiran", 1, town.now)
    closed_days, read = kept.closed_days, []
    monkeypatch.setattr(kept, "closed_days", lambda tx: read.append(1) or closed_days(tx))
    town.pass_time(seconds=1)
    assert town.run(closures.recount, town.office, town.now) >= 3
    assert len(read) == 1
