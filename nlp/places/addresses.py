"""What only stands in an address: the number of an RT or RW beside a kelurahan, and its kecamatan right behind it."""

import re
from collections.abc import Sequence

from nlp.places.spelling import Token, first_from
from nlp.understanding import Mention

GAP = 3  # characters between the parts of an address, such as ", "
BEFORE = 3  # words: "rt", "4" and "7" of "rt 4/7"
_UNIT = re.compile(r"r[tw]")
_NUMBERED = re.compile(r"r[tw]0*[1-9]\d?")


def has_unit(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether the number of an RT or RW stands right before or behind `message[start:end]`: each kelurahan has its own."""
    at, behind = first_from(words, start), first_from(words, end)
    return _ends_in_unit(words[max(0, at - BEFORE) : at], start) or _begins_with_unit(words[behind : behind + 2], end)


def kecamatan_follows(mention: Mention, following: Mention | None) -> bool:
    """Whether the next mention is the kecamatan of this one, right behind it: "Wates, Bandung Kidul"."""
    if following is None or following.start - mention.end > GAP or not mention.candidates or not following.candidates:
        return False
    here, there = mention.candidates[0], following.candidates[0]
    return here.kind == "kelurahan" and there.kind == "kecamatan" and here.kecamatan == there.name != here.name


def _begins_with_unit(words: Sequence[Token], end: int) -> bool:
    if not words or words[0].start - end > GAP:
        return False
    alone = _UNIT.fullmatch(words[0].text) and len(words) > 1 and words[1].text.isdigit()
    return bool(alone or _NUMBERED.fullmatch(words[0].text))


def _ends_in_unit(words: Sequence[Token], start: int) -> bool:
    if not words or start - words[-1].end > GAP:
        return False
    while len(words) > 1 and words[-1].text.isdigit():
        words = words[:-1]
        if _UNIT.fullmatch(words[-1].text):
            return True
    return bool(_NUMBERED.fullmatch(words[-1].text))
