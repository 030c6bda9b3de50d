"""Figures as they are shown: every number with its n, shares only of five or more, long lists as pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.knowledge import Figures, Group, SpanFacts, Spread, WeekFacts
from bot.dialogue.steps.figures import LEAST_FOR_SHARE, PAGE
from bot.dialogue.steps.summary_of_week import MOST_LINES
from bot.staff.spans import FiguresAsked, choice_value, tapped, typed
from tests.makers import CITY, NOW, back_office, command, play, session, shown, tap, values

SPAN = SpanFacts("", NOW, NOW)
CATEGORIES = tuple(CITY.categories)


def figures(**changes: object) -> Figures:
    groups = tuple(Group(id_, 3) for id_ in CATEGORIES[:20])
    whole = Group("", 60, 7, Spread(40, 1.25, 3.0, 50), Spread(9, 2.0, 8.49, 20), 12, 8, 1)
    usual = Figures(SPAN, whole, dict.fromkeys(("agency", "category", "kelurahan", "month"), groups), ((1, 4), (2, 1)))
    return replace(usual, **changes)  # type: ignore[arg-type]


def told(argument: str = "", **changes: object) -> str:
    return shown(
        play(session(), command("statistik", argument), back_office(figures=figures(**changes)), desk="staff")
    ).text


def test_the_summary_says_every_number_with_its_n() -> None:
    text = told(unowned=Spread(3, 0.5, 2.0, 4.0))
    assert "n = 60" in text
    assert "Masih terbuka: 7" in text
    assert "median 1,2 hari kerja, 90% dalam 3 hari (n = 40)" in text
    assert "median 2 hari kerja, 90% dalam 8,5 hari (n = 9)" in text
    assert "dibenarkan pelapor 12 = 57%, tanpa jawaban pelapor 8, lainnya 1" in text
    assert "n = 5 (1 kali: 4, 2 kali: 1)" in text
    assert "4 hari semuanya, median 0,5 hari (n = 3)" in text


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_share_needs_five_to_stand_behind_it(confirmed: int, silent: int) -> None:
    text = told(whole=Group("", 99, confirmed=confirmed, timed_out=silent))
    assert ("%" in text) is (confirmed + silent >= LEAST_FOR_SHARE)


def test_where_nothing_is_known_nothing_is_made_up() -> None:
    text = told(whole=Group("", 0), hops=())
    assert text.count("belum ada (n = 0)") == 2
    assert "%" not in text


def test_a_long_list_has_pages_and_a_way_back() -> None:
    know = back_office(figures=figures())
    turn = play(session(), command("statistik", "kategori"), know, desk="staff")
    pages = [shown(turn).text]
    assert values(turn) == ("figures:category::2", "figures:whole::1")
    while any(value.startswith("figures:category") for value in values(turn)):
        value = next(value for value in values(turn) if value.startswith("figures:category"))
        turn = play(turn.session, tap(turn.session, value), know, desk="staff")
        pages.append(shown(turn).text)
    assert len(pages) == -(-20 // PAGE)
    listed = [line for page in pages for line in page.splitlines() if line.startswith("•")]
    assert len(listed) == len(set(listed)) == 20


def test_answers_of_outside_agencies_are_told_by_name() -> None:
    receivers = (Group("Balai Jalan", 6, 2, Spread(3, 4.5), confirmed=3), Group("pln", 1))
    text = told("rujukan", receivers=receivers)
    assert "Balai Jalan: n = 6, masih di sana 2, dijawab 3 = 50%, jawaban pertama median 4,5 hari" in text
    assert f"{CITY.agencies['pln'].short}: n = 1, masih di sana 0, dijawab 0\n" in f"{text}\n"


@pytest.mark.parametrize("argument", ["lagu", "2026-13", "opd kategori", "-1"])
def test_what_makes_no_sense_is_answered_with_an_example(argument: str) -> None:
    turn = play(session(), command("statistik", argument), back_office(), desk="staff")
    assert "/statistik kategori" in shown(turn).text
    assert len(values(turn)) == 5


@given(
    st.sampled_from(["whole", "agency", "outside", "month"]),
    st.sampled_from(["", "2026", "2026-11"]),
    st.integers(1, 99),
)
def test_what_a_choice_asks_for_is_what_was_meant(part: str, span: str, page: int) -> None:
    asked = FiguresAsked(part, span, page)
    assert tapped(choice_value(asked)) == asked
    assert len(choice_value(asked)) <= 48


@given(st.text(max_size=30))
def test_no_value_whatever_is_taken_for_more_than_it_is(value: str) -> None:
    assert tapped(f"figures:{value}") is None or re.fullmatch(
        r"(whole|agency|category|kelurahan|month|outside):[\d-]*:\d+", value
    )
    assert tapped(value) is None or value.startswith("figures:")


@pytest.mark.parametrize(
    ("argument", "asked"),
    [
        ("", FiguresAsked()),
        ("OPD 2026-11 2", FiguresAsked("agency", "2026-11", 2)),
        ("2026 rujukan", FiguresAsked("outside", "2026")),
    ],
)
def test_words_behind_the_command_may_come_in_any_order(argument: str, asked: FiguresAsked) -> None:
    assert typed(argument) == asked


# ---------------------------------------------------------------- the week


def week(**happened: dict[tuple[str, str], int]) -> str:
    from collections import Counter

    facts = WeekFacts(
        {what: Counter(pairs) for what, pairs in happened.items()}, {"received": Counter({("dishub", "pju"): 4})}
    )
    return shown(play(session(), command("rekap"), back_office(week=facts), desk="staff")).text


def test_the_week_is_told_by_agency_and_category_beside_the_last_one() -> None:
    text = week(
        received={("dishub", "pju"): 2, ("", "sampah"): 1},
        verified={("dishub", "pju"): 1},
        overdue={("dishub", "pju"): 3},
    )
    assert "Masuk: 3 (4)" in text
    assert "Tenggat terlewat: 3 (0)" in text
    all_of_it = "Masuk: 2 (4) · Diperiksa: 1 (0) · Tenggat terlewat: 3 (0)"
    assert f"• {CITY.agencies['dishub'].short}\n{all_of_it}" in text
    assert "• belum di OPD\nMasuk: 1 (0)\n" in text
    assert f"• {CITY.categories['pju'].label['id']}\n{all_of_it}" in text


@given(st.integers(1, 20))
def test_what_does_not_fit_into_the_week_is_summed_up_and_not_lost(categories: int) -> None:
    text = week(received={("dishub", id_): 1 for id_ in CATEGORIES[:categories]})
    table = text.split("Menurut kategori")[1]
    counts = [int(match) for match in re.findall(r"• .*\nMasuk: (\d+) \(", table)]
    assert sum(counts) == categories
    assert len(counts) <= MOST_LINES + 1 + 1  # last week's category may be none of this week's


def test_of_a_time_to_come_there_are_no_figures() -> None:
    later = SpanFacts("2027", NOW + timedelta(days=40), NOW)
    for argument in ("2027", "opd 2027"):
        text = told(argument, span=later)
        assert "belum tiba" in text
        assert "n = " not in text
