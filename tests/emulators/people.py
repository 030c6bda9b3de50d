"""People who write to the bots of the emulated Bot API and read what comes back."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from tests.emulators.bot_api import TICK, BotApi
from tests.emulators.telegram_state import Json, Message

PATIENCE = 10.0  # seconds


class Person:
    """Somebody in a private chat with one bot, reading in order: `reads` goes on after what it found last."""

    def __init__(self, api: BotApi, token: str, *, id: int, name: str = "Warga", language: str = "id") -> None:  # noqa: A002 - Telegram's word
        self.api = api
        self.token = token
        self.id = id
        self.read = 0  # how many of the messages have been read
        self._bot = api.bots[token]
        self._user: Json = {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        self._chat: Json = {"id": id, "type": "private", "first_name": name}

    @property
    def messages(self) -> list[Message]:
        """All that the bot sent into this chat."""
        return self._bot.chats.get(self.id, [])

    # Sending; each returns the number of its update

    def write(self, text: str) -> int:
        command = text.split(maxsplit=1)[0] if text.startswith("/") and text.strip("/ ") else ""
        entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]} if command else {}
        return self._send({"text": text, **entities})

    def start(self, payload: str = "") -> int:
        """Open the bot, by a deep link when there is a payload."""
        return self.write(f"/start {payload}".strip())

    def tap(self, label: str) -> int:
        """Tap the newest button that has this label, or has it in its label."""
        for fits in (label.__eq__, lambda shown: label in shown):
            for message in reversed(self.messages):
                for shown, payload in message.buttons.items():
                    if fits(shown) is True:
                        return self.tap_payload(payload, message)
        raise AssertionError(f"there is no button {label!r} under {[message.text for message in self.messages]}")

    def tap_payload(self, payload: str, message: Message) -> int:
        """Tap a button under any message, however old."""
        query = str(self.api.number())
        self._bot.taps[query] = False
        tapped = {
            "id": query,
            "from": self._user,
            "message": message.raw,
            "chat_instance": f"chat-{self.id}",
            "data": payload,
        }
        return self.api.bring(self.token, "callback_query", tapped)

    def send_photo(self, content: bytes, caption: str = "", **more: Any) -> int:
        sizes = [
            self.api.methods.photo_size(self._bot, content[:90], 90),
            self.api.methods.photo_size(self._bot, content),
        ]
        return self._send({"photo": sizes, **_captioned(caption), **more})

    def send_album(self, contents: Sequence[bytes], caption: str = "") -> list[int]:
        album = str(self.api.number())
        captions = [caption, *[""] * (len(contents) - 1)]
        return [
            self.send_photo(one, words, media_group_id=album) for one, words in zip(contents, captions, strict=True)
        ]

    def send_document(self, content: bytes, name: str, media_type: str, caption: str = "") -> int:
        document = {
            **self.api.methods.file(self._bot, content, f"documents/{name}"),
            "file_name": name,
            "mime_type": media_type,
        }
        return self._send({"document": document, **_captioned(caption)})

    def send_voice(self, content: bytes, seconds: int = 3) -> int:
        return self._send(
            {"voice": {**self.api.methods.file(self._bot, content, "voice/file.oga"), "duration": seconds}}
        )

    def send_location(self, lat: float, lon: float) -> int:
        return self._send({"location": {"latitude": lat, "longitude": lon}})

    def send_venue(self, lat: float, lon: float, title: str, address: str = "Bandung") -> int:
        location = {"latitude": lat, "longitude": lon}
        return self._send({"location": location, "venue": {"location": location, "title": title, "address": address}})

    def send_sticker(self, emoji: str = "👍") -> int:
        shape = {
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
            "emoji": emoji,
        }
        return self._send({"sticker": {**self.api.methods.file(self._bot, b"sticker", "stickers/file.webp"), **shape}})

    def send(self, content: Json) -> int:
        """Anything a message can hold."""
        return self._send(content)

    def edit(self, text: str, **more: Any) -> int:
        """Edit an earlier message; ``more`` may name it, or change something else of it."""
        changed = {**self._message(), "edit_date": int(time.time()), "text": text, **more}
        return self.api.bring(self.token, "edited_message", changed)

    def block(self) -> int:
        """Block the bot; it can no longer write here."""
        self._bot.blocked[self.id] = "bot was blocked by the user"
        return self._membership("member", "kicked")

    def unblock(self) -> int:
        self._bot.blocked.pop(self.id, None)
        return self._membership("kicked", "member")

    # Reading

    async def reads(self, containing: str = "", *, within: float = PATIENCE) -> Message:
        """Wait for the next message that contains these words; raises AssertionError when none comes in time."""
        deadline = time.monotonic() + within
        while True:
            for position, message in enumerate(self.messages[self.read :], self.read + 1):
                if containing in message.text:
                    self.read = position
                    return message
            if time.monotonic() > deadline:
                seen = "\n---\n".join(message.text for message in self.messages[self.read :]) or "nothing"
                raise AssertionError(f"{containing!r} did not come within {within} s, but:\n{seen}")
            await asyncio.sleep(TICK)

    async def has_read(self, count: int, *, within: float = PATIENCE) -> list[Message]:
        """Wait until the bot has sent so many messages in all."""
        deadline = time.monotonic() + within
        while len(self.messages) < count:
            assert time.monotonic() < deadline, (
                f"{len(self.messages)} of {count} came: {[m.text for m in self.messages]}"
            )
            await asyncio.sleep(TICK)
        return list(self.messages)

    def _send(self, content: Json) -> int:
        self._bot.chats.setdefault(self.id, [])
        return self.api.bring(self.token, "message", {**self._message(), **content})

    def _message(self) -> Json:
        return {"message_id": self.api.number(), "from": self._user, "chat": self._chat, "date": int(time.time())}

    def _membership(self, before: str, after: str) -> int:
        return self.api.bring(
            self.token,
            "my_chat_member",
            {
                "chat": self._chat,
                "from": self._user,
                "date": int(time.time()),
                "old_chat_member": self._member(before),
                "new_chat_member": self._member(after),
            },
        )

    def _member(self, status: str) -> Json:
        return {"user": self._bot.user, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def _captioned(caption: str) -> Json:
    return {"caption": caption} if caption else {}
