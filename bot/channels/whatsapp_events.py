"""Reading a single WhatsApp event, as `whatsapp_webhook.events_of` splits them. Pure."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.base import Envelope, Raw, Sender, Undecodable
from bot.channels.payloads import picked
from bot.channels.rendering import legible
from bot.channels.whatsapp_news import news_of
from bot.dialogue.events import (
    CommandGiven,
    Event,
    Forwarded,
    LocationShared,
    MediaKind,
    MediaShared,
    MessageDeleted,
    MessageEdited,
    Origin,
    TextSent,
    UnreadableSent,
    captioned,
    said,
)

NOTHING: Final = frozenset({"reaction", "system", "request_welcome"})  # need no answer
UNREADABLE: Final = frozenset({"contacts", "ephemeral", "order", "sticker", "unsupported"})
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})


def envelope(raw: Raw, phone_number_id: str) -> Envelope:
    """What to store an event under: a message by its id, a status by its message's id and itself.

    Raises Undecodable when it is not shaped like an event.
    """
    if "message" not in raw:
        return _nobodys(raw, phone_number_id)
    message = _mapping(raw["message"], "message")
    key, order = _text(message, "id"), _seconds(message)
    if _number_of(raw) != phone_number_id:
        return Envelope(key, order, None, ignored="it came to another number of the same account")
    if message.get("group_id"):
        return Envelope(key, order, None, ignored="it was written in a group")
    sender = _sender(raw, message)
    by_themselves = message.get("type") != "system"
    wrote_at = datetime.fromtimestamp(order, UTC) if by_themselves else None
    return Envelope(key, order, sender, wrote_at=wrote_at, news=news_of(raw))


def parse(raw: Raw) -> tuple[Event, ...]:
    """What happened; empty for statuses, reactions and what WhatsApp itself tells. Raises Undecodable."""
    if "message" not in raw:
        return ()
    message = _mapping(raw["message"], "message")
    kind = str(message.get("type"))
    if kind in NOTHING:
        return ()
    if kind == "revoke":
        return (MessageDeleted(_text(_mapping(message.get("revoke"), "revoke"), "original_message_id")),)
    if kind == "edit":
        return _edited(_mapping(message.get("edit"), "edit"))
    if kind not in _READERS and kind not in UNREADABLE:
        raise Undecodable(f"no kind of message is known by the name {legible(kind)[:40]!r}")
    if kind not in _READERS or kind not in message:
        return (_passed_on(UnreadableSent(legible(kind), _card(message)), message),)
    event = _READERS[kind](_mapping(message[kind], kind))
    if isinstance(event, TextSent | MediaShared):
        event = replace(event, message=str(message.get("id") or ""))
    passed_on = _passed_on(event, message)
    return (captioned(passed_on) if isinstance(passed_on, MediaShared) else passed_on,)


def _passed_on(event: Event, message: Mapping[str, Any]) -> Event:
    """The event as one that somebody else wrote: WhatsApp says only that, and whether it went round many times."""
    context = message.get("context")
    told = context if isinstance(context, Mapping) else {}
    kind = next((name for name in ("frequently_forwarded", "forwarded") if told.get(name) is True), "")
    if isinstance(event, CommandGiven) and kind:
        event = TextSent(legible(str(_mapping(message["text"], "text")["body"])).strip(), str(message.get("id") or ""))
    if not kind or not isinstance(event, TextSent | MediaShared | LocationShared | UnreadableSent):
        return event
    return Forwarded(event, Origin(kind))


def _card(message: Mapping[str, Any]) -> str:
    """The phone number on the first of the contact cards that were sent."""
    cards = message.get("contacts")
    phones = cards[0].get("phones") if isinstance(cards, list) and cards and isinstance(cards[0], Mapping) else None
    first = phones[0] if isinstance(phones, list) and phones and isinstance(phones[0], Mapping) else {}
    return legible(str(first.get("wa_id") or first.get("phone") or ""))


def _edited(edit: Mapping[str, Any]) -> tuple[Event, ...]:
    """Which message was changed, and its words as they read now; a file whose words stay is no news."""
    now = _mapping(edit.get("message"), "the changed message")
    content = now.get(str(now.get("type")))
    told = (content.get("body") or content.get("caption")) if isinstance(content, Mapping) else None
    words = legible(told).strip() if isinstance(told, str) else ""
    return (MessageEdited(words, _text(edit, "original_message_id")),) if words else ()


def _nobodys(raw: Raw, phone_number_id: str) -> Envelope:
    if "status" in raw:
        status = _mapping(raw["status"], "status")
        key = f"{_text(status, 'id')}:{_text(status, 'status')}"
        told = news_of(raw) if _number_of(raw) == phone_number_id else ()
        return Envelope(key, _seconds(status), None, ignored="news of a message that we sent", news=told)
    if "change" in raw:
        change = _mapping(raw["change"], "change")
        digest = hashlib.sha256(json.dumps(change, sort_keys=True).encode()).hexdigest()
        field = legible(str(change.get("field", "an unknown kind")))[:100]
        return Envelope(digest, 0, None, ignored=f"a change of {field}", news=news_of(raw))
    raise Undecodable("it is neither a message nor a status")


def _number_of(raw: Raw) -> str:
    metadata = raw.get("metadata")
    return str(metadata.get("phone_number_id", "")) if isinstance(metadata, Mapping) else ""


def _sender(raw: Raw, message: Mapping[str, Any]) -> Sender:
    """By the business-scoped user id where there is one: a person may hide the phone number, but never that."""
    contact = raw["contact"] if isinstance(raw.get("contact"), Mapping) else {}
    names = contact.get("profile")
    ids = (message.get("from_user_id"), contact.get("user_id"), message.get("from"), contact.get("wa_id"))
    told = tuple(dict.fromkeys(words for one in ids if isinstance(one, str) and (words := legible(one))))
    if not told:
        raise Undecodable("the message has no sender")
    name = str(names.get("name") or "") if isinstance(names, Mapping) else ""
    return Sender(told[0], told[0], legible(name).strip(), aliases=told[1:], one_talk=True)


def _seconds(item: Mapping[str, Any]) -> int:
    """The platform's time, in seconds since 1970."""
    told = item.get("timestamp", 0)
    if not re.fullmatch(r"\d{1,10}", str(told), re.ASCII):
        raise Undecodable("the timestamp is not a number of seconds")
    return int(told)


def _read_text(text: Mapping[str, Any]) -> Event:
    return said(_text(text, "body"))


def _read_location(place: Mapping[str, Any]) -> Event:
    lat, lon = place.get("latitude"), place.get("longitude")
    if (
        not isinstance(lat, int | float)
        or not isinstance(lon, int | float)
        or not abs(lat) <= 90
        or not abs(lon) <= 180
    ):
        raise Undecodable("the location is not on the globe")
    return LocationShared(float(lat), float(lon), legible(str(place.get("name") or "")).strip())


def _read_interactive(interactive: Mapping[str, Any]) -> Event:
    kind = str(interactive.get("type"))
    reply = interactive.get(kind)
    if kind in {"button_reply", "list_reply"} and isinstance(reply, Mapping):
        return picked(legible(str(reply.get("id") or "")))
    return UnreadableSent("interactive")


def _read_template_button(button: Mapping[str, Any]) -> Event:
    return picked(legible(str(button.get("payload") or "")))


def _read_media(kind: MediaKind) -> Callable[[Mapping[str, Any]], Event]:
    def read(media: Mapping[str, Any]) -> Event:
        as_file = kind == "document" and str(media.get("mime_type")) in PICTURES
        caption = legible(str(media.get("caption") or "")).strip()
        return MediaShared(
            "photo" if as_file else kind, _text(media, "id"), caption, content=str(media.get("sha256") or "")
        )

    return read


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any]], Event]]] = {
    "text": _read_text,
    "interactive": _read_interactive,
    "button": _read_template_button,
    "location": _read_location,
    "image": _read_media("photo"),
    "video": _read_media("video"),
    "audio": _read_media("voice"),
    "document": _read_media("document"),
}


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Undecodable(f"{what} is not an object")
    return value


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    words = legible(value) if isinstance(value, str) else ""
    if not words:
        raise Undecodable(f"{name} is missing")
    return words
