"""Words that lean on what was told before them: "iya bener", "sama kayak di atas", "di sini juga", "yang di jalan itu masih mati".

Such a message names no problem of its own, or names it only by the one that it goes along with.
"""

import re

from bot.dialogue import where_words
from bot.dialogue.words import FILLERS, plain

AGREEING = frozenset(
    "iya iyaa iyah ya yoi betul bener leres muhun sumuhun enya nya heueuh heeuh heuh emang memang mmg sama sami samaa setuju satuju"
    " idem yes same agreed".split()
)
"""How somebody begins who says the same as the one before."""
ADDING = frozenset("juga jg oge pula too also".split())
"""With a kind of problem of its own, they tell one more beside the one that is agreed with."""
ABOVE = re.compile(
    r"\b(?:sama|sami|persis|mirip|same)\s+(?:(?:aja|saja|wae|juga|oge|persis)\s+)?"
    r"(?:kayak|kaya|kyk|kek|seperti|sperti|spt|dengan|dgn|dg|jeung|sareng|siga|sapertos|kawas|as|like)\s+(?:(?:yang|yg|nu|di|ka|the|punya|laporan)\s+)*"
    r"(?:atas|atasnya|atasku|luhur|luhurna|tadi|itu|eta|pak|bu|kang|teh|above|that|tetangga)\b"
)
MY_PLACE = (
    r"(?:di\s?sini|didieu|di dieu|dieu|sini|here|(?:tempat|gang|gg|blok|rt|rw|rumah|daerah|komplek|kompleks|kampung|lembur|imah|bumi"
    r"|lingkungan)"
    r"\s+(?:(?!juga|jg|oge)\w+\s+)?(?:saya|sy|aku|kami|kita|abdi|urang|kuring|pribados))"
)
HERE_TOO = re.compile(
    rf"\b{MY_PLACE}\s+(?:juga|jg|oge|pun|ge|too|also)\b|\b(?:juga|jg|oge|ge)\s+(?:sama|sami|begitu|gitu|kitu)\b|^(?:same|idem)\b"
    r"|\b(?:sama|sami)\s+(?:juga|jg|oge)\b|^(?:sama|sami)\s+(?:aja|saja|wae|persis)\b"
    r"|^(?:sama|sami|begitu|gitu|kitu|demikian)\s+(?:(?:juga|jg|oge)\s+)?(?:di|ka|at|in|on)\b"
)
ELSEWHERE = re.compile(
    r"^(?:(?:tapi|tapina|tp|kalau|kalo|klo|lamun|upami|terus|trus|teras|sama|dan|sareng|jeung|padahal|but|and)\s+)*"
    r"(?:yang|yg|nu|the ones?)\s+(?:di|ka|arah|at|on|in|depan|dekat|deket|sebelah|belakang|seberang|caket|payuneun|gigireun|pengker|near)\b"
)
"""Somebody speaks of one more of the same: "tapi yang di jalan itu masih mati"."""
OWNED = re.compile(r"\w{3,}(?:nya|na)$")
THERE = frozenset("situ disitu dinya didinya there".split())
HOW_LONG = re.compile(
    r"(?:\b(?:\d+|beberapa|sa|se|dua|tiga|empat|lima|tilu|opat|every|tiap|setiap|unggal|sudah|udah|udh|tos|geus)\s*|^se)"
    r"(?:hari|minggu|bulan|taun|tahun|jam|malam|malem|poe|dinten|sasih|wengi|peuting|days?|weeks?|months?|lama|lami)"
)
FIRST_WORDS = 3  # among them stands what is spoken of


def agrees(said: str) -> bool:
    """Whether the words begin by going along with what somebody else has told."""
    return next(iter(plain(said).split()), "") in AGREEING


def says_the_same(said: str) -> bool:
    """Whether the words only say that it is so elsewhere too, and leave to the others what it is."""
    words = plain(said)
    return bool(ABOVE.search(words) or HERE_TOO.search(words))


def echoes(said: str) -> bool:
    """Whether the words go along with what somebody else has told."""
    return agrees(said) or says_the_same(said)


def takes_up(said: str) -> bool:
    """Whether what is wrong has to be taken from what was told before: only another place is named."""
    return says_the_same(said) or bool(ELSEWHERE.search(plain(said)))


def names_another(said: str) -> bool:
    """Whether one more thing of the same kind is told by where it stands ("nu di payuneun sakola oge"): a second one, however near."""
    return adds(said) and bool(ELSEWHERE.search(plain(said)))


def adds(said: str) -> bool:
    """Whether one more thing is told beside what was told."""
    return not ADDING.isdisjoint(plain(said).split())


def speaks_of_it(said: str) -> bool:
    """Whether the words go on about a thing that was named before: "limbahnya dibuang ke kali", "di situ gelap"."""
    words = plain(said).split()
    return any(OWNED.match(word) for word in words[:FIRST_WORDS]) or not THERE.isdisjoint(words)


def without_own_place(said: str) -> str:
    """The words without "di sini" and "di gang saya", which tell us nothing about where that is."""
    return re.sub(MY_PLACE, " ", plain(said))


def begins_with_it(said: str) -> bool:
    """Whether the words begin with what belongs to a thing or a place that was named before: "airnya masuk rumah"."""
    return bool(OWNED.match(next(iter(plain(said).split()), "")))


def tells_how_long(said: str) -> bool:
    """Whether the words say for how long, or how often: a detail of what their writer told before."""
    return bool(HOW_LONG.search(plain(said)))


def says_nothing_new(said: str, place_words: str, before: str) -> bool:
    """Whether all that stands beside the place was in the words before: what these alarmed nobody with, alarms nobody now."""
    known = {*plain(before).split(), *plain(place_words).split()} | AGREEING | ADDING | FILLERS | where_words.OF_A_PLACE
    left = set(plain(said).split()) - known - {"yang", "yg", "nu", "tapi", "masih", "keneh", "kayak", "kaya", "atas"}
    return not left
