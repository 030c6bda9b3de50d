"""Storing what arrived, before anybody acknowledges it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.services import staffing
from cities.city import City
from storage import Tx, inbox, outbox, people


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event of a platform, with what was found on its outside."""

    source: str
    channel: str
    bot: str
    payload: str  # as received, JSON
    unique_key: str = ""
    order_key: int = 0
    external_id: str = ""  # "" when nobody in particular sent it
    chat_id: str = ""
    aliases: tuple[str, ...] = ()  # other ids of the same person
    one_talk: bool = False  # a person has one talk here, whichever of their ids a message names
    name: str = ""
    language: str = ""  # that the platform hints at
    ignored: str = ""  # why it is not for us
    in_group: bool = False  # the chat is a group
    wrote_at: datetime | None = None  # the platform's time of what the person wrote
    undecodable: str = ""  # why it cannot be read
    news: tuple[object, ...] = ()  # what the platform tells about itself, for `bot.jobs.platform_news`
    moved: tuple[str, str] = ("", "")  # the ids of a chat before and after, when it tells that they changed


def take_in(tx: Tx, city: City, arrived: Arrived, now: datetime) -> bool:
    """Keep an event under its unique key; True when it is new. An unreadable one is parked with its reason."""
    key = arrived.unique_key or "sha256:" + hashlib.sha256(arrived.payload.encode(errors="surrogatepass")).hexdigest()
    if all(arrived.moved):
        people.move_chats(tx, arrived.channel, arrived.bot, *arrived.moved)
    conversation_id = _conversation(tx, city, arrived, now) if arrived.external_id else None
    state, reason = _state(arrived, conversation_id)
    kept = inbox.receive(
        tx,
        source=arrived.source,
        unique_key=key,
        order_key=arrived.order_key,
        payload=arrived.payload,
        conversation_id=conversation_id,
        now=now,
        state=state,
        reason=reason,
    )
    if kept is not None and conversation_id is not None:
        outbox.release(tx, conversation_id, now)
    return kept is not None


def _state(arrived: Arrived, conversation_id: int | None) -> tuple[str, str]:
    if arrived.undecodable:
        return "parked", arrived.undecodable
    if arrived.news and conversation_id is None:
        return "handled", ""
    if arrived.ignored or conversation_id is None:
        return "ignored", arrived.ignored or "nobody in particular sent it"
    return "pending", ""


def _conversation(tx: Tx, city: City, arrived: Arrived, now: datetime) -> int | None:
    address = people.find_or_create_address(
        tx,
        arrived.channel,
        arrived.bot,
        arrived.external_id,
        name=arrived.name,
        now=now,
        aliases=arrived.aliases,
    )
    assert address.id is not None
    if not arrived.in_group:  # who writes in a group may still have blocked us
        people.mark_reachable(tx, address.id)
    if arrived.wrote_at and not arrived.in_group:
        people.heard_from(tx, address.id, min(arrived.wrote_at, now))
    if arrived.language and not people.language_of(tx, address.contact_id):
        people.set_language(tx, address.contact_id, arrived.language)
    if arrived.bot in staffing.PLAYED:
        staffing.play(tx, city, arrived.bot, address.contact_id, now)
    chat_id = arrived.chat_id or arrived.external_id
    talk = people.only_talk(tx, address) if arrived.one_talk else None
    if talk is None:
        return people.find_or_create_conversation(tx, address, chat_id, now, in_group=arrived.in_group).id
    people.write_to(tx, talk, chat_id)
    return talk.id
