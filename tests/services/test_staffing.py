"""How people become staff: a code, once, in time, for an agency that can have staff."""

from datetime import timedelta

import pytest

from bot.dialogue.events import CommandGiven
from bot.services import rights, staffing
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, people
from storage.people import InvitationExpired, InvitationUnknown, InvitationUsed
from tests.services.town import Talk, Town


def code_for(town: Town, role: str = "narahubung", agency: str = "dishub") -> str:
    return town.run(staffing.invite, town.office.city, role, agency, town.now)


def roles_of(town: Town, talk: Talk) -> list[tuple[str, str]]:
    return [(row.role, row.agency) for row in town.db.read_sync(people.staff_roles, talk.contact_id, town.now)]


def test_a_code_can_be_read_aloud_and_is_different_each_time(town: Town) -> None:
    codes = {code_for(town) for _ in range(50)}
    assert len(codes) == 50
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("IO01")


def test_a_code_gives_its_role_whatever_case_and_spaces_it_is_typed_with(town: Town) -> None:
    talk = town.stranger_at_staff_bot()
    code = code_for(town)
    town.run(staffing.join, f" {code[:6].lower()} {code[6:].lower()}", talk.contact_id, town.now)
    assert roles_of(town, talk) == [("narahubung", "dishub")]


def test_a_code_is_good_for_one_person(town: Town) -> None:
    code = code_for(town)
    first, second = town.stranger_at_staff_bot("euis"), town.stranger_at_staff_bot("dadang")
    town.run(staffing.join, code, first.contact_id, town.now)
    with pytest.raises(InvitationUsed):
        town.run(staffing.join, code, second.contact_id, town.now)
    assert roles_of(town, second) == []


def test_the_same_person_may_send_it_twice_without_harm(town: Town) -> None:
    code, talk = code_for(town), town.stranger_at_staff_bot()
    for _ in range(2):
        town.run(staffing.join, code, talk.contact_id, town.now)
    assert roles_of(town, talk) == [("narahubung", "dishub")]


def test_a_code_is_good_for_seven_days(town: Town) -> None:
    early, late = code_for(town), code_for(town)
    town.pass_time(days=7, seconds=-1)
    town.run(staffing.join, early, town.stranger_at_staff_bot("euis").contact_id, town.now)
    town.pass_time(seconds=1)
    with pytest.raises(InvitationExpired):
        town.run(staffing.join, late, town.stranger_at_staff_bot("dadang").contact_id, town.now)


def test_a_code_nobody_made_is_unknown(town: Town) -> None:
    with pytest.raises(InvitationUnknown):
        town.run(staffing.join, "AAAABBBBCCCC", town.stranger_at_staff_bot().contact_id, town.now)


@pytest.mark.parametrize(
    ("role", "agency", "says"),
    [
        ("raja", "", "administrator, narahubung, wakil, pimpinan, auditor"),
        ("narahubung", "", "--agency"),
        ("narahubung", "dishup", "dishub"),
        ("narahubung", "pln", "no staff here"),
    ],
)
def test_a_wrong_invitation_says_what_to_change_and_makes_no_code(
    town: Town, role: str, agency: str, says: str
) -> None:
    with pytest.raises(staffing.WrongInvitation, match=says):
        code_for(town, role, agency)


def test_the_deep_link_makes_a_stranger_staff_in_the_talk_itself(town: Town) -> None:
    talk = town.stranger_at_staff_bot()
    (refusal,) = talk.hears_about(CommandGiven("antrean"))
    (welcome,) = talk.hears_about(CommandGiven("start", code_for(town)))
    assert "narahubung" in welcome.text
    assert refusal.text != welcome.text
    assert roles_of(town, talk) == [("narahubung", "dishub")]


def test_a_code_that_is_no_good_is_told_in_the_talk_and_gives_nothing(town: Town) -> None:
    talk, code = town.stranger_at_staff_bot(), code_for(town)
    town.run(staffing.join, code, town.stranger_at_staff_bot("euis").contact_id, town.now)
    replies = [talk.hears_about(CommandGiven("start", each))[0].text for each in (code, "AAAABBBBCCCC")]
    town.pass_time(days=8)
    assert len({*replies}) == 2
    assert town.db.read_sync(rights.officer, talk.contact_id, town.now) is None


def test_playing_a_role_gives_it_once_and_only_for_the_city_s_own_agencies(town: Town) -> None:
    talk = town.citizen("somebody")
    for _ in range(2):
        town.run(staffing.play, town.office.city, "narahubung", talk.contact_id, town.now)
    inside = {id_ for id_, agency in town.office.city.agencies.items() if agency.inside_city}
    assert {agency for _, agency in roles_of(town, talk)} == inside
    assert len(roles_of(town, talk)) == len(inside)


def test_the_citizens_bot_never_makes_anybody_staff(town: Town) -> None:
    talk, code = town.citizen(), code_for(town)
    talk.hears_about(CommandGiven("start", code))
    assert roles_of(town, talk) == []
    assert town.run(people.look_at_invitation, code, talk.contact_id, town.now + timedelta(days=1))[0] == "open"


# ---------------------------------------------------------------- by chat


def test_an_administrator_invites_by_chat_and_the_code_works_once(town: Town) -> None:
    admin, newcomer = town.administrator(), town.stranger_at_staff_bot()
    said = admin.hears_about(CommandGiven("undang", "wakil dishub 2 hari"))[0].text
    code = next(word for word in said.split() if len(word) == staffing.CODE_LENGTH and word.isupper())
    assert "26 November 2026" in said
    assert "wakil" in newcomer.hears_about(CommandGiven("start", code))[0].text
    number = town.citizen().files()
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, "didisposisikan", agency="dishub", manned=False)
    assert number in newcomer.hears_about(CommandGiven("antrean"))[0].text


@pytest.mark.parametrize(
    ("words", "says"), [("", "Undang siapa"), ("narahubung", "perlu satu OPD"), ("wakil pln", "perlu satu OPD")]
)
def test_an_invitation_by_chat_names_what_is_missing(town: Town, words: str, says: str) -> None:
    assert says in town.administrator().hears_about(CommandGiven("undang", words))[0].text


def test_nobody_but_an_administrator_invites(town: Town) -> None:
    for role, agency in (("narahubung", "dishub"), ("wakil", "dishub"), ("pimpinan", ""), ("auditor", "")):
        who = town.officer(role, agency)
        assert "bukan untuk peran Anda" in who.hears_about(CommandGiven("undang", "administrator"))[0].text

        def invite(tx: Tx, who: Talk = who) -> None:
            officer = rights.officer(tx, who.contact_id, town.now)
            staffing.invite_by(
                tx, town.office.city, officer, "A" * 12, "administrator", "", timedelta(days=1), town.now
            )

        with pytest.raises(NotAllowed):
            town.run(invite)


def test_who_leaves_is_a_stranger_again_and_the_last_administrator_stays(town: Town) -> None:
    admin, owner = town.administrator(), town.narahubung()
    owner.hears_about(CommandGiven("keluar"))
    assert "dilepas" in owner.taps("leave:all").text
    town.pass_time(seconds=1)
    assert "hanya untuk petugas terdaftar" in owner.hears_about(CommandGiven("antrean"))[0].text
    admin.hears_about(CommandGiven("keluar"))
    assert "administrator terakhir" in admin.taps("leave:all").text
    town.officer("administrator", name="euis")
    admin.hears_about(CommandGiven("keluar"))
    assert "dilepas" in admin.taps("leave:all").text


def test_the_last_administrator_does_not_leave_by_a_new_id(town: Town) -> None:
    euis, again = town.administrator(), town.stranger_at_staff_bot("euis again")
    town.run(people.link, euis.contact_id, again.contact_id)
    officer = town.db.read_sync(rights.officer, again.contact_id, town.now)
    with pytest.raises(Refusal) as refused:
        town.run(staffing.leave, officer, town.now)
    assert refused.value.code == "staff_last_administrator"
    town.officer("administrator", name="dadang")
    town.run(staffing.leave, officer, town.now)
    assert roles_of(town, again) == roles_of(town, euis) == []
