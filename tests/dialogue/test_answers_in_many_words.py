"""A yes, a send and a no are understood among courtesies, haste and anger; and nothing else is taken for one."""

import pytest

from bot.dialogue import words
from bot.dialogue.effects import OpenReport
from tests.makers import CITY, at_read_back, draft, heard, knowledge, play, shown

CHATTER = heard("lainnya", kind="bukan_laporan", sure=False)


@pytest.mark.parametrize(
    "text",
    [
        "yes send it",
        "iya om",
        "hayu kirim",
        "KIRIM GOBLOG",
        "ayo kirim sekarang atuh",
        "sok kintun ayeuna",
        "send it now please",
        "ya udah kirim aja bos",
        "muhun teh",
        "ok sis",
        "langsung kirim mang",
    ],
)
def test_it_is_sent(text: str) -> None:
    turn = play(at_read_back(), text, knowledge(heard=CHATTER))
    assert any(isinstance(effect, OpenReport) for effect in turn.effects)


@pytest.mark.parametrize(
    "text",
    [
        "gajadi",
        "gajadi deh",
        "ga usah deh",
        "gausah weh",
        "lupain aja",
        "lupakeun",
        "nteu jadi",
        "ngga jadi ah",
        "forget it",
    ],
)
def test_it_is_given_up(text: str) -> None:
    turn = play(at_read_back(), text, knowledge(heard=CHATTER))
    assert turn.session.draft is None
    assert "tidak jadi dikirim" in shown(turn).text


@pytest.mark.parametrize("text", ["makasih ya", "nuhun ya bu", "om", "goblog", "ini", "hatur nuhun teh sehat selalu"])
def test_it_is_neither(text: str) -> None:
    turn = play(at_read_back(), text, knowledge(heard=CHATTER))
    assert turn.session.draft == draft()
    assert not any(isinstance(effect, OpenReport) for effect in turn.effects)


def test_what_is_set_aside_says_how_to_send_and_how_to_stop() -> None:
    text = shown(play(at_read_back(), "lagi ngopi nih mang", knowledge(heard=CHATTER))).text
    assert "KIRIM" in text.split("\n")[0]
    assert "BATAL" in text.split("\n")[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("gajadi", "tidak jadi"), ("gatau", "tidak tau"), ("nggakada", "tidak ada"), ("gadis", "gadis"), ("nteu", "teu")],
)
def test_a_no_is_spelt_apart(typed: str, meant: str) -> None:
    assert words.spelt(typed) == meant


def test_a_report_that_is_not_forgotten_is_no_giving_up() -> None:
    assert not words.gives_up("jangan lupakan laporan warga di jalan riau")
    assert CITY.choices["cancel"]
