"""What a reporter puts right after filing is proposed to staff until they take it over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.effects import CorrectFacts, CorrectReport
from bot.dialogue.events import CommandGiven
from bot.dialogue.knowledge import CorrectionFacts, Heard
from bot.services import proposed_corrections
from bot.services.places_put_right import denied
from storage import Tx, notes
from tests.makers import NUMBER, PASAR, back_office, done, play, report, session, shown, tap, unclear, values
from tests.services.town import CISITU, LAMP, Town, heard

PLACE = CorrectionFacts("salah, harusnya depan pasar cihapit", place=PASAR, place_words="depan pasar cihapit")


def proposal(town: Town, number: str, words: str, read: Heard, *, actor: str = "pelapor") -> CorrectionFacts | None:
    """What is proposed when these words were added to the report and are read like this."""
    office = replace(town.office, hear=lambda text: read)

    def act(tx: Tx) -> CorrectionFacts | None:
        row = town.report(number)
        notes.add_note(tx, row.id, words, actor=actor, contact_id=None, now=town.now + timedelta(minutes=1))
        return proposed_corrections.proposed(tx, office, row)

    return town.run(act)


def test_another_category_is_proposed(town: Town) -> None:
    number = town.citizen().files()
    found = proposal(town, number, "bukan lampu tapi sampah", heard("sampah", place=None))
    assert found == CorrectionFacts("bukan lampu tapi sampah", category="sampah")


def test_another_place_is_proposed_and_not_the_category_that_its_name_sounds_like(town: Town) -> None:
    number = town.citizen().files()
    read = heard("pasar_harga", place=PASAR, place_words="depan pasar cihapit")
    assert proposal(town, number, PLACE.words, read) == PLACE


def test_a_place_that_no_map_knows_takes_the_place_of_the_wrong_one(town: Town) -> None:
    number = town.citizen().files(replace(LAMP, place_words="gang 3 rt 02"))
    found = proposal(town, number, "eh salah, bukan gang 3 tapi gang 5", unclear())
    assert found is not None
    assert found.place_words == "gang 5 rt 02"


def test_words_that_nobody_can_read_are_shown_and_cannot_be_taken(town: Town) -> None:
    number = town.citizen().files()
    found = proposal(town, number, "eh salah, harusnya yang satunya lagi", unclear())
    assert found == CorrectionFacts("eh salah, harusnya yang satunya lagi")
    assert not found.can_be_taken


@pytest.mark.parametrize("read", [heard("pju", place=None), heard("pju", place=CISITU)])
def test_what_the_report_says_already_is_not_proposed(town: Town, read: Heard) -> None:
    number = town.citizen().files()
    assert proposal(town, number, "salah, maksudnya lampu jalan", read) is None


@pytest.mark.parametrize(("words", "actor"), [("sudah seminggu", "pelapor"), ("bukan lampu tapi sampah", "narahubung")])
def test_what_puts_nothing_right_or_is_not_the_reporters_proposes_nothing(town: Town, words: str, actor: str) -> None:
    number = town.citizen().files()
    assert proposal(town, number, words, heard("sampah"), actor=actor) is None


def test_what_is_denied_ends_where_the_right_thing_begins() -> None:
    assert denied("eh salah, bukan gang 3 tapi gang 5") == "gang 3"
    assert denied("harusnya gang 5") == ""


# ---------------------------------------------------------------- on the card


def test_the_card_shows_it_and_one_tap_takes_it_over() -> None:
    know = back_office(named=report(mine=False, correction=PLACE), number_heard=NUMBER)
    card = play(session(), CommandGiven("lihat", NUMBER), know, desk="staff")
    assert "Koreksi pelapor: “salah, harusnya depan pasar cihapit” → Pasar Cihapit" in shown(card).text
    assert values(card)[0] == f"theirs:{NUMBER}"
    taken = play(card.session, tap(card.session, f"theirs:{NUMBER}"), know, desk="staff")
    assert done(taken) == (CorrectFacts(NUMBER, place=PASAR, place_words="depan pasar cihapit", theirs=True),)
    assert "dibetulkan: Pasar Cihapit" in shown(taken).text


def test_who_verifies_takes_it_over_and_goes_on() -> None:
    correction = CorrectionFacts("bukan lampu tapi sampah", category="sampah")
    moves = ("terverifikasi",)
    know = back_office(named=report(mine=False, correction=correction, moves=moves), number_heard=NUMBER)
    asked = play(session(), CommandGiven("verifikasi", NUMBER), know, desk="staff")
    assert values(asked)[:2] == (f"theirs:{NUMBER}", "right")
    taken = play(asked.session, tap(asked.session, f"theirs:{NUMBER}"), know, desk="staff")
    assert done(taken) == (CorrectReport(NUMBER, "sampah"),)
    assert values(taken)[0] == "right"
    assert taken.session.step == "verifikasi"


@pytest.mark.parametrize(
    ("roles", "correction"),
    [(("narahubung",), PLACE), (("administrator",), CorrectionFacts("eh salah")), (("administrator",), None)],
)
def test_who_may_not_verify_and_what_cannot_be_read_get_no_such_tap(
    roles: tuple[str, ...], correction: CorrectionFacts | None
) -> None:
    know = back_office(*roles, named=report(mine=False, correction=correction), number_heard=NUMBER)
    card = play(session(), CommandGiven("lihat", NUMBER), know, desk="staff")
    assert f"theirs:{NUMBER}" not in values(card)
    late = play(card.session, tap(card.session, f"theirs:{NUMBER}"), know, desk="staff")
    assert not done(late)
    assert "sudah sesuai dengan koreksi" in shown(late).text
