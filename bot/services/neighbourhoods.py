"""Whether a group speaks for the place of a report: its kelurahan, and of that only the RW it names."""

import re

from storage.tables import Group, Report

RW = re.compile(r"\brw\.?\s*0*(\d{1,3})\b", re.IGNORECASE)


def rws_named(report: Report) -> frozenset[str]:
    """The RW that a report's own words and place name, as "7"; none for a report whose words are sealed."""
    return frozenset(RW.findall(f"{report.place_words} {report.place_name} {report.description}"))


def speaks_for(group: Group, report: Report) -> bool:
    """True unless the report surely lies in another RW than those of the group, or in another kelurahan."""
    if group.kelurahan != report.kelurahan:
        return False
    own, told = frozenset(group.rws.split(",")) - {""}, rws_named(report)
    return not own or not told or bool(own & told)


def nearness(group: Group, report: Report) -> int:
    """For sorting: 0 for a group of the very RW that was told, 1 for any other."""
    return 0 if frozenset(group.rws.split(",")) & rws_named(report) else 1
