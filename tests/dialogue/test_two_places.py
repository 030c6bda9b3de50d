"""A point on the map and a place in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.events import LocationShared
from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.session import Draft
from bot.dialogue.steps.read_back import place_labels
from bot.dialogue.steps.two_places import APART_M, apart_m, disagree, left_by
from tests.makers import (
    DISTRICT,
    OUTSIDE,
    PASAR,
    STREET,
    at_read_back,
    heard,
    knowledge,
    play,
    session,
    shown,
    tap,
    unclear,
    values,
)

PIN = PlaceFound("Jalan Cihapit", "pin", "Cihapit", "Bandung Wetan", "Kota Bandung", -6.9080, 107.6215, confidence=1.0)
FAR = PlaceFound("", "pin", "Cipadung", "Cibiru", "Kota Bandung", -6.9340, 107.7180, confidence=1.0)
SHARED = LocationShared(-6.9340, 107.7180)
COORDINATES = st.tuples(st.floats(-7.1, -6.8), st.floats(107.4, 107.8))


@pytest.mark.parametrize(
    ("pin", "named", "differ"),
    [
        (PIN, PASAR, False),
        (FAR, PASAR, True),
        (replace(PIN, kelurahan="Citarum"), PASAR, False),  # across the border of a kelurahan, but a few steps away
        (PIN, STREET, True),
        (FAR, replace(STREET, kecamatan="Cibiru"), False),  # a street may go on into the next kelurahan
        (PIN, replace(STREET, name=PIN.name), False),
        (PIN, DISTRICT, True),
        (replace(PIN, kecamatan="Coblong", kelurahan="Dago"), DISTRICT, False),
        (PIN, OUTSIDE, True),
        (PIN, PlaceFound("Gang Anu", "street"), False),
        (replace(PIN, kelurahan="", kecamatan="", kota_kab=""), DISTRICT, False),
    ],
)
def test_far_points_and_other_areas_disagree(pin: PlaceFound, named: PlaceFound, differ: bool) -> None:
    assert disagree(pin, named) is differ


@given(COORDINATES, COORDINATES)
def test_a_distance_is_the_same_from_both_ends(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert apart_m(one, other) == pytest.approx(apart_m(other, one), rel=0.01, abs=0.01)
    assert apart_m(one, one) == 0.0


def test_a_hundredth_of_a_degree_north_is_a_little_more_than_a_kilometre() -> None:
    assert APART_M < apart_m((-6.91, 107.61), (-6.92, 107.61)) < 1.2 * APART_M


def torn() -> Draft:
    """The draft after a far pin at the read-back."""
    draft = play(at_read_back(), SHARED, knowledge(located=FAR)).session.draft
    assert draft is not None
    return draft


def test_a_far_pin_is_asked_about_with_both_answers_and_nothing_lost() -> None:
    turn = play(at_read_back(), SHARED, knowledge(located=FAR))
    assert values(turn) == ("place:0", "place:1")
    assert "Titik di peta" in shown(turn).text
    assert torn().place_options == (FAR, PASAR)
    assert (torn().place, torn().place_words, torn().place_settled) == (FAR, "pasar cihapit", False)


@pytest.mark.parametrize(("answer", "place"), [("1", FAR), ("titik di peta", FAR), ("2", PASAR), ("cihapit", PASAR)])
def test_the_answer_decides_and_the_words_stay(answer: str, place: PlaceFound) -> None:
    asked = play(at_read_back(), SHARED, knowledge(located=FAR)).session
    after = play(asked, answer, knowledge(heard=unclear())).session.draft
    assert after is not None
    assert (after.place, after.place_options, after.place_settled) == (place, (), True)
    assert "cihapit" in after.place_words


def test_a_point_that_was_not_chosen_stays_beside_the_words() -> None:
    asked = play(at_read_back(), SHARED, knowledge(located=FAR)).session
    after = play(asked, tap(asked, "place:1")).session.draft
    assert after is not None
    assert after.place_words == "pasar cihapit (-6.93400, 107.71800)"


def test_a_third_pin_replaces_the_second_and_is_compared_with_the_words_again() -> None:
    asked = play(at_read_back(), SHARED, knowledge(located=FAR)).session
    near = play(asked, LocationShared(-6.9080, 107.6215), knowledge(located=PIN)).session.draft
    assert near is not None
    assert (near.place, near.place_options, near.place_settled) == (PIN, (), True)


def test_unclear_words_are_no_answer_to_which_of_the_two() -> None:
    asked = play(at_read_back(), SHARED, knowledge(located=FAR)).session
    assert play(asked, "eh gimana maksudnya", knowledge(heard=unclear())).session.step == "location"


def test_who_never_answers_is_filed_at_the_point_for_a_person_to_check() -> None:
    talk = play(at_read_back(), SHARED, knowledge(located=FAR)).session
    for _ in range(3):
        talk = play(talk, "eh gimana maksudnya", knowledge(heard=unclear())).session
    assert talk.draft is not None
    assert (talk.draft.place, talk.draft.needs_check, talk.draft.place_words) == (FAR, True, "pasar cihapit")


def test_words_after_a_pin_are_compared_with_it_once() -> None:
    pinned = play(session(), SHARED, knowledge(located=FAR)).session
    words = heard("jalan_rusak", place=PASAR, place_words="pasar cihapit")
    asked = play(pinned, "jalan berlubang di pasar cihapit", knowledge(heard=words))
    assert values(asked) == ("place:0", "place:1")
    chosen = play(asked.session, tap(asked.session, "place:0")).session
    again = play(replace(chosen, step="confirm"), "iya di pasar cihapit itu", knowledge(heard=words)).session.draft
    assert again is not None
    assert again.place == FAR


def test_words_that_agree_with_the_pin_are_kept_beside_it() -> None:
    pinned = play(session(), LocationShared(-6.9080, 107.6215), knowledge(located=PIN)).session
    words = heard("jalan_rusak", place=PASAR, place_words="pasar cihapit")
    after = play(pinned, "jalan berlubang di pasar cihapit", knowledge(heard=words)).session.draft
    assert after is not None
    assert (after.place, after.place_words) == (PIN, "pasar cihapit")


@pytest.mark.parametrize(
    ("places", "labels"),
    [
        ((STREET, PASAR), ("Neglasari", "Cihapit")),
        ((STREET, replace(STREET, kecamatan="Cimenyan")), ("Cibeunying Kaler", "Cimenyan")),
        ((STREET, replace(STREET, kota_kab="Kota Cimahi")), ("Kota Bandung", "Kota Cimahi")),
        ((STREET, STREET), ("Neglasari", "Neglasari")),
        ((DISTRICT, OUTSIDE), ("Coblong", "Lembang")),
    ],
)
def test_a_button_says_what_tells_the_places_apart(places: tuple[PlaceFound, ...], labels: tuple[str, ...]) -> None:
    assert place_labels(places) == labels


# ---------------------------------------------------------------- within metres of a border


SIDES = tuple(
    PlaceFound("Jalan Lombok", "pin", kelurahan, "Bandung Wetan", "Kota Bandung", -6.90847, 107.61917)
    for kelurahan in ("Citarum", "Cihapit")
)


def test_words_that_name_one_side_of_a_border_leave_that_side() -> None:
    named = PlaceFound("Cihapit", "kelurahan", "Cihapit", "Bandung Wetan", "Kota Bandung")
    assert left_by(named, SIDES) == (SIDES[1],)


def test_words_that_fit_both_sides_leave_both() -> None:
    assert left_by(PlaceFound("Bandung Wetan", "kecamatan", "", "Bandung Wetan", "Kota Bandung"), SIDES) == SIDES


def test_words_that_name_another_place_leave_neither() -> None:
    assert left_by(PlaceFound("Dago", "kelurahan", "Dago", "Coblong", "Kota Bandung"), SIDES) == ()
