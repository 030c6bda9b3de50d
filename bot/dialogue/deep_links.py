"""What stands behind a link or a QR code: ``t.me/bot?start=PAYLOAD``, a WhatsApp text that brings it along, ``/chat?start=PAYLOAD``.

A payload is one or more fields ``kind_value``, joined by two underscores: ``di_kel-3273201004__rw_03__soal_pju``. Anybody may
write one, so what grants something is believed only with our signature; the rest is at most a proposal that is read back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.dialogue.report_numbers import WRITTEN

LONGEST: Final = 64
"""Characters; Bot API, deep linking."""
BETWEEN: Final = "__"
SIGNATURE: Final = 16
"""Hex digits of the signature: 64 bits."""
ALLOWED: Final = re.compile(r"[A-Za-z0-9_-]*")
Sign = Callable[[str], str]
"""From the fields before it to the signature: a keyed hash in hex."""


class WrongPayload(Exception):
    """It cannot be a payload of ours; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of field."""

    name: str  # of the attribute of DeepLink
    takes: re.Pattern[str]
    grants: bool = False  # it gives somebody a right, so it must be signed
    alone: bool = False  # nothing stands beside it


KINDS: Final = {
    "di": Kind("place", re.compile(r"[a-z]+-[a-z0-9-]+")),
    "rw": Kind("rw", re.compile(r"\d{1,3}")),
    "rt": Kind("rt", re.compile(r"\d{1,3}")),
    "soal": Kind("category", re.compile(r"[a-z][a-z0-9_]*")),
    "siaran": Kind("campaign", re.compile(r"[A-Za-z0-9-]{1,20}")),
    "lacak": Kind("number", re.compile(WRITTEN), alone=True),
    "staf": Kind("staff_code", re.compile(r"[A-Z0-9]{6,24}"), grants=True, alone=True),
    "ambil": Kind("takeover", re.compile(r"[a-f0-9]{24}"), alone=True),
    "kim": Kind("kim_code", re.compile(r"[A-Za-z0-9-]{4,40}"), alone=True),
    "ikut": Kind("follow_code", re.compile(r"[A-Za-z0-9]{10,20}"), alone=True),
}
"""Every kind by its word. A ``kim`` code is one-time, kept by its fingerprint only and of enough chance to need no signature;
so is an ``ambil`` token, which moreover is good for one person only."""
SIGNED_BY: Final = "ttd"


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a payload says; "" for what it does not."""

    place: str = ""  # code of a place (bot.services.posters)
    rw: str = ""
    rt: str = ""
    category: str = ""
    campaign: str = ""
    number: str = ""  # of a report to follow
    staff_code: str = ""
    takeover: str = ""  # token of a report from a group
    kim_code: str = ""
    follow_code: str = ""  # of a report that somebody else told for this person

    @property
    def proposes(self) -> bool:
        """Whether it says something about a report that may be written."""
        return bool(self.place or self.category or self.campaign)


def written(link: DeepLink, sign: Sign | None = None) -> str:
    """The payload. Raises WrongPayload when it would be too long, cannot be written, or grants something and nobody signs."""
    parts = [f"{word}_{value}" for word, kind in KINDS.items() if (value := getattr(link, kind.name))]
    if not parts:
        raise WrongPayload("it says nothing: name a place, a category, a campaign or a report")
    for word, kind in KINDS.items():
        value = getattr(link, kind.name)
        if value and (BETWEEN in value or not kind.takes.fullmatch(value)):
            raise WrongPayload(f"{value!r} cannot stand behind {word}_: only {kind.takes.pattern}")
    payload = BETWEEN.join(parts)
    if any(kind.grants and getattr(link, kind.name) for kind in KINDS.values()):
        if sign is None:
            raise WrongPayload("it grants something, so it must be signed")
        payload = f"{payload}{BETWEEN}{SIGNED_BY}_{sign(payload)[:SIGNATURE]}"
    _checked(payload)
    read(payload, sign)
    return payload


def read(payload: str, sign: Sign | None = None) -> DeepLink:
    """What a payload says. Raises WrongPayload for anything that we did not write, or that grants something unsigned."""
    _checked(payload)
    body, _, signature = payload.partition(f"{BETWEEN}{SIGNED_BY}_")
    found: dict[str, str] = {}
    for part in body.split(BETWEEN):
        word, _, value = part.partition("_")
        kind = KINDS.get(word)
        if kind is None or not kind.takes.fullmatch(value):
            raise WrongPayload(f"{part!r} is none of {', '.join(KINDS)} with its value")
        if kind.name in found:
            raise WrongPayload(f"{word}_ stands there twice")
        if kind.grants and not (sign and signature and signature == sign(body)[:SIGNATURE]):
            raise WrongPayload(f"{word}_ grants something and is not signed by us")
        found[kind.name] = value
    if len(found) > 1 and any(kind.alone and kind.name in found for kind in KINDS.values()):
        raise WrongPayload("a report or a code stands alone")
    if ("rw" in found or "rt" in found) and "place" not in found:
        raise WrongPayload("an RW or RT needs the kelurahan it lies in")
    return DeepLink(**found)


def _checked(payload: str) -> None:
    if not ALLOWED.fullmatch(payload):
        wrong = sorted(set(re.sub(ALLOWED, "", payload)))
        raise WrongPayload(f"only A-Z a-z 0-9 _ and - may stand in it, not {' '.join(map(repr, wrong))}")
    if len(payload) > LONGEST:
        raise WrongPayload(f"it has {len(payload)} characters, and {LONGEST} are allowed: leave a field out")


# ---------------------------------------------------------------- in the words of a message

_KINDS_OF_TEXT = "|".join(word for word, kind in KINDS.items() if not kind.grants)
BROUGHT: Final = re.compile(
    rf"\(?\s*\b(?:kode|code|start)\b\s*[:=]?\s*(?P<payload>(?:{_KINDS_OF_TEXT})_[A-Za-z0-9_-]+)\s*\)?", re.IGNORECASE
)
"""A code in a message that a link had written for somebody: "Lapor (kode di_kel-3273201004)"."""
EMPTY: Final = frozenset(("", "lapor", "mulai", "halo", "start", "report", "hi"))
"""What a message may say beside its code without saying anything."""


def brought(text: str) -> tuple[str, str]:
    """(payload, the text without it and the greeting before it) of a message that brings a code; ("", text) for any other."""
    found = BROUGHT.search(text)
    if found is None:
        return "", text
    before = "" if says_nothing(text[: found.start()]) else text[: found.start()]
    rest = f"{before} {text[found.end() :]}"
    return found["payload"], " ".join(rest.split())


def says_nothing(text: str) -> bool:
    """Whether a message says nothing but its code."""
    return text.strip(" .,:;!").lower() in EMPTY
