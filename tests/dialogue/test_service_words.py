"""Which questions about the service itself are known, and which words are none."""

from dataclasses import replace

import pytest

from bot.dialogue.service_words import TOPICS, topic_in
from bot.dialogue.texts import speech_for
from tests.makers import (
    CITY,
    OUTSIDE,
    STREET,
    at_read_back,
    draft,
    heard,
    knowledge,
    play,
    session,
    shown,
    unclear,
    values,
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("lapor di sini gratis kan?", "service_free"),
        ("naha ngalapor teh mayar?", "service_free"),
        ("is this service free?", "service_free"),
        ("boleh lapor tanpa nama?", "service_name"),
        ("gimana cara ngubah nama jadi ga anonim", "service_name"),
        ("identitas saya dirahasiakan ga", "service_name"),
        ("do i have to give my name to report?", "service_name"),
        ("data saya aman ga?", "service_data"),
        ("laporan saya dibaca siapa?", "service_readers"),
        ("harus pakai foto ga kalau lapor", "service_photo"),
        ("bisa lapor malam hari?", "service_hours"),
        ("berapa lama laporan ditangani", "service_how_long"),
        ("apa aja yang bisa dilaporkan", "service_what"),
        ("kumaha carana ngalapor", "phrase.first_time"),
        ("ieu teh robot lain?", "service_robot"),
        ("ini nomor resmi?", "service_official"),
        ("bayar ga?", "service_free"),
        ("kedah mayar henteu?", "service_free"),
        ("how much does it cost?", "service_free"),
        ("siapa yang ngurus laporannya", "service_readers"),
        ("laporan saya dibaca wali kota ga?", "service_readers"),
        ("ini ke dinas mana?", "service_readers"),
        ("dibaca ga sih?", "service_readers"),
        ("who handles this?", "service_readers"),
        ("berapa lama prosesnya?", "service_how_long"),
        ("kira kira lama ga", "service_how_long"),
        ("emang ditanggapi?", "service_how_long"),
        ("percuma ga lapor di sini", "service_how_long"),
        ("teras kumaha?", "service_how_long"),
        ("laporan bisa dibatalin ga?", "service_change"),
        ("can I cancel?", "service_change"),
        ("warga luar kota boleh lapor?", "service_anyone"),
        ("boleh laporin buat tetangga ga", "service_for_others"),
        ("bisa lapor berapa kali?", "service_often"),
        ("bisa telpon aja ga?", "service_call"),
        ("ieu teh kanggo naon?", "phrase.first_time"),
        ("siapa ini?", "service_robot"),
        ("ada orang ga", "service_robot"),
        ("ini bener nomor pemkot?", "service_official"),
        ("kirim foto boleh?", "service_photo"),
        ("siapa yang bakal ngecek?", "service_readers"),
    ],
)
def test_a_question_about_the_service_has_an_answer(text: str, topic: str) -> None:
    assert topic_in(text) == topic


@pytest.mark.parametrize(
    "text",
    [
        "lampu jalan mati",
        "kenapa jalan saya rusak terus?",
        "parkir di sini bayar terus padahal resmi",
        "nama jalannya jalan cikutra",
        "sampah numpuk di sini, tolong",
        "kapan jalannya dibenerin?",
        "tiang listrik bisa dipindah ga?",
        "parkir di pasar bayar ga?",
        "boleh pinjam lapangan ga",
        "bayar retribusi sampah ke siapa",
        "kantor dinas sosial di mana?",
        "bisa ganti nama di ktp ga?",
        "foto",
        "",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert topic_in(text) == ""


def test_a_long_story_is_no_question_about_the_service() -> None:
    assert (
        topic_in("apakah lapor di sini bayar? " + "soalnya kemarin waktu saya ke sana ada yang minta uang " * 2) == ""
    )


@pytest.mark.parametrize("language", CITY.languages)
def test_every_answer_stands_in_every_language(language: str) -> None:
    answers = {topic.answer for topic in TOPICS}
    assert len({speech_for(CITY, language).say(answer) for answer in answers}) == len(answers)


def test_it_is_answered_and_nothing_is_begun() -> None:
    turn = play(session(), "lapor di sini gratis kan?", knowledge(heard=unclear()))
    assert shown(turn).text.startswith("Gratis.")
    assert turn.session.draft is None


def test_beside_a_draft_it_is_answered_and_the_question_stays() -> None:
    turn = play(at_read_back(), "lapor di sini gratis kan?", knowledge(heard=unclear()))
    assert shown(turn).text.startswith("Gratis.")
    assert turn.session.draft == draft()
    assert {"send", "change", "cancel"} <= set(values(turn))


@pytest.mark.parametrize("what", [heard("adminduk"), unclear(place=STREET)])
def test_who_tells_a_problem_or_a_place_with_it_is_taken_for_a_report(what: object) -> None:
    turn = play(session(), "lapor bikin ktp di sini bayar, kok bisa?", knowledge(heard=what))
    assert not shown(turn).text.startswith("Gratis.")
    assert turn.session.draft is not None


def test_who_asks_about_reporting_from_another_city_tells_no_place_of_a_problem() -> None:
    city = replace(OUTSIDE, kind="kota", name="Kota Cimahi")
    turn = play(session(), "saya warga luar kota bandung boleh lapor?", knowledge(heard=unclear(place=city)))
    assert shown(turn).text.startswith("Boleh. Siapa saja boleh lapor")
    assert turn.session.draft is None
