"""What the words of a gathered message are for the others: a problem, a place, a detail, or talk that is no report."""

import re
from enum import Enum

from bot.dialogue import where_words, words
from bot.dialogue.batches.echoes import AGREEING, agrees, names_another, says_the_same, takes_up, tells_how_long
from bot.dialogue.batches.neighbourly import (
    is_notice,
    is_promise,
    is_settled,
    only_pleads,
    says_whence,
    speaks_of_danger,
)
from bot.dialogue.knowledge import Heard
from bot.dialogue.steps import small_talk
from bot.dialogue.steps.reading import NO_REPORT, sure_category, tells_nothing
from bot.dialogue.turn import Scene

CHATTER_AT = 0.6  # confidence from which a message among neighbours is taken as no report
SURELY_CHATTER = 0.7  # the same for one that surely names a kind of problem, as announcements do
CLEARLY = 0.85  # confidence of a kind of problem that is named without doubt
VAGUE_BELOW = 0.35  # confidence of the likeliest category below which words tell no problem of their own
QUESTION = "permintaan_informasi"
POINTING = frozenset("yang yg nu itu eta ini ieu the serius beneran".split())
EXACTLY = frozenset("persis pas tepat tepatna tepatnya pasna right exactly".split())
MOST_EXACT = 4  # words of "persis depan bengkel las"
HEADS = re.compile(r"\b(?:pak|bu|bapak|ibu|p|kang|mang)\s+(?:rt|rw|lurah|camat)\b(?!\s*\d)")
"""A person, and no place."""
MOST_LEFT = 4  # words that may stand beside what begins like a place: "dekat pos ronda"
TERSE = 5  # words up to which a sure kind of problem is believed, whatever the reader thinks of so few words
NO_DOUBT = 0.9  # confidence of that kind
VOICE = re.compile(
    r"\b(?:vn|voice ?notes?|voice|pesan suara|rekaman(?:na|nya)?|suara(?:na|nya)? (?:saya|abdi|tadi|di ?atas))\b"
    r"|^(?:itu|eta|ini|ieu|that is|that s)\s+(?:teh\s+|mah\s+)?(?:suara|sora|sound)\b"
)
SHORT = 8  # words up to which a place is all that a message tells


class Role(Enum):
    """What a message is for the others."""

    PROBLEM = "it tells what is wrong"
    FILE = "a picture or a file without words of its own"
    VOICE = "a voice note, which nobody has heard yet"
    PIN = "a point on the map"
    PLACE = "it only says where"
    DETAIL = "a few words more about something"
    JEST = "it names a problem, and is no report unless its writer says where"
    CHATTER = "no report"


def role_of_words(scene: Scene, said: str, heard: Heard) -> Role:
    """What words are; danger is always a problem, and what is no report as the reader sees it is chatter."""
    if speaks_of_danger(said, heard):
        return Role.PROBLEM
    placed = bool(heard.place or heard.place_options)
    if _is_for_the_neighbours(scene, said, heard) or (says_whence(said) and not placed and not _sure(scene, heard)):
        return Role.CHATTER
    if says_the_same(said):
        return Role.PROBLEM if placed or _sure(scene, heard) else Role.DETAIL
    if only_says_where(scene, said, heard) and not names_another(said):
        return Role.PLACE
    if tells_nothing(scene, said, heard):
        return Role.CHATTER
    explains = explains_a_voice(said) and bool(_sure(scene, heard) or heard.place)
    if explains or (takes_up(said) and placed):
        return Role.PROBLEM
    if _is_chatter(scene, heard) and not _is_terse_problem(scene, said, heard):
        return _role_of_chatter(scene, said, heard)
    return Role.PROBLEM if _sure(scene, heard) or placed else _role_of_the_rest(said, heard)


def _is_for_the_neighbours(scene: Scene, said: str, heard: Heard) -> bool:
    """Whether it is told to the neighbours, and to nobody who could help."""
    told = is_settled(said) or is_notice(said, heard) or is_promise(said, heard) or only_pleads(said)
    return told or small_talk.is_plain_answer(scene, said)


def _role_of_the_rest(said: str, heard: Heard) -> Role:
    """What has neither a sure kind nor a place: a question, a detail of something, or a problem that nobody has a name for."""
    if heard.kind == QUESTION:
        return Role.CHATTER
    short = heard.categories[0][1] < VAGUE_BELOW and len(words.plain(said).split()) <= SHORT
    return Role.DETAIL if short or heard.kind == NO_REPORT else Role.PROBLEM


def _role_of_chatter(scene: Scene, said: str, heard: Heard) -> Role:
    """What looks like no report may go along with one, tell for how long, or be one that is told in jest."""
    if not _sure(scene, heard):
        return Role.DETAIL if tells_how_long(said) and len(words.plain(said).split()) <= SHORT else Role.CHATTER
    return Role.DETAIL if agrees(said) else Role.JEST if heard.categories[0][1] >= CLEARLY else Role.CHATTER


def only_says_where(scene: Scene, said: str, heard: Heard) -> bool:
    """Whether nothing is left of the words but a place: known to a map, or by what can be seen there."""
    told = HEADS.sub(" ", words.plain(said))
    said_words = told.split()
    if not said_words:
        return False
    if said_words[0] in EXACTLY and len(said_words) <= MOST_EXACT and where_words.points_closer(told):
        return True
    named = set(words.plain(heard.place_words).split())
    left = [word for word in said_words if word not in named and word not in where_words.OF_A_PLACE | words.FILLERS]
    if named and all(word.isdecimal() for word in left):
        return True
    placed = named or heard.place or heard.place_options or where_words.points_closer(told)
    telling = [word for word in said_words if word not in POINTING | words.FILLERS | AGREEING]
    if (named or heard.place) and not set(left) - POINTING - AGREEING:
        return True
    begins = where_words.begins_like_a_place(" ".join(telling))
    few = len(left) <= (MOST_LEFT if begins else 1)
    points = begins and said_words[0] in POINTING and heard.categories[0][1] < CLEARLY
    return (points or not _sure(scene, heard)) and few and bool(placed) and len(telling) <= SHORT


def explains_a_voice(said: str) -> bool:
    """Whether the words tell what a voice note is about."""
    return bool(VOICE.search(words.plain(said)))


def _is_chatter(scene: Scene, heard: Heard) -> bool:
    """Whether the reader takes it for no report; a sure kind of problem, or one with its place, speaks against that."""
    if heard.kind != NO_REPORT:
        return False
    sure = _sure(scene, heard)
    placed = bool(heard.place or heard.place_options)
    clear = sure and heard.categories[0][1] >= CLEARLY
    return heard.kind_confidence >= (SURELY_CHATTER if clear or (sure and placed) else CHATTER_AT)


def _is_terse_problem(scene: Scene, said: str, heard: Heard) -> bool:
    """ "Sampah numpuk": too short for the reader to take for a report, and one all the same."""
    short = len(words.plain(said).split()) <= TERSE and not agrees(said)
    return short and bool(_sure(scene, heard)) and heard.categories[0][1] >= NO_DOUBT


def _sure(scene: Scene, heard: Heard) -> str:
    sure = sure_category(scene, heard)
    return "" if sure == scene.know.city.fallback_category else sure
