"""What a citizen asks about linking their channels. Read by the dialogue and by those who gather its facts."""

import re
from dataclasses import dataclass

from bot.dialogue import words
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, TextSent

MAKE, REDEEM, CONFIRM, PART = "make", "redeem", "confirm", "part"
YES, NO = "link_yes", "link_no"
LINK = "(?:hubungkan|hubungkeun|sambungkan|sambungkeun|link)"
BESIDE = "(?: (?:akun|kanal|chat|channel|channels|saya|abdi|my|whatsapp|wa|telegram|web|kode|code))*"
CODE = r"(?P<code>[a-z]{4}[ -]?\d{4})"
NO_CODE = r"(?P<code>(?=[a-z0-9 -]*\d)[a-z0-9]{2,10}(?:[ -][a-z0-9]{1,6})?)"
"""What stands where a code should: with a digit in it, and not as one is made."""
MISTYPED = re.compile(rf"{LINK}{BESIDE} {NO_CODE}")
ASKED = re.compile(rf"{LINK}{BESIDE}(?: {CODE})?")
ONLY_CODE = re.compile(r"[A-Za-z]{4}-\d{4}")
PARTING = re.compile(r"(?:putuskan|putuskeun|pegatkeun|unlink)(?: (?:kanal|akun|chat|sambungan|channel|channels))*")


@dataclass(frozen=True, slots=True)
class LinkAsked:
    """What is asked, and the code that stands in it ("" for none)."""

    what: str
    code: str = ""


def asked(event: Event) -> LinkAsked | None:
    """What an event asks about linking; None when it is about something else."""
    match event:
        case CommandGiven("hubungkan" | "link", argument):
            return LinkAsked(REDEEM, normal(argument)) if argument.strip() else LinkAsked(MAKE)
        case CommandGiven("putuskan" | "unlink"):
            return LinkAsked(PART)
        case ChoicePicked(value, _) if value.startswith(f"{YES}:"):
            return LinkAsked(CONFIRM, value.partition(":")[2])
        case TextSent(text):
            return _in_words(text)
    return None


def normal(code: str) -> str:
    """A code as it was made, whatever case, spaces or dashes it was typed with."""
    bare = re.sub(r"[\s-]", "", code).upper()
    return f"{bare[:4]}-{bare[4:]}"


def _in_words(text: str) -> LinkAsked | None:
    if ONLY_CODE.fullmatch(text.strip()):
        return LinkAsked(REDEEM, normal(text))
    said = words.plain(text)
    if PARTING.fullmatch(said):
        return LinkAsked(PART)
    if found := ASKED.fullmatch(said):
        return LinkAsked(REDEEM, normal(found["code"])) if found["code"] else LinkAsked(MAKE)
    if found := MISTYPED.fullmatch(said):
        return LinkAsked(REDEEM, normal(found["code"]))
    return None
