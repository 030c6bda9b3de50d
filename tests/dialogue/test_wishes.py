"""A wish behind courtesies, and sentences that only look like one."""

import pytest

from bot.dialogue.wishes import asks_for_person, bare
from bot.dialogue.words import command_in


@pytest.mark.parametrize(
    "text",
    [
        "petugas",
        "bu petugas tolong",
        "mau ngomong sama orang",
        "saya ingin berbicara dengan petugas",
        "abdi bade naros ka patugas",
        "minta disambungkan ke admin",
        "can i speak to an officer please",
        "butuh manusia beneran",
    ],
)
def test_a_person_is_asked_for_in_many_words(text: str) -> None:
    assert command_in(text) == ("petugas", "")


@pytest.mark.parametrize(
    "text",
    [
        "petugas kebersihan tidak datang",
        "petugas parkir minta uang lebih",
        "punten admin",
        "halo petugas",
        "mau lapor petugas",
        "ada orang jatuh",
        "petugasnya galak",
        "kembali kasih",
        "tolong bantuan pak",
        "",
    ],
)
def test_a_sentence_about_people_is_no_wish_for_one(text: str) -> None:
    assert command_in(text)[0] == ""


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("punten, status", "status"),
        ("batal aja deh", "batal"),
        ("saya mau batal", "batal"),
        ("tolong kembali", "kembali"),
        ("hoyong wangsul deui atuh", "kembali"),
        ("privasi dong", "privasi"),
    ],
)
def test_a_command_is_seen_through_courtesies(text: str, command: str) -> None:
    assert command_in(text) == (command, "")


def test_what_is_only_courtesy_is_no_wish() -> None:
    assert bare("punten kang") == ""
    assert not asks_for_person("mau bicara")
