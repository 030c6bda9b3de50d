"""Linking the channels of one person: a short code made in one chat and typed in the other, and undoing it.

Whoever holds a code gains nothing by it alone: it is typed in the chat that is joined, confirmed there, told in the other chat,
and undone from either with one word.
"""

import secrets
from datetime import datetime, timedelta

from bot.dialogue import effects, link_words
from bot.dialogue.events import Event
from bot.dialogue.knowledge import LinkFacts
from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.services.office import Office
from bot.services.reaching import talks_of
from bot.services.refusals import Refusal
from storage import Tx, audit, campaigns, linking, outbox, people
from storage.linking import LinkCodeUnusable
from storage.tables import Contact, Conversation

VALID_FOR = timedelta(minutes=10)
HOUR = timedelta(hours=1)
MOST_CODES = 5  # that one person may have made in an hour
MOST_TRIES = 5  # wrong codes that one chat may type in an hour
WRONG = "link_wrong_code"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is read aloud wrongly: no I, no O


def facts_of(tx: Tx, contact: Contact, event: Event, now: datetime) -> LinkFacts | None:
    """What a turn about linking may know; None for any other turn."""
    asked = link_words.asked(event)
    if asked is None:
        return None
    assert contact.id is not None
    may_try = linking.acts_since(tx, contact.id, WRONG, now - HOUR) < MOST_TRIES
    state, code = linking.look_at(tx, asked.code, contact.id, now) if asked.code and may_try else ("", None)
    channel, name = _maker(tx, code.contact_id, code.conversation_id) if code else ("", "")
    return LinkFacts(
        fresh_code=_fresh_code(),
        may_make=linking.made_since(tx, contact.id, now - HOUR) < MOST_CODES,
        may_try=may_try,
        code_state=state,
        channel=channel,
        name=name,
        linked=tuple(dict.fromkeys(_channel(tx, each) for each in _others(tx, contact.id))),
    )


def act(
    tx: Tx, office: Office, effect: effects.LinkEffect, conversation: Conversation, contact_id: int, now: datetime
) -> None:
    """Do what a turn about linking wants. Raises Refusal for a code that was used or ended meanwhile."""
    assert conversation.id is not None
    match effect:
        case effects.MakeLinkCode(code):
            linking.make(tx, code, contact_id, conversation.id, now, now + VALID_FOR)
        case effects.NoteWrongCode():
            audit.note(tx, contact_id=contact_id, act=WRONG, now=now)
        case effects.LinkChannels(code):
            try:
                used = linking.redeem(tx, code, contact_id, now)
            except LinkCodeUnusable as error:
                raise Refusal(f"link_code_{error.state}") from error
            _join_wishes(tx, contact_id, now)
            audit.note(tx, contact_id=contact_id, act="link", detail=str(used.contact_id), now=now)
            _tell(tx, office, used.conversation_id, "link_news", _channel(tx, conversation), f"link:{used.id}", now)
        case effects.UnlinkChannels():
            here = _channel(tx, conversation)
            others = _others(tx, contact_id)
            parted = linking.part(tx, contact_id)
            audit.note(tx, contact_id=contact_id, act="unlink", detail=" ".join(map(str, parted)), now=now)
            for each in others:
                key = f"unlink:{conversation.id}:{each.id}:{now.isoformat()}"
                _tell(tx, office, each.id or 0, "link_undone_news", here, key, now)


def _join_wishes(tx: Tx, contact_id: int, now: datetime) -> None:
    """Who wanted no campaigns on one of their channels wants none on the other."""
    theirs = people.same_person(tx, contact_id)
    said = {people.contact_by_id(tx, each).campaigns for each in theirs} - {""}
    if said:
        campaigns.choose(tx, theirs, campaigns.OFF if campaigns.OFF in said else campaigns.ON, now)


def _others(tx: Tx, contact_id: int) -> list[Conversation]:
    """The chats of this person that were not always theirs, one for each contact."""
    found: dict[int, Conversation] = {}
    for talk in talks_of(tx, contact_id):
        owner = people.address_of(tx, talk).contact_id
        if owner != contact_id:
            found.setdefault(owner, talk)
    return list(found.values())


def _tell(tx: Tx, office: Office, conversation_id: int, text: str, channel: str, key: str, now: datetime) -> None:
    conversation = people.conversation_by_id(tx, conversation_id)
    speech = speech_for(office.city, people.language_of(tx, people.address_of(tx, conversation).contact_id))
    said = speech.say(text, kanal=speech.say(f"channel_{channel}"))
    outbox.owe(tx, conversation_id=conversation_id, body=Reply(said).to_json(), key=key, now=now)


def _maker(tx: Tx, contact_id: int, conversation_id: int) -> tuple[str, str]:
    channel = _channel(tx, people.conversation_by_id(tx, conversation_id))
    return channel, people.name_of(tx, people.contact_by_id(tx, contact_id))


def _channel(tx: Tx, conversation: Conversation) -> str:
    return people.address_of(tx, conversation).channel


def _fresh_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(4))
    return f"{letters}-{secrets.randbelow(10_000):04d}"
