"""Which open reports are offered as the same problem, and in which order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.events import CommandGiven
from bot.services import likeness
from bot.services.likeness import MISREAD, MOST_SIMILAR, SAME_AFTER_ALL, most_alike
from storage.reports import distance_m
from storage.tables import Report
from tests.services.town import CISITU, LAMP, Town

METRE = 1 / 111_195  # of latitude, in degrees


def shared_words(one: str, other: str) -> float:
    """Words in common, of all: a plain stand-in for the reader's measure."""
    left, right = set(one.split()), set(other.split())
    return len(left & right) / len(left | right)


@pytest.fixture
def reading_town(town: Town) -> Town:
    """A town whose office compares words."""
    town.office = replace(town.office, alike=shared_words)
    return town


def offered(town: Town, draft: object = LAMP) -> list[Report]:
    return town.run(most_alike, town.office, town.citizen("ucup").contact_id, draft, town.now)  # type: ignore[arg-type]


def numbers(town: Town, draft: object = LAMP) -> list[str]:
    return [report.number for report in offered(town, draft)]


def test_the_same_words_come_before_another_problem_at_the_very_spot(reading_town: Town) -> None:
    asep = reading_town.citizen("asep")
    leaning = asep.files(replace(LAMP, description="tiang lampu miring"))
    dark = asep.files(replace(LAMP, place=replace(CISITU, lat=-6.8830 + 30 * METRE)))
    assert numbers(reading_town) == [dark, leaning]


def test_of_the_same_words_the_nearer_comes_first_and_of_the_same_place_the_newer(reading_town: Town) -> None:
    asep = reading_town.citizen("asep")
    far = asep.files(replace(LAMP, place=replace(CISITU, lat=-6.8830 + 30 * METRE)))
    old = asep.files()
    reading_town.pass_time(days=1)
    new = asep.files()
    assert numbers(reading_town) == [new, old, far]


def test_without_words_to_compare_place_and_time_decide(town: Town) -> None:
    asep = town.citizen("asep")
    far = asep.files(replace(LAMP, place=replace(CISITU, lat=-6.8830 + 30 * METRE)))
    near = asep.files()
    assert numbers(town) == [near, far]


@pytest.mark.parametrize(("described", "is_offered"), [("lampu jalan mati", True), ("kabel putus", False)])
def test_a_report_that_was_read_as_the_second_guess_needs_like_words(
    described: str, is_offered: bool, reading_town: Town
) -> None:
    other = reading_town.citizen("asep").files(replace(LAMP, category="utilitas_kabel", description=described))
    draft = replace(LAMP, category_options=("pju", "utilitas_kabel"))
    assert (shared_words(described, LAMP.description) >= MISREAD) is is_offered
    assert numbers(reading_town, draft) == ([other] if is_offered else [])


def test_only_the_two_likeliest_categories_are_looked_at(reading_town: Town) -> None:
    reading_town.citizen("asep").files(replace(LAMP, category="utilitas_kabel"))
    assert numbers(reading_town, replace(LAMP, category_options=("pju", "jalan_rusak", "utilitas_kabel"))) == []


@pytest.mark.parametrize(
    ("described", "is_offered"), [("lampu jalan mati pisan", True), ("tiang besi miring roboh hampir lampu", False)]
)
def test_another_sub_category_needs_like_words_too(described: str, is_offered: bool, reading_town: Town) -> None:
    one, two = list(reading_town.office.city.categories["pju"].subs)[:2]
    number = reading_town.citizen("asep").files(replace(LAMP, description=described, sub_category=two))
    assert (shared_words(described, LAMP.description) >= SAME_AFTER_ALL) is is_offered
    assert numbers(reading_town, replace(LAMP, sub_category=one)) == ([number] if is_offered else [])


def test_at_most_three_are_offered(reading_town: Town) -> None:
    for _ in range(MOST_SIMILAR + 2):
        reading_town.citizen("asep").files()
    assert len(numbers(reading_town)) == MOST_SIMILAR


CATEGORIES = ("pju", "utilitas_kabel", "jalan_rusak", "sosial", "perilaku_aparatur")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    filed=st.lists(
        st.tuples(
            st.sampled_from(CATEGORIES),
            st.sampled_from(("anonim", "tampil", "rahasia")),
            st.integers(0, 400),
            st.integers(0, 60),
        ),
        max_size=4,
    ),
    asked=st.sampled_from(("pju", "utilitas_kabel", "jalan_rusak")),
    second=st.sampled_from(CATEGORIES),
)
def test_nothing_secret_far_or_old_is_ever_offered(
    filed: list[tuple[str, str, int, int]], asked: str, second: str, reading_town: Town
) -> None:
    for category, privacy, metres, hours in filed:
        reading_town.pass_time(hours=hours)
        place = replace(CISITU, lat=-6.8830 + metres * METRE)
        reading_town.citizen("asep").files(replace(LAMP, category=category, privacy=privacy, place=place))
    categories = reading_town.office.city.categories
    for report in offered(reading_town, replace(LAMP, category=asked, category_options=(asked, second))):
        kind, own = categories[report.category], categories[asked].dedup
        assert report.privacy != "rahasia"
        assert not kind.confidential_default
        assert not kind.is_supervisory(report.sub_category)
        assert report.category in (asked, second)
        assert own is not None
        assert kind.dedup is not None
        assert report.lat is not None
        assert report.lon is not None
        apart = distance_m(-6.8830, 107.6120, report.lat, report.lon)
        assert apart <= min(own.radius_m, kind.dedup.radius_m) + 0.1
        assert reading_town.now - report.created_at <= timedelta(days=min(own.window_days, kind.dedup.window_days))


def test_beside_a_filed_report_stand_the_open_ones_that_may_be_the_same(town: Town) -> None:
    number, other = town.citizen("asep").files(), town.citizen("ucup").files()
    secret = town.citizen("neng").files(replace(LAMP, privacy="rahasia"))

    def beside(number: str) -> list[str]:
        report = town.report(number)
        return [each.number for each in town.db.read_sync(likeness.beside, town.office, report, town.now)]

    assert beside(number) == [other]
    assert beside(secret) == []
    card = town.administrator().hears_about(CommandGiven("lihat", number))[0].text
    assert f"/gabung {number} NOMOR" in card
    assert other in card
    assert "Keyakinan kategori: 90%" in card
