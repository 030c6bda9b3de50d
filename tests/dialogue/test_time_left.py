"""Working time in words that a hurried person reads at a glance."""

from datetime import timedelta

import pytest

from bot.dialogue.texts import LANGUAGES, speech_for
from bot.dialogue.time_left import time_left
from tests.makers import CITY


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "0 menit kerja"),
        (0.5, "30 menit kerja"),
        (1, "1 jam kerja"),
        (2.9, "2 jam kerja"),
        (14.9, "14 jam kerja"),
        (15, "2 hari kerja"),
        (105, "14 hari kerja"),
    ],
)
def test_never_more_is_said_than_there_is(hours: float, said: str) -> None:
    assert time_left(speech_for(CITY, "id"), timedelta(hours=hours)) == said


def test_day_and_night_a_day_has_24_hours_and_they_are_no_working_hours() -> None:
    speech = speech_for(CITY, "id")
    assert time_left(speech, timedelta(hours=47), day_and_night=True) == "47 jam"
    assert time_left(speech, timedelta(hours=48), day_and_night=True) == "2 hari"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it(language: str) -> None:
    for hours in (0.5, 3, 60):
        for day_and_night in (False, True):
            said = time_left(speech_for(CITY, language), timedelta(hours=hours), day_and_night=day_and_night)
            assert said.split()[0].isdecimal()
