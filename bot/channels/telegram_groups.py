"""A Telegram group in which one of our bots is a guest: what is for us, and what a message answers. Pure.

Privacy mode stays on, so Telegram brings us only commands, answers to our own messages, taps, and its own news (Bot API,
"Privacy mode"). Whatever else comes is not for us either.
"""

from collections import deque
from collections.abc import Mapping
from typing import Any, Final

from bot.channels.rendering import legible
from bot.dialogue.events import CommandGiven, Event, InGroup, LocationShared, MediaShared, Quoted, TextSent

GROUPS: Final = frozenset({"group", "supergroup"})
MEMBER: Final = frozenset({"member", "administrator"})
MOST_A_MINUTE: Final = 18  # of the 20 that the Bot API allows in one group; somebody may have sent by hand
MINUTE: Final = 60.0  # seconds


def is_group(chat: Mapping[str, Any]) -> bool:
    """Whether a chat is a group."""
    return str(chat.get("type")) in GROUPS


def not_for_us(subject: Mapping[str, Any], username: str) -> str:
    """Why something in a group is none of our business; "" when it is."""
    if "data" in subject or "chat_instance" in subject or "new_chat_member" in subject:
        return ""
    words = str(subject.get("text") or subject.get("caption") or "")
    if words.startswith("/"):
        _, at, named = words.split(maxsplit=1)[0].partition("@")
        other = at and username and named.lower() != username.lower()
        return "a command for another bot" if other else ""
    answered = subject.get("reply_to_message")
    author = answered.get("from") if isinstance(answered, Mapping) else None
    if isinstance(author, Mapping) and author.get("is_bot") and author.get("username") in ("", None, username):
        return ""
    return "it was written in a group, and not to us"


def in_group(event: Event, answered: Any, username: str, message: str) -> InGroup | None:
    """The event with the message that it answers (either library's object, None for none); None for what a group cannot tell us."""
    if not isinstance(event, TextSent | CommandGiven | MediaShared | LocationShared):
        return None
    return InGroup(event, quoted_from(answered, username) if answered else None, message)


def quoted_from(answered: Any, username: str) -> Quoted:
    """What stands in a message that was answered."""
    author = answered.from_user
    words = legible(answered.text or answered.caption or "").strip()
    files = [MediaShared("photo", max(answered.photo, key=lambda size: size.width).file_id)] if answered.photo else []
    files += [MediaShared("video", answered.video.file_id)] if answered.video else []
    point = answered.venue.location if answered.venue else answered.location
    return Quoted(
        message=str(answered.message_id),
        author=str(author.id) if author and not author.is_bot else "",
        ours=bool(author and author.is_bot and (author.username or "").lower() == username.lower()),
        text=words,
        files=tuple(files),
        point=LocationShared(point.latitude, point.longitude) if point else None,
    )


class Minute:
    """Counts what we send to each group, so that nobody's limit is met."""

    def __init__(self) -> None:
        self._sent: dict[str, deque[float]] = {}

    def wait(self, chat: str, now: float) -> float:
        """Seconds until this group may get one more; 0 when it may, and then it counts as sent. ``now`` in seconds of any clock."""
        sent = self._sent.setdefault(chat, deque())
        while sent and now - sent[0] >= MINUTE:
            sent.popleft()
        if len(sent) >= MOST_A_MINUTE:
            return MINUTE - (now - sent[0])
        sent.append(now)
        return 0.0
