"""Keeping the command menus as they should be: what a platform shows already is not sent again."""

import asyncio
from datetime import datetime
from typing import Protocol, runtime_checkable

import structlog

from bot.channels.base import ChannelUnavailable
from bot.channels.menus import Menu, citizen_menus, menu_of_staff, staff_menus
from bot.jobs.tools import Tools
from storage import Tx, people, preferences

log = structlog.get_logger()

SHOWN = "menus:"
"""With the source behind it, the preference in which the menus that stand there are remembered."""
CITIZEN = "telegram:citizen"
AGAIN = 60.0  # seconds until menus that could not be sent are tried again


@runtime_checkable
class ShowsMenus(Protocol):
    """A channel with command menus."""

    async def set_menu(self, menu: Menu) -> None:
        """Show these commands. Raises ChannelUnavailable, ``passing`` when waiting may help."""


async def refresh_menus(tools: Tools, source: str) -> int:
    """Bring a bot's menus up to date; how many had to be sent."""
    channel: object = tools.channels.get(source)
    if not isinstance(channel, ShowsMenus):
        return 0
    wanted, shown = await tools.db.read(_wanted, tools, source)
    sent: dict[str, str] = {}
    for menu in wanted:
        if shown.get(menu.place) == menu.print:
            continue
        try:
            await channel.set_menu(menu)
        except ChannelUnavailable as fault:
            log.warning("a menu could not be set", source=source, scope=menu.scope, reason=str(fault))
            if fault.passing:
                asyncio.get_running_loop().call_later(AGAIN, tools.wake, f"menus:{source}")
                break  # the rest would fail alike
        else:
            sent[menu.place] = menu.print
    if sent:
        await tools.db.run(_remember, source, sent, tools.clock.now())
    return len(sent)


def _wanted(tx: Tx, tools: Tools, source: str) -> tuple[list[Menu], dict[str, str]]:
    city, now = tools.office.city, tools.clock.now()
    shown = preferences.get(tx, f"{SHOWN}{source}") or {}
    if source == CITIZEN:
        return list(citizen_menus(city)), shown
    chats = people.staff_chats(tx, "telegram", "staff", now)
    own = [menu_of_staff(city, chat, language or city.languages[0], roles) for chat, language, roles in chats]
    return [*staff_menus(city), *own], shown


def _remember(tx: Tx, source: str, sent: dict[str, str], now: datetime) -> None:
    known = preferences.get(tx, f"{SHOWN}{source}") or {}
    preferences.put(tx, f"{SHOWN}{source}", {**known, **sent}, now)
