"""Report numbers as people mistype them: a letter for a digit, the last digit left out, or only the beginning of one."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.dialogue.events import CommandGiven, Event, TextSent
from bot.dialogue.words import command_in
from storage.numbers import parse_number

LETTERS = "OoQIiLlZzSsBG"
LOOKS_LIKE = str.maketrans(LETTERS, "0001111225586")
"""Letters that are read or typed for a digit."""
DASH = r"\-‐-―_./"
WHOLE = 11  # digits of a number, at least: six of the day, four of the running number, one to check them
SURELY = 6  # digits from which a number is meant although no dash stands behind the prefix, which may be the city's short name
LEAST = 3  # digits from which one is meant at all


@dataclass(frozen=True, slots=True)
class NumberSlip:
    """A number that cannot be one as it was typed."""

    written: str  # as it stands in the text
    meant: str = ""  # the number that alone can be meant
    near: str = ""  # the one of the writer's own numbers that differs by a single slip
    whole: bool = True  # it has as many digits as a number


def heard(event: Event, prefix: str, own: Collection[str]) -> NumberSlip | None:
    """What was mistyped in an event that holds no right number; ``own`` are the writer's. None when no number was meant."""
    match event:
        case TextSent(text):
            name, behind = command_in(text)
            return slip_in(text, prefix, own) or (
                slip_in(behind, prefix, own, alone=True) if name == "status" else None
            )
        case CommandGiven(name, argument):
            return slip_in(argument, prefix, own, alone=name == "status")
    return None


def slip_in(text: str, prefix: str, own: Collection[str], *, alone: bool = False) -> NumberSlip | None:
    """The same for a text. ``alone``: where a number is asked for, it may stand there without its prefix."""
    found = _shape(prefix).search(text)
    bare = _digits().fullmatch(text.strip()) if alone else None
    if found and not alone and not found["gap"].strip() and _count(found["digits"]) < SURELY:
        found = None
    written, typed = (found[0], found["digits"]) if found else (bare[0], bare[0]) if bare else ("", "")
    if _count(typed) < LEAST:
        return None
    digits = _only(typed)
    said = parse_number(f"{prefix}{digits}", prefix)
    right = said.number if said and said.valid and len(digits) >= WHOLE else ""
    theirs = set(own)
    unchecked = [number for number in theirs if _behind(number, prefix)[:-1] == digits]
    near = [number for number in theirs if OSA.distance(digits, _behind(number, prefix)) == 1]
    meant = right or (unchecked[0] if len(unchecked) == 1 else "")
    return NumberSlip(written.strip(), meant, near[0] if len(near) == 1 and not meant else "", len(digits) >= WHOLE)


@lru_cache
def _digits() -> re.Pattern[str]:
    return re.compile(rf"[\d{LETTERS}]+(?:\s*[{DASH}]\s*[\d{LETTERS}]+|\s+\d[\d{LETTERS}]*)*", re.ASCII)


@lru_cache
def _shape(prefix: str) -> re.Pattern[str]:
    begins = rf"(?<![0-9A-Za-z])(?i:{re.escape(prefix)})(?P<gap>[\s{DASH}]*)"
    return re.compile(rf"{begins}(?P<digits>{_digits().pattern})(?![0-9A-Za-z])", re.ASCII)


def _count(typed: str) -> int:
    return sum(c.isdecimal() for c in typed)


def _only(typed: str) -> str:
    return re.sub(r"\D", "", typed.translate(LOOKS_LIKE))


def _behind(number: str, prefix: str) -> str:
    return _only(number.removeprefix(prefix))
