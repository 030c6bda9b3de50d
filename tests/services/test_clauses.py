"""Two problems in one message are told apart only when both are clear."""

import pytest

from bot.dialogue.events import Forwarded, LocationShared, MediaShared, Origin, TextSent
from bot.services import clauses, fears, hearing
from cities.city import City
from nlp import Reader

TWO = (
    ("lampu jalan mati di Cisitu sama sampah numpuk di Sadang Serang", "pju", "sampah"),
    ("pohon mau tumbang di jl riau, terus jalan berlubang di jl aceh", "pohon_taman", "jalan_rusak"),
    ("lampu pareum di jalan cikutra sareng runtah numpuk di sadang serang", "pju", "sampah"),
    ("there is a big pothole and also illegal parking in front of the school", "jalan_rusak", "parkir_liar"),
    ("1. sampah numpuk di dago 2. lampu jalan mati di cisitu", "sampah", "pju"),
)
ONE = (
    "sampah numpuk dan bau di pasar cihapit",
    "got mampet terus banjir di gedebage",
    "jalan rusak parah, motor pada jatuh, bahaya sekali",
    "jalan rusak dan berlubang di jalan dago",
    "lampu jalan mati",
    "",
    "kebakaran di cisitu sama sampah numpuk di dago",
    "tiang listrik miring di jalan cikutra, takut roboh",
    "pohon miring di jalan dago, takut tumbang ke kabel listrik",
    "tangkal rek rubuh di jalan sukajadi, sieun ninggang imah",
    "jalan berlubang di jl aceh, bahaya buat anak sekolah",
    "got mampet di dago, nanti banjir kalau hujan",
    "1. tiang listrik miring di jalan riau 2. takut roboh",
    "pdam di cigadung teu ngocor ti kamari isuk, budak teu bisa mandi rek sakola",
    "angkot ngetem di depan sekolah jalan cikutra, anak-anak jadi susah nyebrang",
    "banjir di gedebage sedengkul, warga ga bisa keluar rumah",
    "sampah numpuk sampai ke jalan di ciroyom, mobil tidak bisa lewat",
    "saya kehilangan dompet di angkot caheum ledeng, isinya ktp sim",
    "mobil parkir sembarangan di jalan riau, platnya D 1234 XX",
    "my street Jalan Sumur Bandung has had no streetlights for two weeks, very scary for students walking home",
    "lampu jalan mati di jalan cisitu, serem kalau anak sekolah pulang malam",
    "the water has been off for a week in Antapani, and the kids can't go to school",
)


@pytest.mark.parametrize(("text", "first", "second"), TWO)
def test_two_clear_problems_are_told_apart(text: str, first: str, second: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert [clause.heard.categories[0][0] for clause in heard.several] == [first, second]
    assert all(clause.words in text for clause in heard.several)


@pytest.mark.parametrize("text", ONE)
def test_one_problem_stays_one(text: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert heard.several == ()


def test_a_clause_without_a_place_shares_the_others(reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent("selokan mampet dan sampah menumpuk di jalan cikutra"))
    assert heard is not None
    assert len({clause.heard.place and clause.heard.place.name for clause in heard.several}) == 1


def test_a_caption_is_heard_and_what_has_no_words_is_not(reader: Reader, city: City) -> None:
    assert clauses.hear(reader, city, MediaShared("photo", "f", TWO[0][0])).several  # type: ignore[union-attr]
    assert clauses.hear(reader, city, LocationShared(-6.9, 107.6)) is None


def test_words_with_an_identity_number_are_heard_without_it(reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent("lampu jalan mati di cihapit 3273012301850001"))
    plain = hearing.heard(reader, "lampu jalan mati di cihapit ")
    assert heard is not None
    assert heard.categories == plain.categories


SEVERAL = (
    ("di jalan cikutra lampu mati, sampah menumpuk, dan jalannya berlubang", ("pju", "sampah", "jalan_rusak")),
    (
        "pohon tumbang di jalan riau, got mampet di pagarsih, pkl menutup trotoar di cicadas",
        ("pohon_taman", "drainase_sungai", "trantibum"),
    ),
    ("angkot ngetem terus di caheum dan tukang parkir maksa minta uang", ("angkutan_umum", "parkir_liar")),
    ("runtah numpuk, lampu pareum, jalan bolong di cikutra", ("sampah", "pju", "jalan_rusak")),
    ("parkir liar + PKL di trotoar jalan merdeka", ("parkir_liar", "trantibum")),
    (
        "lapor\n- sampah numpuk di cisitu\n- jalan bolong di jl riau\n- got mampet di dago",
        ("sampah", "jalan_rusak", "drainase_sungai"),
    ),
    ("ada dua: 1. lampu mati di jalan cikutra 2. lampu mati di jalan riau", ("pju", "pju")),
)


@pytest.mark.parametrize(("text", "told"), SEVERAL)
def test_each_of_several_problems_is_told_apart(text: str, told: tuple[str, ...], reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert tuple(clause.heard.categories[0][0] for clause in heard.several) == told
    assert all(clause.heard.place or clause.heard.place_options for clause in heard.several)


@pytest.mark.parametrize(
    "text",
    [
        "butuh bantuan, rumah kebanjiran",
        "tolong bantu segera, got mampet di dago",
        "1. lampu mati di jalan cikutra 2. lampu mati di jalan cikutra",
        "- lampu mati di jalan cikutra\n- makasih ya",
        "- lampu mati di jalan cikutra",
    ],
)
def test_a_call_for_help_or_the_same_again_is_no_second_problem(text: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert heard.several == ()


@pytest.mark.parametrize(
    ("words", "hinders"),
    [
        ("budak teu bisa mandi", True),
        ("anak-anak kami jadi susah ke sekolah", True),
        ("jadi motor gak bisa lewat", True),
        ("we can't sleep", True),
        ("warga buang sampah ke kali", False),
        ("air tidak bisa mengalir", False),
        ("lampu jalan ga bisa nyala", False),
        ("motor parkir di trotoar", False),
    ],
)
def test_whom_it_keeps_from_what_is_its_effect(words: str, hinders: bool) -> None:
    assert fears.hinders(words) is hinders


def test_an_effect_at_a_place_of_its_own_is_a_second_problem(reader: Reader, city: City) -> None:
    text = "lampu jalan mati di Cisitu, dan motor ga bisa lewat karena sampah numpuk di Sadang Serang"
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert [clause.heard.categories[0][0] for clause in heard.several] == ["pju", "sampah"]


def test_what_is_feared_is_not_what_is_wrong(reader: Reader, city: City) -> None:
    feared = clauses.hear(reader, city, TextSent("tiang listrik miring di jalan cikutra, warga takut roboh"))
    plain = hearing.heard(reader, "tiang listrik miring di jalan cikutra")
    assert feared is not None
    assert feared.category_sure
    assert feared.categories == plain.categories
    assert feared.place == plain.place


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "tiang listrik miring di jalan cikutra, warga takut roboh, sampah juga numpuk di sadang serang",
            ("utilitas_kabel", "sampah"),
        ),
        (
            "khawatir anak jatuh, jalan berlubang di jl aceh terus sampah numpuk di cisitu",
            ("jalan_rusak", "sampah"),
        ),
        ("trotoar rusak di jl merdeka dan bahaya buat lansia, lampu mati di jl aceh", ("jalan_rusak", "pju")),
    ],
)
def test_a_fear_beside_two_problems_belongs_to_one_of_them(
    text: str, told: tuple[str, ...], reader: Reader, city: City
) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert tuple(clause.heard.categories[0][0] for clause in heard.several) == told


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("jalan dago giri longsor sebagian, hati2", "drainase_sungai"),
        ("jalan braga banjir, hati2 lewat sana", "genangan_banjir"),
        ("jalan cikutra ambles, hati-hati ya", "jalan_rusak"),
    ],
)
def test_who_warns_the_neighbours_reports(text: str, category: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, Forwarded(TextSent(text), Origin("user")))
    assert heard is not None
    assert heard.kind == "pengaduan"
    assert heard.categories[0][0] == category
    assert heard.place is not None


@pytest.mark.parametrize("text", ["makasih ya hati2 di jalan", "bapak ibu saya berangkat dulu, hati2 di rumah"])
def test_who_wishes_well_does_not(text: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, Forwarded(TextSent(text), Origin("user")))
    assert heard is not None
    assert heard.kind == "bukan_laporan"


@pytest.mark.parametrize(
    "text",
    [
        "pak tolong jalan di gang kami becek kalau hujan, di rt 5 rw 3 cigondewah rahayu",
        "lampu jalan mati, di rw 05 kelurahan dago",
    ],
)
def test_a_clause_that_only_says_where_is_no_second_problem(text: str, reader: Reader, city: City) -> None:
    heard = clauses.hear(reader, city, TextSent(text))
    assert heard is not None
    assert not heard.several
    assert heard.place is not None
