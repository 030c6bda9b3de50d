"""Whoever may not make a step is told the steps that they can make: no more and no fewer, for every role in every state.

What is told is held against two others: the city's own table (statuses.yaml, read here without the program), and what happens when the
step is really tried.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import yaml

from bot.dialogue.effects import MoveReport
from bot.dialogue.events import ActRefused
from bot.dialogue.session import Session
from bot.services import acting, asking, closing, desk_moves, guards, referrals, reports, rights, scheduling
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, conversations
from storage import reports as kept
from storage.lifecycle import IllegalMove
from storage.tables import Conversation, Referral, Report
from tests.naive_hours import FOLDER
from tests.services.test_parts import share
from tests.services.test_scheduling import DAY, WIDE
from tests.services.test_undoing import by
from tests.services.town import Talk, Town

TABLE = yaml.safe_load((FOLDER / "statuses.yaml").read_text())
AGENCY = "dsdabm"
ACTORS = {
    "administrator": {"administrator"},
    "narahubung": {"narahubung"},
    "wakil": {"narahubung"},
    "narahubung elsewhere": set(),
    "pimpinan": set(),
    "auditor": set(),
}
"""By role: as whom of the city's table somebody acts on a report that lies with their agency."""


class Staff:
    """One of each role, and the report's reporter."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.reporter = town.citizen()
        self.admin = town.administrator()
        self.owner = town.narahubung(AGENCY)
        self.talks = {
            "administrator": self.admin,
            "narahubung": self.owner,
            "wakil": town.officer("wakil", AGENCY),
            "narahubung elsewhere": town.narahubung("dlh"),
            "pimpinan": town.officer("pimpinan"),
            "auditor": town.officer("auditor"),
        }
        self.parent = town.citizen("ucup").files(WIDE)

    def files(self) -> str:
        return self.reporter.files(WIDE)

    def handed_on(self) -> str:
        number = self.files()
        self.town.move(self.admin, number, "terverifikasi")
        self.town.move(self.admin, number, "didisposisikan", agency=AGENCY)
        return number

    def taken_on(self) -> str:
        number = self.handed_on()
        self.town.move(self.owner, number, "diproses", note="berangkat")
        return number

    def scheduled(self) -> str:
        number = self.taken_on()
        by(self.town, scheduling.schedule, self.owner, number, day=DAY, why="menunggu aspal")
        return number

    def back_on_the_promised_day(self) -> str:
        number = self.scheduled()
        self.town.move(self.owner, number, "diproses", note="berangkat")
        return number

    def asked(self) -> str:
        number = self.taken_on()
        by(self.town, asking.ask_reporter, self.owner, number, part="photo", words="")
        return number

    def asked_and_answered(self) -> str:
        number = self.asked()
        self._as_reporter(
            lambda tx, talk: asking.complete(tx, self.town.office, talk, number, words="ini", now=self.town.now)
        )
        return number

    def returned(self, times: int) -> str:
        number = self.handed_on()
        for _ in range(times):
            by(self.town, desk_moves.give_back, self.owner, number, agency="dpkp", why="jalan lingkungan")
            self.town.move(self.admin, number, "didisposisikan", agency=AGENCY, note="keputusan Setda")
        return number

    def referred(self, chases: int = 0) -> str:
        number = self.files()
        by(
            self.town, referrals.refer, self.admin, number, agency="pln", receiver="", reason="tiang", way="phone",
            reference="", token="",
        )  # fmt: skip
        self.town.run(lambda tx: tx.change(Referral, chases=chases))
        return number

    def said_done(self) -> str:
        number = self.taken_on()
        self.town.move(self.owner, number, "menunggu_konfirmasi", note="ditambal")
        return number

    def closed(self, days: int) -> str:
        number = self.said_done()
        self.reporter.answers(number, solved=True)
        self.town.pass_time(days=days)
        return number

    def reopened(self) -> str:
        """For the third time: it waits for an administrator."""
        number = self.said_done()
        for _ in range(3):
            self.reporter.answers(number, solved=False)
            if self.town.report(number).status == "didisposisikan":
                self.town.pass_time(minutes=1)
                self.town.move(self.owner, number, "menunggu_konfirmasi", note="ditambal lagi")
        return number

    def set_aside(self) -> str:
        number = self.files()
        by(self.town, desk_moves.archive, self.admin, number, reason="spam")
        return number

    def joined(self) -> str:
        number = self.files()
        by(self.town, desk_moves.join, self.admin, number, parent=self.parent)
        return number

    def in_danger(self) -> str:
        return self.reporter.files(replace(WIDE, priority="darurat"), emergency=True)

    def withdrawn(self) -> str:
        number = self.files()
        self._as_reporter(
            lambda tx, talk: reports.make_step(
                tx, self.town.office, reports.own(tx, talk, number), "dibatalkan", actor="pelapor",
                contact_id=self.reporter.contact_id, now=self.town.now,
            )
        )  # fmt: skip
        return number

    def shared(self) -> str:
        number = self.files()
        self.town.move(self.admin, number, "terverifikasi")
        share(self.town, self.admin, number, AGENCY, "dlh")
        return number

    def part(self) -> str:
        whole = self.shared()
        return next(each.number for each in self.parts(whole) if each.agency == AGENCY)

    def shared_and_half_done(self) -> str:
        whole = self.shared()
        part = next(each.number for each in self.parts(whole) if each.agency == AGENCY)
        self.town.move(self.owner, part, "menunggu_konfirmasi", note="ditambal")
        return whole

    def parts(self, whole: str) -> list[Report]:
        return self.town.db.read_sync(kept.parts_of, self.town.report(whole).id)

    def _as_reporter(self, act: Callable[[Tx, Conversation], object]) -> None:
        self.town.run(lambda tx: act(tx, conversations.load(tx, self.reporter.conversation_id).conversation))


STATES: dict[str, Callable[[Staff], str]] = {
    "diterima": Staff.files,
    "terverifikasi": lambda staff: (number := staff.files(), staff.town.move(staff.admin, number, "terverifikasi"))[0],
    "didisposisikan": Staff.handed_on,
    "didisposisikan, returned once": lambda staff: staff.returned(1),
    "didisposisikan, returned twice": lambda staff: staff.returned(2),
    "didisposisikan, a part": Staff.part,
    "didisposisikan, shared": Staff.shared,
    "diproses": Staff.taken_on,
    "diproses, a date was promised": Staff.back_on_the_promised_day,
    "diproses, the reporter was asked": Staff.asked_and_answered,
    "diproses, shared, one part done": Staff.shared_and_half_done,
    "dijadwalkan": Staff.scheduled,
    "perlu_dilengkapi": Staff.asked,
    "diteruskan": Staff.referred,
    "diteruskan, asked in vain": lambda staff: staff.referred(3),
    "menunggu_konfirmasi": Staff.said_done,
    "ditutup": lambda staff: staff.closed(1),
    "ditutup long ago": lambda staff: staff.closed(31),
    "dibuka_kembali": Staff.reopened,
    "diarsipkan": Staff.set_aside,
    "digabung": Staff.joined,
    "dialihkan_darurat": Staff.in_danger,
    "dibatalkan": Staff.withdrawn,
}
"""Every status of the city, and what of its past matters for what can follow."""
NEVER_AT_ONCE = {
    "didisposisikan, returned twice": {"narahubung": {"terverifikasi"}},
    "didisposisikan, shared": {"administrator": {"perlu_dilengkapi", "diteruskan", "digabung"}},
    "diproses, a date was promised": {"narahubung": {"dijadwalkan"}},
    "diproses, the reporter was asked": {"narahubung": {"perlu_dilengkapi"}},
    "diproses, shared, one part done": {
        "administrator": {"perlu_dilengkapi", "dijadwalkan", "diteruskan", "digabung", "terverifikasi"},
    },
    "diteruskan": {"administrator": {"ditutup"}},
    "ditutup long ago": {"administrator": {"dibuka_kembali"}},
}
"""What guards of the city forbid of the legal moves: by state, to whom."""


def by_the_table(status: str, actors: set[str]) -> set[str]:
    """The moves of statuses.yaml."""
    found = set()
    for move in TABLE["transitions"]:
        from_ = move["from"] if isinstance(move["from"], list) else [move["from"]]
        if status in from_ and actors & set(move["by"]) and not move.get("undo"):
            found.add(move["to"])
    return found


Step = Callable[..., None]
"""Makes one step of a service: (tx, office, officer, number, seen=..., now=...)."""


def refer(*about: Any, **more: Any) -> None:
    words = {"agency": "", "receiver": "Balai", "reason": "milik mereka", "way": "phone", "reference": "", "token": ""}
    referrals.refer(*about, **words, **more)


def service_of(staff: Staff, who: Talk, status: str, to: str) -> Step:
    """What makes the step from that status to this one, with everything that may be asked for beside it."""
    day = staff.town.office.today(staff.town.now) + timedelta(days=9)
    move = partial(reports.move, to=to, note="catatan", agency="dpkp", evidence=(staff.town.photo_of(who),))
    back = partial(desk_moves.give_back, agency="dpkp", why="bukan kami")
    by_status: dict[tuple[str, str], Step] = {
        **dict.fromkeys(((each, "terverifikasi") for each in ("didisposisikan", "diproses", "diteruskan")), back),
        ("digabung", "terverifikasi"): desk_moves.split_off,
        ("diarsipkan", "diterima"): partial(desk_moves.open_again, why="keliru"),
        ("ditutup", "dibuka_kembali"): partial(desk_moves.open_again, why="keliru"),
    }
    always: dict[str, Step] = {
        "digabung": partial(desk_moves.join, parent=staff.parent),
        "diarsipkan": partial(desk_moves.archive, reason="spam"),
        "dialihkan_darurat": partial(desk_moves.to_emergency, why="menyala"),
        "ditutup": partial(closing.close_by_staff, why="ditangani"),
        "perlu_dilengkapi": partial(asking.ask_reporter, part="", words="di mana?"),
        "dijadwalkan": partial(scheduling.schedule, day=day, why="alat"),
        "diteruskan": refer,
    }
    return by_status.get((status, to)) or always.get(to) or move


def tries(staff: Staff, who: Talk, number: str, to: str) -> bool:
    """Whether the step can really be made; nothing of it is kept."""
    town, status = staff.town, staff.town.report(number).status
    make = service_of(staff, who, status, to)

    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        make(tx, town.office, officer, number, seen=status, now=town.now)
        raise Made

    try:
        town.run(act)
    except Made:
        return True
    except (IllegalMove, NotAllowed, Refusal):
        return False
    raise AssertionError("never reached")


class Made(Exception):
    """It could be done, and is undone again."""


@pytest.mark.parametrize("state", STATES)
def test_what_is_told_is_what_the_table_allows_and_what_can_really_be_done(town: Town, state: str) -> None:
    staff = Staff(town)
    town.narahubung("dpkp")
    number = STATES[state](staff)
    status = town.report(number).status
    assert status == state.partition(",")[0].partition(" ")[0]
    for role, talk in staff.talks.items():
        told = legal_for(town, talk, number)
        actors = ACTORS[role] if town.report(number).agency in ("", AGENCY) else ACTORS[role] - {"narahubung"}
        actors = actors - {"narahubung"} if not town.report(number).agency else actors
        barred = NEVER_AT_ONCE.get(state, {}).get("narahubung" if role == "wakil" else role, set())
        assert set(told) == by_the_table(status, actors) - barred, role
        for to in town.office.city.statuses:
            assert tries(staff, talk, number, to) is (to in told), (role, to)


def legal_for(town: Town, who: Talk, number: str) -> tuple[str, ...]:
    """The steps that somebody is told when one of theirs is refused."""

    def act(tx: Tx) -> ActRefused:
        report = kept.by_number(tx, number)
        conversation = conversations.load(tx, who.conversation_id).conversation
        officer = rights.officer(tx, who.contact_id, town.now)
        stage = acting.Stage(town.office, conversation, who.contact_id, officer, 1, town.now)
        assert report is not None
        nowhere = MoveReport(number, "dibatalkan", report.status)
        try:
            acting.act(tx, stage, Session(), (nowhere,))
        except acting.Refused as refused:
            return refused.refusal
        raise AssertionError("nobody of staff withdraws a report")

    return town.run(act).legal


def test_every_status_of_the_city_is_looked_at() -> None:
    assert {state.partition(",")[0].partition(" ")[0] for state in STATES} == {
        each["code"] for each in TABLE["statuses"]
    }


@pytest.mark.parametrize(
    ("state", "role", "to", "code"),
    [
        ("didisposisikan, returned twice", "narahubung", "terverifikasi", "staff_returned_twice"),
        ("diproses, a date was promised", "wakil", "dijadwalkan", "staff_second_date"),
        ("diproses, the reporter was asked", "narahubung", "perlu_dilengkapi", "staff_asked_before"),
        ("didisposisikan, shared", "administrator", "digabung", "staff_has_parts"),
        ("diteruskan", "administrator", "ditutup", "staff_close_too_early"),
        ("ditutup long ago", "administrator", "dibuka_kembali", "staff_reopen_too_late"),
    ],
)
def test_what_a_guard_forbids_is_refused_with_its_own_reason(
    town: Town, state: str, role: str, to: str, code: str
) -> None:
    staff = Staff(town)
    number = STATES[state](staff)
    talk = staff.talks[role]

    def look(tx: Tx) -> Refusal | None:
        officer = rights.officer(tx, talk.contact_id, town.now)
        report = kept.by_number(tx, number)
        assert officer is not None
        assert report is not None
        return guards.bar(tx, town.office, officer, report, to, town.now)

    refusal = town.db.read_sync(look)
    assert refusal is not None
    assert refusal.code == code
