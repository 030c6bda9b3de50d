"""Places that need not be told: of the photo, and of earlier reports."""

from dataclasses import replace

import pytest

from bot.dialogue.events import MediaReady
from bot.dialogue.knowledge import Knowledge, PlaceFound, UsualPlace
from bot.dialogue.session import Session
from tests.makers import (
    NUMBER,
    OTHER,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    heard,
    knowledge,
    play,
    session,
    shown,
    tap,
)

GPS = PlaceFound("", "pin", "Cihapit", "Bandung Wetan", "Kota Bandung", -6.9078, 107.6213)
THIRD = UsualPlace("BDG-261124-0018-4", PlaceFound("Jalan Aceh", "street", "Merdeka"))


def used_to_report() -> Knowledge:
    usual = (UsualPlace(NUMBER, PASAR), UsualPlace(OTHER, STREET), THIRD)
    return knowledge(heard=heard("sampah"), usual_places=usual)


def test_two_of_the_usual_places_are_offered_newest_first() -> None:
    turn = play(session(), "sampah menumpuk bau sekali", used_to_report())
    assert [choice.label for choice in shown(turn).choices] == ["Pasar Cihapit", "Jalan Cikutra"]


def test_one_that_is_picked_is_the_place() -> None:
    asked = play(session(), "sampah menumpuk bau sekali", used_to_report()).session
    found = play(asked, tap(asked, f"usual:{OTHER}"), used_to_report()).session
    assert found.draft is not None
    assert (found.draft.place, found.draft.place_settled) == (STREET, True)


def test_one_that_is_known_no_more_asks_again() -> None:
    asked = play(session(), "sampah menumpuk bau sekali", used_to_report()).session
    assert play(asked, tap(asked, f"usual:{OTHER}"), knowledge()).session.step == "location"


def test_who_never_reported_is_offered_none() -> None:
    assert "usual" not in repr(shown(play(session(), "sampah menumpuk", knowledge(heard=heard("sampah")))).choices)


def test_the_place_of_a_photo_is_offered_where_the_place_is_asked() -> None:
    turn = play(asked_where(evidence=(3,)), MediaReady(3, GPS.lat, GPS.lon), knowledge(located=GPS))
    assert "Kel. Cihapit" in shown(turn).text
    assert shown(turn).choices[0].label == "Sesuai foto"
    found = play(turn.session, "sesuai foto").session
    assert found.draft is not None
    assert found.draft.place == GPS


@pytest.mark.parametrize(
    "before",
    [
        at_read_back(evidence=(3,)),
        asked_where(evidence=(4,)),
        asked_where(evidence=(3,), place_options=(PASAR, STREET)),
        replace(asked_where(evidence=(3,)), step="emergency"),
        session(),
    ],
)
def test_it_never_overrides_words_nor_belongs_to_another_photo(before: Session) -> None:
    turn = play(before, MediaReady(3, GPS.lat, GPS.lon), knowledge(located=GPS))
    assert (turn.session, turn.effects) == (before, ())


def test_a_photo_that_came_before_the_words_is_remembered() -> None:
    begun = session(
        step="describe",
        draft=replace(asked_where().draft or at_read_back().draft, description="", category="", evidence=(3,)),
    )  # type: ignore[type-var]
    noted = play(begun, MediaReady(3, GPS.lat, GPS.lon), knowledge(located=GPS))
    assert noted.effects == ()
    asked = play(noted.session, "lampu jalan mati", knowledge(heard=heard("pju")))
    assert "photo_place" in [choice.value for choice in shown(asked).choices]
    assert Session.from_json(asked.session.to_json()) == asked.session
