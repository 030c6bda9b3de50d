"""Delivering what is owed: one conversation's messages in order; every row ends as sent, or with a reason a person can read."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.channels.base import (
    Channel,
    ChatMoved,
    Delivery,
    NeedsOperator,
    Partly,
    Photo,
    Refused,
    Rendered,
    TryLater,
    Unreachable,
)
from bot.channels.rendering import in_words, render
from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.jobs.metrics import DELIVERIES
from bot.jobs.settling import Owed, keep_parts, pause, settle
from bot.jobs.tools import Tools
from bot.services import enclosures, reaching, templates
from bot.services.enclosures import Enclosure
from storage import Tx, conversations, media, outbox, people
from storage.tables import Address, Conversation, OutboxMessage

log = structlog.get_logger()

CHANNEL_OFF = 60.0  # seconds until a message for a channel that is off is looked at again
TOO_LONG_AGO = "the person wrote too long ago; it goes out as soon as they write again"
PICTURE_PAUSE = 2.0  # seconds to wait for our own copy of a picture
PICTURE_PATIENCE = timedelta(minutes=1)  # then the message goes without it


@dataclass(frozen=True, slots=True)
class PictureAwaited:
    """The next message shows a picture that is still on its way; waiting for it is no try to send."""


@dataclass(frozen=True, slots=True)
class Held:
    """The person wrote too long ago: the next message waits until they write again."""

    source: str


Taken = Owed | PictureAwaited | Held | None


async def deliver_conversation(tools: Tools, conversation_id: int) -> None:
    """Send everything that is due in a conversation, until something has to wait."""
    while owed := await tools.db.run(_take, tools, conversation_id, tools.clock.now()):
        if isinstance(owed, PictureAwaited):
            _wake_later(tools, conversation_id, PICTURE_PAUSE)
            return
        if isinstance(owed, Held):
            DELIVERIES.labels(owed.source, "held").inc()
            continue
        outcome = await _send(tools, owed)
        if isinstance(outcome, ChatMoved):
            await tools.db.run(_follow, owed, outcome.chat_id, tools.clock.now())
            continue
        if isinstance(outcome, Partly):
            await tools.db.run(keep_parts, owed, outcome, tools.clock.now())
            outcome = outcome.outcome
        DELIVERIES.labels(owed.source, type(outcome).__name__.lower()).inc()
        await tools.db.run(settle, tools.office, owed, outcome, tools.clock.now())
        if isinstance(outcome, TryLater | NeedsOperator):
            if owed.message.campaign_id is None:  # a campaign's second tries wait for the tick, which keeps its pace
                _wake_later(tools, conversation_id, pause(owed, outcome))
            return
        tools.delivered(conversation_id)


def _take(tx: Tx, tools: Tools, conversation_id: int, now: datetime) -> Taken:
    message = outbox.next_due(tx, conversation_id, now)
    if message is None:
        return None
    conversation = conversations.load(tx, conversation_id).conversation
    address = people.address_of(tx, conversation)
    source = f"{address.channel}:{address.bot}"
    language = people.language_of(tx, address.contact_id)
    reply, fault = _reply_of(tx, message)
    template = None
    channel = tools.channels.get(source)
    if _window_shut(channel, address, conversation, now):
        if elsewhere := reaching.send_elsewhere(tx, message, now):
            outbox.pass_on(tx, message.id, f"the person wrote too long ago here; sent on {elsewhere} instead", now)
            return Held(source)
        template = templates.choose(
            tx, tools.office.city, address.channel, reply, language, nudged=people.nudged(address)
        )
        if template is None:
            outbox.hold(tx, message.id, TOO_LONG_AGO)
            return Held(source)
    rows = [media.by_id(tx, evidence) for evidence in reply.photos]
    waits_from = max(message.created_at, tools.since)  # a program that was away has not waited
    if template is None and any(row.state == "awaited" for row in rows) and now - waits_from < PICTURE_PATIENCE:
        return PictureAwaited()
    if not outbox.claim(tx, message.id, now, first=message.attempts == 0):
        return None
    assert address.id is not None
    return Owed(
        message=message,
        reply=reply,
        fault=fault,
        source=source,
        address_id=address.id,
        chat_id=people.chat_of(tx, conversation),
        language=language,
        wrote_at=address.wrote_at,
        unreachable=address.unreachable_reason if address.unreachable_since and not conversation.in_group else "",
        in_group=conversation.in_group,
        replaces=outbox.external_id_of(tx, reply.replaces) if reply.replaces else "",
        followed=channel is not None and channel.capabilities.reports_progress,
        template=template,
        pictures=tuple((row.path, row.media_type) for row in rows if row.state == "stored"),
        enclosed=enclosures.gather(tx, tools.office, reply.enclosed, language, now),
    )


def _window_shut(channel: Channel | None, address: Address, conversation: Conversation, now: datetime) -> bool:
    """Whether the platform lets us write to them only by template; by its own clock where it tells one."""
    window = channel.capabilities.window if channel else None
    wrote_at = address.wrote_at or conversation.last_heard_at
    told_so = address.shut_after is not None and address.shut_after == address.wrote_at
    return window is not None and (wrote_at is None or told_so or now - wrote_at >= window)


def _reply_of(tx: Tx, message: OutboxMessage) -> tuple[Reply, str]:
    """What it says, or why that cannot be read: nobody behind it may have to wait for ever."""
    try:
        return Reply.from_json(outbox.body_of(tx, message)), ""
    except (KeyError, TypeError, ValueError) as error:
        return Reply(""), f"it cannot be read: {error!r}"


def _follow(tx: Tx, owed: Owed, chat_id: str, now: datetime) -> None:
    """Send it again where the chat is now, and all that follows."""
    people.move_chat(tx, owed.message.conversation_id, chat_id)
    outbox.retry_later(tx, owed.id, now, "the chat has another id now")


async def _send(tools: Tools, owed: Owed) -> Delivery | Partly | ChatMoved:
    channel = tools.channels.get(owed.source)
    if owed.unreachable:  # before the channel: who was erased lies on none
        return Unreachable(owed.unreachable)
    if channel is None:
        return TryLater(CHANNEL_OFF, f"the channel {owed.source} is off", counts=False)
    if owed.fault:
        return Refused(owed.fault)
    try:
        shown = replace(await _rendered(tools, channel, owed), done=0 if owed.template else owed.message.parts_sent)
        return await channel.deliver(owed.chat_id, shown)
    except Exception as error:  # a channel promises not to raise: our own fault must not block the talk behind it
        log.exception("a channel failed while sending", source=owed.source, message=owed.message.id)
        return TryLater(5.0, f"{type(error).__name__}: {error}"[:300])


async def _rendered(tools: Tools, channel: Channel, owed: Owed) -> Rendered:
    if owed.template:
        return Rendered(owed.reply.text, template=owed.template)
    speech = speech_for(tools.office.city, owed.language)
    able = in_words(channel.capabilities) if owed.message.plain else channel.capabilities
    shown = render(owed.reply, able, location_label=speech.say("send_location"))
    shown = replace(shown, replaces=owed.replaces, list_label=speech.say("open_list"))
    if not (owed.pictures or owed.enclosed) or not able.photos:
        return shown
    photos = [await asyncio.to_thread(_photo, tools, path, media_type) for path, media_type in owed.pictures]
    made = [await asyncio.to_thread(_made, tools, enclosure) for enclosure in owed.enclosed]
    return replace(shown, photos=tuple(photo for photo in (*photos, *made) if photo is not None))


def _made(tools: Tools, enclosure: Enclosure) -> Photo | None:
    """What is made at sending; a message is not held back by what cannot be."""
    try:
        return Photo(enclosure.make(tools.media_folder), enclosure.media_type, enclosure.name)
    except Exception:
        log.exception("an enclosure could not be made", name=enclosure.name)
        return None


def _photo(tools: Tools, path: str, media_type: str) -> Photo | None:
    file = tools.media_folder / path
    try:
        return Photo(file.read_bytes(), media_type, file.name)
    except OSError as error:
        log.exception("our copy of a picture is gone", path=path, reason=str(error))
        return None


def _wake_later(tools: Tools, conversation_id: int, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(seconds + 0.01, tools.wake, f"delivery:{conversation_id}")
