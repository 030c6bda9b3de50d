"""Where, in the citizen's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.places import PlaceFinder
from nlp.places.told import told_where


def told(finder: PlaceFinder, text: str) -> str:
    return told_where(text, finder.find(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lampu mati di jl dipatiukur no 35 depan unpad", "jl dipatiukur no 35 depan unpad"),
        ("got mampet kel. sekeloa rt 4/7 tolong", "kel. sekeloa rt 4/7"),
        ("RT.02/RW.11 Kelurahan Cijerah airnya bau", "RT.02/RW.11 Kelurahan Cijerah"),
        ("pju padam di gang haji ridho nomor 9, cigereleng", "gang haji ridho nomor 9, cigereleng"),
        ("sampah di cijawura depan warung Mang Udin numpuk", "cijawura depan warung Mang Udin"),
        ("jalan wirantasena lama no 3 becek", "jalan wirantasena"),
        ("blok C no 12 sarijadi bocor", "blok C no 12 sarijadi"),
        ("di Jl. Dr. Setiabudi 193, pohon miring", "Jl. Dr. Setiabudi 193"),
        ("lobang hareupeun pos ronda, kel turangga", "hareupeun pos ronda, kel turangga"),
        ("caleuncang payuneun masjid an nur, cigending", "payuneun masjid an nur, cigending"),
        ("lamp broken in front of the Pasar Cihapit since friday", "front of the Pasar Cihapit"),
        ("usul cermin di tikungan jalan bukit raspati, sering tabrakan", "jalan bukit raspati"),
        ("lampu mati di jalan lumbungsari kidul udah lama", "jalan lumbungsari kidul"),
        ("di jalan karang tinggal ada pohon tumbang", "jalan karang tinggal"),
        ("bolong di komplek griya caraka deket pos satpam", "komplek griya caraka deket pos satpam"),
        ("perumahan bumi asri indah gelap", "perumahan bumi asri indah"),
        ("jalan melati gelap", "jalan melati"),
        ("rusak dari masjid Al Huda sampai warung Bu Nani.", "dari masjid Al Huda sampai warung Bu Nani"),
        ("pungutan di smp negeri 12 tiap bulan", "smp negeri 12"),
        ("toilet SDN 3 mampet", "SDN 3"),
        ("got mampet belakang smp 7 jl ambon", "belakang smp 7 jl ambon"),
        ("tukang parkir alfamart setiabudi maksa", "alfamart setiabudi"),
        ("a hole behind the clinic on jalan cikutra", "behind the clinic, jalan cikutra"),
    ],
)
def test_what_a_crew_needs_on_the_spot_is_kept_as_it_was_written(finder: PlaceFinder, text: str, expected: str) -> None:
    assert told(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sudah saya laporkan nomor 3 kali ke rt",
        "setelah hujan lampunya mati sebelum jam 7",
        "di depan sini gelap, di belakang juga",
        "rt saya tidak pernah datang",
        "dekat rumah sudah gelap",
        "it is near my house and in front of",
        "jalan taman rusak semua",
        "anak saya sd 5 tahun tidak dapat bantuan",
        "sma 3 orang tidak masuk",
        "jalan batu kerikil",
        "perumahan warga kebanjiran",
        "komplek saya gelap",
        "jalan raya baru diaspal sudah rusak",
    ],
)
def test_numbers_and_times_that_are_no_part_of_an_address_are_left_out(finder: PlaceFinder, text: str) -> None:
    assert told(finder, text) == ""


def test_a_length_of_time_behind_a_street_is_no_house_number(finder: PlaceFinder) -> None:
    assert told(finder, "jl braga 2 minggu gelap") == "jl braga"


def test_what_is_told_twice_is_said_once(finder: PlaceFinder) -> None:
    assert told(finder, "banjir di kel. braga. tolong, kel. braga!") == "kel. braga"


PIECES = [
    "jl braga",
    "no 12",
    "RT 03",
    "rw 5",
    "depan warung Bu Imas",
    "gg mawar",
    "blok B",
    "mati",
    ",",
    ".",
    "\n",
    "di",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=80))
def test_every_word_of_it_stands_in_the_message(finder: PlaceFinder, text: str) -> None:
    assert all(word in text for piece in told(finder, text).split(", ") for word in piece.split())
