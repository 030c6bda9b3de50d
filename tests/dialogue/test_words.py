"""However it is typed, the same is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import question_words, where_words, words
from bot.dialogue.command_words import SPELLINGS
from bot.dialogue.replies import Choice
from tests.makers import CITY, NUMBER

READ_BACK = (Choice("send", "Kirim"), Choice("change", "Ubah"), Choice("cancel", "Batal"))
CLOSING = (Choice(f"done:{NUMBER}", "Sudah"), Choice(f"not_done:{NUMBER}", "Belum"))
PLACES = (Choice("place:0", "Cikutra"), Choice("place:1", "Neglasari"))


def picked(text: str, offered: tuple[Choice, ...] = READ_BACK) -> str:
    choice = words.picked(text, offered, CITY)
    return choice.value if choice else ""


SENDING = "1/1./satu/yang 1/no 1 aja/pertama/Kirim/KIRIM!/kirim ya pak/ok/oke sip/ya/iya/sudah benar/udh bener min/muhun/leres/kintun/yes"


@pytest.mark.parametrize("text", SENDING.split("/"))
def test_sending_is_meant(text: str) -> None:
    assert picked(text) == "send"


@pytest.mark.parametrize("text", ["2", "dua", "ubah", "ganti", "salah", "tidak", "gak", "henteu", "bukan"])
def test_changing_is_meant(text: str) -> None:
    assert picked(text) == "change"


@pytest.mark.parametrize("text", ["3", "batal", "ga jadi", "nggak jadi", "cancel"])
def test_giving_up_is_meant(text: str) -> None:
    assert picked(text) == "cancel"


@pytest.mark.parametrize(
    "text", ["", "4", "0", "12", "kirim tapi lokasinya salah", "jangan", "1 2", "lampu mati", "ya tapi"]
)
def test_nothing_that_was_offered_is_meant(text: str) -> None:
    assert picked(text) == ""


def test_a_number_means_its_place_in_the_list_whatever_its_label() -> None:
    assert picked("2", PLACES) == "place:1"
    assert picked("neglasari", PLACES) == "place:1"
    assert picked("sudah", PLACES) == ""


def test_yes_and_no_answer_whether_it_is_solved() -> None:
    assert picked("sudah", CLOSING) == picked("ya", CLOSING) == f"done:{NUMBER}"
    assert picked("belum", CLOSING) == picked("teu acan", CLOSING) == picked("tidak", CLOSING) == f"not_done:{NUMBER}"


def test_a_part_to_change_may_be_named_in_short() -> None:
    parts = tuple(Choice(f"edit:{part}", part) for part in ("description", "category", "location", "privacy"))
    assert picked("lokasi", parts) == picked("lokasinya aja", parts) == "edit:location"
    assert picked("nama", parts) == "edit:privacy"
    assert picked("lokasinya di jalan riau", parts) == ""


@given(st.text(max_size=40))
def test_any_text_at_all_has_one_meaning_or_none(text: str) -> None:
    assert picked(text) in ("", "send", "change", "cancel")
    assert words.is_yes_or_no(text, CITY) in ("", "yes", "no")
    name, argument = words.command_in(text)
    assert name in ("", *SPELLINGS)
    assert isinstance(argument, str)


@pytest.mark.parametrize("text", ["tidak", "tdk", "gak ada", "nggak, sudah padam", "henteu", "no"])
def test_a_plain_no(text: str) -> None:
    assert words.is_yes_or_no(text, CITY) == "no"


@pytest.mark.parametrize("text", ["tidak tahu", "ga tau", "gak yakin", "apinya besar", ""])
def test_not_knowing_is_no_answer(text: str) -> None:
    assert words.is_yes_or_no(text, CITY) == ""


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("belum, masih bocor", "not_done", "masih bocor"),
        ("Teu acan. Masih Poék!", "not_done", "Masih Poék!"),
        ("blm", "not_done", ""),
        ("masih belum", "not_done", None),
        ("sudah ditambal tapi bocor", "done", "ditambal tapi bocor"),
        ("beda, ini di seberang", "different", "ini di seberang"),
    ],
)
def test_what_follows_an_answer_is_kept_as_it_was_written(text: str, value: str, rest: str | None) -> None:
    assert words.begins_with(text, value, CITY) == rest


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("status", ("status", "")),
        ("Laporan saya!", ("status", "")),
        (f"STATUS {NUMBER}", ("status", NUMBER)),
        ("lacak 2611240042", ("status", "2611240042")),
        ("bahasa sunda", ("bahasa", "su")),
        ("english please", ("bahasa", "en")),
        ("basa", ("bahasa", "")),
        ("batal", ("batal", "")),
        ("status jalan rusak", ("", "")),
        ("jalan sunda", ("", "")),
        ("buka warung di trotoar", ("", "")),
        ("bantuan dong ada banjir", ("", "")),
    ],
)
def test_a_command_word_counts_only_alone_or_with_a_number(text: str, command: tuple[str, str]) -> None:
    assert words.command_in(text) == command


def test_a_landmark_is_known_by_the_word_before_it() -> None:
    assert where_words.points_closer("jalan soekarno hatta depan samsat")
    assert where_words.points_closer("caket masigit")
    assert not where_words.points_closer("jalan soekarno hatta")


def test_an_answer_that_begins_like_a_place_is_one() -> None:
    assert where_words.begins_like_a_place("Di depan warung")
    assert where_words.begins_like_a_place("jl. cikutra")
    assert not where_words.begins_like_a_place("sampah juga menumpuk")
    assert not where_words.begins_like_a_place("")


@pytest.mark.parametrize(
    ("text", "part"), [("lokasinya keliru", "location"), ("ganti kategori", "category"), ("x", "")]
)
def test_parts_of_a_draft_are_known_by_name(text: str, part: str) -> None:
    assert words.part_named(text) == part


@pytest.mark.parametrize(
    "text",
    [
        "ga tau",
        "gatau",
        "tidak tahu pak",
        "kurang tau",
        "lewati",
        "skip",
        "teu terang",
        "ya udah lewati aja",
        "ga tau kelurahannya",
        "kurang tau tepatnya di mana",
        "i don't know exactly where",
        "teu terang namina",
    ],
)
def test_not_knowing_where_is_understood(text: str) -> None:
    assert words.is_refusal(text, Choice("skip", "Lewati"), CITY)


@pytest.mark.parametrize("text", ["sudah", "ya udah", "lewat jalan riau", "udah rusak", "ga tau kenapa mati"])
def test_resignation_alone_and_a_way_to_pass_are_no_wish_to_skip(text: str) -> None:
    assert not words.is_refusal(text, Choice("skip", "Lewati"), CITY)


def test_accents_punctuation_and_chat_spelling_make_no_difference() -> None:
    assert words.plain("  Poék,  PISAN!! ") == "poek pisan"
    assert words.spelt("udh gak yg oke") == "sudah tidak yang ok"


@pytest.mark.parametrize(
    ("typed", "value"), [("kirm", "send"), ("batl", "cancel"), ("rubah", "change"), ("1", "send"), ("kesatu", "send")]
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, value: str) -> None:
    offered = tuple(
        Choice(each, label) for each, label in (("send", "Kirim"), ("change", "Rubah"), ("cancel", "Batal"))
    )
    choice = words.picked(typed, offered, CITY)
    assert choice is not None
    assert choice.value == value


@pytest.mark.parametrize("agreed", ["ya", "iya", "muhun", "sumuhun", "ok", "oke", "siap", "leres", "sip"])
@pytest.mark.parametrize("value", ["send", "continue", "support"])
def test_people_agree_in_many_words(agreed: str, value: str) -> None:
    choice = words.picked(agreed, (Choice(value, "X"), Choice("cancel", "Batal")), CITY)
    assert choice is not None
    assert choice.value == value


def test_what_may_be_one_of_two_labels_is_neither() -> None:
    assert words.picked("cikutro", (Choice("place:0", "Cikutra"), Choice("place:1", "Cikutri")), CITY) is None


GIVING_UP = (
    "bolay/ga jadi lapor/teu janten/teu jadi kang/batalin aja laporannya/moal jadi ngalapor/tidak jadi kirim/gak jadi ah"
    "/cancel my report"
)


@pytest.mark.parametrize("text", GIVING_UP.split("/"))
def test_somebody_gives_a_report_up(text: str) -> None:
    assert words.command_in(text) == ("batal", "")


@pytest.mark.parametrize(
    "text",
    [
        "lampunya ga jadi dipasang",
        "jadi",
        "tidak",
        "laporan saya",
        "jadwal angkot dibatalkan sepihak sama sopirnya",
        "maaf",
    ],
)
def test_a_problem_is_not_given_up(text: str) -> None:
    assert not words.gives_up(text)


@pytest.mark.parametrize(
    "text", ["jalan cikutra kapan dibenerin?", "bisa lapor di sini", "kumaha ieu teh", "gratis kan"]
)
def test_a_question_is_put(text: str) -> None:
    assert question_words.asks(text)


@pytest.mark.parametrize("text", ["lampu jalan mati", "sampah ga diangkut", "tidak", "?"[:0]])
def test_no_question_is_put(text: str) -> None:
    assert not question_words.asks(text)


@pytest.mark.parametrize("text", ["1", "satu", "nomor 2", "pilih tiga"])
def test_a_number_names_nothing_that_was_not_offered(text: str) -> None:
    assert words.named(text, READ_BACK, CITY) is None
    assert words.named("ubah", READ_BACK, CITY) == READ_BACK[1]
