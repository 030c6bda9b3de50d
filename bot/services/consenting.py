"""People for whom a KIM member reports: their consent, and the way on which they hear the news too, if they want.

Who they are is known to nobody but the member who told us: it is sealed, and no card, list or page shows it.
"""

import re
import secrets
from datetime import datetime

from bot.services.office import Office
from storage import Tx, audit, consents
from storage.tables import Conversation, Report
from storage.talk import conversation_at

DIGITS = re.compile(r"\d")
TOKEN_BYTES = 6  # 48 bits; typed by hand where a link does not work


def note(tx: Tx, office: Office, report: Report, noted_by: int, person: str, now: datetime) -> None:
    """The member says that this person agreed; with a contact they hear the news where we can reach them."""
    assert report.id is not None
    consents.note(
        tx, report.id, noted_by=noted_by, how=consents.TOLD, now=now, person=person,
        conversation_id=reachable_at(tx, person),
    )  # fmt: skip
    audit.note(tx, contact_id=noted_by, act="consent", report_id=report.id, now=now)


def reachable_at(tx: Tx, person: str) -> int | None:
    """The talk with this person, where they have one with us already: by Telegram account or WhatsApp number."""
    channel, _, account = person.partition(":")
    if channel == "telegram" and account.isdecimal():
        return conversation_at(tx, "telegram", "citizen", account, account)
    number = phone_in(person)
    return conversation_at(tx, "whatsapp", "citizen", number, number) if number else None


def phone_in(words: str) -> str:
    """The Indonesian mobile number in these words, as WhatsApp writes it (628...); "" for none."""
    digits = "".join(DIGITS.findall(words))
    local = digits.removeprefix("62").removeprefix("0") if not digits.startswith("620") else digits[3:]
    return f"62{local}" if local.startswith("8") and 9 <= len(local) <= 12 else ""


def fresh_token() -> str:
    """For a link that nobody can guess."""
    return secrets.token_hex(TOKEN_BYTES)


def followers(tx: Tx, report: Report) -> list[int]:
    """The talks in which somebody else hears the news of this report."""
    assert report.id is not None
    found = (consent.conversation_id for consent in consents.of_report(tx, report.id))
    return list(dict.fromkeys(id_ for id_ in found if id_ is not None and id_ != report.conversation_id))


__all__ = ["Conversation", "followers", "fresh_token", "note", "phone_in", "reachable_at"]
