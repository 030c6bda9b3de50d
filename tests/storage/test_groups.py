"""Groups, members, codes, consents and witnesses as rows, on both databases."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from storage import Database, Tx, consents, erasing_kim, groups, people, witnesses
from storage.groups import CodeExpired, CodeUnknown, CodeUsed
from storage.tables import Consent, Conversation, KimMember
from tests.storage.makers import NOW, new_report, new_talk

TODAY = date(2026, 11, 24)
YEAR = timedelta(days=365)
WEEK = timedelta(days=7)


def found(tx: Tx, name: str = "KIM Mekar", kelurahan: str = "Dago", until: date = date(2028, 12, 31)) -> int:
    group = groups.found(
        tx, name, kelurahan=kelurahan, kecamatan="Coblong", term_from=date(2026, 1, 1), term_until=until, now=NOW
    )
    return group.id or 0


def person(tx: Tx, name: str) -> tuple[int, int]:
    """(contact, conversation) of somebody new."""
    address = people.find_or_create_address(tx, "telegram", "citizen", name, now=NOW)
    return address.contact_id, people.find_or_create_conversation(tx, address, name, NOW).id or 0


def joined(tx: Tx, group_id: int, name: str, role: str = groups.MEMBER) -> int:
    return groups.join(tx, group_id, *person(tx, name), role, NOW, NOW + YEAR).id or 0


def test_a_code_lets_one_person_in_once(database: Database) -> None:
    def act(tx: Tx) -> tuple[int | None, int | None]:
        groups.invite(tx, "CODE", found(tx), groups.COORDINATOR, None, NOW, NOW + WEEK)
        euis = person(tx, "euis")
        first = groups.redeem(tx, "CODE", *euis, NOW, NOW + YEAR)
        again = groups.redeem(tx, "CODE", *euis, NOW, NOW + YEAR)
        with pytest.raises(CodeUsed):
            groups.redeem(tx, "CODE", *person(tx, "ujang"), NOW, NOW + YEAR)
        with pytest.raises(CodeUnknown):
            groups.redeem(tx, "OTHER", *euis, NOW, NOW + YEAR)
        return first.id, again.id

    first, again = database.run_sync(act)
    assert first == again


def test_a_code_lasts_so_long_and_no_longer_than_its_group(database: Database) -> None:
    def act(tx: Tx) -> None:
        group_id = found(tx)
        groups.invite(tx, "A", group_id, groups.MEMBER, None, NOW, NOW + WEEK)
        euis = person(tx, "euis")
        with pytest.raises(CodeExpired):
            groups.redeem(tx, "A", *euis, NOW + WEEK, NOW + YEAR)
        groups.end_group(tx, group_id, NOW)
        with pytest.raises(CodeExpired):
            groups.redeem(tx, "A", *euis, NOW, NOW + YEAR)

    database.run_sync(act)


def test_memberships_count_within_the_groups_term(database: Database) -> None:
    def act(tx: Tx) -> list[list[str]]:
        group_id = found(tx)
        contact, _ = person(tx, "euis")
        joined(tx, group_id, "euis")
        seen = [
            [group.name for _, group in groups.memberships(tx, contact, day)]
            for day in (TODAY, date(2025, 12, 31), date(2029, 1, 1))
        ]
        groups.extend(tx, group_id, date(2030, 1, 1))
        return [*seen, [group.name for _, group in groups.memberships(tx, contact, date(2029, 1, 1))]]

    assert database.run_sync(act) == [["KIM Mekar"], [], [], ["KIM Mekar"]]


def test_the_end_of_a_group_ends_every_place_in_it(database: Database) -> None:
    def act(tx: Tx) -> tuple[int, list[KimMember]]:
        group_id = found(tx)
        joined(tx, group_id, "euis")
        joined(tx, group_id, "ujang")
        return groups.end_group(tx, group_id, NOW), groups.members_of(tx, group_id)

    assert database.run_sync(act) == (2, [])


def test_renewals_come_due_in_steps_and_end_with_sleep(database: Database) -> None:
    def act(tx: Tx) -> list[int]:
        member = joined(tx, found(tx), "euis")
        seen = [len(groups.renewals_due(tx, NOW, 10)), len(groups.renewals_due(tx, NOW + YEAR, 10))]
        groups.renewal_step(tx, member, "asked", NOW + YEAR, NOW + YEAR + WEEK)
        seen.append(len(groups.renewals_due(tx, NOW + YEAR, 10)))
        groups.renewal_step(tx, member, "asleep", NOW + YEAR + WEEK, NOW + YEAR)
        seen.append(len(groups.renewals_due(tx, NOW + 2 * YEAR, 10)))
        groups.renew(tx, member, NOW + 2 * YEAR)
        return [*seen, len(groups.renewals_due(tx, NOW + 2 * YEAR, 10))]

    assert database.run_sync(act) == [0, 1, 0, 0, 1]


def test_witnesses_near_are_those_awake_in_term_whoever_was_asked_longest_ago_first(database: Database) -> None:
    def act(tx: Tx) -> tuple[list[int], list[int], int]:
        near, far = found(tx), found(tx, "KIM Jauh", "Cihapit")
        euis, ujang, asleep = (joined(tx, near, name) for name in ("euis", "ujang", "asih"))
        joined(tx, far, "tatang")
        groups.renewal_step(tx, asleep, "asleep", NOW, NOW + YEAR)
        before = [member.id or 0 for member in witnesses.members_near(tx, "Dago", TODAY)]
        report = new_report(tx)
        assert witnesses.ask(tx, report.id or 0, euis, "silent:0", NOW)
        assert witnesses.ask(tx, report.id or 0, euis, "silent:0", NOW) is None
        after = [member.id or 0 for member in witnesses.members_near(tx, "Dago", TODAY)]
        contact = groups.member_by_id(tx, euis).contact_id
        assert before == [euis, ujang]
        assert [each.number for _, each in witnesses.open_questions(tx, contact)] == [report.number]
        asked = witnesses.asked_since(tx, contact, NOW - WEEK)
        (row,) = witnesses.of_report(tx, report.id or 0)
        witnesses.answer(tx, row.id or 0, solved=True, word="terang", now=NOW)
        assert witnesses.open_questions(tx, contact) == []
        return after, [ujang, euis], asked

    after, wanted, asked = database.run_sync(act)
    assert after == wanted
    assert asked == 1


def test_a_consent_names_who_when_and_how_and_its_code_leads_to_it(database: Database) -> None:
    def act(tx: Tx) -> list[object]:
        contact, conversation = person(tx, "euis")
        report = new_report(tx)
        noted = consents.note(tx, report.id or 0, noted_by=contact, how=consents.TOLD, now=NOW, person="0812")
        consents.reach(tx, noted.id or 0, person="0813", token="KODE", conversation_id=conversation)
        tx.session.expire_all()
        found_ = consents.by_token(tx, "KODE")
        assert found_ is not None
        stored = tx.session.exec(select(Consent.person_sealed)).one()
        assert "0813" not in stored
        before = [
            consents.person_of(tx, found_),
            consents.by_token(tx, "OTHER"),
            found_.conversation_id == conversation,
        ]
        consents.withdraw(tx, conversation, NOW)
        tx.session.expire_all()
        return [*before, consents.of_report(tx, report.id or 0)[0].conversation_id]

    assert database.run_sync(act) == ["0813", None, True, None]


def test_who_is_forgotten_leaves_their_group_and_no_contact_of_a_neighbour(database: Database) -> None:
    def act(tx: Tx) -> tuple[list[KimMember], str]:
        group_id = found(tx)
        joined(tx, group_id, "euis")
        contact, conversation = person(tx, "euis")
        report = new_report(tx)
        consents.note(tx, report.id or 0, noted_by=contact, how=consents.TOLD, now=NOW, person="0812")
        erasing_kim.forget(tx, [contact], [conversation], NOW)
        tx.session.expire_all()
        return groups.members_of(tx, group_id), tx.session.exec(select(Consent.person_sealed)).one()

    assert database.run_sync(act) == ([], "")


def test_a_private_talk_is_found_by_whom_it_is_with_and_nothing_is_made_where_there_is_none(database: Database) -> None:
    _, conversation = database.run_sync(person, "62812")
    assert database.read_sync(people.private_talk, "telegram", "citizen", "62812") == conversation
    assert database.read_sync(people.private_talk, "whatsapp", "citizen", "62812") is None
    assert database.read_sync(lambda tx: len(tx.session.exec(select(Conversation)).all())) == 1
    assert database.run_sync(new_talk).id != conversation
