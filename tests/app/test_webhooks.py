"""Where platforms knock: nobody without the secret, nothing lost of what comes with it."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.channels.base import Raw
from bot.settings import Settings
from bot.web.webhooks import LARGEST, webhooks_for

HOOK = "/webhooks/telegram/citizen"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
APP_SECRET, VERIFY = "the app's secret", "the verify token"


class Door:
    """A program that keeps what it is told, or cannot."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.settings = Settings(
            data_dir=folder,
            telegram_citizen_token=SecretStr("1001:citizen-token"),
            secret_key=SecretStr("k" * 40),
            **settings,
        )
        self.channels: Mapping[str, Any] = {"telegram:citizen": object(), "whatsapp:citizen": object()}
        self.received: list[tuple[str, Raw | bytes]] = []
        self.full = False

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        if self.full:
            raise OSError("the disk is full")
        self.received.append((source, raw))
        return True

    def client(self) -> httpx.AsyncClient:
        app = FastAPI()
        app.include_router(webhooks_for(self))  # type: ignore[arg-type]
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(
        tmp_path,
        whatsapp_access_token=SecretStr("token"),
        whatsapp_phone_number_id="123",
        whatsapp_business_account_id="456",
        whatsapp_app_secret=SecretStr(APP_SECRET),
        whatsapp_verify_token=SecretStr(VERIFY),
    )


def secret(door: Door) -> dict[str, str]:
    return {HEADER: door.settings.webhook_secret("citizen")}


def signed(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()}


async def test_the_raw_bytes_are_handed_in_before_anything_is_answered(door: Door) -> None:
    answer = await door.client().post(HOOK, content=b'{"update_id": 1 }', headers=secret(door))
    assert answer.status_code == 200
    assert door.received == [("telegram:citizen", b'{"update_id": 1 }')]


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: "é".encode("latin-1")}])
async def test_without_the_secret_nothing_is_taken(door: Door, headers: dict[str, Any]) -> None:
    answer = await door.client().post(HOOK, content=b"{}", headers=headers)
    assert answer.status_code == 401
    assert door.received == []


async def test_the_secret_of_one_bot_is_not_the_others(door: Door) -> None:
    assert door.settings.webhook_secret("citizen") != door.settings.webhook_secret("staff")
    headers = {HEADER: door.settings.webhook_secret("staff")}
    assert (await door.client().post(HOOK, content=b"{}", headers=headers)).status_code == 401


async def test_what_cannot_be_stored_is_not_acknowledged(door: Door) -> None:
    door.full = True
    assert (await door.client().post(HOOK, content=b"{}", headers=secret(door))).status_code == 500


async def test_what_no_platform_sends_is_too_large(door: Door) -> None:
    body = b" " * (LARGEST + 1)
    assert (await door.client().post(HOOK, content=body, headers=secret(door))).status_code == 413
    assert (await door.client().post(HOOK, content=body[1:], headers=secret(door))).status_code == 200


async def test_a_batch_is_split_so_that_each_event_stands_by_itself(door: Door) -> None:
    value = {"metadata": {"phone_number_id": "123"}, "messages": [{"id": "a"}, {"id": "b"}], "statuses": [{"id": "c"}]}
    body = json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()
    answer = await door.client().post("/webhooks/whatsapp", content=body, headers=signed(body))
    assert answer.status_code == 200
    assert [source for source, _ in door.received] == ["whatsapp:citizen"] * 3


async def test_a_wrong_signature_takes_nothing(door: Door) -> None:
    for headers in ({}, signed(b"{} ")):
        answer = await door.client().post("/webhooks/whatsapp", content=b"{}", headers=headers)
        assert answer.status_code == 401
    assert door.received == []


async def test_meta_is_answered_with_its_challenge_only_when_it_knows_our_word(door: Door) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = await door.client().get("/webhooks/whatsapp", params=query)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    answer = await door.client().get("/webhooks/whatsapp", params={**query, "hub.verify_token": "a guess"})
    assert answer.status_code == 403


def batch(*ids: str) -> bytes:
    value = {"metadata": {"phone_number_id": "123"}, "messages": [{"id": each} for each in ids]}
    return json.dumps({"entry": [{"changes": [{"field": "messages", "value": value}]}]}).encode()


class SlowFirst(Door):
    """A program whose writers take longer for what comes earlier, and cannot take some of it."""

    broken: frozenset[str] = frozenset()

    async def receive(self, source: str, raw: Raw | bytes) -> bool:
        number = next(number for number in "123456" if f'"wamid.{number}"' in json.dumps(raw))
        for _ in range(20 - 3 * int(number)):
            await asyncio.sleep(0)
        if number in self.broken:
            raise OSError(f"the disk is full for {number}")
        self.received.append((source, number.encode()))
        return True


@pytest.fixture
def slow_first(door: Door, tmp_path: Path) -> SlowFirst:
    slow = SlowFirst(tmp_path)
    slow.settings = door.settings
    return slow


async def sends(door: Door, *ids: str) -> int:
    body = batch(*(f"wamid.{each}" for each in ids))
    return (await door.client().post("/webhooks/whatsapp", content=body, headers=signed(body))).status_code


async def test_two_messages_of_one_second_are_stored_in_the_order_of_the_batch(slow_first: SlowFirst) -> None:
    assert await sends(slow_first, *"213456") == 200
    assert [number for _, number in slow_first.received] == [b"2", b"1", b"3", b"4", b"5", b"6"]


async def test_one_that_cannot_be_stored_stops_none_of_the_others_and_is_not_acknowledged(
    slow_first: SlowFirst,
) -> None:
    slow_first.broken = frozenset("14")
    assert await sends(slow_first, *"12345") == 500
    assert [number for _, number in slow_first.received] == [b"2", b"3", b"5"]
