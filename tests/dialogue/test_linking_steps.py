"""What is said about linking channels, in every state of a talk; nothing is linked without a yes to the question that is open."""

from dataclasses import replace
from itertools import product

import pytest

from bot.dialogue import link_words
from bot.dialogue.effects import LinkChannels, MakeLinkCode, NoteWrongCode, UnlinkChannels
from bot.dialogue.events import ActRefused, ChoicePicked, CommandGiven, Event, TextSent
from bot.dialogue.knowledge import LinkFacts
from bot.dialogue.link_words import LinkAsked
from bot.dialogue.replies import Choice
from bot.dialogue.session import Session
from tests.makers import asked_where, at_read_back, done, draft, heard, knowledge, play, session, shown

OPEN = LinkFacts("ABCD-1234", code_state="open", channel="telegram", name="Asep")
CODE = "KODE-1234"
STATES = (Session(), at_read_back(), asked_where(), session(draft=draft(), step="category"))
EVENTS: tuple[Event, ...] = (
    TextSent("hubungkan"),
    TextSent(f"hubungkan {CODE}"),
    CommandGiven("hubungkan", CODE),
    TextSent("putuskan"),
)


def _know(facts: LinkFacts = OPEN):  # type: ignore[no-untyped-def]
    return replace(knowledge(), linking=facts, heard=heard())


@pytest.mark.parametrize(("before", "event"), list(product(STATES, EVENTS)))
def test_in_every_state_it_is_answered_and_no_draft_is_lost(before: Session, event: Event) -> None:
    turn = play(before, event, _know(replace(OPEN, linked=("whatsapp",))))
    assert shown(turn).text
    assert turn.session.draft == before.draft
    assert turn.session.step == before.step


def test_a_code_alone_links_nothing_before_the_yes() -> None:
    asked = play(Session(), f"hubungkan {CODE}", _know())
    assert not any(isinstance(effect, LinkChannels) for effect in done(asked))
    assert "Telegram (Asep)" in shown(asked).text
    yes = ChoicePicked(f"{link_words.YES}:{CODE}", asked.session.turn)
    assert done(play(asked.session, yes, _know())) == (LinkChannels(CODE),)


def test_a_yes_to_an_older_question_or_to_none_links_nothing() -> None:
    asked = play(Session(), f"hubungkan {CODE}", _know())
    later = play(asked.session, "hubungkan", _know()).session
    for before, turn in ((later, asked.session.turn), (Session(), 0), (later, later.turn)):
        answer = play(before, ChoicePicked(f"{link_words.YES}:{CODE}", turn), _know())
        assert not any(isinstance(effect, LinkChannels) for effect in done(answer))


def test_a_wrong_code_is_noted_and_ones_own_is_not() -> None:
    for state, noted in (("unknown", True), ("expired", True), ("used", True), ("own", False)):
        turn = play(Session(), f"hubungkan {CODE}", _know(replace(OPEN, code_state=state)))
        assert any(isinstance(effect, NoteWrongCode) for effect in done(turn)) is noted


def test_limits_are_told_and_nothing_is_done() -> None:
    for event, facts in (
        ("hubungkan", replace(OPEN, may_make=False)),
        (f"hubungkan {CODE}", replace(OPEN, may_try=False)),
    ):
        turn = play(Session(), event, _know(facts))
        assert shown(turn).text
        assert not any(isinstance(effect, MakeLinkCode | LinkChannels | NoteWrongCode) for effect in done(turn))


def test_parting_does_nothing_where_nothing_is_linked() -> None:
    assert not any(isinstance(effect, UnlinkChannels) for effect in done(play(Session(), "putuskan", _know())))


def test_a_code_used_meanwhile_is_told() -> None:
    assert "sudah dipakai" in shown(play(Session(), ActRefused("link_code_used"), _know())).text


def test_no_is_no() -> None:
    asked = play(Session(), f"hubungkan {CODE}", _know())
    assert (
        "tidak dihubungkan" in shown(play(asked.session, ChoicePicked(link_words.NO, asked.session.turn), _know())).text
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("hubungkan", LinkAsked(link_words.MAKE)),
        ("Hubungkan WhatsApp saya", LinkAsked(link_words.MAKE)),
        ("HUBUNGKEUN", LinkAsked(link_words.MAKE)),
        ("link", LinkAsked(link_words.MAKE)),
        ("hubungkan kode abcd 1234", LinkAsked(link_words.REDEEM, "ABCD-1234")),
        ("hubungkan 123456", LinkAsked(link_words.REDEEM, link_words.normal("123456"))),
        ("hubungkan jalan itu dengan jembatan", None),
        ("ABCD-1234", LinkAsked(link_words.REDEEM, "ABCD-1234")),
        ("putuskan", LinkAsked(link_words.PART)),
        ("hubungkan kabel listrik yang putus", None),
        ("tolong putuskan kabel itu", None),
        ("plat D 1234 ABC parkir liar", None),
    ],
)
def test_words_that_speak_of_linking_and_words_that_do_not(text: str, asked: LinkAsked | None) -> None:
    assert link_words.asked(TextSent(text)) == asked


def test_the_offered_choices_fit_a_button() -> None:
    offered = shown(play(Session(), f"hubungkan {CODE}", _know())).choices
    assert all(isinstance(choice, Choice) and len(choice.label) <= 20 for choice in offered)
