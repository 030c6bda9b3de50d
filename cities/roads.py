"""Which authority a road belongs to, where a source says so."""

from dataclasses import dataclass
from typing import Literal, cast

from cities.page import Page, unique

Authority = Literal["kota", "provinsi", "nasional", "tol"]
AuthorityBasis = Literal["sourced", "likely", "unknown"]
AUTHORITIES = frozenset({"kota", "provinsi", "nasional", "tol"})
BASES = frozenset({"sourced", "likely", "unknown"})


@dataclass(frozen=True, slots=True)
class RoadAuthority:
    """A road that is not the city's, and the agency that keeps it. Said as fact only when `sourced`."""

    name: str
    aliases: tuple[str, ...]
    segment: str
    status: Authority
    agency: str
    also: tuple[str, ...]
    covers: tuple[str, ...]
    sourced: bool


def read_roads(table: Page) -> tuple[RoadAuthority, ...]:
    pages = table.pages("roads", "name")
    unique(pages, "name")
    return tuple(_road(page) for page in pages)


def _road(page: Page) -> RoadAuthority:
    return RoadAuthority(
        name=page.text("name"),
        aliases=page.words("aliases"),
        segment=page.text("segment"),
        status=cast(Authority, page.one_of("status", AUTHORITIES)),
        agency=page.text("agency"),
        also=page.words("also"),
        covers=page.words("covers"),
        sourced=any(code.startswith("S") and code[1:].isdigit() for code in page.words("evidence")),
    )
