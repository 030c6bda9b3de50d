"""Rules of routing that contradict each other, or that can never decide anything."""

from collections.abc import Collection, Mapping

from cities.agencies import Agency
from cities.page import Page

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
