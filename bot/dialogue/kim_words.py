"""What somebody types about their community information group: "kim", "kim undang", "gabung kim ABCD", "/kim keluar"."""

from dataclasses import dataclass

from bot.dialogue.events import CommandGiven, Event, TextSent
from bot.dialogue.words import number_in, plain

JOIN, SHOW, INVITE, LEAVE, STAY, REMOVE, HAND_OVER = "join", "show", "invite", "leave", "stay", "remove", "hand_over"
VERBS = {
    JOIN: frozenset({"gabung", "ikut", "join", "ngiring"}),
    SHOW: frozenset({"", "anggota", "daftar", "members", "list"}),
    INVITE: frozenset({"undang", "ajak", "invite", "ngajak"}),
    LEAVE: frozenset({"keluar", "berhenti", "leave", "kaluar", "liren"}),
    STAY: frozenset({"masih", "tetap", "perbarui", "stay", "tetep", "keneh"}),
    REMOVE: frozenset({"keluarkan", "remove", "kaluarkeun"}),
    HAND_OVER: frozenset({"koordinator", "coordinator"}),
}
NAME = "kim"
LINK = "kim_"
"""With this the payload of a link begins by which somebody joins a group."""
MOST_WORDS = 4  # of a message that is about the group and no report


@dataclass(frozen=True, slots=True)
class KimAsked:
    """What is wanted, and of whom or with which code."""

    what: str
    about: str = ""


def area_in_words(kelurahan: str, kecamatan: str, rws: str) -> str:
    """A group's area for people; ``rws`` as stored ("3,5", "" for the whole kelurahan)."""
    return f"{short_area(kelurahan, rws)}, Kec. {kecamatan}"


def short_area(kelurahan: str, rws: str) -> str:
    """The same among people who know in which kecamatan they live."""
    rw = f"RW {', '.join(rws.split(','))}, " if rws else ""
    return f"{rw}Kel. {kelurahan}"


def asked(event: Event) -> KimAsked | None:
    """What an event wants of a group; None for any other."""
    match event:
        case CommandGiven("start", argument) if argument.lower().startswith(LINK):
            return KimAsked(JOIN, argument[len(LINK) :])
        case CommandGiven("kim", argument):
            return _verb(argument) or KimAsked(SHOW)
        case TextSent(text):
            return _typed(text)
    return None


def _typed(text: str) -> KimAsked | None:
    words = plain(text).split()
    if NAME not in words[:2] or len(words) > MOST_WORDS:
        return None
    if words[0] == NAME:
        found = _verb(" ".join(words[1:]))
        return found if found and (found.what == JOIN or not found.about or number_in(found.about)) else None
    return KimAsked(JOIN, " ".join(words[2:])) if words[0] in VERBS[JOIN] and len(words) > 2 else None


def _verb(argument: str) -> KimAsked | None:
    first, _, rest = argument.strip().partition(" ")
    found = next((what for what, words in VERBS.items() if first.lower() in words), None)
    return KimAsked(found, rest.strip()) if found else None
