"""What a message is for the others, told by its words alone."""

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue.batches.echoes import agrees
from bot.dialogue.batches.neighbourly import is_notice, speaks_of_danger
from bot.dialogue.batches.parts import parts_of
from bot.dialogue.batches.roles import Role
from bot.dialogue.knowledge import Heard
from tests.dialogue.batches.makers import CHATTER, photo, pin, said, scene, unclear, voice
from tests.makers import PASAR, danger, heard

TALK = {"kind": "bukan_laporan", "kind_confidence": 0.95}


def less_sure(category: str, **more: Any) -> Heard:
    """Sure of a category, but not without doubt."""
    return replace(heard(category, **more), categories=((category, 0.8), ("lainnya", 0.1)))


def role(words: str, understood: Heard) -> Role:
    (part,) = parts_of(scene(), [said(1, words, understood)])
    return part.role


@pytest.mark.parametrize(
    ("words", "understood", "is_a"),
    [
        ("lampu jalan mati sejak kemarin malam", heard("pju"), Role.PROBLEM),
        ("sampah numpuk", heard("sampah", **TALK), Role.PROBLEM),
        ("iya sampah numpuk", heard("sampah", **TALK), Role.DETAIL),
        ("nanti kita bicarakan di grup saja ya", heard("sampah", **TALK), Role.JEST),
        ("nanti kita bicarakan di grup saja ya", CHATTER, Role.CHATTER),
        ("di sini juga sama", CHATTER, Role.DETAIL),
        ("sama kayak di atas, gelap", heard("pju"), Role.PROBLEM),
        ("tapi yang di pasar cihapit masih mati", unclear(place=PASAR, place_words="pasar cihapit"), Role.PROBLEM),
        ("persis depan bengkel las", heard("pencemaran"), Role.PLACE),
        ("serius pak, di pasar cihapit", less_sure("jalan_rusak", place=PASAR, place_words="pasar cihapit"), Role.PLACE),
        ("mantap pak rw", CHATTER, Role.CHATTER),
        ("tolong segera ditindaklanjuti", heard("lainnya", sure=False), Role.CHATTER),
        ("tolong segera perbaiki jalan", heard("jalan_rusak"), Role.PROBLEM),
        ("tapi udah diangkut tadi pagi", heard("sampah"), Role.CHATTER),
        ("udah diangkut tapi numpuk lagi", heard("sampah"), Role.PROBLEM),
        ("itu suara knalpot brong", heard("trantibum"), Role.PROBLEM),
        ("di blok q3 bersih kok", heard("air_bersih"), Role.CHATTER),
        ("alhamdulillah di sini air ngocor", heard("air_bersih"), Role.CHATTER),
        ("plat nomernya berapa", heard("angkutan_umum"), Role.CHATTER),
        ("3 hari berturut2", CHATTER, Role.DETAIL),
        ("nu di pasar cihapit oge bolong", heard("jalan_rusak", place=PASAR, place_words="pasar cihapit"), Role.PROBLEM),
        ("itu mah di belakang pasar cihapit ya", heard("pasar_harga", place=PASAR, place_words="belakang pasar cihapit"), Role.PLACE),
        ("iya betul belakang pasar cihapit", heard("pasar_harga", place=PASAR, place_words="belakang pasar cihapit"), Role.PLACE),
        ("ini dari grup sebelah", CHATTER, Role.CHATTER),
        ("lampu di jalan itu udah nyala lagi", heard("pju"), Role.CHATTER),
        ("sampah udah seminggu ga diangkut", heard("sampah"), Role.PROBLEM),
        ("hahaha", CHATTER, Role.CHATTER),
        ("terima kasih", CHATTER, Role.CHATTER),
        ("dekat pos ronda rw 07 ya", unclear(), Role.PLACE),
        ("yang depan warung bu imas", unclear(), Role.PLACE),
        ("pasar cihapit", unclear(place=PASAR, place_words="pasar cihapit"), Role.PLACE),
        ("rumah saya kemasukan air dari atas di pasar cihapit", unclear(place=PASAR, place_words="pasar cihapit"), Role.PROBLEM),
        ("sudah dilaporkan belum?", heard("pju", sure=False, kind="permintaan_informasi"), Role.CHATTER),
        ("syarat bikin kk baru gimana", heard("adminduk", kind="permintaan_informasi"), Role.PROBLEM),
        ("kebakaran di belakang", danger(), Role.PROBLEM),
        ("nanti saya teruskan ya bapak ibu", replace(danger("jiwa"), kind="bukan_laporan", kind_confidence=0.99), Role.CHATTER),
        ("saya teruskan, ada kebakaran di belakang", danger(), Role.PROBLEM),
        ("yang dekat jembatan", less_sure("jalan_rusak"), Role.PLACE),
        ("depan rumah saya banjir", less_sure("drainase"), Role.PROBLEM),
        ("vn tadi soal angkot ngetem", heard("angkutan_umum", **TALK), Role.PROBLEM),
        ("vn-nya ga kebuka bu", CHATTER, Role.CHATTER),
    ],
)  # fmt: skip
def test_words_are_a_problem_a_place_or_talk(words: str, understood: Heard, is_a: Role) -> None:
    assert role(words, understood) is is_a


def test_other_messages_are_what_they_are() -> None:
    found = parts_of(scene(), [photo(1), voice(2), pin(3)])
    assert [part.role for part in found] == [Role.FILE, Role.VOICE, Role.PIN]


def test_pictures_in_a_row_are_one_part_unless_somebody_else_sent_them() -> None:
    assert [part.items for part in parts_of(scene(), [photo(1), photo(2)])] == [(1, 2)]
    by_two = [photo(1, author="a"), photo(2, author="b")]
    assert [part.items for part in parts_of(scene(), by_two)] == [(1,), (2,)]


def test_the_messages_of_an_album_are_one_part_though_others_came_between() -> None:
    found = parts_of(scene(), [photo(1, album="x"), said(2, "lampu mati"), photo(3, album="x")])
    assert [part.items for part in found] == [(1, 3), (2,)]


@pytest.mark.parametrize(
    "words",
    [
        "ada posyandu",
        "jual cilok",
        "siapa yang punya tangga?",
        "kerja bakti minggu pagi",
        "ada yang mau tangga?",
    ],
)
def test_notices_and_questions_to_each_other_are_told_unless_they_surely_complain(words: str) -> None:
    assert is_notice(words, heard("sampah", kind_confidence=0.5))
    assert not is_notice(words, heard("sampah", kind_confidence=0.95))


@pytest.mark.parametrize("words", ["yang mana?", "rumah nomor berapa ya", "iraha kang"])
def test_a_short_question_back_is_for_whoever_wrote_before(words: str) -> None:
    assert is_notice(words, heard("sampah", kind_confidence=0.95))


@pytest.mark.parametrize(
    "words", ["Pengumuman: besok penyemprotan nyamuk", "Undangan rapat RW", "info: PDAM mati besok, iuran tetap"]
)
def test_what_is_announced_for_a_day_to_come_is_no_complaint_whatever_it_speaks_of(words: str) -> None:
    assert is_notice(words, heard("kesehatan", kind_confidence=0.99))
    assert not is_notice(f"sampah numpuk dari {words.rsplit(maxsplit=1)[-1]}", heard("sampah", kind_confidence=0.99))


def test_danger_is_believed_but_of_the_dead() -> None:
    assert speaks_of_danger("ada yang tertabrak", danger("medis"))
    assert not speaks_of_danger("lampu mati", heard("pju"))
    assert not speaks_of_danger("lampu mati", None)


@pytest.mark.parametrize(
    ("words", "goes_along"), [("iya disini juga", True), ("muhun poek", True), ("lampu mati", False), ("", False)]
)
def test_who_agrees_begins_so(words: str, goes_along: bool) -> None:
    assert agrees(words) is goes_along
