"""What a message encloses is made from its name alone, and what cannot be made holds nothing back."""

from dataclasses import replace
from pathlib import Path

from bot.services import enclosures
from tests.services.test_letters import TOKEN, lies_outside
from tests.services.town import LAMP, Town


def enclosed(town: Town, *names: str) -> list[tuple[str, str, bytes]]:
    found = town.run(enclosures.gather, town.office, names, "id", town.now)
    return [(each.name, each.media_type, each.make(Path())[:4]) for each in found]


def test_a_map_and_a_letter_are_made_from_their_names(town: Town) -> None:
    number = lies_outside(town, town.citizen())
    made = enclosed(town, f"map:{number}", f"letter:{number}:{TOKEN}")
    assert made == [(f"{number}.png", "image/png", b"\x89PNG"), (f"{number}.pdf", "application/pdf", b"%PDF")]


def test_what_cannot_be_made_is_left_out_and_holds_nothing_back(town: Town) -> None:
    asep = town.citizen()
    nowhere = asep.files(replace(LAMP, place=None, needs_check=True))
    number = asep.files()
    names = ("map:BDG-261124-9999-9", f"map:{nowhere}", f"letter:{number}", "song:x", "nonsense", f"map:{number}")
    assert [name for name, _, _ in enclosed(town, *names)] == [f"{number}.png"]


def test_the_sheet_of_what_lies_outside_is_made_too(town: Town) -> None:
    ((name, media_type, begins),) = enclosed(town, "sp4n")
    assert name == "sp4n-20261124-0100.xlsx"
    assert media_type == enclosures.XLSX
    assert begins == b"PK\x03\x04"


def test_pictures_and_files_are_told_apart() -> None:
    assert enclosures.is_picture("map:BDG-261124-0042-4")
    assert not enclosures.is_picture("letter:BDG-261124-0042-4:token")
    assert not enclosures.is_picture("sp4n")
