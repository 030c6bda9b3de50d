"""The words with which people ask how their report stands, and set one right that is filed."""

import pytest

from bot.dialogue.news_words import (
    asks_about_the_matter,
    asks_how_it_stands,
    puts_filed_right,
    sets_right,
    speaks_of_standing,
    waits_for_news,
)

NEWS = [
    "laporan saya gimana kabarnya",
    "progresnya gmn min",
    "udah beres belum kak?",
    "masih diproses ya?",
    "ada kabar?",
    "kapan petugasnya datang",
    "aya wartos teu acan?",
    "atos dugi ka mana?",
    "laporan abdi tos dugi ka mana",
    "iraha didamelna?",
    "has it been repaired yet?",
    "any news on my report?",
    "how long will it be",
    "berapa lama biasanya?",
    "udah ada yg ngecek belum",
    "trus gimana?",
    "tos dikintun can?",
    "udah masuk belum?",
    "iraha dileresanana",
    "sampai kapan ya nunggunya",
    "kudu nungguan sabaraha lami deui?",
    "how long do we have to wait?",
]
OTHERS = [
    "apa kabar",
    "kumaha damang",
    "lapor ke mana ya?",
    "saya mau lapor",
    "sudah selesai",
    "lampu jalan mati belum diperbaiki",
    "sampah belum diangkut",
    "sampai mana jalan yang rusak",
    "cek",
    "belum ada",
    "saya tunggu",
    "nunggu angkot di halte cicaheum",
    "",
]


@pytest.mark.parametrize("text", NEWS)
def test_news_are_asked_for_in_every_language(text: str) -> None:
    assert asks_how_it_stands(text) or asks_about_the_matter(text)


@pytest.mark.parametrize("text", OTHERS)
def test_a_greeting_a_problem_and_a_statement_ask_for_no_news(text: str) -> None:
    assert not asks_how_it_stands(text)
    assert not asks_about_the_matter(text)


@pytest.mark.parametrize(
    "text", ["lampunya kapan dibenerin", "lubangnya udh ditambal blm", "kapan sampahnya diangkut?"]
)
def test_a_short_question_may_name_the_matter(text: str) -> None:
    assert asks_about_the_matter(text)
    assert not asks_how_it_stands(text)


@pytest.mark.parametrize("word", ["dbenerin", "dibnerin", "dprbaiki", "dtangani", "direngskeun"])
def test_a_deed_is_known_without_its_vowels(word: str) -> None:
    assert asks_how_it_stands(f"kapan {word}")


def test_a_question_of_many_words_is_a_story() -> None:
    assert not asks_how_it_stands("kapan " * 11 + "diperbaiki")


@pytest.mark.parametrize(
    ("text", "names"), [("statusnya gimana", True), ("cek laporan", True), ("kapan beres?", False)]
)
def test_some_questions_name_what_they_are_about(text: str, names: bool) -> None:
    assert speaks_of_standing(text) is names


@pytest.mark.parametrize(
    "text",
    [
        "eh lokasinya bukan di taman, di lapang",
        "kategorinya keliru",
        "hapunten alamatna lepat",
        "bukan jalan braga tapi jalan naripan",
        "sanes di dieu, kuduna di simpang",
        "sorry the location is wrong",
        "not the bridge but the tunnel",
    ],
)
def test_a_part_is_set_right(text: str) -> None:
    assert sets_right(text)


@pytest.mark.parametrize(
    "text",
    [
        "bukan cuma jalannya, tapi trotoar juga rusak",
        "tempat sampah salah satu pecah",
        "tidak ada lampu tapi ada tiang",
        "jalannya rusak di depan pasar, tadi bukan di situ",
        "lokasinya dekat masjid",
    ],
)
def test_more_problems_and_bare_places_set_nothing_right(text: str) -> None:
    assert not sets_right(text)


@pytest.mark.parametrize("text", ["laporan saya kemarin soal sampah kok belum ada kabar", "teu acan aya wartos deui"])
def test_who_misses_news_waits_for_some_whatever_else_they_say(text: str) -> None:
    assert waits_for_news(text)


def test_a_story_and_a_problem_wait_for_none() -> None:
    assert not waits_for_news("sampah di pasar belum diangkut")
    assert not waits_for_news("belum ada kabar " + "padahal saya sudah menulis panjang sekali tentang ini " * 3)


@pytest.mark.parametrize("text", ["bukan sampah tapi drainase", "eh salah, harusnya gang 5", "lokasinya salah"])
def test_what_puts_a_filed_report_right(text: str) -> None:
    assert puts_filed_right(text)


def test_more_about_a_filed_report_puts_nothing_right() -> None:
    assert not puts_filed_right("sudah seminggu begini")
