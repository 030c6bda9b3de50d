"""What a move needs beside being legal is checked by the service, whatever the talk has asked."""

from dataclasses import replace

import pytest

from bot.services.refusals import Refusal
from tests.services.town import LAMP, Town

PROOFS = {  # category -> kinds of files that show the result
    "pju": {"photo", "video"},
    "pencemaran": {"photo", "video", "document"},
    "angkutan_umum": {"photo", "video", "document", "voice", ""},
}


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", ""])
@pytest.mark.parametrize("category", PROOFS)
def test_a_result_is_shown_the_way_its_category_asks(town: Town, category: str, kind: str) -> None:
    number = town.citizen().files(replace(LAMP, category=category))
    owner = town.assigned(number)
    evidence = (town.photo_of(owner, kind),) if kind else ()
    if kind in PROOFS[category]:
        town.move(owner, number, "menunggu_konfirmasi", note="beres", evidence=evidence)
        assert town.report(number).status == "menunggu_konfirmasi"
        return
    with pytest.raises(Refusal) as refused:
        town.move(owner, number, "menunggu_konfirmasi", note="beres", evidence=evidence)
    assert refused.value.code.startswith("staff_proof_needed_")
    assert town.report(number).status == "didisposisikan"


def test_a_result_has_words(town: Town) -> None:
    number = town.citizen().files()
    owner = town.assigned(number)
    with pytest.raises(Refusal) as refused:
        town.move(owner, number, "menunggu_konfirmasi", note=" ")
    assert refused.value.code == "staff_result_needed"


def test_what_was_refused_needs_new_proof(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner = town.resolved(number)
    town.pass_time(minutes=1)
    asep.answers(number, solved=False)
    with pytest.raises(Refusal):
        town.move(owner, number, "menunggu_konfirmasi", note="sudah lagi", evidence=())
    town.pass_time(minutes=1)
    town.move(owner, number, "menunggu_konfirmasi", note="sudah lagi")
    assert town.report(number).status == "menunggu_konfirmasi"


@pytest.mark.parametrize("to", ["digabung", "diteruskan", "diarsipkan", "perlu_dilengkapi"])
def test_what_needs_more_than_a_note_has_a_way_of_its_own(town: Town, to: str) -> None:
    number = town.citizen().files()
    with pytest.raises(Refusal) as refused:
        town.move(town.administrator(), number, to, note="begitu saja")
    assert refused.value.code == "staff_move_needs_command"
    assert town.report(number).status == "diterima"
