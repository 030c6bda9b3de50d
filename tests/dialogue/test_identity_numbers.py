"""A NIK or a family card's number is recognised however it is written, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.effects import AddToReport, OpenReport, Say
from bot.dialogue.events import CommandGiven, MediaShared, MessageEdited, TextSent
from bot.dialogue.identity_numbers import cleaned, numbers_in, says_no_more, without_numbers, words_of
from tests.makers import NUMBER, asked_where, at_read_back, danger, heard, knowledge, play, report, session

NIK = "3273012301850001"


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        "3273 0123 0185 0001",
        "32.73.01.230185.0001",
        "3273-0123-0185-0001",
        "327301 230185 0001",
        "32 73 01 23 01 85 00 01",
    ],
)
def test_it_is_recognised_however_it_is_grouped(written: str) -> None:
    assert without_numbers(f"nik {written}, lampu mati", "X") == "nik X, lampu mati"


@pytest.mark.parametrize(
    "harmless",
    [
        "081234567890", "+62 812-3456-7890", "6281234567890 123", NUMBER, f"{NUMBER} dan BDG-261124-0017-6", "-6.914744 107.609811",
        "12/03/2024 0812 3456", "1234567890123456789", "rt 03 rw 12 no 45",
    ],
)  # fmt: skip
def test_other_numbers_stay(harmless: str) -> None:
    assert without_numbers(harmless, "X") == harmless


def test_two_of_them_are_both_found() -> None:
    assert numbers_in(f"1. {NIK} {NIK[:-1]}2") == (NIK, f"{NIK[:-1]}2")


@given(st.from_regex(r"[1-57-9][0-9]{15}", fullmatch=True), st.sampled_from([" ", ".", "-"]), st.integers(1, 15))
def test_none_is_ever_left(number: str, sign: str, cut: int) -> None:
    written = f"{number[:cut]}{sign}{number[cut:]}"
    assert not numbers_in(without_numbers(f"ktp saya {written} ya", "X"))


@pytest.mark.parametrize(
    "event", [TextSent(NIK), CommandGiven("lapor", NIK), MediaShared("photo", "f", NIK), MessageEdited(NIK, "3")]
)
def test_every_event_with_words_is_cleaned(event: TextSent) -> None:
    assert words_of(cleaned(event, "X")) == "X"


def test_a_number_alone_says_no_more() -> None:
    assert says_no_more("NIK saya X", "X")
    assert not says_no_more("lampu mati, NIK saya X", "X")


def said(turn: object) -> str:
    return "".join(effect.reply.text for effect in turn.effects if isinstance(effect, Say))  # type: ignore[attr-defined]


def test_the_draft_keeps_the_words_around_it() -> None:
    turn = play(session(), f"lampu jalan mati, nik {NIK}", knowledge(heard=heard("pju")))
    assert turn.session.draft is not None
    assert turn.session.draft.description == "lampu jalan mati, nik [nomor dihapus]"
    assert "jangan kirim foto KTP" in said(turn)


def test_a_place_in_words_does_not_keep_it_either() -> None:
    turn = play(
        asked_where(), f"di jalan cikutra, kk {NIK}", knowledge(heard=heard("pju", place_words=f"cikutra {NIK}"))
    )
    assert NIK not in turn.session.to_json()


def test_a_number_alone_is_refused_and_the_question_stands() -> None:
    turn = play(at_read_back(), NIK)
    assert turn.session.draft == at_read_back().draft
    assert [choice.value for choice in turn.session.offered] == ["send", "change", "cancel"]


def test_a_note_on_a_filed_report_is_cleaned() -> None:
    before = session(step="correction", about=NUMBER)
    turn = play(before, f"alamat saya salah, nik {NIK} itu", knowledge(own=(report(),), heard=heard("pju")))
    note = next(effect for effect in turn.effects if isinstance(effect, AddToReport))
    assert note.words == "alamat saya salah, nik [nomor dihapus] itu"


def test_in_danger_the_number_to_call_stands_first() -> None:
    turn = play(session(), f"tolong kebakaran, nik {NIK}", knowledge(heard=danger()))
    assert said(turn).index("112") < said(turn).index("KTP")
    assert not any(isinstance(effect, OpenReport) for effect in turn.effects)
