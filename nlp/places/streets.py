"""Names after "jl.", "gang", "simpang": streets, alleys and crossings, also those that the gazetteer does not have."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cities.places import PlaceRow
from nlp.places.addresses import has_unit
from nlp.places.cues import ALLEY, DESIGNATORS, ESTATES, FACILITY, JOINING, LOCATIVE, STREET
from nlp.places.index import Match, NameIndex, is_everyday
from nlp.places.line import Line

BEGINNINGS = frozenset({"raya", "terusan", "trs", "ters"}) | STREET
ALSO_A_WORD = "jalan"  # "road", and in "lampu jalan" no name follows
NAMED_AFTER = 0.7  # a street called like an area or a landmark is likely there
ALLEY_NAMED_AFTER = 0.4  # alleys bear any name
BRANCH_OF = 0.75  # "jl. sukajadi atas", when only Jalan Sukajadi is known
ONE_STREET_OF = 0.7  # a crossing of which one street is known
MISSPELT_LETTERS = 7
UNKNOWN_NAME_WORDS = 3

EXTENSIONS = frozenset({"terusan", "trs", "ters", "trsn"})
"""Before the name of a street they make another street of it, with or without "jalan" before them."""

Taken = tuple[list[Match], int, str]
"""The places that the words may mean, the number of the word after them, and the designator to weigh them by."""


def read_crossing(line: Line, at: int, index: NameIndex) -> Taken | None:
    """ "simpang dago", "perempatan buah batu - soekarno hatta", "simpang jl. jakarta dan ibrahim adjie"."""
    named = line.longest(at, lambda row: row.kind == "intersection")
    first = line.longest(line.skip(at + 1, STREET), _is_street)
    if first:
        second = line.longest(line.skip(first[1], JOINING), _is_street)
        crossing = index.crossing(_rows(first[0]), _rows(second[0])) if second else None
        if second and crossing and (named is None or second[1] >= named[1]):
            return [Match(crossing, 1.0)], second[1], "simpang"
    if named:
        return *named, "simpang"
    return (scaled(first[0], ONE_STREET_OF), first[1], "jalan") if first else None


def read_street(line: Line, at: int) -> Taken | None:
    """ "jl. braga", "jalan raya cibiru", "gg. jembar"; without places for a name that the gazetteer does not have."""
    if not line.joins(at + 1):
        return None
    sure = line.text(at) != ALSO_A_WORD or line.capital(at) or line.cued(at)
    designator = "gang" if line.text(at) in ALLEY else "jalan"
    begins = [at + 1]
    while line.text(begins[-1]) in BEGINNINGS:
        begins.append(begins[-1] + 1)
    for begin in begins:
        if known := line.named(begin, _is_street, MISSPELT_LETTERS):
            if not sure and line.everyday(begin, known[1]) and not line.capital(begin):
                return None
            if longer := _longer_name(line, begin, known[1], designator):
                return longer
            whole = begin == at + 1 or line.text(at + 1) in STREET | {"raya"}
            return *_of_branch(line, known, whole), designator
    begin = begins[-1]
    area = line.named(begin, lambda row: row.kind != "kota" and not _is_street(row), MISSPELT_LETTERS)
    if area and (not line.everyday(begin, area[1]) or line.capital(begin)):
        alley = designator == "gang" and not has_unit(line.words, line.words[begin].start, line.words[area[1] - 1].end)
        return scaled(area[0], ALLEY_NAMED_AFTER if alley else NAMED_AFTER), area[1], ""
    after = _unknown_name(line, begin) if sure or line.capital(begin) else begin
    return ([], after, designator) if after > begin else None


def read_extension(line: Line, at: int) -> Taken | None:
    """ "terusan buah batu": a street of its own, or nearer to the street it goes on from than to an area called like it."""
    whole = line.longest(at, _is_street)
    if whole and whole[1] > at + 1:
        return *whole, "jalan"
    from_street = line.named(at + 1, _is_street, MISSPELT_LETTERS) if line.joins(at + 1) else None
    return (scaled(from_street[0], BRANCH_OF), from_street[1], "jalan") if from_street else None


def scaled(matches: Iterable[Match], by: float) -> list[Match]:
    """The matches, each less alike."""
    return [replace(match, likeness=match.likeness * by) for match in matches]


def _of_branch(line: Line, known: tuple[list[Match], int], whole: bool) -> tuple[list[Match], int]:
    matches, after = known
    if line.branches(after):
        return scaled(matches, BRANCH_OF), after + 1
    return scaled(matches, 1.0 if whole else BRANCH_OF), after


def _longer_name(line: Line, begin: int, after: int, designator: str) -> Taken | None:
    """ "jl. dago asri": neither Jalan Dago nor a part of it, but what bears the longer name, or a street that nobody has listed."""
    landmark = line.longest(begin, lambda row: row.kind == "landmark")
    if landmark and landmark[1] > after:
        return scaled(landmark[0], NAMED_AFTER), landmark[1], ""
    estate = line.joins(after) and line.text(after) in ESTATES
    return ([], after + 1, designator) if estate else None


def _unknown_name(line: Line, begin: int) -> int:
    """The number of the word after a name nobody has listed, or `begin` when no name stands there."""
    after = begin
    written_large = line.capital(begin)
    while after < len(line) and after - begin < UNKNOWN_NAME_WORDS and line.joins(after):
        word = line.text(after)
        if word in DESIGNATORS | LOCATIVE | FACILITY or word.isdigit():
            break
        if (is_everyday(word) or written_large) and not line.capital(after):
            break
        if after > begin and _area_at(line, after):
            break
        after += 1
    return after


def _area_at(line: Line, at: int) -> bool:
    """Whether the name of an area begins there: "jl. srigading pasirluyu" is a street that nobody has listed, and where."""
    area = line.longest(at, lambda row: row.kind in ("kelurahan", "kecamatan"))
    return area is not None and not line.everyday(at, area[1])


def _is_street(row: PlaceRow) -> bool:
    return row.kind == "street"


def _rows(matches: Iterable[Match]) -> Iterator[PlaceRow]:
    return (match.row for match in matches)
