"""Corrections told in whole sentences: "yang 1 udah ditangani, hapus aja", "kategori nomor 2 salah, harusnya listrik".

A sentence speaks of a line when nothing but what introduces it stands before its number. What is wanted then stands before the
number, right behind it, at the beginning of a clause, or at the very end; anywhere else the same word tells a story ("2 depan
tempat buang sampah").
"""

import re
from dataclasses import dataclass

from bot.dialogue.batches.pictures import PICTURES
from bot.dialogue.batches.wanted import (
    ALL,
    APART,
    CHANGE,
    JOIN,
    MINE,
    NEIGHBOURS,
    ONLY,
    PART_BY_WORD,
    REMOVE,
    SAFE,
    SPLIT,
    TAKE_IN,
    UNDO,
    Correction,
    from_letters,
    numbers,
    verb,
)
from bot.dialogue.words import CORRECTING, COUNTING, FILLERS, plain, spelt

MARKERS = frozenset("nomor no nomer nmr number yang yg nu laporan baris poin line".split())
"""Words that make the number behind them that of a line."""
OPENING = FILLERS | frozenset(
    "we eh oh maaf hapunten punten mohon coba cobi itu eta teh mah tadi kalau kalo lamun upami kayaknya kayanya sepertinya sigana"
    " bisa bisakah boleh tiasa minta mau bade hoyong hayang saya abdi aku kita sok mending sebaiknya salah keliru lepat untuk"
    " kanggo keur can you could".split()
)
"""Words that introduce what is wanted, and change nothing about it."""
BETWEEN = OPENING | frozenset(
    "ini ieu juga oge tuh langsung dulu heula deui lagi di teh harus kedah perlu usah sekarang".split()
)
"""Words that may stand between a number and what is wanted of its line."""
NOT = frozenset("jangan jgn ulah tong tidak teu ga gausah dont not".split())
NEEDLESS = frozenset("usah perlu kedah kudu jadi gausah".split())
SENDING = frozenset(
    "kirim kirimkan kirimin dikirim dikirimkan kintun kintunkeun dikintun dikintunkeun lapor laporkan dilaporkan dilaporkeun"
    " ikut ikutkan diikutkan dimasukkan send sent".split()
)
ALONE = frozenset("hanya cuma cuman ukur ngan mung only".split())
CANCEL = frozenset("batal batalkan batalin dibatalkan batalkeun bolaykeun cancel".split())
BACK = frozenset(
    "balikin balikan balikkan dibalikin kembalikan kembaliin dikembalikan balikkeun balikeun wangsulkeun pulihkan urungkan undo".split()
)
INTO = frozenset(
    "jadi menjadi jadikan janten jadikeun ke kana ka jd adalah nyaeta to into be kurang tepat pas"
    " benar bener betul leres yang yg nu".split()
)
SHOULD = frozenset(
    "harusnya seharusnya mestinya semestinya kuduna kedahna sakuduna maksudnya maksudna benernya sebenarnya sabenerna should".split()
)
INSTEAD = frozenset("tapi tapina melainkan but".split())
WHOSE = frozenset("punya milik laporan atas nama kagungan gaduh dari ti for of".split())
ONE_MATTER = frozenset(
    "jadi jadikan dijadikan janten sama satu hiji sami same itu eta masalah kejadian laporan hal perkara tempat lokasi yang nu".split()
)
UNITS = frozenset(
    "minggu hari bulan tahun dinten sasih bulan taun kali meter m km cm kg liter rb ribu juta orang urang warga rumah imah bumi jam menit"
    " titik motor mobil buah batang pohon lampu tiang lubang ekor kk rt rw days weeks meters times people laporan pesan".split()
)
"""What is counted: the number before it is none of a line."""
TAKING_IN = frozenset(
    "lapor laporan laporkan dilaporkan laporkeun masukkan masukin dimasukkan lebetkeun kirim dikirim kintun report".split()
)
BACKED_OUT = re.compile(
    r"\w.*\b(?:(?:tidak|ga|gak|nggak|ngga|enggak|teu|moal)\s+(?:jadi|janten)|gajadi|never mind)\W*$", re.DOTALL
)
WISHES = (JOIN, SPLIT, REMOVE, SAFE, APART)
LONGEST_UNDO = 8  # words
LONGEST_REFUSAL = 6  # words behind a number that refuse its line
FARTHEST = 8  # words before "it should be"
CLAUSE_END = (",", ".", ";", ":", "!", "\n")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence about lines: what stands before their numbers, which they are, and what stands behind."""

    before: tuple[str, ...]
    lines: tuple[int, ...]
    rest: str

    @property
    def after(self) -> tuple[str, ...]:
        return tuple(spelt(self.rest).split())

    def leaves(self, *known: frozenset[str]) -> set[str]:
        """The words besides the numbers that are none of these."""
        return {*self.before, *self.after} - BETWEEN - MARKERS - frozenset().union(*known)


def counts_in_passing(text: str) -> bool:
    """Whether a line is called "no 3", which only sounds English."""
    return bool(re.search(r"\bno\.? ?\d", text.casefold()))


def takes_back(text: str) -> bool:
    """Whether somebody says a thing and, in the same breath, that it shall not be ("hapus 2, eh ga jadi")."""
    return bool(BACKED_OUT.search(plain(text))) and spoken_of(text) is not None


def speaks_of_lines(text: str) -> bool:
    """Whether words are about the list, understood or not: never a problem of their own."""
    said = spelt(text).split()
    start = next((word for word in said if word not in OPENING | ALL), "")
    short = len(said) <= LONGEST_UNDO
    return spoken_of(text) is not None or start in BACK or (short and verb(start) in (CHANGE, REMOVE, JOIN, SPLIT))


def in_sentence(text: str) -> tuple[Correction, ...]:
    """What a sentence wants of lines, or of a message that was left out; () when it wants nothing that is understood."""
    if taken := _letters(text):
        return (Correction(TAKE_IN, taken),)
    said = spelt(text).split()
    if len(said) <= LONGEST_UNDO and next((word for word in said if word not in OPENING), "") in BACK:
        return (Correction(UNDO),)
    spoken = spoken_of(text)
    found = _wanted(spoken, asks=text.rstrip().endswith("?")) if spoken else None
    return (found,) if found else ()


def spoken_of(text: str) -> Spoken | None:
    """The lines that a sentence begins with; None when it does not."""
    words = text.strip().lstrip("/").split()
    before: list[str] = []
    for place, word in enumerate(words):
        bare = spelt(word)
        counted = bare in COUNTING and bool(before) and (before[-1] in MARKERS or bool(verb(before[-1])))
        if re.match(r"\W*\d{1,2}(?!\w)", word) or counted:
            lines, rest = numbers(" ".join(words[place:]).lstrip("#("), most=30)
            counts = spelt(rest).split()[:1]
            bound = any(_binds(each) for each in before)
            counting = not bound and bool(counts) and counts[0] in UNITS
            return None if not lines or counting else Spoken(tuple(before), lines, rest)
        for each in bare.split():
            if not _introduces(each):
                return None
            before.append(each)
    return None


def _binds(word: str) -> bool:
    """Whether a word before a number says that it is that of a line."""
    return word in MARKERS | SENDING or word in PART_BY_WORD or verb(word) not in ("", MINE, NEIGHBOURS)


def _introduces(word: str) -> bool:
    return word in OPENING | NOT | NEEDLESS | ALONE | CANCEL | BACK or _binds(word)


def _wanted(spoken: Spoken, *, asks: bool) -> Correction | None:
    what = _verb(spoken)
    refused = _refused(spoken)
    if what == REMOVE:
        return None if refused else Correction(REMOVE, spoken.lines)
    if refused:
        return None if asks else _left_unsent(spoken)
    if what == JOIN:
        more, _ = numbers(" ".join(word for word in spoken.after if word.isdecimal()), most=30)
        lines = tuple(dict.fromkeys((*spoken.lines, *more)))
        return Correction(JOIN, lines) if len(lines) > 1 else None
    if what in (SPLIT, SAFE, APART) and not (
        what != SPLIT and spoken.leaves(_bent(what), frozenset({"sudah", "semua"}))
    ):
        return Correction(what, spoken.lines) if what != APART or len(spoken.lines) == 1 else None
    return _whose(spoken) or _alone(spoken) or _one_matter(spoken) or _changed(spoken, what)


def _bent(what: str) -> frozenset[str]:
    return frozenset(word for word in "aman salamet safe beda benten different".split() if verb(word) == what)


def _verb(spoken: Spoken) -> str:
    """What is wanted, by a word where a wish stands."""
    for word in spoken.before:
        if word in CANCEL:
            return REMOVE
        if verb(word) in (*WISHES, CHANGE):
            return verb(word)
    begins, meant = True, ""
    words = spoken.rest.split()
    last = max((n for n, word in enumerate(words) if spelt(word) not in BETWEEN), default=-1)
    for n, word in enumerate(words):
        bare = spelt(word)
        wish = REMOVE if bare in CANCEL else verb(bare)
        if wish in (*WISHES, CHANGE) and bare != "bukan" and (begins or n == last):
            meant = meant or wish
        ends = word.endswith(CLAUSE_END) or bare in ("jadi", "maka", "tolong", "mending")
        begins = ends or (begins and (bare in BETWEEN or bare in NOT))
    return meant


def _refused(spoken: Spoken) -> bool:
    """Whether it is said that something shall not be."""
    near = (*spoken.before, *spoken.after[:LONGEST_REFUSAL])
    at = [n for n, word in enumerate(near) if word in NOT]
    wishes = [n for n, word in enumerate(near) if word in SENDING | NEEDLESS | CANCEL or verb(word) in (REMOVE, JOIN)]
    return any(0 <= wish - n <= 2 for n in at for wish in wishes) or near[-1:] == ("jangan",) or near[-1:] == ("ulah",)


def _left_unsent(spoken: Spoken) -> Correction | None:
    """ "Jangan kirim nomor 2", "nomor 3 ga usah": this line is not to be sent."""
    return Correction(REMOVE, spoken.lines) if len(spoken.after) <= LONGEST_REFUSAL else None


def _whose(spoken: Spoken) -> Correction | None:
    owners = {verb(word) for word in (*spoken.before, *spoken.after)} & {MINE, NEIGHBOURS}
    owners |= {MINE} if {"saya", "abdi", "aku", "sendiri"} & set(spoken.after) else set()
    left = spoken.leaves(WHOSE, frozenset("tetangga tatangga warga neighbour neighbor sendiri mine me".split()))
    if left or (owners == {MINE} and not WHOSE & set(spoken.after) and spoken.after[:1] not in (("saya",), ("abdi",))):
        return None
    return Correction(owners.pop(), spoken.lines) if len(owners) == 1 else None


def _alone(spoken: Spoken) -> Correction | None:
    """ "Kirim yang 2 saja": the others are left out."""
    said = {*spoken.before, *spoken.after}
    return None if not said & (SENDING | ALONE) or spoken.leaves(SENDING, ALONE) else Correction(ONLY, spoken.lines)


def _one_matter(spoken: Spoken) -> Correction | None:
    said = set(spoken.after)
    same = said & {"sama", "satu", "hiji", "sami", "same"}
    return Correction(JOIN, spoken.lines) if len(spoken.lines) > 1 and same and not spoken.leaves(ONE_MATTER) else None


# ---------------------------------------------------------------- what it should be


def _changed(spoken: Spoken, what: str) -> Correction | None:
    """Another place, category or wording for a line; without words where it is not said which."""
    if {word for word in map(_stem, spoken.after[:3]) if word in PICTURES}:
        return Correction(CHANGE, spoken.lines[:1])
    part, named_behind = _part(spoken)
    wrong = CORRECTING & {*spoken.before, *spoken.after[:4]} or SHOULD & set(spoken.after[:FARTHEST])
    instead = spoken.after[:1] in (("bukan",), ("sanes",))
    if len(spoken.lines) != 1 or not (part or what == CHANGE or wrong or instead):
        return None
    return Correction(CHANGE, spoken.lines, part, _value(spoken.rest, named=named_behind))


def _stem(word: str) -> str:
    return word.removesuffix("nya").removesuffix("na")


def _part(spoken: Spoken) -> tuple[str, bool]:
    """The part of a line that is spoken of, and whether it is named behind the number: there only as one that the line has."""
    for word in spoken.before:
        if word in PART_BY_WORD:
            return PART_BY_WORD[word], False
    after = [word for word in spoken.after if word not in BETWEEN | INTO]
    head, then = (*after, "", "")[:2]
    its_own = head.endswith(("nya", "na")) or then in CORRECTING | SHOULD | INTO or verb(then) == CHANGE
    return (PART_BY_WORD[head], True) if head in PART_BY_WORD and its_own else ("", False)


def _value(rest: str, *, named: bool) -> str:
    """What it should be, of the words behind the number."""
    words = rest.split()
    bare = [plain(word) for word in words]
    should = [n for n, word in enumerate(bare[:FARTHEST]) if word in SHOULD]
    start = should[-1] + 1 if should else 0
    part_open = named and not should
    while start < len(words):
        word = bare[start]
        if word in ("bukan", "sanes"):  # what it is not ends at "tapi", or at a comma
            after = (n + 1 for n in range(start, len(bare)) if bare[n] in INSTEAD or words[n].endswith(","))
            start = next(after, len(words))
        elif part_open and word in PART_BY_WORD:
            start, part_open = start + 1, False
        elif word in (BETWEEN - {"di", "untuk"}) | INTO | CORRECTING | SHOULD or verb(word) == CHANGE:
            start += 1
        else:
            break
    return " ".join(words[start:]).strip(" .,;:()")


def _letters(text: str) -> tuple[int, ...]:
    """Messages that were left out and are reports all the same: "c itu laporan", "masukin yang a dan b"."""
    said = plain(text).split()
    names = [word for word in said if len(word) == 1 and word.isalpha()]
    around = {word for word in said if word not in names}
    known = BETWEEN | MARKERS | TAKING_IN | {"dan", "sareng", "jeung", "sama", "huruf", "pesan", "and", "tetap", "is"}
    fits = bool(names) and bool(around & TAKING_IN) and around <= known
    return tuple(from_letters(word) for word in names) if fits and all("a" <= word <= "z" for word in names) else ()
