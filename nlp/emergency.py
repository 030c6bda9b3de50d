"""Is somebody in danger now? Words of the city's rules, unless denied, past, feared or asked about; and people who may hurt themselves."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from cities.emergency import EmergencyRules
from nlp.about_whom import is_about_writer
from nlp.danger_over import has_ended
from nlp.danger_signs import Signs
from nlp.despair import better_gone
from nlp.doubt import NEGATIONS, is_a_story, is_doubted, is_no_news, without_ending
from nlp.normalise import CLAUSE_MARKS, Word, words
from nlp.understanding import Emergency, Guess

SELF_HARM = "jiwa"

_CALLED = frozenset({"bu", "pa", "pak", "kak"})
_SHORTEST_TYPO = 6
_NO_REPORT_SURE = 0.90
_FEWEST_WORDS = 4  # "sudah" and "depan rumah saya" are answers
_FEW_WORDS_SURE = 0.9
_A_CRY = 6  # words: a shout, which the model takes for no report
_FIGURATIVE = 0.02
_ONE_KIND = 0.85
_NAMES_A_PROBLEM = 0.5
_KIND_SURE = 0.6


@dataclass(frozen=True, slots=True)
class _Match:
    kind: str
    first: int
    last: int
    english: bool = False


class EmergencyFinder:
    """Reads messages under the rules of one city; made once, used for every message."""

    def __init__(self, rules: EmergencyRules) -> None:
        pairs = [(kind, phrase) for kind, phrases in rules.triggers.items() for phrase in phrases]
        alone = frozenset(word for phrase in rules.never_alone for word in _plain(phrase))
        self._cues = _by_first_word(
            (kind, _plain(phrase)) for kind, phrase in pairs if _plain(phrase) not in {(w,) for w in alone}
        )
        self._english = _by_first_word(
            (kind, _plain(phrase)) for kind, phrases in rules.triggers_en.items() for phrase in phrases
        )
        self._strong = _by_first_word((SELF_HARM, _plain(phrase)) for phrase in rules.self_harm_rule.strong)
        self._weak = _by_first_word((SELF_HARM, _plain(phrase)) for phrase in rules.self_harm_rule.weak)
        self._words = frozenset(word for phrase in rules.words_of_danger for word in _plain(phrase)) - alone
        self._harmless = _by_first_word(("", _plain(phrase)) for phrase in rules.look_alikes)
        vocabulary = {
            word for table in (self._cues, self._english, self._strong) for _, phrase in _all(table) for word in phrase
        }
        self._nearest = lru_cache(maxsize=20_000)(_Nearest(vocabulary))

    def find(
        self,
        message: str,
        spoken: Sequence[Word],
        danger: Sequence[Guess],
        reports: float,
        nothing: float = 0.0,
        *,
        about_a_matter: bool = False,
        read_as_danger: bool = False,
    ) -> Emergency | None:
        """The emergency in `message`, whose normalised words are `spoken`. `danger` is the classifier's guess over the kinds
        of emergency and "" for none; `reports` its probability that the message reports a problem, `nothing` that it is no
        report at all: thanks, talk, a joke. `about_a_matter` says that the message is surely about something that the city looks after:
        then no guess alone makes its writer somebody who may hurt themselves. `read_as_danger` says that its likeliest category is that
        of emergencies: then the classifier need be less sure where no word tells of danger."""
        texts = [word.text if word.is_mark else self._nearest(word.text) for word in spoken]
        chance = 1 - sum(guess.confidence for guess in danger if not guess.id)
        harm = self._self_harm(message, spoken, texts, chance, reports)
        if harm:
            return harm
        if about_a_matter:
            chance -= sum(guess.confidence for guess in danger if guess.id == SELF_HARM)
            danger = [guess for guess in danger if guess.id != SELF_HARM]
        dangers = self._dangers(texts)
        cue, doubted = self._cue(texts, dangers)
        kind = _kind(danger, cue)
        if self._is_none(texts, kind, dangers):
            return None
        signs = self._signs(texts, danger, cue, doubted=doubted, quiet=kind == SELF_HARM)
        signs = replace(
            signs,
            clear=read_as_danger or signs.clear,
            matter=about_a_matter,
            no_report=signs.no_report and nothing >= _NO_REPORT_SURE,
        )
        if chance < signs.enough or (cue is None and _is_an_answer(texts, signs, chance, kind)):
            return None
        told = _words_of(message, spoken, cue) if cue else _telling(message, spoken)
        return Emergency(kind, told, kind == SELF_HARM and is_about_writer(_as_called(message, spoken, texts)))

    def _dangers(self, texts: Sequence[str]) -> frozenset[int]:
        """Where a cue begins, or another word of danger stands."""
        alone = (at for at, text in enumerate(texts) if self._is_of_danger(text))
        return frozenset((*alone, *(match.first for match in self._cues_in(texts))))

    def _cues_in(self, texts: Sequence[str]) -> Iterator[_Match]:
        yield from (replace(match, english=True) for match in _matches(texts, self._english))
        yield from _matches(texts, self._cues)

    def _is_none(self, texts: Sequence[str], kind: str, dangers: Collection[int]) -> bool:
        """Whether the words say by themselves that it is none: over, or just what somebody does not mean to do."""
        if kind == SELF_HARM:
            return self._denied_harm(texts) or any(self._harmless_spans(texts))
        kinds = {match.kind for match in self._cues_in(texts) if not _is_denied(texts, match)}
        return len(kinds) < 2 and has_ended(texts, dangers)  # of two, one may be over and the other go on

    def _signs(
        self, texts: Sequence[str], danger: Sequence[Guess], cue: _Match | None, *, doubted: bool, quiet: bool
    ) -> Signs:
        """What the words say; `quiet` is a goodbye, said with thanks: no report, and no doubt either."""
        one_kind = _is_one_kind(danger)
        cried = cue is not None and not doubted and (cue.english or _how_many(texts) < _A_CRY)
        return Signs(
            cue=cue is not None,
            english=cue is not None and cue.english,
            doubted=doubted and (cue is not None or not quiet),
            word=any(map(self._is_of_danger, texts)),
            clear=one_kind,
            farewell=quiet and one_kind,
            no_report=not quiet and not cried,  # "ada pembunuhan" tells of no matter, and is heard
        )

    def _cue(self, texts: Sequence[str], dangers: Collection[int]) -> tuple[_Match | None, bool]:
        """The first cue that nothing puts in doubt, else the first cue and True; without a cue, whether it is said to be over,
        a mistake, a film or a joke."""
        found = [(match, self._doubted(texts, match, dangers)) for match in self._cues_in(texts)]
        return min(found, key=lambda pair: pair[1], default=(None, is_no_news(texts, dangers)))

    def _is_of_danger(self, word: str) -> bool:
        return word in self._words or without_ending(word) in self._words

    def _self_harm(
        self, message: str, spoken: Sequence[Word], texts: Sequence[str], chance: float, reports: float
    ) -> Emergency | None:
        strong = next(_matches(texts, self._strong), None)
        weak = next(_matches(texts, self._weak), None) if reports < _NAMES_A_PROBLEM else None
        gone = better_gone(texts)
        match = strong or weak or (gone and _Match(SELF_HARM, *gone))
        if match is None or _is_denied(texts, match):
            return None
        if chance < (Signs(cue=True, doubted=True).enough if is_a_story(texts) else _FIGURATIVE) and not gone:
            return None
        about_self = is_about_writer(_as_called(message, spoken, texts), match.first, match.last)
        return Emergency(SELF_HARM, _words_of(message, spoken, match), about_self)

    def _denied_harm(self, texts: Sequence[str]) -> bool:
        """Whether somebody says that hurting themselves is just what they do not mean."""
        return any(_is_denied(texts, match) for match in _matches(texts, self._strong))

    def _doubted(self, texts: Sequence[str], match: _Match, dangers: Collection[int]) -> bool:
        harmless = any(first <= match.first <= last for first, last in self._harmless_spans(texts))
        return harmless or is_doubted(texts, match.first, dangers)

    def _harmless_spans(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        for match in _matches(texts, self._harmless):
            yield match.first, match.last


def _is_denied(texts: Sequence[str], match: _Match) -> bool:
    return not (NEGATIONS | {"lain"}).isdisjoint(texts[max(match.first - 2, 0) : match.first])


def _is_one_kind(danger: Sequence[Guess]) -> bool:
    """Whether nearly all of the danger that the classifier sees is of one kind."""
    kinds = [guess.confidence for guess in danger if guess.id]
    return sum(kinds) > 0 and max(kinds) >= _ONE_KIND * sum(kinds)


def _is_an_answer(texts: Sequence[str], signs: Signs, chance: float, kind: str) -> bool:
    """Whether words without a cue are so few that they answer a question, unless one of them surely tells of danger."""
    few = _how_many(texts) < _FEWEST_WORDS
    return few and (kind == SELF_HARM or not signs.word or chance < _FEW_WORDS_SURE)


def _how_many(texts: Sequence[str]) -> int:
    return sum(text not in CLAUSE_MARKS for text in texts)


def _kind(danger: Sequence[Guess], cue: _Match | None) -> str:
    """What the classifier says where it is sure or alone, else what the cue says."""
    kinds = [guess for guess in danger if guess.id]
    total = sum(guess.confidence for guess in kinds)
    if cue and (kinds[0].confidence < _KIND_SURE * total or (cue.english and total < _KIND_SURE)):
        return cue.kind
    return kinds[0].id


def _words_of(message: str, spoken: Sequence[Word], match: _Match) -> str:
    return message[spoken[match.first].start : spoken[match.last].end]


def _as_called(message: str, spoken: Sequence[Word], texts: Sequence[str]) -> list[str]:
    """The texts with a short "bu" as it was written: so is somebody called, and "ibu saya" is told of."""
    written = (message[word.start : word.end].lower() for word in spoken)
    return [raw if raw in _CALLED else text for raw, text in zip(written, texts, strict=True)]


def _telling(message: str, spoken: Sequence[Word], most: int = 6) -> str:
    """What to show when no single cue was found: the first words of the message."""
    said = [word for word in spoken if not word.is_mark][:most]
    return message[said[0].start : said[-1].end]


class _Nearest:
    """Maps a mistyped word of six letters or more to the only trigger word one slip away."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._vocabulary = frozenset(vocabulary)
        self._long: dict[tuple[str, int], list[str]] = {}
        for word in sorted(word for word in self._vocabulary if len(word) >= _SHORTEST_TYPO):
            for length in (len(word) - 1, len(word), len(word) + 1):
                self._long.setdefault((word[0], length), []).append(word)

    def __call__(self, word: str) -> str:
        if len(word) < _SHORTEST_TYPO or word in self._vocabulary:
            return word
        near = self._long.get((word[0], len(word)), ())
        return next((known for known in near if DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1), word)


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
