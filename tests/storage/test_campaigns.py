"""Campaigns: whom they are for, where each person is reached, and what the rows of the outbox say of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col

from storage import Database, LostRace, Tx, campaigns, groups, linking, outbox, people
from storage.campaigns import Audience, Figures
from storage.tables import Address, Campaign, OutboxMessage
from tests.storage.makers import NOW, later, new_report, new_talk

EVERYBODY = Audience(not_bots=frozenset({"staff"}))


def wants(tx: Tx, person: str, wish: str = campaigns.ON, **where: Any) -> int:
    """Somebody who said whether they want campaigns; their contact."""
    talk = new_talk(tx, person, **where)
    contact_id = people.address_of(tx, talk).contact_id
    campaigns.choose(tx, [contact_id], wish, NOW)
    return contact_id


def made(tx: Tx, *, starts_at: datetime = NOW, state: str = campaigns.PLANNED) -> Campaign:
    talk = new_talk(tx, "admin", bot="staff")
    return tx.add(
        Campaign(
            words="Film", audience="citizens", starts_at=starts_at, state=state,
            made_by=people.address_of(tx, talk).contact_id, conversation_id=talk.id or 0, created_at=NOW,
        )
    )  # fmt: skip


def owed(tx: Tx, campaign: Campaign, person: str, state: str = "due", **when: Any) -> OutboxMessage:
    talk = new_talk(tx, person)
    row = outbox.owe(
        tx,
        conversation_id=talk.id or 0,
        body="{}",
        key=f"{campaign.id}:{person}",
        now=NOW,
        campaign_id=campaign.id,
        **when,
    )
    assert row is not None
    tx.change(OutboxMessage, OutboxMessage.id == row.id, state=state)
    return row


# ---------------------------------------------------------------- whom


def test_the_audience_is_who_asked_and_has_a_chat_of_their_own(database: Database) -> None:
    def look(tx: Tx) -> tuple[list[int], list[int], int]:
        yes = [wants(tx, name) for name in ("asep", "euis")]
        wants(tx, "ucup", campaigns.OFF)
        wants(tx, "petugas", bot="staff")
        new_talk(tx, "never said")
        return yes, campaigns.contacts_in(tx, EVERYBODY, after=0, limit=10), campaigns.size(tx, EVERYBODY)

    yes, found, size = database.run_sync(look)
    assert found == yes
    assert size == len(yes)


def test_a_page_begins_after_the_last_one(database: Database) -> None:
    def look(tx: Tx) -> tuple[list[int], list[list[int]]]:
        all_ = [wants(tx, f"warga {n}") for n in range(5)]
        first = campaigns.contacts_in(tx, EVERYBODY, after=0, limit=3)
        return all_, [first, campaigns.contacts_in(tx, EVERYBODY, after=first[-1], limit=3)]

    all_, pages = database.run_sync(look)
    assert pages == [all_[:3], all_[3:]]


def test_chosen_contacts_are_in_unless_they_want_none(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, list[int]]:
        silent = people.address_of(tx, new_talk(tx, "asep")).contact_id
        off = wants(tx, "ucup", campaigns.OFF)
        chosen = Audience(EVERYBODY.not_bots, contacts=frozenset({silent, off}))
        return silent, campaigns.contacts_in(tx, chosen, after=0, limit=10)

    silent, found = database.run_sync(look)
    assert found == [silent]


def test_those_of_a_kelurahan_reported_something_there(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, list[int]]:
        asep = wants(tx, "asep")
        wants(tx, "euis")
        new_report(tx, new_talk(tx, "asep"), kelurahan="Dago")
        return asep, campaigns.contacts_in(tx, Audience(EVERYBODY.not_bots, kelurahan="Dago"), after=0, limit=10)

    asep, found = database.run_sync(look)
    assert found == [asep]


def test_a_linked_person_counts_once_and_is_reached_in_the_chat_heard_last(database: Database) -> None:
    def look(tx: Tx) -> tuple[list[int], campaigns.Recipient | None, int | None]:
        asep = wants(tx, "asep")
        other = new_talk(tx, "asep on another phone")
        people.link(tx, people.address_of(tx, other).contact_id, asep)
        other.last_heard_at = later(hours=1)
        tx.add(other)
        return (
            campaigns.contacts_in(tx, EVERYBODY, after=0, limit=10),
            campaigns.last_chats(tx, [asep], EVERYBODY.not_bots).get(asep),
            other.id,
        )

    found, recipient, other = database.run_sync(look)
    assert len(found) == 1
    assert recipient is not None
    assert recipient.conversation_id == other


def test_who_cannot_be_reached_is_not_counted_and_a_group_is_no_chat_of_ones_own(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, campaigns.Recipient | None]:
        blocked = wants(tx, "asep")
        tx.change(Address, Address.contact_id == blocked, unreachable_since=NOW)
        address = people.find_or_create_address(tx, "telegram", "citizen", "in a group", now=NOW)
        people.find_or_create_conversation(tx, address, "-100", NOW, in_group=True)
        campaigns.choose(tx, [address.contact_id], campaigns.ON, NOW)
        return campaigns.size(tx, EVERYBODY), campaigns.last_chats(tx, [address.contact_id], EVERYBODY.not_bots).get(
            address.contact_id
        )

    assert database.run_sync(look) == (0, None)


# ---------------------------------------------------------------- how far


def test_one_begins_when_its_time_has_come_and_not_before(database: Database) -> None:
    def look(tx: Tx) -> tuple[int | None, Campaign | None, Campaign | None]:
        campaign = made(tx, starts_at=later(hours=1))
        return campaign.id, campaigns.to_spread(tx, NOW), campaigns.to_spread(tx, later(hours=1))

    id_, before, after = database.run_sync(look)
    assert before is None
    assert after is not None
    assert after.id == id_


def test_two_who_spread_the_same_batch_lose_the_race(database: Database) -> None:
    def race(tx: Tx) -> None:
        campaign = made(tx)
        as_read = Campaign(**campaign.model_dump())
        campaigns.owed_to(tx, campaign, 7, all_owed=False)
        campaigns.owed_to(tx, as_read, 7, all_owed=False)

    with pytest.raises(LostRace):
        database.run_sync(race)


def test_a_stopped_one_is_spread_no_further(database: Database) -> None:
    def stop(tx: Tx) -> tuple[bool, bool, Campaign | None]:
        campaign = made(tx)
        first = campaigns.end(tx, campaign.id or 0, campaigns.STOPPED, NOW)
        return first, campaigns.end(tx, campaign.id or 0, campaigns.SENT, NOW), campaigns.to_spread(tx, NOW)

    assert database.run_sync(stop) == (True, False, None)


def test_the_figures_are_the_states_of_its_messages(database: Database) -> None:
    states = ["due", "sending", "sent", "delivered", "read", "refused", "unreachable", "withdrawn", "held"]

    def look(tx: Tx) -> Figures:
        campaign, other = made(tx), made(tx)
        for number, state in enumerate(states):
            owed(tx, campaign, f"warga {number}", state)
        owed(tx, other, "somebody else")
        return campaigns.figures(tx, campaign.id or 0)

    expected = Figures(owed=9, waiting=2, sent=3, delivered=2, read=1, failed=2, withdrawn=1, held=1)
    assert database.run_sync(look) == expected


def test_it_is_through_when_nothing_is_on_its_way(database: Database) -> None:
    def look(tx: Tx) -> list[bool]:
        campaign = made(tx)
        campaigns.owed_to(tx, campaign, 9, all_owed=True)
        row = owed(tx, campaign, "asep")
        seen = [campaigns.through(tx) is not None]
        outbox.settle_sent(tx, row.id or 0, "x", NOW)
        return [*seen, campaigns.through(tx) is not None]

    assert database.run_sync(look) == [False, True]


def test_who_opts_out_gets_nothing_that_is_still_owed_and_others_do(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, Figures]:
        campaign = made(tx)
        owed(tx, campaign, "asep", due_at=later(hours=1))
        owed(tx, campaign, "euis", due_at=later(hours=1))
        contact_id = people.address_of(tx, new_talk(tx, "asep")).contact_id
        n = campaigns.withdraw(tx, "opted out", NOW, contact_id=contact_id)
        return n, campaigns.figures(tx, campaign.id or 0)

    n, figures = database.run_sync(look)
    assert (n, figures.withdrawn, figures.waiting) == (1, 1, 1)


def test_messages_that_are_late_are_found_in_the_order_of_their_time(database: Database) -> None:
    def look(tx: Tx) -> list[str]:
        campaign = made(tx)
        for person, minutes in (("b", 2), ("a", 1), ("c", 9)):
            owed(tx, campaign, person, due_at=later(minutes=minutes))
        talk = new_talk(tx, "news")
        outbox.owe(tx, conversation_id=talk.id or 0, body="{}", key="no campaign", now=NOW)
        return [each.key.partition(":")[2] for each, _ in campaigns.late(tx, later(minutes=5), 10)]

    assert database.run_sync(look) == ["a", "b"]


def test_what_waits_for_its_reader_is_outdated_one_day(database: Database) -> None:
    def look(tx: Tx) -> tuple[bool, bool, int]:
        owed(tx, made(tx), "asep", "held")
        return (
            campaigns.outdated(tx, NOW),
            campaigns.outdated(tx, later(seconds=1)),
            campaigns.withdraw_outdated(tx, later(seconds=1), later(days=7)),
        )

    assert database.run_sync(look) == (False, True, 1)


def test_only_so_many_messages_of_campaigns_are_due_at_a_time_and_news_never_wait_for_them(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, bool]:
        campaign = made(tx)
        for number in range(outbox.CAMPAIGNS_AT_ONCE + 5):
            owed(tx, campaign, f"warga {number}")
        talk = new_talk(tx, "news")
        outbox.owe(tx, conversation_id=talk.id or 0, body="{}", key="news", now=NOW)
        due = outbox.conversations_due(tx, NOW)
        return len(due), talk.id in due

    assert database.run_sync(look) == (outbox.CAMPAIGNS_AT_ONCE + 1, True)


def test_a_member_or_a_reporter_counts_by_whichever_record_stands_for_them(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, list[int], list[int]]:
        member = people.address_of(tx, new_talk(tx, "asep")).contact_id
        new_report(tx, new_talk(tx, "asep"), kelurahan="Dago")
        group = groups.found(
            tx, "KIM Dago", kelurahan="Dago", kecamatan="Coblong", term_from=NOW.date(), term_until=NOW.date(), now=NOW
        )
        groups.join(tx, group.id or 0, member, new_talk(tx, "asep").id or 0, groups.MEMBER, NOW, NOW)
        root = wants(tx, "asep on another phone")
        people.link(tx, member, root)
        of_group = Audience(EVERYBODY.not_bots, contacts=campaigns.members(tx, NOW.date(), kelurahan="Dago"))
        there = Audience(EVERYBODY.not_bots, kelurahan="Dago")
        return root, *(campaigns.contacts_in(tx, each, after=0, limit=9) for each in (of_group, there))

    root, of_group, there = database.run_sync(look)
    assert of_group == there == [root]


@pytest.mark.parametrize(("first", "last", "there"), [(-1, 1, True), (0, 0, True), (1, 9, False), (-9, -1, False)])
def test_only_a_group_in_its_term_of_office_has_members(database: Database, first: int, last: int, there: bool) -> None:
    def look(tx: Tx) -> list[frozenset[int]]:
        today, talk = NOW.date(), new_talk(tx, "asep")
        group = groups.found(
            tx, "KIM Dago", kelurahan="Dago", kecamatan="Coblong",
            term_from=today + timedelta(days=first), term_until=today + timedelta(days=last), now=NOW,
        )  # fmt: skip
        member = people.address_of(tx, talk).contact_id
        groups.join(tx, group.id or 0, member, talk.id or 0, groups.MEMBER, NOW, NOW)
        return [
            campaigns.members(tx, today),
            campaigns.members(tx, today, kelurahan="Dago"),
            campaigns.members(tx, today, group_ids=(group.id or 0,)),
        ]

    assert [bool(found) for found in database.run_sync(look)] == [there] * 3


def test_of_groups_chosen_one_by_one_nobody_elses_members_are_meant(database: Database) -> None:
    def look(tx: Tx) -> tuple[list[int], frozenset[int], frozenset[int]]:
        ids, persons = [], []
        for name in ("asep", "ucup", "euis"):
            talk = new_talk(tx, name)
            group = groups.found(
                tx, name, kelurahan="Dago", kecamatan="Coblong", term_from=NOW.date(), term_until=NOW.date(), now=NOW
            )
            persons.append(people.address_of(tx, talk).contact_id)
            groups.join(tx, group.id or 0, persons[-1], talk.id or 0, groups.MEMBER, NOW, NOW)
            ids.append(group.id or 0)
        chosen = campaigns.members(tx, NOW.date(), group_ids=ids[1:])
        return persons, chosen, campaigns.members(tx, NOW.date())

    persons, chosen, all_ = database.run_sync(look)
    assert chosen == set(persons[1:])
    assert all_ == set(persons)


# ---------------------------------------------------------------- three channels of one person


def three_linked(tx: Tx) -> tuple[int, int, int]:
    """Three chats of one person: the first was linked to the second by a code, and then the second to the third."""
    names = ("one", "two", "three")
    first, second, third = ids = tuple(people.address_of(tx, new_talk(tx, name)).contact_id for name in names)
    for contact_id in ids:
        linking.make(tx, f"AAAA-000{contact_id}", contact_id, new_talk(tx, "one").id or 0, NOW, later(minutes=10))
    linking.redeem(tx, f"AAAA-000{second}", first, NOW)
    linking.redeem(tx, f"AAAA-000{third}", second, NOW)
    return first, second, third


@pytest.mark.parametrize("which", [0, 1, 2])
def test_who_is_a_member_or_has_a_report_on_any_of_three_channels_is_one_person_of_the_audience(
    database: Database, which: int
) -> None:
    def look(tx: Tx) -> tuple[int, frozenset[int], list[int]]:
        ids = three_linked(tx)
        talk = new_talk(tx, ("one", "two", "three")[which])
        group = groups.found(
            tx,
            "KIM",
            kelurahan="Dago",
            kecamatan="Coblong",
            term_from=NOW.date(),
            term_until=later(days=9).date(),
            now=NOW,
        )
        groups.join(tx, group.id, ids[which], talk.id or 0, groups.MEMBER, NOW, later(days=9))
        new_report(tx, talk, kelurahan="Dago", kecamatan="Coblong")
        campaigns.choose(tx, ids, campaigns.ON, NOW)
        there = Audience(EVERYBODY.not_bots, kelurahan="Dago")
        found = campaigns.contacts_in(tx, there, after=0, limit=10)
        assert campaigns.size(tx, there) == len(found)
        return ids[2], campaigns.members(tx, NOW.date(), kelurahan="Dago"), found

    root, members, found = database.run_sync(look)
    assert members == {root}
    assert found == [root]


def test_a_person_whose_only_chat_that_works_is_two_links_away_is_reached(database: Database) -> None:
    def look(tx: Tx) -> tuple[int, list[int]]:
        first, *others = three_linked(tx)
        tx.change(Address, col(Address.contact_id).in_(others), unreachable_since=NOW)
        campaigns.choose(tx, [first, *others], campaigns.ON, NOW)
        return others[-1], campaigns.contacts_in(tx, EVERYBODY, after=0, limit=10)

    root, found = database.run_sync(look)
    assert found == [root]


def test_who_parts_from_the_chain_is_a_person_of_their_own(database: Database) -> None:
    def look(tx: Tx) -> tuple[list[int], list[int]]:
        first, second, third = three_linked(tx)
        campaigns.choose(tx, [first, second, third], campaigns.ON, NOW)
        linking.part(tx, third)
        return sorted([first, third]), campaigns.contacts_in(tx, EVERYBODY, after=0, limit=10)

    expected, found = database.run_sync(look)
    assert found == expected
