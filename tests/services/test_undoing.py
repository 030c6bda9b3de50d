"""A step is taken back within five minutes by who made it: all stands as before, news is not sent or corrected once, history keeps both."""

from collections.abc import Callable

import pytest

from bot.dialogue.events import CommandGiven
from bot.services import asking, desk_moves, rights, scheduling, undoing
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, deadlines, outbox
from storage.moves import StatusMoved
from storage.tables import Deadline
from tests.services.test_scheduling import DAY, WIDE
from tests.services.town import Talk, Town


def undo(town: Town, who: Talk, number: str, seen: str = "") -> None:
    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        undoing.undo(tx, town.office, officer, number, seen=seen or town.report(number).status, now=town.now)

    town.run(act)


def by(town: Town, move: Callable[..., None], who: Talk, number: str, **what: object) -> None:
    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        move(tx, town.office, officer, number, seen=town.report(number).status, now=town.now, **what)

    town.run(act)


def standing(town: Town, number: str) -> tuple[object, ...]:
    """What a report looks like to those who work on it."""
    report = town.report(number)
    running = town.db.read_sync(deadlines.open_deadlines, report.id)
    due = sorted((each.kind, each.due_at, each.since) for each in running)
    return report.status, report.agency, report.parent_id, report.times_returned, report.closed_at, due


STEPS: dict[str, Callable[[Town, dict[str, Talk], str], Talk]] = {}


def step(fn: Callable[[Town, dict[str, Talk], str], Talk]) -> Callable[[Town, dict[str, Talk], str], Talk]:
    STEPS[fn.__name__] = fn
    return fn


@step
def verified(town: Town, who: dict[str, Talk], number: str) -> Talk:
    town.move(who["admin"], number, "terverifikasi")
    return who["admin"]


@step
def handed_on(town: Town, who: dict[str, Talk], number: str) -> Talk:
    verified(town, who, number)
    town.pass_time(minutes=10)
    town.move(who["admin"], number, "didisposisikan", agency="dsdabm")
    return who["admin"]


@step
def taken_on(town: Town, who: dict[str, Talk], number: str) -> Talk:
    handed_on(town, who, number)
    town.pass_time(minutes=10)
    town.move(who["owner"], number, "diproses", note="berangkat")
    return who["owner"]


@step
def scheduled(town: Town, who: dict[str, Talk], number: str) -> Talk:
    taken_on(town, who, number)
    town.pass_time(minutes=10)
    by(town, scheduling.schedule, who["owner"], number, day=DAY, why="menunggu aspal")
    return who["owner"]


@step
def said_done(town: Town, who: dict[str, Talk], number: str) -> Talk:
    taken_on(town, who, number)
    town.pass_time(minutes=10)
    town.move(who["owner"], number, "menunggu_konfirmasi", note="ditambal")
    return who["owner"]


@step
def returned(town: Town, who: dict[str, Talk], number: str) -> Talk:
    handed_on(town, who, number)
    town.pass_time(minutes=10)
    by(town, desk_moves.give_back, who["owner"], number, agency="dpkp", why="jalan lingkungan")
    return who["owner"]


@step
def asked(town: Town, who: dict[str, Talk], number: str) -> Talk:
    taken_on(town, who, number)
    town.pass_time(minutes=10)
    by(town, asking.ask_reporter, who["owner"], number, part="photo", words="")
    return who["owner"]


@step
def set_aside(town: Town, who: dict[str, Talk], number: str) -> Talk:
    town.pass_time(minutes=10)
    by(town, desk_moves.archive, who["admin"], number, reason="spam")
    return who["admin"]


@step
def joined(town: Town, who: dict[str, Talk], number: str) -> Talk:
    parent = town.citizen("ucup").files(WIDE)
    town.pass_time(minutes=10)
    by(town, desk_moves.join, who["admin"], number, parent=parent)
    return who["admin"]


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("seconds", [30, 200])
def test_all_stands_as_before_the_step_and_the_news_is_right(town: Town, name: str, seconds: int) -> None:
    asep, who = town.citizen("asep"), {"admin": town.administrator(), "owner": town.narahubung("dsdabm")}
    number = asep.files(WIDE)
    town.pass_time(minutes=10)
    before: list[tuple[object, ...]] = []
    original = town.pass_time

    def remember(**span: float) -> object:
        before.append(standing(town, number))
        return original(**span)

    before.append(standing(town, number))
    town.pass_time = remember  # type: ignore[method-assign]
    maker = STEPS[name](town, who, number)
    town.pass_time = original  # type: ignore[method-assign]
    last = town.history(number)[-1]
    waits = list(asep.said(f"news:{last.id}:"))
    original(seconds=seconds)
    deliver(town)
    undo(town, maker, number)
    assert standing(town, number) == before[-1]
    assert [each.to_status for each in town.history(number)][-2:] == [last.to_status, last.from_status]
    told = [news for news in waits if news.due_at <= town.now]
    assert len(asep.said(f"news:{last.id}:")) == (2 if told else 0), (
        "what was told is corrected once, what waits is not told"
    )


def deliver(town: Town) -> None:
    """Let everything that is due be sent."""

    def send(tx: Tx) -> None:
        for conversation in outbox.conversations_due(tx, town.now):
            while message := outbox.next_due(tx, conversation, town.now):
                outbox.claim(tx, message.id, town.now)
                outbox.settle_sent(tx, message.id, "", town.now)

    town.run(send)


def test_news_of_a_step_that_can_be_taken_back_waits_a_minute_and_other_news_does_not(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    town.move(owner, number, "diproses", note="berangkat")
    assert (asep.news()[-1].due_at - town.now).total_seconds() == 60
    assert owner.said("assigned:")[-1].due_at == town.now
    by(town, desk_moves.to_emergency, town.administrator(), (other := town.citizen("ucup")).files(), why="menyala")
    assert other.news()[-1].due_at == town.now


def test_only_who_made_the_last_step_takes_it_back_in_time_and_once(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner, admin = town.assigned(number), town.officer("administrator", name="euis")
    town.pass_time(minutes=1)
    town.move(owner, number, "diproses", note="berangkat")
    with pytest.raises(Refusal) as refused:
        undo(town, admin, number)
    assert refused.value.code == "staff_nothing_to_undo"
    with pytest.raises(NotAllowed):
        undo(town, town.narahubung("dlh"), number)
    with pytest.raises(StatusMoved):
        undo(town, owner, number, seen="didisposisikan")
    town.pass_time(minutes=5)
    undo(town, owner, number)
    with pytest.raises(Refusal) as refused:
        undo(town, owner, number)
    assert refused.value.code == "staff_nothing_to_undo"
    town.move(owner, number, "diproses", note="berangkat")
    town.pass_time(minutes=5, seconds=1)
    with pytest.raises(Refusal) as refused:
        undo(town, owner, number)
    assert refused.value.code == "staff_undo_too_late"


def test_who_gave_a_report_away_takes_that_back_by_the_button(town: Town) -> None:
    number = town.citizen().files(WIDE)
    owner = town.assigned(number, "dsdabm")
    owner.hears_about(CommandGiven("kembalikan", f"{number} dpkp jalan lingkungan"))
    assert town.report(number).agency == ""
    assert "diurungkan" in owner.taps(f"urungkan:{number}").text
    assert (town.report(number).status, town.report(number).agency) == ("didisposisikan", "dsdabm")
    assert "tidak ditemukan" in owner.hears_about(CommandGiven("urungkan", town.citizen("ucup").files()))[0].text


def test_what_has_no_way_back_is_refused(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number, parent = asep.files(), town.citizen("ucup").files()
    by(town, desk_moves.join, admin, number, parent=parent)
    by(town, desk_moves.split_off, admin, number)
    with pytest.raises(Refusal) as refused:
        undo(town, admin, number)
    assert refused.value.code == "staff_no_way_back"
    by(town, desk_moves.to_emergency, admin, parent, why="menyala")
    with pytest.raises(Refusal):
        undo(town, admin, parent)


def test_the_agency_hears_that_there_is_nothing_to_do_for_now(town: Town) -> None:
    number = town.citizen().files()
    admin, owner = town.administrator(), town.narahubung()
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    town.move(admin, number, "didisposisikan", agency="dishub")
    undo(town, admin, number)
    assert "diurungkan" in owner.said("undone:")[-1].reply.text


def test_a_due_time_that_was_replaced_twice_comes_back_once(town: Town) -> None:
    number = town.citizen().files()
    report = town.report(number)
    first = town.now
    town.pass_time(minutes=1)

    def replace_it(tx: Tx) -> list[Deadline]:
        deadlines.set_deadline(tx, report.id, "verification", town.now, town.now)
        deadlines.take_back(tx, report.id, town.now, town.now)
        return deadlines.open_deadlines(tx, report.id)

    (back,) = town.run(replace_it)
    assert back.since == first
