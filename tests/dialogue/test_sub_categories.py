"""The sub-category follows the category, whoever chose it and however late."""

from bot.dialogue.session import Session
from bot.dialogue.steps.reading import classified, read
from bot.dialogue.turn import Scene
from tests.makers import draft, heard, knowledge

TOLD = (("jalan_rusak", "lubang_kecil"), ("trantibum", "miras_obat"), ("pju", "tidak_ada"))


def scene(**changes: object) -> Scene:
    return Scene(Session(draft=draft(**changes)), knowledge())


def test_a_category_taken_as_read_comes_with_its_sub_category() -> None:
    empty = scene(description="", category="", sub_options=())
    found = read(empty, "lubang di jalan", heard("jalan_rusak", sub_categories=TOLD)).draft
    assert (found.category, found.sub_category, found.sub_options) == ("jalan_rusak", "lubang_kecil", TOLD)


def test_another_category_takes_the_sub_category_that_the_words_told_for_it() -> None:
    first = classified(scene(sub_options=TOLD), "jalan_rusak")
    assert first.draft.sub_category == "lubang_kecil"
    assert classified(first, "sampah").draft.sub_category == ""
    assert classified(first, "pju").draft.sub_category == ""  # the city has no such sub-category


def test_a_confidential_sub_category_makes_the_report_confidential() -> None:
    assert classified(scene(sub_options=TOLD), "trantibum").draft.privacy == "rahasia"
    assert (
        classified(scene(sub_options=TOLD, privacy="tampil", privacy_chosen=True), "trantibum").draft.privacy
        == "tampil"
    )
    assert classified(scene(), "trantibum").draft.privacy == "anonim"


def test_a_description_told_anew_tells_the_sub_category_anew() -> None:
    before = scene(description="", category="jalan_rusak", sub_category="trotoar_jpo", sub_options=TOLD)
    told = heard("jalan_rusak", sub_categories=(("jalan_rusak", "bekas_galian"),))
    assert read(before, "bekas galian", told).draft.sub_category == "bekas_galian"
    assert read(before, "entah", heard("jalan_rusak")).draft.sub_category == ""


def test_a_stored_session_keeps_what_the_words_told() -> None:
    kept = Session(draft=draft(sub_options=TOLD))
    assert Session.from_json(kept.to_json()) == kept
