"""How urgent a report is when it is filed: the words, the category, its sub-category; never an emergency by the category."""

import pytest

from bot.dialogue.effects import OpenReport
from bot.dialogue.steps.filing import priority
from bot.dialogue.turn import Scene
from tests.makers import at_read_back, done, knowledge, play, session
from tests.makers import draft as made


@pytest.mark.parametrize(
    ("category", "sub", "said", "filed"),
    [
        ("pju", "", "sedang", "sedang"),
        ("pju", "tiang_bahaya", "sedang", "tinggi"),
        ("pju", "tiang_bahaya", "rendah", "tinggi"),
        ("pju", "tiang_bahaya", "darurat", "darurat"),
        ("pohon_taman", "pohon_tumbang", "sedang", "tinggi"),
        ("pju", "nothing_of_the_kind", "sedang", "sedang"),
    ],
)
def test_the_most_urgent_of_words_category_and_sub_category_counts(
    category: str, sub: str, said: str, filed: str
) -> None:
    draft = made(category=category, sub_category=sub, priority=said)
    assert priority(Scene(session(draft=draft), knowledge())) == filed


def test_a_report_is_filed_with_the_urgency_of_its_sub_category() -> None:
    turn = play(at_read_back(sub_category="tiang_bahaya"), "kirim", knowledge())
    (effect,) = [each for each in done(turn) if isinstance(each, OpenReport)]
    assert effect.draft.priority == "tinggi"
