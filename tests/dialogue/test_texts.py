"""Every sentence that the code asks for exists in all languages with the same blanks, and none is left over."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.menus import citizen_menus, staff_menus
from bot.dialogue.texts import CATALOGUES, LANGUAGES, Speech, UnknownText, catalogue, speech_for
from tests.makers import CITY

BOT = CATALOGUES.parents[1]
BLANKS = re.compile(r"\{(\w*)\}")
NOT_FOR_PEOPLE = re.compile(
    r"bot/(web|settings|setting_rules|running|talking|inviting|templating|billing|opening|__main__)"
)


def said_in(source: str) -> tuple[set[str], set[str]]:
    """Every string constant of a module, and every f-string as a pattern."""
    constants, patterns = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w.]+" for v in node.values]
            if any(isinstance(v, ast.Constant) and re.match(r"[a-z_]{3}", str(v.value)) for v in node.values):
                patterns.add("".join(parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            constants.add(node.value)
            if re.fullmatch(r"[a-z_]+_", node.value):
                patterns.add(rf"{node.value}\w+")  # a beginning that is joined with a name elsewhere
    return constants, patterns


def modules() -> list[Path]:
    return [path for path in BOT.rglob("*.py") if not NOT_FOR_PEOPLE.search(str(path))]


def wanted_directly(source: str) -> set[str]:
    """The keys of every ``say("...")``."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    keys = set()
    for call in calls:
        named = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if named == "say" and call.args and isinstance(call.args[0], ast.Constant):
            keys.add(str(call.args[0].value))
    return keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_asked_for_exists(language: str) -> None:
    wanted = set().union(*(wanted_directly(path.read_text()) for path in modules()))
    missing = {key for key in wanted if key not in catalogue(language) and CITY.text(key, language) is None}
    assert len(wanted) > 80
    assert not missing


def test_all_languages_have_the_same_sentences_with_the_same_blanks() -> None:
    blanks = {
        language: {key: sorted(BLANKS.findall(text)) for key, text in catalogue(language).items()}
        for language in LANGUAGES
    }
    assert blanks["su"] == blanks["id"]
    assert blanks["en"] == blanks["id"]
    assert all(text.strip() for language in LANGUAGES for text in catalogue(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_worded_once(language: str) -> None:
    lines = [line for line in (CATALOGUES / f"{language}.po").read_text().splitlines() if line.startswith("msg")]
    kinds = [line.partition(" ")[0] for line in lines[2:]]
    assert kinds == ["msgid", "msgstr"] * (len(kinds) // 2)
    ids = [line for line in lines if line.startswith("msgid")]
    assert len(ids) == len(set(ids))


def test_no_sentence_is_left_over() -> None:
    constants, patterns = set(), set()
    for path in modules():
        some, shapes = said_in(path.read_text())
        constants |= some
        patterns |= shapes
    pattern = re.compile("|".join(sorted(patterns)))
    unused = {key for key in catalogue("id") if key not in constants and not pattern.fullmatch(key)}
    assert not unused


def test_a_language_that_we_do_not_speak_gets_the_citys_first() -> None:
    assert speech_for(CITY, "fr").language == CITY.languages[0]


def test_a_sentence_that_nobody_worded_is_a_fault() -> None:
    with pytest.raises(UnknownText):
        speech_for(CITY, "id").say("no_such_sentence")


def test_a_blank_left_empty_is_a_fault() -> None:
    with pytest.raises(KeyError):
        speech_for(CITY, "id").say("added_to")


def test_what_a_citizen_wrote_may_hold_braces() -> None:
    assert "{nomor}" in speech_for(CITY, "id").say("next_report", ringkasan="{nomor} {x!r}")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("id", "Kamis, 26 November 2026 pukul 15.00 WIB"),
        ("su", "Kemis, 26 Nopember 2026 tabuh 15.00 WIB"),
        ("en", "Thursday, 26 November 2026, 15:00 (WIB)"),
    ],
)
def test_moments_are_written_out_in_the_citys_zone(language: str, written: str) -> None:
    moment = Speech(CITY, language).moment(datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    assert moment == written


def test_every_menu_line_is_worded() -> None:
    for menus in (citizen_menus(CITY), staff_menus(CITY)):
        assert {menu.language or "id" for menu in menus} == set(CITY.languages)
        assert all(text for menu in menus for _, text in menu.commands)
