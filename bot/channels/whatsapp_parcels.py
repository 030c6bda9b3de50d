"""What we send to the Cloud API, and what its error codes mean. Pure.

Limits and codes are Meta's, as of November 2026.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from bot.channels.base import Capabilities, Delivery, Photo, Refused, Rendered, TryLater, Unreachable, WindowShut
from bot.channels.payloads import payload
from bot.dialogue.replies import Choice

CAPABILITIES: Final = Capabilities(
    text=4096,
    caption=1024,
    buttons=10,  # rows of a list; up to three are buttons
    button_label=20,  # of a button; a row of a list may have 24
    location_button=True,
    text_with_buttons=1024,
    window=timedelta(hours=24),  # "customer service window"
)
BUTTONS: Final = 3
LIST_LABEL: Final = "Pilih"  # opens the list; the same word in Indonesian and Sundanese
NETWORK_PAUSE: Final = 2.0  # seconds; the outbox lengthens it at each failure
PAIR_PAUSE: Final = 6.0  # seconds between messages to one person, as Meta's pair rate limit allows
THROTTLE_PAUSE: Final = 30.0  # seconds
OPERATOR_PAUSE: Final = 300.0  # seconds; nothing changes until a person acts

USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")

THROTTLED: Final = {  # code -> seconds to wait
    4: THROTTLE_PAUSE,
    80007: THROTTLE_PAUSE,
    130429: THROTTLE_PAUSE,
    131048: OPERATOR_PAUSE,
    131056: PAIR_PAUSE,
    133016: OPERATOR_PAUSE,
}
PASSING: Final = frozenset({1, 2, 131000, 131016, 131057, 135000})
OPERATORS: Final = {  # code -> what a person must look at
    0: "KENTONGAN_WHATSAPP_ACCESS_TOKEN is not accepted",
    3: "KENTONGAN_WHATSAPP_ACCESS_TOKEN lacks a permission",
    10: "KENTONGAN_WHATSAPP_ACCESS_TOKEN lacks a permission",
    190: "KENTONGAN_WHATSAPP_ACCESS_TOKEN has expired or was revoked",
    368: "the account is restricted by Meta",
    131005: "KENTONGAN_WHATSAPP_ACCESS_TOKEN lacks a permission",
    131031: "the account is locked by Meta",
    131037: "the display name of the number is not approved",
    131042: "the account has a payment issue",
    131044: "the account has a payment issue",
    131045: "the number is not registered properly",
    133010: "the number is not registered",
}
UNREACHABLE: Final = frozenset({131026})
WINDOW_SHUT: Final = 131047
SENTENCES: Final = {
    131049: "Meta holds it back to protect the person from too many messages; it must not be sent again",
    131050: "the person does not want such messages",
}


class CloudApiError(Exception):
    """An error answer of the Cloud API; ``status`` is None when no answer came, ``code`` 0 when it gave none."""

    def __init__(self, status: int | None, code: int | None, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.code = code
        self.description = description


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
    choices = [choice for row in message.buttons for choice in row]
    photos = list(message.photos)
    last: Parcel | None = None
    if not message.text:
        return tuple(_with_file(photo) for photo in photos)
    if choices and len(choices) <= BUTTONS:
        body = _interactive(message.text, "button", {"buttons": _buttons(message.turn, choices)})
        last = Upload(photos.pop(), body) if photos and is_picture(photos[-1]) else body
    elif choices:
        rows = [{"id": payload(message.turn, choice), "title": choice.label} for choice in choices]
        last = _interactive(message.text, "list", {"button": LIST_LABEL, "sections": [{"rows": rows}]})
    elif message.ask_location and len(message.text) <= CAPABILITIES.text_with_buttons:
        last = _interactive(message.text, "location_request_message", {"name": "send_location"})
    elif photos and len(message.text) <= CAPABILITIES.caption:
        last = _with_file(photos.pop(), message.text)
    else:
        last = {"type": "text", "text": {"body": message.text, "preview_url": False}}
    return (*(_with_file(photo) for photo in photos), last)


def is_picture(photo: Photo) -> bool:
    """Whether WhatsApp takes it as an image; anything else travels as a document."""
    return photo.media_type in {"image/jpeg", "image/png"}


def failure(error: CloudApiError) -> Delivery:
    """What an error at sending means for the message."""
    code = error.code
    if code in THROTTLED:
        return TryLater(THROTTLED[code], error.description, counts=False)
    if code in OPERATORS or error.status == 401:
        return TryLater(OPERATOR_PAUSE, OPERATORS.get(code or 0, OPERATORS[0]), counts=False)
    if code in UNREACHABLE:
        return Unreachable(error.description)
    if code == WINDOW_SHUT:
        return WindowShut("WhatsApp says that more than 24 hours have passed since the person last wrote")
    if code in SENTENCES:
        return Refused(SENTENCES[code])
    if error.status == 429:
        return TryLater(THROTTLE_PAUSE, error.description, counts=False)
    if code in PASSING or error.status is None or error.status >= 500:
        return TryLater(NETWORK_PAUSE, error.description)
    return Refused(f"{error.description} ({code})" if code else error.description)


def _buttons(turn: int, choices: Sequence[Choice]) -> list[dict[str, Any]]:
    return [{"type": "reply", "reply": {"id": payload(turn, choice), "title": choice.label}} for choice in choices]


def _interactive(text: str, kind: str, action: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": dict(action)}}


def _with_file(photo: Photo, caption: str = "") -> Upload:
    words = {"caption": caption} if caption else {}
    if is_picture(photo):
        return Upload(photo, {"type": "image", "image": words})
    return Upload(photo, {"type": "document", "document": {**words, "filename": photo.name}})
