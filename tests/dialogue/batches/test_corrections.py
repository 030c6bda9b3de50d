"""Corrections as people type them, and sentences that are none."""

import pytest

from bot.dialogue.batches import wanted as typed
from bot.dialogue.batches.corrections import corrections_in, spoken
from bot.dialogue.batches.wanted import Correction, letter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gabung 2 3", Correction(typed.JOIN, (2, 3))),
        ("Gabung 2, 3 dan 5", Correction(typed.JOIN, (2, 3, 5))),
        ("gabungkan nomor 2 dengan 3", Correction(typed.JOIN, (2, 3))),
        ("hijikeun dua sareng tilu", Correction(typed.JOIN, (2, 3))),
        ("pisah 4", Correction(typed.SPLIT, (4,))),
        ("HAPUS 5", Correction(typed.REMOVE, (5,))),
        ("hapus 5,6", Correction(typed.REMOVE, (5, 6))),
        ("gabungkeun 2 jeung 3", Correction(typed.JOIN, (2, 3))),
        ("gabung 2-4", Correction(typed.JOIN, (2, 3, 4))),
        ("hapus 2 – 4", Correction(typed.REMOVE, (2, 3, 4))),
        ("hapus nomor 2 sampai 4 dan 6", Correction(typed.REMOVE, (2, 3, 4, 6))),
        ("piceun 1 dugi ka 3", Correction(typed.REMOVE, (1, 2, 3))),
        ("hapus 4-2", Correction(typed.REMOVE, (4, 2))),
        ("gabung 1-99", Correction(typed.JOIN, (*range(1, 30), 99))),
        ("hapus semua", Correction(typed.REMOVE, typed.EVERY)),
        ("gabungkeun sadayana", Correction(typed.JOIN, typed.EVERY)),
        ("tetangga semua", Correction(typed.NEIGHBOURS, typed.EVERY)),
        ("saya 3", Correction(typed.MINE, (3,))),
        ("tetangga 3", Correction(typed.NEIGHBOURS, (3,))),
        ("beda 1", Correction(typed.APART, (1,))),
        ("aman 2", Correction(typed.SAFE, (2,))),
        ("lapor b", Correction(typed.TAKE_IN, (2,))),
        (
            "ubah 2 tempat jalan cisitu lama, gang 3",
            Correction(typed.CHANGE, (2,), "place", "jalan cisitu lama, gang 3"),
        ),
        ("robih 2 kategori drainase", Correction(typed.CHANGE, (2,), "category", "drainase")),
        ("change 1 text the lamp is broken", Correction(typed.CHANGE, (1,), "words", "the lamp is broken")),
        ("ubah 2 sampah menumpuk", Correction(typed.CHANGE, (2,), "", "sampah menumpuk")),
        ("kontak 2 0812 3456 7890", Correction(typed.CONTACT, (2,), words="0812 3456 7890")),
        ("2 jalan cisitu lama", Correction(typed.ANSWER, (2,), words="jalan cisitu lama")),
        ("no. 2: depan pasar", Correction(typed.ANSWER, (2,), words="depan pasar")),
    ],
)
def test_one_correction_is_understood_however_it_is_typed(text: str, wanted: Correction) -> None:
    assert corrections_in(text) == (wanted,)


def test_several_places_stand_in_one_message() -> None:
    found = corrections_in("2 jalan cisitu lama, 4 depan pasar cihapit\n5. gang haji")
    assert [(each.lines, each.words) for each in found] == [
        ((2,), "jalan cisitu lama"), ((4,), "depan pasar cihapit"), ((5,), "gang haji")
    ]  # fmt: skip
    assert spoken("2 jalan cisitu lama, 4 depan pasar cihapit") == ("jalan cisitu lama", "depan pasar cihapit")


def test_several_corrections_stand_in_one_message() -> None:
    found = corrections_in("hapus 5, gabung 2 3; tetangga 1")
    assert [each.what for each in found] == [typed.REMOVE, typed.JOIN, typed.NEIGHBOURS]


@pytest.mark.parametrize(
    "text",
    [
        "saya mau lapor lampu mati", "saya 2 kali jatuh di jalan itu", "tetangga 3 rumah kebanjiran",
        "lapor jalan rusak di cikutra", "tetangga saya ribut", "beda", "hapus", "gabung",
        "sudah 2 minggu lampu mati", "jalan rusak 2 meter", "2", "", "ubah", "warga rw 3 kebanjiran", "gabung kim ABCD",
    ],
)  # fmt: skip
def test_a_sentence_is_no_correction(text: str) -> None:
    assert corrections_in(text) == ()


def test_messages_left_out_are_called_by_letters_that_are_read_back() -> None:
    for number in range(40):
        assert corrections_in(f"lapor {letter(number)}") == (Correction(typed.TAKE_IN, (number + 1,)),)
