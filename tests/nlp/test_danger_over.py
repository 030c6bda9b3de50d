"""Danger that is over, and danger in which somebody or something else is safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import Reader
from nlp.danger_over import has_ended, is_said_over
from nlp.normalise import words

ALREADY = ("sudah", "telah", "tos", "geus", "udah")
OUT = ("padam", "dipadamkan", "pareum", "dipareuman")
CAUGHT = ("ditangkap", "ketangkep", "diamankan")
DENIED = ("tidak", "belum", "teu", "gak", "gagal", "hese", "sulit", "tidak bisa")
GROWS = ("api makin besar", "apinya merambat", "seuneu beuki gede", "pelaku kabur", "masih ada orang", "kirim damkar")


def texts(message: str) -> list[str]:
    return [word.text for word in words(message)]


def ended(message: str, *dangers: str) -> bool:
    said = texts(message)
    return has_ended(said, {at for at, text in enumerate(said) if text in dangers})


@given(st.sampled_from(ALREADY), st.sampled_from(OUT))
def test_a_fire_that_is_out_is_over_unless_it_is_denied(already: str, out: str) -> None:
    assert ended(f"kebakaran di gang {already} {out}", "kebakaran")
    assert ended(f"apinya {already} {out} sejak subuh, tidak ada korban")


@given(st.sampled_from(ALREADY), st.sampled_from(OUT + CAUGHT), st.sampled_from(DENIED))
def test_what_is_denied_or_fails_has_not_ended(already: str, end: str, denied: str) -> None:
    assert not ended(f"di gang sebelah {already} {denied} {end}")
    assert not is_said_over(texts(f"di gang sebelah {already} {denied} {end}"))


@given(st.sampled_from(ALREADY), st.sampled_from(OUT + CAUGHT), st.sampled_from(GROWS), st.booleans())
def test_what_grows_flees_or_calls_for_help_goes_on(already: str, end: str, grows: str, first: bool) -> None:
    over = f"{already} {end}"
    assert not ended(f"{grows}, {over}" if first else f"{over}, {grows}")


@given(
    st.sampled_from(ALREADY), st.sampled_from(("aman", "salamet", "selamat")), st.sampled_from(("warga", "anak saya"))
)
def test_that_somebody_is_safe_ends_nothing(already: str, safe: str, who: str) -> None:
    assert not ended(f"kebakaran di pasar, {who} {already} {safe}", "kebakaran")


@pytest.mark.parametrize(
    "message",
    [
        "pelaku sudah diamankan di polsek",
        "begal yang tadi sudah ditangkap polisi",
        "maling motor saya sudah ditangkap",
        "tos diamankan ku warga",
    ],
)
def test_a_culprit_who_is_caught_is_over(message: str) -> None:
    assert ended(message)


@pytest.mark.parametrize(
    "message",
    [
        "anak saya sudah ditangkap preman",
        "sudah ditangkap begal dibawa ke kebun",
        "tabung gas sudah diamankan",
        "anak-anak sudah diamankan",
        "begal sudah ditangkap satu",
        "seorang perampok sudah ditangkap",
    ],
)
def test_a_victim_a_thing_or_one_of_several_is_not(message: str) -> None:
    assert not ended(message)


@pytest.mark.parametrize("message", ["lampu sudah padam semua", "listrik di gedung tos pareum", "kompor sudah padam"])
def test_a_light_that_is_out_is_no_fire_that_is_out(message: str) -> None:
    assert not ended(message)


def test_a_word_for_all_is_well_must_be_about_the_danger_or_about_now() -> None:
    assert ended("tabrakan tadi sudah beres", "tabrakan")
    assert ended("aya tabrakan isuk-isuk, ayeuna tos beres", "tabrakan")
    assert not ended("kebakaran gudang, surat jalan sudah beres", "kebakaran")


def test_danger_told_after_the_end_is_another() -> None:
    assert not ended("kebakaran sudah padam, dua orang kena golok", "kebakaran", "golok")
    assert ended("kebakaran sudah padam, tidak ada ledakan", "kebakaran", "ledakan")
    assert ended("sudah padam kebakaran di gang", "kebakaran")
    assert ended("sudah dipadamkan, kebakaran di gang mawar", "kebakaran")
    assert not is_said_over(texts("kami sudah aman, tetangga ketimpa tembok"), {5})


def test_a_cry_before_the_end_is_heard_and_a_request_behind_it_is_none() -> None:
    assert not ended("tolong kebakaran, di dapur sudah padam", "kebakaran")
    assert ended("kebakaran sudah padam, tolong periksa hidran", "kebakaran")


@given(st.text(max_size=60))
def test_any_text_has_an_answer_and_what_has_ended_is_said_over(message: str) -> None:
    said = texts(message)
    assert is_said_over(said) or not has_ended(said)


@pytest.mark.parametrize(
    "message",
    [
        "tolong ada kebakaran rumah, api membesar sudah tidak aman",
        "kebakaran di gudang sebelah, warga sudah tidak aman cepat kirim damkar",
        "ada perampokan, pelaku sudah tidak ditangkap kabur",
        "rumah kebakaran, api makin besar, anak2 sudah salamet keluar, kirim damkar",
        "kebakaran di jalan aceh, karyawan sudah aman semua, api merambat ke rumah sebelah",
        "aya kahuruan di pasar, seuneu beuki gede, warga geus teu aman",
        "kacilakaan, supir na geus salamet, panumpang na kajepit",
        "kahuruan di rusun, warga tos salamet sadayana, seuneu ageung pisan",
        "budak tikerelep di walungan, nu hiji geus salamet, nu hiji can kapanggih",
        "aya kahuruan, lampu geus pareum kabeh, seuneu ngagulung ka luhur",
        "tawuran bawa celurit, jalanan sudah tidak aman",
        "banjir bandang, air terus naik, ibu saya sudah aman, bapak hanyut",
        "tabrakan motor sama truk, motornya kebakar, api sudah padam, sopirnya kejepit di kabin",
        "teman saya sudah ditangkap begal di jalan cikutra dibawa pakai motor",
        "suami bawa pisau, saya sudah aman di kamar terkunci, dia gedor pintu",
    ],
)
def test_danger_that_goes_on_alarms(reader: Reader, message: str) -> None:
    assert reader.understand(message).emergency is not None


@pytest.mark.parametrize(
    "message",
    [
        "kebakaran di gang sudah dipadamkan warga, aman",
        "api sudah padam pak, terima kasih",
        "maling motor saya sudah ditangkap, makasih pak polisi",
        "kebakaran tadi, alhamdulillah sudah aman",
        "kahuruan di Cicadas tos dipareuman, hatur nuhun damkar",
        "seuneu tos dipareuman ku damkar, warga salamet sadayana",
        "kahuruan tadi geus pareum, teu aya korban",
        "begal di flyover geus katewak ku warga, nuhun",
    ],
)
def test_danger_that_is_over_alarms_nobody(reader: Reader, message: str) -> None:
    assert reader.understand(message).emergency is None


@pytest.mark.parametrize(
    "left", ["tinggal asapnya", "kari haseupna", "sisa asap sedikit", "ngan haseup wungkul", "cuma asap"]
)
def test_what_only_remains_of_a_fire_is_no_other_danger(left: str) -> None:
    assert ended(f"seuneu geus pareum, {left}", "seuneu", "asapnya", "haseupna", "asap", "haseup")


def test_smoke_that_is_told_without_such_a_word_may_be_another_fire() -> None:
    assert not ended("seuneu di dapur geus pareum, haseup kaluar ti gudang", "seuneu", "haseup")
