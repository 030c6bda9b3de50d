"""The life cycle of a report: its statuses, what runs out by itself, and which moves are legal for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cities.page import Page, unique

CLOCKS = frozenset(
    {
        "verification",
        "paused",
        "first_response",
        "resolution",
        "resolution_to_schedule",
        "external",
        "reporter_reply",
        "follows_parent",
        "none",
    }
)
REQUIREMENTS = frozenset(
    {
        "jadwal",
        "alasan",
        "instansi",
        "tanggal",
        "cara_penerusan",
        "ref_eksternal_or_reason_none",
        "hasil",
        "bukti",
    }
)
ACTORS = frozenset(
    {
        "pelapor",
        "kim",
        "sistem",
        "administrator",
        "narahubung",
        "pimpinan",
        "instansi_eksternal",
    }
)


@dataclass(frozen=True, slots=True)
class Timeout:
    """What silence does: after so many days, or working days, the system moves the report `to` for `reason`."""

    after_days: int | None
    after_wd: int | None
    to: str
    reason: str
    remind_after_days: tuple[int, ...]
    remind_after_wd: tuple[int, ...]
    never_for: tuple[str, ...]
    """Priorities for which a person decides instead."""


@dataclass(frozen=True, slots=True)
class Status:
    """Where a report stands, as the citizen sees it."""

    code: str
    label: Mapping[str, str]
    clock: str
    open: bool
    """Still open for the citizen."""
    open_for_office: bool
    """Still counted as the office's work."""
    follows_parent: bool
    """Ends, and is open, as the report it was joined to."""
    requires: tuple[str, ...]
    timeout: Timeout | None
    limit: str | None
    silent_minutes: int
    """No message of its own when the next status follows within this many minutes."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A legal move. `from_` None means: at birth. `guard` says in words what must hold."""

    from_: str | None
    to: str
    by: frozenset[str]
    guard: str
    undo: bool = False
    """Only to take back the step that led here, within a few minutes."""


def read_statuses(table: Page, languages: Sequence[str]) -> Mapping[str, Status]:
    """All statuses by code, in the order of the file."""
    pages = table.pages("statuses", "code")
    unique(pages, "code")
    if not pages:
        table.fault("statuses", "is empty", "List the statuses of a report")
    found = [_status(page, languages) for page in pages]
    return MappingProxyType({status.code: status for status in found})


def read_transitions(table: Page) -> tuple[Transition, ...]:
    """All legal moves, one for each pair; a line with several `from` is several moves."""
    found: list[Transition] = []
    for page in table.pages("transitions", "to"):
        origins: Sequence[str | None] = page.words("from") if "from" in page else (None,)
        by = frozenset(page.words("by"))
        found += [Transition(origin, page.text("to"), by, page.text("guard"), page.flag("undo")) for origin in origins]
    return tuple(found)


def _status(page: Page, languages: Sequence[str]) -> Status:
    is_open = page.flag("open")
    return Status(
        code=page.id("code"),
        label=MappingProxyType(page.in_languages("label", languages)),
        clock=page.one_of("clock", CLOCKS),
        open=is_open,
        open_for_office=page.flag("open_for_office", is_open),
        follows_parent=page.flag("follows_parent"),
        requires=_requirements(page),
        timeout=_timeout(page.optional_page("timeout")),
        limit=page.text("limit") if "limit" in page else None,
        silent_minutes=int(page.number("silent_if_followed_within_minutes", 0)),
    )


def _requirements(page: Page) -> tuple[str, ...]:
    required = page.words("requires")
    for name in required:
        if name not in REQUIREMENTS:
            page.fault(
                "requires",
                f"{name!r} is not known",
                f"Choose from: {', '.join(sorted(REQUIREMENTS))}",
            )
    return required


def _timeout(page: Page | None) -> Timeout | None:
    if page is None:
        return None
    if ("after_days" in page) == ("after_wd" in page):
        page.fault("", "needs after_days or after_wd, and not both", "Keep one of the two")
    days, working_days = (
        page.optional_number("after_days"),
        page.optional_number("after_wd"),
    )
    return Timeout(
        after_days=None if days is None else int(days),
        after_wd=None if working_days is None else int(working_days),
        to=page.text("to"),
        reason=page.text("reason"),
        remind_after_days=page.numbers("remind_after_days"),
        remind_after_wd=page.numbers("remind_after_wd"),
        never_for=page.words("never_for"),
    )
