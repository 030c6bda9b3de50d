"""What figures are asked for: which part, of which span, which page."""

import re
from dataclasses import dataclass

SPAN = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
WHOLE, AGENCY, CATEGORY, KELURAHAN, MONTH, OUTSIDE = "whole", "agency", "category", "kelurahan", "month", "outside"
PARTS = (AGENCY, CATEGORY, KELURAHAN, MONTH, OUTSIDE)
WORDS = {
    "opd": AGENCY, "instansi": AGENCY, "agency": AGENCY,
    "kategori": CATEGORY, "category": CATEGORY,
    "kelurahan": KELURAHAN,
    "bulan": MONTH, "sasih": MONTH, "month": MONTH,
    "rujukan": OUTSIDE, "referral": OUTSIDE,
}  # fmt: skip
"""By typed word: which part."""
FARTHEST_PAGE = 999


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """Figures as somebody asked for them."""

    part: str = WHOLE
    span: str = ""  # 2026 or 2026-11; "" for this month and the five before it
    page: int = 1


def typed(argument: str) -> FiguresAsked | None:
    """``/statistik`` with what stands behind it; None when that makes no sense."""
    part, span, page = WHOLE, "", 1
    for word in argument.lower().split():
        if word in WORDS and part == WHOLE:
            part = WORDS[word]
        elif SPAN.fullmatch(word) and not span:
            span = word
        elif word.isdecimal() and 0 < int(word) <= FARTHEST_PAGE:
            page = int(word)
        else:
            return None
    return FiguresAsked(part, span, page)


def tapped(value: str) -> FiguresAsked | None:
    """``figures:<part>:<span>:<page>``, the value of a choice; None for any other."""
    kind, _, rest = value.partition(":")
    part, _, behind = rest.partition(":")
    span, _, page = behind.partition(":")
    fits = part in (WHOLE, *PARTS) and (not span or SPAN.fullmatch(span)) and page.isdecimal()
    if kind != "figures" or not fits or not 0 < int(page) <= FARTHEST_PAGE:
        return None
    return FiguresAsked(part, span, int(page))


def choice_value(asked: FiguresAsked) -> str:
    """The value of a choice that asks for this."""
    return f"figures:{asked.part}:{asked.span}:{asked.page}"
