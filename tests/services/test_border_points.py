"""A point within metres of a border may lie on either side, wherever the point comes from."""

from dataclasses import replace

import pytest

from bot.dialogue.events import Event, Forwarded, LocationShared, MediaReady, Origin, TextSent
from bot.dialogue.steps.two_places import at_point
from bot.dialogue.turn import Scene
from bot.services import hearing
from nlp import Reader
from tests.makers import OUTSIDE, PASAR, draft, knowledge, session

ON_THE_BORDER, WELL_INSIDE = (-6.95652, 107.57296), (-6.8746, 107.6189)
PIN = replace(PASAR, kind="pin", name="", kelurahan="Margasuka", kecamatan="Babakan Ciparay")
BEYOND = replace(PIN, kelurahan="Margahayu Tengah", kecamatan="Margahayu", kota_kab="Kabupaten Bandung")


@pytest.mark.parametrize(
    "event",
    [
        LocationShared(*ON_THE_BORDER),
        Forwarded(LocationShared(*ON_THE_BORDER), Origin("forwarded")),
        MediaReady(1, *ON_THE_BORDER),
    ],
)
def test_a_pin_a_forwarded_one_and_a_photos_own_point_know_the_other_side(event: Event, reader: Reader) -> None:
    here, (beyond,) = hearing.locate(reader, event), hearing.beside(reader, event)
    assert here is not None
    assert {here.kota_kab, beyond.kota_kab} == {"Kota Bandung", "Kabupaten Bandung"}
    assert (beyond.kind, beyond.lat, beyond.lon) == ("pin", *ON_THE_BORDER)


@pytest.mark.parametrize(
    "event",
    [LocationShared(*WELL_INSIDE), MediaReady(1), TextSent("di perbatasan"), Forwarded(TextSent("x"), Origin("user"))],
)
def test_a_point_well_inside_and_no_point_have_none(event: Event, reader: Reader) -> None:
    assert hearing.beside(reader, event) == ()


def test_a_point_beside_a_border_stays_open_until_somebody_says_which_side() -> None:
    scene = Scene(session(draft=draft(place=None, place_words="")), knowledge())
    there = at_point(scene, PIN, (BEYOND,)).draft
    assert (there.place, there.place_options, there.place_settled) == (PIN, (PIN, BEYOND), False)


def test_words_that_name_one_side_settle_it() -> None:
    scene = Scene(session(draft=draft(place=None, place_words="")), knowledge())
    named = replace(OUTSIDE, kecamatan="", kota_kab="Kabupaten Bandung")
    there = at_point(scene, PIN, (BEYOND,), named).draft
    assert (there.place, there.place_options, there.place_settled) == (BEYOND, (), True)


def test_words_that_name_neither_side_leave_the_point_where_it_is() -> None:
    scene = Scene(session(draft=draft(place=None, place_words="")), knowledge())
    there = at_point(scene, PIN, (BEYOND,), OUTSIDE).draft
    assert (there.place, there.place_options, there.place_settled) == (PIN, (), True)
