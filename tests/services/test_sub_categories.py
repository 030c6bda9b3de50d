"""A sub-category decides who gets a report and within which time, whoever chose its category."""

from dataclasses import replace

import pytest

from bot.dialogue.events import TextSent
from bot.dialogue.knowledge import Heard
from bot.services import hearing, reports
from bot.services.rights import officer
from bot.services.routing import propose
from nlp import Reader
from storage import Tx, deadlines
from tests.services.town import LAMP, Town, heard

POTHOLE = "ada lubang dalam di jalan cisitu lama, ban motor saya pecah"
TOLD = (("jalan_rusak", "lubang_kecil"), ("pju", "lampu_mati"))


def due(town: Town, number: str) -> dict[str, object]:
    found = town.db.read_sync(deadlines.open_deadlines, town.report(number).id)
    return {each.kind: each.due_at for each in found}


def test_what_was_heard_carries_the_sub_category_of_every_category(reader: Reader) -> None:
    told = dict(hearing.heard(reader, POTHOLE).sub_categories)
    assert told["jalan_rusak"] == "lubang_kecil"
    assert hearing.sub_category_in(reader, POTHOLE, "jalan_rusak") == "lubang_kecil"
    assert hearing.sub_category_in(reader, POTHOLE, "lainnya") == ""


def test_a_pothole_is_due_in_four_working_hours(town: Town) -> None:
    draft = replace(LAMP, category="jalan_rusak", sub_category="lubang_kecil", description=POTHOLE)
    number = town.citizen().files(draft)
    assert propose(town.office.city, town.report(number), "id").agency == "dsdabm"
    admin = town.administrator()
    town.narahubung()
    town.move(admin, number, "terverifikasi")
    town.move(admin, number, "didisposisikan", agency="dsdabm")
    assert due(town, number)["resolution"] == town.office.working_time.add_hours(town.now, 4)


@pytest.mark.parametrize(("category", "sub"), [("jalan_rusak", "lubang_kecil"), ("sampah", "")])
def test_a_corrected_category_brings_its_own_sub_category_or_none(town: Town, category: str, sub: str) -> None:
    number = town.citizen().files(replace(LAMP, sub_category="lampu_mati", description=POTHOLE))
    admin = town.administrator()
    office = replace(town.office, sub_category_of=lambda words, corrected: dict(TOLD).get(corrected, ""))

    def correct(tx: Tx) -> None:
        reports.correct_category(tx, office, officer(tx, admin.contact_id, town.now), number, category, town.now)

    town.run(correct)
    assert (town.report(number).category, town.report(number).sub_category) == (category, sub)


def test_an_office_without_a_reader_leaves_it_open(town: Town) -> None:
    assert town.office.sub_category_of(POTHOLE, "jalan_rusak") == ""


def test_what_the_words_told_is_filed(town: Town) -> None:
    asep = town.citizen()
    told: Heard = heard("jalan_rusak", sub_categories=TOLD)
    asep.hears_about(TextSent(POTHOLE), heard=told)
    assert asep.session().draft is not None
    assert asep.session().draft.sub_category == "lubang_kecil"
