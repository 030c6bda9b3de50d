"""Words about danger that are no danger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.emergency_words import asks_for_help_sent, asks_whom_to_call, is_over
from cities.city import City


@pytest.mark.parametrize(
    "text",
    [
        "udah padam kok",
        "apinya padam",
        "tos pareum, nuhun",
        "ga jadi pak",
        "salah pencet",
        "pelakunya sudah ditangkap",
        "sudah aman kok pak",
        "ayeuna mah tos salamet",
    ],
)
def test_it_is_over(text: str) -> None:
    assert is_over(text)


@pytest.mark.parametrize(
    "text",
    ["jendelanya sudah dibuka, aman sekarang", "semua selamat kok", "ayeuna mah salamet", "everyone out, all safe"],
)
def test_safe_by_now_is_over_too(text: str) -> None:
    assert is_over(text)


@pytest.mark.parametrize(
    "text", ["selamat pagi semua warga", "belum aman sekarang", "semua selamat tapi masih berasap"]
)
def test_a_greeting_or_a_doubt_is_not_safe(text: str) -> None:
    assert not is_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "belum padam",
        "apinya sudah tidak padam-padam",
        "udah padam tapi ada yang terjebak",
        "masih bahaya",
        "lampu padam semua",
        "",
        "warga sudah tidak aman",
        "apinya sudah tidak bisa dipadamkan",
        "seuneu geus hese pisan dipareuman",
        "pelaku sudah tidak ditangkap kabur",
        "anak2 sudah aman, apinya makin besar",
        "anak saya sudah aman di luar",
        "kulawarga tos salamet",
        "sudah dipadamkan tiga ember, cepat kirim damkar",
        "listrik sudah padam",
        "tabung gas sudah diamankan",
        "budak geus diamankan ka tatangga",
        "kids are already safe",
    ],
)
def test_it_is_not_over(text: str) -> None:
    assert not is_over(text)


@pytest.mark.parametrize(
    "text",
    [
        "ambulansnya sampai mana",
        "damkar udah jalan belum",
        "kapan datangnya?",
        "iraha sumpingna pemadam",
        "when will the ambulance come",
    ],
)
def test_somebody_waits_for_help(city: City, text: str) -> None:
    assert asks_for_help_sent(text, city)


@pytest.mark.parametrize("text", ["apinya makin besar", "di gang mawar nomor tiga", "pasiennya pucat"])
def test_somebody_tells_more(city: City, text: str) -> None:
    assert not asks_for_help_sent(text, city)


@pytest.mark.parametrize(
    "text",
    [
        "telepon pemadam kebakaran nomornya berapa?",
        "kalau ada orang pingsan telp ke mana ya",
        "upami aya kahuruan hubungi saha",
        "cara panggil ambulans gimana",
        "what number do I call for an ambulance",
    ],
)
def test_somebody_asks_whom_to_call(city: City, text: str) -> None:
    assert asks_whom_to_call(text, city)


@pytest.mark.parametrize(
    "text",
    [
        "nomor polisi angkotnya berapa ya lupa",
        "nomor antrean puskesmas berapa",
        "tolong panggil ambulans",
        "ada kebakaran",
    ],
)
def test_somebody_asks_or_tells_something_else(city: City, text: str) -> None:
    assert not asks_whom_to_call(text, city)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(city: City, text: str) -> None:
    assert {is_over(text), asks_for_help_sent(text, city), asks_whom_to_call(text, city)} <= {True, False}
