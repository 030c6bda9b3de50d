"""A report as staff see it."""

import pytest

from bot.dialogue.knowledge import ReportFacts, TimelineStep
from bot.dialogue.steps.card import card, listed
from bot.dialogue.turn import Scene
from tests.makers import NOW, NUMBER, back_office, report, session

SCENE = Scene(session(language="id"), back_office("administrator"))
VOID = TimelineStep("dibatalkan", NOW, reason="diurungkan")


def _part(step: TimelineStep, part_of: str = NUMBER) -> ReportFacts:
    return report(status=step.status, kind="pengaduan", priority="sedang", timeline=(step,), part_of=part_of)


@pytest.mark.parametrize("shown", [card, listed])
def test_a_part_that_was_taken_back_was_not_withdrawn_by_its_reporter(shown: object) -> None:
    text = shown(SCENE, _part(VOID))  # type: ignore[operator]
    assert "Batal dibagikan" in text
    assert "Dicabut pelapor" not in text


@pytest.mark.parametrize("shown", [card, listed])
def test_what_a_reporter_withdrew_is_said_to_be_so(shown: object) -> None:
    for withdrawn in (_part(TimelineStep("dibatalkan", NOW)), _part(VOID, part_of="")):
        assert "Dicabut pelapor" in shown(SCENE, withdrawn)  # type: ignore[operator]
