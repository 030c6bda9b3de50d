"""Two problems in one message: the clauses are heard apart, and believed only when both are clear and differ."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.batches.corrections import spoken
from bot.dialogue.events import CommandGiven, Event, Forwarded, MediaShared, TextSent
from bot.dialogue.identity_numbers import cleaned, numbers_in, words_of
from bot.dialogue.knowledge import Clause, Heard
from bot.services import hearing
from bot.services.hearing import heard
from cities.city import City
from nlp import Reader

SEAM = re.compile(
    r"\s+\d[.)]\s+|\s*(?:[.;!\n]+|,)\s*(?:(?:dan|sama|terus|trus|lalu|juga|plus|serta|sareng|jeung|sarta|oge|and|also)\s+(?:juga\s+|oge\s+|ada\s+|aya\s+)?)?"
    r"|\s+(?:dan|sama|terus|trus|lalu|plus|serta|sareng|jeung|sarta|and|also)\s+(?:juga\s+|oge\s+|ada\s+|aya\s+|also\s+)?",
    re.IGNORECASE,
)
"""Where one clause may end and the next begin."""
BULLET = re.compile(r"^\s*(?:\d[.)]|[-•*])\s+")
MOST_SEAMS = 6  # looked at; a longer message is a story
LEAST_WORDS = 2  # of a clause that tells a problem
CLEARLY = 0.9  # confidence; as of another problem told in the middle of a draft
STRESSED = frozenset({"also", "juga", "oge", "plus", "another"})
"""Words of a seam that announce a second problem: both need only be sure then, not beyond any doubt."""
WHOLE = "pengaduan"


def two_problems(reader: Reader, city: City, text: str, whole: Heard) -> tuple[Clause, ...]:
    """The two problems of a message, in its own words; () when it may well be one. A clause without a place shares the other's."""
    if whole.danger or whole.kind != WHOLE:
        return ()
    best: tuple[Clause, ...] = ()
    for first, second, stressed in _cuts(text):
        pair = (Clause(first, heard(reader, first)), Clause(second, heard(reader, second)))
        if _differ(city, pair, 0.0 if stressed else CLEARLY) and _surety(pair) > _surety(best):
            best = pair
    return (_placed(best[0], best[1]), _placed(best[1], best[0])) if best else ()


def hear(reader: Reader, city: City, event: Event) -> Heard | None:
    """What the words of an event mean, two problems apart; None for an event without words."""
    if isinstance(event, Forwarded):
        return hear(reader, city, event.content)
    whole = hearing.hear(reader, cleaned(event, " "))
    if whole is None or numbers_in(words_of(event)) or not isinstance(event, TextSent | MediaShared | CommandGiven):
        return whole
    lines = spoken(event.text) if isinstance(event, TextSent) else ()
    apart = tuple(Clause(words, heard(reader, words)) for words in lines)
    return replace(whole, spoken=apart, two=two_problems(reader, city, words_of(event), whole))


def _cuts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Where it may be cut in two, and whether the word between them says that something else follows."""
    for seam in list(SEAM.finditer(text))[:MOST_SEAMS]:
        first, second = (BULLET.sub("", part).strip() for part in (text[: seam.start()], text[seam.end() :]))
        if min(len(first.split()), len(second.split())) >= LEAST_WORDS:
            yield first, second, not STRESSED.isdisjoint(seam[0].lower().split())


def _differ(city: City, pair: tuple[Clause, Clause], clearly: float) -> bool:
    told = [clause.heard for clause in pair]
    ids = {each.categories[0][0] for each in told}
    unclear = any(not each.category_sure or each.categories[0][1] < clearly or each.danger for each in told)
    placed = all(each.place or each.place_options for each in told)
    one_crew = not placed and len({city.categories[id_].owner for id_ in ids}) == 1  # cause and effect, more likely
    return (
        len(ids) == len(pair)
        and not unclear
        and not one_crew
        and ids.isdisjoint({city.fallback_category, city.emergency.category})
    )


def _surety(pair: tuple[Clause, ...]) -> float:
    return min((clause.heard.categories[0][1] for clause in pair), default=0.0)


def _placed(clause: Clause, other: Clause) -> Clause:
    """The clause with its own place, or with the other's: "jalan rusak dan lampu mati di Cisitu" is one place."""
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
