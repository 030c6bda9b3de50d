"""What travels behind a button: the turn that asked and the value of the choice. Pure."""

import re
from typing import Final

from bot.dialogue.events import ChoicePicked, UnreadableSent
from bot.dialogue.replies import Choice

PAYLOAD_BYTES: Final = 64  # Telegram's callback_data, the tightest of all channels

_PAYLOAD = re.compile(r"(?P<turn>\d{1,15}):(?P<value>.{1,62})", re.DOTALL)


def payload(turn: int, choice: Choice) -> str:
    """What a button carries."""
    return f"{turn}:{choice.value}"


def fits_payload(turn: int, choice: Choice) -> bool:
    """Whether a choice can travel behind a button."""
    return bool(choice.value) and len(payload(turn, choice).encode(errors="surrogatepass")) <= PAYLOAD_BYTES


def picked(payload: str | None) -> ChoicePicked | UnreadableSent:
    """The choice behind a tapped button; a button that is not ours, or that somebody made up, cannot be read."""
    if match := _PAYLOAD.fullmatch(payload or ""):
        return ChoicePicked(match["value"], int(match["turn"]))
    return UnreadableSent("button")
