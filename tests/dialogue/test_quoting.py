"""A long letter is read back without its formulas, and that it is shortened is said; every word is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.steps.quoting import QUOTE, quoted
from tests.makers import STREET, heard, knowledge, play, session, shown

HEART = (
    "Lampu jalan di Jalan Cikutra dekat masjid sudah dua minggu mati sehingga gelap sekali dan warga takut lewat. Kami sudah"
    " menyampaikannya ke RT."
)
LETTER = (
    f"Assalamualaikum wr wb.\nKepada Yth Bapak Walikota di tempat.\nDengan hormat,\nPerkenalkan saya warga Cikutra.\n{HEART} Demikian"
    " surat ini kami sampaikan. Atas perhatian Bapak kami ucapkan terima kasih.\nWassalam.\nHormat saya, seorang warga"
)


def test_a_short_message_is_quoted_whole_with_its_greeting() -> None:
    assert (
        quoted("Assalamualaikum, lampu mati di cikutra. Terima kasih.")
        == "Assalamualaikum, lampu mati di cikutra. Terima kasih."
    )


def test_a_letter_is_quoted_without_its_formulas() -> None:
    assert len(LETTER) > QUOTE
    assert quoted(LETTER) == HEART


def test_a_letter_that_is_only_formulas_is_quoted_all_the_same() -> None:
    text = "Assalamualaikum wr wb. " * 20
    assert quoted(text)


@given(st.text(min_size=1, max_size=900))
def test_a_quotation_is_never_longer_than_it_may_be(text: str) -> None:
    assert len(quoted(text)) <= max(QUOTE + 1, min(len(text), QUOTE))


@pytest.mark.parametrize(("text", "shortened"), [(LETTER, True), ("lampu mati di cikutra", False)])
def test_that_it_is_shortened_is_said_and_nothing_is_lost(text: str, shortened: bool) -> None:
    turn = play(session(), text, knowledge(heard=heard(place=STREET)))
    assert ("Tulisan Anda kami persingkat" in shown(turn).text) is shortened
    assert turn.session.draft is not None
    assert turn.session.draft.description == text
