"""What we send to the Cloud API. Pure.

Limits are Meta's, as of November 2026.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from bot.channels.base import Capabilities, Photo, Rendered
from bot.channels.payloads import payload
from bot.dialogue.replies import Choice
from cities.templates import Filled

BUTTONS: Final = 3  # "Interactive Reply Buttons Messages"; more choices are rows of a list
CAPABILITIES: Final = Capabilities(
    text=4096,
    caption=1024,
    buttons=10,  # rows of a list
    button_label=20,
    listed_from=BUTTONS + 1,
    row_label=24,
    location_button=True,
    text_with_buttons=1024,
    reports_progress=True,
    window=timedelta(hours=24),  # "customer service window"
)
LIST_LABEL: Final = "☰"  # opens the list where nobody says how that is called
NEWS: Final = 0  # the turn of what belongs to news and stays valid
USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A message that carries a file, which must be uploaded first."""

    photo: Photo
    body: Mapping[str, Any]  # with the media id still missing

    def with_media(self, media_id: str) -> dict[str, Any]:
        """The message with the id that the upload got."""
        body = dict(self.body)
        if body["type"] == "interactive":
            header = {"type": "image", "image": {"id": media_id}}
            return {**body, "interactive": {**body["interactive"], "header": header}}
        return {**body, body["type"]: {**body[body["type"]], "id": media_id}}


Parcel = Mapping[str, Any] | Upload


def recipient(chat_id: str) -> dict[str, str]:
    """To whom: a phone number, or a business-scoped user id, which has a field of its own."""
    field = "recipient" if USER_ID.fullmatch(chat_id) else "to"
    return {"messaging_product": "whatsapp", "recipient_type": "individual", field: chat_id}


def parcels(message: Rendered) -> tuple[Parcel, ...]:
    """The messages that a reply takes, without their recipient: one where possible, as each is billed."""
    if message.template:
        return (_template(message.template),)
    if message.before:
        texts: list[Parcel] = [
            {"type": "text", "text": {"body": text, "preview_url": False}} for text in message.before
        ]
        return (*texts, *parcels(replace(message, before=())))
    choices = [choice for row in message.buttons for choice in row]
    photos = list(message.photos)
    last: Parcel | None = None
    before = [_words(text) for text in message.before]
    if not message.text:
        return (*before, *(_with_file(photo) for photo in photos))
    if choices and len(choices) <= BUTTONS:
        body = _interactive(message.text, "button", {"buttons": _buttons(message.turn, choices)})
        last = Upload(photos.pop(), body) if photos and is_picture(photos[-1]) else body
    elif choices:
        rows = [{"id": payload(message.turn, choice), "title": choice.label} for choice in choices]
        last = _interactive(
            message.text, "list", {"button": message.list_label or LIST_LABEL, "sections": [{"rows": rows}]}
        )
    elif message.ask_location and len(message.text) <= CAPABILITIES.text_with_buttons:
        last = _interactive(message.text, "location_request_message", {"name": "send_location"})
    elif photos and len(message.text) <= CAPABILITIES.caption:
        last = _with_file(photos.pop(), message.text)
    else:
        last = _words(message.text)
    return (*before, *(_with_file(photo) for photo in photos), last)


def is_picture(photo: Photo) -> bool:
    """Whether WhatsApp takes it as an image; anything else travels as a document."""
    return photo.media_type in {"image/jpeg", "image/png"}


def _words(text: str) -> Mapping[str, Any]:
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _buttons(turn: int, choices: Sequence[Choice]) -> list[dict[str, Any]]:
    return [{"type": "reply", "reply": {"id": payload(turn, choice), "title": choice.label}} for choice in choices]


def _interactive(text: str, kind: str, action: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": dict(action)}}


def _template(filled: Filled) -> Mapping[str, Any]:
    """A template by its name, with its blanks and with what a tap on its buttons means."""
    named = [{"type": "text", "parameter_name": name, "text": value} for name, value in filled.values]
    body = [{"type": "body", "parameters": named}] if named else []
    buttons = [
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": str(position),
            "parameters": [{"type": "payload", "payload": payload(NEWS, Choice(value, ""))}],
        }
        for position, value in enumerate(filled.buttons)
    ]
    components = {"components": [*body, *buttons]} if named or buttons else {}
    return {
        "type": "template",
        "template": {"name": filled.name, "language": {"code": filled.locale}, **components},
    }


def _with_file(photo: Photo, caption: str = "") -> Upload:
    words = {"caption": caption} if caption else {}
    if is_picture(photo):
        return Upload(photo, {"type": "image", "image": words})
    return Upload(photo, {"type": "document", "document": {**words, "filename": photo.name}})
