"""Saved answers: kept by an agency for itself and by administrators for everybody, filled by the report, used by name or tap."""

import pytest

from bot.dialogue.events import CommandGiven
from bot.services import rights, saved_answers
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx
from tests.services.town import Talk, Town


def keep(town: Town, who: Talk, name: str, text: str) -> None:
    def act(tx: Tx) -> None:
        saved_answers.keep(tx, rights.officer(tx, who.contact_id, town.now), name, text, town.now)

    town.run(act)


def test_a_saved_answer_is_used_by_its_name_with_the_reports_facts(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    said = owner.hears_about(
        CommandGiven("templat", "baru Berangkat: Tim ke {tempat} untuk {nomor}, tenggat {tenggat}.")
    )
    assert "#berangkat disimpan" in said[0].text
    owner.hears_about(CommandGiven("proses", f"{number} #berangkat"))
    told = asep.news()[-1].reply.text
    assert "Tim ke Jl. Cisitu Lama" in told
    assert f"untuk {number}, tenggat" in told
    assert "{" not in told


def test_a_tap_on_the_list_answers_the_question_that_is_open(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.assigned(number)
    keep(town, owner, "berangkat", "Tim berangkat ke {kategori}")
    owner.hears_about(CommandGiven("proses", number))
    assert "#berangkat" in owner.hears_about(CommandGiven("templat", ""))[0].text
    owner.taps("saved:berangkat")
    assert town.report(number).status == "diproses"
    assert "Tim berangkat ke Penerangan jalan" in asep.news()[-1].reply.text


def test_an_agencys_answers_are_its_own_and_an_administrators_are_everybodys(town: Town) -> None:
    admin, owner, other = town.administrator(), town.narahubung("dishub"), town.narahubung("dlh")
    keep(town, admin, "salam", "Terima kasih")
    keep(town, owner, "lampu", "Lampu diganti")
    keep(town, owner, "salam", "Hatur nuhun")
    lists = {who.name: who.hears_about(CommandGiven("templat", ""))[0].text for who in (admin, owner, other)}
    assert "Terima kasih" in lists["administrator"]
    assert "Lampu diganti" not in lists["administrator"]
    assert "Hatur nuhun" in lists["narahubung dishub"]
    assert "Terima kasih" not in lists["narahubung dishub"]
    assert "Terima kasih" in lists["narahubung dlh"]
    assert "Lampu diganti" not in lists["narahubung dlh"]
    with pytest.raises(Refusal):
        town.run(lambda tx: saved_answers.drop(tx, rights.officer(tx, other.contact_id, town.now), "lampu", town.now))
    assert "dihapus" in owner.hears_about(CommandGiven("templat", "hapus #lampu"))[0].text
    assert "Lampu diganti" not in owner.hears_about(CommandGiven("templat", ""))[0].text


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a", "", "staff_saved_incomplete"),
        ("", "kata", "staff_saved_incomplete"),
        ("a", "x" * 900, "staff_saved_incomplete"),
        ("a", "untuk {nik}", "staff_saved_blank"),
    ],
)
def test_what_cannot_be_kept_is_named(town: Town, name: str, text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        keep(town, town.narahubung(), name, text)
    assert refused.value.code == code


def test_who_works_on_no_report_keeps_nothing(town: Town) -> None:
    for role in ("pimpinan", "auditor"):
        with pytest.raises(NotAllowed):
            keep(town, town.officer(role), "a", "kata")


def test_the_same_name_again_takes_the_place_of_the_old_words(town: Town) -> None:
    owner = town.narahubung()
    keep(town, owner, "a", "lama")
    keep(town, owner, "a", "baru")
    assert town.db.read_sync(saved_answers.for_officer, officer(town, owner)) == (("a", "baru"),)


def officer(town: Town, who: Talk) -> rights.Officer:
    found = town.db.read_sync(rights.officer, who.contact_id, town.now)
    assert found is not None
    return found
