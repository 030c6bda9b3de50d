"""Contact persons who have not written for thirty days: the administrators hear of each once a month."""

from collections import defaultdict
from datetime import datetime, timedelta

from bot.dialogue.replies import Reply
from bot.dialogue.texts import Speech, speech_for
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG
from storage import Tx, cron, outbox, people
from storage.people import SilentRole

SILENCE = timedelta(days=30)
JOB = "silent_narahubung"


def any_due(tx: Tx, office: Office, now: datetime) -> bool:
    """Whether there is somebody to be named, and the offices work."""
    return bool(_unnamed(tx, office, now)) and calendar_of(tx, office).is_open(now)


def flag(tx: Tx, office: Office, now: datetime) -> int:
    """Name those who are silent and were not named this month; how many. Of two programs one names each."""
    if not any_due(tx, office, now):
        return 0
    silent = {
        contact_id: roles
        for contact_id, roles in _unnamed(tx, office, now).items()
        if cron.claim_slot(tx, JOB, _slot(office, contact_id, now), now)
    }
    for contact, conversation in people.staff_for(tx, ADMINISTRATOR, None, now) if silent else ():
        speech = speech_for(office.city, contact.language)
        lines = [_line(tx, speech, contact_id, roles) for contact_id, roles in silent.items()]
        text = "\n".join([speech.say("staff_silent", hari=SILENCE.days), *lines])
        key = f"staff:silent:{_slot(office, min(silent), now)}:{conversation.id}"
        outbox.owe(tx, conversation_id=conversation.id, body=Reply(text).to_json(), key=key, now=now)
    return len(silent)


def _unnamed(tx: Tx, office: Office, now: datetime) -> dict[int, list[SilentRole]]:
    """By person: the agencies whose contact they are."""
    found = defaultdict(list)
    for role in people.silent_since(tx, NARAHUBUNG, now - SILENCE, now):
        if not cron.is_claimed(tx, JOB, _slot(office, role.contact_id, now)):
            found[role.contact_id].append(role)
    return dict(found)


def _slot(office: Office, contact_id: int, now: datetime) -> str:
    return f"{office.today(now):%Y-%m}:{contact_id}"


def _line(tx: Tx, speech: Speech, contact_id: int, roles: list[SilentRole]) -> str:
    name = people.name_of(tx, people.contact_by_id(tx, contact_id)) or speech.say("staff_nameless")
    agencies = ", ".join(speech.agency(role.agency) for role in roles)
    heard_at = roles[0].heard_at
    when = speech.day(heard_at) if heard_at else speech.say("staff_never_wrote")
    return f"• {agencies}: {name} ({when})"
