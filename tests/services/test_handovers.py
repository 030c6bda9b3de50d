"""A citizen and a person: one claimer only, and what reaches whom."""

import pytest
from sqlmodel import select

from bot.dialogue.events import CommandGiven, MediaShared, TextSent
from bot.services import handovers
from bot.services.rights import NotAllowed
from storage import handovers as kept
from storage import people
from storage.tables import AuditEntry
from tests.services.town import Talk, Town, heard


def _asked(town: Town) -> tuple[Talk, Talk, Talk]:
    first, second = town.officer("administrator", name="satu"), town.officer("administrator", name="dua")
    town.run(people.keep_name, first.contact_id, "Bu Dewi")
    citizen = town.citizen()
    citizen.writes("petugas")
    return citizen, first, second


def test_of_two_administrators_who_take_a_talk_the_second_is_told(town: Town) -> None:
    citizen, first, second = _asked(town)
    button = first.said("handover")[0].reply.choices[0].value
    assert "tersambung dengan warga" in first.taps(button).text
    assert "sudah diambil oleh Bu Dewi" in second.taps(button).text
    first.hears_about(TextSent("halo"))
    assert citizen.news()[-1].reply.text == "Petugas: halo"


def test_a_talk_cannot_be_taken_twice_even_when_both_saw_it_free(town: Town) -> None:
    _, first, second = _asked(town)
    (waiting,) = town.db.read_sync(kept.waiting, 5)
    assert town.run(kept.claim, waiting.id, first.contact_id, first.conversation_id, town.now)
    assert not town.run(kept.claim, waiting.id, second.contact_id, second.conversation_id, town.now)


def test_every_administrator_hears_once_that_a_citizen_waits(town: Town) -> None:
    citizen, first, second = _asked(town)
    citizen.writes("admin")
    assert len(first.said("handover")) == len(second.said("handover")) == 1
    assert "> petugas" not in first.said("handover")[0].reply.text


def test_the_citizen_ends_the_talk_and_both_are_told(town: Town) -> None:
    citizen, first, _ = _asked(town)
    first.hears_about(CommandGiven("balas", "1"))
    assert "kembali dengan asisten" in citizen.writes("selesai").text
    assert "Warga mengakhiri" in first.news()[-1].reply.text
    assert not town.db.read_sync(handovers.is_claimed, citizen.conversation_id)


def test_a_picture_goes_to_the_other_side(town: Town) -> None:
    citizen, first, _ = _asked(town)
    first.hears_about(CommandGiven("balas", "1"))
    assert citizen.hears_about(MediaShared("photo", "file-1", "ini fotonya")) == []
    told = first.news()[-1].reply
    assert "ini fotonya" in told.text
    assert len(told.photos) == 1


def test_a_contact_person_of_an_agency_may_not_take_a_talk(town: Town) -> None:
    _asked(town)
    owner = town.narahubung()
    (reply,) = owner.hears_about(CommandGiven("balas", "1"))
    assert "tersambung" not in reply.text
    (waiting,) = town.db.read_sync(kept.waiting, 5)
    with pytest.raises(NotAllowed):
        town.run(handovers._take, town.office, owner.conversation_id, None, waiting.id, town.now)


def test_the_identity_numbers_of_a_talk_are_not_handed_on(town: Town) -> None:
    admin, citizen = town.administrator(), town.citizen()
    citizen.writes("nik saya 3273012345678901 kenapa bansos tidak cair")
    citizen.writes("petugas")
    text = admin.said("handover")[0].reply.text
    assert "bansos" in text
    assert "3273012345678901" not in text


def test_out_of_hours_the_administrators_hear_when_they_open(town: Town) -> None:
    admin, citizen = town.administrator(), town.citizen()
    town.pass_time(hours=14)
    assert "jam kerja" in citizen.writes("petugas").text
    (notice,) = admin.said("handover")
    assert notice.due_at == town.office.working_time.next_opening(town.now) > town.now


def test_taking_and_ending_a_talk_is_in_the_audit_log(town: Town) -> None:
    _, first, _ = _asked(town)
    first.hears_about(CommandGiven("balas", "1"))
    first.hears_about(CommandGiven("balas", "selesai"))
    acts = town.db.read_sync(lambda tx: [each.act for each in tx.session.exec(select(AuditEntry))])
    assert [each for each in acts if each.endswith("talk")] == ["take_talk", "end_talk"]


def test_who_waits_two_working_hours_is_offered_again_to_everybody(town: Town) -> None:
    _, first, second = _asked(town)
    assert town.run(handovers.remind_due, town.office, town.now) == 0
    town.pass_time(hours=2, minutes=1)
    assert town.run(handovers.remind_due, town.office, town.now) == 1
    assert "belum dibalas" in first.said("late")[0].reply.text
    assert "belum dibalas" in second.said("late")[0].reply.text
    assert not town.db.read_sync(handovers.any_late, town.office, town.now)


def test_a_talk_that_was_taken_and_left_goes_back_to_all(town: Town) -> None:
    citizen, first, second = _asked(town)
    first.hears_about(CommandGiven("balas", "1"))
    citizen.hears_about(TextSent("halo, masih di sana?"))
    town.pass_time(hours=3)
    assert town.run(handovers.remind_due, town.office, town.now) == 1
    assert "kami tawarkan lagi" in first.said("taken_back")[0].reply.text
    button = second.said("late")[0].reply.choices[0].value
    assert "tersambung dengan warga" in second.taps(button).text


def test_a_talk_in_which_the_person_answered_is_left_alone(town: Town) -> None:
    citizen, first, _ = _asked(town)
    first.hears_about(CommandGiven("balas", "1"))
    citizen.hears_about(TextSent("halo"))
    first.hears_about(TextSent("halo juga"))
    town.pass_time(hours=6)
    assert not town.db.read_sync(handovers.any_late, town.office, town.now)


def test_nobody_is_reminded_at_night(town: Town) -> None:
    _asked(town)
    town.pass_time(hours=12)
    assert not town.db.read_sync(handovers.any_late, town.office, town.now)
    town.pass_time(hours=15)
    assert town.db.read_sync(handovers.any_late, town.office, town.now)


def test_a_picture_of_the_person_reaches_the_citizen_on_whatsapp_too(town: Town) -> None:
    admin, citizen = town.administrator(), town.citizen("628111222333", channel="whatsapp")
    citizen.writes("petugas")
    admin.hears_about(CommandGiven("balas", "1"))
    assert admin.hears_about(MediaShared("photo", "file-2", "contoh formulir")) == []
    told = citizen.news()[-1].reply
    assert told.text == "Petugas: contoh formulir"
    assert len(told.photos) == 1


def test_what_was_written_while_waiting_is_read_by_whoever_takes_the_talk(town: Town) -> None:
    citizen, first, _ = _asked(town)
    lines = [f"pesan ke {n} untuk petugasnya" for n in range(12)]
    for line in lines:
        assert "Kami tambahkan untuk petugas" in citizen.writes(line, heard("lainnya", category_sure=False)).text
    taken = first.hears_about(CommandGiven("balas", "1"))[-1]
    assert all(taken.text.count(f"> {line}") == 1 for line in lines)
