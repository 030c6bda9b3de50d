"""KIM members as witnesses: who is asked, how often, about what never, and that their word closes nothing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.dialogue import effects
from bot.dialogue.events import MediaShared, TextSent
from bot.services import witnessing
from bot.services.refusals import Refusal
from storage import Tx, groups, media, notes, witnesses
from storage.tables import Witness
from tests.services.test_groups import found, joined, with_member
from tests.services.town import LAMP, Talk, Town, heard


def asked(talk: Talk) -> int:
    """How often this person was asked."""
    return len(talk.said("witness:"))


def half_time(town: Town) -> int:
    town.pass_time(days=6)
    return town.run(witnessing.ask_due, town.office, town.now)


def rows(town: Town, number: str) -> list[Witness]:
    return town.db.read_sync(witnesses.of_report, town.report(number).id or 0)


def member_of_rws(town: Town, name: str, rws: str) -> Talk:
    talk = town.citizen(name)

    def begin(tx: Tx) -> None:
        group = groups.found(
            tx, f"KIM {rws}", kelurahan="Dago", kecamatan="Coblong", rws=rws,
            term_from=date(2026, 1, 1), term_until=date(2028, 1, 1), now=town.now,
        )  # fmt: skip
        groups.join(tx, group.id or 0, talk.contact_id, talk.conversation_id, groups.MEMBER, town.now, town.now)

    town.run(begin)
    return talk


@pytest.mark.parametrize(
    ("words", "asked_of"),
    [
        ("lampu jalan mati di RW 07 dekat pos", ["seven", "whole"]),
        ("lampu jalan mati di rw.3 depan warung", ["three", "whole"]),
        ("lampu jalan mati di RW 12", ["whole"]),
        ("lampu jalan mati di RT/RW 03/07", ["seven", "whole"]),
        ("lampu jalan mati, rt 7/3", ["three", "whole"]),
        ("lampu jalan mati", ["three", "seven"]),
    ],
)
def test_a_group_of_some_rw_is_asked_about_no_other_and_first_about_its_own(
    town: Town, words: str, asked_of: list[str]
) -> None:
    people_ = {"three": member_of_rws(town, "three", "3,5"), "seven": member_of_rws(town, "seven", "7")}
    people_["whole"] = member_of_rws(town, "whole", "")
    town.resolved(town.citizen("asep").files(replace(LAMP, description=words)))
    half_time(town)
    assert [name for name, talk in people_.items() if asked(talk)] == asked_of


@pytest.fixture
def euis(town: Town) -> Talk:
    found(town)
    return joined(town)


def test_a_silent_reporter_makes_somebody_near_be_asked_once(town: Town, euis: Talk) -> None:
    number = town.citizen("asep").files()
    town.resolved(number)
    assert asked(euis) == 0
    assert half_time(town) == 1
    assert half_time(town) == 0
    assert asked(euis) == 1
    assert number in euis.said("witness:")[0].reply.text


def test_a_reporter_who_answered_in_time_makes_nobody_be_asked(town: Town, euis: Talk) -> None:
    asep = town.citizen("asep")
    number = asep.files()
    town.resolved(number)
    asep.answers(number, solved=True)
    assert half_time(town) == 0
    assert asked(euis) == 0


def test_a_disputed_closing_is_asked_about_at_once_and_anew_each_time(town: Town, euis: Talk) -> None:
    asep = town.citizen("asep")
    number = asep.files()
    owner = town.resolved(number)
    asep.answers(number, solved=False)
    assert asked(euis) == 1
    town.move(owner, number, "diproses", note="kembali ke lokasi")
    town.move(owner, number, "menunggu_konfirmasi", note="diganti lagi")
    asep.answers(number, solved=False)
    assert [row.cause for row in rows(town, number)] == ["disputed:1", "disputed:2"]


def test_nobody_is_a_witness_of_their_own_report_or_of_one_that_they_support(town: Town, euis: Talk) -> None:
    number = town.citizen("asep").files()
    euis.joins(number)
    town.resolved(number)
    half_time(town)
    assert rows(town, number) == []


def test_nobody_elsewhere_is_asked_and_nobody_asleep(town: Town, euis: Talk) -> None:
    found(town, "FARAWAY1", kelurahan="Cihapit")
    far = joined(town, "asih", code="FARAWAY1")
    number = town.citizen("asep").files()
    town.resolved(number)
    half_time(town)
    assert (asked(euis), asked(far)) == (1, 0)


@pytest.mark.parametrize("changes", [{"privacy": "rahasia"}, {"category": "perilaku_aparatur"}])
def test_what_is_confidential_or_about_officials_is_shown_to_no_witness(
    town: Town, euis: Talk, changes: dict[str, str]
) -> None:
    number = town.citizen("asep").files(replace(LAMP, **changes))  # type: ignore[arg-type]
    assert town.run(lambda tx: witnessing.ask_near(tx, town.office, town.report(number), "silent:0", town.now)) == 0
    assert asked(euis) == 0


def test_no_more_than_two_are_asked_and_who_was_asked_longest_ago_comes_first(town: Town, euis: Talk) -> None:
    group_id = euis.town.db.read_sync(lambda tx: witnesses.members_near(tx, "Dago", date(2026, 11, 24)))[0].group_id
    others = [with_member(town, group_id, euis, name) for name in ("ujang", "tatang", "neneng")]
    for _ in range(2):
        number = town.citizen("asep").files()
        town.run(lambda tx, n=number: witnessing.ask_near(tx, town.office, town.report(n), "silent:0", town.now))
        town.pass_time(hours=1)
    assert [asked(each) for each in (euis, *others)] == [1, 1, 1, 1]


def test_one_person_is_asked_no_more_than_three_times_a_day(town: Town, euis: Talk) -> None:
    asep = town.citizen("asep")
    for _ in range(5):
        number = asep.files()
        town.run(lambda tx, n=number: witnessing.ask_near(tx, town.office, town.report(n), "silent:0", town.now))
    assert asked(euis) == witnessing.MOST_A_DAY
    town.pass_time(days=1, minutes=1)
    number = asep.files()
    town.run(lambda tx: witnessing.ask_near(tx, town.office, town.report(number), "silent:0", town.now))
    assert asked(euis) == witnessing.MOST_A_DAY + 1


def waiting_report(town: Town) -> str:
    number = town.citizen("asep").files()
    town.resolved(number)
    half_time(town)
    return number


@pytest.mark.parametrize(
    ("typed", "solved"), [("sudah", True), ("belum, masih gelap", False), ("1", True), ("2", False)]
)
def test_an_answer_is_kept_beside_the_reporters_and_moves_nothing(
    town: Town, euis: Talk, typed: str, solved: bool
) -> None:
    number = waiting_report(town)
    before = town.statuses(number)
    (reply,) = euis.hears_about(TextSent(typed), heard=heard())
    assert number in reply.text
    assert [row.solved for row in rows(town, number)] == [solved]
    assert town.statuses(number) == before
    told = town.db.read_sync(lambda tx: notes.notes_of(tx, town.report(number).id or 0, internal=True))
    assert [(note.actor, note.internal) for note in told] == [("kim", True)]


def test_a_tap_answers_and_a_picture_after_it_belongs_to_the_report(town: Town, euis: Talk) -> None:
    number = waiting_report(town)
    euis.taps(f"witness_no:{number}")
    (reply,) = euis.hears_about(MediaShared("photo", "file-1"))
    assert number in reply.text
    (row,) = rows(town, number)
    assert row.evidence_id is not None
    photo = town.db.read_sync(media.by_id, row.evidence_id)
    assert photo.report_id == town.report(number).id


def test_who_was_not_asked_is_no_witness(town: Town, euis: Talk) -> None:
    number = town.citizen("asep").files()
    wanted = effects.SayAsWitness(number, solved=True)
    with pytest.raises(Refusal):
        town.run(lambda tx: witnessing.act(tx, town.office, wanted, euis.contact_id, town.now))
    (reply,) = euis.hears_about(TextSent("sudah"), heard=heard())
    assert number not in reply.text


def test_a_members_own_report_is_answered_before_what_they_saw_of_others(town: Town, euis: Talk) -> None:
    own = euis.files(replace(LAMP, description="lampu lain"))
    town.resolved(own)
    number = waiting_report(town)
    euis.hears_about(TextSent(f"sudah {own}"), heard=heard())
    assert town.report(own).status == "ditutup"
    assert rows(town, number)[0].answered_at is None
