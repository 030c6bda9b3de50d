"""Several agencies at one report: a part for each with due times of its own, one number and one question for its reporter."""

import pytest

from bot.dialogue.events import CommandGiven
from bot.services import asking, parts, rights, sharing
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, deadlines
from storage import reports as kept
from storage.tables import Report
from tests.services.test_agency_groups import bound
from tests.services.test_asking import answer
from tests.services.test_undoing import undo
from tests.services.town import Talk, Town


def share(town: Town, who: Talk, number: str, *agencies: str, why: str = "") -> None:
    def act(tx: Tx) -> None:
        officer = rights.officer(tx, who.contact_id, town.now)
        seen = town.report(number).status
        sharing.share(tx, town.office, officer, number, seen=seen, agencies=agencies, why=why, now=town.now)

    town.run(act)


def parts_of(town: Town, number: str) -> list[Report]:
    return town.db.read_sync(parts.of, town.report(number))


def shared(town: Town, asep: Talk) -> tuple[str, dict[str, Talk], dict[str, str]]:
    """A report that two agencies have: its number, their people, and the numbers of the parts."""
    owners = {agency: town.narahubung(agency) for agency in ("dishub", "dpkp")}
    number, admin = asep.files(), town.officer("administrator", name="euis")
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    share(town, admin, number, "dishub", "dpkp")
    return number, owners, {part.agency: part.number for part in parts_of(town, number)}


def test_each_agency_has_a_part_of_its_own_with_its_due_times(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    assert town.report(number).status == "didisposisikan"
    assert town.db.read_sync(deadlines.open_deadlines, town.report(number).id) == []
    for agency, part in numbers.items():
        running = town.db.read_sync(deadlines.open_deadlines, town.report(part).id)
        assert {each.kind for each in running} == {"first_response", "resolution"}
        assert part in owners[agency].said("assigned:")[-1].reply.text
        assert part in owners[agency].hears_about(CommandGiven("antrean"))[0].text
        other = next(each for name, each in owners.items() if name != agency)
        assert "lampu jalan mati" not in other.hears_about(CommandGiven("lihat", part))[0].text


def test_the_reporter_knows_one_number_and_sees_each_offices_part(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    assert asep.numbers() == [number]
    assert "Dishub, DPKP" in asep.news()[-1].reply.text
    town.move(owners["dishub"], numbers["dishub"], "diproses", note="tim berangkat")
    assert number in asep.news()[-1].reply.text
    assert "tim berangkat" in asep.news()[-1].reply.text
    status = asep.hears_about(CommandGiven("status", number))[0].text
    assert "Dishub: Sedang ditangani" in status
    assert "DPKP: Diteruskan ke yang menangani" in status
    assert not [news for news in asep.news() for part in numbers.values() if part in news.reply.text]
    assert town.report(number).status == "diproses"


def test_the_whole_is_said_to_be_done_when_all_parts_are_and_closes_with_them(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    town.move(owners["dishub"], numbers["dishub"], "menunggu_konfirmasi", note="lampu diganti")
    assert town.report(number).status == "diproses"
    assert "bagiannya" in asep.news()[-1].reply.text
    assert asep.news()[-1].reply.choices == ()
    town.move(owners["dpkp"], numbers["dpkp"], "menunggu_konfirmasi", note="dahan dipotong")
    assert town.report(number).status == "menunggu_konfirmasi"
    asked = asep.news()[-1].reply
    assert "Dishub: lampu diganti; DPKP: dahan dipotong" in asked.text
    assert [choice.value for choice in asked.choices] == [f"done:{number}", f"not_done:{number}"]
    assert len(asked.photos) == 2
    assert [each.kind for each in town.db.read_sync(deadlines.open_deadlines, town.report(number).id)] != []
    assert town.db.read_sync(deadlines.open_deadlines, town.report(numbers["dpkp"]).id) == []
    asep.answers(number, solved=True)
    assert {town.report(each).status for each in (number, *numbers.values())} == {"ditutup"}


def test_a_no_opens_every_part_again(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    for agency, part in numbers.items():
        town.move(owners[agency], part, "menunggu_konfirmasi", note="beres")
    asep.answers(number, solved=False)
    assert {town.report(each).status for each in (number, *numbers.values())} == {"didisposisikan"}
    assert {town.report(each).priority for each in (number, *numbers.values())} == {"tinggi"}
    assert all(owner.said("reopened:") for owner in owners.values())


def test_what_one_office_asks_is_answered_under_the_reporters_own_number(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)

    def ask(tx: Tx) -> None:
        officer = rights.officer(tx, owners["dpkp"].contact_id, town.now)
        part = numbers["dpkp"]
        asking.ask_reporter(
            tx, town.office, officer, part, seen="didisposisikan", part="", words="pohon yang mana?", now=town.now
        )

    town.run(ask)
    assert number in asep.news()[-1].reply.text
    answer(town, asep, number, words="yang di pojok")
    assert town.report(numbers["dpkp"]).status == "didisposisikan"
    assert "yang di pojok" in owners["dpkp"].said("note:")[-1].reply.text
    assert not owners["dishub"].said("note:")


def test_a_part_that_is_taken_back_takes_the_whole_along(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    town.pass_time(minutes=10)
    town.move(owners["dishub"], numbers["dishub"], "menunggu_konfirmasi", note="beres")
    town.pass_time(minutes=10)
    town.move(owners["dpkp"], numbers["dpkp"], "menunggu_konfirmasi", note="beres")
    assert town.report(number).status == "menunggu_konfirmasi"
    town.pass_time(seconds=30)
    undo(town, owners["dpkp"], numbers["dpkp"])
    assert town.report(numbers["dpkp"]).status == "didisposisikan"
    assert town.report(number).status == "diproses"
    assert not [
        news for news in asep.news() if news.state == "due" and "beres" in news.reply.text and "DPKP" in news.reply.text
    ]


def test_who_may_share_what_and_with_whom(town: Town) -> None:
    asep = town.citizen()
    _, owners, numbers = shared(town, asep)
    admin = town.administrator()
    other = asep.files()
    town.move(admin, other, "terverifikasi")
    for agencies, code in (
        (("dishub",), "staff_share_needs_two"),
        (("dishub", "dlh"), "staff_no_contact_person"),
        (("dishub", "pln"), "staff_refer_instead"),
    ):
        with pytest.raises(Refusal) as refused:
            share(town, admin, other, *agencies)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        share(town, owners["dishub"], numbers["dishub"], "dishub", "dpkp")
    assert parts_of(town, other) == []
    assert town.report(other).status == "terverifikasi"


def test_a_part_is_never_offered_as_a_similar_report(town: Town) -> None:
    number, _, numbers = shared(town, town.citizen())
    report = town.report(number)
    near = town.db.read_sync(
        kept.nearby, "pju", report.lat, report.lon, 100, report.created_at, town.office.open_statuses, 10
    )
    assert [each.number for each in near] == [number]
    assert set(numbers.values()).isdisjoint({each.number for each in near})


# ---------------------------------------------------------------- shared by mistake


def test_sharing_is_taken_back_and_its_parts_are_void(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    admin = town.history(number)[-1].contact_id
    town.pass_time(minutes=4)
    who = Talk(town, "telegram", "staff", "euis", 0, admin)
    undo(town, who, number)
    assert (town.report(number).status, town.report(number).agency, parts_of(town, number)) == ("terverifikasi", "", [])
    running = town.db.read_sync(deadlines.open_deadlines, town.report(number).id)
    assert {each.kind for each in running} == {"verification"}
    for agency, part in numbers.items():
        assert (town.report(part).status, town.report(part).agency) == ("dibatalkan", "")
        assert town.db.read_sync(deadlines.open_deadlines, town.report(part).id) == []
        assert "diurungkan" in owners[agency].said("undone:")[-1].reply.text
        assert part not in owners[agency].hears_about(CommandGiven("antrean"))[0].text
    assert "Dishub" not in asep.hears_about(CommandGiven("status", number))[0].text
    assert town.history(number)[-1].reason == "diurungkan"


def test_the_reporter_hears_nothing_of_sharing_that_was_taken_back_at_once(town: Town) -> None:
    asep = town.citizen()
    number, _, _ = shared(town, asep)
    step = town.history(number)[-1]
    undo(town, Talk(town, "telegram", "staff", "euis", 0, step.contact_id), number)
    assert asep.said(f"news:{step.id}:") == []


def test_what_one_agency_has_begun_is_not_taken_from_it(town: Town) -> None:
    number, owners, numbers = shared(town, town.citizen())
    who = Talk(town, "telegram", "staff", "euis", 0, town.history(number)[-1].contact_id)
    with pytest.raises(Refusal) as refused:
        undo(town, who, numbers["dpkp"])
    assert refused.value.code == "staff_undo_whole"
    town.pass_time(minutes=1)
    town.move(owners["dpkp"], numbers["dpkp"], "diproses", note="berangkat")
    with pytest.raises(Refusal):
        undo(town, who, number)
    assert {town.report(part).status for part in numbers.values()} == {"didisposisikan", "diproses"}


def test_after_it_was_taken_back_the_report_can_be_shared_anew(town: Town) -> None:
    number, _, numbers = shared(town, town.citizen())
    who = Talk(town, "telegram", "staff", "euis", 0, town.history(number)[-1].contact_id)
    town.pass_time(minutes=1)
    undo(town, who, number)
    town.pass_time(minutes=1)
    share(town, who, number, "dishub", "dpkp")
    assert {part.number for part in parts_of(town, number)}.isdisjoint(numbers.values())
    assert len(parts_of(town, number)) == 2


# ---------------------------------------------------------------- by taps


def test_agencies_are_picked_one_by_one_put_back_typed_and_shared(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    for agency in ("dishub", "dpkp"):
        town.narahubung(agency)
    town.move(admin, number, "terverifikasi")
    admin.hears_about(CommandGiven("disposisi", number))
    first = admin.taps("several")
    assert "share" not in {choice.value for choice in first.choices}
    picked = admin.taps("pick:dishub")
    assert "Dipilih: Dishub." in picked.text
    typed = admin.writes("dpkp dan dlh")
    assert "Dishub, DPKP, DLH" in typed.text
    back = admin.taps("pick:dlh")
    assert "DLH" not in back.text.splitlines()[0]
    assert "Bagikan ke 2 OPD" in {choice.label for choice in back.choices}
    shared_now = admin.taps("share")
    assert f"Laporan {number} dibagi ke Dishub, DPKP" in shared_now.text
    assert [part.agency for part in parts_of(town, number)] == ["dishub", "dpkp"]
    assert f"urungkan:{number}" in {choice.value for choice in shared_now.choices}


def test_a_name_that_nobody_has_is_said_and_nothing_is_lost(town: Town) -> None:
    admin, number = town.administrator(), town.citizen().files()
    town.move(admin, number, "terverifikasi")
    admin.hears_about(CommandGiven("disposisi", number))
    admin.taps("several")
    admin.taps("pick:dishub")
    reply = admin.writes("dinas entah berantah")
    assert "dinas entah berantah" in reply.text
    assert "Dipilih: Dishub." in reply.text


def test_the_deputy_and_the_group_of_an_agency_hear_that_its_part_is_void(town: Town) -> None:
    here, deputy = bound(town, town.narahubung("dishub")), town.officer("wakil", "dpkp")
    number, admin = town.citizen().files(), town.officer("administrator", name="euis")
    town.move(admin, number, "terverifikasi")
    town.pass_time(minutes=1)
    share(town, admin, number, "dishub", "dpkp")
    part = {each.agency: each.number for each in parts_of(town, number)}
    assert part["dishub"] in here.said("agency:assigned:")[-1].reply.text
    assert part["dpkp"] in deputy.said("staff:assigned:")[-1].reply.text
    undo(town, admin, number)
    assert part["dishub"] in here.said("agency:undone:")[-1].reply.text
    assert part["dpkp"] in deputy.said("staff:undone:")[-1].reply.text
    assert admin.said("staff:undone:") == []


def test_a_part_that_was_made_by_mistake_is_no_part_any_more(town: Town) -> None:
    number, _, numbers = shared(town, town.citizen())
    report = town.report(number)
    assert {part.number for part in town.db.read_sync(kept.parts_of, report.id)} == set(numbers.values())
    undo(town, Talk(town, "telegram", "staff", "euis", 0, town.history(number)[-1].contact_id), number)
    assert town.db.read_sync(kept.parts_of, report.id) == []
    assert len(town.db.read_sync(kept.children, report.id)) == len(numbers)


# ---------------------------------------------------------------- taken back, given back, refused


def as_admin(town: Town, command: str, argument: str) -> str:
    (reply,) = town.officer("administrator", name="euis").hears_about(CommandGiven(command, argument))
    return reply.text


def test_a_whole_that_is_taken_back_is_taken_from_every_agency(town: Town) -> None:
    number, owners, numbers = shared(town, town.citizen())
    assert "diambil kembali" in as_admin(town, "kembalikan", f"{number} ternyata satu dinas")
    assert town.report(number).status == "terverifikasi"
    assert parts_of(town, number) == []
    for agency, part in numbers.items():
        assert owners[agency].said("returned:")[-1].reply.text.count(part)
        assert town.db.read_sync(deadlines.open_deadlines, town.report(part).id) == []
        assert part not in owners[agency].hears_about(CommandGiven("antrean"))[0].text
    town.move(town.administrator(), number, "didisposisikan", agency="dishub")
    assert town.report(number).agency == "dishub"
    assert town.db.read_sync(deadlines.open_deadlines, town.report(number).id) != []


def test_a_whole_of_which_a_part_is_done_moves_only_by_its_parts(town: Town) -> None:
    number, owners, numbers = shared(town, town.citizen())
    town.move(owners["dishub"], numbers["dishub"], "menunggu_konfirmasi", note="lampu diganti")
    for command, argument in (("kembalikan", "salah"), ("teruskan", "pln"), ("gabung", ""), ("lengkapi", "foto")):
        said = as_admin(town, command, f"{number} {argument}")
        assert numbers["dpkp"] in said, said
    assert town.report(number).status == "diproses"


def test_a_part_that_nobody_needs_goes_back_into_its_whole(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    town.move(owners["dishub"], numbers["dishub"], "menunggu_konfirmasi", note="lampu diganti")
    before = len(asep.news())
    assert "digabung kembali" in as_admin(town, "gabung", numbers["dpkp"])
    assert owners["dpkp"].said("joined:")
    assert [part.agency for part in parts_of(town, number)] == ["dishub"]
    assert town.report(number).status == "menunggu_konfirmasi"  # nobody else has anything left to do
    (asked,) = asep.news()[before:]
    assert "Dishub: lampu diganti" in asked.reply.text
    assert number in asked.reply.text


def test_the_last_part_is_not_joined_and_one_agency_has_one_part(town: Town) -> None:
    number, owners, numbers = shared(town, town.citizen())
    owners["dpkp"].hears_about(CommandGiven("kembalikan", f"{numbers['dpkp']} dishub punya mereka"))
    refused = as_admin(town, "disposisi", f"{numbers['dpkp']} dishub")
    assert numbers["dishub"] in refused
    assert f"/gabung {numbers['dpkp']}" in refused
    as_admin(town, "gabung", numbers["dpkp"])
    assert f"/kembalikan {number}" in as_admin(town, "gabung", numbers["dishub"])
    assert town.report(numbers["dishub"]).status == "didisposisikan"


def test_a_part_that_was_joined_by_mistake_is_a_part_again(town: Town) -> None:
    admin = town.administrator()
    number, _, numbers = shared(town, town.citizen())
    admin.hears_about(CommandGiven("gabung", numbers["dpkp"]))
    undo(town, admin, numbers["dpkp"])
    assert town.report(numbers["dpkp"]).parent_id == town.report(number).id
    assert [part.agency for part in parts_of(town, number)] == ["dishub", "dpkp"]
    admin.hears_about(CommandGiven("gabung", numbers["dpkp"]))
    admin.hears_about(CommandGiven("pisah", numbers["dpkp"]))
    assert [part.status for part in parts_of(town, number)] == ["didisposisikan", "terverifikasi"]


def test_a_result_that_does_not_hold_puts_the_whole_back_to_work(town: Town) -> None:
    asep = town.citizen()
    number, owners, numbers = shared(town, asep)
    for agency, part in numbers.items():
        town.move(owners[agency], part, "menunggu_konfirmasi", note="beres")
    assert numbers["dpkp"] in as_admin(town, "proses", f"{number} fotonya gelap")
    town.pass_time(minutes=1)
    as_admin(town, "proses", f"{numbers['dpkp']} fotonya gelap")
    assert (town.report(number).status, town.report(numbers["dpkp"]).status) == ("diproses", "diproses")
    assert "fotonya gelap" in asep.news()[-1].reply.text
    town.pass_time(minutes=1)
    town.move(owners["dpkp"], numbers["dpkp"], "menunggu_konfirmasi", note="difoto lagi")
    assert town.report(number).status == "menunggu_konfirmasi"
    asep.answers(number, solved=True)
    assert {town.report(each).status for each in (number, *numbers.values())} == {"ditutup"}


def test_what_an_outside_agency_answers_about_a_part_is_told_under_the_reporters_number(town: Town) -> None:
    asep = town.citizen()
    number, _, numbers = shared(town, asep)
    admin = town.administrator()
    admin.hears_about(CommandGiven("teruskan", f"{numbers['dpkp']} pln"))
    admin.writes("tiang milik PLN")
    admin.taps("way:phone")
    admin.taps("no_reference")
    admin.hears_about(CommandGiven("kabar", f"{numbers['dpkp']} petugas berangkat"))
    assert "petugas berangkat" in asep.news()[-1].reply.text
    assert number in asep.news()[-1].reply.text
    assert not [news for news in asep.news() if numbers["dpkp"] in news.reply.text]


def test_who_joins_another_report_to_a_part_joins_it_to_the_whole(town: Town) -> None:
    number, _, numbers = shared(town, town.citizen())
    other = town.citizen("ucup").files()
    assert "digabung" in as_admin(town, "gabung", f"{other} {numbers['dpkp']}")
    assert town.report(other).parent_id == town.report(number).id
