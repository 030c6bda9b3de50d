"""What became of every message about a report: for staff who ask whether it was really told."""

import re
from datetime import datetime
from typing import Final

from bot.dialogue.events import CommandGiven, Event
from bot.dialogue.knowledge import MessageFacts
from bot.dialogue.replies import Reply
from bot.dialogue.steps.read_back import clipped
from bot.services.reaching import STAFF_BOTS
from storage import Tx, outbox, people
from storage.tables import OutboxMessage, Report

ASKS: Final = frozenset({"pesan", "status"})
QUOTE: Final = 60  # characters of a message that are shown again
REASONS: Final = (
    ("blocked", re.compile(r"blocked|kicked", re.IGNORECASE)),
    ("gone", re.compile(r"deactivated|user not found|chat not found|PEER_ID_INVALID|\(131026\)", re.IGNORECASE)),
    ("window", re.compile(r"too long ago|\(131047\)|asked the person to write", re.IGNORECASE)),
    ("limited", re.compile(r"\(131049\)")),
    ("elsewhere", re.compile(r"sent on (?P<where>\w+) instead")),
    (
        "superseded",
        re.compile(r"followed by the next|next message came first|taken back|undone|due time", re.IGNORECASE),
    ),
    ("off", re.compile(r"the channel (?P<where>\S+) is off")),
    ("slow", re.compile(r"slow down|twenty messages a minute|\(130429\)|\(131056\)", re.IGNORECASE)),
    ("token", re.compile(r"_TOKEN is not accepted|\(190\)")),
    ("given_up", re.compile(r"given up after (?P<where>\d+) tries")),
    ("interrupted", re.compile(r"interrupted while sending")),
    ("unreadable", re.compile(r"cannot be read")),
)
"""What is meant, by what the reason says; the first that fits, but that it was told elsewhere counts most."""


def asked_for(tx: Tx, event: Event, report: Report | None) -> tuple[MessageFacts, ...]:
    """The messages of the report that ``/pesan`` is about, oldest first; nothing for any other event."""
    if not isinstance(event, CommandGiven) or event.name not in ASKS or report is None:
        return ()
    return tuple(_facts(tx, report, row) for row in outbox.about(tx, report.id or 0))


def reason_of(text: str) -> tuple[str, str]:
    """(what is meant, the blank in its sentence) of a stored reason; ("", the reason) where nobody worded it."""
    if not text:
        return "", ""
    found = [(name, match) for name, pattern in REASONS if (match := pattern.search(text))]
    best = next((each for each in found if each[0] == "elsewhere"), found[0] if found else None)
    if best is None:
        return "", text
    return best[0], best[1].groupdict().get("where", "") or ""


def _facts(tx: Tx, report: Report, row: OutboxMessage) -> MessageFacts:
    address = people.address_of(tx, people.conversation_by_id(tx, row.conversation_id))
    meaning, detail = reason_of(row.reason)
    return MessageFacts(
        state=_state(row),
        at=_when(row),
        channel=address.channel,
        to=_to(tx, report, address.bot, address.contact_id),
        words=_words(tx, row),
        reason=meaning,
        detail=detail,
        attempts=row.attempts,
    )


def _state(row: OutboxMessage) -> str:
    """As people say it: what is due and was never tried is planned, what was tried is tried again."""
    if row.state == "due":
        return "retried" if row.attempts else "planned"
    return row.state


def _when(row: OutboxMessage) -> datetime:
    return row.due_at if row.state in outbox.UNSENT else row.sent_at or row.created_at


def _to(tx: Tx, report: Report, bot: str, contact_id: int) -> str:
    if bot in STAFF_BOTS:
        return "staff"
    return "reporter" if contact_id in people.same_person(tx, report.contact_id) else "other"


def _words(tx: Tx, row: OutboxMessage) -> str:
    try:
        return clipped(Reply.from_json(outbox.body_of(tx, row)).text, QUOTE)
    except (KeyError, TypeError, ValueError):
        return "-"
