"""Which commands are offered where."""

from bot.channels.menus import citizen_menus, staff_menus
from bot.staff.commands import COMMANDS, IN_GROUPS
from tests.makers import CITY


def test_in_an_agencys_group_only_what_may_be_asked_for_there_is_offered() -> None:
    groups = [menu for menu in staff_menus(CITY) if menu.scope == "all_group_chats"]
    assert {menu.language for menu in groups} == {"", *CITY.languages[1:]}
    for menu in groups:
        offered = [name for name, _ in menu.commands]
        assert {"proses", "lihat", "grup"} <= set(offered) <= IN_GROUPS
        assert not {"akses", "cari", "statistik", "siaran"} & set(offered)


def test_everything_offered_in_groups_is_a_command() -> None:
    assert IN_GROUPS - {"batal"} <= {command.name for command in COMMANDS}


def test_no_two_menus_stand_in_the_same_place() -> None:
    for menus in (citizen_menus(CITY), staff_menus(CITY)):
        assert len({menu.place for menu in menus}) == len(menus)
