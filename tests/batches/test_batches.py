"""Every batch of this folder becomes the reports that are written under it (README.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import col, select

from cities.city import City
from nlp import Reader
from storage import Tx
from storage.tables import Gathered
from tests.conversation_runner import Line, Talk, Town, lines_of

BATCHES = sorted(Path(__file__).parent.glob("*.txt"))
JOINING = """
= administrator
> /kim baru KIM Mekar; Sekeloa; 2026-2030
= warga
> gabung kim {kim}
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """A report that a batch should become."""

    categories: frozenset[str]
    surely: frozenset[int]  # messages, from 1
    perhaps: frozenset[int]

    def is_met_by(self, category: str, messages: frozenset[int]) -> bool:
        return category in self.categories and self.surely <= messages <= self.surely | self.perhaps


def expected_in(text: str) -> list[Expected]:
    found = []
    for line in text.splitlines():
        if line.startswith("="):
            categories, *messages = line[1:].split()
            perhaps = frozenset(int(each.strip("()")) for each in messages if each.startswith("("))
            surely = frozenset(int(each) for each in messages if each.isdecimal())
            found.append(Expected(frozenset(categories.split("|")), surely, perhaps))
    return found


def read_of(talk: Talk, text: str) -> list[tuple[str, frozenset[int]]]:
    """Forward it, and say that this is all: the category and the messages of each report on the list."""
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith(("#", "=")):
            talk.act(Line("[", line.strip("[]") if line.startswith("[") else f"terus {line}", number))
    talk.type(Line(">", "sudah", 0))
    batch = talk.town.session_of(talk.who).batch
    stands = {id_: number for number, id_ in enumerate(talk.town.db.read_sync(_messages), 1)}
    lines = batch.lines if batch else ()
    return [(line.draft.category or "?", frozenset(stands[id_] for id_ in line.items)) for line in lines]


def _messages(tx: Tx) -> list[int]:
    return [row.id for row in tx.session.exec(select(Gathered).order_by(col(Gathered.id))) if row.id]


@pytest.fixture
def talk(sqlite_template: Path, tmp_path: Path, city: City, reader: Reader) -> Iterator[Talk]:
    town = Town(sqlite_template, tmp_path, city, reader)
    yield Talk(town)
    town.close()


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch.stem)
def test_a_batch_becomes_the_reports_that_are_written_under_it(batch: Path, talk: Talk) -> None:
    text = batch.read_text()
    talk.play(lines_of(JOINING))
    found = read_of(talk, text)
    for wanted in expected_in(text):
        met = next((report for report in found if wanted.is_met_by(*report)), None)
        assert met, f"{wanted} is not among {found}"
        found.remove(met)
    assert not found, "these are no reports"


@pytest.mark.parametrize("batch", ["whatsapp_mixed", "two_in_one_message"], ids=str)
def test_who_is_in_no_kim_gets_the_same_list(batch: str, talk: Talk) -> None:
    text = (Path(__file__).parent / f"{batch}.txt").read_text()
    found = read_of(talk, text)
    assert len(found) == len(expected_in(text))
    assert all(any(wanted.is_met_by(*report) for report in found) for wanted in expected_in(text))
