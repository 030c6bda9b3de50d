"""Somebody says that the others would be better off without them: no word of death, and no single phrase to list."""

from collections.abc import Sequence

from nlp.about_whom import FIRST

_BETTER = frozenset(
    "mending mendingan baik baiknya bagus enak sae hade alus utami tenang bahagia senang untung cekap better".split()
)
_NOT = frozenset("tidak teu tak henteu tidaklah gak".split())
_HERE = frozenset("ada aya hidup hirup lahir gubrag".split())
_WITHOUT = frozenset("tanpa without".split())
_ENDING = frozenset("lagi deui saja aja wae we ya dunia dunya".split())
_FEW = 5  # words between what would be better and who should be gone


def better_gone(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where normalised `texts` say so, first and last word: "better if I am not here", "tenang tanpa saya"; None if nowhere."""
    for at, word in enumerate(texts):
        if word in FIRST and (last := _gone(texts, at)) is not None:
            first = next((back for back in range(max(at - _FEW, 0), at) if texts[back] in _BETTER), None)
            if first is not None:
                return first, last
    return None


def _gone(texts: Sequence[str], at: int) -> int | None:
    """The last word of "I am not", or of "without me", told by the word for the writer at `at`."""
    if at and texts[at - 1] in _WITHOUT:
        return at
    behind = [word for word in texts[at + 1 : at + 5] if word != "di"]
    told = len(behind) > 1 and behind[0] in _NOT and behind[1] in _HERE
    ends = len(behind) < 3 or behind[2] in _ENDING or not behind[2].isalnum()  # "saya tidak ada uang" is another matter
    return at + 2 if told and ends else None
