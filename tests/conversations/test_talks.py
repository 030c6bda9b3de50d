"""Every talk of this folder happens as it is written (README.md)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cities.city import City
from nlp import Reader
from tests.conversation_runner import TalkDiffers, Town, lines_of, matches, play

TALKS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.fixture
def town(sqlite_template: Path, tmp_path: Path, city: City, reader: Reader) -> Iterator[Town]:
    opened = Town(sqlite_template, tmp_path, city, reader)
    yield opened
    opened.close()


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.stem)
def test_the_talk_happens_as_it_is_written(talk: Path, town: Town) -> None:
    play(talk.read_text(), town)


BETWEEN = """
= administrator
> /verifikasi {nomor}
[ketuk Sudah benar]
> /disposisi {nomor} DSDABM
= narahubung
> /proses {nomor} tim sudah di lokasi
> /selesai {nomor} lubang sudah ditambal
[foto]
= warga
< sudah kami teruskan ke DSDABM
< Keterangan petugas: tim sudah di lokasi.
"""
"""What the README leaves out between its two talks."""


def test_the_talk_on_the_first_screen_of_the_readme_happens(town: Town) -> None:
    readme = Path(__file__).parents[2].joinpath("README.md").read_text()
    before, _, after = readme.partition("Some days later")
    told = [_talk_in(part) for part in (before, after[:600])]
    play(f"{told[0]}{BETWEEN}{told[1]}".replace("…", "..."), town)


def _talk_in(markdown: str) -> str:
    return "\n".join(line[4:] for line in markdown.splitlines() if line[:5] in ("    >", "    <", "     "))


def test_there_are_talks() -> None:
    assert len(TALKS) >= 60


def test_a_talk_that_expects_something_else_fails(town: Town) -> None:
    with pytest.raises(TalkDiffers, match="expected:\nSelamat malam"):
        play("> halo\n< Selamat malam", town)


def test_a_bubble_that_nobody_expects_fails(town: Town) -> None:
    with pytest.raises(TalkDiffers, match="nothing more was shown"):
        play("> halo\n< Halo\n< Halo", town)


def test_what_must_not_be_shown_fails(town: Town) -> None:
    with pytest.raises(TalkDiffers, match="must not be shown"):
        play("> halo\n< Halo\n! Wargi", town)


def test_indented_lines_belong_to_the_bubble_above() -> None:
    (first, second) = lines_of("# nothing\n> halo\n\n< satu\n  dua\n")
    assert (first.mark, first.text) == (">", "halo")
    assert (second.mark, second.text, second.number) == ("<", "satu\ndua", 4)


def test_a_line_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(lines_of("> halo\nhalo"))


def test_expected_lines_are_parts_in_this_order() -> None:
    assert matches("satu\ndua ... empat", "nol satu\ndua tiga empat")
    assert not matches("dua\nsatu", "satu\ndua")
    assert not matches("dua ... empat", "dua\nempat")
