"""Where a person is reached: in the chat they used last, and in another one of theirs when that fails."""

from datetime import datetime

from storage import Tx, outbox, people
from storage import reports as kept
from storage.tables import Conversation, OutboxMessage, Report

STAFF_BOTS = frozenset({"staff", "administrator", "narahubung"})
ANSWER = "turn:"
"""With this the key of an answer begins: it belongs to the chat in which somebody asked."""


def talks_of(tx: Tx, contact_id: int) -> list[Conversation]:
    """The chats in which a person talks as a citizen, the one used last first."""
    return [
        talk for talk in people.conversations_of(tx, contact_id) if people.address_of(tx, talk).bot not in STAFF_BOTS
    ]


def talk_of(tx: Tx, report: Report) -> int:
    """Where the reporter is told about a report: where they wrote last and can be reached, whichever of their channels that is."""
    if len(people.same_person(tx, report.contact_id)) == 1:
        return report.conversation_id
    for talk in talks_of(tx, report.contact_id):
        if people.address_of(tx, talk).unreachable_since is None and talk.id is not None:
            return talk.id
    return report.conversation_id


def send_elsewhere(tx: Tx, message: OutboxMessage, now: datetime) -> str:
    """Owe news that cannot be told in one chat to the reporter's next one; its channel, "" when there is none.

    An answer stays in its chat, and each chat is tried once.
    """
    if message.report_id is None or message.key.startswith(ANSWER):
        return ""
    report = kept.by_id(tx, message.report_id)
    here = people.conversation_by_id(tx, message.conversation_id)
    theirs = people.same_person(tx, report.contact_id)
    if people.address_of(tx, here).contact_id not in theirs:  # news to staff, or to somebody else
        return ""
    cause = message.key.partition("@")[0]
    first = outbox.under(tx, cause)
    tried = {here.id, first.conversation_id if first else None}
    for talk in talks_of(tx, report.contact_id):
        address = people.address_of(tx, talk)
        if talk.id in tried or address.unreachable_since is not None:
            continue
        key, body = f"{cause}@{talk.id}", outbox.body_of(tx, message)
        if outbox.owe(tx, conversation_id=talk.id, body=body, key=key, now=now, report_id=report.id):
            return address.channel
    return ""
