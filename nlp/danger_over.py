"""Whether somebody says that a danger is over: the fire out, the culprit caught. That a person is safe ends no fire."""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from nlp.about_whom import FIRST, KIN
from nlp.normalise import CLAUSE_MARKS

_OUT = frozenset("padam dipadamkan dipadamin pareum dipareuman dipareumkeun extinguished".split())
_CAUGHT = frozenset(
    "ditangkap tertangkap ketangkep ketangkap katangkep katewak ditewak kacerek dicerek dibekuk arrested".split()
)
_KEPT = frozenset("diamankan".split())
"""Said of a culprit, and of children, of furniture and of a gas bottle."""
_DEALT_WITH = frozenset("beres".split())
_SAFE = frozenset("aman salamet hoax hoaks".split())
_ENDED = _OUT | _CAUGHT | _KEPT | _DEALT_WITH
_OVER = _ENDED | _SAFE
_ALREADY = frozenset("sudah telah tos parantos enggeus geus atos already".split())
_NOT_QUITE = frozenset(
    "not no never tidak bukan belum jangan teu henteu sanes tong can acan tacan moal kurang gagal sulit susah hese sesah coba dicoba "
    "mencoba nyoba nyobaan nyobian sempat mulai hampir ampir nyaris setengah satengah mau bade rek arek akan harus kudu kedah mesti".split()
)
"""Between "already" and the end, or before it: it is denied, hard, tried or only begun."""
_GOES_ON = frozenset(
    "tapi tetapi namun masih belum lagi keneh acan terjebak kejebak kajebak berdarah getihan pingsan kapiuhan sesak "
    "sebagian but still mempan gagal percuma sisanya satunya hanyut palid kabawa kejepit kajepit terjepit "
    "kabur kaburnya lolos buron lari minggat melarikan trapped".split()
)
_HURT = frozenset("korban korbannya luka terluka tatu".split())
_GROWS = frozenset(
    "makin semakin tambah nambah nambahan beuki membesar meluas melebar merambat ngarambat merembet ngarembet menjalar ngarayap "
    "menyebar nyebar sumebar ngagedean ngabelak ngabela membara berkobar menyala hurung naik spreading growing rising".split()
)
_CALLS = frozenset(
    "kirim kirimkan kirimkeun kintun kintunkeun cepat cepatan cepetan buruan enggal enggalan gancang geura geuwat help hurry send".split()
)
_CRIES = frozenset("tolong tulung tulungan tulungin".split())
"""Calls too, where they stand before the end is told: behind it they ask for something else."""
_GOING = _GOES_ON | _GROWS | _CALLS
_NONE = frozenset("tidak teu tanpa nihil no".split())
_LEFT = frozenset("tinggal kari sisa sesa ngan ukur cuma cuman hanya only just leftover".split())
"""What only remains of it, such as smoke, ashes and rubble, is no other danger."""
_NO_FIRE = frozenset(
    "lampu listrik pln aliran kompor tungku lilin lilinnya mesin tv lampunya listriknya kompornya lights power".split()
)
"""What goes out and is no fire."""
_CULPRITS = frozenset(
    "pelaku pelakunya palaku palakuna maling malingnya malingna begal begalnya begalna copet copetnya copetna jambret jambretnya "
    "rampok rampokna rampoknya perampok perampoknya pencuri pencurinya penculik penculiknya preman premannya tersangka pembacok "
    "penusuk penodong pembunuh pemerkosa orangnya jalmina jalmana jelemana bangsat".split()
)
_SOME = frozenset("satu hiji saurang seorang dua dua-duana tiga tilu sebagian".split())
_LITTLE = frozenset(
    "sudah telah tos parantos enggeus geus atos already tadi tadina barusan sekarang ayeuna alhamdulillah".split()
)
_BY_NOW = frozenset("sekarang ayeuna semua semuanya sadayana kabeh tadi now all".split())
_BACK, _ALREADY_BACK, _AGENT = 3, 2, 2


def is_said_over(texts: Sequence[str], dangers: Collection[int] = ()) -> bool:
    """Whether a word of normalised `texts` says that it is over or that somebody is safe, is not denied, and no danger is told after
    it: reason to doubt. `dangers` are where words of danger stand in `texts`."""
    over = (at for at, text in enumerate(texts) if text in _OVER and _is_quite(texts, at))
    return any(not _tells_another(texts, at, dangers) for at in over)


def has_ended(texts: Sequence[str], dangers: Collection[int] = ()) -> bool:
    """Whether the message says in so many words that the danger itself is over, and nothing of what goes on, grows or calls.
    Words of danger (`dangers` are where they stand) that are told after the end are another danger."""
    if not _GOING.isdisjoint(texts) or any(text in _HURT and not _is_none(texts, at) for at, text in enumerate(texts)):
        return False
    return any(_CRIES.isdisjoint(texts[:at]) and not _tells_another(texts, at, dangers) for at in _ends(texts, dangers))


def _ends(texts: Sequence[str], dangers: Collection[int]) -> Iterator[int]:
    """Where the danger itself is said to have ended already."""
    for at, text in enumerate(texts):
        if text in _ENDED and _is_quite(texts, at) and not _ALREADY.isdisjoint(texts[max(at - _ALREADY_BACK, 0) : at]):
            subject, behind = _before(texts, at), _behind(texts, at)
            if text in _OUT:
                ended = _NO_FIRE.isdisjoint(subject)
            elif text in _DEALT_WITH:
                named = any(at - len(subject) <= danger < at for danger in dangers)
                ended = named or not _BY_NOW.isdisjoint([*subject, *behind])
            else:
                ended = (
                    _is_culprit(text, subject) and not _by_culprits(behind) and _SOME.isdisjoint([*subject, *behind])
                )
            if ended:
                yield at


def _is_culprit(end: str, subject: Sequence[str]) -> bool:
    """Whether those who were caught may be the ones to fear."""
    if not _CULPRITS.isdisjoint(subject):
        return True
    return _LITTLE.issuperset(subject) if end in _KEPT else (KIN | FIRST).isdisjoint(subject)


def _by_culprits(behind: Sequence[str]) -> bool:
    return not _CULPRITS.isdisjoint(behind[:_AGENT])


def _tells_another(texts: Sequence[str], end: int, dangers: Collection[int]) -> bool:
    """Whether a danger is told after the end that cannot be the one that ended: that may be named after it, but not twice."""
    named = texts[end] in _SAFE or any(danger < end for danger in dangers)
    return named and any(_is_another(texts, end, danger) for danger in dangers)


def _is_another(texts: Sequence[str], end: int, danger: int) -> bool:
    """Whether a word of danger stands in a later clause that does not say itself that it is none, over, or all that is left."""
    between = texts[end + 1 : danger]
    if danger <= end or CLAUSE_MARKS.isdisjoint(between):
        return False
    clause = {*_before(texts, danger), *_behind(texts, danger)}
    return clause.isdisjoint(_ALREADY | _NONE | _LEFT)


def _is_quite(texts: Sequence[str], at: int) -> bool:
    """Whether nothing before the word there, in its clause, says that it is not so, or not yet."""
    before = _before(texts, at)[-_BACK:]
    told = next((n for n in range(len(before) - 1, -1, -1) if before[n] in _ALREADY), -1)
    return _NOT_QUITE.isdisjoint(before[told + 1 :])


def _is_none(texts: Sequence[str], at: int) -> bool:
    return not _NONE.isdisjoint(texts[max(at - _BACK, 0) : at])


def _before(texts: Sequence[str], at: int) -> list[str]:
    """The words of its clause before the one there, in order."""
    return list(takewhile(_is_word, reversed(texts[:at])))[::-1]


def _behind(texts: Sequence[str], at: int) -> list[str]:
    return list(takewhile(_is_word, texts[at + 1 :]))


def _is_word(text: str) -> bool:
    return text not in CLAUSE_MARKS
