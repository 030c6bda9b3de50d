"""What nearly every test of storage begins with: a citizen who talks with us, and a report."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage import Tx, numbers, people, reports
from storage.tables import Conversation, Report

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""A Tuesday, eight in the morning in Bandung."""


def later(**span: float) -> datetime:
    """So much after NOW."""
    return NOW + timedelta(**span)


def new_talk(tx: Tx, person: str = "asep", *, bot: str = "citizen", chat: str = "", name: str = "") -> Conversation:
    """A conversation of this person, in a chat of their own unless another is named."""
    address = people.find_or_create_address(tx, "telegram", bot, person, name=name, now=NOW)
    return people.find_or_create_conversation(tx, address, chat or person, NOW)


def new_report(tx: Tx, talk: Conversation | None = None, **columns: Any) -> Report:
    """A report about a street light, filed in this talk, with other columns where they are given."""
    talk = talk or new_talk(tx)
    usual: dict[str, Any] = {
        "number": numbers.draw_number(tx, "XYZ", NOW.date()),
        "contact_id": people.address_of(tx, talk).contact_id,
        "conversation_id": talk.id,
        "status": "diterima",
        "kind": "pengaduan",
        "category": "pju",
        "priority": "sedang",
        "privacy": "anonim",
        "language": "id",
        "description": "lampu jalan mati",
        "place_words": "depan warung",
        "city_version": "test",
        "channel": "telegram",
        "created_at": NOW,
    }
    return reports.open_report(tx, **(usual | columns))
