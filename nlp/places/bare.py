"""Names by themselves: areas, landmarks and well-known streets, which everyday words may only be when a cue says so."""

from collections.abc import Sequence

from cities.places import PlaceRow
from nlp.places.addresses import has_unit
from nlp.places.cues import (
    AT,
    CROSSING,
    DESIGNATORS,
    FACILITY,
    GREAT,
    KECAMATAN,
    KELURAHAN,
    LOCATIVE,
    NEAR,
    PREPOSITIONS,
)
from nlp.places.index import Match, is_everyday
from nlp.places.line import Line
from nlp.places.streets import BRANCH_OF, NAMED_AFTER, Taken, scaled

AREAS = frozenset({"kelurahan", "kecamatan"})
MISSPELT_LETTERS, MISSPELT_DESIGNATED_LETTERS, MISSPELT_AT_LETTERS = 7, 5, 6
MISSPELT_LANDMARK_LETTERS = 9
LONG_NAME = 3  # words, of everyday ones, that stand in this order for nothing but a name: "pelajar pejuang 45"
LONG_M = 300.0  # half the length of a street that people know by its name alone


def read_area(line: Line, at: int, kind: str) -> Taken | None:
    """A name after "kel.", "kecamatan" or "kota"."""
    if not line.joins(at + 1):
        return None
    if kind == "kota":
        taken = line.longest(at, lambda row: row.kind == "kota")
    else:
        taken = line.named(at + 1, lambda row: row.kind == kind, MISSPELT_DESIGNATED_LETTERS)
    return (*taken, kind) if taken else None


def read_bare(line: Line, at: int, city: str) -> Taken | None:
    """A name without a word such as "jl." before it."""
    word = line.text(at)
    if word in PREPOSITIONS:
        return None
    if address := _read_address(line, at, city):
        return address
    if exact := line.longest(at, lambda row: True):
        matches, after = line.or_longer(exact, at, lambda row: row.kota_kab == city, MISSPELT_LANDMARK_LETTERS)
        plausible = [match for match in matches if _plausible(match, line, at, after, city)]
        if plausible:
            return (scaled(plausible, BRANCH_OF) if line.branches(after) else plausible), after, ""
        if all(match.row.kind == "kota" for match in matches):
            return None
    if word in FACILITY:
        return _facility(line, at, city)
    if is_everyday(word) or word in LOCATIVE | DESIGNATORS | CROSSING:
        return None
    return _misspelt(line, at, city)


def _read_address(line: Line, at: int, city: str) -> Taken | None:
    """A kelurahan without that word before it, told by its RT or RW, or by its kecamatan behind it."""
    exact = line.longest(at, lambda row: True)
    if exact is None:
        return None
    own = line.longest(at, lambda row: row.kind == "kelurahan" and row.kota_kab == city)
    if own is None or exact[1] > own[1]:
        return None
    matches, after = own
    behind = line.longest(after, lambda row: row.kind == "kecamatan" and row.kota_kab == city)
    followed = behind is not None and any(_is_part_of(match.row, behind[0][0].row) for match in matches)
    sure = line.capital(at) or line.cued(at) or not line.everyday(at, after)
    of_kecamatan = at == line.named_until and bool(line.longest(at, lambda row: row.kind == "kecamatan"))
    numbered = sure and not of_kecamatan and has_unit(line.words, line.words[at].start, line.words[after - 1].end)
    return (matches, after, "kelurahan") if followed or numbered else None


def _is_part_of(kelurahan: PlaceRow, kecamatan: PlaceRow) -> bool:
    """Whether the one is in the other, and not merely its namesake."""
    return kelurahan.kecamatan == kecamatan.name != kelurahan.name


def _plausible(match: Match, line: Line, at: int, after: int, city: str) -> bool:
    """Whether these words, without a designator, can mean the place."""
    row, one_word, cued = match.row, after == at + 1, line.cued(at)
    common = match.common or line.everyday(at, after)
    if row.kota_kab != city:
        return row.kind not in ("street", "stop", "intersection") and not (common and (row.kind != "kota" or not cued))
    if row.kind == "street":
        return _plausible_street(row, line, at, after, common)
    if row.kind == "stop":
        return cued
    return row.kind != "kota" and (not common or not one_word or cued or (row.kind == "landmark" and line.capital(at)))


def _plausible_street(row: PlaceRow, line: Line, at: int, after: int, common: bool) -> bool:
    one_word = after == at + 1
    if row.name.startswith("Gang ") or (one_word and line.branches(after)):
        return False
    if common and after - at >= LONG_NAME:
        return _is_long(row)
    if common:
        return one_word and _is_long(row) and line.capital(at) and line.said_to_be(at, AT | NEAR)
    return not one_word or line.cued(at) or _is_long(row)


def _facility(line: Line, at: int, city: str) -> Taken | None:
    """ "puskesmas padasuka", "kantor kelurahan turangga": near the area it is called after, or its own office."""
    begin = at + 1
    while line.joins(begin) and begin - at <= 2:
        if line.text(begin) not in FACILITY | GREAT | KELURAHAN | KECAMATAN and not line.text(begin).isdigit():
            break
        begin += 1
    if not line.joins(begin):
        return None
    taken = line.longest(begin, lambda row: row.kind in AREAS and row.kota_kab == city)
    if taken is None:
        return None
    matches, after = taken
    office = line.text(begin - 1)
    if office in KELURAHAN | KECAMATAN:
        return matches, after, "kelurahan" if office in KELURAHAN else "kecamatan"
    return scaled(matches, NAMED_AFTER), after, ""


def _misspelt(line: Line, at: int, city: str) -> Taken | None:
    """An own area with a slip of the finger; with a cue before it, a landmark or street with a long name too."""
    letters = MISSPELT_AT_LETTERS if line.said_to_be(at, AT) else MISSPELT_LETTERS
    taken = line.misspelt(at, lambda row: row.kind in AREAS and row.kota_kab == city, letters)
    if taken is None and line.cued(at):
        taken = line.misspelt(at, lambda row: _is_known(row, city), MISSPELT_LANDMARK_LETTERS)
    return (*taken, "") if taken else None


def _is_known(row: PlaceRow, city: str) -> bool:
    return row.kota_kab == city and (row.kind == "landmark" or (row.kind == "street" and _is_long(row)))


def _is_long(row: PlaceRow) -> bool:
    return len(row.crosses) > 1 or (row.precision_m or 0) > LONG_M


def is_own_kota(matches: Sequence[Match], city: str) -> bool:
    """Whether nothing else is named than the city itself, which says nothing about where in it."""
    return all(match.row.kind == "kota" and match.row.kota_kab == city for match in matches)
