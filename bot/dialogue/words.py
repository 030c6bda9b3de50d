"""Words that mean a choice or a command, however they are typed."""

import re
import unicodedata
from collections.abc import Iterable

from bot.dialogue.replies import Choice
from cities.city import City
from cities.wording import ChoiceWords

COUNTING = {
    "satu": 1, "hiji": 1, "one": 1, "dua": 2, "two": 2, "tiga": 3, "tilu": 3, "three": 3,
    "empat": 4, "opat": 4, "four": 4, "lima": 5, "five": 5, "enam": 6, "genep": 6, "six": 6,
}  # fmt: skip
SPELLINGS = {
    "start": ("mulai",),
    "lapor": ("lapor",),
    "status": ("status", "lacak", "laporan saya", "laporan abdi", "cek laporan", "my reports"),
    "batal": ("batal", "cancel"),
    "bantuan": ("bantuan", "help", "pitulung", "menu"),
    "bahasa": ("bahasa", "basa", "language"),
    "privasi": ("privasi", "privacy"),
    "buka": ("buka", "buka lagi", "buka deui", "reopen"),
    "ubah": ("ubah", "robih", "change"),
    "beda": ("beda", "benten", "different"),
}
COMMANDS = {spelling: command for command, spellings in SPELLINGS.items() for spelling in spellings}
"""What people type without a slash, and the command it is."""
PUNCTUATION = re.compile(r"[^\w\s]+")
FILLERS = frozenset(
    "ya yah iya aja saja deh dong atuh euy kang teh pak bu min wae weh nya please mah kok sih kak bang mas mbak admin pisan"
    " terima kasih makasih nuhun hatur trims thanks".split()
)
"""Words that change nothing about an answer."""


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(PUNCTUATION.sub(" ", bare).split())


def picked(text: str, offered: Iterable[Choice], city: City) -> Choice | None:
    """The choice that somebody means by typing its number, its label, its value or a word that the city takes for it."""
    choices = tuple(offered)
    said = plain(text)
    if not said or not choices:
        return None
    for choice in choices:
        if said in (plain(choice.label), plain(choice.value)):
            return choice
    number = int(said) if said.isdecimal() else COUNTING.get(said, 0)
    if 1 <= number <= len(choices):
        return choices[number - 1]
    meant = [choice for choice in choices if _means(said, choice, city)]
    return meant[0] if len(meant) == 1 else None


def _means(said: str, choice: Choice, city: City) -> bool:
    """Whether the words, fillers aside, are ones that the city takes for the choice's value (or the part before its colon)."""
    worded = city.choices.get(choice.value.partition(":")[0])
    if worded is None:
        return False
    taken = words_for(worded)
    short = [word for word in said.split() if word not in FILLERS]
    return said in taken or (bool(short) and (" ".join(short) in taken or all(word in taken for word in short)))


def words_for(worded: ChoiceWords) -> frozenset[str]:
    """Every word that the city takes for a choice."""
    return frozenset(plain(word) for word in (*worded.also, *worded.label.values()))


def is_yes_or_no(text: str, city: City) -> str:
    """ "yes", "no", or "" for a text whose first word answers a plain question."""
    first = plain(text).split(" ", 1)[0]
    for value in ("yes", "no"):
        if first in words_for(city.choices[value]):
            return value
    return ""


def begins_with(text: str, value: str, city: City) -> str | None:
    """What follows a word that means a choice ("belum, masih bocor" -> "masih bocor"); None when it does not begin so."""
    said = plain(text)
    for word in sorted(words_for(city.choices[value]), key=len, reverse=True):
        if said == word or said.startswith(f"{word} "):
            return said.removeprefix(word).strip()
    return None


def command_in(text: str) -> tuple[str, str]:
    """The command that a text without a slash is, with what follows it; ("", "") when it is none.

    A command word counts alone, or followed by nothing but a report number.
    """
    said = plain(text)
    if said in COMMANDS:
        return COMMANDS[said], ""
    for words in sorted(COMMANDS, key=len, reverse=True):
        if said.startswith(words + " ") and re.fullmatch(
            r"[a-z]{2,4}[\s\d]{6,}|[\d\s]{6,}", said.removeprefix(words).strip()
        ):
            return COMMANDS[words], text.strip()[len(words) :].strip()
    return "", ""
