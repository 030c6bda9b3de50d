"""Words that mean a choice, a command or a way of answering, however they are typed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from bot.dialogue.command_words import (
    AROUND_ANSWERING,
    AROUND_CANCELLING,
    BECOMING,
    BY_NUMBER,
    CANCELLING,
    COMMANDS,
    LANGUAGES,
    LIKE_A_NUMBER,
    NOT,
    NUMBER_ONLY,
    ONLY_ALONE,
    SPEAKING,
    SWEARING,
)
from bot.dialogue.replies import Choice
from bot.dialogue.wishes import asks_for_person, bare
from cities.city import City
from cities.wording import ChoiceWords

COUNTING = {
    "satu": 1, "hiji": 1, "kahiji": 1, "pertama": 1, "kesatu": 1, "one": 1, "first": 1,
    "dua": 2, "kedua": 2, "kadua": 2, "two": 2, "second": 2,
    "tiga": 3, "tilu": 3, "ketiga": 3, "katilu": 3, "three": 3, "third": 3,
    "empat": 4, "opat": 4, "keempat": 4, "four": 4, "lima": 5, "five": 5, "enam": 6, "genep": 6, "six": 6,
}  # fmt: skip
PUNCTUATION = re.compile(r"[^\w\s]+")
FILLERS = frozenset(
    "ya yah iya aja saja wae weh deh dong atuh euy kang teh pak bu min nya please mah kok sih kak bang mas mbak admin pisan"
    " terima kasih makasih nuhun hatur trims thanks punten mangga tolong tlg".split()
)
"""Words that change nothing about an answer."""
NUMBERING = frozenset("nomor no nomer number yang nu ka ke pilih pilihan opsi the".split())
"""Words around a number that picks a choice."""
AGREED = {
    "yes": frozenset({"withdraw", "send", "continue", "support", "done", "link_yes", "erase", "news_yes"}),
    "no": frozenset({"change", "different", "not_done", "link_no", "keep_data", "keep_report", "news_no"}),
}
"""What a plain yes or no means, by the choices that were offered."""
RIGHT = frozenset(
    "benar betul bener leres sudah parantos pas sip siap gas lanjut setuju cocok lanjutkan teruskan correct right fine".split()
)
"""Words that say that a read-back is right."""
SPELT = {
    **dict.fromkeys("tdk gak ga nggak ngga enggak engga gk kagak ndak".split(), "tidak"),
    **dict.fromkeys("udah udh sdh dah".split(), "sudah"),
    **dict.fromkeys("blm blum belom".split(), "belum"),
    **dict.fromkeys("y iyah iy iyaa yaa yoi".split(), "ya"),
    **dict.fromkeys("nteu ente heunteu".split(), "teu"),
    "yg": "yang",
    "oke": "ok",
    "okay": "ok",
    "okey": "ok",
}
"""Chat spellings, and the word they stand for."""
RESIGNED = frozenset({"sudah", "parantos", "ya", "baik", "ok"})
"""Words before "lewati" that change nothing about it."""
JOINED_NO = re.compile(r"(?:ga|gak|gk|nggak|ngga|enggak|tdk)(jadi|usah|tau|tahu|perlu|ada|mau|bisa)")
"""A "no" that is written together with its word ("gajadi")."""
COURTEOUS = FILLERS - frozenset("ya iya yah terima kasih makasih nuhun hatur trims thanks".split())
"""Words that change nothing about a plain "ya"."""
ENDING = frozenset("segitu sakitu cukup cekap pokoknya muhun sumuhun leres enya heeh that all s".split())
"""Words with which an answer is let rest; the Sundanese yes among them."""
UNSURE = frozenset("tahu tau terang yakin ngerti hapal know sure".split())
"""Behind a "no" they make it "I do not know"."""
DONT_KNOW = frozenset(
    (
        "tidak tahu",
        "tidak tau",
        "kurang tahu",
        "kurang tau",
        "teu terang",
        "duka",
        "i don t know",
        "i dont know",
    )
)
UNKNOWN_PART = frozenset(
    "kelurahan kecamatan kel kec rt rw nomor nama nami jalan patokan persis pasti tepat lokasi tempat alamat daerah di mana dimana"
    " exactly where the it s name".split()
)
"""Behind "I do not know" they only say what."""
WRONG = frozenset(
    "ubah ganti salah keliru koreksi ralat bukan sanes lepat robih gentos change wrong edit harusnya".split()
)
"""Words that say that something we understood is not so."""
CORRECTING = frozenset("salah keliru ralat koreksi lepat maksudnya maksudna wrong".split())
PUTTING_RIGHT = frozenset("harusnya seharusnya maksudnya bukan tapi kuduna kedahna sanes should".split())
NOT_WRONG = frozenset("satu seorang sahiji".split())
"""Behind "salah" they make it "one of them"."""
PARTS = {
    "location": frozenset("lokasi tempat alamat titik place location address".split()),
    "category": frozenset("kategori jenis category".split()),
    "description": frozenset("masalah isi deskripsi tulisan problem text".split()),
    "privacy": frozenset("nama nami privasi name privacy".split()),
}
"""What the parts of a draft are called."""
LONGEST_GIVING_UP = 6  # words
SHORT_NAME = 2  # words up to which naming a part is all that is said


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(PUNCTUATION.sub(" ", bare).split())


def spelt(text: str) -> str:
    """The same with chat spellings written out."""
    apart = (JOINED_NO.sub(r"tidak \1", word) if JOINED_NO.fullmatch(word) else word for word in plain(text).split())
    return " ".join(SPELT.get(word, word) for word in apart)


# ---------------------------------------------------------------- choices


FAIR = frozenset("ok siap sip setuju boleh lanjut gas mangga sok".split())
"""Words that agree to an offer."""
AGREEABLE = frozenset({"yes", "continue", "support"})
LEAST_TO_MISTYPE, LEAST_FOR_TWO = 5, 9  # letters of a label from which one slip of the finger, and two, are forgiven


def picked(text: str, offered: Iterable[Choice], city: City) -> Choice | None:
    """The choice that somebody means by typing its number, its label, its value or a word that the city takes for it."""
    choices = tuple(offered)
    said = spelt(text)
    if not said or not choices:
        return None
    for choice in choices:
        if said in (spelt(choice.label), plain(choice.value)):
            return choice
    if 1 <= (number := number_in(said)) <= len(choices):
        return choices[number - 1]
    meant = [choice for choice in choices if _means(said, choice, city)]
    return meant[0] if len(meant) == 1 else None if meant else _mistyped(said, choices)


def named(text: str, choices: Iterable[Choice], city: City) -> Choice | None:
    """The choice that is meant by its words where none was offered, so that a number means nothing."""
    return None if number_in(text) else picked(text, choices, city)


def _mistyped(said: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The one choice whose label was meant, slips of the finger forgiven; None when none or several may be."""
    near = [choice for choice in choices if OSA.distance(said, spelt(choice.label)) <= _slips(spelt(choice.label))]
    return near[0] if len(near) == 1 else None


def _slips(label: str) -> int:
    """How many letters may be wrong, missing, too many or swapped in a label that was typed."""
    return (len(label) >= LEAST_TO_MISTYPE) + (len(label) >= LEAST_FOR_TWO)


def number_in(text: str) -> int:
    """The number that is all there is to an answer; 0 for any other."""
    words = [word for word in plain(text).split() if word not in FILLERS | NUMBERING]
    if len(words) != 1:
        return 0
    return int(words[0]) if words[0].isdecimal() and len(words[0]) < 4 else COUNTING.get(words[0], 0)


def _means(said: str, choice: Choice, city: City) -> bool:
    """Whether the words, fillers aside, are ones that mean the choice's value (or the part before its colon)."""
    value, _, what = choice.value.partition(":")
    if value == "edit":
        return part_named(said) == what and len(said.split()) <= SHORT_NAME
    taken = _taken(value, city)
    if not taken:
        return False
    if said in taken:
        return True
    return any(" ".join(left) in taken or all(word in taken for word in left) for left in _cores(said) if left)


def _cores(said: str) -> Iterator[list[str]]:
    """What counts in an answer: without courtesies, and without what else people put around it."""
    words, empty = said.split(), AROUND_ANSWERING | SWEARING
    yield [word for word in words if word not in FILLERS] or words
    yield [word for word in words if word not in FILLERS | empty]
    yield [word for word in words if word not in COURTEOUS | empty]


def _taken(value: str, city: City) -> frozenset[str]:
    worded = city.choices.get(value)
    taken = words_for(worded) if worded else frozenset()
    for answer, values in AGREED.items():
        if value in values:
            taken |= words_for(city.choices[answer])
    taken |= FAIR if value in AGREEABLE else frozenset()
    return taken | RIGHT if value == "send" else taken


def words_for(worded: ChoiceWords) -> frozenset[str]:
    """Every word that the city takes for a choice."""
    return frozenset(spelt(word) for word in (*worded.also, *worded.label.values()))


def is_sending(text: str, city: City) -> bool:
    """Whether all that is said is to send it."""
    said = " ".join(word for word in spelt(text).split() if word not in FILLERS)
    return said in words_for(city.choices["send"])


def only_agrees(text: str, city: City) -> bool:
    """Whether every word of an answer agrees, or ends the matter; "kirim" may stand beside them."""
    said = [word for word in spelt(text).split() if word not in words_for(city.choices["send"]) - RIGHT - RESIGNED]
    return bool(RESIGNED.union(RIGHT, ENDING).intersection(said)) and all(
        word in FILLERS | RESIGNED | RIGHT | AROUND_ANSWERING | ENDING for word in said
    )


def is_yes_or_no(text: str, city: City) -> str:
    """ "yes", "no", or "" for a text whose first word answers a plain question; "I do not know" answers nothing."""
    first, *rest = spelt(text).split() or [""]
    if first in words_for(city.choices["no"]) and UNSURE.isdisjoint(rest[:1]):
        return "no"
    return "yes" if first in words_for(city.choices["yes"]) else ""


def begins_with(text: str, value: str, city: City) -> str | None:
    """What follows a word that means a choice ("belum, masih bocor" -> "masih bocor"); None when it does not begin so."""
    taken, parts = words_for(city.choices[value]), text.split()
    for length in range(min(len(parts), 4), 0, -1):
        if spelt(" ".join(parts[:length])) in taken:
            return " ".join(parts[length:]).strip(" ,.;:-–")
    return None


def is_refusal(text: str, skip: Choice, city: City) -> bool:
    """Whether somebody would rather not say, or does not know."""
    said = " ".join(word for word in spelt(text).split() if word not in FILLERS)
    if _does_not_know(said) or picked(text, (skip,), city) is not None:
        return True
    skipping = words_for(city.choices["skip"])
    return bool(said) and all(word in skipping or word in RESIGNED for word in said.split()) and said not in RESIGNED


def _does_not_know(said: str) -> bool:
    """Whether all that is said is that one does not know, and perhaps what ("ga tau kelurahannya")."""
    begun = next((begin for begin in DONT_KNOW if said == begin or said.startswith(f"{begin} ")), None)
    behind = said.removeprefix(begun or "").split()
    return begun is not None and all(
        word in UNKNOWN_PART or re.sub("(?:nya|na)$", "", word) in UNKNOWN_PART for word in behind
    )


# ---------------------------------------------------------------- commands


def command_in(text: str) -> tuple[str, str]:
    """The command that a text without a slash is, with what follows it; ("", "") when it is none.

    A command word counts alone, with courtesies around it, or followed by nothing but a report number; "bahasa" also by the name of one.
    """
    said = plain(text)
    for wish in (said, bare(said)):
        if wish in COMMANDS and (wish == said or COMMANDS[wish] not in ONLY_ALONE):
            return COMMANDS[wish], ""
    if gives_up(said):
        return "batal", ""
    if asks_for_person(said):
        return "petugas", ""
    if language := language_named(said):
        return "bahasa", language
    for words in sorted(COMMANDS, key=len, reverse=True):
        rest = said.removeprefix(f"{words} ")
        shape = LIKE_A_NUMBER if COMMANDS[words] in BY_NUMBER else NUMBER_ONLY
        if rest != said and (shape.fullmatch(rest) or NUMBER_ONLY.fullmatch(rest)):
            return COMMANDS[words], text.strip()[len(words) :].strip()
    return "", ""


def gives_up(text: str) -> bool:
    """Whether all that is said is that the report shall not be ("ga jadi lapor ah", "teu janten", "batalkan saja")."""
    said = spelt(text).split()
    left = [word for word in said if word not in FILLERS | AROUND_CANCELLING]
    if not left or len(said) > LONGEST_GIVING_UP:
        return False
    unmade = bool(NOT & set(left) and BECOMING & set(left)) and set(left) <= NOT | BECOMING | CANCELLING
    return unmade or set(left) <= CANCELLING


def language_named(text: str) -> str:
    """The language that somebody asks for by name; "" when that is not all they say."""
    said = plain(text).split()
    if SPEAKING.isdisjoint(said):
        return ""
    beside = FILLERS | SPEAKING - LANGUAGES["en"] | {"in", "use", "dina", "ke", "ku", "mau"}
    left = [word for word in said if word not in beside]
    return next((code for code, names in LANGUAGES.items() if len(left) == 1 and left[0] in names), "")


# ---------------------------------------------------------------- ways of answering


def part_named(text: str) -> str:
    """The part of a draft that the words speak of (its name may bear a possessive: "lokasinya"); "" for none."""
    for word in plain(text).split():
        for part, names in PARTS.items():
            if any(word in (name, f"{name}nya", f"{name}na") for name in names):
                return part
    return ""


def says_wrong(text: str) -> bool:
    """Whether the words begin by saying that something we understood is not so."""
    return not WRONG.isdisjoint(plain(text).split()[:4])


def corrects(text: str) -> bool:
    """Whether the words begin by taking something back ("eh salah, harusnya ...")."""
    said = plain(text).split()
    return any(
        word in CORRECTING and NOT_WRONG.isdisjoint(said[place + 1 : place + 2]) for place, word in enumerate(said[:3])
    )


def says_something(text: str) -> bool:
    """Whether there is a word in it, and not only a number or a letter."""
    return any(len(word) > 1 and not word.isdecimal() for word in plain(text).split())


def puts_right(text: str) -> bool:
    """Whether the words say what it should have been."""
    return not PUTTING_RIGHT.isdisjoint(plain(text).split())
