"""Once a year each member of a group is asked whether they stay, so that the lists stay true.

Who does not answer is flagged and asked once more, and the coordinator hears of it; after that their membership sleeps until they say so.
"""

from datetime import datetime, timedelta

from bot.dialogue.replies import Choice, Reply
from bot.dialogue.texts import speech_for
from bot.services.office import Office
from storage import Tx, groups, outbox, people
from storage.tables import Group, KimMember

PATIENCE = timedelta(days=14)  # after the question, and after the flag
BATCH = 50


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether there is anybody to ask."""
    return bool(groups.renewals_due(tx, now, 1))


def ask_due(tx: Tx, office: Office, now: datetime) -> int:
    """Ask, flag or put to sleep those whose time has come; how many."""
    due = groups.renewals_due(tx, now, BATCH)
    for member in due:
        _next_step(tx, office, member, now)
    return len(due)


def _next_step(tx: Tx, office: Office, member: KimMember, now: datetime) -> None:
    assert member.id is not None
    group = groups.group_by_id(tx, member.group_id)
    assert group is not None
    later = now + PATIENCE
    if member.asked_at is None:
        groups.renewal_step(tx, member.id, "asked", now, later)
        _ask(tx, office, member, group, "kim_renewal", now)
    elif member.flagged_at is None:
        groups.renewal_step(tx, member.id, "flagged", now, later)
        _ask(tx, office, member, group, "kim_renewal_again", now)
        _tell_coordinators(tx, office, member, group, now)
    else:
        groups.renewal_step(tx, member.id, "asleep", now, later)
        _ask(tx, office, member, group, "kim_renewal_asleep", now)


def _ask(tx: Tx, office: Office, member: KimMember, group: Group, text: str, now: datetime) -> None:
    speech = speech_for(office.city, people.language_of(tx, member.contact_id))
    choices = (
        Choice("kim_stay", speech.say("kim_choice_stay")),
        Choice("kim_leave", speech.say("kim_choice_leave")),
    )
    reply = Reply(speech.say(text, kim=group.name), choices)
    key = f"{text}:{member.id}:{now.isoformat()}"
    outbox.owe(tx, conversation_id=member.conversation_id, body=reply.to_json(), key=key, now=now)


def _tell_coordinators(tx: Tx, office: Office, silent: KimMember, group: Group, now: datetime) -> None:
    for member in groups.members_of(tx, silent.group_id):
        if member.role != groups.COORDINATOR or member.id == silent.id or member.asleep_at is not None:
            continue
        speech = speech_for(office.city, people.language_of(tx, member.contact_id))
        name = people.name_of(tx, people.contact_by_id(tx, silent.contact_id)) or speech.say("kim_nameless")
        reply = Reply(speech.say("kim_renewal_silent", kim=group.name, nama=name))
        key = f"kim_silent:{silent.id}:{member.id}:{now.isoformat()}"
        outbox.owe(tx, conversation_id=member.conversation_id, body=reply.to_json(), key=key, now=now)
