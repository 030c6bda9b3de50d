"""A question about something else in the middle of a draft is no part of the report, and no place."""

from dataclasses import replace

import pytest

from bot.dialogue.session import Session
from tests.makers import DISTRICT, asked_where, at_read_back, draft, heard, knowledge, play, shown, unclear, values

ASKED = replace(unclear(), kind="permintaan_informasi", kind_confidence=0.8)
APART = "Itu pertanyaan"
AT_THE_PLACE = replace(asked_where(), draft=draft(place=DISTRICT, place_words="coblong", description="lampu mati"))


@pytest.mark.parametrize("text", ["apa emang ada anggarannya?", "naha bet kieu?", "is the mayor still around?"])
def test_at_the_read_back_it_is_not_added(text: str) -> None:
    turn = play(at_read_back(), text, knowledge(heard=ASKED))
    assert shown(turn).text.startswith(APART)
    assert turn.session.draft == draft()
    assert turn.session.step == "confirm"
    assert values(turn) == ("send", "change", "cancel")


@pytest.mark.parametrize("read", [ASKED, unclear()])
def test_where_the_place_was_asked_for_it_is_none_however_it_is_read(read: object) -> None:
    turn = play(AT_THE_PLACE, "ini kenapa nanya terus?", knowledge(heard=read))
    assert shown(turn).text.startswith(APART)
    assert turn.session.draft == AT_THE_PLACE.draft
    assert turn.session.step == "location"


@pytest.mark.parametrize("text", ["depan warung bu eti tau kan?", "gang ikhlas?", "dago asri?"])
def test_a_place_put_with_doubt_is_a_place_all_the_same(text: str) -> None:
    turn = play(AT_THE_PLACE, text, knowledge(heard=unclear()))
    assert turn.session.step == "confirm"
    assert turn.session.draft is not None
    assert text in turn.session.draft.place_words


@pytest.mark.parametrize(
    ("before", "text", "read"),
    [
        (at_read_back(), "kenapa sampahnya juga ga diangkut?", heard("sampah", kind="permintaan_informasi")),
        (at_read_back(), "kabelnya menjuntai juga", unclear()),
        (at_read_back(kind="permintaan_informasi"), "berapa hari jadinya?", ASKED),
        (at_read_back(), "bukan yang itu ya?", ASKED),
        (AT_THE_PLACE, "maksudnya gimana sih kang?", ASKED),
    ],
)
def test_a_problem_a_statement_a_second_question_a_correction_and_a_question_about_ours_are_none(
    before: Session, text: str, read: object
) -> None:
    assert APART not in shown(play(before, text, knowledge(heard=read))).text


def test_everywhere_is_an_answer_and_no_question() -> None:
    turn = play(asked_where(), "dimana mana", knowledge(heard=ASKED))
    assert APART not in shown(turn).text
    assert turn.session.step == "location"
