"""Praise is told apart from complaints, wishes and questions that have kind words in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.praise_words import SPOILING, praises
from tests.makers import heard, knowledge, play, session, shown


@pytest.mark.parametrize(
    "text",
    [
        "saya mau ngasih masukan aja sih, taman di dago bagus banget sekarang, makasih ya pemkot",
        "taman lansia sekarang bersih banget, keren dinas kebersihannya",
        "jalan cihampelas udah mulus, mantap pak wali",
        "nuhun ah pemkot jalan gerlong tos sae",
        "salut sama petugas damkar yang cepat datang ke antapani tadi malam",
        "terima kasih pju di sarijadi sudah nyala lagi",
        "the park looks really lovely, good job",
    ],
)
def test_what_is_well_is_praised(text: str) -> None:
    assert praises(text)


@pytest.mark.parametrize(
    "text",
    [
        "taman dago bagus banget tapi lampunya mati",
        "bagus sekali kalau ada taman di sini",
        "kapan jalan cihampelas mulus?",
        "terima kasih, mohon jalan cikutra diperbaiki",
        "makasih ya, sampahnya belum diangkut",
        "jalan sekarang rusak lagi",
        "terima kasih sudah merespon, tumpukan sampah di cihaurgeulis banyak lalatnya",
        "makasih infonya, sekarang lampu di cisitu padam",
        "lampu jalan mati di cisitu",
        "terima kasih",
        "",
    ],
)
def test_a_complaint_a_wish_and_a_question_are_no_praise(text: str) -> None:
    assert not praises(text)


@given(st.sampled_from(sorted(SPOILING - {"lagi", "deui"})))
def test_one_word_of_trouble_spoils_it(word: str) -> None:
    assert not praises(f"makasih taman di dago bagus banget sekarang {word}")


def test_praise_is_answered_and_nothing_is_begun() -> None:
    turn = play(
        session(),
        "taman di dago bagus banget sekarang, makasih",
        knowledge(heard=heard("pohon_taman", kind="aspirasi", kind_confidence=0.5)),
    )
    assert "Terima kasih apresiasinya" in shown(turn).text
    assert turn.session.draft is None


@pytest.mark.parametrize("kind", ["pengaduan", "aspirasi"])
def test_what_is_read_as_a_report_beyond_doubt_is_one(kind: str) -> None:
    told = heard("pohon_taman", kind=kind, kind_confidence=0.95)
    turn = play(session(), "taman di dago bagus banget sekarang, makasih", knowledge(heard=told))
    assert turn.session.draft is not None
