"""The words with which people take back what they sent."""

import pytest

from bot.dialogue.taking_back_words import (
    brings_photo_later,
    has_no_photo,
    hides_name,
    hides_something,
    shows_name,
    wants_erased,
    wants_withdrawn,
)


@pytest.mark.parametrize(
    "text", ["batalin aja laporannya", "mau cabut aduan saya", "pupus laporan abdi", "please withdraw my report"]
)
def test_a_report_is_to_be_withdrawn(text: str) -> None:
    assert wants_withdrawn(text, number=False)


@pytest.mark.parametrize(
    "text",
    [
        "jangan hapus laporan saya",
        "kenapa laporan saya dihapus",
        "hapus data saya",
        "laporan saya belum ditanggapi",
        "batal",
    ],
)
def test_other_words_withdraw_nothing(text: str) -> None:
    assert not wants_withdrawn(text, number=False)


def test_with_a_number_the_word_for_a_report_may_be_missing() -> None:
    assert wants_withdrawn("batalkan BDG-261124-0001-0", number=True)
    assert not wants_withdrawn("batalkan", number=False)


@pytest.mark.parametrize("text", ["tolong hapus semua data saya ya", "pupus data abdi", "delete my account please"])
def test_data_are_to_be_erased(text: str) -> None:
    assert wants_erased(text)


@pytest.mark.parametrize(
    "text", ["hapus laporan saya", "data saya aman ga", "data bansos saya dihapus kelurahan", "hapus"]
)
def test_other_words_about_data_erase_nothing(text: str) -> None:
    assert not wants_erased(text)


@pytest.mark.parametrize(
    "text",
    [
        "nama saya jangan disebut ya",
        "ulah nembongkeun nami, sumputkeun",
        "rahasiakan identitas saya",
        "don't show my name",
    ],
)
def test_a_name_is_to_be_hidden(text: str) -> None:
    assert hides_name(text)


@pytest.mark.parametrize("text", ["tampilkan nama saya", "nama jalannya tidak ada", "jangan buang sampah di sini"])
def test_other_words_hide_no_name(text: str) -> None:
    assert not hides_name(text)


def test_a_name_may_be_shown() -> None:
    assert shows_name("nama saya tampilkan aja")
    assert not shows_name("nama saya jangan ditampilkan")
    assert not shows_name("nama jalan tidak tampil di peta")


def test_something_else_may_be_hidden() -> None:
    assert hides_something("no hp saya jangan disebarkan")
    assert not hides_something("nama saya jangan disebar")
    assert not hides_something("jangan lama-lama")


@pytest.mark.parametrize("text", ["gak ada fotonya", "teu gaduh poto", "euweuh", "belum ada", "ga sempat foto"])
def test_there_is_no_photo(text: str) -> None:
    assert has_no_photo(text)


@pytest.mark.parametrize("text", ["ini fotonya", "lampunya tidak ada sama sekali di sana", "ada"])
def test_other_answers_bring_one_or_tell_more(text: str) -> None:
    assert not has_no_photo(text)


@pytest.mark.parametrize(("text", "later"), [("fotonya nanti ya", True), ("poto nyusul", True), ("nanti saja", False)])
def test_a_photo_may_come_later(text: str, later: bool) -> None:
    assert brings_photo_later(text) is later
