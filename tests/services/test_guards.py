"""What a move needs beside being legal is checked by the service, whatever the talk has asked."""

from dataclasses import replace

import pytest

from bot.services import desk_moves, rights
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage.lifecycle import IllegalMove
from tests.services.town import LAMP, Talk, Town

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


# ---------------------------------------------------------------- handing on


def act(town: Town, move: object, who: Talk, number: str, **what: object) -> None:
    def do(tx: object) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        move(tx, town.office, officer, number, seen=town.report(number).status, now=town.now, **what)

    town.run(do)


def checked(town: Town, asep: Talk) -> tuple[str, Talk]:
    number, admin = asep.files(), town.administrator()
    town.move(admin, number, "terverifikasi")
    return number, admin


@pytest.mark.parametrize("role", ["narahubung", "wakil"])
def test_an_agency_needs_somebody_who_reads_before_it_gets_a_report(town: Town, role: str) -> None:
    number, admin = checked(town, town.citizen())
    with pytest.raises(Refusal) as refused:
        town.move(admin, number, "didisposisikan", agency="dlh", manned=False)
    assert refused.value.code == "staff_no_contact_person"
    assert refused.value.values["id"] == "dlh"
    deputy = town.officer(role, "dlh")
    town.move(admin, number, "didisposisikan", agency="dlh", manned=False)
    assert deputy.said("assigned:")
    town.move(deputy, number, "diproses", note="berangkat")


def test_an_outside_agency_is_referred_to_and_not_given_a_report(town: Town) -> None:
    number, admin = checked(town, town.citizen())
    for agency in ("pln", "nowhere"):
        with pytest.raises(Refusal) as refused:
            town.move(admin, number, "didisposisikan", agency=agency, manned=False)
        assert refused.value.code == "staff_refer_instead"


def test_after_two_returns_the_secretariat_decides_and_whom_it_names_keeps_it(town: Town) -> None:
    number, admin = checked(town, town.citizen())
    head = town.officer("pimpinan", "setda")
    owners = {agency: town.narahubung(agency) for agency in ("dishub", "dlh", "dpkp")}
    for agency, other in (("dishub", "dlh"), ("dlh", "dpkp")):
        town.move(admin, number, "didisposisikan", agency=agency)
        act(town, desk_moves.give_back, owners[agency], number, agency=other, why="bukan kami")
    assert town.report(number).times_returned == 2
    assert "Setda" in head.said("returned:")[-1].reply.text
    with pytest.raises(Refusal) as refused:
        town.move(admin, number, "didisposisikan", agency="dpkp")
    assert refused.value.code == "staff_setda_decides"
    town.move(admin, number, "didisposisikan", agency="dpkp", note="keputusan Setda 24 November")
    with pytest.raises(Refusal) as refused:
        act(town, desk_moves.give_back, owners["dpkp"], number, agency="dlh", why="bukan kami")
    assert refused.value.code == "staff_returned_twice"
    assert town.report(number).agency == "dpkp"


def test_why_a_report_goes_to_an_agency_is_not_told_to_its_reporter(town: Town) -> None:
    asep = town.citizen()
    number, admin = checked(town, asep)
    town.move(admin, number, "didisposisikan", agency="dlh", note="rahasia dapur")
    assert not [news for news in asep.news() if "rahasia dapur" in news.reply.text]
    assert all("rahasia dapur" not in step.note for step in town.history(number))


def test_a_return_without_another_owner_is_refused(town: Town) -> None:
    number, admin = checked(town, town.citizen())
    owner = town.narahubung("dishub")
    town.move(admin, number, "didisposisikan", agency="dishub")
    for other in ("", "dishub", "nowhere"):
        with pytest.raises(Refusal) as refused:
            act(town, desk_moves.give_back, owner, number, agency=other, why="bukan kami")
        assert refused.value.code == "staff_return_needs_owner"


def test_an_administrator_takes_a_report_back_with_a_reason_and_counts_no_return(town: Town) -> None:
    number, admin = checked(town, town.citizen())
    owner = town.narahubung("dishub")
    town.move(admin, number, "didisposisikan", agency="dishub")
    town.move(owner, number, "diproses", note="berangkat")
    with pytest.raises(Refusal):
        act(town, desk_moves.give_back, admin, number, agency="", why=" ")
    act(town, desk_moves.give_back, admin, number, agency="", why="salah alamat")
    report = town.report(number)
    assert (report.status, report.agency, report.times_returned) == ("terverifikasi", "", 0)
    assert "salah alamat" in owner.said("returned:")[-1].reply.text


def test_from_the_third_reopening_somebody_looks_at_the_place_first(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    owner, head = town.resolved(number), town.officer("pimpinan")
    for _ in range(2):
        asep.answers(number, solved=False)
        assert town.report(number).status == "didisposisikan"
        town.pass_time(minutes=1)
        town.move(owner, number, "menunggu_konfirmasi", note="lagi")
    asep.answers(number, solved=False)
    assert (town.report(number).status, town.report(number).needs_check) == ("dibuka_kembali", True)
    assert "di lokasi" in head.said("site_check:")[-1].reply.text
    admin = town.administrator()
    with pytest.raises(Refusal) as refused:
        town.move(admin, number, "didisposisikan", agency="dishub")
    assert refused.value.code == "staff_site_check_needed"
    town.move(admin, number, "didisposisikan", agency="dishub", note="kabelnya putus di bawah tanah")


# ---------------------------------------------------------------- opened again, and danger


def test_an_administrator_opens_what_was_closed_or_set_aside(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    closed, aside = asep.files(), asep.files()
    owner = town.resolved(closed)
    asep.answers(closed, solved=True)
    act(town, desk_moves.archive, admin, aside, reason="spam")
    with pytest.raises(Refusal):
        act(town, desk_moves.open_again, admin, closed, why="")
    with pytest.raises(NotAllowed):
        act(town, desk_moves.open_again, owner, closed, why="masih mati")
    act(town, desk_moves.open_again, admin, closed, why="masih mati")
    act(town, desk_moves.open_again, admin, aside, why="ternyata bukan spam")
    assert town.report(closed).status == "didisposisikan"
    assert town.report(aside).status == "diterima"
    with pytest.raises(IllegalMove):
        act(town, desk_moves.open_again, admin, aside, why="lagi")


def test_danger_that_a_person_reads_is_told_to_the_reporter_at_once(town: Town) -> None:
    asep, admin = town.citizen(), town.administrator()
    number = asep.files()
    act(town, desk_moves.to_emergency, admin, number, why="kabelnya menyala")
    report = town.report(number)
    assert (report.status, report.priority) == ("dialihkan_darurat", "darurat")
    assert "112" in asep.news()[-1].reply.text
