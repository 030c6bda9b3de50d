"""Who did what, when and why stands in the log for every kind of change, also those that move no status."""

from datetime import timedelta

from bot.dialogue.effects import Rate
from bot.dialogue.session import Session
from bot.services import acting, asking, remarks, reports, rights
from bot.services.due_times import deal_with_due
from storage import Tx, audit, conversations, notes
from tests.services import audit_trail
from tests.services.test_parts import shared
from tests.services.test_undoing import undo
from tests.services.town import Talk, Town


def acts(town: Town, number: str) -> list[str]:
    return [entry.act for entry in town.db.read_sync(audit.of_report, town.report(number).id)]


def everything_is_explained(town: Town) -> bool:
    return town.db.read_sync(audit_trail.unexplained) == []


def test_a_change_without_an_entry_is_found(town: Town) -> None:
    number = town.citizen().files()
    assert everything_is_explained(town)
    town.pass_time(minutes=1)
    town.run(
        lambda tx: notes.add_note(
            tx, town.report(number).id, "dari mana?", actor="sistem", contact_id=None, now=town.now
        )
    )
    (found,) = town.db.read_sync(audit_trail.unexplained)
    assert found.startswith("note ")


def test_one_more_picture_of_the_result_is_written_down(town: Town) -> None:
    number = town.citizen().files()
    owner = town.resolved(number)
    town.pass_time(minutes=1)
    picture = town.photo_of(owner)

    def add(tx: Tx) -> None:
        reports.add_proof(tx, town.office, rights.officer(tx, owner.contact_id, town.now), number, picture, town.now)

    town.run(add)
    last = town.db.read_sync(audit.of_report, town.report(number).id)[-1]
    assert (last.act, last.contact_id, last.at, last.detail) == ("proof", owner.contact_id, town.now, str(picture))


def add_words(town: Town, who: Talk, number: str) -> None:
    def act(tx: Tx) -> None:
        conversation = conversations.load(tx, who.conversation_id).conversation
        asking.complete(tx, town.office, conversation, number, words="di sebelah kiri", now=town.now)

    town.run(act)


def test_what_a_reporter_adds_is_written_down_without_the_words(town: Town) -> None:
    asep = town.citizen()
    number = asep.files()
    town.pass_time(minutes=1)
    add_words(town, asep, number)
    last = town.db.read_sync(audit.of_report, town.report(number).id)[-1]
    assert (last.act, last.contact_id, last.detail) == ("reporter_added", asep.contact_id, "words")
    assert everything_is_explained(town)


def test_a_supporters_yes_and_a_rating_are_written_down(town: Town) -> None:
    asep, ucup = town.citizen(), town.citizen("ucup")
    number = asep.files()
    joined = ucup.joins(number)
    town.resolved(number)
    town.pass_time(minutes=1)
    ucup.answers(joined, solved=True)
    assert acts(town, number)[-1] == "supporter_solved"
    town.pass_time(minutes=1)
    asep.answers(number, solved=True)
    town.pass_time(minutes=1)

    def rate(tx: Tx) -> None:
        conversation = conversations.load(tx, asep.conversation_id).conversation
        stage = acting.Stage(town.office, conversation, asep.contact_id, None, 1, town.now)
        acting.act(tx, stage, Session(), (Rate(number, 4, "cepat"),))

    town.run(rate)
    last = town.db.read_sync(audit.of_report, town.report(number).id)[-1]
    assert (last.act, last.detail) == ("rate", "4")
    assert everything_is_explained(town)


def test_a_due_time_that_passes_is_written_down_with_the_new_one(town: Town) -> None:
    number = town.citizen().files()
    town.pass_time(days=2)
    town.run(deal_with_due, town.office, town.now)
    missed = [e for e in town.db.read_sync(audit.of_report, town.report(number).id) if e.act == "due_time_missed"]
    assert len(missed) == 1
    assert missed[0].contact_id is None
    before, _, after = missed[0].detail.removeprefix("verification: ").partition(" -> ")
    assert before < after
    assert everything_is_explained(town)


def test_what_happens_by_itself_after_days_is_written_down(town: Town) -> None:
    number = town.citizen().files()
    town.resolved(number)
    for _ in range(11):
        town.pass_time(days=1)
        town.run(deal_with_due, town.office, town.now)
    assert town.report(number).status == "ditutup"
    assert {"due:reporter_reply", "sistem:ditutup"} <= set(acts(town, number))
    assert everything_is_explained(town)


def test_parts_and_their_whole_and_what_is_undone_are_explained(town: Town) -> None:
    number, owners, numbers = shared(town, town.citizen())
    admin = town.officer("administrator", name="euis")
    undo(town, admin, number)
    town.pass_time(minutes=1)
    town.run(
        lambda tx: remarks.remark(
            tx, town.office, rights.officer(tx, admin.contact_id, town.now), number, "satu dinas saja", town.now
        )
    )
    assert set(owners) == set(numbers)
    assert everything_is_explained(town)
    assert town.db.read_sync(audit_trail.counted) > 20
    assert town.now - town.report(number).created_at == timedelta(minutes=2)
