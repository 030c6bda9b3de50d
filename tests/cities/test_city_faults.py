"""Every kind of mistake in a city's folder is found, and said with file, key and remedy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cities.faults import CityError
from cities.loading import load_city
from tests.cities.small_city import Tables, load, small_city, write

Change = Callable[[Tables], Any]


def category(number: int = 0, **entries: Any) -> Change:
    return lambda tables: tables["categories"]["categories"][number].update(entries)


def sub(**entries: Any) -> Change:
    return lambda tables: tables["categories"]["categories"][0]["sub"][0].update(entries)


def reminding(**entries: Any) -> Change:
    usual = {
        "at_percent": [50, 80],
        "digest_minutes": 60,
        "quiet": ["20:00", "06:00"],
        "emergency_minutes": 15,
        "again_least_wh": 4,
        "again_most_wh": 37.5,
    }
    return lambda tables: tables["working_hours"].update(reminding={**usual, **entries})


def meta(**entries: Any) -> Change:
    return lambda tables: tables["categories"]["meta"].update(entries)


def status(number: int = 0, **entries: Any) -> Change:
    return lambda tables: tables["statuses"]["statuses"][number].update(entries)


def move(number: int = 1, **entries: Any) -> Change:
    return lambda tables: tables["statuses"]["transitions"][number].update(entries)


def timeout(**entries: Any) -> Change:
    return lambda tables: tables["statuses"]["statuses"][1]["timeout"].update(entries)


def agency(number: int = 0, **entries: Any) -> Change:
    return lambda tables: tables["agencies"]["agencies"][number].update(entries)


def contact(**entries: Any) -> Change:
    return lambda tables: tables["agencies"]["agencies"][1]["contacts"][0].update(entries)


def city(**entries: Any) -> Change:
    return lambda tables: tables["city"].update(entries)


def choice(**entries: Any) -> Change:
    return lambda tables: tables["phrases"]["choices"][0].update(entries)


def phrase(**entries: Any) -> Change:
    return lambda tables: tables["phrases"]["phrases"][0].update(entries)


def road(**entries: Any) -> Change:
    return lambda tables: tables["road_authority"]["roads"][0].update(entries)


def office(**entries: Any) -> Change:
    return lambda tables: tables["working_hours"]["office"]["hours"]["fri"].update(entries)


def hours(**entries: Any) -> Change:
    return lambda tables: tables["working_hours"].update(entries)


def again(*path: str) -> Change:
    """The first entry of a list once more at its end."""

    def change(tables: Tables) -> None:
        listed = tables
        for name in path:
            listed = listed[name]
        listed.append(dict(listed[0]))  # type: ignore[attr-defined]

    return change


CASES: dict[str, tuple[Change, str, str, str]] = {
    "owner": (category(owner="dinas_x"), "categories.yaml", "categories[lampu].owner", "'dinas_x' is no known agency"),
    "owner of a sub": (sub(owner="dinas_x"), "categories.yaml", "categories[lampu].sub[mati].owner", "no known agency"),
    "no owner": (category(owner=None), "categories.yaml", "categories[lampu].owner", "is missing"),
    "support": (category(support=["x"]), "categories.yaml", "categories[lampu].support", "'x' is no known agency"),
    "priority": (category(priority="besok"), "categories.yaml", "categories[lampu].priority", "no known priority"),
    "priority of a sub": (sub(priority="besok"), "categories.yaml", "sub[mati].priority", "no known priority"),
    "classification": (category(classification="gosip"), "categories.yaml", "lampu].classification", "no known"),
    "location": (category(location="maybe"), "categories.yaml", "categories[lampu].location", "'maybe' is not known"),
    "photo": (category(photo="please"), "categories.yaml", "categories[lampu].photo", "'please' is not known"),
    "proof": (category(proof=None), "categories.yaml", "categories[lampu].proof", "is missing"),
    "restrict_view": (category(restrict_view=["x"]), "categories.yaml", "lampu].restrict_view", "role or agency"),
    "external to": (
        category(external=[{"if": "tol", "to": ["x"]}]),
        "categories.yaml",
        "categories[lampu].external[tol].to",
        "'x' is no known agency",
    ),
    "external to nobody": (category(external=[{"if": "tol"}]), "categories.yaml", "external[tol].to", "is missing"),
    "external action": (
        category(external=[{"if": "tol", "to": "pln", "action": "buang"}]),
        "categories.yaml",
        "external[tol].action",
        "'buang' is not known",
    ),
    "external rule of a sub-category that is not there": (
        category(external=[{"if": "tol", "to": "pln", "sub": ["jembatan"]}]),
        "categories.yaml",
        "external[tol].sub",
        "is no sub-category here",
    ),
    "external rule that another hides": (
        category(
            external=[{"if": "tol", "to": "pln", "road": "tol"}, {"if": "bebas hambatan", "to": "pln", "road": "tol"}]
        ),
        "categories.yaml",
        "external[bebas hambatan].if",
        "can never decide",
    ),
    "external rule to the city's own office": (
        category(external=[{"if": "tol", "to": "dishub", "road": "tol"}]),
        "categories.yaml",
        "external[tol].to",
        "contradicts itself",
    ),
    "external rule that stays inside and goes outside": (
        category(external=[{"if": "tol", "to": "pln", "action": "didisposisikan"}]),
        "categories.yaml",
        "external[tol].action",
        "contradicts itself",
    ),
    "external neighbour without an area": (
        category(external=[{"if": "batas", "to": "pln", "outside": True}]),
        "categories.yaml",
        "external[batas].to",
        "none of the agencies has an area",
    ),
    "external road": (
        category(external=[{"if": "tol", "to": "pln", "road": "desa"}]),
        "categories.yaml",
        "external[tol].road",
        "'desa' is not known",
    ),
    "time of a sub": (sub(sla_resolve_wh=None), "categories.yaml", "sub[mati].sla_resolve_wh", "is missing"),
    "outside owner that is ours": (sub(external=True), "categories.yaml", "sub[mati].external", "agency of the city"),
    "negative time": (
        category(sla={"first_response_wh": -1, "resolve_wh": 3}),
        "categories.yaml",
        "categories[lampu].sla.first_response_wh",
        "is not a number",
    ),
    "long button": (
        category(button={"id": "Lampu jalan yang mati total", "en": "Light"}),
        "categories.yaml",
        "categories[lampu].button.id",
        "has 27 characters",
    ),
    "label in a language": (category(label_en=None), "categories.yaml", "categories[lampu].label_en", "is missing"),
    "the same id": (again("categories", "categories"), "categories.yaml", "categories[lampu].id", "stands twice"),
    "an id with blanks": (category(id="Lampu Mati"), "categories.yaml", "id", "'Lampu Mati' is no id"),
    "trigger of no kind": (
        category(emergency_triggers=["gempa"]),
        "categories.yaml",
        "categories[lampu].emergency_triggers",
        "'gempa' belongs to no kind of emergency",
    ),
    "emergency category": (
        meta(emergency_rule={"category": "x"}),
        "categories.yaml",
        "meta.emergency_rule.category",
        "names no category",
    ),
    "fallback": (meta(fallback="x"), "categories.yaml", "meta.fallback", "'x' is no known category"),
    "priorities": (meta(priorities=[]), "categories.yaml", "meta.priorities", "not the four known ones"),
    "legal limits": (meta(legal_max={}), "categories.yaml", "meta.legal_max.verification_wd", "is missing"),
    "archive reason": (
        lambda tables: tables["categories"]["not_accepted"][0].update(use_instead="x"),
        "categories.yaml",
        "not_accepted[diam].use_instead",
        "'x' is no known status",
    ),
    "unknown level": (agency(level="galaksi"), "agencies.yaml", "agencies[diskominfo].level", "'galaksi' is not known"),
    "unknown role": (agency(role="raja"), "agencies.yaml", "agencies[diskominfo].role", "'raja' is not known"),
    "unconfirmed number": (contact(confirmed_by=None), "agencies.yaml", "contacts[112].confirmed_by", "is missing"),
    "verify in words": (contact(verify="belum"), "agencies.yaml", "contacts[112].verify", "neither true nor false"),
    "renamed to nobody": (
        lambda tables: tables["agencies"]["meta"]["renames"][0].update(now="x"),
        "agencies.yaml",
        "meta.renames[x].now",
        "names no agency",
    ),
    "no agencies": (
        lambda tables: tables["agencies"].update(agencies=[]),
        "agencies.yaml",
        "agencies",
        "is empty",
    ),
    "clock": (status(clock="jam dinding"), "statuses.yaml", "statuses[diterima].clock", "'jam dinding' is not known"),
    "open in words": (status(open="mungkin"), "statuses.yaml", "statuses[diterima].open", "neither true nor false"),
    "requirement": (status(requires=["restu"]), "statuses.yaml", "statuses[diterima].requires", "'restu' is not known"),
    "two timeouts": (timeout(after_wd=3), "statuses.yaml", "statuses[menunggu].timeout", "after_days or after_wd"),
    "timeout to nowhere": (timeout(to="x"), "statuses.yaml", "timeout.to", "'x' is no known status"),
    "timeout nobody may do": (timeout(to="diterima"), "statuses.yaml", "timeout.to", "sistem may not move menunggu"),
    "timeout without words": (timeout(reason="bosan"), "statuses.yaml", "timeout.reason", "'bosan' has no words"),
    "timeout never for": (timeout(never_for=["x"]), "statuses.yaml", "timeout.never_for", "'x' is no known priority"),
    "reminders in words": (timeout(remind_after_days="tiga"), "statuses.yaml", "remind_after_days", "list of whole"),
    "move to": (move(to="x"), "statuses.yaml", "transitions[x].to", "'x' is no known status"),
    "move from": (move(**{"from": ["x"]}), "statuses.yaml", "transitions[menunggu].from", "'x' is no known status"),
    "actor": (move(by=["tetangga"]), "statuses.yaml", "transitions[menunggu].by", "'tetangga' is no known actor"),
    "no actor": (move(by=None), "statuses.yaml", "transitions[menunggu].by", "is missing"),
    "guard": (move(guard=None), "statuses.yaml", "transitions[menunggu].guard", "is missing"),
    "the same move": (again("statuses", "transitions"), "statuses.yaml", "transitions[diterima].from", "stands twice"),
    "unreachable": (move(to="ditutup"), "statuses.yaml", "statuses[menunggu]", "is never reached"),
    "placeholder": (
        phrase(id="Halo {nama_kucing}", en="Hello {nama_kucing}"),
        "phrases.yaml",
        "phrases[greeting].id",
        "{nama_kucing} is no known placeholder",
    ),
    "placeholders differ": (
        phrase(id="Halo {sapaan}"),
        "phrases.yaml",
        "phrases[greeting]",
        "do not use the same placeholders",
    ),
    "text in a language": (phrase(en=None), "phrases.yaml", "phrases[greeting].en", "is missing"),
    "the same phrase": (again("phrases", "phrases"), "phrases.yaml", "phrases[greeting].use", "stands twice"),
    "an unquoted yes": (choice(value=True), "phrases.yaml", "choices[True].value", "is not a text"),
    "unquoted words": (choice(also=["y", True]), "phrases.yaml", "choices[yes].also", "is not a text"),
    "long choice": (choice(id="Ya, tentu saja boleh"), "phrases.yaml", "", ""),
    "longer choice": (choice(id="Ya, tentu saja boleh!"), "phrases.yaml", "choices[yes].id", "has 21 characters"),
    "time of day": (office(start="pagi"), "working_hours.yaml", "office.hours.fri.start", "'pagi' is no time of day"),
    "backwards": (office(end="07:00"), "working_hours.yaml", "office.hours.fri", "does not run forward"),
    "half a break": (office(**{"break": ["12:00"]}), "working_hours.yaml", "office.hours.fri", "does not run forward"),
    "falling shares": (reminding(at_percent=[80, 50]), "working_hours.yaml", "reminding.at_percent", "are not rising"),
    "night in words": (reminding(quiet=["malam"]), "working_hours.yaml", "reminding.quiet", "are not two times of day"),
    "less than the least": (
        reminding(again_most_wh=2),
        "working_hours.yaml",
        "reminding.again_least_wh",
        "is not above 0 and at most",
    ),
    "hours of a week": (office(end="17:30"), "working_hours.yaml", "office.week_hours", "add up to 38.5"),
    "days of a week": (
        lambda tables: tables["working_hours"]["ramadan"]["hours"].update(
            {"libur": {"start": "08:00", "end": "09:00"}}
        ),
        "working_hours.yaml",
        "ramadan.hours.libur",
        "names no days",
    ),
    "ramadan": (
        lambda tables: tables["working_hours"]["ramadan"]["dates"].update({"2026": ["2026-03-20", "2026-02-19"]}),
        "working_hours.yaml",
        "ramadan.dates.2026",
        "is not a first and a last day",
    ),
    "always open": (hours(always_open={"agencies": ["x"]}), "working_hours.yaml", "always_open.agencies", "'x' is no"),
    "closure": (
        city(holidays={"country": "ID", "categories": ["public"], "closures": [{"day": "besok", "name": "Libur"}]}),
        "city.yaml",
        "holidays.closures[besok].day",
        "'besok' is no day",
    ),
    "time zone": (city(timezone="Asia/Atlantis"), "city.yaml", "timezone", "'Asia/Atlantis' is no time zone"),
    "prefix with digits": (city(number_prefix="B4"), "city.yaml", "number_prefix", "is not made of letters"),
    "prefix in small letters": (city(number_prefix="bdg"), "city.yaml", "number_prefix", "not in capitals"),
    "fact": (city(facts={"cuaca": "cerah"}), "city.yaml", "facts.cuaca", "fills no placeholder"),
    "name": (city(name=None), "city.yaml", "name", "is missing"),
    "road agency": (road(agency="x"), "road_authority.yaml", "roads[Jalan Trans].agency", "'x' is no known agency"),
    "road also": (road(also=["x"]), "road_authority.yaml", "roads[Jalan Trans].also", "'x' is no known agency"),
    "road status": (road(status="desa"), "road_authority.yaml", "roads[Jalan Trans].status", "'desa' is not known"),
    "source": (road(evidence=["S99"]), "road_authority.yaml", "roads", "S99 is no known source"),
}
GOOD = {"long choice"}


@pytest.mark.parametrize("case", sorted(set(CASES) - GOOD))
def test_a_mistake_is_named_with_file_and_key(case: str, tmp_path: Path) -> None:
    change, file, key, wrong = CASES[case]
    with pytest.raises(CityError) as error:
        load(tmp_path, change)
    told = [str(fault) for fault in error.value.faults]
    assert any(line.startswith(f"{file}: ") and key in line and wrong in line for line in told), "\n".join(told)
    assert all(line.endswith(".") and fault.remedy for line, fault in zip(told, error.value.faults, strict=True))


def test_a_label_of_exactly_twenty_characters_fits(tmp_path: Path) -> None:
    assert load(tmp_path, CASES["long choice"][0]).choices["yes"].label["id"] == "Ya, tentu saja boleh"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CityError) as error:
        load(tmp_path, category(owner="x"), move(by=["tetangga"]), city(timezone="Asia/Atlantis"), phrase(en=None))
    message = str(error.value)
    assert message.startswith(f"City {str(tmp_path)!r} has 4 faults:")
    for part in ("categories.yaml", "statuses.yaml", "city.yaml", "phrases.yaml"):
        assert part in message


def test_one_mistake_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(CityError) as error:
        load(tmp_path, category(button={"id": "Lampu"}))
    assert str(error.value).count("button.en") == 1


@pytest.mark.parametrize("name", sorted(small_city()))
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    write(tmp_path, small_city())
    (tmp_path / f"{name}.yaml").unlink()
    with pytest.raises(CityError, match=rf"{name}\.yaml"):
        load_city(str(tmp_path))


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("statuses: [", "cannot be read"),
        ("statuses: 1\nstatuses: 2\n", "'statuses' stands twice"),
        ("- a\n- b\n", "is not a mapping"),
        ("", "is not a mapping"),
        ("statuses: diterima\n", "is not a list"),
        ("statuses: [diterima]\n", "entry 1 is not a mapping"),
    ],
)
def test_a_file_that_is_no_table_is_named(written: str, wrong: str, tmp_path: Path) -> None:
    with pytest.raises(CityError) as error:
        load(tmp_path, lambda tables: tables.update(statuses=written))
    assert any(fault.file == "statuses.yaml" and wrong in str(fault) for fault in error.value.faults), str(error.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    write(tmp_path, small_city())
    (tmp_path / "phrases.yaml").write_bytes(b"phrases: [\xe9]\n")
    with pytest.raises(CityError, match=r"phrases\.yaml: cannot be read"):
        load_city(str(tmp_path))


def test_an_unknown_city_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CityError, match=r"Known cities: .*bandung"):
        load_city("atlantis")
