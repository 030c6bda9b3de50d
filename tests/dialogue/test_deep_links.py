"""Payloads of deep links: written and read back the same, within Telegram's limits, and nothing granted without our signature."""

import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.deep_links import DeepLink, WrongPayload, brought, read, written
from bot.dialogue.events import CommandGiven, TextSent, said

LINKS = st.builds(
    DeepLink,
    place=st.sampled_from(["kel-3273201004", "la-gedung-sate-citarum"]),
    rw=st.sampled_from(["", "3", "012"]),
    category=st.sampled_from(["", "pju", "sampah"]),
    campaign=st.sampled_from(["", "hujan"]),
)


def sign(text: str) -> str:
    return hashlib.sha256(f"secret {text}".encode()).hexdigest()


@given(LINKS)
def test_what_was_written_is_read_back(link: DeepLink) -> None:
    payload = written(link)
    assert read(payload) == link
    assert len(payload) <= 64


@given(st.text(string.ascii_letters + string.digits + "_-", max_size=70))
def test_whatever_somebody_makes_up_is_read_or_refused(payload: str) -> None:
    try:
        link = read(payload)
    except WrongPayload as fault:
        link, why = None, str(fault)
    assert link != DeepLink() if link else why


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (DeepLink(), "says nothing"),
        (DeepLink(place="kel-1", campaign="musim hujan"), "siaran_"),
        (DeepLink(rw="3"), "needs the kelurahan"),
        (DeepLink(place="la-" + "a" * 40, category="bangunan_tata_ruang"), "64 are allowed"),
        (DeepLink(place="kel-1", number="BDG-261124-0042-4"), "stands alone"),
        (DeepLink(staff_code="ABCDEF234567"), "must be signed"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(link: DeepLink, why: str) -> None:
    with pytest.raises(WrongPayload, match=why):
        written(link)


def test_a_code_of_staff_is_believed_only_with_our_signature() -> None:
    payload = written(DeepLink(staff_code="ABCDEFGH2345"), sign)
    assert read(payload, sign).staff_code == "ABCDEFGH2345"
    for forged in (payload[:-1] + "x", payload.partition("__")[0], payload.replace("ABC", "ABD")):
        with pytest.raises(WrongPayload, match="not signed by us"):
            read(forged, sign)


def test_a_report_to_follow_is_read() -> None:
    assert read("lacak_BDG-261124-0042-4").number == "BDG-261124-0042-4"


def test_a_message_that_only_brings_a_code_opens_it() -> None:
    assert said("Lapor (kode di_kel-3273201004__rw_03)") == CommandGiven("start", "di_kel-3273201004__rw_03")


def test_words_beside_a_code_are_told_without_it() -> None:
    told = said("Lapor (kode di_kel-3273201004) lampu mati", "7")
    assert told == TextSent("lampu mati", code="di_kel-3273201004")


@pytest.mark.parametrize("text", ["kode pos 40135", "kode siaran TV hilang", "di jalan soal_parkir", "kode: rahasia"])
def test_words_that_bring_no_code_stay_as_they_are(text: str) -> None:
    assert brought(text) == ("", text)
