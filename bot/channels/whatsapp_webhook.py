"""What Meta's webhook brings: is it genuine, and which single events does a batch hold. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.channels.base import Raw

AROUND: Final = frozenset({"messaging_product", "metadata", "contacts"})
"""What stands around messages and statuses and is no event itself."""


def signature_holds(body: bytes, header: str, secret: str) -> bool:
    """Whether X-Hub-Signature-256 is the app secret's signature of these very bytes; takes as long for a wrong one."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(header.encode(), expected.encode())


def verified_challenge(query: Mapping[str, str], verify_token: str) -> str | None:
    """What to answer when Meta verifies the webhook; None when it is not Meta, or the token is not ours."""
    told = query.get("hub.verify_token", "").encode()
    if query.get("hub.mode") == "subscribe" and hmac.compare_digest(told, verify_token.encode()):
        return query.get("hub.challenge")
    return None


def events_of(body: bytes) -> tuple[Raw | bytes, ...]:
    """The single events of a batch, so that each is stored, and may fail, by itself.

    An event is ``{"message": …}`` with its ``contact``, ``{"status": …}``, or anything else as ``{"change": …}``; all
    with ``metadata``, which names the number it came to. A body without any such part is one event: itself.
    """
    try:
        batch = json.loads(body)
    except (ValueError, RecursionError):
        return (body,)
    events = tuple(_events(batch)) if isinstance(batch, Mapping) else ()
    return events or (body,)


def _events(batch: Mapping[str, Any]) -> Iterator[Raw]:
    """Every single event; what is shaped like none stays beside the others, so that a person can look at it."""
    for entry in _list(batch.get("entry")):
        changes = entry.get("changes") if isinstance(entry, Mapping) else None
        if not isinstance(changes, list):
            yield {"entry": entry}
            continue
        for change in changes:
            yield from _events_in(change) if isinstance(change, Mapping) else ({"change": change},)


def _events_in(change: Mapping[str, Any]) -> Iterator[Raw]:
    value = change.get("value")
    if not isinstance(value, Mapping) or change.get("field") != "messages":
        yield {"change": dict(change)}
        return
    metadata = {"metadata": value.get("metadata")}
    contacts = _objects(value.get("contacts"))
    messages, statuses = _list(value.get("messages")), _list(value.get("statuses"))
    yield from ({**metadata, "message": one, "contact": _contact_of(one, contacts)} for one in messages)
    yield from ({**metadata, "status": one} for one in statuses)
    taken = {name for name, found in (("messages", messages), ("statuses", statuses)) if found}
    rest = {name: content for name, content in value.items() if name not in taken | AROUND}
    if rest or not taken:
        yield {"change": {**change, "value": {**metadata, **rest} if taken else dict(value)}}


def _contact_of(message: object, contacts: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Who wrote a message, among all who wrote in the batch; with one sender the message may be unsigned."""
    if not isinstance(message, Mapping):
        return None
    for key, name in (("from_user_id", "user_id"), ("from", "wa_id")):
        for contact in contacts:
            if message.get(key) and message[key] == contact.get(name):
                return contact
    unsigned = not message.get("from") and not message.get("from_user_id")
    return contacts[0] if unsigned and len(contacts) == 1 else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in _list(value) if isinstance(one, Mapping)]
