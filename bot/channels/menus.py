"""The command menus that platforms show, from the table of staff commands and the citizens' own."""

from bot.dialogue.texts import speech_for
from bot.staff.commands import COMMANDS
from cities.city import City

CITIZEN_COMMANDS = ("lapor", "status", "kembali", "batal", "bantuan", "bahasa", "start")

Menus = dict[str, tuple[tuple[str, str], ...]]


def citizen_menus(city: City) -> Menus:
    """By language: the citizens' commands with a line on each."""
    return {language: _menu(city, language, CITIZEN_COMMANDS, "menu_") for language in city.languages}


def staff_menus(city: City) -> Menus:
    """By language: the staff commands with a line on each; what a person may really use is checked when it is used."""
    names = tuple(command.name for command in COMMANDS)
    return {language: _menu(city, language, names, "staff_menu_") for language in city.languages}


def _menu(city: City, language: str, names: tuple[str, ...], prefix: str) -> tuple[tuple[str, str], ...]:
    speech = speech_for(city, language)
    return tuple((name, speech.say(f"{prefix}{name}")) for name in names)
