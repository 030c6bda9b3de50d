"""A joke gives way to a complaint; a question and another matter are two."""

import pytest

from bot.dialogue.effects import OpenReport
from tests.makers import CITY, STREET, at_read_back, draft, heard, knowledge, play, session, shown

JOKE = heard("lainnya", kind="bukan_laporan", kind_confidence=0.98)
COMPLAINT = heard("jalan_rusak", place=STREET)
OTHER_QUESTION = heard("perizinan_pajak", kind="permintaan_informasi", kind_confidence=0.99)


def test_a_joke_that_became_a_draft_gives_way_to_a_complaint() -> None:
    begun = play(session(step="describe", tries=2), "persib menang ga kemarin", knowledge(heard=JOKE)).session
    assert begun.draft is not None
    assert begun.draft.doubtful
    turn = play(begun, "ada lubang di jalan cikutra", knowledge(heard=COMPLAINT))
    assert turn.session.draft is not None
    assert turn.session.draft.description == "ada lubang di jalan cikutra"
    assert (turn.session.draft.category, turn.session.draft.place) == ("jalan_rusak", STREET)
    assert not turn.session.draft.doubtful
    assert "persib" not in shown(turn).text


def test_the_photo_of_such_a_draft_stays() -> None:
    before = at_read_back(
        description="hehe", doubtful=True, evidence=(4,), category=CITY.fallback_category, place=None, place_words=""
    )
    turn = play(before, "ada lubang di jalan cikutra", knowledge(heard=COMPLAINT))
    assert turn.session.draft is not None
    assert turn.session.draft.evidence == (4,)


def test_where_a_place_was_told_all_of_it_is_kept() -> None:
    before = at_read_back(description="itu lho", doubtful=True, category=CITY.fallback_category)
    turn = play(before, "ada lubang di jalan", knowledge(heard=heard("jalan_rusak")))
    assert turn.session.draft is not None
    assert turn.session.draft.description.startswith("itu lho")
    assert turn.session.draft.place == draft().place


def test_what_told_a_problem_is_never_given_up_for_another() -> None:
    turn = play(at_read_back(), "ada lubang di jalan cikutra", knowledge(heard=COMPLAINT))
    assert turn.session.draft is not None
    assert turn.session.draft.description.startswith(draft().description)


def test_words_that_are_sure_of_a_category_are_not_doubted() -> None:
    smell = heard("pencemaran", kind="bukan_laporan", kind_confidence=0.99)
    turn = play(session(step="describe", tries=2), "bau banget di sini", knowledge(heard=smell))
    assert turn.session.draft is not None
    assert not turn.session.draft.doubtful


@pytest.mark.parametrize("kind", ["permintaan_informasi", "pengaduan"])
def test_a_question_of_another_office_waits(kind: str) -> None:
    before = at_read_back(kind=kind, category="adminduk", place=None, place_words="", description="cara bikin ktp?")
    turn = play(before, "kalau pajak pbb bayar dimana", knowledge(heard=OTHER_QUESTION))
    assert turn.session.draft == before.draft
    assert [each.description for each in turn.session.later] == ["kalau pajak pbb bayar dimana"]
    sent = play(turn.session, "kirim")
    assert any(isinstance(effect, OpenReport) for effect in sent.effects)
    assert sent.session.draft is not None
    assert sent.session.draft.category == "perizinan_pajak"


def test_a_further_question_about_the_same_is_part_of_it() -> None:
    before = at_read_back(kind="permintaan_informasi", category="adminduk", place=None, description="cara bikin ktp?")
    same = heard("adminduk", kind="permintaan_informasi")
    turn = play(before, "syaratnya apa saja ya pak", knowledge(heard=same))
    assert turn.session.later == ()
    assert turn.session.draft is not None
    assert "syaratnya" in turn.session.draft.description


def test_more_of_a_complaint_without_a_place_is_no_matter_of_its_own() -> None:
    turn = play(at_read_back(), "tiangnya juga sudah keropos parah", knowledge(heard=heard("jalan_rusak")))
    assert turn.session.later == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("apa bedanya anonim sama rahasia?", "RAHASIA"),
        ("laporan saya dibaca wali kota ga?", "Laporan dibaca dulu"),
        ("bisa lapor pakai bahasa sunda?", "bahasa Indonesia, Sunda"),
        ("boleh nambah foto nanti?", "foto"),
    ],
)
def test_a_question_about_the_service_is_answered_at_the_read_back(text: str, told: str) -> None:
    sounds = heard("perilaku_aparatur", kind="permintaan_informasi", kind_confidence=0.97)
    turn = play(at_read_back(), text, knowledge(heard=sounds))
    assert told in shown(turn).text
    assert "Laporan yang sedang ditulis masih ada" in shown(turn).text
    assert turn.session.draft == draft()


def test_a_complaint_with_its_place_beside_a_question_waits_for_its_turn() -> None:
    asked = at_read_back(kind="permintaan_informasi", category="ketenagakerjaan", place=None, place_words="")
    turn = play(asked, "jalan rusak di jl cikutra depan widyatama", knowledge(heard=COMPLAINT))
    assert turn.session.draft == asked.draft
    (later,) = turn.session.later
    assert (later.category, later.kind, later.place) == ("jalan_rusak", "pengaduan", STREET)


def test_more_about_the_matter_of_a_question_stays_with_it() -> None:
    asked = at_read_back(kind="permintaan_informasi", category="jalan_rusak", place=None, place_words="")
    turn = play(asked, "yang rusak di jl cikutra depan widyatama", knowledge(heard=COMPLAINT))
    assert not turn.session.later
