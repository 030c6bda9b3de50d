"""Slips of a hurried thumb in the back office: nothing is done to the wrong report, and what is right is one tap away."""

import pytest

from bot.dialogue.events import ChoicePicked, CommandGiven, TextSent
from bot.services import rights, saved_answers
from tests.services.town import Town, heard


def values(reply: object) -> list[str]:
    return [choice.value for choice in reply.choices]  # type: ignore[attr-defined]


def test_two_numbers_behind_one_command_are_offered_one_by_one(town: Town) -> None:
    admin = town.administrator()
    one, other = town.citizen().files(), town.citizen("ucup").files()
    (reply,) = admin.hears_about(CommandGiven("verifikasi", f"{one}, {other}"))
    assert values(reply)[:2] == [f"verifikasi:{one}", f"verifikasi:{other}"]
    assert {town.report(each).category for each in (one, other)} == {"pju"}
    assert "sudah benar?" in admin.taps(f"verifikasi:{other}").text


@pytest.mark.parametrize("command", ["proses", "selesai", "catatan", "kembalikan"])
def test_a_piece_of_a_number_never_means_the_report_that_was_looked_at_last(town: Town, command: str) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    owner.hears_about(CommandGiven("lihat", number))
    (reply,) = owner.hears_about(CommandGiven(command, "0007-3 tim berangkat"))
    assert "0007-3" in reply.text
    assert "belum ada yang diubah" in reply.text
    assert town.report(number).status == "didisposisikan"


def test_who_asks_for_a_place_on_the_list_gets_the_list_and_not_the_report_seen_last(town: Town) -> None:
    admin = town.administrator()
    numbers = [town.citizen(name).files() for name in ("asep", "ucup")]
    admin.hears_about(CommandGiven("lihat", numbers[0]))
    (reply,) = admin.hears_about(CommandGiven("lihat", "2"))
    assert numbers[0] not in reply.text
    admin.hears_about(CommandGiven("antrean", ""))
    (again,) = admin.hears_about(CommandGiven("lihat", "2"))
    assert values(again) == [f"see:{number}" for number in numbers]


def test_a_name_of_saved_words_that_nobody_has_reaches_no_reporter(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    before = len(asep.news())
    assert "#berangkt" in owner.hears_about(CommandGiven("proses", f"{number} #berangkt"))[0].text
    owner.hears_about(CommandGiven("proses", number))
    (reply,) = owner.hears_about(TextSent("#berangkt"), heard=heard())
    assert "/templat" in reply.text
    assert len(asep.news()) == before
    town.run(
        lambda tx: saved_answers.keep(
            tx, rights.officer(tx, owner.contact_id, town.now), "berangkat", "Tim berangkat", town.now
        )
    )
    owner.hears_about(TextSent("#berangkat"), heard=heard())  # the question is still open
    assert "Tim berangkat" in asep.news()[-1].reply.text


def test_a_hash_within_a_sentence_is_no_name_of_saved_words(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    owner.hears_about(CommandGiven("proses", f"{number} tiang nomor #12 diganti besok"))
    assert "#12" in asep.news()[-1].reply.text


def test_a_day_names_each_report_once(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    (day,) = admin.hears_about(CommandGiven("tugas", ""))
    assert day.text.count(number) == 1
    assert "Baru: 1" in day.text


def test_part_of_a_categorys_name_is_enough_where_only_one_has_it(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    admin.hears_about(CommandGiven("verifikasi", f"{number} parkir"))
    assert town.report(number).category == "parkir_liar"


def test_one_command_is_explained_alone(town: Town) -> None:
    admin = town.administrator()
    (one,) = admin.hears_about(CommandGiven("bantuan", "/gabung"))
    assert one.text.startswith("/gabung")
    assert "/pisah" not in one.text
    (all_,) = admin.hears_about(CommandGiven("bantuan", "apa saja"))
    assert "/pisah" in all_.text


def test_saved_words_are_no_part_of_an_older_question(town: Town) -> None:
    admin = town.administrator()
    admin.hears_about(CommandGiven("statistik", ""))
    (reply,) = admin.hears_about(CommandGiven("templat", ""))
    assert values(reply) == ["queue:1"]


def test_where_no_outside_agency_is_likely_some_are_offered(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    (reply,) = admin.hears_about(CommandGiven("teruskan", number))
    offered = [value for value in values(reply) if value.startswith("out:")]
    assert offered
    assert not any(town.office.city.agencies[value.removeprefix("out:")].inside_city for value in offered)
    turn = reply.turn
    (asked,) = admin.hears_about(ChoicePicked(offered[0], turn))
    assert "alasannya" in asked.text
