"""A door to a small program: real storage and channels, no dialogue; a test says what the office answers."""

import asyncio
import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.channels.base import Raw
from bot.channels.webchat import Webchat
from bot.dialogue.replies import Choice, Reply
from bot.settings import Settings
from bot.web.pages import pages_for
from bot.web.visitor import COOKIE, Visitor, conversation_of
from cities.loading import load_city
from storage import Database, Tx, Vault, inbox, media, migrate, outbox, people

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # 12.00 in Bandung


@cache
def empty_database() -> bytes:
    """A migrated SQLite file, made once as that takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


class SmallDoor:
    """What pages may use of the program. Time stands still unless a test moves it."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.settings = Settings(data_dir=folder, **settings)
        self.city = load_city("bandung")
        (folder / "kentongan.db").write_bytes(empty_database())
        self.db = Database(self.settings.database_url, Vault("a secret for tests, long enough"))
        self.media_folder = folder / "media"
        roles = ("citizen", "administrator", "narahubung")
        self.channels = {f"webchat:{role}": Webchat(role, self.media_folder) for role in roles}
        self.time = NOON
        self.waits: list[float] = []
        self.while_waiting: Any = None  # a function called once when somebody waits for news
        self.endless = False  # whether news never come
        self.hung_up = 0  # how often somebody stopped waiting for them
        self._answers = 0

    def now(self) -> datetime:
        return self.time

    def pass_time(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        assert isinstance(raw, Mapping)
        return await self.db.run(self._keep, source, raw)

    def _keep(self, tx: Tx, source: str, raw: Mapping[str, Any]) -> bool:
        channel = self.channels[source]
        envelope = channel.envelope(raw)
        assert envelope.sender is not None
        address = people.find_or_create_address(
            tx, channel.channel, channel.bot, envelope.sender.external_id, now=self.time
        )
        conversation = people.find_or_create_conversation(tx, address, envelope.sender.chat_id, self.time)
        kept = inbox.receive(
            tx,
            source=source,
            unique_key=envelope.unique_key,
            order_key=envelope.order_key,
            payload=json.dumps(raw),
            conversation_id=conversation.id,
            now=self.time,
        )
        return kept is not None

    async def wait_for_news(self, conversation_id: int, seconds: float) -> None:
        self.waits.append(seconds)
        if self.endless:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.hung_up += 1
                raise
        if seconds and (happening := self.while_waiting):
            self.while_waiting = None
            await asyncio.to_thread(happening)

    def troubles(self) -> tuple[str, ...]:
        return ()

    # ------------------------------------------------------------ what a test may do

    def conversation(self, token: str, role: str = "citizen") -> int:
        found = self.db.read_sync(conversation_of, Visitor(token, role))
        assert found is not None
        return found

    def say(
        self,
        conversation_id: int,
        text: str,
        *choices: str,
        turn: int = 0,
        photos: tuple[int, ...] = (),
        enclosed: tuple[str, ...] = (),
    ) -> None:
        """Something of ours arrives in the talk."""
        self._answers += 1
        reply = Reply(
            text, tuple(Choice(label.lower(), label) for label in choices), turn=turn, photos=photos, enclosed=enclosed
        )
        self.db.run_sync(_say, conversation_id, reply.to_json(), f"answer {self._answers}", self.time)

    def keep_photo(self, conversation_id: int, content: bytes, media_type: str = "image/jpeg") -> int:
        """A photo of the office, stored as evidence of a conversation."""
        path = self.media_folder / "evidence" / f"{conversation_id}-{len(content)}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return self.db.run_sync(
            _store, conversation_id, str(path.relative_to(self.media_folder)), media_type, self.time
        )


def _say(tx: Tx, conversation_id: int, body: str, key: str, now: datetime) -> None:
    message = outbox.owe(tx, conversation_id=conversation_id, body=body, key=key, now=now)
    assert message is not None
    outbox.claim(tx, message.id, now)
    outbox.settle_sent(tx, message.id, "", now)


def _store(tx: Tx, conversation_id: int, path: str, media_type: str, now: datetime) -> int:
    evidence = media.await_file(
        tx,
        conversation_id=conversation_id,
        purpose="result",
        kind="photo",
        source="telegram:staff",
        platform_ref="x",
        now=now,
    )
    assert evidence.id is not None
    media.stored(tx, evidence.id, path=path, media_type=media_type, size_bytes=1, sha256="0" * 64)
    return evidence.id


def browser(door: SmallDoor, **how: Any) -> TestClient:
    """A browser without cookies yet."""
    app = FastAPI()
    app.include_router(pages_for(door))
    return TestClient(app, **how)


def token_of(client: TestClient) -> str:
    """The token that a browser was given."""
    return client.cookies[COOKIE]
