"""What the emulated Telegram remembers: bots, messages, calls, and faults that a test has arranged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}  # allowed_updates

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """A request that a bot made, with what it uploaded by part name."""

    token: str
    method: str
    parameters: Mapping[str, Any]
    files: Mapping[str, bytes]


@dataclass(slots=True)
class Message:
    """A message that a bot sent, as the person sees it now."""

    raw: Json
    photo: bytes = b""
    edited: bool = False

    @property
    def text(self) -> str:
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by label."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


@dataclass(slots=True)
class Fault:
    """How one coming call fails: with an error answer, an odd body, or a broken connection (status 0)."""

    token: str
    method: str  # "" for any
    status: int
    description: str = ""
    parameters: Json = field(default_factory=dict)
    body: str = ""  # instead of the error answer
    handled: bool = False  # whether the call takes effect all the same


@dataclass(slots=True)
class Bot:
    """One bot as the server knows it."""

    token: str
    username: str
    queue: list[Json] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    allowed: list[str] = field(default_factory=list)
    poller: int = 0  # the latest getUpdates; an older one is told to go away
    commands: dict[str, list[Json]] = field(default_factory=dict)  # by scope, chat and language code
    chats: dict[int, list[Message]] = field(default_factory=dict)
    blocked: dict[int, str] = field(default_factory=dict)  # chat -> why the bot may not write
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file_id -> path, content
    taps: dict[str, bool] = field(default_factory=dict)  # callback query -> answered

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.username, "username": self.username}

    @property
    def waiting(self) -> int:
        """How many updates are not yet acknowledged."""
        return len({update["update_id"] for update in self.queue})

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT


class ApiError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.answer: Json = {"ok": False, "error_code": status, "description": description}
        if parameters:
            self.answer["parameters"] = parameters
