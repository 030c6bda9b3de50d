"""The command menus that platforms show: which commands, where, in which language."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.texts import speech_for
from bot.staff.commands import COMMANDS, IN_GROUPS, commands_for
from cities.city import City

CITIZEN_COMMANDS = (
    "lapor", "status", "kembali", "batal", "petugas", "wilayah", "langganan", "hubungkan", "privasi", "bantuan", "bahasa", "start",
)  # fmt: skip
GROUP_COMMANDS = ("lapor",)
"""In a group: file the message that is answered."""
STRANGER_COMMANDS = ("bantuan",)
"""Of somebody in the staff bot who is no staff, or no longer."""

Scope = Literal["all_private_chats", "all_group_chats", "all_chat_administrators", "chat"]


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands shown to somebody, each with a line on what it does."""

    scope: Scope
    language: str  # id, su, en; "" for everybody whose language has no menu of its own
    commands: tuple[tuple[str, str], ...]
    chat_id: str = ""  # of the scope "chat"

    @property
    def place(self) -> str:
        """Where it stands: a later menu of the same place takes its place."""
        return f"{self.scope}:{self.chat_id}:{self.language}"

    @property
    def print(self) -> str:
        """The same for the same commands with the same lines."""
        return hashlib.sha256(json.dumps(self.commands).encode()).hexdigest()[:16]


def citizen_menus(city: City) -> tuple[Menu, ...]:
    """What citizens see in their own chat, in groups, and as administrators of a group."""
    private = _in_languages(city, "all_private_chats", CITIZEN_COMMANDS, "menu_")
    groups = _in_languages(city, "all_group_chats", GROUP_COMMANDS, "menu_group_")
    return (*private, *groups, *_in_languages(city, "all_chat_administrators", GROUP_COMMANDS, "menu_group_"))


def staff_menus(city: City) -> tuple[Menu, ...]:
    """What a stranger sees in the staff bot, and what anybody sees in a group of an agency."""
    private = _in_languages(city, "all_private_chats", STRANGER_COMMANDS, "staff_menu_")
    names = tuple(command.name for command in COMMANDS if command.name in IN_GROUPS)
    return (*private, *_in_languages(city, "all_group_chats", names, "staff_menu_"))


def menu_of_staff(city: City, chat_id: str, language: str, roles: Iterable[str]) -> Menu:
    """What one member of staff sees: the commands of their roles, in their language, whatever that of their phone."""
    names = tuple(command.name for command in commands_for(roles)) or STRANGER_COMMANDS
    return Menu("chat", "", _lines(city, language, names, "staff_menu_"), chat_id)


def _in_languages(city: City, scope: Scope, names: tuple[str, ...], prefix: str) -> tuple[Menu, ...]:
    """One menu for each language of the city; its first is also what everybody else sees."""
    menus = [Menu(scope, language, _lines(city, language, names, prefix)) for language in city.languages]
    return (Menu(scope, "", menus[0].commands), *menus[1:])


def _lines(city: City, language: str, names: tuple[str, ...], prefix: str) -> tuple[tuple[str, str], ...]:
    speech = speech_for(city, language)
    return tuple((name, speech.say(f"{prefix}{name}")) for name in names)
