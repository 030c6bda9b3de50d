"""How urgent is how urgent, the outer limits of the law, the kinds of report, and why one may be archived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cities.page import Page, unique

PRIORITIES = ("darurat", "tinggi", "sedang", "rendah")


@dataclass(frozen=True, slots=True)
class Priority:
    """A level of urgency with the working hours to verify and to answer first."""

    id: str
    verify_wh: float
    first_response_wh: float


@dataclass(frozen=True, slots=True)
class LegalMax:
    """Outer limits, in working days (wd) and days; warnings must come well before."""

    verification_wd: int
    first_follow_up_wd: int
    reporter_reply_days: int


@dataclass(frozen=True, slots=True)
class Classification:
    """A national report type with its longest time in working days."""

    id: str
    label: str
    max_wd: int
    confidential_default: bool


@dataclass(frozen=True, slots=True)
class ArchiveReason:
    """Why an administrator may archive a report; `say` is what the citizen reads as the reason."""

    id: str
    label: str
    say: Mapping[str, str]
    use_instead: str | None
    """A status that is better than archiving for this reason."""


def read_priorities(meta: Page) -> tuple[Priority, ...]:
    """Exactly darurat, tinggi, sedang, rendah, most urgent first."""
    pages = meta.pages("priorities")
    found = tuple(Priority(p.text("id"), p.number("verify_wh"), p.number("first_response_wh")) for p in pages)
    if tuple(priority.id for priority in found) != PRIORITIES:
        meta.fault(
            "priorities",
            "are not the four known ones in order",
            f"List {', '.join(PRIORITIES)}",
        )
    return found


def read_legal_max(meta: Page) -> LegalMax:
    page = meta.page("legal_max")
    names = ("verification_wd", "first_follow_up_wd", "reporter_reply_days")
    return LegalMax(*(int(page.number(name)) for name in names))


def read_classifications(meta: Page) -> Mapping[str, Classification]:
    pages = meta.pages("classifications")
    unique(pages, "id")
    found = [
        Classification(
            p.id(),
            p.text("label"),
            int(p.number("max_wd")),
            p.flag("confidential_default"),
        )
        for p in pages
    ]
    return MappingProxyType({each.id: each for each in found})


def read_archive_reasons(table: Page, languages: Sequence[str]) -> Mapping[str, ArchiveReason]:
    pages = table.pages("not_accepted")
    unique(pages, "id")
    found = [_reason(page, languages) for page in pages]
    return MappingProxyType({reason.id: reason for reason in found})


def _reason(page: Page, languages: Sequence[str]) -> ArchiveReason:
    say = page.page("say").entries
    said = {language: page.page("say").text(language) for language in languages} if say else {}
    instead = page.text("use_instead") if "use_instead" in page else None
    return ArchiveReason(page.id(), page.text("label"), MappingProxyType(said), instead)
