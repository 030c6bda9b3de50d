"""What of earlier reports is shown to their own reporter."""

import pytest

from bot.dialogue.knowledge import Danger
from tests.services.town import Town, heard


def offered_places(town: Town, danger: Danger | None) -> list[str]:
    """What a second complaint without a place is offered, after a first one that had one."""
    asep = town.citizen()
    asep.writes("ada kejadian di cisitu", heard("kedaruratan" if danger else "sampah", danger=danger))
    asep.writes("ya" if danger else "kirim")
    assert len(asep.numbers()) == 1
    town.pass_time(days=1)
    asep.writes("lampu jalan mati", heard("pju", place=None))
    return [choice.value for choice in asep.session().offered if choice.value.startswith("usual:")]


def test_the_place_of_an_earlier_report_is_offered_again(town: Town) -> None:
    assert offered_places(town, None)


@pytest.mark.parametrize("danger", [Danger("kebakaran"), Danger("jiwa", about_self=False)])
def test_where_somebody_was_in_danger_is_no_usual_place(town: Town, danger: Danger) -> None:
    assert offered_places(town, danger) == []
