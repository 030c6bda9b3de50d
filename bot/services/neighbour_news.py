"""News for people for whom somebody else reported: short, without a question, in the talk that they chose."""

from datetime import datetime

from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.services.office import Office
from storage import Tx, consents, conversations, outbox, people, reports
from storage.tables import Report, StatusChange


def tell_followers(
    tx: Tx, office: Office, told: Report, stands: Report, change: StatusChange, key: str, due_at: datetime
) -> None:
    """What became of the report `told` for them; `stands` is the one that it was joined to, or itself."""
    for conversation_id in followers(tx, told):
        conversation = conversations.load(tx, conversation_id).conversation
        speech = speech_for(office.city, people.language_of(tx, people.address_of(tx, conversation).contact_id))
        text = speech.say(
            "kim_follower_news",
            nomor=told.number,
            kategori=speech.category(told.category),
            status=speech.status(change.to_status),
        )
        note = "" if stands.privacy == reports.SECRET else reports.note_of(tx, change)
        outbox.owe(
            tx,
            conversation_id=conversation_id,
            body=Reply(f"{text} {note}".strip()).to_json(),
            key=f"{key}:{conversation_id}",
            now=change.at,
            due_at=due_at,
            report_id=told.id,
        )


def drop_waiting(tx: Tx, told: Report, key: str, now: datetime) -> None:
    """News that wait, and that the next one takes the place of, are not sent to them either."""
    for conversation_id in followers(tx, told):
        outbox.withdraw(tx, f"{key}:{conversation_id}", "followed by the next status", now)


def followers(tx: Tx, report: Report) -> list[int]:
    """The talks in which somebody else hears the news of this report."""
    assert report.id is not None
    found = (consent.conversation_id for consent in consents.of_report(tx, report.id))
    return list(dict.fromkeys(id_ for id_ in found if id_ is not None and id_ != report.conversation_id))
