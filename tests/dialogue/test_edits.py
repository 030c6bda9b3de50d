"""A message that its writer changed: new words in the draft, a note on the report, or nothing."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, OpenReport
from bot.dialogue.events import MediaShared, MessageDeleted, MessageEdited, SimilarFound, TextSent
from bot.dialogue.session import Session, Source
from tests.makers import PASAR, STREET, asked_where, danger, done, heard, knowledge, play, session, shown

TOLD = "lampu jalan mati di cihapit"


def told(message: str = "7") -> Session:
    """At the read-back, after one message."""
    first = play(session(), TextSent(TOLD, message), knowledge(heard=heard("pju", place=PASAR, place_words="cihapit")))
    return play(first.session, SimilarFound()).session


def test_the_words_are_replaced_and_read_back() -> None:
    turn = play(told(), MessageEdited(f"{TOLD}, tiga buah", "7"), knowledge(heard=heard("pju", place=PASAR)))
    assert turn.session.draft is not None
    assert turn.session.draft.description == f"{TOLD}, tiga buah"


def test_what_only_those_words_told_is_read_anew() -> None:
    know = knowledge(heard=heard("sampah", place=STREET, place_words="cikutra"))
    draft = play(told(), MessageEdited("sampah menumpuk di cikutra", "7"), know).session.draft
    assert draft is not None
    assert (draft.category, draft.place) == ("sampah", STREET)


def test_other_words_of_the_draft_stay() -> None:
    more = play(told(), TextSent("sudah seminggu gelap gulita di sana", "8"), knowledge(heard=heard("pju"))).session
    draft = play(more, MessageEdited("sudah sebulan gelap", "8"), knowledge(heard=heard("pju"))).session.draft
    assert draft is not None
    assert draft.description == f"{TOLD}\nsudah sebulan gelap"


def test_after_filing_it_is_a_note_on_the_report() -> None:
    filed = play(told(), "kirim")
    (opened,) = (effect for effect in filed.effects if isinstance(effect, OpenReport))
    turn = play(filed.session, MessageEdited("lampu jalan mati di depan pasar", "7"), knowledge(heard=heard("pju")))
    assert done(turn) == (AddToReport(opened.number, words="lampu jalan mati di depan pasar"),)
    assert opened.number in shown(turn).text


def test_a_caption_is_edited_in_the_same_way() -> None:
    photo = MediaShared("photo", "f", TOLD, 3, message="9")
    talk = play(session(), photo, knowledge(heard=heard("pju"))).session
    draft = play(talk, MessageEdited("lampu jalan pecah", "9"), knowledge(heard=heard("pju"))).session.draft
    assert draft is not None
    assert (draft.description, draft.evidence) == ("lampu jalan pecah", (3,))


@pytest.mark.parametrize("edit", [MessageEdited("halo semua", "2"), MessageEdited("", "7"), MessageEdited(TOLD, "7")])
def test_any_other_edit_is_passed_over_in_silence(edit: MessageEdited) -> None:
    turn = play(told(), edit, knowledge(heard=heard("pju")))
    assert (turn.session, turn.effects) == (told(), ())


def test_an_edit_that_names_no_message_goes_to_the_most_alike() -> None:
    draft = play(told(""), MessageEdited(f"{TOLD} dan gelap"), knowledge(heard=heard("pju"))).session.draft
    assert draft is not None
    assert draft.description == f"{TOLD} dan gelap"
    assert play(told(""), MessageEdited("terima kasih banyak ya"), knowledge(heard=heard("pju"))).effects == ()


def test_a_place_that_was_answered_is_corrected() -> None:
    talk = play(asked_where(), TextSent("di cihapit", "4"), knowledge(heard=heard("pju", place=PASAR))).session
    draft = play(talk, MessageEdited("di cikutra", "4"), knowledge(heard=heard("pju", place=STREET))).session.draft
    assert draft is not None
    assert (draft.place, draft.place_words) == (STREET, "di cikutra")


def test_what_waits_for_later_is_corrected_quietly() -> None:
    waiting = replace(asked_where(), later=told().draft and (told().draft,), told=(Source("7", TOLD),))
    turn = play(waiting, MessageEdited("lampu jalan pecah", "7"), knowledge(heard=heard("pju")))
    assert [each.description for each in turn.session.later] == ["lampu jalan pecah"]
    assert turn.effects == ()


def test_an_edit_that_speaks_of_danger_is_answered_at_once() -> None:
    turn = play(told(), MessageEdited("kebakaran di cihapit", "7"), knowledge(heard=danger()))
    assert turn.session.step == "emergency"


def test_what_was_cancelled_is_forgotten() -> None:
    assert play(told(), "batal").session.told == ()


def test_a_session_of_an_older_release_has_no_messages_to_edit() -> None:
    stored = Session().to_json().replace(', "told": []', "")
    assert Session.from_json(stored).told == ()


# Taken back


def test_with_the_only_message_the_draft_forgets_what_it_read_from_it_and_asks_anew() -> None:
    turn = play(told(), MessageDeleted("7"), knowledge())
    draft = turn.session.draft
    assert draft is not None
    assert (draft.description, draft.category, draft.place) == ("", "", None)
    assert "hapus" in shown(turn).text
    assert turn.session.step == "describe"


def test_of_several_messages_only_the_one_that_was_taken_back_goes() -> None:
    more = play(told(), TextSent("sudah seminggu gelap gulita di sana", "8"), knowledge(heard=heard("pju"))).session
    draft = play(more, MessageDeleted("8"), knowledge()).session.draft
    assert draft is not None
    assert (draft.description, draft.category, draft.place) == (TOLD, "pju", PASAR)


def test_pictures_stay_when_their_words_are_taken_back() -> None:
    photo = MediaShared("photo", "f", TOLD, 3, message="9")
    talk = play(session(), photo, knowledge(heard=heard("pju"))).session
    draft = play(talk, MessageDeleted("9"), knowledge()).session.draft
    assert draft is not None
    assert (draft.description, draft.evidence) == ("", (3,))


def test_what_is_filed_stays_and_the_person_hears_how_to_erase_it() -> None:
    filed = play(told(), "kirim")
    (opened,) = (effect for effect in filed.effects if isinstance(effect, OpenReport))
    turn = play(filed.session, MessageDeleted("7"), knowledge())
    assert done(turn) == ()
    assert opened.number in shown(turn).text


@pytest.mark.parametrize("message", ["2", ""])
def test_a_message_that_nothing_was_made_of_is_taken_back_in_silence(message: str) -> None:
    turn = play(told(), MessageDeleted(message), knowledge())
    assert (turn.session, turn.effects) == (told(), ())


def test_nobody_in_danger_is_forgotten_for_a_message_taken_back() -> None:
    alarmed = play(session(), TextSent("kebakaran di cihapit", "5"), knowledge(heard=danger()))
    assert alarmed.session.step == "emergency"
    assert play(alarmed.session, MessageDeleted("5"), knowledge()).session.draft == alarmed.session.draft
