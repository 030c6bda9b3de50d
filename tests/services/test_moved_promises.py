"""Whoever was promised a time hears once that it moved with a holiday, and not at all of what was taken back meanwhile."""

from datetime import date, timedelta

import pytest

from bot.dialogue.effects import CloseDay, OpenDay
from storage import outbox
from tests.services.test_clocks import due, step
from tests.services.test_closures import WEDNESDAY, change, closes, opens
from tests.services.test_undoing import deliver
from tests.services.town import Talk, Town

THURSDAY = date(2026, 11, 26)


def moved(talk: Talk) -> list[str]:
    return [each.reply.text for each in talk.said("moved:")]


@pytest.fixture
def assigned(town: Town) -> tuple[str, Talk]:
    """A report whose reporter was promised a first answer, late on this day."""
    town.pass_time(hours=7)
    asep = town.citizen()
    number = asep.files()
    town.assigned(number)
    return number, asep


def test_the_reporter_reads_the_new_time_of_what_was_promised_last(town: Town, assigned: tuple[str, Talk]) -> None:
    number, asep = assigned
    before = due(town, number, "first_response")
    closes(town)
    now_due = due(town, number, "first_response")
    assert now_due > before
    (text,) = moved(asep)
    assert number in text
    assert f"{now_due.astimezone(town.office.city.timezone):%H.%M}" in text
    assert asep.said("moved:")[0].due_at >= town.now + timedelta(minutes=5)


def test_each_status_promises_its_own_time(town: Town) -> None:
    said = {}
    for status in ("diterima", "perlu_dilengkapi", "diproses"):
        talk = town.citizen(status)
        number = talk.files()
        if status == "perlu_dilengkapi":
            step(town, number, status)
        if status == "diproses":
            owner = town.assigned(number)
            town.move(owner, number, status, note="berangkat")
        said[status] = (number, talk)
    closes(town)
    kinds = {"diterima": "verification", "perlu_dilengkapi": "completion", "diproses": "resolution"}
    for status, (number, talk) in said.items():
        told = due(town, number, kinds[status]).astimezone(town.office.city.timezone)
        (text,) = moved(talk) or [""] if told.date() > WEDNESDAY else [""]
        assert (f"{told.day} " in text) == (told.date() > WEDNESDAY), status


def test_who_supports_the_report_hears_of_it_with_their_own_number(town: Town, assigned: tuple[str, Talk]) -> None:
    number, _ = assigned
    ucup = town.citizen("ucup")
    own = ucup.joins(number)
    closes(town)
    (text,) = moved(ucup)
    assert own in text


def test_what_is_taken_back_at_once_is_told_to_nobody(town: Town, assigned: tuple[str, Talk]) -> None:
    _, asep = assigned
    closes(town)
    town.pass_time(minutes=2)
    opens(town)
    assert moved(asep) == []


def test_of_two_holidays_one_of_which_is_taken_back_the_other_is_told(town: Town, assigned: tuple[str, Talk]) -> None:
    number, asep = assigned
    admin = town.administrator()
    for day in (WEDNESDAY, THURSDAY):
        change(town, admin, CloseDay(day, "banjir", ""))
        town.pass_time(seconds=20)
    change(town, admin, OpenDay(THURSDAY, ""))
    (text,) = moved(asep)
    until = due(town, number, "first_response").astimezone(town.office.city.timezone)
    assert f"{until.day} {'November' if until.month == 11 else 'Desember'}" in text


def test_what_was_told_and_moves_back_is_told_again(town: Town, assigned: tuple[str, Talk]) -> None:
    _, asep = assigned
    closes(town)
    town.pass_time(minutes=10)
    deliver(town)
    opens(town)
    first, second = moved(asep)
    assert first != second
    closes(town)
    assert moved(asep) == [first], "it moved to what they know: there is nothing to tell"


def test_a_time_that_was_never_told_moves_in_silence(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    town.move(owner, number, "menunggu_konfirmasi", note="sudah")
    closes(town)
    assert moved(asep) == []
    assert town.report(number).status == "menunggu_konfirmasi"


def test_nobody_is_woken_at_night(town: Town, assigned: tuple[str, Talk]) -> None:
    _, asep = assigned
    town.pass_time(hours=7)  # ten in the evening
    closes(town)
    (news,) = asep.said("moved:")
    assert news.due_at.astimezone(town.office.city.timezone).hour == 6


def test_who_was_told_nothing_of_a_move_before_costs_one_look_into_what_is_owed(
    town: Town, assigned: tuple[str, Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, asep = assigned
    keys, looked = outbox.keys, []
    monkeypatch.setattr(outbox, "keys", lambda *about: looked.append(about) or keys(*about))
    closes(town)
    assert len(moved(asep)) == 1
    assert len({about[2] for about in looked}) == len(looked) > 0


def test_what_moved_is_not_told_once_it_is_promised_no_longer(town: Town, assigned: tuple[str, Talk]) -> None:
    number, asep = assigned
    closes(town)
    assert len(moved(asep)) == 1
    town.pass_time(minutes=2)
    town.move(town.narahubung(), number, "menunggu_konfirmasi", note="lampu diganti")
    assert moved(asep) == []
    asep.answers(number, solved=False)
    town.pass_time(minutes=10)
    deliver(town)
    assert moved(asep) == []


def test_what_still_runs_after_a_step_is_told(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    closes(town)
    told = moved(asep)
    town.move(town.administrator(), other := asep.files(), "terverifikasi")
    assert other != number
    assert moved(asep) == told
    assert len(told) == 1
