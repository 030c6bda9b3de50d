"""Who may see and do what. Checked here, never only in a menu."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.staff.commands import ADMINISTRATOR, DEPUTY, NARAHUBUNG
from cities.city import City
from storage import Tx, people
from storage.tables import Report

STAFF_BOTS = frozenset({"staff", "administrator", "narahubung"})
"""Bots whose talk is the back office; the last two are roles played in the demonstration."""


SHOWN = "tampil"
"""The privacy under which those who handle a report may know who reported it."""


class NotAllowed(Exception):
    """This person may not do that with this report."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A member of staff: which roles, for which agencies."""

    contact_id: int
    roles: frozenset[str]
    agencies: frozenset[str]  # those for which they are narahubung, or a narahubung's deputy

    def may_see(self, city: City, report: Report) -> bool:
        """Whether this report may be opened: an agency's people see what is theirs, and a restricted category only its list."""
        category = city.categories[report.category]
        if category.restrict_view and ADMINISTRATOR not in self.roles:
            return bool(self.agencies & set(category.restrict_view)) and report.agency in self.agencies
        return bool(self.roles - {NARAHUBUNG}) or report.agency in self.agencies

    def may_not_even_count(self, city: City) -> frozenset[str]:
        """The restricted categories on whose lists they are not: these never appear in their queue, not even as a number."""
        if ADMINISTRATOR in self.roles:
            return frozenset()
        restricted = (category for category in city.categories.values() if category.restrict_view)
        return frozenset(category.id for category in restricted if not self.agencies & set(category.restrict_view))

    def may_know_reporter(self, report: Report) -> bool:
        """Whether the reporter's name may be shown: only where they chose so, and to those who handle the report."""
        handles = ADMINISTRATOR in self.roles or report.agency in self.agencies
        return report.privacy == SHOWN and handles

    def acts_as(self, report: Report) -> frozenset[str]:
        """The actors of the lifecycle that this person is for this report."""
        actors = {ADMINISTRATOR} & self.roles
        if report.agency and report.agency in self.agencies:
            actors |= {NARAHUBUNG}
        return frozenset(actors)

    def sees_all_agencies(self) -> bool:
        """Whether the queue of all agencies is theirs."""
        return bool(self.roles - {NARAHUBUNG})


def officer(tx: Tx, contact_id: int, now: datetime) -> Officer | None:
    """The member of staff that this contact is at present; None for anybody else."""
    rows = people.staff_roles(tx, contact_id, now)
    if not rows:
        return None
    agencies = frozenset(row.agency for row in rows if row.role in (NARAHUBUNG, DEPUTY))
    return Officer(contact_id, frozenset(NARAHUBUNG if row.role == DEPUTY else row.role for row in rows), agencies)


def one_actor(actors: Collection[str]) -> str:
    """The actor to write into the history: the office that owns the report before the administrator."""
    return NARAHUBUNG if NARAHUBUNG in actors else ADMINISTRATOR
