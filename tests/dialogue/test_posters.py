"""What a poster proposes goes into the draft, and yields to every word."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogue.engine import advance
from bot.dialogue.events import CommandGiven, TextSent
from bot.dialogue.knowledge import Knowledge, Opened, PlaceFound
from bot.dialogue.session import Session
from bot.dialogue.steps.posters import GOOD_FOR
from bot.dialogue.turn import Turn
from tests.makers import heard, knowledge, shown

RW = PlaceFound("RW 03", "rw", "Cihapit", "Bandung Wetan", "Kota Bandung")
OPENED = Opened(known=True, place=RW, category="pju", campaign="hujan")


def _scanned(opened: Opened = OPENED) -> tuple[Session, Knowledge]:
    know = replace(knowledge(), opened=opened)
    return advance(Session(), CommandGiven("start", "x"), know).session, replace(know, opened=None)


def _tells(session: Session, know: Knowledge, text: str, **understood: object) -> Turn:
    return advance(session, TextSent(text), replace(know, heard=heard(**understood)))


def test_the_place_is_proposed_and_named_as_a_proposal() -> None:
    turn = _tells(*_scanned(), "lampu mati sudah seminggu", category="pju", place=None)
    assert turn.session.draft is not None
    assert turn.session.draft.place == RW
    assert turn.session.draft.campaign == "hujan"
    assert "usulan dari kode" in shown(turn).text


def test_a_place_in_the_words_wins() -> None:
    other = PlaceFound("Pasar Kosambi", "landmark", "Kebon Pisang", "Sumur Bandung", "Kota Bandung")
    turn = _tells(*_scanned(), "lampu mati depan pasar kosambi", category="pju", place=other)
    assert turn.session.draft is not None
    assert turn.session.draft.place == other
    assert "usulan dari kode" not in shown(turn).text


def test_a_wider_place_in_the_words_is_narrowed_to_the_poster() -> None:
    wide = PlaceFound("Bandung Wetan", "kecamatan", "", "Bandung Wetan", "Kota Bandung")
    turn = _tells(*_scanned(), "lampu mati di bandung wetan", category="pju", place=wide)
    assert turn.session.draft is not None
    assert turn.session.draft.place == RW


def test_another_problem_than_the_posters_is_believed() -> None:
    turn = _tells(*_scanned(), "sampah numpuk bau", category="sampah", place=None)
    assert turn.session.draft is not None
    assert turn.session.draft.category == "sampah"


def test_an_old_code_proposes_nothing_any_more() -> None:
    session, know = _scanned()
    late = replace(know, now=know.now + GOOD_FOR + timedelta(seconds=1))
    turn = _tells(session, late, "lampu mati sudah seminggu", category="pju", place=None)
    assert turn.session.draft is not None
    assert turn.session.draft.place is None


def test_a_code_that_nobody_knows_is_said_and_does_no_harm() -> None:
    know = replace(knowledge(), opened=Opened(known=False))
    turn = advance(Session(), CommandGiven("start", "di_kel-0"), know)
    assert "tidak kami kenali" in shown(turn).text
    assert turn.session.poster is None


def test_a_code_inside_a_draft_wipes_nothing() -> None:
    session, know = _scanned()
    begun = _tells(session, know, "lampu mati sudah seminggu", category="pju", place=None).session
    turn = advance(begun, CommandGiven("start", "x"), replace(know, opened=OPENED))
    assert turn.session.draft == begun.draft


def test_it_is_remembered_in_what_is_stored() -> None:
    session, _ = _scanned()
    assert Session.from_json(session.to_json()) == session
    assert session.poster is not None
