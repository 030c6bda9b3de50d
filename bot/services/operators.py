"""Calling the people who run the program: a metric, a line in the log, and a notice to every administrator.

The same trouble of the same channel is told once an hour.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import structlog
from prometheus_client import Counter

from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.services.office import Office
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, outbox, people
from storage.cron import claim_slot

PAGES = Counter("kentongan_operator_pages_total", "Trouble that only a person can mend", ["source", "code"])
PLATFORMS: Final = {"whatsapp": "WhatsApp", "telegram": "Telegram"}

log = structlog.get_logger()


def page(tx: Tx, office: Office, source: str, code: str, sentences: Mapping[str, str], now: datetime) -> bool:
    """Call for help about `code`, which means one of `sentences` (by language); False when that was done this hour."""
    PAGES.labels(source, code).inc()
    hour = f"{source}:{code}:{now:%Y-%m-%dT%H}"
    if not claim_slot(tx, "operator", hour, now):
        return False
    log.critical("a channel needs an operator", source=source, code=code, reason=sentences["en"])
    platform = source.partition(":")[0]
    for contact, conversation in people.staff_for(tx, ADMINISTRATOR, None, now):
        assert conversation.id is not None
        speech = speech_for(office.city, contact.language)
        words = sentences.get(speech.language) or sentences.get(office.city.languages[0]) or sentences["en"]
        text = speech.say("staff_news_operator", kanal=PLATFORMS.get(platform, platform), kode=code, alasan=words)
        key = f"operator:{hour}:{conversation.id}"
        outbox.owe(tx, conversation_id=conversation.id, body=Reply(text).to_json(), key=key, now=now)
    return True
