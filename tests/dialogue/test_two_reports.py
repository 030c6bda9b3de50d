"""Two problems in one message: two reports one after the other, or one after all."""

from bot.dialogue.effects import OpenReport
from bot.dialogue.events import SimilarFound
from bot.dialogue.knowledge import Clause, Heard
from bot.dialogue.session import Session
from tests.makers import PASAR, STREET, heard, knowledge, play, session, tap

TEXT = "lampu jalan mati di cihapit sama sampah numpuk di cikutra"


def both() -> Heard:
    first = Clause("lampu jalan mati di cihapit", heard("pju", place=PASAR, place_words="cihapit"))
    second = Clause("sampah numpuk di cikutra", heard("sampah", place=STREET, place_words="cikutra"))
    return heard("pju", place=PASAR, several=(first, second))


def told() -> Session:
    """At the read-back of the first; nobody has told the same."""
    return play(play(session(), TEXT, knowledge(heard=both())).session, SimilarFound()).session


def test_the_first_is_made_and_the_second_waits() -> None:
    talk = play(session(), TEXT, knowledge(heard=both())).session
    assert talk.draft is not None
    assert (talk.draft.category, talk.draft.description) == ("pju", "lampu jalan mati di cihapit")
    assert [(each.category, each.description) for each in talk.later] == [("sampah", "sampah numpuk di cikutra")]


def test_one_report_keeps_every_word() -> None:
    talk = play(session(), TEXT, knowledge(heard=both())).session
    one = play(talk, "jadikan satu aja").session
    assert one.draft is not None
    assert one.draft.description == TEXT
    assert (one.later, one.whole) == ((), None)


def test_it_is_offered_under_the_first_question_only() -> None:
    unplaced = heard(
        "pju", several=(Clause("lampu jalan mati", heard("pju")), Clause("sampah numpuk", heard("sampah")))
    )
    asked = play(session(), "lampu jalan mati sama sampah numpuk", knowledge(heard=unplaced))
    assert asked.session.offered[-1].value == "one_report"
    again = play(asked.session, "di sana", knowledge())
    assert "one_report" not in [choice.value for choice in again.session.offered]
    assert play(again.session, "digabung").session.later == ()


def test_a_tap_makes_it_one_too() -> None:
    unplaced = heard(
        "pju", several=(Clause("lampu jalan mati", heard("pju")), Clause("sampah numpuk", heard("sampah")))
    )
    asked = play(session(), "lampu jalan mati sama sampah numpuk", knowledge(heard=unplaced)).session
    assert play(asked, tap(asked, "one_report")).session.later == ()


def test_once_the_first_is_filed_they_stay_apart() -> None:
    turn = play(told(), "kirim", knowledge())
    assert any(isinstance(effect, OpenReport) for effect in turn.effects)
    assert turn.session.whole is None
    assert turn.session.draft is not None
    assert turn.session.draft.category == "sampah"


def test_without_such_a_message_the_words_mean_nothing_special() -> None:
    assert play(session(), "gabung", knowledge(heard=heard("pju"))).session.whole is None


def three() -> Heard:
    lamp, waste = both().several
    pothole = Clause("jalan bolong di cikutra", heard("jalan_rusak", place=STREET, place_words="cikutra"))
    return heard("pju", place=PASAR, several=(lamp, waste, pothole))


def test_three_problems_become_three_reports_in_their_order() -> None:
    turn = play(session(), f"{TEXT}, jalan bolong di cikutra", knowledge(heard=three()))
    assert [each.category for each in turn.session.later] == ["sampah", "jalan_rusak"]
    filed = []
    talk = play(turn.session, SimilarFound()).session
    while talk.draft is not None:
        sent = play(talk, "kirim", knowledge())
        filed += [effect.draft.category for effect in sent.effects if isinstance(effect, OpenReport)]
        talk = play(sent.session, SimilarFound()).session if sent.session.step == "similar" else sent.session
    assert filed == ["pju", "sampah", "jalan_rusak"]


def test_three_problems_may_be_one_after_all() -> None:
    text = f"{TEXT}, jalan bolong di cikutra"
    one = play(play(session(), text, knowledge(heard=three())).session, "jadikan satu").session
    assert one.later == ()
    assert one.draft is not None
    assert one.draft.description == text
