"""What a message does, whatever it is about: begs, proposes, asks, reports, thanks. Told by a few words (nlp/lexicon/speech.txt), their
order, and whether they open or close the message; topics say nothing here."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log2

from nlp.lexicon import speech_words

_ENDINGS = ("nya", "lah", "kah", "na")
_OPENING = 6
_CLOSING = 8
_LONGEST = 8
"""From 2 to the power of this many words on, a message counts as equally long."""


def acts(tokens: Sequence[str]) -> list[str]:
    """The features of normalised `tokens`: each telling word, alone and with the next two of its like; which open and which close
    the message, whether one is its last word, and roughly how long the message is. No tokens give none."""
    if not tokens:
        return []
    told = [_told(token) for token in tokens]
    order = [word for word in told if word]
    return [
        *(f"a:{word}" for word in order),
        *(f"b:{first} {second}" for first, second in pairwise(order)),
        *(f"c:{first} {third}" for first, third in zip(order, order[2:], strict=False)),
        *(f"t:{word}" for word in told[-_CLOSING:] if word),
        *(f"h:{word}" for word in told[:_OPENING] if word),
        f"e:{told[-1] or '-'}",
        f"n:{min(int(log2(len(tokens) + 1)), _LONGEST)}",
    ]


@lru_cache(maxsize=20_000)
def _told(token: str) -> str:
    """The telling word that `token` is, with or without an ending; "" for any other word."""
    known = speech_words()
    if token in known or token in "?!":
        return token
    stems = (token.removesuffix(ending) for ending in _ENDINGS if token.endswith(ending))
    return next((stem for stem in stems if stem in known), "")
