"""Short pieces of one message are answered together, and a draft left alone is recalled once."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import Say, WakeAfter
from bot.dialogue.events import SilenceFell
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.session import Session
from bot.dialogue.steps.patience import LEFT_ALONE, PAUSE
from bot.dialogue.turn import Turn
from tests.makers import (
    NUMBER,
    asked_where,
    at_read_back,
    danger,
    heard,
    knowledge,
    play,
    report,
    said_done,
    session,
    shown,
    unclear,
    values,
)


def pause(turn: Turn) -> float:
    return next(effect.pause for effect in turn.effects if isinstance(effect, Say))


@pytest.mark.parametrize(
    ("before", "text", "know"),
    [
        (session(), "min", knowledge(heard=unclear())),
        (session(), "jalan rusak", knowledge(heard=heard("jalan_rusak"))),
        (session(), "hmm", knowledge(heard=unclear())),
        (asked_where(), "anu", knowledge(heard=unclear())),
    ],
)
def test_a_question_to_a_short_piece_waits_for_the_next_one(before: Session, text: str, know: Knowledge) -> None:
    assert pause(play(before, text, know)) == PAUSE


@pytest.mark.parametrize(
    ("before", "text", "know"),
    [
        (session(), "kebakaran", knowledge(heard=danger())),
        (session(), "saya mau bunuh diri", knowledge(heard=danger("jiwa", about_self=True))),
        (at_read_back(), "kirim", knowledge()),
        (session(), "status", knowledge(own=(report(),))),
        (asked_where(), "status", knowledge(own=(report(),))),
        (session(), NUMBER, knowledge(heard=unclear(), number_heard=NUMBER, named=report())),
        (session(), "sudah", knowledge(heard=unclear(), own=(said_done(),))),
        (session(), "bantuan", knowledge()),
        (session(), "nik 3273012301850001", knowledge(heard=unclear())),
        (session(), "jalan rusak bolong besar sekali", knowledge(heard=heard("jalan_rusak"))),
    ],
)
def test_news_numbers_and_emergencies_never_wait(before: Session, text: str, know: Knowledge) -> None:
    assert pause(play(before, text, know)) == 0


def test_a_draft_that_is_left_alone_is_recalled_after_twenty_hours() -> None:
    turn = play(session(), "lampu jalan mati", knowledge(heard=heard("pju")))
    assert WakeAfter(LEFT_ALONE) in turn.effects
    recalled = play(turn.session, SilenceFell(turn.session.turn))
    assert values(recalled) == ("continue", "start_over")
    assert recalled.session.draft == turn.session.draft


def test_it_is_recalled_once() -> None:
    nudged = replace(asked_where(), nudged=True)
    assert play(nudged, SilenceFell(nudged.turn)).effects == ()
    assert not any(isinstance(effect, WakeAfter) for effect in play(nudged, "hmm anu").effects)


def test_a_silence_of_an_older_turn_is_passed_over() -> None:
    assert play(asked_where(), SilenceFell(3)).effects == ()


def test_without_a_draft_nobody_is_recalled() -> None:
    turn = play(session(), "halo")
    assert not any(isinstance(effect, WakeAfter) for effect in turn.effects)
    assert play(turn.session, SilenceFell(turn.session.turn)).effects == ()


def test_who_may_be_in_danger_is_waited_for_two_minutes_only() -> None:
    turn = play(session(), "kebakaran", knowledge(heard=danger()))
    assert [effect.seconds for effect in turn.effects if isinstance(effect, WakeAfter)] == [120]
    assert "112" in shown(turn).text
