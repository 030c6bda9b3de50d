"""Several problems in one message: the clauses are heard apart, and believed only when all are clear and differ."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue import where_words
from bot.dialogue.batches.corrections import spoken
from bot.dialogue.events import CommandGiven, Event, Forwarded, MediaShared, TextSent
from bot.dialogue.identity_numbers import cleaned, numbers_in, words_of
from bot.dialogue.knowledge import Clause, Heard
from bot.dialogue.steps.small_talk import CALLS, GREETINGS, OPENING
from bot.dialogue.words import plain
from bot.services import hearing
from bot.services.fears import apart_from_warning, describes, fears, hinders
from bot.services.hearing import heard
from cities.city import City
from nlp import Reader

SEAM = re.compile(
    r"\s+\d[.)]\s+|\s*(?:[.;!\n]+|,)\s*(?:(?:dan|sama|terus|trus|lalu|juga|plus|serta|sareng|jeung|sarta|oge|and|also)\s+(?:juga\s+|oge\s+|ada\s+|aya\s+)?)?"
    r"|\s*[+&]\s*|\s+(?:dan|sama|terus|trus|lalu|plus|serta|sareng|jeung|sarta|and|also)\s+(?:juga\s+|oge\s+|ada\s+|aya\s+|also\s+)?",
    re.IGNORECASE,
)
"""Where one clause may end and the next begin."""
BULLET = re.compile(r"^\s*(?:\d[.)]|[-•*])\s+")
MOST_SEAMS = 6  # looked at; a longer message is a story
LEAST_WORDS = 2  # of a clause that tells a problem
CLEARLY = 0.9  # confidence; as of another problem told in the middle of a draft
STRESSED = frozenset({"also", "juga", "oge", "plus", "another", "+", "&"})
"""Words of a seam that announce a second problem: both need only be sure then, not beyond any doubt."""
WHOLE, TALK = "pengaduan", "bukan_laporan"
ADDING = frozenset("dan sama serta sareng jeung sarta and plus".split())
"""Words of a seam that set one thing beside another."""
EFFECT = frozenset(
    "bikin jadi membuat sampai sampe menyebabkan mengakibatkan akibatnya jadinya ngajadikeun nepi making".split()
)
"""What an effect begins with."""
IN_FULL = 3  # words of a clause with a subject of its own
MOST = 6  # problems of one message
MOST_INTRODUCING = 8  # words before the first line of a list
LINE = re.compile(r"(?:^|(?<=\s))(?:(?P<number>\d)[.)]|[-•*])\s+")
"""What a line of a list begins with."""
CALLING = (
    GREETINGS
    | OPENING
    | CALLS
    | frozenset("butuh perlu minta bantuan bantuanna pertolongan help darurat urgent segera cepat enggal".split())
    | frozenset("pa bapa rt rw lurah camat wali walikota".split())
)
"""Words that call somebody, and tell no problem of their own."""


def problems(reader: Reader, city: City, text: str, whole: Heard) -> tuple[Clause, ...]:
    """The problems of a message, in its own words; () when it may well be one. A clause without a place shares another's."""
    if whole.danger:
        return ()
    found = _listed(reader, city, text) or (_parted(reader, city, text) if whole.kind == WHOLE else ())
    places = [clause for clause in found if clause.heard.place or clause.heard.place_options]
    first = next(iter(places), Clause(text, whole))
    return tuple(_placed(clause, first) for clause in found)


def _listed(reader: Reader, city: City, text: str) -> tuple[Clause, ...]:
    """The lines of a list, each a clear problem; () when it is none, or when one of them is unclear."""
    starts = list(LINE.finditer(text))
    ends = [*(start.start() for start in starts), len(text)][1:]
    lines = [text[start.end() : end].strip(" \n,;.") for start, end in zip(starts, ends, strict=False)]
    introduced = bool(starts) and len(text[: starts[0].start()].split()) <= MOST_INTRODUCING
    if not (2 <= len(lines) <= MOST and introduced and all(map(_may_tell, lines))):
        return ()
    told = tuple(_told(reader, line) for line in lines)
    different = {(each.heard.categories[0][0], each.heard.place and each.heard.place.name) for each in told}
    clear = all(_is_clear(city, each, 0.0) for each in told)
    return told if clear and len(different) == len(told) else ()


def _may_tell(line: str) -> bool:
    return len(line.split()) >= LEAST_WORDS and not fears(line)


def _parted(reader: Reader, city: City, text: str) -> tuple[Clause, ...]:
    """The clauses of a sentence: at all its seams at once where each is then clear; else cut where the surest two lie, and each of
    them again, as long as all differ."""
    if at_once := _at_all_seams(reader, city, text):
        return at_once
    found = list(_pair(reader, city, text))
    at = 0
    while at < len(found) < MOST:
        others = {clause.heard.categories[0][0] for n, clause in enumerate(found) if n != at}
        finer = _pair(reader, city, found[at].words)
        if finer and others.isdisjoint(clause.heard.categories[0][0] for clause in finer):
            found[at : at + 1] = finer
        else:
            at += 1
    return tuple(found)


def _at_all_seams(reader: Reader, city: City, text: str) -> tuple[Clause, ...]:
    """What stands between all seams, each a clear problem different from the others, at least two with a place of their own;
    () when it may well be fewer."""
    pieces = [BULLET.sub("", piece).strip() for piece in SEAM.split(text)]
    if not (3 <= len(pieces) <= MOST and all(map(_may_tell, pieces))):
        return ()
    told = tuple(_told(reader, piece) for piece in pieces)
    placed = sum(bool(each.heard.place or each.heard.place_options) for each in told)
    different = len({each.heard.categories[0][0] for each in told}) == len(told)
    clear = all(_is_clear(city, each, CLEARLY) for each in told)
    return told if different and clear and placed >= 2 else ()


def _pair(reader: Reader, city: City, text: str) -> tuple[Clause, ...]:
    """The two clearest problems that the text can be cut into; () when it may well be one."""
    best: tuple[Clause, ...] = ()
    for first, second, seam in _cuts(text):
        pair = (_told(reader, first), _told(reader, second))
        if _differ(city, pair, seam) and _surety(pair) > _surety(best):
            best = pair
    return best


def _told(reader: Reader, words: str) -> Clause:
    return Clause(words, _without_fears(reader, words, heard(reader, words)))


def _without_fears(reader: Reader, text: str, whole: Heard) -> Heard:
    """What is wrong, as the words tell it without what may come of it, where that is surer: "tiang miring, takut roboh" is a pole."""
    first, *others = SEAM.split(text)
    kept = [words for words in others if not fears(words)]
    if len(kept) == len(others) or whole.danger or not first:
        return whole
    told = heard(reader, ", ".join((first, *kept)))
    if not told.category_sure or told.categories[0][1] < whole.categories[0][1]:
        return whole
    return replace(whole, categories=told.categories, category_sure=True, sub_categories=told.sub_categories)


def _without_warning(reader: Reader, text: str, whole: Heard) -> Heard:
    """What the words tell, where only the care that others should take makes it look like talk among neighbours."""
    told = apart_from_warning(text)
    if whole.kind != TALK or len(told.split()) <= LEAST_WORDS:
        return whole
    alone = heard(reader, told)
    return alone if alone.kind == WHOLE and (alone.danger or not whole.danger) else whole


def hear(reader: Reader, city: City, event: Event) -> Heard | None:
    """What the words of an event mean, two problems apart; None for an event without words."""
    if isinstance(event, Forwarded):
        return hear(reader, city, event.content)
    text = words_of(event)
    whole = hearing.hear(reader, cleaned(event, " "))
    if whole is None or numbers_in(text):
        return whole
    whole = _without_warning(reader, text, whole)
    if not isinstance(event, TextSent | MediaShared | CommandGiven):
        return whole
    lines = spoken(event.text) if isinstance(event, TextSent) else ()
    apart = tuple(Clause(words, heard(reader, words)) for words in lines)
    return replace(_without_fears(reader, text, whole), spoken=apart, several=problems(reader, city, text, whole))


def _cuts(text: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where it may be cut in two, and the words between them."""
    for seam in list(SEAM.finditer(text))[:MOST_SEAMS]:
        first, second = (BULLET.sub("", part).strip() for part in (text[: seam.start()], text[seam.end() :]))
        long = min(len(first.split()), len(second.split())) >= LEAST_WORDS
        if long and not fears(second) and not (fears(first) and not SEAM.search(first)):
            yield first, second, frozenset(seam[0].lower().replace(",", " ").split())


def _differ(city: City, pair: tuple[Clause, Clause], seam: frozenset[str]) -> bool:
    """Whether two clauses are two problems; those of one office are rather cause and effect, unless both are told in full."""
    told = [clause.heard for clause in pair]
    ids = {each.categories[0][0] for each in told}
    clear = all(_is_clear(city, clause, CLEARLY if STRESSED.isdisjoint(seam) else 0.0) for clause in pair)
    placed = all(each.place or each.place_options for each in told)
    full = all(len(clause.words.split()) >= IN_FULL and _is_clear(city, clause, CLEARLY) for clause in pair)
    apart = full and not ADDING.isdisjoint(seam) and EFFECT.isdisjoint(plain(pair[1].words).split()[:1])
    one_crew = (
        not (placed or apart) and len({city.categories[id_].owner for id_ in ids}) == 1
    )  # cause and effect, more likely
    nowhere = not (told[1].place or told[1].place_options)
    effect = nowhere and (hinders(pair[1].words) or describes(pair[1].words))
    return len(ids) == len(pair) and clear and not one_crew and not effect


def _is_clear(city: City, clause: Clause, clearly: float) -> bool:
    """Whether it surely tells a problem of its own: no danger, no call, and not only where ("di rt 5 rw 3 cigondewah")."""
    told = clause.heard
    best, confidence = told.categories[0]
    calls = all(word in CALLING for word in plain(clause.words).split())
    known = best not in (city.fallback_category, city.emergency.category)
    only_where = where_words.names_nothing_else(clause.words, told.place_words)
    sure = told.category_sure and confidence >= clearly and known
    return sure and not (told.danger or calls or only_where)


def _surety(pair: tuple[Clause, ...]) -> float:
    return min((clause.heard.categories[0][1] for clause in pair), default=0.0)


def _placed(clause: Clause, other: Clause) -> Clause:
    """The clause with its own place, or with another's: "jalan rusak dan lampu mati di Cisitu" is one place."""
    own, shared = clause.heard, other.heard
    if own.place or own.place_options:
        return clause
    return replace(
        clause,
        heard=replace(
            own,
            place=shared.place,
            place_options=shared.place_options,
            place_words=own.place_words or shared.place_words,
        ),
    )
