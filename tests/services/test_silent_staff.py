"""A contact person who has not written for thirty days is named to the administrators, once a month."""

from bot.dialogue.events import CommandGiven
from bot.services import silent_staff
from storage import people
from tests.services.test_reminding import tick
from tests.services.town import Talk, Town


def named(talk: Talk) -> list[str]:
    return [each.reply.text for each in talk.said("silent:")]


def test_who_is_silent_for_thirty_days_is_named_once_a_month(town: Town) -> None:
    admin = town.administrator()
    town.officer("narahubung", "dishub", name="asep")
    town.pass_time(days=29)
    tick(town)
    assert named(admin) == []
    months = []
    for _ in range(70):
        town.pass_time(days=1)
        before = len(named(admin))
        tick(town)
        tick(town)
        if len(named(admin)) > before:
            months.append(town.office.today(town.now).strftime("%m"))
    assert months == ["12", "01", "02", "03"]
    assert "Dishub: tanpa nama (belum pernah menulis)" in named(admin)[0]


def test_who_writes_is_not_silent(town: Town) -> None:
    admin, owner = town.administrator(), town.narahubung()
    town.pass_time(days=20)
    owner.hears_about(CommandGiven("tugas"))
    town.pass_time(days=29)
    tick(town)
    assert named(admin) == []
    town.pass_time(days=2)
    tick(town)
    assert "(14 Desember 2026)" in named(admin)[0]


def test_several_are_named_in_one_message_and_each_with_all_their_agencies(town: Town) -> None:
    admin, both = town.administrator(), town.narahubung("dishub")
    town.run(people.grant_role, both.contact_id, "narahubung", "dlh", town.now)
    town.narahubung("dsdabm")
    town.pass_time(days=35)
    tick(town)
    (text,) = named(admin)
    assert "• Dishub, DLH:" in text
    assert "• DSDABM:" in text


def test_who_has_left_and_who_just_came_are_not_named(town: Town) -> None:
    admin, left = town.administrator(), town.narahubung("dishub")
    for role in town.db.read_sync(people.staff_roles, left.contact_id, town.now):
        town.run(people.end_role, role.id, town.now)
    town.pass_time(days=35)
    town.narahubung("dlh")
    tick(town)
    assert named(admin) == []


def test_nobody_is_named_at_night(town: Town) -> None:
    admin = town.administrator()
    town.narahubung()
    town.pass_time(days=35, hours=12)
    assert town.run(silent_staff.flag, town.office, town.now) == 0
    assert named(admin) == []
