"""What no table can see alone: whether the names that tables use for each other exist, and whether the whole works."""

import re
from collections.abc import Collection, Iterable
from typing import Any

from cities.agencies import ROLES
from cities.city import City
from cities.deadlines import PRIORITIES
from cities.page import Page
from cities.routes import check_routes
from cities.statuses import ACTORS
from cities.wording import PLACEHOLDERS, check_button

SOURCE = re.compile(r"S\d+\Z")
PREFIX = 6  # letters; the number must stay short enough to say on the phone


def check_city(city: City, tables: dict[str, Page]) -> None:
    """Note on the pages of `tables` every reference and rule that does not hold."""
    _check_identity(city, tables["city"])
    _check_categories(city, tables["categories"])
    _check_statuses(city, tables["statuses"])
    _check_transitions(city, tables["statuses"])
    _check_roads(city, tables["road_authority"])
    always_open = tables["working_hours"].page("always_open")
    _known(always_open, "agencies", sorted(city.hours.always_open), city.agencies, "agency")
    sources = set(tables["sources"].page("sources"))
    for table in tables.values():
        _check_evidence(table, table.entries, "", sources)


def _check_identity(city: City, page: Page) -> None:
    if city.number_prefix and not (city.number_prefix.isascii() and city.number_prefix.isalpha()):
        page.fault(
            "number_prefix",
            f"{city.number_prefix!r} is not made of letters",
            "Write for example BDG",
        )
    if len(city.number_prefix) > PREFIX or city.number_prefix != city.number_prefix.upper():
        page.fault(
            "number_prefix",
            f"{city.number_prefix!r} is long or not in capitals",
            f"At most {PREFIX} capitals",
        )
    for name in city.facts:
        if name not in PLACEHOLDERS:
            page.fault(
                f"facts.{name}",
                "fills no placeholder",
                "See PLACEHOLDERS in cities/wording.py",
            )


def _check_categories(city: City, table: Page) -> None:
    meta = table.page("meta")
    _known(meta, "fallback", [city.fallback_category], city.categories, "category")
    kinds = {trigger for words in city.emergency.triggers.values() for trigger in words}
    for page in table.pages("categories"):
        _check_owned(city, page)
        for language in city.languages:
            button = page.page("button").text(language)
            check_button(page, f"button.{language}", button)
        _known(
            page,
            "restrict_view",
            page.words("restrict_view"),
            ROLES | set(city.agencies),
            "role or agency",
        )
        check_routes(page, city.agencies, [str(sub.raw("id")) for sub in page.pages("sub")])
        for entry in page.pages("external", "if"):
            _known(entry, "to", entry.words("to"), city.agencies, "agency")
            if "to" not in entry:
                entry.fault("to", "is missing", "Name the agencies it goes to")
        for sub in page.pages("sub"):
            _check_owned(city, sub)
            _check_time(city, sub)
        for trigger in page.words("emergency_triggers"):
            if trigger not in kinds:
                remedy = f"Put it also under triggers of a sub-category of {city.emergency.category}"
                page.fault(
                    "emergency_triggers",
                    f"{trigger!r} belongs to no kind of emergency",
                    remedy,
                )
    for reason in table.pages("not_accepted"):
        _known(reason, "use_instead", reason.words("use_instead"), city.statuses, "status")


def _check_owned(city: City, page: Page) -> None:
    _known(page, "owner", page.words("owner"), city.agencies, "agency")
    _known(page, "support", page.words("support"), city.agencies, "agency")
    _known(page, "priority", page.words("priority"), PRIORITIES, "priority")
    _known(
        page,
        "classification",
        page.words("classification"),
        city.classifications,
        "classification",
    )


def _check_time(city: City, sub: Page) -> None:
    owner = city.agencies.get(str(sub.raw("owner")))
    if owner and owner.inside_city and "sla_resolve_wh" not in sub:
        sub.fault(
            "sla_resolve_wh",
            "is missing",
            f"Write working hours: {owner.id} is an agency of the city",
        )
    if owner and sub.flag("external") and owner.inside_city:
        sub.fault(
            "external",
            f"is true, but {owner.id} is an agency of the city",
            "Correct the owner or delete it",
        )


def _check_statuses(city: City, table: Page) -> None:
    moves = {(move.from_, move.to): move for move in city.transitions}
    for page in table.pages("statuses", "code"):
        status = city.statuses[page.text("code")]
        timeout = status.timeout
        if timeout is None:
            continue
        under = page.page("timeout")
        _known(under, "to", [timeout.to], city.statuses, "status")
        _known(under, "never_for", timeout.never_for, PRIORITIES, "priority")
        move = moves.get((status.code, timeout.to))
        if move is None or "sistem" not in move.by:
            under.fault(
                "to",
                f"sistem may not move {status.code} to {timeout.to}",
                "Add the transition by sistem",
            )
        if timeout.reason not in city.archive_reasons and f"status.{timeout.to}.{timeout.reason}" not in city.texts:
            remedy = "Add it to not_accepted in categories.yaml, or as a variant of the text of the status"
            under.fault("reason", f"{timeout.reason!r} has no words", remedy)


def _check_transitions(city: City, table: Page) -> None:
    seen: set[tuple[str | None, str]] = set()
    for page in table.pages("transitions", "to"):
        origins: Iterable[str | None] = page.words("from") if "from" in page else [None]
        to = page.text("to")
        _known(page, "to", [to], city.statuses, "status")
        _known(
            page,
            "from",
            [origin for origin in origins if origin],
            city.statuses,
            "status",
        )
        _known(page, "by", page.words("by"), ACTORS, "actor")
        if "by" not in page:
            page.fault("by", "is missing", f"Say who may do it: {', '.join(sorted(ACTORS))}")
        for origin in origins:
            if (origin, to) in seen:
                page.fault(
                    "from",
                    f"the move from {origin} to {to} stands twice",
                    "Join the two lines",
                )
            seen.add((origin, to))
    for code in sorted(set(city.statuses) - _reachable(city)):
        table.fault(
            f"statuses[{code}]",
            "is never reached",
            "Add a transition to it, or delete it",
        )


def _reachable(city: City) -> set[str | None]:
    reached: set[str | None] = {None}
    while more := {move.to for move in city.transitions if move.from_ in reached} - reached:
        reached |= more
    return reached


def _check_roads(city: City, table: Page) -> None:
    for page in table.pages("roads", "name"):
        _known(page, "agency", page.words("agency"), city.agencies, "agency")
        _known(page, "also", page.words("also"), city.agencies, "agency")


def _check_evidence(table: Page, entries: Any, key: str, sources: Collection[str]) -> None:
    """Every code such as S31 under `evidence`, however deep, must stand among the sources."""
    if isinstance(entries, list):
        for each in entries:
            named = each.get("id") or each.get("code") or each.get("use") if isinstance(each, dict) else None
            _check_evidence(table, each, f"{key}[{named}]" if named else key, sources)
    if isinstance(entries, dict):
        for name, value in entries.items():
            _check_evidence(table, value, f"{key}.{name}".lstrip("."), sources)
        for code in entries.get("evidence") or ():
            if SOURCE.match(str(code)) and code not in sources:
                table.fault(
                    f"{key}.evidence".lstrip("."),
                    f"{code} is no known source",
                    "Add it to sources.yaml",
                )


def _known(page: Page, name: str, used: Iterable[str], known: Collection[str], kind: str) -> None:
    for each in used:
        if each and each not in known:
            page.fault(name, f"{each!r} is no known {kind}", f"Correct it, or add the {kind}")
