"""Rules of routing that contradict each other, or that can never decide anything."""

from collections.abc import Collection, Iterator, Mapping

from cities.agencies import Agency
from cities.categories import Category, External
from cities.city import City
from cities.faults import CityError, Fault
from cities.page import Page
from cities.places import load_gazetteer

REMEDY = "Write it as kelurahan.geojson does"
CONDITIONS = ("outside", "road", "words", "sub", "areas")


def check_routes(page: Page, agencies: Mapping[str, Agency], subs: Collection[str]) -> None:
    """Note on a category's page every rule under ``external`` that cannot be right."""
    seen: dict[tuple[object, ...], str] = {}
    for rule in page.pages("external", "if"):
        _check_receivers(rule, agencies)
        for unknown in sorted(set(rule.words("sub")) - set(subs)):
            rule.fault("sub", f"{unknown!r} is no sub-category here", "Use an id from the list under sub")
        conditions = _conditions(rule)
        if not any(conditions):
            continue  # only a person can tell
        if conditions in seen:
            other = seen[conditions]
            rule.fault(
                "if", f"can never decide: it has the same conditions as {other!r}", "Join the two, or tell them apart"
            )
        seen.setdefault(conditions, rule.text("if"))


def _conditions(rule: Page) -> tuple[object, ...]:
    road = rule.text("road") if "road" in rule else ""
    return (rule.flag("outside"), road, *(tuple(sorted(rule.words(name))) for name in CONDITIONS[2:]))


def _check_receivers(rule: Page, agencies: Mapping[str, Agency]) -> None:
    receivers = [agencies[id_] for id_ in rule.words("to") if id_ in agencies]
    stays = "action" in rule and rule.text("action") == "didisposisikan"
    for agency in receivers:
        if agency.inside_city and not stays:
            rule.fault(
                "to", f"contradicts itself: {agency.id} is an agency of the city", "Write action: didisposisikan"
            )
        if not agency.inside_city and stays:
            rule.fault(
                "action", f"contradicts itself: {agency.id} is no agency of the city", "Write action: diteruskan"
            )
    if rule.flag("outside") and receivers and not any(agency.area for agency in receivers):
        rule.fault("to", "can never decide: none of the agencies has an area", "Name neighbours that have one")


# ---------------------------------------------------------------- rules by place


def check_areas(city: City) -> None:
    """Raises CityError for a rule by place that can never decide, since the gazetteer knows no such kelurahan or kecamatan."""
    rules = list(_by_place(city))
    if not rules:
        return
    here = load_gazetteer(city).kelurahan
    known = {area.name for area in here} | {area.kecamatan for area in here}
    faults = [
        Fault(
            "categories.yaml",
            f"categories.{category.id}.external",
            f"{name!r} is no kelurahan or kecamatan here",
            REMEDY,
        )
        for category, rule in rules
        for name in rule.areas
        if name not in known
    ]
    if faults:
        raise CityError(city.id, faults)


def explained(city: City) -> list[str]:
    """Each rule by place in a line: which category, what else must hold, where, and to whom it leads."""
    lines = []
    for category, rule in _by_place(city):
        beside = [f"road {rule.road}"] if rule.road else []
        beside += [f"sub {', '.join(rule.subs)}"] if rule.subs else []
        beside += [f"words {', '.join(rule.words)}"] if rule.words else []
        where = f"in {', '.join(rule.areas)}"
        lines.append(f"{category.id}, {'; '.join([*beside, where])} -> {rule.to[0]} ({rule.when})")
    return lines


def _by_place(city: City) -> Iterator[tuple[Category, External]]:
    for category in city.categories.values():
        yield from ((category, rule) for rule in category.external if rule.areas)
