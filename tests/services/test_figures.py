"""The figures against a count of one's own: a ledger written while things happen, added up by the plainest loops."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import ChoicePicked, CommandGiven
from bot.dialogue.knowledge import Figures, Spread
from bot.services import closing, desk_moves, figure_facts, referrals, rights
from bot.services.figures import _left, _spread
from bot.services.reports import make_step
from storage import Tx
from storage import reports as kept
from tests.naive_hours import minutes_between
from tests.services.town import LAMP, NOW, Talk, Town

AGENCIES = ("dishub", "dsdabm")
DAY_MINUTES = 450  # of a working day of 7.5 hours


@dataclass
class Noted:
    """What the test did with one report, and when."""

    number: str
    filed: datetime
    kelurahan: str
    agency: str = ""
    disposed: datetime | None = None
    answered: datetime | None = None
    solved: datetime | None = None
    ended: str = ""  # confirmed, timed_out, otherwise
    hops: list[tuple[str, datetime, list[datetime]]] = field(default_factory=list)
    unowned: timedelta = timedelta()


class World:
    """A town in which one report after the other is dealt with, and everything is noted."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.chance = town, random.Random(seed)
        self.asep, self.admin = town.citizen(), town.administrator()
        self.owners = {agency: town.narahubung(agency) for agency in AGENCIES}
        self.ledger: list[Noted] = []
        self.free: list[tuple[Noted, datetime]] = []

    def later(self) -> datetime:
        return self.town.pass_time(minutes=self.chance.randint(5, 900))

    def officer(self, talk: Talk, tx: Tx) -> rights.Officer:
        found = rights.officer(tx, talk.contact_id, self.town.now)
        assert found is not None
        return found

    def one_report(self) -> None:
        kelurahan = self.chance.choice(["Dago", "Cihapit"])
        assert LAMP.place is not None
        number = self.asep.files(replace(LAMP, place=replace(LAMP.place, kelurahan=kelurahan)))
        noted = Noted(number, self.town.now, kelurahan)
        self.ledger.append(noted)
        free_from = self.town.now
        self.later()
        if self.chance.random() < 0.1:
            noted.unowned += self.town.now - free_from
            self._free_to_the_end(noted)
            return
        self.town.move(self.admin, number, "terverifikasi")
        self.later()
        noted.unowned += self.town.now - free_from
        if self.chance.random() < 0.4:
            self._refer(noted)
        else:
            self._dispose(noted)

    def _free_to_the_end(self, noted: Noted) -> None:
        self.free.append((noted, self.town.now))

    def _dispose(self, noted: Noted) -> None:
        noted.agency = self.chance.choice(AGENCIES)
        owner = self.owners[noted.agency]
        self.town.move(self.admin, noted.number, "didisposisikan", agency=noted.agency)
        noted.disposed = noted.disposed or self.town.now
        self.later()
        if self.chance.random() < 0.2:
            return
        self.town.move(owner, noted.number, "diproses", note="berangkat")
        noted.answered = noted.answered or self.town.now
        self.later()
        if self.chance.random() < 0.2:
            return
        self.town.move(owner, noted.number, "menunggu_konfirmasi", note="beres")
        noted.solved = self.town.now
        self.later()
        self._end(noted, owner)

    def _end(self, noted: Noted, owner: Talk) -> None:
        match self.chance.choice(["yes", "no", "silence", "open"]):
            case "yes":
                self.asep.answers(noted.number, solved=True)
                noted.ended = "confirmed"
            case "no":
                self.asep.answers(noted.number, solved=False)
                noted.solved = None
                self.later()
                self.town.move(owner, noted.number, "diproses", note="lagi")
                self.later()
                self.town.move(owner, noted.number, "menunggu_konfirmasi", note="beres betul")
                noted.solved = self.town.now
            case "silence":
                self.town.run(self._close_silently, noted.number)
                noted.ended = "timed_out"

    def _close_silently(self, tx: Tx, number: str) -> None:
        report = kept.by_number(tx, number)
        assert report is not None
        make_step(
            tx, self.town.office, report, "ditutup", actor="sistem", contact_id=None, reason="tidak_ada_tanggapan",
            now=self.town.now,
        )  # fmt: skip

    def _refer(self, noted: Noted) -> None:
        for receiver in self.chance.sample(["Balai Jalan", "Kementerian"], self.chance.choice([1, 1, 2])):
            seen = self.town.report(noted.number).status

            def refer(tx: Tx, seen: str = seen, receiver: str = receiver) -> None:
                referrals.refer(
                    tx, self.town.office, self.officer(self.admin, tx), noted.number, seen=seen, agency="",
                    receiver=receiver, reason="bukan kota", way="letter", reference="", token="", now=self.town.now,
                )  # fmt: skip

            self.town.run(refer)
            answers: list[datetime] = []
            noted.hops.append((receiver, self.town.now, answers))
            for _ in range(self.chance.choice([0, 1, 2])):
                self.later()
                self.town.run(self._answer, noted.number)
                answers.append(self.town.now)
            self.later()

    def _answer(self, tx: Tx, number: str) -> None:
        officer = self.officer(self.admin, tx)
        referrals.record_answer(tx, self.town.office, officer, number, f"kabar {self.town.now}", 0, self.town.now)


@pytest.fixture(params=[1, 2])
def world(town: Town, request: pytest.FixtureRequest) -> World:
    made = World(town, request.param)
    for _ in range(10):
        made.one_report()
    for noted, since in made.free:
        noted.unowned += made.town.now - since
    return made


def told(world: World, officer: Talk | None = None, argument: str = "") -> Figures:
    someone, event = officer or world.admin, CommandGiven("statistik", argument)
    found = world.town.run(
        lambda tx: figure_facts.figures_for(tx, world.town.office, world.officer(someone, tx), event, world.town.now)
    )
    assert found is not None
    return found


def days(start: datetime | None, end: datetime | None) -> float | None:
    return minutes_between(start, end) / DAY_MINUTES if start and end else None


def middle(values: list[float]) -> float:
    values = sorted(values)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def test_reports_are_counted_by_agency_category_kelurahan_and_month(world: World) -> None:
    found = told(world)
    assert found.whole.n == len(world.ledger)
    for part, of in (
        ("agency", lambda noted: noted.agency),
        ("category", lambda noted: "pju"),
        ("kelurahan", lambda noted: noted.kelurahan),
        ("month", lambda noted: f"{noted.filed + timedelta(hours=7):%Y-%m}"),
    ):
        assert {group.id: group.n for group in found.by[part]} == Counter(map(of, world.ledger))


def test_times_to_answer_and_to_solve_are_those_of_the_ledger(world: World) -> None:
    found = told(world)
    for spread, values in (
        (found.whole.to_answer, [days(noted.disposed, noted.answered) for noted in world.ledger]),
        (found.whole.to_solve, [days(noted.disposed, noted.solved) for noted in world.ledger]),
    ):
        known = sorted(value for value in values if value is not None)
        assert spread.n == len(known) > 0
        assert spread.median == pytest.approx(middle(known), abs=0.01)
        assert sum(value <= spread.ninety + 0.01 for value in known) >= 0.9 * len(known)
        assert sum(value < spread.ninety - 0.01 for value in known) < 0.9 * len(known)


def test_confirmed_and_timed_out_closings_stand_apart(world: World) -> None:
    found, counted = told(world).whole, Counter(noted.ended for noted in world.ledger)
    assert (found.confirmed, found.timed_out, found.otherwise) == (counted["confirmed"], counted["timed_out"], 0)
    assert found.open == counted[""]


def test_hops_and_answers_of_outside_agencies_are_those_of_the_ledger(world: World) -> None:
    found = told(world)
    hops = [hop for noted in world.ledger for hop in noted.hops]
    assert dict(found.hops) == Counter(len(noted.hops) for noted in world.ledger if noted.hops)
    assert {group.id: group.n for group in found.receivers} == Counter(receiver for receiver, _, _ in hops)
    for group in found.receivers:
        answered = [answers[0] - since for receiver, since, answers in hops if receiver == group.id and answers]
        assert group.confirmed == len(answered)
        if answered:
            assert group.to_answer.median == pytest.approx(middle([each / timedelta(days=1) for each in answered]))


def test_days_owned_by_nobody_are_those_of_the_ledger(world: World) -> None:
    free = [noted.unowned / timedelta(days=1) for noted in world.ledger if noted.unowned]
    found = told(world).unowned
    assert found.n == len(free)
    assert found.total == pytest.approx(sum(free))


def test_an_agencys_people_count_what_is_theirs(world: World) -> None:
    own = told(world, world.owners["dishub"])
    assert own.whole.n == sum(noted.agency == "dishub" for noted in world.ledger)
    assert {group.id for group in own.by["agency"]} <= {"dishub"}


# ---------------------------------------------------------------- single cases


def test_a_referral_that_nobody_answered_is_never_counted_as_solved(town: Town) -> None:
    world = World(town, 0)
    number = world.asep.files()
    town.move(world.admin, number, "terverifikasi")

    def to_the_end(tx: Tx) -> None:
        officer = world.officer(world.admin, tx)
        referrals.refer(
            tx, town.office, officer, number, seen="terverifikasi", agency="", receiver="Balai", reason="x",
            way="letter", reference="", token="", now=town.now,
        )  # fmt: skip

    town.run(to_the_end)
    for _ in range(3):
        town.pass_time(days=9)
        town.run(referrals.chase_due, town.office, town.now)
    town.run(
        lambda tx: closing.close_by_staff(
            tx, town.office, world.officer(world.admin, tx), number, seen="diteruskan", why="diam", now=town.now
        )
    )
    whole = told(world).whole
    assert (whole.confirmed, whole.timed_out, whole.otherwise, whole.to_solve.n) == (0, 0, 1, 0)


def test_a_report_that_was_returned_lay_with_nobody_until_the_next_disposition(town: Town) -> None:
    world = World(town, 0)
    number = world.asep.files()
    town.move(world.admin, number, "terverifikasi")
    town.move(world.admin, number, "didisposisikan", agency="dishub")
    town.pass_time(days=1)

    def give_back(tx: Tx) -> None:
        officer = world.officer(world.owners["dishub"], tx)
        desk_moves.give_back(
            tx, town.office, officer, number, seen="didisposisikan", agency="dsdabm", why="bukan kami", now=town.now
        )

    town.run(give_back)
    town.pass_time(days=2)
    town.move(world.admin, number, "didisposisikan", agency="dsdabm")
    town.pass_time(days=4)
    assert told(world).unowned == Spread(1, 2.0, 2.0, 2.0)


def test_a_restricted_category_is_not_even_counted(town: Town) -> None:
    world = World(town, 0)
    restricted = next(category for category in town.office.city.categories.values() if category.restrict_view)
    world.asep.files()
    world.asep.files(replace(LAMP, category=restricted.id))
    assert told(world).whole.n == 2
    assert told(world, town.officer("pimpinan")).whole.n == 1


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ("", "2026-06-01", "2026-11-24 08:00"),
        ("2026", "2026-01-01", "2026-11-24 08:00"),
        ("2026-10", "2026-10-01", "2026-11-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
    ],
)
def test_a_span_follows_the_citys_calendar(town: Town, asked: str, since: str, until: str) -> None:
    span, zone = figure_facts.span_of(town.office, asked, NOW), town.office.city.timezone
    assert span.since == datetime.fromisoformat(since).replace(tzinfo=zone)
    assert span.until == datetime.fromisoformat(until).replace(tzinfo=zone)


def test_figures_are_gathered_only_where_they_are_asked_for(town: Town) -> None:
    world = World(town, 0)

    def look(tx: Tx, event: object) -> Figures | None:
        return figure_facts.figures_for(tx, town.office, world.officer(world.admin, tx), event, town.now)  # type: ignore[arg-type]

    assert town.run(look, CommandGiven("statistik", "opd 2026-11")) is not None
    assert town.run(look, ChoicePicked("figures:agency:2026:2", 3)) is not None
    for other in (CommandGiven("statistik", "lagu"), CommandGiven("rekap"), ChoicePicked("figures:x::1", 3)):
        assert town.run(look, other) is None


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple), max_size=5)


@given(spans, st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted))
def test_what_is_left_of_a_span_is_counted_minute_by_minute(taken: list[tuple[int, int]], whole: list[int]) -> None:
    def at(minute: int) -> datetime:
        return NOW + timedelta(minutes=minute)

    first, last = whole
    free = sum(not any(a <= minute < b for a, b in taken) for minute in range(first, last))
    assert _left(at(first), at(last), [(at(a), at(b)) for a, b in taken]) == timedelta(minutes=free)


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_the_ninetieth_percentile_is_the_smallest_value_that_nine_of_ten_do_not_exceed(values: list[float]) -> None:
    spread = _spread(values)
    reached = [v for v in values if sum(other <= v for other in values) >= 0.9 * len(values)]
    assert spread.ninety == min(reached)
    assert (spread.n, spread.total) == (len(values), pytest.approx(sum(values)))
