"""Pictures that went to the wrong line, in words."""

import pytest

from bot.dialogue.batches.corrections import corrections_in
from bot.dialogue.batches.pictures import put_right
from bot.dialogue.batches.wanted import MOVE_FILES, SWAP, Correction


@pytest.mark.parametrize(
    "words",
    [
        "fotonya ketuker",
        "eh fotonya kebalik",
        "poto na pahili",
        "gambarnya tertukar min",
        "the photos are swapped",
        "ini videonya ketukar deh",
    ],
)
def test_swapped_pictures_need_no_numbers(words: str) -> None:
    assert corrections_in(words) == (Correction(SWAP),)


@pytest.mark.parametrize(
    "words",
    [
        "tukar foto 1 2",
        "foto 1 dan 2 ketuker",
        "TUKEUR POTO 1 2",
        "foto nomor 1 sama nomor 2 tertukar pak",
        "poto no 1 sareng no 2 patukeur",
        "swap photos 1 and 2",
    ],
)
def test_two_lines_may_be_named(words: str) -> None:
    assert corrections_in(words) == (Correction(SWAP, (1, 2)),)


@pytest.mark.parametrize(
    "words",
    [
        "foto 3 harusnya di nomor 1",
        "foto nomor 3 itu buat nomor 1",
        "pindahkan foto 3 ke 1",
        "poto nomer 3 kanggo nomer 1",
        "foto no 3 punya no 1",
        "photo 3 belongs to 1",
    ],
)
def test_pictures_of_one_line_are_moved_to_another(words: str) -> None:
    assert corrections_in(words) == (Correction(MOVE_FILES, (3, 1)),)


@pytest.mark.parametrize(
    "words",
    [
        "fotonya ga ketuker kok",
        "foto 1 2 3 ketuker",
        "lampu ketuker sama tiang",
        "foto 2",
        "ini foto jalan rusak di jalan a nomor 3 dan di jalan b nomor 4, tertukar dengan foto sampah yang di depan pasar",
        "",
    ],
)
def test_other_words_about_pictures_are_none_of_it(words: str) -> None:
    assert put_right(words) is None
