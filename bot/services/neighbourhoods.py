"""Whether a group speaks for the place of a report: its kelurahan, and of that only the RW it names."""

from collections.abc import Sequence

from nlp.places.units import rws_in
from storage.tables import Group, Report


def rws_named(report: Report) -> frozenset[str]:
    """The RW that a report's own words and place name, as "7"; none for a report whose words are sealed."""
    texts = (report.place_words, report.place_name, report.description)
    return frozenset(number for text in texts for number in rws_in(text))


def speaks_for(group: Group, report: Report) -> bool:
    """True unless the report surely lies in another RW than those of the group, or in another kelurahan."""
    if group.kelurahan != report.kelurahan:
        return False
    own, told = frozenset(group.rws.split(",")) - {""}, rws_named(report)
    return not own or not told or bool(own & told)


def nearness(group: Group, report: Report) -> int:
    """For sorting: 0 for a group of the very RW that was told, 1 for any other."""
    return 0 if frozenset(group.rws.split(",")) & rws_named(report) else 1


def told_there(rws: str, reports: Sequence[Report]) -> tuple[tuple[Report, ...], int]:
    """Of the reports of a kelurahan those that name one of these RW ("3,5"; "": all of them), and how many name none."""
    own = frozenset(rws.split(",")) - {""}
    if not own:
        return tuple(reports), 0
    told = [(report, rws_named(report)) for report in reports]
    return tuple(report for report, named in told if named & own), sum(not named for _, named in told)
