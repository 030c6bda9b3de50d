"""How many messages a citizen needs from the complaint to the number (README.md).

The talks stand in `to_the_number/`, by what they are about; those under "# all" say everything in their first message. Some golden
talks are counted too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from sqlmodel import col, func, select

from cities.city import City
from nlp import Reader
from storage import Tx
from storage.tables import Report
from tests.conversation_runner import ACTS, Line, Talk, Town, lines_of

FOLDER = Path(__file__).parent
GOLDEN_ALL = ("first_sentence_says_all", "sundanese", "english", "wish")
GOLDEN_MORE = ("in_pieces", "photo_first", "mixed_slang", "never_taps", "taps_only")
SAYS_ALL, LACKS = "# all:", "# more:"
BY_ITSELF = ("lewat", "gps")  # what nobody sends


@dataclass(frozen=True, slots=True)
class Complaint:
    """A talk up to its number."""

    name: str
    lines: tuple[Line, ...]
    says_all: bool


def complaints() -> Iterator[Complaint]:
    """Every written one, and the golden talks that are one."""
    for file in sorted((FOLDER / "to_the_number").glob("*.txt")):
        for block in file.read_text().split("\n\n"):
            title, _, talk = block.strip().partition("\n")
            assert title.startswith((SAYS_ALL, LACKS)), f"{file.name}: {title!r} says neither {SAYS_ALL} nor {LACKS}"
            name = f"{file.stem}: {title.split(':', 1)[1].strip()}"
            yield Complaint(name, tuple(lines_of(talk)), title.startswith(SAYS_ALL))
    for name in (*GOLDEN_ALL, *GOLDEN_MORE):
        lines = tuple(line for line in lines_of((FOLDER / f"{name}.txt").read_text()) if line.mark not in "<!")
        yield Complaint(name, lines, name in GOLDEN_ALL)


COMPLAINTS = tuple(complaints())


def messages_to_the_number(complaint: Complaint, town: Town) -> int:
    """How often its citizen sent or tapped something until a report was filed. Fails where none ever is."""
    talk, sent = Talk(town), 0
    for line in complaint.lines:
        before = len(talk.seen)
        ACTS[line.mark](talk, line)
        typed = line.mark in ">~[" and line.text.partition(" ")[0].rstrip("]") not in BY_ITSELF
        sent += typed or (line.mark == "?" and len(talk.seen) > before)
        talk.seen += [f"< {reply.text}" for reply in talk.who.unread]
        talk._expected = False
        if town.db.read_sync(_filed):
            return sent
    raise AssertionError("\n".join([f"{complaint.name}: no number", *talk.seen]))


def _filed(tx: Tx) -> int:
    return tx.session.exec(select(func.count(col(Report.id)))).one()


@pytest.fixture(scope="module")
def counted(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, city: City, reader: Reader
) -> dict[str, int]:
    """By complaint: how many messages it took."""
    found = {}
    for complaint in COMPLAINTS:
        town = Town(sqlite_template, tmp_path_factory.mktemp("town"), city, reader)
        found[complaint.name] = messages_to_the_number(complaint, town)
        town.close()
    return found


def test_there_are_many_complaints_of_several_kinds_and_each_has_a_name_of_its_own() -> None:
    assert len(COMPLAINTS) >= 40
    assert len({complaint.name for complaint in COMPLAINTS}) == len(COMPLAINTS)
    assert len({complaint.name.partition(":")[0] for complaint in COMPLAINTS if ":" in complaint.name}) >= 4
    assert sum(complaint.says_all for complaint in COMPLAINTS) >= 20


def test_the_median_from_complaint_to_number_is_at_most_three_messages(counted: dict[str, int]) -> None:
    assert median(counted.values()) <= 3, sorted(counted.items(), key=lambda each: -each[1])


def test_it_is_two_where_the_first_message_says_it_all(counted: dict[str, int]) -> None:
    all_said = {complaint.name: counted[complaint.name] for complaint in COMPLAINTS if complaint.says_all}
    assert median(all_said.values()) == 2, sorted(all_said.items(), key=lambda each: -each[1])


def test_who_leaves_something_out_needs_hardly_more(counted: dict[str, int]) -> None:
    more = [counted[complaint.name] for complaint in COMPLAINTS if not complaint.says_all]
    assert median(more) <= 3
    assert max(more) <= 5
