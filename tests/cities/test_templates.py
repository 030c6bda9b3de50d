"""Templates of a city: what the platform would refuse is found before it is handed over."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cities.faults import CityError
from cities.loading import load_city
from tests.cities.small_city import Tables, load

TEMPLATE: dict[str, Any] = {
    "name": "kabar",
    "category": "utility",
    "for": ["status"],
    "text": {"id": "Ada kabar tentang {nomor}. Balas pesan ini.", "en": "There is news of {nomor}. Please reply."},
    "examples": {"nomor": "CTH-1"},
    "buttons": [{"value": "read_news", "label": {"id": "Baca", "en": "Read"}}],
}


def with_template(**entries: Any) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables["templates"] = {"locales": {"id": "id", "en": "en"}, "templates": [{**TEMPLATE, **entries}]}

    return change


def text(words: str) -> dict[str, Any]:
    return {"text": {"id": words, "en": words}}


def test_a_city_needs_no_templates(tmp_path: Path) -> None:
    assert load(tmp_path).templates == ()


def test_a_template_is_read_with_its_blanks_and_what_it_announces(tmp_path: Path) -> None:
    (template,) = load(tmp_path, with_template()).templates
    assert template.placeholders("id") == ("nomor",)
    assert template.buttons[0].label["en"] == "Read"
    assert (template.announces("status.x"), template.announces("statuses"), template.announces("")) == (7, 0, 0)


@pytest.mark.parametrize(
    ("entries", "where", "wrong"),
    [
        ({"name": "Kabar Baru"}, "name", "is no name"),
        ({"category": "authentication"}, "category", "is not known"),
        ({"for": []}, "for", "is missing"),
        ({"text": {"id": "Kabar {nomor} ada."}}, "text.en", "is missing"),
        (text("{nomor} ada kabar."), "text.id", "begins or ends"),
        (text("Ada kabar {nomor}."), "text.id", "begins or ends"),
        (text("Ada {nomor} {nomor} kabar."), "text.id", "side by side"),
        (text("x" * 1025), "text.id", "1025 characters"),
        (text("Ada {kucing} baru."), "text.id", "no known placeholder"),
        ({"examples": {}}, "examples.nomor", "is missing"),
        ({"buttons": [{"value": "a", "label": {"id": "x" * 26, "en": "y"}}]}, "label.id", "26 characters"),
        ({"buttons": [{"value": "a:{opd}", "label": {"id": "x", "en": "y"}}]}, "buttons", "does not stand"),
        ({"buttons": [{"value": f"{n}", "label": {"id": "x", "en": "y"}} for n in range(4)]}, "buttons", "4 entries"),
    ],
)
def test_what_the_platform_would_refuse_is_a_fault(
    tmp_path: Path, entries: dict[str, Any], where: str, wrong: str
) -> None:
    with pytest.raises(CityError) as fault:
        load(tmp_path, with_template(**entries))
    assert "templates.yaml" in str(fault.value)
    assert where in str(fault.value)
    assert wrong in str(fault.value)


def test_a_language_that_the_platform_does_not_have_is_a_fault(tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables["templates"] = {"locales": {"id": "su", "en": "en"}, "templates": [TEMPLATE]}

    with pytest.raises(CityError, match="'su' is not known"):
        load(tmp_path, change)


def test_bandung_has_templates_for_every_language_and_every_sort_of_news() -> None:
    city = load_city("bandung")
    assert set(city.locales) == set(city.languages)
    assert {template.category for template in city.templates} == {"utility", "marketing"}
    assert any(template.announces("") for template in city.templates)
