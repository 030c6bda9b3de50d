"""Menus are sent once, anew when they changed, and to staff by their roles."""

from bot.channels.base import ChannelUnavailable
from bot.channels.menus import Menu, citizen_menus
from bot.jobs.menus import refresh_menus
from bot.services import staffing
from storage import people
from tests.jobs.program import Platform, Program


class Showing(Platform):
    """A platform with menus."""

    def __init__(self, bot: str) -> None:
        super().__init__(bot)
        self.menus: list[Menu] = []
        self.fault: ChannelUnavailable | None = None

    async def set_menu(self, menu: Menu) -> None:
        if self.fault:
            raise self.fault
        self.menus.append(menu)


def _showing(program: Program, bot: str) -> Showing:
    channel = Showing(bot)
    program.tools.channels = {**program.tools.channels, channel.source: channel}
    return channel


async def test_menus_are_sent_once_and_not_at_the_next_start(program: Program) -> None:
    channel = _showing(program, "citizen")
    assert await refresh_menus(program.tools, "telegram:citizen") == 9
    assert {menu.scope for menu in channel.menus} == {
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    }
    assert {menu.language for menu in channel.menus} == {"", "su", "en"}
    assert await refresh_menus(program.tools, "telegram:citizen") == 0


async def test_what_failed_is_tried_again_the_next_time(program: Program) -> None:
    channel = _showing(program, "citizen")
    channel.fault = ChannelUnavailable("slow", passing=True)
    assert await refresh_menus(program.tools, "telegram:citizen") == 0
    channel.fault = None
    assert await refresh_menus(program.tools, "telegram:citizen") == 9


async def test_staff_see_the_commands_of_their_roles_and_lose_them_with_the_role(program: Program) -> None:
    channel = _showing(program, "staff")
    now = program.tools.clock.now()

    def joins(tx, role, agency, name):  # type: ignore[no-untyped-def]
        address = people.find_or_create_address(tx, "telegram", "staff", name, now=now)
        people.find_or_create_conversation(tx, address, name, now)
        staffing.join(tx, staffing.invite(tx, program.tools.office.city, role, agency, now), address.contact_id, now)
        return address.contact_id

    await program.tools.db.run(joins, "administrator", "", "1")
    narahubung = await program.tools.db.run(joins, "narahubung", "dishub", "2")
    await refresh_menus(program.tools, "telegram:staff")
    shown = {menu.chat_id: {name for name, _ in menu.commands} for menu in channel.menus if menu.scope == "chat"}
    assert "verifikasi" in shown["1"]
    assert "proses" in shown["2"]
    assert "verifikasi" not in shown["2"]

    channel.menus.clear()

    def leaves(tx):  # type: ignore[no-untyped-def]
        for role in people.staff_roles(tx, narahubung, now):
            people.end_role(tx, role.id, now)

    await program.tools.db.run(leaves)
    assert await refresh_menus(program.tools, "telegram:staff") == 1
    assert [(menu.chat_id, [name for name, _ in menu.commands]) for menu in channel.menus] == [("2", ["bantuan"])]


async def test_a_channel_without_menus_is_left_alone(program: Program) -> None:
    assert await refresh_menus(program.tools, "telegram:citizen") == 0
    assert await refresh_menus(program.tools, "whatsapp:citizen") == 0


def test_the_first_language_is_what_everybody_else_sees(program: Program) -> None:
    city = program.tools.office.city
    private = [menu for menu in citizen_menus(city) if menu.scope == "all_private_chats"]
    assert [menu.language for menu in private] == ["", *city.languages[1:]]
    assert all(len(line) <= 256 for menu in private for _, line in menu.commands)
