"""What is offered when a category was called wrong, and how another may be typed."""

from dataclasses import replace

import pytest

from bot.dialogue.knowledge import Heard
from bot.dialogue.session import Session
from bot.dialogue.steps.reading import category_spoken_of, options
from bot.dialogue.turn import Scene
from tests.makers import CITY, at_read_back, heard, knowledge, play, session, shown, tap, unclear, values


def asked(**changes: object) -> Session:
    return play(at_read_back(**changes), "ubah kategori").session


def test_what_fits_too_is_offered_and_all_can_be_seen() -> None:
    turn = play(at_read_back(), "ubah kategori")
    assert values(turn) == ("category:sampah", "category:jalan_rusak", "category:lainnya", "category_list")


def test_what_is_most_unlikely_is_not_offered_beside_a_sure_one() -> None:
    sure = heard(categories=(("pju", 0.97), ("sampah", 0.02), ("kemacetan", 0.001)))
    scene = Scene(session(), knowledge(heard=sure))
    assert options(scene, sure) == ("pju", "sampah")
    assert "kemacetan" in options(scene, replace(sure, category_sure=False))


def test_the_list_names_every_category_but_danger_and_the_question_stays() -> None:
    before = asked()
    turn = play(before, tap(before, "category_list"))
    text = shown(turn).text
    labels = {id_: each.button["id"] for id_, each in CITY.categories.items() if not each.retired}
    assert all((label in text) is (id_ != CITY.emergency.category) for id_, label in labels.items())
    assert turn.session.step == "category"
    assert turn.session.draft == before.draft


@pytest.mark.parametrize("text", ["Sampah", "sampah dan kebersihan", "ini soal trotoar", "bukan, parkir liar"])
def test_a_category_is_typed_by_its_name_or_by_one_of_its_parts(text: str) -> None:
    turn = play(asked(), text, knowledge(heard=unclear()))
    assert turn.session.step in ("confirm", "similar")
    assert turn.session.draft is not None
    assert turn.session.draft.category not in ("pju", "lainnya")
    assert turn.session.draft.description == asked().draft.description  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "ya", "kategori", "dan", "lampu jalan di depan rumah saya mati total", "xyz"])
def test_words_that_name_none_or_several_name_nothing(text: str) -> None:
    assert category_spoken_of(Scene(session(), knowledge(heard=unclear())), text) == ""


def test_who_says_what_it_is_instead_of_what_was_read_back_changes_the_category() -> None:
    turn = play(at_read_back(), "bukan lampu tapi jalan berlubang", knowledge(heard=heard("jalan_rusak")))
    assert turn.session.draft is not None
    assert turn.session.draft.category == "jalan_rusak"
    assert turn.session.draft.description.endswith("bukan lampu tapi jalan berlubang")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("bukan itu", heard("jalan_rusak", sure=False)),
        ("bukan itu", heard("pju")),
        ("salah lokasinya", heard("jalan_rusak")),
    ],
)
def test_who_names_no_other_category_is_asked_what_is_to_be_changed_or_taken_at_their_word(
    text: str, read: Heard
) -> None:
    turn = play(at_read_back(), text, knowledge(heard=read))
    assert turn.session.draft is not None
    assert turn.session.draft.category == "pju"


@pytest.mark.parametrize(("confidence", "category"), [(0.97, "jalan_rusak"), (1.0, "pju")])
def test_a_problem_told_anew_gets_its_own_category_unless_the_person_picked_one(
    confidence: float, category: str
) -> None:
    back = play(at_read_back(category_confidence=confidence), "kembali")
    turn = play(back.session, "jalan rusak", knowledge(heard=heard("jalan_rusak")))
    assert turn.session.draft is not None
    assert turn.session.draft.category == category


@pytest.mark.parametrize(
    ("text", "step"), [("kategori", "category"), ("lokasinya", "location"), ("ganti kategori", "category")]
)
def test_the_bare_name_of_a_part_at_the_read_back_opens_that_part(text: str, step: str) -> None:
    assert play(at_read_back(), text).session.step == step


def test_the_same_word_among_others_opens_nothing() -> None:
    turn = play(at_read_back(), "lokasi parkir truk di sana", knowledge(heard=heard("pju")))
    assert turn.session.step != "location"
