"""A person's phone on the stand-in for WhatsApp: what they do becomes the webhooks that Meta would send."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.cloud_api import ACCOUNT_ID, NUMBER_ID, SHOWN_NUMBER, CloudApi

_IDS = itertools.count(1)


@dataclass(slots=True)
class Phone:
    """Somebody with a phone number, a user id, or both."""

    api: CloudApi
    number: str = "628120000001"
    user_id: str = "ID.10000000000000000001"
    name: str = "Siti"
    read_up_to: int = field(default=0)

    def writes(self, text: str) -> bytes:
        return self.does("text", {"body": text})

    def taps(self, position: int = 0) -> bytes:
        """Tap a button of the newest message, be it a question or a template."""
        newest = self.messages[-1]
        if newest["type"] == "template":
            buttons = [one for one in newest["template"]["components"] if one["type"] == "button"]
            return self.does("button", {"payload": buttons[position]["parameters"][0]["payload"], "text": "?"})
        reply = newest["interactive"]["action"]["buttons"][position]["reply"]
        return self.does("interactive", {"type": "button_reply", "button_reply": reply})

    def does(self, kind: str, content: Any, **more: Any) -> bytes:
        """Anything a person can do; it opens the window. ``more``: further fields of the message, such as its context."""
        now = self.api.clock() if self.api.clock else 1795500001.0
        for known in (self.number, self.user_id):
            self.api.wrote[known] = now
        ids = {"from": self.number, "from_user_id": self.user_id}
        message = {"id": f"wamid.heard{next(_IDS)}", "timestamp": str(int(now)), "type": kind, kind: content}
        contact = {"profile": {"name": self.name}, "wa_id": self.number, "user_id": self.user_id}
        present = {name: value for name, value in ids.items() if value}
        return webhook("messages", messages=[{**present, **message, **more}], contacts=[contact])

    def status(self, position: int, state: str, **more: Any) -> bytes:
        """What becomes of the message that was taken at this position, the first being 1."""
        now = self.api.clock() if self.api.clock else 1795500001.0
        status = {"id": f"wamid.sent{position}", "status": state, "timestamp": str(int(now)), **more}
        return webhook("messages", statuses=[{**status, "recipient_id": self.number}])

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the phone has shown so far."""
        return [sent for sent in self.api.sent if sent.get("to", sent.get("recipient")) in {self.number, self.user_id}]

    @property
    def texts(self) -> list[str]:
        return [words_of(sent) for sent in self.messages]


def words_of(sent: dict[str, Any]) -> str:
    """What a message says; of a template its name and values."""
    match sent["type"]:
        case "text":
            return str(sent["text"]["body"])
        case "interactive":
            return str(sent["interactive"]["body"]["text"])
        case "template":
            parts = [part for part in sent["template"].get("components", ()) if part["type"] == "body"]
            values = [one["text"] for part in parts for one in part["parameters"]]
            return " ".join([f"[{sent['template']['name']}]", *values])
    return str(sent[sent["type"]].get("caption", ""))


def webhook(name: str, **value: Any) -> bytes:
    """A batch as Meta sends it."""
    if name == "messages":
        metadata = {"display_phone_number": SHOWN_NUMBER, "phone_number_id": NUMBER_ID}
        value = {"messaging_product": "whatsapp", "metadata": metadata, **value}
    entry = {"id": ACCOUNT_ID, "changes": [{"field": name, "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
