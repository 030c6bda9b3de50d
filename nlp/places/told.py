"""Where, in the citizen's own words: the names found, and what only somebody on the spot needs to know.

A house number, an RT and RW, a block, an alley that nobody has listed, "depan warung Bu Imas": no gazetteer has them, and
a crew that looks for the spot asks for nothing else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from nlp.places.cues import (
    ALLEY,
    AT,
    BEGIN_NAMES,
    DESIGNATORS,
    END_NAMES,
    ESTATE,
    FACILITY,
    FORKS,
    FROM,
    LOCATIVE,
    NAMES_ALONE,
    NEAR,
    NUMBERED,
    STREET,
)
from nlp.places.index import is_everyday, is_shortened
from nlp.places.spelling import Token, tokens
from nlp.places.units import UNITS
from nlp.understanding import Mention

Span = tuple[int, int]

LANDMARK_WORDS = 4
WAY_WORDS = 3
BETWEEN = re.compile(r"[\s,.;:()/-]*")
_BLOCK = re.compile(r"\bblok?k?[\s.]+(?:[a-z]{1,2}[\s.-]?\d{0,3}|\d{1,3}[a-z]?)\b", re.IGNORECASE)
_HOUSE = re.compile(
    r"[\s,.]*\b(?:no|nomor|nomer|nmr)\b[\s.:]*\d{1,4}(?:\s?[a-z]\b)?(?:\s?[-/]\s?\d{1,4}\b)?", re.IGNORECASE
)
_BARE_HOUSE = re.compile(
    r"\s\d{1,4}[a-z]?\b(?=\s*(?:$|[,.;\n]|r[tw]\b|kel\b|kec\b|kelurahan\b|kecamatan\b))", re.IGNORECASE
)
_IN_TIME = frozenset({"sebelum", "sblm", "sesudah", "setelah", "sateuacan", "saacan", "saatos", "sanggeus", "antara"})
"""Cues that tell a time as often as a place; only a name behind them makes a place of it."""
_NO_LANDMARK = frozenset(
    "ini itu ieu eta dieu dinya ditu sini situ sana saya kami kita abdi urang aing gue gw aku mereka yang nu umum mata"
    " sendiri aja saja wae dan atau tapi sudah udah sampai sampe juga lagi banyak ada aya"
    " has have had is are was were been be since for and with that which it my our not broken in on by from".split()
)
_TITLES = frozenset("bu pak ibu bapak mang bi teh kang haji hajah h hj ustad ustadz".split())
"""Whatever follows them is somebody's name."""
_PART_OF_NAMES = _TITLES | frozenset(
    "pos ronda satpam kamling hansip warung toko kios sekolah rumah kantor balai"
    " gerbang lapang kuburan makam mushola musholla langgar bengkel apotek klinik".split()
)
_BETWEEN_ENGLISH = frozenset("of the a an to from".split())
"""They may stand between "in front" and what it is in front of."""
_OF_MOSQUES = frozenset("al an ar as at ash ath ad az nurul baitul baitur darul jami jamie".split())
"""How names of mosques and schools begin; a name goes on behind them."""
_STATE = frozenset("negeri n no nomor".split())
"""Between the word for a school and its number."""
_COUNTED = frozenset(
    "tahun taun thn th bulan bln minggu hari jam menit kali x orang anak kelas juta jt ribu rb buah unit meter km".split()
)
"""Behind a number they say what is counted."""
_ANYWHERE = frozenset("rumah imah kosan kost kontrakan house home".split())
"""Beside one's own house is nowhere that can be found."""
_TILL = frozenset("sampai sampe nepi dugi ke ka hingga".split())
"""With the name of a building behind it, one end of a stretch: "dari masjid Al Huda sampai warung Bu Nani"."""
_NEVER_NAMED = _NO_LANDMARK | _BETWEEN_ENGLISH | LOCATIVE
_ENDS_A_NAME = DESIGNATORS | AT | NEAR | _NO_LANDMARK
_NAMED_BY_MORE = _PART_OF_NAMES | FACILITY
_A_NAME_FOLLOWS = _TITLES | _OF_MOSQUES


def told_where(text: str, mentions: Iterable[Mention]) -> str:
    """The words of `text` that say where, as they were written and in their order, with commas between what stood apart."""
    words = tokens(text)
    named = [
        (_at_facility(words, mention.start), mention.end)
        for mention in mentions
        if mention.candidates or not _out_of_order(mention)
    ]
    spans = [
        *named,
        *_ways(words),
        *_numbered(words),
        *((found.start(), found.end()) for each in (UNITS, _BLOCK) for found in each.finditer(text)),
    ]
    spans += _landmarks(words, named)
    spans = [(start, _with_house(text, end)) for start, end in spans]
    pieces = (text[start:end].strip(" ,.;:(/-\n") for start, end in _joined(text, spans))
    return ", ".join(dict.fromkeys(" ".join(piece.split()) for piece in pieces if piece))


def _at_facility(words: Sequence[Token], start: int) -> int:
    """Where the name of a place begins with what stands there, as it is called after it: "alfamart setiabudi"."""
    at = next((number for number, word in enumerate(words) if word.start == start), 0)
    called_after = at > 0 and words[at].joins and words[at - 1].text in FACILITY
    return words[at - 1].start if called_after else start


def _out_of_order(mention: Mention) -> bool:
    """Whether what was taken for the name of a street says what is wrong with it ("jln mti")."""
    way, *name = mention.text.casefold().split()
    return way.strip(".") in STREET and bool(name) and all(map(is_shortened, name))


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or stand side by side made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or BETWEEN.fullmatch(text, joined[-1][1], start)):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _with_house(text: str, end: int) -> int:
    """The end of the words with the house number that stands right behind them, if one does."""
    found = _HOUSE.match(text, end) or _BARE_HOUSE.match(text, end)
    return found.end() if found else end


def _ways(words: Sequence[Token]) -> Iterator[Span]:
    """Alleys, streets and estates that nobody has listed; "jalan rusak" names none."""
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        named = word.text in STREET | ESTATE and _begins_a_name(following, words[at + 2 : at + 3])
        if (named or word.text in ALLEY) and following.joins and _may_be_named(following):
            yield word.start, words[_name_end(words, at + 1, WAY_WORDS) - 1].end


def _numbered(words: Sequence[Token]) -> Iterator[Span]:
    """What is called by a number: "smp negeri 12", "SDN 3"; not "sd 5 tahun"."""
    for at, word in enumerate(words):
        number = at + 1 + any(each.text in _STATE for each in words[at + 1 : at + 2])
        counted = any(each.joins and each.text in _COUNTED for each in words[number + 1 : number + 2])
        if word.text in NUMBERED and number < len(words) and words[number].text.isdigit() and not counted:
            yield word.start, words[number].end


def _begins_a_name(word: Token, after: Sequence[Token]) -> bool:
    """Whether a street or an estate is called by this word, and perhaps the next."""
    if word.text in NAMES_ALONE:
        return True
    if word.text in BEGIN_NAMES:
        return any(each.joins and _ends_a_name(each) for each in after)
    return not (is_everyday(word.text) or is_shortened(word.text))


def _ends_a_name(word: Token) -> bool:
    """Whether a name such as "bukit …" goes on with this word."""
    return word.text in END_NAMES or not (is_everyday(word.text) or is_shortened(word.text))


def _landmarks(words: Sequence[Token], named: Sequence[Span]) -> Iterator[Span]:
    """What the trouble is in front of, beside, behind or between: a name that was found with the word before it, or any thing."""
    starts = {start for start, _ in named}
    for at, word in enumerate(words[:-1]):
        stretch = word.text in FROM | _TILL and words[at + 1].text in _NAMED_BY_MORE
        if not (word.text in NEAR or stretch):
            continue
        begin = _behind_articles(words, at + 1)
        following = words[begin]
        if following.start in starts:
            yield word.start, following.end
        elif word.text not in _IN_TIME and following.joins and _may_be_named(following):
            after = _name_end(words, begin, LANDMARK_WORDS)
            if after - begin > 1 or following.text not in _ANYWHERE:
                yield word.start, words[after - 1].end


def _behind_articles(words: Sequence[Token], at: int) -> int:
    """The number of the first word from there that is no article; the last word's, where all are."""
    while at + 1 < len(words) and words[at].text in _BETWEEN_ENGLISH:
        at += 1
    return at


def _may_be_named(word: Token) -> bool:
    return word.text not in _NEVER_NAMED and not word.text.isdigit()


def _name_end(words: Sequence[Token], begin: int, most: int) -> int:
    """The number of the word after a name that begins there: it goes on while words are capital, unusual or parts of names."""
    after = begin + 1
    while (
        after < len(words) and after - begin < most and words[after].joins and _goes_on(words[after - 1], words[after])
    ):
        after += 1
    return after


def _goes_on(before: Token, word: Token) -> bool:
    if word.text in _ENDS_A_NAME:
        return False
    if (
        before.text in _A_NAME_FOLLOWS
        or (before.text in FACILITY and word.text in _OF_MOSQUES)
        or word.text in _PART_OF_NAMES
        or word.text in FORKS
        or (before.text in BEGIN_NAMES and _ends_a_name(word))
        or (before.text in FACILITY and word.text.isdigit())
        or (before.text in _NAMED_BY_MORE and not is_everyday(word.text))
    ):
        return True
    return word.capital or not is_everyday(word.text)
