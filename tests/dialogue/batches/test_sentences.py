"""Corrections told in whole sentences, in either order; stories and refusals are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.batches import wanted as typed
from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.batches.sentences import speaks_of_lines
from bot.dialogue.batches.wanted import Correction
from bot.dialogue.engine import advance
from bot.dialogue.events import TextSent
from bot.dialogue.session import Batch, Line
from tests.makers import draft, heard, knowledge, session

GONE = Correction(typed.REMOVE, (2,))


@pytest.mark.parametrize(
    "text",
    [
        "2 dihapus saja sudah diangkut", "yang 2 hapus", "tolong hapusin yang nomor 2 ya", "nomor dua buang aja", "mohon buang no. 2",
        "laporan 2 coret", "yang kedua udah dibetulkan warga, hapus aja", "nomor 2 jangan ikut dikirim", "tidak usah kirim yang 2",
        "batalkan yang nomor 2", "2 batalin", "piceun we nu 2", "nu kadua pupus wae", "nu 2 ulah dikintun", "nomer 2 teu kedah dikintun",
        "punten pupus nomer 2", "number 2 delete please", "can you remove number 2",
    ],
)  # fmt: skip
def test_a_line_is_taken_out_in_either_order(text: str) -> None:
    assert corrections_in(text) == (GONE,)


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("kategori 2 ganti jadi sampah", "category", "sampah"),
        ("tolong ubah kategori nomor 2 menjadi drainase", "category", "drainase"),
        ("nomor 2 kategorinya salah, harusnya parkir liar", "category", "parkir liar"),
        ("robih kategori nu 2 janten jalan ruksak", "category", "jalan ruksak"),
        ("nu 2 tempatna di pengker masjid", "place", "di pengker masjid"),
        ("yang kedua alamatnya keliru, yang bener jalan cikutra no 12", "place", "jalan cikutra no 12"),
        ("lokasi nomor 2 harusnya depan pasar", "place", "depan pasar"),
        ("yang 2 keliru, seharusnya di jalan riau", "", "di jalan riau"),
        ("nomor 2 bukan lampu tapi kabel", "", "kabel"),
        ("yang 2 bukan di jalan riau, di jalan cikutra", "", "di jalan cikutra"),
        ("2 tuh yang bener kategorinya parkir", "category", "parkir"),
        ("nu 2 sanes sampah", "", ""),
        ("number 2 is wrong, should be jalan cikutra", "", "jalan cikutra"),
        ("kategori nomor 2 salah", "category", ""),
        ("nomor 2 fotonya tertukar", "", ""),
    ],
)
def test_what_a_line_should_be_is_told_in_a_sentence(text: str, part: str, words: str) -> None:
    assert corrections_in(text) == (Correction(typed.CHANGE, (2,), part, words),)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kirim yang 2 saja", Correction(typed.ONLY, (2,))),
        ("yang dikirim cuma nomor 1 dan 3", Correction(typed.ONLY, (1, 3))),
        ("kintun nu 2 wae", Correction(typed.ONLY, (2,))),
        ("1 dan 3 gabungin aja", Correction(typed.JOIN, (1, 3))),
        ("yang 1 dan 3 jadikan satu aja", Correction(typed.JOIN, (1, 3))),
        ("nomor 1 sama 3 itu sama", Correction(typed.JOIN, (1, 3))),
        ("nu 1 jeung nu 3 hijikeun", Correction(typed.JOIN, (1, 3))),
        ("nomor 2 dipisah aja", Correction(typed.SPLIT, (2,))),
        ("nomor 2 punya tetangga", Correction(typed.NEIGHBOURS, (2,))),
        ("yang 2 laporan saya", Correction(typed.MINE, (2,))),
        ("yang 2 sudah aman", Correction(typed.SAFE, (2,))),
        ("c itu laporan", Correction(typed.TAKE_IN, (3,))),
        ("tolong masukin juga yang b", Correction(typed.TAKE_IN, (2,))),
        ("a jeung c teh laporan", Correction(typed.TAKE_IN, (1, 3))),
        ("eh balikin lagi, yang tadi bener", Correction(typed.UNDO)),
        ("wangsulkeun deui", Correction(typed.UNDO)),
    ],
)
def test_whatever_else_is_wanted_of_lines(text: str, wanted: Correction) -> None:
    assert corrections_in(text) == (wanted,)


def test_lines_are_corrected_each_in_its_own_words() -> None:
    found = corrections_in("1 hapus aja, 2 jalan cisitu lama, nomor 3 kategorinya salah harusnya sampah")
    assert [(each.what, each.lines, each.words) for each in found] == [
        (typed.REMOVE, (1,), ""), (typed.ANSWER, (2,), "jalan cisitu lama"), (typed.CHANGE, (3,), "sampah")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "jangan hapus nomor 2", "hapus 2, eh ga jadi", "no 1 dan 2 beda kok. eh gak jadi", "nu 2 ulah dipupus",
        "nomor 2 ga dikirim?", "1 dan 2 bukan satu masalah, itu beda", "kirim 2 laporan saya ke dinas mana",
    ],
)  # fmt: skip
def test_what_is_refused_taken_back_or_asked_changes_nothing(text: str) -> None:
    removed = [each for each in corrections_in(text) if each.what != typed.ANSWER]
    assert removed == []


@pytest.mark.parametrize(
    "text",
    [
        "2 minggu sampah ga diangkut, tolong buang", "lampu di gang 2 mati, hapus coretannya juga", "saya 2 kali jatuh di situ",
        "coretan di tembok no 2 tolong dihapus", "3 orang jatuh gabung sama motor", "tetangga saya buang sampah di kali",
    ],
)  # fmt: skip
def test_a_story_with_a_number_is_not_about_lines(text: str) -> None:
    assert not speaks_of_lines(text)
    assert all(each.what == typed.ANSWER for each in corrections_in(text))


@pytest.mark.parametrize(
    "text", ["2 depan tempat buang sampah", "2 tempat pembuangan sampah cicabe", "2 jalan pisahan"]
)
def test_a_place_that_sounds_like_a_wish_is_still_a_place(text: str) -> None:
    assert corrections_in(text) == (Correction(typed.ANSWER, (2,), words=text[2:]),)


@given(
    st.lists(
        st.sampled_from(
            "2 3 b nomor nu hapus pupus jangan ulah kirim saja kategori tempatna salah harusnya di jalan , . eh ga jadi sama".split()
        ),
        max_size=9,
    )
)
def test_any_order_of_such_words_is_read_without_harm(words: list[str]) -> None:
    for each in corrections_in(" ".join(words)):
        assert each.lines or each.what == typed.UNDO
        assert all(isinstance(line, int) for line in each.lines)


def test_a_line_called_no_three_tells_no_language() -> None:
    talk = session(step="batch", language="id", batch=Batch((Line(draft(), (1,)), Line(draft(), (2,)))))
    know = knowledge(heard=heard("pju", language="en"))
    assert advance(talk, TextSent("no 2 tetangga, no 1 saya"), know).session.language == "id"
    assert advance(talk, TextSent("number 2 is my own report"), know).session.language == "en"
