"""What arrives is stored once, before anybody acknowledges it, whatever it is."""

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.services.intake import Arrived, take_in
from storage import Tx, inbox, people
from storage.tables import Address, Conversation, InboxEvent
from tests.services.town import Town

HELLO = Arrived(
    source="telegram:citizen", channel="telegram", bot="citizen", payload='{"text": "halo"}', unique_key="7", order_key=7,
    external_id="4711", chat_id="4711", name="Asep", language="su",
)  # fmt: skip


def events(tx: Tx) -> list[InboxEvent]:
    return list(tx.session.exec(select(InboxEvent)))


def take(town: Town, arrived: Arrived) -> bool:
    return town.run(take_in, town.office.city, arrived, town.now)


def test_an_event_is_kept_once_with_its_person_and_its_talk(either_town: Town) -> None:
    assert take(either_town, HELLO)
    assert not take(either_town, HELLO)
    (event,) = either_town.db.read_sync(events)
    assert (event.state, event.order_key) == ("pending", 7)
    assert either_town.db.read_sync(inbox.payload_of, event) == '{"text": "halo"}'

    def person(tx: Tx) -> tuple[str, str]:
        conversation = tx.session.get_one(Conversation, event.conversation_id)
        contact = people.contact_by_id(tx, people.address_of(tx, conversation).contact_id)
        return people.name_of(tx, contact), contact.language

    assert either_town.db.read_sync(person) == ("Asep", "su")


def test_the_same_key_of_another_bot_is_another_event(town: Town) -> None:
    assert take(town, HELLO)
    assert take(town, replace(HELLO, source="telegram:staff", bot="staff"))


@pytest.mark.parametrize(
    ("changed", "state", "reason"),
    [
        ({"undecodable": "it is no JSON"}, "parked", "it is no JSON"),
        ({"ignored": "an edited message"}, "ignored", "an edited message"),
        ({"external_id": ""}, "ignored", "nobody in particular sent it"),
    ],
)
def test_what_cannot_be_played_is_kept_with_its_reason(
    town: Town, changed: dict[str, str], state: str, reason: str
) -> None:
    assert take(town, replace(HELLO, **changed))
    (event,) = town.db.read_sync(events)
    assert (event.state, event.reason) == (state, reason)
    assert event.handled_at is not None


def test_without_a_key_the_same_bytes_are_the_same_event(town: Town) -> None:
    torn = replace(HELLO, unique_key="", external_id="", payload="\x00{", undecodable="it is no JSON")
    assert take(town, torn)
    assert not take(town, torn)
    assert take(town, replace(torn, payload="\x00{{"))


def test_a_person_who_could_not_be_reached_can_be_again_when_they_write(town: Town) -> None:
    take(town, HELLO)

    def address(tx: Tx) -> Address:
        return tx.session.exec(select(Address)).one()

    town.run(people.mark_unreachable, town.db.read_sync(address).id, "blocked us", town.now)
    take(town, replace(HELLO, unique_key="8"))
    assert town.db.read_sync(address).unreachable_since is None


def test_the_platforms_hint_never_changes_a_language_that_we_know(town: Town) -> None:
    take(town, HELLO)
    take(town, replace(HELLO, unique_key="8", language="en"))
    contact = town.db.read_sync(lambda tx: tx.session.exec(select(Address)).one().contact_id)
    assert town.db.read_sync(people.language_of, contact) == "su"


def test_a_person_in_two_chats_has_two_talks(town: Town) -> None:
    take(town, HELLO)
    take(town, replace(HELLO, unique_key="8", chat_id="-100"))
    first, second = town.db.read_sync(events)
    assert first.conversation_id != second.conversation_id
