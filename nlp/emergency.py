"""Is somebody in danger now? Words of the city's rules, unless denied, past, feared or asked about; and people who may hurt themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from cities.emergency import EmergencyRules
from nlp.normalise import Word, words
from nlp.understanding import Emergency

SELF_HARM = "jiwa"

_NEGATIONS = frozenset("tidak bukan belum jangan tanpa teu henteu sanes tong can moal tara".split())
_PAST = frozenset("kemarin dulu lalu pernah sempat bekas pasca setelah sejak baheula kapungkur tos urut almarhum korban".split())
_FEARED = frozenset(
    "sering rawan takut khawatir kalau jika bisa supaya agar berpotensi hampir nyaris sok bisi sieun risi hariwang lamun mun upami "
    "cegah antisipasi latihan simulasi film berita kabar seperti menunggu tunggu sampai rek bade pelatihan sosialisasi penyuluhan".split()
)
_NOW = frozenset(
    "sekarang baru barusan ayeuna cepat segera darurat tolong tulung tulungan enggal masih keneh gancang buru help kirim".split()
)
_ASKED = frozenset("nomor syarat cara bagaimana kumaha jadwal biaya prosedur alamat informasi kapan iraha berapa sabaraha".split())
_FIRST_PERSON = frozenset("saya abdi kuring aing diri urang".split())
_OTHERS = frozenset("dia teman tetangga adik kakak anak ibu bapak suami istri orang ada aya manehna anjeunna babaturan".split())
_BEFORE = 5
_SHORTEST_TYPO = 6


@dataclass(frozen=True, slots=True)
class _Match:
    kind: str
    first: int
    last: int


class EmergencyFinder:
    """Reads messages under the rules of one city; made once, used for every message."""

    def __init__(self, rules: EmergencyRules) -> None:
        pairs = [(kind, phrase) for kind, phrases in rules.triggers.items() for phrase in phrases]
        alone = frozenset(word for phrase in rules.never_alone for word in _plain(phrase))
        self._cues = _by_first_word((kind, _plain(phrase)) for kind, phrase in pairs if _plain(phrase) not in {(w,) for w in alone})
        self._strong = _by_first_word((SELF_HARM, _plain(phrase)) for phrase in rules.self_harm_rule.strong)
        self._weak = _by_first_word((SELF_HARM, _plain(phrase)) for phrase in rules.self_harm_rule.weak)
        self._harmless = _by_first_word(("", _plain(phrase)) for phrase in rules.look_alikes)
        vocabulary = {word for table in (self._cues, self._strong) for _, phrase in _all(table) for word in phrase}
        self._nearest = lru_cache(maxsize=20_000)(_Nearest(vocabulary))

    def find(self, message: str, spoken: Sequence[Word], chance: float, reports: float) -> Emergency | None:
        """The emergency in `message`, whose normalised words are `spoken`. `chance` is the classifier's probability that
        it is one, `reports` its probability that the message reports a problem at all."""
        texts = [word.text if word.is_mark else self._nearest(word.text) for word in spoken]
        harm = self._self_harm(message, spoken, texts, reports)
        if harm:
            return harm
        best: _Match | None = None
        for match in _matches(texts, self._cues):
            if not self._doubted(texts, match, chance):
                best = best or match
        if best is None or chance < 0.05:
            return None
        return Emergency(best.kind, message[spoken[best.first].start : spoken[best.last].end])

    def _self_harm(self, message: str, spoken: Sequence[Word], texts: Sequence[str], reports: float) -> Emergency | None:
        strong = next(_matches(texts, self._strong), None)
        match = strong or (next(_matches(texts, self._weak), None) if reports < 0.5 else None)
        if match is None or _NEGATIONS & set(texts[max(match.first - 2, 0) : match.first]):
            return None
        about_self = bool(_FIRST_PERSON & set(texts)) or not _OTHERS & set(texts)
        return Emergency(SELF_HARM, message[spoken[match.first].start : spoken[match.last].end], about_self)

    def _doubted(self, texts: Sequence[str], match: _Match, chance: float) -> bool:
        before = set(texts[max(match.first - _BEFORE, 0) : match.first])
        close = set(texts[max(match.first - 2, 0) : match.first])
        everything = set(texts)
        if close & _NEGATIONS or any(first <= match.first <= last for first, last in self._harmless_spans(texts)):
            return True
        if _NOW & everything and chance >= 0.3:
            return False
        return bool(before & _FEARED or everything & _PAST or everything & _ASKED or "?" in everything)

    def _harmless_spans(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        for match in _matches(texts, self._harmless):
            yield match.first, match.last


class _Nearest:
    """Maps a mistyped word of six letters or more to the only trigger word one slip away."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._long = tuple(sorted(word for word in self._vocabulary if len(word) >= _SHORTEST_TYPO))

    def __call__(self, word: str) -> str:
        if len(word) < _SHORTEST_TYPO or word in self._vocabulary:
            return word
        for known in self._long:
            if known[0] == word[0] and DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1:
                return known
        return word


_Table = dict[str, tuple[tuple[str, tuple[str, ...]], ...]]


def _plain(phrase: str) -> tuple[str, ...]:
    return tuple(word.text for word in words(phrase) if not word.is_mark)


def _by_first_word(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> _Table:
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind, phrase in pairs:
        if phrase:
            table.setdefault(phrase[0], []).append((kind, phrase))
    return {first: tuple(sorted(found, key=lambda pair: -len(pair[1]))) for first, found in table.items()}


def _all(table: _Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    for found in table.values():
        yield from found


def _matches(texts: Sequence[str], table: _Table) -> Iterator[_Match]:
    for first, text in enumerate(texts):
        for kind, phrase in table.get(text, ()):
            if tuple(texts[first : first + len(phrase)]) == phrase:
                yield _Match(kind, first, first + len(phrase) - 1)
                break
