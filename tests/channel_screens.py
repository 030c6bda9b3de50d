"""What a person reads of a reply on each channel, and whether the platform would take it: for talks that hold on every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.channels import telegram_parcels, webchat, whatsapp_parcels
from bot.channels.base import Capabilities, Rendered
from bot.channels.rendering import numbered, render
from bot.channels.telegram_parcels import Words
from bot.channels.terminal import Terminal
from bot.dialogue.replies import Reply
from tests.emulators import cloud_contract
from tests.emulators.contract import Contract

Faults = Callable[[Rendered], list[str]]
SOMEBODY = "628112233445"


def nothing_to_break(shown: Rendered) -> list[str]:
    """Our own page and the terminal take everything."""
    return []


def telegram_refuses(shown: Rendered) -> list[str]:
    """What the Bot API's contract says against it."""
    found: list[str] = []
    for parcel in telegram_parcels.parcels(shown):
        assert isinstance(parcel, Words)
        rows = [[{"text": label, "callback_data": data} for label, data in row] for row in parcel.buttons]
        linked = [[{"text": one["text"], **_behind(one["callback_data"])} for one in row] for row in rows]
        markup = {"reply_markup": {"inline_keyboard": linked}} if linked else {}
        found += _bot_api().violations("sendMessage", {"chat_id": 1, "text": parcel.text, **markup})
    return found


def whatsapp_refuses(shown: Rendered) -> list[str]:
    """What Meta's published limits say against it; and each message is billed, so that one bubble is one."""
    sent = whatsapp_parcels.parcels(shown)
    found = [] if len(sent) == 1 else [f"{len(sent)} messages, and each is billed"]
    for parcel in sent:
        assert not isinstance(parcel, whatsapp_parcels.Upload)
        body: dict[str, Any] = {**whatsapp_parcels.recipient(SOMEBODY), **parcel}
        found += [f"{name} is missing" for name in cloud_contract.missing(body)] or cloud_contract.violations(body, {})
    return found


@dataclass(frozen=True, slots=True)
class Screen:
    """One channel, as a person has it before them."""

    name: str
    capabilities: Capabilities
    refuses: Faults = nothing_to_break

    def reads(self, reply: Reply) -> str:
        """What is read there: buttons as the numbered list that a channel without them shows."""
        shown = render(reply, self.capabilities)
        labels = [choice.label for row in shown.buttons for choice in row]
        bear_numbers = labels == [str(number) for number in range(1, len(labels) + 1)]
        listed = "" if bear_numbers or not labels else numbered(labels)
        return "\n".join(part for part in (*shown.before, shown.text, listed) if part)

    def faults(self, reply: Reply) -> list[str]:
        """Why the platform would not take it; choices that got lost; nothing where all is well."""
        shown = render(reply, self.capabilities)
        values = [choice.value for row in shown.buttons for choice in row]
        lost = values and values != [choice.value for choice in reply.choices]
        return [*self.refuses(shown), *(["a choice is lost"] if lost else [])] if reply.text else []


SCREENS = (
    Screen("terminal", Terminal.capabilities),
    Screen("telegram", telegram_parcels.CAPABILITIES, telegram_refuses),
    Screen("whatsapp", whatsapp_parcels.CAPABILITIES, whatsapp_refuses),
    Screen("webchat", webchat.Webchat.capabilities),
)


@cache
def _bot_api() -> Contract:
    return Contract.read()


def _behind(data: str) -> dict[str, str]:
    return {"url": data} if data.startswith("http") else {"callback_data": data}
