"""Is it solved? Never guessed, never lost."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogue.effects import AddToReport, AnswerClosing, Rate, ReopenReport
from bot.dialogue.events import ChoicePicked
from bot.dialogue.knowledge import Knowledge, ReportFacts, TimelineStep
from tests.makers import (
    NOW,
    NUMBER,
    OTHER,
    asked_where,
    at_read_back,
    command,
    danger,
    done,
    heard,
    knowledge,
    play,
    report,
    said_done,
    session,
    shown,
    tap,
    unclear,
    values,
)

ONE = knowledge(own=(said_done(),))
TWO = knowledge(own=(said_done(), said_done(number=OTHER)))


def closed(days_ago: int = 1) -> Knowledge:
    steps = (TimelineStep("ditutup", NOW - timedelta(days=days_ago)),)
    return knowledge(own=(report(status="ditutup", timeline=steps),))


@pytest.mark.parametrize(
    "text", ["sudah", "Sudah pak, hatur nuhun", "udah beres", "parantos", "1", "sudah beres semuanya alhamdulillah"]
)
def test_solved_closes_and_asks_for_a_rating(text: str) -> None:
    turn = play(session(), text, ONE)
    assert done(turn) == (AnswerClosing(NUMBER, solved=True),)
    assert values(turn) == tuple(f"rate:{NUMBER}:{stars}" for stars in range(1, 6))


@pytest.mark.parametrize("text", ["belum", "blm", "teu acan", "2"])
def test_not_solved_reopens_and_asks_what_is_left(text: str) -> None:
    turn = play(session(), text, ONE)
    assert done(turn) == (AnswerClosing(NUMBER, solved=False),)
    assert turn.session.step == "what_is_left"
    noted = play(turn.session, "masih bocor", ONE)
    assert done(noted) == (AddToReport(NUMBER, words="masih bocor"),)
    assert noted.session.step == "idle"


def test_not_solved_with_words_needs_no_question() -> None:
    turn = play(session(), "Belum, masih BOCOR di kiri", ONE)
    assert done(turn) == (AnswerClosing(NUMBER, solved=False), AddToReport(NUMBER, words="masih BOCOR di kiri"))
    assert turn.session.step == "idle"
    assert turn.session.wants_photo


@pytest.mark.parametrize("text", ["sudah ditambal tapi masih bocor", "sudah tiga minggu belum beres", "ya", "tidak"])
def test_a_claim_this_important_is_never_guessed(text: str) -> None:
    turn = play(session(), text, ONE)
    assert done(turn) == ()
    assert values(turn) == (f"done:{NUMBER}", f"not_done:{NUMBER}")
    assert done(play(turn.session, text if len(text) < 6 else "ya", ONE))


def test_with_two_waiting_it_is_asked_which() -> None:
    turn = play(session(), "sudah", TWO)
    assert values(turn) == (f"done:{NUMBER}", f"done:{OTHER}")
    assert done(play(turn.session, "2", TWO)) == (AnswerClosing(OTHER, solved=True),)
    assert values(play(session(), "belum", TWO)) == (f"not_done:{NUMBER}", f"not_done:{OTHER}")


def test_a_number_with_the_answer_says_which() -> None:
    know = knowledge(own=TWO.own, named=said_done(number=OTHER), number_heard=OTHER)
    assert done(play(session(), f"sudah {OTHER}", know)) == (AnswerClosing(OTHER, solved=True),)
    assert done(play(session(), f"belum {OTHER} masih bocor", know))[1] == AddToReport(OTHER, words="masih bocor")


def test_danger_in_the_answer_is_danger() -> None:
    turn = play(session(), "belum, ada kebakaran", knowledge(own=(said_done(),), heard=danger()))
    assert turn.session.step == "emergency"
    assert done(play(session(), "belum", knowledge(own=(said_done(),), heard=danger()))) == (
        AnswerClosing(NUMBER, solved=False),
    )


def test_nothing_is_closed_where_nothing_waits() -> None:
    turn = play(session(), "sudah", knowledge(own=(report(),)))
    assert done(turn) == ()
    assert "tidak ada pertanyaan yang terbuka" in shown(turn).text


def test_another_complaint_is_no_answer() -> None:
    turn = play(session(), "lampu jalan mati", knowledge(own=(said_done(),), heard=heard()))
    assert turn.session.step == "location"


def test_inside_a_draft_words_belong_to_the_draft_and_a_tap_on_the_news_to_the_news() -> None:
    assert done(play(asked_where(), "belum tahu namanya", ONE)) == ()
    turn = play(at_read_back(), ChoicePicked(f"not_done:{NUMBER}", 0), ONE)
    assert done(turn) == (AnswerClosing(NUMBER, solved=False),)
    assert turn.session.draft == at_read_back().draft
    assert values(turn) == ("send", "change", "cancel")
    assert "Laporan yang sedang ditulis masih ada" in shown(turn).text


# ---------------------------------------------------------------- ratings


def test_a_good_rating_is_thanked_for() -> None:
    asked = play(session(), "sudah", ONE).session
    turn = play(asked, "5")
    assert done(turn) == (Rate(NUMBER, 5),)
    assert turn.session.step == "idle"


def test_a_low_one_is_asked_why() -> None:
    asked = play(session(), "sudah", ONE).session
    turn = play(asked, tap(asked, f"rate:{NUMBER}:1"))
    assert done(turn) == (Rate(NUMBER, 1),)
    why = play(turn.session, "lama sekali")
    assert done(why) == (Rate(NUMBER, 1, "lama sekali"),)


def test_inside_a_draft_a_rating_is_taken_without_a_question() -> None:
    turn = play(asked_where(), ChoicePicked(f"rate:{NUMBER}:1", 0))
    assert done(turn) == (Rate(NUMBER, 1),)
    assert turn.session.step == "location"


@pytest.mark.parametrize("value", [f"rate:{NUMBER}:9", f"rate:{NUMBER}:x", "rate::5", "done:"])
def test_a_forged_choice_does_nothing(value: str) -> None:
    assert done(play(session(), ChoicePicked(value, 0))) == ()


# ---------------------------------------------------------------- open again


def test_a_problem_that_came_back_is_opened_again() -> None:
    turn = play(session(), "buka", closed())
    assert done(turn) == (ReopenReport(NUMBER),)
    assert turn.session.step == "what_is_left"


def test_after_thirty_days_a_new_report_is_the_way() -> None:
    turn = play(session(), "buka", closed(days_ago=31))
    assert done(turn) == ()
    assert "laporan baru" in shown(turn).text


def test_nobody_opens_what_is_not_theirs() -> None:
    know = knowledge(named=report(number=OTHER, mine=False, status="ditutup"), number_heard=OTHER)
    assert done(play(session(), command("buka", OTHER), know)) == ()
    assert done(play(session(), "buka", knowledge())) == ()


def test_opening_again_keeps_a_draft() -> None:
    turn = play(asked_where(), "buka", closed())
    assert done(turn) == (ReopenReport(NUMBER),)
    assert turn.session.draft == asked_where().draft


# ---------------------------------------------------------------- a number after the news of a closing


def _closed(**changes: Any) -> ReportFacts:
    steps = (TimelineStep("diterima", NOW - timedelta(days=3)), TimelineStep("ditutup", NOW - timedelta(hours=1)))
    return report(status="ditutup", timeline=steps, **changes)


@pytest.mark.parametrize("stars", ["1", "5"])
def test_a_number_alone_rates_what_was_closed(stars: str) -> None:
    turn = play(session(), stars, knowledge(heard=unclear(), own=(_closed(),)))
    assert Rate(NUMBER, int(stars)) in turn.effects


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("6", (_closed(),)),
        ("0", (_closed(),)),
        ("5 lampu", (_closed(),)),
        ("5", (_closed(rated=True),)),
        ("5", (report(),)),
        ("5", ()),
    ],
)
def test_any_other_number_rates_nothing(text: str, own: tuple[ReportFacts, ...]) -> None:
    turn = play(session(), text, knowledge(heard=unclear(), own=own))
    assert not [effect for effect in turn.effects if isinstance(effect, Rate)]


def test_the_newest_closed_report_that_is_not_rated_is_meant() -> None:
    own = (_closed(number=OTHER, rated=True), _closed())
    turn = play(session(), "4", knowledge(heard=unclear(), own=own))
    assert Rate(NUMBER, 4) in turn.effects
