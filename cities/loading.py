"""`load_city`: a folder of tables read into a City, checked, every fault said at once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cities.agencies import read_agencies
from cities.categories import read_categories
from cities.checking import check_city
from cities.city import City
from cities.deadlines import (
    read_archive_reasons,
    read_classifications,
    read_legal_max,
    read_priorities,
)
from cities.emergency import read_emergency
from cities.faults import CityError, Fault, Faults
from cities.hours import read_hours
from cities.letters import read_letter
from cities.page import Page
from cities.reading import read_tables, version_of
from cities.reminding import read_reminding
from cities.roads import read_roads
from cities.statuses import read_statuses, read_transitions
from cities.templates import read_locales, read_templates
from cities.wording import read_choices, read_texts

__all__ = ["CityError", "load_city"]

CITIES = Path(__file__).parent


@cache
def load_city(name: str) -> City:
    """The city in the folder `name` beside this file, or at the path `name`.

    Raises CityError, whose message names every fault with file, key and remedy.
    """
    folder = Path(name) if "/" in name or "\\" in name else CITIES / name
    if not (folder / "city.yaml").is_file():
        known = sorted(path.parent.name for path in CITIES.glob("*/city.yaml"))
        missing = Fault(
            str(folder / "city.yaml"),
            "",
            "is missing",
            f"Known cities: {', '.join(known)}",
        )
        raise CityError(name, [missing])
    faults = Faults()
    tables = read_tables(folder, faults)
    city = _city(tables, folder)
    check_city(city, tables)
    faults.raise_if_any(name)
    return city


def _city(tables: dict[str, Page], folder: Path) -> City:
    page, categories, statuses = (
        tables["city"],
        tables["categories"],
        tables["statuses"],
    )
    languages = page.words("languages") or ("id",)
    agencies = read_agencies(tables["agencies"])
    meta = categories.page("meta")
    choices = read_choices(tables["phrases"], languages)
    texts = read_texts(statuses, tables["phrases"], languages)
    archive_reasons = read_archive_reasons(categories, languages)
    locales = read_locales(tables["templates"], languages)
    return City(
        id=page.id(),
        name=page.text("name"),
        timezone=_timezone(page),
        number_prefix=page.text("number_prefix"),
        version=version_of(tables),
        folder=folder,
        languages=languages,
        fallback_category=meta.text("fallback"),
        categories=read_categories(categories, languages),
        agencies=agencies,
        statuses=read_statuses(statuses, languages),
        transitions=read_transitions(statuses),
        priorities=read_priorities(meta),
        classifications=read_classifications(meta),
        legal_max=read_legal_max(meta),
        archive_reasons=archive_reasons,
        choices=choices,
        hours=read_hours(tables["working_hours"], page),
        reminding=read_reminding(tables["working_hours"]),
        roads=read_roads(tables["road_authority"]),
        emergency=read_emergency(categories, agencies),
        texts=texts
        | {f"choice.{choice.value}": choice.label for choice in choices.values()}
        | {f"reason.{reason.id}": reason.say for reason in archive_reasons.values()},
        facts=_facts(page),
        letter=read_letter(tables["phrases"]),
        templates=read_templates(tables["templates"], locales),
        locales=locales,
    )


def _timezone(page: Page) -> ZoneInfo:
    name = page.text("timezone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        page.fault("timezone", f"{name!r} is no time zone", "Write for example Asia/Jakarta")
        return ZoneInfo("UTC")


def _facts(page: Page) -> Mapping[str, str]:
    facts = page.optional_page("facts")
    return {name: facts.text(name) for name in facts if name in facts} if facts else {}
