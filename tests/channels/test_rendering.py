"""A reply is shown in the richest form that loses no choice and breaks no limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Capabilities, Rendered
from bot.channels.payloads import PAYLOAD_BYTES
from bot.channels.rendering import (
    MOST_PIECES,
    ROW_BUTTONS,
    ROW_WIDTH,
    cut,
    legible,
    measure,
    numbered,
    render,
    rows,
    split,
    with_list,
)
from bot.dialogue.replies import Choice, Reply

TERMINAL = Capabilities(text=100_000, caption=0, buttons=0, button_label=0)
TELEGRAM = Capabilities(text=4096, caption=1024, buttons=30, button_label=40, location_button=True, utf16=True)
WHATSAPP = Capabilities(
    text=4096, caption=1024, buttons=10, button_label=20, location_button=True, text_with_buttons=1024
)

CONFIRM = (Choice("send", "Kirim"), Choice("change", "Ubah"), Choice("cancel", "Batal"))


def labels(rendered: Rendered) -> list[list[str]]:
    return [[choice.label for choice in row] for row in rendered.buttons]


def values(rendered: Rendered) -> list[str]:
    return [choice.value for row in rendered.buttons for choice in row]


def test_short_choices_become_buttons_side_by_side() -> None:
    shown = render(Reply("Sudah benar?", CONFIRM, turn=4), TELEGRAM)
    assert shown == Rendered("Sudah benar?", (CONFIRM,), turn=4)


def test_without_buttons_they_are_numbered_on_one_line() -> None:
    assert render(Reply("Sudah benar?", CONFIRM), TERMINAL).text == "Sudah benar?\n1. Kirim  2. Ubah  3. Batal"


def test_a_long_list_takes_a_line_for_each() -> None:
    places = [f"Jalan Cisitu Lama {number}" for number in range(1, 4)]
    assert numbered(places) == "1. Jalan Cisitu Lama 1\n2. Jalan Cisitu Lama 2\n3. Jalan Cisitu Lama 3"


def test_labels_too_long_for_buttons_are_written_out_and_the_buttons_bear_their_numbers() -> None:
    choices = (Choice("a", "Jalan rusak dan berlubang di perumahan"), Choice("b", "Lampu jalan"))
    shown = render(Reply("Yang mana?", choices), WHATSAPP)
    assert shown.text == "Yang mana?\n1. Jalan rusak dan berlubang di perumahan\n2. Lampu jalan"
    assert labels(shown) == [["1", "2"]]
    assert values(shown) == ["a", "b"]


def test_more_choices_than_buttons_are_a_list() -> None:
    choices = tuple(Choice(str(number), f"Kelurahan {number}") for number in range(11))
    shown = render(Reply("Kelurahan mana?", choices), WHATSAPP)
    assert not shown.buttons
    assert shown.text.endswith("\n11. Kelurahan 10")


def test_a_text_too_long_to_stand_above_buttons_is_shown_whole_without_them() -> None:
    text = "panjang " * 200
    shown = render(Reply(text, CONFIRM), WHATSAPP)
    assert not shown.buttons
    assert shown.text == f"{text.strip()}\n1. Kirim  2. Ubah  3. Batal"


def test_a_text_too_long_for_one_message_begins_in_another_and_keeps_its_buttons_last() -> None:
    text = ("Satu kalimat. " * 400).strip()
    shown = render(Reply(text, CONFIRM), TELEGRAM)
    assert shown.buttons == (CONFIRM,)
    assert " ".join([*shown.before, shown.text]) == text
    assert all(piece.endswith("Satu kalimat.") for piece in (*shown.before, shown.text))


def test_above_a_long_list_the_last_piece_leaves_room_for_it() -> None:
    choices = tuple(Choice(str(number), f"Kelurahan nomor {number}") for number in range(12))
    shown = render(Reply("Satu kalimat. " * 400, choices), WHATSAPP)
    assert shown.text.endswith("12. Kelurahan nomor 11")
    assert max(len(piece) for piece in (*shown.before, shown.text)) <= 4096
    assert "".join([*shown.before, shown.text]).count("Satu kalimat.") == 400


def test_a_text_without_end_is_cut_after_a_few_messages() -> None:
    pieces = split("kata " * 10_000, 1000, utf16=False)
    assert len(pieces) == MOST_PIECES
    assert pieces[-1].endswith("…")


@given(st.text(st.sampled_from("ab. \n😀"), max_size=400), st.integers(80, 200), st.integers(20, 200), st.booleans())
def test_pieces_are_the_whole_text_in_order_within_the_limits(text: str, limit: int, last: int, utf16: bool) -> None:
    pieces = split(text.strip(), limit, last, utf16=utf16)
    assert all(measure(piece, utf16=utf16) <= limit for piece in pieces)
    assert measure(pieces[-1], utf16=utf16) <= last
    if not pieces[-1].endswith("…"):
        assert "".join("".join(pieces).split()) == "".join(text.split())


def test_choices_that_cannot_travel_behind_a_button_are_a_list() -> None:
    assert render(Reply("?", (Choice("v" * 63, "Ya"),), turn=1), TELEGRAM).text == "?\n1. Ya"
    assert render(Reply("?", (Choice("v" * 62, "Ya"),), turn=1), TELEGRAM).text == "?"


def test_labels_that_look_the_same_are_told_apart_by_their_numbers() -> None:
    twins = (Choice("a", "Jl. Cisitu"), Choice("b", "Jl.  Cisitu"))
    assert labels(render(Reply("Yang mana?", twins), WHATSAPP)) == [["1", "2"]]


def test_choices_without_a_text_are_still_seen() -> None:
    assert render(Reply("", CONFIRM), TELEGRAM).text == "1. Kirim  2. Ubah  3. Batal"


def test_a_location_is_asked_for_only_where_the_channel_can_and_no_choice_is_in_the_way() -> None:
    assert (
        render(Reply("Di mana?", hope="location"), TELEGRAM, location_label="Kintun lokasi").ask_location
        == "Kintun lokasi"
    )
    assert render(Reply("Di mana?", hope="location"), TERMINAL).ask_location == ""
    assert render(Reply("Di mana?", CONFIRM, hope="location"), TELEGRAM).ask_location == ""
    assert render(Reply("Apa?", hope="words"), TELEGRAM).ask_location == ""


def test_a_text_is_cut_where_a_reader_would_pause() -> None:
    assert cut("Satu dua tiga. Empat lima", 20, utf16=False) == "Satu dua tiga.…"
    assert cut("Satu dua\n\ntiga empat", 15, utf16=False) == "Satu dua…"
    assert cut("tanpaspasisamasekali", 10, utf16=False) == "tanpaspas…"


def test_an_emoji_is_two_units_on_telegram_and_never_cut_in_half() -> None:
    assert measure("😀a", utf16=True) == 3
    assert measure("😀a", utf16=False) == 2
    assert cut("😀😀😀", 4, utf16=True) == "😀…"
    family = "👨‍👩‍👧"
    assert cut(f"abc{family}", 7, utf16=True) == "abc…"
    assert cut("abcde\u0301fghij", 6, utf16=False) == "abcd…"


def test_what_no_platform_takes_is_replaced() -> None:
    assert legible("a\0b") == "ab"
    assert legible("\ud83d\ude00") == "😀"
    legible("rusak \ud83d").encode()


def test_a_channel_too_small_for_the_numbers_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="5 choices"):
        with_list("", [Choice(str(number), "x") for number in range(5)], 10, utf16=False)


# For all replies and all channels

anything = st.text(st.characters(), max_size=300) | st.text("aku jalan.\n😀👨\u200d👩\ud83d\0", max_size=300)
choice_values = st.from_regex(r"[a-z0-9_.:-]{1,48}", fullmatch=True)
many_choices = st.lists(st.builds(Choice, choice_values, anything), max_size=20).map(tuple)
replies = st.builds(
    Reply,
    anything | anything.map(lambda text: text * 20),
    many_choices,
    st.sampled_from(["nothing", "words", "location", "photo"]),
    st.just(()),
    st.integers(0, 10**9),
)
capabilities = st.builds(
    Capabilities,
    text=st.integers(300, 5000),
    caption=st.just(100),
    buttons=st.integers(0, 12),
    button_label=st.integers(0, 40),
    location_button=st.booleans(),
    utf16=st.booleans(),
    text_with_buttons=st.just(0) | st.integers(100, 300),
)


@given(replies, capabilities)
def test_no_choice_is_ever_lost_and_no_limit_broken(reply: Reply, can: Capabilities) -> None:
    shown = render(reply, can)
    above = (can.text_with_buttons or can.text) if shown.buttons else can.text
    assert measure(shown.text, utf16=can.utf16) <= above
    assert all(measure(text, utf16=can.utf16) <= can.text for text in shown.before)
    shown.text.encode()
    assert shown.turn == reply.turn
    if shown.buttons:
        assert values(shown) == [choice.value for choice in reply.choices]
        assert len(values(shown)) <= can.buttons
        for label in (label for row in labels(shown) for label in row):
            assert label.isdigit() or 0 < measure(label, utf16=can.utf16) <= can.button_label
        assert all(len(f"{shown.turn}:{value}".encode()) <= PAYLOAD_BYTES for value in values(shown))
    else:
        assert all(f"{number}. " in f"{shown.text} " for number in range(1, len(reply.choices) + 1))


@given(replies, capabilities)
def test_nothing_is_lost_that_has_room(reply: Reply, can: Capabilities) -> None:
    shown = render(reply, can)
    listed = "\n".join(f"{n}. {' '.join(legible(choice.label).split())}" for n, choice in enumerate(reply.choices, 1))
    whole = f"{legible(reply.text).strip()}\n{listed}".strip()
    if measure(whole, utf16=can.utf16) <= can.text * 0.7:
        assert legible(reply.text).strip() in shown.text
        written = shown.text + "".join(label for row in labels(shown) for label in row)
        assert all(" ".join(legible(choice.label).split()) in written for choice in reply.choices)


@given(anything, st.integers(0, 200), st.booleans())
def test_a_cut_is_a_beginning_of_the_text(text: str, limit: int, utf16: bool) -> None:
    text = legible(text)
    shown = cut(text, limit, utf16=utf16)
    assert measure(shown, utf16=utf16) <= limit
    assert shown == text or limit == 0 or (shown.endswith("…") and text.startswith(shown[:-1]))
    shown.encode()


@given(many_choices)
def test_rows_keep_the_order_and_leave_room_for_every_label(choices: tuple[Choice, ...]) -> None:
    laid = rows(choices)
    assert tuple(choice for row in laid for choice in row) == choices
    for row in laid:
        assert len(row) == 1 or (len(row) <= ROW_BUTTONS and max(len(c.label) for c in row) * len(row) <= ROW_WIDTH)


def test_labels_that_are_their_own_numbers_need_no_list() -> None:
    stars = tuple(Choice(f"rate:X:{n}", str(n)) for n in range(1, 6))
    assert with_list("Balas angka 1 sampai 5", stars, 100, utf16=False) == "Balas angka 1 sampai 5"
    assert with_list("Yang mana?", stars[1:], 100, utf16=False).startswith("Yang mana?\n1. 2")


def test_a_row_of_a_list_may_be_longer_than_a_button() -> None:
    able = Capabilities(text=1024, caption=1024, buttons=10, button_label=20, listed_from=4, row_label=24)
    longer = tuple(Choice(f"v{n}", f"{n} " + "x" * 22) for n in range(4))
    assert render(Reply("Mana?", longer), able).text == "Mana?"
    assert render(Reply("Mana?", longer[:3]), able).text.startswith("Mana?\n1. ")
    too_long = (*longer[:3], Choice("v", "x" * 25))
    assert render(Reply("Mana?", too_long), able).text.startswith("Mana?\n1. ")
