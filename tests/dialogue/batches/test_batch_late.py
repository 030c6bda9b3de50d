"""What comes late for a batch goes where it belongs, and begins nothing of its own."""

from dataclasses import replace

import pytest

from bot.dialogue.effects import AddToReport, Gather, PlaceGathered
from bot.dialogue.events import Forwarded, MediaReady, MediaShared, Origin
from bot.dialogue.knowledge import BatchFacts, KimFacts, PeerFacts
from bot.dialogue.session import Batch, Draft, Line, Session
from tests.dialogue.batches.makers import PIN
from tests.makers import PASAR, draft, knowledge, play, session, shown

NUMBERS = ("BDG-261124-0042-4", "BDG-261124-0043-2")
FILED = Batch(filed=NUMBERS, albums=(("x", NUMBERS[1]),))
MEMBER = knowledge(kim=KimFacts(me=PeerFacts(1, "Euis", coordinator=False, me=True)))


def picture(album: str) -> Forwarded:
    return Forwarded(MediaShared("photo", "F", "satu lagi", 7, album=album), Origin("forwarded"))  # type: ignore[arg-type]


def added(turn: object) -> list[object]:
    return [effect for effect in turn.effects if isinstance(effect, AddToReport)]  # type: ignore[attr-defined]


def test_a_picture_of_a_filed_album_is_added_to_its_report_and_gathered_no_more() -> None:
    turn = play(session(batch=FILED), picture("x"), MEMBER)
    assert [(each.number, each.evidence) for each in added(turn)] == [(NUMBERS[1], (7,))]  # type: ignore[attr-defined]
    assert NUMBERS[1] in shown(turn).text
    assert not any(isinstance(effect, Gather) for effect in turn.effects)


@pytest.mark.parametrize("album", ["y", ""])
def test_any_other_picture_begins_the_next_batch(album: str) -> None:
    turn = play(session(batch=FILED), picture(album), MEMBER)
    assert not added(turn)
    assert any(isinstance(effect, Gather) for effect in turn.effects)


@pytest.mark.parametrize("said", ["gabung 1 2", "pisah 1", "hapus 2", "hapus semua", "gabungkeun 1 jeung 2", "lapor a"])
def test_a_list_that_is_filed_is_corrected_no_more_and_its_numbers_are_told(said: str) -> None:
    turn = play(session(batch=FILED), said, MEMBER)
    assert all(number in shown(turn).text for number in NUMBERS)
    assert not [effect for effect in turn.effects if type(effect).__name__ != "Say"]


@pytest.mark.parametrize(
    "said", ["saya 2 kali jatuh di jalan itu", "lampu jalan mati di jl cisitu lama", "hapus data saya"]
)
def test_other_words_after_the_filing_mean_what_they_always_do(said: str) -> None:
    assert NUMBERS[0] not in shown(play(session(batch=FILED), said, MEMBER)).text


def test_the_albums_of_filed_messages_outlive_being_stored() -> None:
    assert Session.from_json(session(batch=FILED).to_json()).batch == FILED


# ---------------------------------------------------------------- where a picture was taken


def listed(**changes: object) -> Session:
    nowhere = draft(place=None, place_words="", evidence=(7,), **changes)
    return session(batch=Batch(lines=(Line(nowhere, (1,)), Line(draft(evidence=(8,)), (2,)))), step="batch")


def ready(evidence: int, before: Session, *, gathered: bool = True) -> object:
    facts = BatchFacts(False, (), 2) if gathered else None
    return play(before, MediaReady(evidence, -6.9, 107.6), replace(MEMBER, batch=facts, located=PIN))


def test_a_picture_tells_the_place_of_a_listed_report_that_has_none() -> None:
    turn = ready(7, listed())
    assert turn.session.batch.lines[0].draft.place == PIN  # type: ignore[attr-defined]
    assert turn.effects == (PlaceGathered(7, PIN),)  # type: ignore[attr-defined]


def test_a_place_that_was_told_is_worth_more_than_where_a_picture_was_taken() -> None:
    turn = ready(8, listed())
    assert turn.session.batch.lines[1].draft.place == draft().place  # type: ignore[attr-defined]


def test_while_messages_are_gathered_it_is_kept_with_its_message() -> None:
    assert ready(7, session()).effects == (PlaceGathered(7, PIN),)  # type: ignore[attr-defined]


def test_a_picture_of_the_persons_own_draft_is_no_matter_of_the_batch() -> None:
    own = session(draft=Draft("lampu mati", evidence=(7,)), step="location")
    assert PlaceGathered(7, PIN) not in ready(7, own).effects  # type: ignore[attr-defined]
    assert PASAR != PIN
    assert not ready(7, session(), gathered=False).effects  # type: ignore[attr-defined]
