"""Words that lean on what was told before them."""

import pytest

from bot.dialogue.batches.echoes import (
    adds,
    begins_with_it,
    echoes,
    names_another,
    says_nothing_new,
    says_the_same,
    speaks_of_it,
    takes_up,
    tells_how_long,
    without_own_place,
)


@pytest.mark.parametrize(
    "words",
    [
        "sama kayak di atas",
        "sama seperti yang tadi",
        "sami sareng nu di luhur",
        "di sini juga sama",
        "di gang saya juga gelap",
        "di rt kami juga belum diangkut",
        "lembur abdi oge kitu",
        "sama aja pak",
        "same here",
        "sama di jalan burangrang juga",
        "begitu juga di pasar",
    ],
)
def test_who_says_that_it_is_the_same_leaves_to_the_others_what_it_is(words: str) -> None:
    assert says_the_same(words)
    assert echoes(words)
    assert takes_up(words)


@pytest.mark.parametrize(
    "words",
    [
        "lampu mati di jalan itu",
        "sampah numpuk sama airnya bau",
        "saya juga lapor jalan berlubang di pasar",
        "rumah kosong di ujung gang",
        "",
    ],
)
def test_whoever_tells_a_problem_says_what_it_is(words: str) -> None:
    assert not says_the_same(words)
    assert not echoes(words)


@pytest.mark.parametrize(
    "words", ["tapi yang di jalan b masih mati", "nu di payun sakola oge", "kalau yg depan pasar belum"]
)
def test_one_more_place_of_the_same_is_taken_up_and_no_echo(words: str) -> None:
    assert takes_up(words)
    assert not says_the_same(words)


def test_what_is_named_by_its_owner_or_by_there_is_what_was_told_before() -> None:
    assert speaks_of_it("limbahnya dibuang ke kali")
    assert speaks_of_it("tiap malam di situ gelap")
    assert not speaks_of_it("lampu mati di jalan b")
    assert adds("di jalan b juga")
    assert not adds("di jalan b")


@pytest.mark.parametrize("words", ["nu di payuneun sakola oge bolong", "kalau yang di jalan b juga mati"])
def test_what_stands_elsewhere_and_is_so_too_is_another_one(words: str) -> None:
    assert names_another(words)
    assert not names_another(words.replace(" oge", "").replace(" juga", ""))


@pytest.mark.parametrize(
    "words", ["3 hari berturut2", "udah seminggu", "tiap malam", "geus lila, sasasih", "every day"]
)
def test_for_how_long_is_a_detail(words: str) -> None:
    assert tells_how_long(words)


@pytest.mark.parametrize("words", ["hari ini panas", "lampu mati", "seminar rt", ""])
def test_days_alone_tell_no_duration(words: str) -> None:
    assert not tells_how_long(words)


def test_what_belongs_to_a_place_told_before_stands_at_the_beginning() -> None:
    assert begins_with_it("airnya masuk rumah")
    assert begins_with_it("lampuna pareum")
    assert not begins_with_it("masuk rumah airnya")
    assert not begins_with_it("nya lampu mati")
    assert not begins_with_it("")


def test_ones_own_place_tells_us_no_place() -> None:
    assert without_own_place("di gang saya juga gelap").split() == ["di", "juga", "gelap"]
    assert "gang mesjid" in without_own_place("di gang mesjid juga gelap")


def test_the_same_words_at_another_place_are_nothing_new() -> None:
    before = "air pdam mati dari subuh di jalan a"
    assert says_nothing_new("di jl b juga sama bu mati", "jl b", before + " sama")
    assert not says_nothing_new("di jl b juga, ada yang tertabrak", "jl b", before)
