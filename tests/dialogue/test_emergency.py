"""Danger goes before everything, never makes a form, and promises nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.effects import AddToReport, OpenReport, WakeAfter
from bot.dialogue.events import LocationShared, MediaShared, SilenceFell, UnreadableSent
from bot.dialogue.session import Session
from tests.makers import (
    FRESH,
    NOW,
    OUTSIDE,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    command,
    danger,
    done,
    draft,
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


def asked(kind: str = "kebakaran", before: Session | None = None, **what: object) -> Session:
    """A talk in which it was just asked whether somebody is in danger."""
    return play(before or session(), "ada kebakaran", knowledge(heard=danger(kind, **what))).session


def filed(turn_effects: tuple[object, ...]) -> OpenReport:
    (effect,) = (each for each in turn_effects if isinstance(each, OpenReport))
    return effect


def test_the_first_bubble_has_the_number_to_call_and_one_question() -> None:
    turn = play(session(), "ada kebakaran", knowledge(heard=danger(place=STREET)))
    assert "112" in shown(turn).text
    assert "TIDAK mengirim bantuan" in shown(turn).text
    assert values(turn) == ("yes", "no")
    assert done(turn) == (WakeAfter(120),)


@pytest.mark.parametrize(
    "answer", ["ya", "1", "masih besar apinya", "cepat", "ga tau", "tidak tahu, saya jauh", "ada korban"]
)
def test_whatever_is_not_a_plain_no_is_a_yes(answer: str) -> None:
    effect = filed(done(play(asked(), answer)))
    assert effect.emergency
    assert (effect.draft.category, effect.draft.sub_category, effect.draft.priority) == (
        "kedaruratan",
        "kebakaran",
        "darurat",
    )


def test_a_no_that_speaks_of_danger_is_a_yes() -> None:
    assert filed(done(play(asked(), "tidak, apinya makin besar", knowledge(heard=danger()))))


@pytest.mark.parametrize("answer", ["tidak", "2", "nggak, sudah padam", "henteu"])
def test_a_plain_no_makes_an_ordinary_report_of_high_priority(answer: str) -> None:
    turn = play(asked(place=STREET), answer)
    assert turn.session.step == "confirm"  # no quiz about the kind
    assert turn.session.draft is not None
    assert (turn.session.draft.priority, turn.session.draft.danger) == ("tinggi", "")
    assert "TELEPON 112" in shown(turn).text
    assert "Syukurlah" not in shown(turn).text


def test_after_two_minutes_of_silence_a_person_must_see_it() -> None:
    before = asked()
    effect = filed(done(play(before, SilenceFell(before.turn))))
    assert not effect.emergency
    assert (effect.draft.priority, effect.draft.needs_check, effect.draft.sub_category) == ("tinggi", True, "kebakaran")
    assert play(before, SilenceFell(before.turn - 1)).effects == ()


@pytest.mark.parametrize(
    "event", [command("bantuan"), command("status"), UnreadableSent("sticker"), MediaShared("photo", "f", evidence=3)]
)
def test_anything_else_repeats_number_and_question_and_waits_anew(event: object) -> None:
    turn = play(asked(), event)  # type: ignore[arg-type]
    assert "112" in shown(turn).text
    assert values(turn) == ("yes", "no")
    assert WakeAfter(120) in done(turn)


def test_a_pin_says_that_and_where_it_is_happening() -> None:
    effect = filed(done(play(asked(), LocationShared(-6.9, 107.6), knowledge(located=PASAR))))
    assert effect.draft.place == PASAR


def test_it_can_be_called_off() -> None:
    for happens in ("batal", "/batal"):
        turn = play(asked(), happens)
        assert (turn.session.draft, done(turn)) == (None, ())


@pytest.mark.parametrize("text", ["di dago", "depan rumah saya", "jalan cisitu lama dekat warung"])
def test_an_answer_to_where_is_no_danger_whatever_a_model_makes_of_it(text: str) -> None:
    assert play(asked_where(), text, knowledge(heard=danger())).session.step == "location"
    assert play(session(), text, knowledge(heard=danger())).session.step == "emergency"


def test_nor_is_an_answer_about_a_report() -> None:
    know = knowledge(heard=danger(), own=(said_done(),))
    assert play(session(), "belum, sebelah kirinya masih bolong", know).session.step != "emergency"
    assert play(session(), "belum, sekarang ada kebakaran", know).session.step == "emergency"
    similar = session(step="similar", draft=draft(similar_settled=False))
    assert play(similar, "beda, ini yang di seberangnya", knowledge(heard=danger())).session.step != "emergency"


@pytest.mark.parametrize("text", ["di rumah saya ada kebakaran", "di sini ada yang bunuh diri", "depan pasar, tolong"])
def test_an_answer_to_where_with_a_word_of_danger_is(text: str) -> None:
    assert play(asked_where(), text, knowledge(heard=danger())).session.step == "emergency"


def test_a_draft_that_was_begun_is_part_of_it() -> None:
    before = asked(before=at_read_back(evidence=(3,)))
    effect = filed(done(play(before, "ya")))
    assert effect.draft.description.startswith("lampu jalan mati")
    assert effect.draft.evidence == (3,)


def test_the_place_is_hoped_for_but_never_demanded() -> None:
    assert "sebutkan tempatnya" in shown(play(asked(), "ya")).text
    assert "sebutkan tempatnya" not in shown(play(asked(place=STREET), "ya")).text


def test_violence_is_answered_with_care_and_kept_confidential() -> None:
    turn = play(session(), "suami saya memukul", knowledge(heard=danger("kekerasan_ppa")))
    assert "Keselamatan Anda yang utama" in shown(turn).text
    assert filed(done(play(turn.session, "ya"))).draft.privacy == "rahasia"
    assert filed(done(play(asked("kebakaran"), "ya"))).draft.privacy == "anonim"


def test_our_112_is_not_promised_outside_the_city() -> None:
    turn = play(session(), "kebakaran di lembang", knowledge(heard=danger(place=OUTSIDE)))
    assert "layanan darurat setempat" in shown(turn).text


# ---------------------------------------------------------------- soon after


def test_more_words_soon_after_go_with_the_report_and_nobody_is_asked() -> None:
    after = play(asked(), "ya").session
    know = knowledge(own=(report(number=FRESH, category="kedaruratan"),), heard=danger())
    turn = play(after, "apinya makin besar", know)
    assert done(turn) == (AddToReport(FRESH, words="apinya makin besar"),)
    assert "112" in shown(turn).text
    assert values(turn) == ()


def test_thanks_after_it_are_thanks() -> None:
    after = play(asked(), "ya").session
    turn = play(after, "makasih", knowledge(own=(report(number=FRESH),)))
    assert done(turn) == ()
    assert "Sama-sama" in shown(turn).text


def test_later_danger_is_a_new_one() -> None:
    after = play(asked(), "ya").session
    old = report(number=FRESH, created_at=NOW - timedelta(hours=2))
    turn = play(after, "ada kebakaran lagi", knowledge(own=(old,), heard=danger()))
    assert turn.session.step == "emergency"


def test_another_complaint_soon_after_is_a_report_of_its_own() -> None:
    after = play(asked(), "ya").session
    know = knowledge(own=(report(number=FRESH),), heard=heard("sampah"))
    assert play(after, "sampah menumpuk juga", know).session.step == "location"


def test_a_few_words_that_could_be_anything_belong_to_what_was_just_reported() -> None:
    after = play(asked(), "ya").session
    unsure = heard("air_bersih", categories=(("air_bersih", 0.7),), category_sure=True)
    just_now = report(number=FRESH, created_at=knowledge().now)
    turn = play(after, "belum ditutup kerannya", knowledge(own=(just_now,), heard=unsure))
    assert [effect.number for effect in done(turn) if isinstance(effect, AddToReport)] == [FRESH]
    later = report(number=FRESH, created_at=knowledge().now - timedelta(minutes=30))
    assert play(after, "belum ditutup kerannya", knowledge(own=(later,), heard=unsure)).session.step == "location"


def test_what_is_written_after_the_silence_belongs_to_the_report_too() -> None:
    waited = asked()
    filed_alone = play(waited, SilenceFell(waited.turn)).session
    just_now = report(number=FRESH, created_at=knowledge().now)
    unsure = heard("lainnya", categories=(("lainnya", 0.3),), category_sure=False)
    turn = play(filed_alone, "kok belum ada yang datang", knowledge(own=(just_now,), heard=unsure))
    assert "TIDAK mengirim" in shown(turn).text
    assert not values(turn)


# ---------------------------------------------------------------- who may hurt themselves


@pytest.mark.parametrize("about_self", [True, False])
def test_a_person_who_may_hurt_themselves_gets_no_form(about_self: bool) -> None:
    turn = play(session(), "saya mau mati", knowledge(heard=danger("jiwa", about_self=about_self)))
    effect = filed(done(turn))
    assert (effect.emergency, effect.draft.privacy, effect.draft.sub_category) == (True, "rahasia", "jiwa")
    assert values(turn) == ()
    assert "112" in shown(turn).text
    assert ("Terima kasih sudah bercerita" in shown(turn).text) is about_self
    more = play(turn.session, "aku sendirian", knowledge(own=(report(number=FRESH),), heard=unclear()))
    assert done(more) == (AddToReport(FRESH, words="aku sendirian"),)
    assert "112" in shown(more).text


def test_a_draft_waits_beside_it() -> None:
    turn = play(asked_where(), "saya mau mati", knowledge(heard=danger("jiwa", about_self=True)))
    assert turn.session.later == (asked_where().draft,)
    assert values(turn) == ()
    assert filed(done(turn)).draft.description == "saya mau mati"


def test_a_crisis_line_is_named_only_where_the_city_confirmed_one() -> None:
    know = knowledge(heard=danger("jiwa", about_self=True))
    assert "IGD" in shown(play(session(), "saya mau mati", know)).text
    city = replace(know.city, facts={**know.city.facts, "layanan_krisis": "saluran 000"})
    assert "saluran 000" in shown(play(session(), "saya mau mati", replace(know, city=city))).text
