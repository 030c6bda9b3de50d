"""Photos and other files."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogue.effects import AddToReport
from bot.dialogue.events import MediaShared
from tests.makers import (
    NOW,
    NUMBER,
    STREET,
    asked_where,
    at_read_back,
    danger,
    done,
    heard,
    knowledge,
    play,
    report,
    session,
    shown,
)

PHOTO = MediaShared("photo", "file", evidence=9)
FILED = session(about=NUMBER, wants_photo=True)


def test_a_photo_may_come_first() -> None:
    turn = play(session(), PHOTO)
    assert "Fotonya sudah kami terima" in shown(turn).text
    after = play(turn.session, "lampu mati di jalan cikutra", knowledge(heard=heard(place=STREET))).session
    assert after.step == "confirm"
    assert after.draft is not None
    assert after.draft.evidence == (9,)


def test_a_caption_is_read_like_any_sentence() -> None:
    event = replace(PHOTO, caption="lampu mati di jalan cikutra")
    turn = play(session(), event, knowledge(heard=heard(place=STREET)))
    assert turn.session.step == "confirm"
    assert "Foto: 1" in shown(turn).text


def test_a_caption_may_tell_of_danger() -> None:
    turn = play(session(), replace(PHOTO, caption="kebakaran"), knowledge(heard=danger()))
    assert turn.session.step == "emergency"
    assert turn.session.draft is not None
    assert turn.session.draft.evidence == (9,)


def test_a_photo_in_the_middle_is_kept_and_the_question_stands() -> None:
    turn = play(asked_where(), PHOTO)
    assert shown(turn).text.startswith("Berkasnya sudah kami terima")
    assert turn.session.step == "location"
    assert turn.session.draft is not None
    assert turn.session.draft.evidence == (9,)
    assert "Foto: 1" in shown(play(at_read_back(), PHOTO)).text


def test_an_album_is_answered_once_and_kept_whole() -> None:
    first = play(session(), MediaShared("photo", "a", "lampu mati", 1, album="x"), knowledge(heard=heard(place=STREET)))
    rest = play(first.session, MediaShared("photo", "b", "", 2, album="x"))
    assert rest.effects == ()
    assert rest.session.draft is not None
    assert rest.session.draft.evidence == (1, 2)
    other = play(rest.session, MediaShared("photo", "c", "", 3, album="y"))
    assert shown(other)


def test_an_album_for_a_filed_report_is_thanked_for_once() -> None:
    first = play(FILED, MediaShared("photo", "a", "", 1, album="x"))
    rest = play(first.session, MediaShared("photo", "b", "", 2, album="x"))
    assert shown(first)
    assert rest.effects == (AddToReport(NUMBER, evidence=(2,)),)


def test_a_voice_note_is_answered_with_what_we_can_do() -> None:
    turn = play(session(), MediaShared("voice", "v", evidence=4))
    assert "belum bisa mendengarkannya" in shown(turn).text
    assert turn.session.draft is not None
    assert turn.session.draft.evidence == (4,)


def test_a_photo_after_the_number_is_added_to_that_report() -> None:
    turn = play(FILED, replace(PHOTO, caption="dari dekat"), knowledge(own=(report(),), heard=heard()))
    assert done(turn) == (AddToReport(NUMBER, "dari dekat", (9,)),)
    assert NUMBER in shown(turn).text


def test_one_of_something_else_begins_a_new_report() -> None:
    event = replace(PHOTO, caption="sampah menumpuk bau")
    turn = play(FILED, event, knowledge(own=(report(),), heard=heard("sampah")))
    assert done(turn) == ()
    assert turn.session.draft is not None
    assert turn.session.draft.category == "sampah"


def test_two_words_under_a_photo_only_name_what_is_seen() -> None:
    event = replace(PHOTO, caption="ini tiangnya")
    turn = play(FILED, event, knowledge(own=(report(),), heard=heard("utilitas_kabel")))
    assert done(turn) == (AddToReport(NUMBER, "ini tiangnya", (9,)),)


def test_so_does_one_that_comes_days_later() -> None:
    old = report(created_at=NOW - timedelta(days=3))
    turn = play(FILED, PHOTO, knowledge(own=(old,)))
    assert done(turn) == ()
    assert turn.session.step == "describe"


def test_what_is_left_may_be_shown_at_any_time() -> None:
    old = report(created_at=NOW - timedelta(days=30))
    turn = play(replace(FILED, step="what_is_left"), PHOTO, knowledge(own=(old,)))
    assert done(turn) == (AddToReport(NUMBER, evidence=(9,)),)


def test_nothing_is_added_where_nothing_was_hoped_for() -> None:
    turn = play(replace(FILED, wants_photo=False), PHOTO, knowledge(own=(report(),)))
    assert done(turn) == ()
    assert turn.session.draft is not None
