"""Kind, place and secrecy are set right by an administrator while a report is verified; the proposal follows."""

from dataclasses import replace

import pytest

from bot.dialogue.events import CommandGiven
from bot.dialogue.knowledge import PlaceFound
from bot.services import correcting, rights
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx
from storage import reports as kept
from tests.services.town import LAMP, Talk, Town, heard

HIGHWAY = PlaceFound(
    "Jl. Soekarno-Hatta", "street", "Sekejati", "Buahbatu", "Kota Bandung", -6.94, 107.65, "nasional", "sourced", 0.9
)


def correct(town: Town, who: Talk, number: str, **what: object) -> None:
    def act(tx: Tx) -> None:
        correcting.correct(tx, town.office, rights.officer(tx, who.contact_id, town.now), number, now=town.now, **what)

    town.run(act)


def test_a_corrected_place_is_whole_and_changes_the_proposal(town: Town) -> None:
    number, admin = town.citizen().files(), town.administrator()
    admin.hears_about(CommandGiven("verifikasi", number))
    admin.taps("fix:place")
    assert "tidak ada di peta" in admin.writes("di sana", heard(place=None)).text
    assert "Soekarno-Hatta" in admin.writes("jalan soekarno hatta", heard(place=HIGHWAY)).text
    report = town.report(number)
    assert (report.place_name, report.kelurahan, report.road_authority) == (
        "Jl. Soekarno-Hatta",
        "Sekejati",
        "nasional",
    )
    assert "jalan nasional (bersumber)" in admin.hears_about(CommandGiven("lihat", number))[0].text
    assert report.status == "diterima"


def test_a_corrected_kind_is_kept_and_the_question_asked_again(town: Town) -> None:
    number, admin = town.citizen().files(), town.administrator()
    admin.hears_about(CommandGiven("verifikasi", number))
    admin.taps("fix:kind")
    assert admin.taps("kind:aspirasi").choices[0].value == "right"
    assert town.report(number).kind == "aspirasi"
    admin.taps("right")
    assert town.report(number).status == "terverifikasi"


@pytest.mark.parametrize(
    ("chosen", "wanted", "may"),
    [
        ("tampil", "anonim", True),
        ("anonim", "rahasia", True),
        ("rahasia", "anonim", False),
        ("anonim", "tampil", False),
    ],
)
def test_staff_hide_more_than_was_chosen_and_never_less(town: Town, chosen: str, wanted: str, may: bool) -> None:
    number, admin = town.citizen().files(replace(LAMP, privacy=chosen)), town.administrator()
    if may:
        correct(town, admin, number, privacy=wanted)
        assert town.report(number).privacy == wanted
        assert bool(town.report(number).description) == (wanted != "rahasia")
        return
    with pytest.raises(Refusal):
        correct(town, admin, number, privacy=wanted)
    assert town.report(number).privacy == chosen


def test_nobody_else_sets_anything_right(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    for who in (owner, town.officer("auditor"), town.officer("pimpinan")):
        with pytest.raises(NotAllowed):
            correct(town, who, number, kind="aspirasi")


def test_a_no_of_one_of_several_is_shown_to_the_administrators(town: Town) -> None:
    asep, ucup, admin = town.citizen("asep"), town.citizen("ucup"), town.officer("administrator", name="euis")
    number = asep.files()
    joined = ucup.joins(number)
    town.resolved(number)
    ucup.answers(joined, solved=False)
    assert "BELUM" in admin.said("disputed:")[0].reply.text


@pytest.mark.parametrize(("privacy", "plain"), [("anonim", "gang 5 rt 02"), ("rahasia", "")])
def test_the_reporters_own_words_for_the_place_are_put_right_and_sealed_where_the_report_is_secret(
    town: Town, privacy: str, plain: str
) -> None:
    number = town.citizen().files(replace(LAMP, place_words="gang 3 rt 02", privacy=privacy, privacy_chosen=True))
    correct(town, town.administrator(), number, place_words="gang 5 rt 02", theirs=True)
    assert town.report(number).place_words == plain
    assert town.run(lambda tx: kept.place_words_of(tx, town.report(number))) == "gang 5 rt 02"


def test_words_that_an_administrator_typed_to_find_a_place_are_not_the_reporters(town: Town) -> None:
    number = town.citizen().files(replace(LAMP, place_words="gang 3 rt 02"))
    correct(town, town.administrator(), number, place=HIGHWAY, place_words="soekarno hatta")
    assert town.report(number).place_words == "gang 3 rt 02"
