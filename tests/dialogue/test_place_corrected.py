"""A place corrected at the read-back changes the place; whatever else is said there does not."""

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue import where_words
from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.session import Draft
from bot.dialogue.turn import Turn
from tests.makers import PASAR, STREET, at_read_back, draft, heard, knowledge, play, shown

GATE = replace(PASAR, name="ITB Ganesha", kelurahan="Lebak Siliwangi", kecamatan="Coblong")
TWO_PARTS = (replace(STREET, kelurahan="Situsaeur"), replace(STREET, kelurahan="Kebon Lega"))


def told(text: str, place: PlaceFound | None, category: str = "lainnya", *, sure: bool = False, **more: Any) -> Turn:
    words = more.pop("place_words", place.name if place else "")
    return play(
        at_read_back(), text, knowledge(heard=heard(category, sure=sure, place=place, place_words=words, **more))
    )


def left(turn: Turn) -> Draft:
    assert turn.session.draft is not None
    return turn.session.draft


@pytest.mark.parametrize(
    "text",
    [
        "tempatnya di gerbang ITB, bukan pasar",
        "lokasina di gerbang ITB",
        "alamatnya ITB ganesha",
        "pindahin ke gerbang ITB",
        "tolong pindahkan lokasinya ke ITB",
        "dipindah ka gerbang ITB atuh",
        "move it to the ITB gate please",
        "oh wait, actually it's near the ITB gate, not the market",
        "di gerbang ITB, sanes di pasar",
        "the place is the ITB gate",
    ],
)
def test_another_place_is_the_place(text: str) -> None:
    turn = told(text, GATE)
    assert left(turn).place == GATE
    assert left(turn).description == draft().description
    assert turn.session.step == "similar"  # whether others told the same is looked up anew


def test_a_word_of_moving_counts_even_where_the_place_sounds_like_a_problem() -> None:
    assert left(told("pindahin ke pasar itb", GATE, "pasar_harga", sure=True)).place == GATE


def test_words_with_nothing_but_a_place_count_even_where_they_sound_like_a_problem() -> None:
    turn = told("actually it is in front of ITB Ganesha, not there", GATE, "bangunan_tata_ruang", sure=True)
    assert left(turn).place == GATE


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("tempat sampah depan ITB juga penuh", "sampah"),
        ("tiang listriknya pindahin dong yang di ITB", "utilitas_kabel"),
    ],
)
def test_another_problem_somewhere_else_moves_nothing(text: str, category: str) -> None:
    assert left(told(text, GATE, category, sure=True)).place == PASAR


def test_a_long_story_moves_nothing() -> None:
    story = "tempatnya memang gelap dari dulu dan saya sudah tiga kali lapor ke ITB tapi tidak ada yang datang juga"
    assert left(told(story, GATE)).place == PASAR


def test_a_street_in_two_kelurahan_is_asked_about() -> None:
    long = heard("lainnya", sure=False, place=replace(STREET, kelurahan=""), place_options=TWO_PARTS)
    before = at_read_back(description="lampu jalan mati")
    turn = play(before, "lokasinya di jalan cikutra", knowledge(heard=long))
    assert turn.session.step == "location"
    assert left(turn).place_options == TWO_PARTS


def test_a_street_that_no_map_knows_is_asked_about() -> None:
    turn = told("pindahin ke jalan anu raya", None, place_words="jalan anu raya")
    assert (turn.session.step, left(turn).place) == ("location", None)
    assert left(turn).place_words == "jalan anu raya"


def test_what_stands_beside_it_is_added_to_the_place() -> None:
    turn = told("tempatnya sebelah warung bu tini", None, place_words="sebelah warung bu tini")
    assert left(turn).place == PASAR
    assert "sebelah warung bu tini (Pasar Cihapit" in shown(turn).text


def test_a_dark_place_is_part_of_the_story() -> None:
    turn = told("tempatnya gelap banget kalau malam", None)
    assert left(turn).description.endswith("gelap banget kalau malam")
    assert left(turn).place == PASAR


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("tempatnya di pasar", True), ("lokasi salah", True), ("tempat sampah penuh", False), ("alamat di riau", True)],
)
def test_the_place_is_spoken_of_by_its_name(text: str, speaks: bool) -> None:
    assert where_words.speaks_of_the_place(text) is speaks


def test_words_that_correct_are_not_shown_with_the_place() -> None:
    assert all(map(where_words.beside_the_point, "bukan disitu alamatna salah lokasinya".split()))
    assert not where_words.beside_the_point("warung")


@pytest.mark.parametrize(
    "text", ["di depan balai rw", "deket pos ronda", "gigireun warung Bu Imas", "opposite the school gate"]
)
def test_what_stands_there_is_joined_with_the_place(text: str) -> None:
    turn = told(text, None)
    assert left(turn).place == draft().place
    assert left(turn).place_words.endswith(text)
    assert left(turn).description == draft().description


@pytest.mark.parametrize("text", ["di depan juga gelap sekali", "sudah dua minggu"])
def test_more_of_the_story_is_no_part_of_the_place(text: str) -> None:
    problem = told(text, None, "pju", sure=True)
    assert text not in left(problem).place_words
