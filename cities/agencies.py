"""The bodies that own, support or receive reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cities.page import Page, unique

INSIDE = frozenset({"kota", "BUMD"})
LEVELS = INSIDE | {
    "provinsi",
    "pusat",
    "BUMN",
    "swasta",
    "lembaga_negara",
    "daerah_tetangga",
    "masyarakat",
}
ROLES = frozenset({"administrator", "narahubung", "pimpinan", "eskalasi"})


@dataclass(frozen=True, slots=True)
class Contact:
    """A public number or address of an agency. Only a confirmed one may be shown to citizens."""

    agency: str
    kind: str
    value: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Agency:
    """A city office, a city company, or an outside body that a report can be passed to."""

    id: str
    name: str
    short: str
    level: str
    type: str
    role: str | None
    hours: str
    confidential: bool
    tracked: bool
    """A report passed there keeps its number and stays open."""
    aliases: tuple[str, ...]
    """Old names that people still use."""
    area: str | None
    """For a neighbouring government: its kota or kabupaten, as the gazetteer writes it."""
    contacts: tuple[Contact, ...]

    @property
    def inside_city(self) -> bool:
        return self.level in INSIDE


def read_agencies(table: Page) -> Mapping[str, Agency]:
    """All agencies by id, in the order of the file."""
    pages = table.pages("agencies")
    unique(pages, "id")
    if not pages:
        table.fault(
            "agencies",
            "is empty",
            "List at least the office that administers the reports",
        )
    aliases = _old_names(table, {str(page.raw("id")) for page in pages})
    agencies = [_agency(page, aliases.get(str(page.raw("id")), ())) for page in pages]
    return MappingProxyType({agency.id: agency for agency in agencies})


def _agency(page: Page, aliases: tuple[str, ...]) -> Agency:
    agency = page.id()
    return Agency(
        id=agency,
        name=page.text("name"),
        short=page.text("short"),
        level=page.one_of("level", LEVELS),
        type=page.text("type"),
        role=page.one_of("role", ROLES) if "role" in page else None,
        hours=page.text("hours", "office"),
        confidential=page.flag("confidential"),
        tracked=page.flag("tracked"),
        aliases=aliases,
        area=page.text("area") if "area" in page else None,
        contacts=tuple(_contact(agency, contact) for contact in page.pages("contacts", "value")),
    )


def _contact(agency: str, page: Page) -> Contact:
    confirmed = "verify" in page and not page.flag("verify", default=True)
    for proof in ("confirmed_by", "confirmed_on"):
        if confirmed and proof not in page:
            page.fault(
                proof,
                "is missing though verify is false",
                "Say who confirmed it and when, or set verify: true",
            )
    return Contact(agency, page.text("kind"), page.text("value"), confirmed)


def _old_names(table: Page, known: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for page in table.page("meta").pages("renames", "now"):
        now = page.text("now")
        if now not in known:
            page.fault(
                "now",
                f"names no agency: {now!r}",
                "Use an id from the list of agencies",
            )
        found[now] = (*found.get(now, ()), *page.words("old"))
    return found
