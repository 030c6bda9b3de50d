"""Community information groups: who may do what in them, and that being in one gives no right of staff."""

from datetime import date, timedelta

import pytest

from bot.dialogue import effects
from bot.dialogue.events import CommandGiven, TextSent
from bot.services import acting, groups
from bot.services.refusals import Refusal
from bot.services.renewals import any_due, ask_due
from bot.services.rights import NotAllowed, officer
from bot.services.staffing import normal
from bot.staff.commands import COMMANDS
from storage import Tx, conversations
from storage import groups as kept
from storage.tables import Group, KimMember
from tests.services.town import LAMP, Talk, Town, heard

TERM = (date(2026, 1, 1), date(2028, 12, 31))


def act(talk: Talk, effect: effects.GroupEffect) -> None:
    """Do it as this person, with the rights that they have."""
    town = talk.town

    def do(tx: Tx) -> None:
        groups.act(
            tx,
            effect,
            conversation=conversations.load(tx, talk.conversation_id).conversation,
            contact_id=talk.contact_id,
            officer=officer(tx, talk.contact_id, town.now),
            now=town.now,
            today=town.office.today(town.now),
        )

    town.run(do)


def found(town: Town, code: str = "COORDCODE", *, kelurahan: str = "Dago", term: tuple[date, date] = TERM) -> int:
    """A registered group; its id."""
    admin = town.officer("administrator", name="admin of groups")
    act(admin, effects.FoundGroup("KIM Mekar", kelurahan, "Coblong", "", *term, code))
    return max(group.id or 0 for group in town.db.read_sync(kept.open_groups))


def joined(town: Town, name: str = "euis", *, code: str = "COORDCODE") -> Talk:
    talk = town.citizen(name, shown_name=name.title())
    act(talk, effects.JoinGroup(code))
    return talk


def with_member(town: Town, group_id: int, coordinator: Talk, name: str = "ujang") -> Talk:
    act(coordinator, effects.InviteToGroup(group_id, f"CODE{name}", "member"))
    return joined(town, name, code=f"code {name}")


def own(talk: Talk) -> tuple[KimMember, Group] | None:
    return talk.town.db.read_sync(groups.membership, talk.contact_id, talk.town.office.today(talk.town.now))


def member_id(talk: Talk) -> int:
    mine = own(talk)
    assert mine is not None
    return mine[0].id or 0


# ---------------------------------------------------------------- joining


def test_the_first_to_come_with_the_administrators_code_coordinates(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    mine = own(euis)
    assert mine is not None
    assert (mine[0].group_id, mine[0].role) == (group_id, "coordinator")


def test_a_code_is_good_for_one_person_and_said_twice_by_them_does_no_harm(town: Town) -> None:
    found(town)
    euis = joined(town)
    act(euis, effects.JoinGroup("coord code"))
    with pytest.raises(Refusal) as refusal:
        joined(town, "ujang")
    assert refusal.value.code == "kim_code_used"
    assert own(town.citizen("ujang")) is None


def test_a_code_of_nobody_and_one_that_is_too_old_are_told_apart(town: Town) -> None:
    found(town)
    with pytest.raises(Refusal) as refusal:
        joined(town, code="NOBODYS")
    assert refusal.value.code == "kim_code_unknown"
    town.pass_time(days=15)
    with pytest.raises(Refusal) as late:
        joined(town)
    assert late.value.code == "kim_code_expired"


def test_the_code_of_a_group_that_has_ended_lets_nobody_in(town: Town) -> None:
    group_id = found(town)
    act(town.officer("administrator", name="admin of groups"), effects.EndGroup(group_id))
    with pytest.raises(Refusal):
        joined(town)


def test_nobody_is_in_a_group_before_or_after_its_term(town: Town) -> None:
    found(town, term=(date(2026, 11, 1), date(2026, 12, 31)))
    euis = joined(town)
    assert own(euis)
    town.pass_time(days=60)
    assert own(euis) is None


def test_a_further_term_brings_the_members_back(town: Town) -> None:
    group_id = found(town, term=(date(2026, 11, 1), date(2026, 12, 31)))
    euis = joined(town)
    town.pass_time(days=60)
    act(town.officer("administrator", name="admin of groups"), effects.ExtendGroup(group_id, date(2028, 12, 31)))
    assert own(euis)


# ---------------------------------------------------------------- the coordinator, and nobody else


def test_a_coordinator_invites_removes_and_hands_over(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    ujang, asep = (with_member(town, group_id, euis, name) for name in ("ujang", "asep"))
    act(euis, effects.EndMembership(member_id(asep)))
    assert own(asep) is None
    act(euis, effects.HandOverGroup(member_id(ujang)))
    roles = [(each[0].role if (each := own(talk)) else "") for talk in (euis, ujang)]
    assert roles == ["member", "coordinator"]


@pytest.mark.parametrize("role", ["member", "coordinator"])
def test_a_member_cannot_invite(town: Town, role: str) -> None:
    group_id = found(town)
    ujang = with_member(town, group_id, joined(town))
    with pytest.raises(NotAllowed):
        act(ujang, effects.InviteToGroup(group_id, "ABCDEFGH", role))


def test_a_coordinator_makes_no_second_coordinator_and_leads_no_other_group(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    other = found(town, "OTHERCODE", kelurahan="Cihapit")
    asep = joined(town, "asep", code="OTHERCODE")
    for effect in (
        effects.InviteToGroup(group_id, "ABCDEFGH", "coordinator"),
        effects.InviteToGroup(other, "ABCDEFGH", "member"),
        effects.EndMembership(member_id(asep)),
        effects.HandOverGroup(member_id(asep)),
    ):
        with pytest.raises(NotAllowed):
            act(euis, effect)


@pytest.mark.parametrize(
    "effect",
    [
        effects.FoundGroup("KIM", "Dago", "Coblong", "", *TERM, "CODE2345"),
        effects.ExtendGroup(1, date(2030, 1, 1)),
        effects.EndGroup(1),
    ],
)
def test_only_administrators_register_extend_and_end_groups(town: Town, effect: effects.GroupEffect) -> None:
    found(town)
    for somebody in (joined(town), town.citizen("asep"), town.narahubung()):
        with pytest.raises(NotAllowed):
            act(somebody, effect)


def test_whoever_left_may_come_back_by_a_new_code(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    ujang = with_member(town, group_id, euis)
    act(ujang, effects.EndMembership(member_id(ujang)))
    assert own(ujang) is None
    with pytest.raises(Refusal):
        act(ujang, effects.JoinGroup("CODEujang"))
    act(euis, effects.InviteToGroup(group_id, "AGAIN234", "member"))
    act(ujang, effects.JoinGroup("AGAIN234"))
    assert own(ujang)


# ---------------------------------------------------------------- no power of staff


def test_a_member_is_nobody_to_the_back_office_whatever_they_type(town: Town) -> None:
    """Every command of staff, at the staff bot and at the citizens' one, by somebody who coordinates a group."""
    found(town)
    euis = joined(town)
    number = town.citizen("asep", shown_name="Asep Sunandar").files(LAMP)
    at_staff_bot = town.stranger_at_staff_bot("euis")
    before = town.statuses(number)
    for command in COMMANDS:
        for argument in ("", number, f"{number} dsdabm"):
            (refusal,) = at_staff_bot.hears_about(CommandGiven(command.name, argument))
            assert "petugas terdaftar" in refusal.text
            for reply in euis.hears_about(CommandGiven(command.name, argument)):
                assert "Asep" not in reply.text
                assert "lampu jalan mati" not in reply.text
    assert town.statuses(number) == before


@pytest.mark.parametrize(
    "effect",
    [
        lambda number: effects.MoveReport(number, "terverifikasi", "diterima"),
        lambda number: effects.CorrectReport(number, "sampah"),
        lambda number: effects.RemarkOnReport(number, "catatan"),
        lambda number: effects.ArchiveReport(number, "diterima", "bukan_laporan"),
        lambda number: effects.CloseByStaff(number, "diterima", "sudah"),
        lambda number: effects.ReferReport(number, "diterima", "kemen_pu", "", "nasional", "letter", "", "t"),
        lambda number: effects.AnswerClosing(number, solved=True),
        lambda number: effects.AddToReport(number, "kata"),
    ],
)
def test_what_a_member_wants_done_to_somebody_elses_report_is_refused(town: Town, effect) -> None:  # type: ignore[no-untyped-def]
    found(town)
    euis = joined(town)
    number = town.citizen("asep").files(LAMP)

    def do(tx: Tx) -> None:
        conversation = conversations.load(tx, euis.conversation_id).conversation
        stage = acting.Stage(
            town.office, conversation, euis.contact_id, officer(tx, euis.contact_id, town.now), 1, town.now
        )
        acting.act(tx, stage, euis.session(), (effect(number),))

    with pytest.raises(acting.Refused):
        town.run(do)
    assert town.statuses(number) == ["diterima"]


def test_a_member_sees_of_somebody_elses_report_what_everybody_sees(town: Town) -> None:
    found(town)
    euis = joined(town)
    number = town.citizen("asep", shown_name="Asep Sunandar").files(LAMP)
    (reply,) = euis.hears_about(TextSent(f"status {number}"), heard=heard())
    assert "Diterima" in reply.text
    assert "Asep" not in reply.text
    assert "lampu jalan mati" not in reply.text


# ---------------------------------------------------------------- staying on


def test_who_never_answers_is_asked_flagged_and_put_to_sleep_and_said_so_each_time_once(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    ujang = with_member(town, group_id, euis)
    town.pass_time(days=364)
    assert not town.db.read_sync(any_due, town.now)
    for days in (1, 14, 14, 14):
        town.pass_time(days=days)
        town.run(ask_due, town.office, town.now)
        town.run(ask_due, town.office, town.now)
    assert len(ujang.said("kim_renewal")) == 3
    assert len(euis.said("kim_silent")) == 1, "the coordinator is silent, too, and asleep with the second word"
    mine = own(ujang)
    assert mine is not None
    assert mine[0].asleep_at is not None
    act(ujang, effects.StayInGroup())
    assert (own(ujang) or mine)[0].asleep_at is None


def test_a_sleeping_coordinator_may_not_invite(town: Town) -> None:
    group_id = found(town)
    euis = joined(town)
    town.run(kept.renewal_step, member_id(euis), "asleep", town.now, town.now + timedelta(days=14))
    with pytest.raises(NotAllowed):
        act(euis, effects.InviteToGroup(group_id, "ABCDEFGH", "member"))


def test_a_code_is_the_same_however_it_is_typed() -> None:
    assert normal(" abcd 2345 ") == "ABCD2345"
