"""NIK and family-card numbers in words: neither is ever needed for a report, so neither is kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from bot.dialogue.events import CommandGiven, Event, Forwarded, InGroup, MediaShared, MessageEdited, TextSent

DIGITS = 16  # of a NIK and of a family card's number (Permendagri 72/2022)
RUN = re.compile(r"\d+(?:[ .\-–_/]{1,3}\d+)*")
GROUP = re.compile(r"\d+")
COORDINATES = re.compile(r"\d{1,2}\.\d{4,} +1\d\d\.\d{4,}")
NEVER = re.compile(r"0|628")
"""How a telephone number begins, and no NIK: no province has 0, no regency of province 62 has 8."""
AROUND = frozenset(
    "nik ktp kk nomor no nomer number kartu keluarga id saya abdi aku ini ieu my is the adalah nyaeta berikut punten pak bu min"
    " kuring family card".split()
)
"""Words that say no more than that here is such a number."""
Told = TypeVar("Told", bound=Event)


def numbers_in(text: str) -> tuple[str, ...]:
    """Every number of sixteen digits, as it was written: in one piece, or in groups with the same sign between them."""
    return tuple(found for run in RUN.finditer(text) for found in _in_run(run[0]))


def without_numbers(text: str, instead: str) -> str:
    """The text with ``instead`` where such numbers stood."""
    for number in numbers_in(text):
        text = text.replace(number, instead)
    return text


def words_of(event: Event) -> str:
    """The words of an event; "" for one without."""
    match event:
        case TextSent(text) | MessageEdited(text):
            return text
        case CommandGiven(_, argument):
            return argument
        case MediaShared(caption=caption):
            return caption
        case Forwarded(content, _):
            return words_of(content)
        case InGroup():
            return event.words
    return ""


def cleaned(event: Told, instead: str) -> Told:
    """The event without such numbers in its words."""
    if not numbers_in(words_of(event)):
        return event
    clean = without_numbers(words_of(event), instead)
    match event:
        case TextSent() | MessageEdited():
            return replace(event, text=clean)
        case CommandGiven():
            return replace(event, argument=clean)
        case MediaShared():
            return replace(event, caption=clean)
        case Forwarded(content, _):
            return replace(event, content=cleaned(content, instead))
    return event


def says_no_more(text: str, instead: str) -> bool:
    """Whether nothing is left of a text but what introduced the number."""
    left = re.findall(r"[^\W\d_]+", text.replace(instead, " ").lower())
    return all(word in AROUND for word in left)


def _in_run(run: str) -> Iterator[str]:
    groups = list(GROUP.finditer(run))
    first = 0
    while first < len(groups):
        last = _end_of_number(run, groups, first)
        if last is None:
            first += 1
            continue
        yield run[groups[first].start() : groups[last].end()]
        first = last + 1


def _end_of_number(run: str, groups: list[re.Match[str]], first: int) -> int | None:
    """The group with which a number ends that begins at ``first``; None when none does."""
    total, between = 0, set()
    for last in range(first, len(groups)):
        if last > first:
            between.add(run[groups[last - 1].end() : groups[last].start()].strip() or " ")
        total += len(groups[last][0])
        if total >= DIGITS or len(between) > 1:
            break
    written = run[groups[first].start() : groups[last].end()]
    fits = total == DIGITS and len(between) < 2
    return last if fits and not NEVER.match(written) and not COORDINATES.fullmatch(written) else None
