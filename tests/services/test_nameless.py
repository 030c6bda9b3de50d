"""Words for people who must not learn who wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.nameless import description_of, masked, names_of
from storage import Tx
from storage import reports as kept
from storage.tables import Report
from tests.services.town import Town


def test_names_and_numbers_are_left_out_of_words() -> None:
    assert masked("Asep di rumah, +62 812 3456 789, RT 03", ["asep"]) == "… di rumah, …, RT 03"


@pytest.mark.parametrize("number", ["081234567890", "0812-3456-7890", "+62 812 3456 789", "022 4231 234 5"])
def test_a_telephone_number_is_left_out_however_it_is_written(number: str) -> None:
    assert masked(f"hubungi {number} ya", []) == "hubungi … ya"


@pytest.mark.parametrize("words", ["RT 03 RW 05", "12 orang, 2026", "Jl. Cisitu no 12-14", "jam 19.30"])
def test_other_numbers_stay(words: str) -> None:
    assert masked(words, []) == words


@given(st.text(st.characters(categories=["L", "Zs"]), max_size=40), st.sampled_from(["Asep", "Euis Komala"]))
def test_a_name_is_left_out_wherever_it_stands(around: str, name: str) -> None:
    assert name.lower() not in masked(f"{around} {name.upper()} {around}", [name]).lower().replace(around.lower(), "")


def test_of_a_report_its_own_reporters_name_is_left_out(town: Town) -> None:
    number = town.citizen(shown_name="Euis Komala Dewi").files()

    def look(tx: Tx) -> tuple[list[str], str]:
        report = kept.by_number(tx, number)
        assert report is not None
        tx.change(Report, description="lampu mati, euis di RT 03, 081234567890")
        tx.session.refresh(report)
        return names_of(tx, report), description_of(tx, report)

    names, words = town.run(look)
    assert names == ["Euis Komala Dewi", "Euis", "Komala", "Dewi"]
    assert words == "lampu mati, … di RT 03, …"


def test_who_told_no_name_has_none_to_leave_out(town: Town) -> None:
    number = town.citizen().files()
    assert town.run(lambda tx: names_of(tx, kept.by_number(tx, number))) == []  # type: ignore[arg-type]
