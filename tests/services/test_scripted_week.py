"""A week of a city, scripted: 300 reports of every category through every role, over Ramadan, Fridays, Nyepi and Idul Fitri.

Reports are returned, referred, asked about, scheduled, joined and raced for; days are closed and opened meanwhile. Afterwards every
due time is worked out once more by a calculation that knows nothing of the program (tests/naive_deadlines.py).
"""

import contextlib
import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.dialogue.events import ChoicePicked, CommandGiven
from bot.services import asking, desk_moves, referrals, rights, scheduling
from bot.services.due_times import any_due, deal_with_due
from bot.services.office import Office
from storage import Database, Tx, Vault, audit, closures, conversations, deadlines
from storage import referrals as kept_referrals
from storage.moves import StatusMoved
from storage.tables import OutboxMessage, Report
from tests.databases import SECRET
from tests.naive_deadlines import Story
from tests.services import audit_trail
from tests.services.town import CISITU, LAMP, Talk, Town

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
"""In Ramadan. Nyepi is on the 19th, Idul Fitri on the 20th; both bring collective leave."""
END = datetime(2026, 4, 8, 1, 0, tzinfo=UTC)
SEED = 20260309
EACH = 12  # reports of each category
DELAYS = (15, 60, 60, 120, 240, 480, 1440)  # minutes between two steps
STORIES = (
    "verify assign process resolve yes",
    "verify assign_other give_back assign process resolve no process resolve yes",
    "verify assign process ask_by_owner answer resolve",
    "ask answer verify assign ask_by_owner answer process resolve yes",
    "ask",
    "verify refer refer_on outside_done yes",
    "verify assign process refer take_back assign process resolve yes",
    "verify assign process schedule process resolve no resolve",
    "verify assign race resolve yes",
    "verify assign process resolve claim_fails resolve yes",
    "archive",
    "verify assign",
)
BY_CHAT = 40  # reports about which staff write in their chats; about the others they call the services at once


@dataclass
class Week:
    """The town, its people, and what was done when."""

    town: Town
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    ticks: list[datetime] = field(default_factory=list)
    closed: list[tuple[datetime, frozenset[tuple[date, str]]]] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    reporters: dict[str, Talk] = field(default_factory=dict)
    priorities: dict[str, str] = field(default_factory=dict)
    owners: dict[str, tuple[Talk, Talk]] = field(default_factory=dict)
    races: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.town.now = MONDAY
        self.admin = self.town.administrator()
        self.other_admin = self.town.officer("administrator", name="the second administrator")
        self.boss = self.town.officer("pimpinan", name="the mayor")
        self.citizens = [self.town.citizen(f"warga {n}") for n in range(40)]

    # ------------------------------------------------------------ time

    def tick(self) -> None:
        """What the program does by itself, and everything that is due delivered."""
        town = self.town
        self.ticks.append(town.now)
        while town.db.read_sync(any_due, town.office, town.now):
            assert town.run(deal_with_due, town.office, town.now)
        self.deliver()

    def deliver(self) -> None:
        """Everything that is due arrives; in which order and how often it is tried is tested elsewhere."""

        def send(tx: Tx) -> list[str]:
            due = (col(OutboxMessage.state) == "due", col(OutboxMessage.due_at) <= self.town.now)
            keys = list(tx.session.exec(select(OutboxMessage.key).where(*due)))
            tx.change(OutboxMessage, *due, state="sent", sent_at=self.town.now)
            return keys

        self.sent.update(self.town.run(send))

    def until(self, moment: datetime) -> None:
        """Let time pass, looking at least every six hours."""
        while self.town.now < moment:
            self.town.now = min(moment, self.town.now + timedelta(hours=6))
            self.tick()

    # ------------------------------------------------------------ people

    def people_of(self, agency: str) -> tuple[Talk, Talk]:
        """The contact person of an agency, and the deputy."""
        if agency not in self.owners:
            self.owners[agency] = (self.town.narahubung(agency), self.town.officer("wakil", agency))
        return self.owners[agency]

    def as_officer(self, who: Talk, act: Callable[[Tx, Any], None]) -> None:
        self.town.run(lambda tx: act(tx, rights.officer(tx, who.contact_id, self.town.now)))

    def agency_for(self, number: str, *, other: bool = False) -> str:
        """One that may see it: its category's owner, or for a first try somebody else."""
        city = self.town.office.city
        category = city.categories[self.town.report(number).category]
        fits = [id_ for id_ in (category.owner, *category.support, "dishub") if city.agencies[id_].inside_city]
        allowed = [id_ for id_ in fits if not category.restrict_view or id_ in category.restrict_view]
        return allowed[-1] if other else allowed[0]

    def by_chat(self) -> bool:
        """Whether a step is made in a chat, as people do it: at first, while those chats are short enough to be quick."""
        return len(self.reporters) < BY_CHAT and self.chance.random() < 0.5

    # ------------------------------------------------------------ steps of a story

    def do(self, step: str, number: str) -> None:
        getattr(self, step)(number)
        self.done[step] += 1

    def verify(self, number: str) -> None:
        who = self.chance.choice([self.admin, self.other_admin])
        if self.by_chat():
            who.hears_about(CommandGiven("verifikasi", number))
            who.taps("right")
            assert self.town.report(number).status == "terverifikasi"
        else:
            self.town.move(who, number, "terverifikasi")

    def assign(self, number: str, *, other: bool = False) -> None:
        agency = self.agency_for(number, other=other)
        self.people_of(agency)
        if self.by_chat():
            self.admin.hears_about(CommandGiven("disposisi", f"{number} {agency.replace('_', ' ')}"))
            assert self.town.report(number).status == "didisposisikan"
        else:
            self.town.move(self.admin, number, "didisposisikan", agency=agency, note="sesuai bidang")

    def assign_other(self, number: str) -> None:
        self.assign(number, other=True)

    def give_back(self, number: str) -> None:
        owner, _ = self.people_of(self.town.report(number).agency)
        self.as_officer(
            owner,
            lambda tx, officer: desk_moves.give_back(
                tx, self.town.office, officer, number, seen="didisposisikan", agency="dpkp" if
                self.town.report(number).agency != "dpkp" else "dlh", why="bukan kewenangan kami", now=self.town.now,
            ),
        )  # fmt: skip

    def process(self, number: str) -> None:
        if self.town.report(number).status == "diproses":
            return  # the promised day has come meanwhile
        owner, deputy = self.people_of(self.town.report(number).agency)
        who = self.chance.choice([owner, deputy])
        if self.by_chat():
            who.hears_about(CommandGiven("proses", f"{number} tim berangkat"))
            assert self.town.report(number).status == "diproses"
        else:
            self.town.move(who, number, "diproses", note="tim berangkat")

    def race(self, number: str) -> None:
        """Two people act on one report at once: one is too late and is told so."""

        def act(who: Talk) -> int:
            try:
                self.town.move(who, number, "diproses", seen="didisposisikan", note="saya kerjakan")
            except StatusMoved:
                return 0
            return 1

        with ThreadPoolExecutor(2) as both:
            self.races.append(sum(both.map(act, self.people_of(self.town.report(number).agency))))

    def resolve(self, number: str) -> None:
        owner, _ = self.people_of(self.town.report(number).agency)
        kind = "document" if self._proof(number) == "document" else "photo"
        self.town.move(
            owner, number, "menunggu_konfirmasi", note="sudah beres", evidence=(self.town.photo_of(owner, kind),)
        )

    def _proof(self, number: str) -> str:
        return self.town.office.city.categories[self.town.report(number).category].proof

    def claim_fails(self, number: str) -> None:
        self.town.move(self.admin, number, "diproses", note="foto tidak menunjukkan hasil")

    def yes(self, number: str) -> None:
        self.reporters[number].answers(number, solved=True)

    def no(self, number: str) -> None:
        self.reporters[number].answers(number, solved=False)

    def ask(self, number: str, who: Talk | None = None) -> None:
        self.as_officer(
            who or self.admin,
            lambda tx, officer: asking.ask_reporter(
                tx, self.town.office, officer, number, seen=self.town.report(number).status, part="",
                words="Di sisi mana?", now=self.town.now,
            ),
        )  # fmt: skip

    def ask_by_owner(self, number: str) -> None:
        self.ask(number, self.people_of(self.town.report(number).agency)[0])

    def answer(self, number: str) -> None:
        talk = self.reporters[number]

        def act(tx: Tx) -> None:
            conversation = conversations.load(tx, talk.conversation_id).conversation
            asking.complete(tx, self.town.office, conversation, number, words="sebelah kiri", now=self.town.now)

        self.town.run(act)

    def refer(self, number: str, agency: str = "pln", receiver: str = "") -> None:
        self.as_officer(
            self.admin,
            lambda tx, officer: referrals.refer(
                tx, self.town.office, officer, number, seen=self.town.report(number).status, agency=agency,
                receiver=receiver, reason="milik instansi lain", way="letter", reference="", token="", now=self.town.now,
            ),
        )  # fmt: skip

    def refer_on(self, number: str) -> None:
        self.refer(number, "", "Pengelola kawasan")

    def outside_done(self, number: str) -> None:
        def act(tx: Tx) -> None:
            hop = kept_referrals.open_of(tx, self.town.report(number))
            assert hop is not None
            referrals.answer_by_link(tx, self.town.office, hop, "sudah selesai", None, done=True, now=self.town.now)

        self.town.run(act)

    def take_back(self, number: str) -> None:
        self.town.move(self.admin, number, "terverifikasi")

    def schedule(self, number: str) -> None:
        owner, _ = self.people_of(self.town.report(number).agency)
        day = self.town.office.today(self.town.now) + timedelta(days=self.chance.randint(1, 12))
        self.as_officer(
            owner,
            lambda tx, officer: scheduling.schedule(
                tx, self.town.office, officer, number, seen="diproses", day=day, why="menunggu alat", now=self.town.now
            ),
        )

    def archive(self, number: str) -> None:
        self.as_officer(
            self.admin,
            lambda tx, officer: desk_moves.archive(
                tx,
                self.town.office,
                officer,
                number,
                seen=self.town.report(number).status,
                reason="spam",
                now=self.town.now,
            ),
        )

    # ------------------------------------------------------------ days off

    def libur(self, argument: str, *, tap: bool = False) -> None:
        event = ChoicePicked(f"libur:{argument}", 0) if tap else CommandGiven("libur", argument)
        self.admin.hears_about(event)
        self.closed.append((self.town.now, self.town.db.read_sync(closures.closed_days)))


def play(week: Week, categories: Collection[str]) -> None:
    """File and tell every story; the order of everything is the chance of one seed."""
    queue, order = [], iter(range(10**6))
    for category in categories:
        for n in range(EACH):
            at = MONDAY + timedelta(hours=week.chance.randrange(5 * 24))
            heapq.heappush(queue, (at, next(order), "file", (category, STORIES[n % len(STORIES)])))
    for hours, argument, tap in ((30, "16/3/2026 surat edaran", False), (52, "12/3/2026 kantor kebanjiran dishub", False),
                                 (100, "hapus 2026-03-16", True)):  # fmt: skip
        heapq.heappush(queue, (MONDAY + timedelta(hours=hours), next(order), "libur", (argument, tap)))
    while queue:
        at, _, what, about = heapq.heappop(queue)
        if at > week.town.now:
            week.until(at)
        if what == "libur":
            week.libur(about[0], tap=about[1])
            continue
        number, steps = (file(week, *about), about[1].split()) if what == "file" else about
        if what == "step":
            week.do(steps[0], number)
            steps = steps[1:]
        if steps:
            later = at + timedelta(minutes=week.chance.choice(DELAYS))
            heapq.heappush(queue, (later, next(order), "step", (number, steps)))
    week.until(END)


def file(week: Week, category: str, story: str) -> str:
    """A report of this category by one of the citizens; now and then another citizen joins it."""
    known = week.town.office.city.categories[category]
    subs = [sub.id for sub in known.subs.values()]
    priority = week.chance.choice(["tinggi", "sedang", "rendah"])
    draft = replace(
        LAMP, category=category, sub_category=week.chance.choice(["", *subs]), priority=priority,
        description=f"laporan tentang {category}", place=CISITU,
    )  # fmt: skip
    reporter = week.chance.choice(week.citizens)
    emergency = category == "kedaruratan" and story.startswith("verify")
    if emergency:
        draft = replace(draft, priority="darurat")
    number = reporter.files(draft, emergency=emergency)
    week.reporters[number], week.priorities[number] = reporter, draft.priority
    if week.chance.random() < 0.08:
        supporter = week.chance.choice([each for each in week.citizens if each is not reporter])
        joined = supporter.joins(number, draft)
        week.reporters[joined], week.priorities[joined] = supporter, draft.priority
    return number


def test_the_week(tmp_path: Path, sqlite_template: Path, office: Office) -> None:
    """Played once and looked at from every side: in a parallel run each test of its own would have it played again."""
    file_ = tmp_path / "kentongan.db"
    file_.write_bytes(sqlite_template.read_bytes())
    with contextlib.closing(Database(f"sqlite:///{file_}", Vault(SECRET))) as db:
        week = Week(Town(db, office))
        play(week, office.city.categories)
        for look in LOOKS:
            look(week)


def all_reports(week: Week) -> list[Report]:
    return [week.town.report(number) for number in week.reporters]


def told_story(week: Week, report: Report) -> Story:
    """The independent calculation of one report's due times."""
    story = Story(report.category, report.sub_category, week.priorities[report.number])
    story.tell(week.town.history(report.number), week.ticks, week.closed)
    return story


def every_story_was_told_with_every_category_and_role(week: Week) -> None:
    counted = Counter(report.category for report in all_reports(week) if report.parent_id is None)
    assert counted == dict.fromkeys(week.town.office.city.categories, EACH)
    assert counted.total() == 300
    assert set(week.done) == {step for story in STORIES for step in story.split()}
    actors = {step.actor for report in all_reports(week) for step in week.town.history(report.number)}
    assert actors == {"pelapor", "sistem", "administrator", "narahubung", "instansi_eksternal"}
    assert len(week.closed) == 3


def of_two_who_acted_at_once_one_was_too_late_every_time(week: Week) -> None:
    assert len(week.races) == 25
    assert set(week.races) == {1}


def every_due_time_is_the_one_of_the_independent_calculation(week: Week) -> None:
    compared = Counter[str]()
    for report in all_reports(week):
        kinds = ("verification", "first_response", "resolution")
        rows = [row for row in week.town.db.read_sync(deadlines.of_report, report.id) if row.kind in kinds]
        ours = sorted((row.kind, row.since, row.due_at, row.outcome) for row in rows)
        expected = sorted((row.kind, row.since, row.due, row.outcome) for row in told_story(week, report).rows)
        assert ours == expected, (report.number, report.category, week.town.statuses(report.number))
        compared.update(row.outcome or "running" for row in rows)
    assert set(compared) == {"met", "missed", "void", "replaced", "paused", "resumed", "running"}
    assert compared.total() > 1000


def who_lets_the_time_pass_is_closed_or_set_aside_at_the_first_look_after_it(week: Week) -> None:
    ended = Counter[str]()
    for report in all_reports(week):
        history = week.town.history(report.number)
        for before, step in pairwise(history):
            if step.actor != "sistem" or step.to_status not in ("ditutup", "diarsipkan"):
                continue
            kind = "reporter_reply" if step.to_status == "ditutup" else "completion"
            rows = [row for row in week.town.db.read_sync(deadlines.of_report, report.id) if row.kind == kind]
            due = before.at + timedelta(days=10) if kind == "reporter_reply" else rows[-1].due_at
            assert step.at == min(tick for tick in week.ticks if tick >= due)
            ended[step.reason] += 1
    assert set(ended) == {"tidak_ada_tanggapan", "tidak_dilengkapi"}


# ---------------------------------------------------------------- news


def every_citizen_got_every_piece_of_news_once(week: Week) -> None:
    assert all(times == 1 for times in week.sent.values())
    expected = Counter[str]()
    children = defaultdict(list)
    for report in all_reports(week):
        if report.parent_id:
            children[report.parent_id].append(report)
    for report in all_reports(week):
        history = week.town.history(report.number)
        concerned = [report, *(child for child in children[report.id] if child.status == "digabung")]
        for n, step in enumerate(history):
            following = history[n + 1] if n + 1 < len(history) else None
            if said_in_the_talk(step) or overtaken(step, following):
                continue
            for each in concerned:
                if step.actor != "pelapor" or each.contact_id != step.contact_id:
                    expected[f"news:{step.id}:{each.id}"] += 1
    news = Counter({key: times for key, times in week.sent.items() if key.startswith("news:")})
    assert (news - expected, expected - news) == (Counter(), Counter())


def said_in_the_talk(step: Any) -> bool:
    """A step whose news its reporter reads in the answer, or that the step before has told already."""
    reporters = step.actor == "pelapor" and step.from_status == "perlu_dilengkapi"
    returned = step.to_status == "terverifikasi" and step.actor == "narahubung"
    again = step.to_status == "didisposisikan" and step.actor == "sistem"
    return not step.from_status or reporters or returned or again


def overtaken(step: Any, following: Any) -> bool:
    """statuses.yaml: "Sudah diperiksa" is silent when the next step follows within half an hour."""
    return bool(step.to_status == "terverifikasi" and following and following.at - step.at < timedelta(minutes=30))


def every_slip_was_told_once_to_everybody_concerned_with_the_new_time(week: Week) -> None:
    expected, told = Counter[int](), Counter[int]()
    of_row = Counter(int(key.split(":")[1]) for key in week.sent if key.startswith("slip:"))
    children = Counter(report.parent_id for report in all_reports(week) if report.parent_id)
    for report in all_reports(week):
        promised = [at for at, status in told_story(week, report).slips if status != "dialihkan_darurat"]
        expected[report.id] += len(promised) * (1 + children[report.id])
        rows = week.town.db.read_sync(deadlines.of_report, report.id)
        told[report.id] += sum(of_row[row.id] for row in rows)
    assert +told == +expected
    assert told.total() > 100


def nobody_was_reminded_at_night_and_nobody_twice_within_the_hour(week: Week) -> None:
    emergencies = {number for number, priority in week.priorities.items() if priority == "darurat"}
    last: dict[int, datetime] = {}
    for talk in {each for both in week.owners.values() for each in both} | {week.admin, week.other_admin, week.boss}:
        for message in talk.said("staff:digest:"):
            if any(number in message.reply.text for number in emergencies):
                continue
            assert 6 <= message.due_at.astimezone(week.town.office.city.timezone).hour < 20
            before = last.get(talk.conversation_id)
            assert before is None or message.due_at - before >= timedelta(hours=1)
            last[talk.conversation_id] = message.due_at
    assert len(last) > 10


# ---------------------------------------------------------------- the audit log


def the_audit_log_explains_every_step_and_every_due_time_that_was_moved(week: Week) -> None:
    moved = 0
    for report in all_reports(week):
        entries = week.town.db.read_sync(audit.of_report, report.id)
        for step in week.town.history(report.number):
            fitting = [entry for entry in entries if entry.at == step.at and entry.contact_id == step.contact_id]
            assert fitting, (report.number, step.to_status, step.actor)
        moved += sum(entry.act == "due_time_recounted" for entry in entries)
    assert moved > 20


def every_change_in_every_table_is_explained(week: Week) -> None:
    assert week.town.db.read_sync(audit_trail.unexplained) == []
    assert week.town.db.read_sync(audit_trail.counted) > 5_000


LOOKS: tuple[Callable[[Week], None], ...] = (
    every_story_was_told_with_every_category_and_role,
    of_two_who_acted_at_once_one_was_too_late_every_time,
    every_due_time_is_the_one_of_the_independent_calculation,
    who_lets_the_time_pass_is_closed_or_set_aside_at_the_first_look_after_it,
    every_citizen_got_every_piece_of_news_once,
    every_slip_was_told_once_to_everybody_concerned_with_the_new_time,
    nobody_was_reminded_at_night_and_nobody_twice_within_the_hour,
    the_audit_log_explains_every_step_and_every_due_time_that_was_moved,
    every_change_in_every_table_is_explained,
)
