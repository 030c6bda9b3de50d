"""What staff may do is checked where it is done: every act, by every role, on reports of their own agency and of another."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from sqlmodel import func, select

from bot.dialogue import effects
from bot.dialogue.session import Session
from bot.services import acting, rights
from storage import Tx, conversations
from storage.tables import Assignment, Deadline, Invitation, Note, Referral, SavedAnswer, StaffRole, StatusChange
from tests.services.town import LAMP, Talk, Town

ROLES = {
    "administrator": ("administrator", ""),
    "own narahubung": ("narahubung", "dishub"),
    "own deputy": ("wakil", "dishub"),
    "other narahubung": ("narahubung", "dlh"),
    "other deputy": ("wakil", "dlh"),
    "pimpinan": ("pimpinan", ""),
    "pimpinan of the agency": ("pimpinan", "dishub"),
    "auditor": ("auditor", ""),
    "stranger": ("", ""),
}
OWN = {"own narahubung", "own deputy"}
ADMIN = {"administrator"}
KEEPERS = ADMIN | OWN | {"other narahubung", "other deputy"}
N = "number"
SEEN = "didisposisikan"
ACTS: dict[type, tuple[Any, set[str]]] = {
    effects.CorrectReport: (effects.CorrectReport(N, "sampah"), ADMIN),
    effects.CorrectFacts: (effects.CorrectFacts(N, kind="aspirasi"), ADMIN),
    effects.MoveReport: (effects.MoveReport(N, "diproses", SEEN, note="berangkat"), OWN),
    effects.AddProof: (effects.AddProof(N, 1), ADMIN | OWN),
    effects.RemarkOnReport: (effects.RemarkOnReport(N, "catatan"), ADMIN | OWN),
    effects.ReferReport: (effects.ReferReport(N, SEEN, "pln", "", "kabel listrik", "letter", "", ""), ADMIN),
    effects.RecordAnswer: (effects.RecordAnswer(N, "sudah"), set()),  # it lies with nobody outside
    effects.RenewLink: (effects.RenewLink(N, "a token"), set()),
    effects.CloseByStaff: (effects.CloseByStaff(N, SEEN, "selesai"), set()),  # not legal from there
    effects.InviteStaff: (effects.InviteStaff("A" * 12, "auditor", "", 3600), ADMIN),
    effects.LeaveStaff: (effects.LeaveStaff(), set(ROLES) - {"stranger"}),
    effects.KeepAnswer: (effects.KeepAnswer("salam", "halo"), KEEPERS),
    effects.DropAnswer: (effects.DropAnswer("salam"), set()),  # nobody has one
    effects.ShareReport: (effects.ShareReport(N, SEEN, ("dishub", "dlh")), set()),
    effects.UndoStep: (effects.UndoStep(N, SEEN), set()),  # somebody else made the last step
    effects.OpenAgain: (effects.OpenAgain(N, SEEN, "lagi"), set()),
    effects.CallEmergency: (effects.CallEmergency(N, SEEN, "menyala"), set()),
    effects.AskReporter: (effects.AskReporter(N, SEEN, "photo"), ADMIN | OWN),
    effects.ScheduleReport: (effects.ScheduleReport(N, SEEN, date(2026, 12, 1), "aspal"), OWN),
    effects.ArchiveReport: (effects.ArchiveReport(N, SEEN, "spam"), set()),
    effects.ReturnReport: (effects.ReturnReport(N, SEEN, "dlh", "bukan kami"), ADMIN | OWN),
    effects.JoinReports: (effects.JoinReports(N, SEEN, "other"), ADMIN),
    effects.SplitReport: (effects.SplitReport(N, SEEN), set()),
}
"""By kind of act: an example on a report that lies with Dishub, and who may do it."""
KEPT = (StatusChange, Assignment, Deadline, Note, Referral, Invitation, StaffRole, SavedAnswer)


def every_desk_effect() -> Iterator[type]:
    yield from (effects.CorrectReport, effects.MoveReport, effects.AddProof, *get_args(effects.DeskEffect))


def test_every_act_of_the_back_office_has_its_line_here() -> None:
    assert set(every_desk_effect()) <= set(ACTS)


@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_an_act_is_done_for_those_who_may_and_changes_nothing_for_anybody_else(town: Town, kind: type) -> None:
    done, untouched = set(), ("", "")
    for who, (role, agency) in ROLES.items():
        number, other = untouched = untouched if untouched[0] else prepared(town)
        person = town.officer(role, agency, name=who) if role else town.stranger_at_staff_bot(who)
        town.pass_time(minutes=1)
        before = everything(town)
        if performed(town, person, replace_number(ACTS[kind][0], number, other)):
            done.add(who)
            untouched = ("", "")
            continue
        assert everything(town) == before, f"{who} was refused, and yet something changed"
    assert done == ACTS[kind][1]


def prepared(town: Town) -> tuple[str, str]:
    """A report that lies with Dishub, and an open one beside it; there is always one administrator more."""
    admin = town.officer("administrator", name="the one who hands on")
    wide = replace(LAMP, category="jalan_rusak", sub_category="rusak_luas")
    number, other = town.citizen("asep").files(wide), town.citizen("ucup").files(wide)
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, SEEN, agency="dishub")
    return number, other


def replace_number(effect: Any, number: str, other: str) -> Any:
    changes = {"number": number} if hasattr(effect, "number") else {}
    return replace(effect, **changes, **({"parent": other} if hasattr(effect, "parent") else {}))


def performed(town: Town, person: Talk, effect: effects.Effect) -> bool:
    """Whether it was done; what is refused is rolled back, as a turn rolls it back."""

    def act(tx: Tx) -> None:
        conversation = conversations.load(tx, person.conversation_id).conversation
        officer = rights.officer(tx, person.contact_id, town.now)
        stage = acting.Stage(town.office, conversation, person.contact_id, officer, 1, town.now)
        acting.act(tx, stage, Session(), (effect,))

    try:
        town.run(act)
    except acting.Refused:
        return False
    return True


def everything(town: Town) -> list[int]:
    def count(tx: Tx) -> list[int]:
        return [tx.session.exec(select(func.count()).select_from(table)).one() for table in KEPT]

    return town.db.read_sync(count)
