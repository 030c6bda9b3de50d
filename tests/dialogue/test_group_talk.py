"""In a group we are a guest: whatever happens there is answered with one bubble at most, and mostly with silence."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.effects import AddToReport, AnswerClosing, BindGroupChat, FileFromGroup, PlaceFromGroup
from bot.dialogue.engine import advance
from bot.dialogue.events import (
    ActRefused,
    ChoicePicked,
    CommandGiven,
    InGroup,
    LocationShared,
    MediaFailed,
    MediaReady,
    MediaShared,
    Quoted,
    SilenceFell,
    TextSent,
)
from bot.dialogue.knowledge import GroupCardFacts, GroupFacts, KimFacts, Knowledge, PeerFacts
from bot.dialogue.session import Session
from bot.dialogue.turn import Turn
from tests.makers import DISTRICT, FRESH, NOW, NUMBER, PASAR, danger, done, heard, knowledge, report, session, shown

CARD = GroupCardFacts(NUMBER, mine=True, placed=False)
GROUP = GroupFacts(4, "KIM Dago", "Kel. Dago", NOW.date())


def play(event: InGroup | Any, know: Knowledge | None = None, before: Session | None = None) -> Turn:
    return advance(before or session(), event, know or knowledge(heard=heard(), fresh_token="0" * 24), desk="group")


def lapor(text: str = "lampu mati depan pasar cihapit", argument: str = "", **more: Any) -> InGroup:
    return InGroup(CommandGiven("lapor", argument), Quoted("55", "815", text=text, **more), "77")


def filed(turn: Turn) -> FileFromGroup:
    (effect,) = done(turn)
    assert isinstance(effect, FileFromGroup)
    return effect


# ---------------------------------------------------------------- filing


def test_the_answered_message_is_filed_as_it_was_read_and_nothing_is_asked() -> None:
    turn = play(lapor(), knowledge(heard=heard(place=PASAR), fresh_token="0" * 24))
    effect = filed(turn)
    assert (effect.number, effect.message, effect.author) == (FRESH, "55", "815")
    assert (effect.draft.category, effect.draft.place, effect.draft.needs_check) == ("pju", PASAR, False)
    assert effect.draft.privacy == "anonim"
    assert not [each for each in turn.effects if each is not effect]


def test_without_a_place_or_a_sure_category_it_needs_a_look() -> None:
    assert filed(play(lapor(), knowledge(heard=heard(place=None)))).draft.needs_check
    unsure = filed(play(lapor(), knowledge(heard=heard(sure=False, place=PASAR)))).draft
    assert unsure.needs_check
    assert unsure.category


def test_a_point_of_the_answered_message_is_the_place() -> None:
    of = lapor(point=LocationShared(-6.9, 107.6))
    effect = filed(play(of, knowledge(heard=heard(place=DISTRICT), located=PASAR)))
    assert effect.draft.place == PASAR


def test_ones_own_words_are_filed_without_an_author_to_take_them_over() -> None:
    effect = filed(
        play(
            InGroup(CommandGiven("lapor", "lampu mati di cihapit"), None, "77"),
            knowledge(heard=heard(), own_message="77"),
        )
    )
    assert (effect.author, effect.message, effect.draft.description) == ("", "77", "lampu mati di cihapit")


def test_files_of_the_message_go_with_it() -> None:
    photo = MediaShared("photo", "f1")
    assert filed(play(lapor(files=(photo,)))).files == (photo,)


def test_danger_is_filed_as_an_emergency_of_that_kind() -> None:
    effect = filed(play(lapor("kebakaran di pasar cihapit"), knowledge(heard=danger(place=PASAR))))
    assert effect.emergency
    assert (effect.draft.danger, effect.draft.priority) == ("kebakaran", "darurat")


def test_an_identity_number_is_taken_out_before_anything_is_kept() -> None:
    effect = filed(play(lapor("lampu mati, nik 3273011203900001"), knowledge(heard=heard(place=PASAR))))
    assert "3273011203900001" not in effect.draft.description


def test_what_was_filed_before_and_what_is_clearly_no_report_is_not_filed() -> None:
    assert NUMBER in shown(play(lapor(), knowledge(heard=heard(), group_card=CARD))).text
    joke = play(lapor("wkwkwk"), knowledge(heard=heard(kind="bukan_laporan", kind_confidence=0.95)))
    assert done(joke) == ()
    assert "tidak tampak seperti laporan" in shown(joke).text
    unsure = play(lapor("wkwkwk"), knowledge(heard=heard(kind="bukan_laporan", kind_confidence=0.6)))
    assert filed(unsure)


@pytest.mark.parametrize("language", ["id", "su", "en"])
def test_it_speaks_as_the_message_does(language: str) -> None:
    know = knowledge(heard=heard(language=language))
    assert filed(play(lapor(), know)).language == language


# ---------------------------------------------------------------- beside it


def test_an_answer_to_ones_own_card_adds_words_or_the_place() -> None:
    own = Quoted("7", ours=True)
    told = play(InGroup(TextSent("di depan masjid"), own), knowledge(heard=heard(), group_card=CARD))
    assert done(told) == (AddToReport(NUMBER, "di depan masjid"),)
    pinned = play(InGroup(LocationShared(-6.9, 107.6), own), knowledge(located=PASAR, group_card=CARD))
    assert done(pinned) == (PlaceFromGroup(NUMBER, PASAR),)


@pytest.mark.parametrize("said", [TextSent("di depan masjid"), LocationShared(-6.9, 107.6)])
def test_an_answer_to_somebody_elses_card_adds_nothing(said: Any) -> None:
    know = knowledge(heard=heard(), located=PASAR, group_card=replace(CARD, mine=False))
    assert play(InGroup(said, Quoted("7", ours=True)), know).effects == ()


def test_a_tap_says_whether_ones_own_report_is_solved_and_nothing_for_another() -> None:
    tapped = InGroup(ChoicePicked(f"not_done:{NUMBER}", 0))
    assert done(play(tapped, knowledge(named=report(mine=True)))) == (AnswerClosing(NUMBER, solved=False),)
    assert play(tapped, knowledge(named=report(mine=False))).effects == ()
    assert play(tapped, knowledge()).effects == ()
    assert play(InGroup(ChoicePicked("send", 3)), knowledge(named=report())).effects == ()


def test_a_coordinator_gives_the_group_its_chat_and_others_do_not() -> None:
    me = PeerFacts(1, "Bu RW", coordinator=True, me=True)
    assert done(play(InGroup(CommandGiven("kim")), knowledge(kim=KimFacts(GROUP, me)))) == (BindGroupChat(4),)
    for peer in (replace(me, coordinator=False), replace(me, asleep=True)):
        assert play(InGroup(CommandGiven("kim")), knowledge(kim=KimFacts(GROUP, peer))).effects == ()
    assert play(InGroup(CommandGiven("kim"))).effects == ()


def test_it_introduces_itself_and_leaves_other_commands_alone() -> None:
    assert "/lapor" in shown(play(InGroup(CommandGiven("start")))).text
    for name in ("status", "antrean", "roll_dice"):
        assert play(InGroup(CommandGiven(name))).effects == ()


@pytest.mark.parametrize(
    "event", [MediaReady(1), MediaFailed(1, "x"), SilenceFell(7), ActRefused("unknown_report"), TextSent("x")]
)
def test_what_belongs_to_a_talk_of_ones_own_is_not_said_in_a_group(event: Any) -> None:
    before = session()
    assert advance(before, event, knowledge(), desk="group") == Turn(before)


# ---------------------------------------------------------------- whatever happens

words = st.text(max_size=60)
quoted = st.none() | st.builds(
    Quoted, st.text("0123456789", min_size=1, max_size=6), words, st.booleans(), words,
    st.lists(st.builds(MediaShared, st.sampled_from(["photo", "video"]), st.just("f")), max_size=2).map(tuple),
    st.none() | st.just(LocationShared(-6.9, 107.6)),
)  # fmt: skip
said = st.one_of(
    st.builds(TextSent, words),
    st.builds(CommandGiven, st.sampled_from(["lapor", "start", "kim", "status", "x"]), words),
    st.builds(MediaShared, st.sampled_from(["photo", "voice"]), st.just("f"), words),
    st.builds(LocationShared, st.floats(-90, 90), st.floats(-180, 180)),
    st.builds(ChoicePicked, words, st.integers(0, 9)),
)
facts = st.builds(
    knowledge,
    heard=st.none() | st.sampled_from([heard(), heard(sure=False, place=None), danger(), heard(kind="bukan_laporan")]),
    located=st.none() | st.just(PASAR),
    group_card=st.none() | st.just(CARD),
    named=st.none() | st.just(report()),
    fresh_token=st.just("0" * 24),
)


@given(said, quoted, facts)
def test_every_event_of_a_group_is_answered_with_one_bubble_at_most_and_no_question(
    what: Any, of: Quoted | None, know: Knowledge
) -> None:
    turn = play(InGroup(what, of, "77"), know)
    replies = [each for each in turn.effects if hasattr(each, "reply")]
    assert len(replies) <= 1
    assert turn.session.draft is None
    assert turn.session.offered == ()
    assert all(each.reply.text and not each.reply.choices for each in replies)
