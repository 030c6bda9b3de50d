"""The Bot API stand-in is as strict and as forgetful as the real one."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.emulators.bot_api import BotApi
from tests.emulators.contract import Contract
from tests.emulators.derive_contract import derive
from tests.emulators.people import Person
from tests.emulators.serving import CITIZEN_TOKEN, STAFF_TOKEN, serving, telegram

WHOLE = Path(__file__).parents[3] / "shared" / "platform" / "telegram-contract-10.3.min.json"


@pytest.fixture(scope="module")
def loopback() -> Iterator[tuple[BotApi, str]]:
    with telegram() as server:
        yield server


@pytest.fixture
def api(loopback: tuple[BotApi, str]) -> BotApi:
    loopback[0].reset()
    return loopback[0]


@pytest.fixture
def person(api: BotApi) -> Person:
    return Person(api, CITIZEN_TOKEN, id=7)


class Client:
    """Calls methods as a bot."""

    def __init__(self, url: str, token: str = CITIZEN_TOKEN) -> None:
        self.root = f"{url}/bot{token}"

    def __call__(self, method: str, **parameters: Any) -> Any:
        answer = httpx.post(f"{self.root}/{method}", json=parameters).json()
        return answer["result"] if answer["ok"] else answer


@pytest.fixture
def bot(loopback: tuple[BotApi, str], api: BotApi) -> Client:
    return Client(loopback[1])


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


# Acknowledgement


def test_an_update_comes_again_until_a_higher_offset_confirms_it(bot: Client, person: Person) -> None:
    first, second = person.write("satu"), person.write("dua")
    assert numbers(bot("getUpdates")) == [first, second]
    assert numbers(bot("getUpdates", offset=first)) == [first, second]
    assert numbers(bot("getUpdates", offset=second)) == [second]
    assert bot("getUpdates", offset=second + 1) == []
    assert bot("getUpdates") == []


def test_only_wanted_kinds_are_kept(bot: Client, person: Person) -> None:
    bot("getUpdates", allowed_updates=["message"])
    written = person.write("satu")
    person.edit("dua")
    person.block()
    assert numbers(bot("getUpdates")) == [written]


def test_a_second_poller_sends_the_first_away(loopback: tuple[BotApi, str], bot: Client, api: BotApi) -> None:
    async def both() -> tuple[httpx.Response, httpx.Response]:
        async with httpx.AsyncClient() as client:
            first = asyncio.create_task(client.post(f"{bot.root}/getUpdates", json={"timeout": 20}))
            while api.bots[CITIZEN_TOKEN].poller == 0:  # noqa: ASYNC110 - it changes in another thread
                await asyncio.sleep(0.005)
            return await client.post(f"{bot.root}/getUpdates", json={"timeout": 0}), await first

    second, first = asyncio.run(both())
    assert (second.status_code, first.status_code) == (200, 409)


def test_a_duplicate_is_the_same_update_twice(bot: Client, api: BotApi, person: Person) -> None:
    api.duplicate = True
    number = person.write("satu")
    assert numbers(bot("getUpdates")) == [number, number]
    assert bot("getUpdates", offset=number + 1) == []


def test_what_is_held_back_comes_together(bot: Client, api: BotApi, person: Person) -> None:
    with api.holding():
        sent = [person.write(word) for word in ("satu", "dua", "tiga")]
        assert bot("getUpdates") == []
    assert numbers(bot("getUpdates")) == sent


# Webhooks


class Listener:
    """A webhook that keeps what comes and answers what it is told."""

    def __init__(self) -> None:
        self.came: list[tuple[int, str | None]] = []
        self.answers: list[int] = []
        self.most_at_once = self.now = 0

    async def hear(self, request: Request) -> Response:
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        update = await request.json()
        await asyncio.sleep(0.02)
        self.now -= 1
        self.came.append((update["update_id"], request.headers.get("x-telegram-bot-api-secret-token")))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
def listener(bot: Client, api: BotApi) -> Iterator[Listener]:
    listener = Listener()
    with serving(Starlette(routes=[Route("/hook", listener.hear, methods=["POST"])])) as url:
        bot("setWebhook", url=f"{url}/hook", secret_token="s3cret")
        yield listener
        bot("deleteWebhook")


async def delivered(api: BotApi) -> None:
    async with asyncio.timeout(10):
        while api.waiting(CITIZEN_TOKEN):  # noqa: ASYNC110 - it changes in another thread
            await asyncio.sleep(0.01)


async def test_a_webhook_gets_every_update_in_order_with_the_secret(
    listener: Listener, api: BotApi, person: Person
) -> None:
    sent = [person.write(str(number)) for number in range(3)]
    await delivered(api)
    assert listener.came == [(number, "s3cret") for number in sent]


async def test_an_update_that_is_not_taken_comes_again(listener: Listener, api: BotApi, person: Person) -> None:
    listener.answers = [500]
    number = person.write("satu")
    await delivered(api)
    assert [came for came, _ in listener.came] == [number, number]


async def test_a_burst_comes_all_at_once_and_twice_when_wanted(listener: Listener, api: BotApi, person: Person) -> None:
    api.burst = api.duplicate = True
    with api.holding():
        sent = [person.write(str(number)) for number in range(6)]
    await delivered(api)
    assert sorted(came for came, _ in listener.came) == sorted(sent * 2)
    assert listener.most_at_once > 1


def test_while_a_webhook_is_set_nobody_may_poll(listener: Listener, bot: Client) -> None:
    assert bot("getUpdates")["error_code"] == 409
    assert bot("getWebhookInfo")["url"].endswith("/hook")


# Strictness


def test_a_token_is_a_bot_of_its_own(loopback: tuple[BotApi, str], bot: Client, person: Person) -> None:
    person.write("halo")
    assert Client(loopback[1], STAFF_TOKEN)("getUpdates") == []
    assert bot("getMe")["username"] != Client(loopback[1], STAFF_TOKEN)("getMe")["username"]
    assert Client(loopback[1], "9:nobody")("getMe")["error_code"] == 401
    assert Client(loopback[1], "nonsense")("getMe")["error_code"] == 404


BUTTON = {"text": "Ya", "callback_data": "1:y"}


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 7}),
        ("sendMessage", {"chat_id": 7, "text": ""}),
        ("sendMessage", {"chat_id": 7, "text": "   "}),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}),
        ("sendMessage", {"chat_id": 7.5, "text": "x"}),
        ("sendMessage", {"chat_id": 7, "text": "x", "of_tomorrow": 1}),
        ("sendMessage", {"chat_id": 7, "text": "x", "disable_notification": "yes"}),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [BUTTON]}}),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Ya"}]]}}),
        (
            "sendMessage",
            {
                "chat_id": 7,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "Ya", "callback_data": "é" * 33}]]},
            },
        ),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[BUTTON] * 9]}}),
        ("sendPhoto", {"chat_id": 7, "photo": "attach://missing"}),
        ("sendMediaGroup", {"chat_id": 7, "media": [{"type": "photo", "media": "attach://a"}]}),
        ("setMyCommands", {"commands": [{"command": "Lapor", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "lapor", "description": "x"}] * 101}),
        ("setWebhook", {"url": "https://x.example", "secret_token": "not allowed!"}),
        ("getUpdates", {"timeout": "soon"}),
    ],
)
def test_what_breaks_the_contract_is_refused_and_kept(
    bot: Client, api: BotApi, person: Person, method: str, parameters: dict[str, Any]
) -> None:
    person.start()
    assert bot(method, **parameters)["error_code"] == 400
    assert api.violations
    with pytest.raises(AssertionError):
        api.check()
    assert not person.messages


def test_json_forms_and_files_are_read_alike(bot: Client, api: BotApi, person: Person) -> None:
    person.start()
    markup = json.dumps({"inline_keyboard": [[BUTTON]]})
    httpx.post(f"{bot.root}/sendMessage", data={"chat_id": "7", "text": "123", "reply_markup": markup})
    httpx.post(f"{bot.root}/sendPhoto", data={"chat_id": "7"}, files={"photo": ("a.jpg", b"one")})
    parts = {"a": ("a.jpg", b"one"), "b": ("b.jpg", b"two")}
    media = json.dumps([{"type": "photo", "media": f"attach://{name}", "caption": name} for name in parts])
    httpx.post(f"{bot.root}/sendMediaGroup", data={"chat_id": "7", "media": media}, files=parts)
    api.check()
    assert [(message.text, message.photo) for message in person.messages] == [
        ("123", b""),
        ("", b"one"),
        ("a", b"one"),
        ("b", b"two"),
    ]
    assert person.messages[0].buttons == {"Ya": "1:y"}


def test_a_bot_may_not_write_first(bot: Client, person: Person) -> None:
    assert "chat not found" in bot("sendMessage", chat_id=7, text="halo")["description"]
    person.start()
    assert bot("sendMessage", chat_id=7, text="halo")["text"] == "halo"
    person.block()
    assert bot("sendMessage", chat_id=7, text="halo")["error_code"] == 403


def test_an_edit_must_change_something(bot: Client, person: Person) -> None:
    person.start()
    sent = bot("sendMessage", chat_id=7, text="satu", reply_markup={"inline_keyboard": [[BUTTON]]})["message_id"]
    assert bot("editMessageText", chat_id=7, message_id=sent, text="dua")["text"] == "dua"
    assert person.messages[0].buttons == {}
    assert "not modified" in bot("editMessageText", chat_id=7, message_id=sent, text="dua")["description"]
    bot("editMessageReplyMarkup", chat_id=7, message_id=sent, reply_markup={"inline_keyboard": [[BUTTON]]})
    assert (person.messages[0].text, person.messages[0].buttons) == ("dua", {"Ya": "1:y"})
    assert bot("editMessageText", chat_id=7, message_id=1, text="x")["error_code"] == 400


def test_a_tap_can_be_answered_and_only_a_real_one(bot: Client, person: Person) -> None:
    person.start()
    bot("sendMessage", chat_id=7, text="Benar?", reply_markup={"inline_keyboard": [[BUTTON]]})
    person.tap("Ya")
    query = bot("getUpdates")[-1]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("1:y", "Benar?")
    assert bot("answerCallbackQuery", callback_query_id=query["id"]) is True
    assert bot("answerCallbackQuery", callback_query_id="made up")["error_code"] == 400
    with pytest.raises(AssertionError, match="Tidak"):
        person.tap("Tidak")


def test_a_file_is_had_by_its_own_bot_only(loopback: tuple[BotApi, str], bot: Client, person: Person) -> None:
    person.send_photo(b"picture")
    file_id = bot("getUpdates")[0]["message"]["photo"][-1]["file_id"]
    path = bot("getFile", file_id=file_id)["file_path"]
    assert httpx.get(f"{loopback[1]}/file/bot{CITIZEN_TOKEN}/{path}").content == b"picture"
    assert httpx.get(f"{loopback[1]}/file/bot{CITIZEN_TOKEN}/elsewhere").status_code == 404
    assert Client(loopback[1], STAFF_TOKEN)("getFile", file_id=file_id)["error_code"] == 400


async def test_a_reader_waits_and_says_what_came_instead(bot: Client, person: Person) -> None:
    person.start()
    bot("sendMessage", chat_id=7, text="Selamat datang")
    with pytest.raises(AssertionError, match="Selamat datang"):
        await person.reads("Nomor laporan", within=0.01)
    assert (await person.reads("Selamat")).text == "Selamat datang"
    with pytest.raises(AssertionError, match="nothing"):
        await person.reads(within=0.01)


# The contract


@pytest.mark.skipif(not WHOLE.is_file(), reason="the whole contract is not beside the checkout")
def test_our_part_of_the_contract_is_the_published_one() -> None:
    whole = json.loads(WHOLE.read_text())
    ours = Contract.read()
    assert derive(whole) == {"version": whole["version"], "methods": ours.methods, "types": ours.types}


def test_every_method_of_our_part_has_an_answer(loopback: tuple[BotApi, str], bot: Client, api: BotApi) -> None:
    for method in api.contract.methods:
        answer = httpx.post(f"{bot.root}/{method}", json={}).json()
        assert answer.get("error_code") != 404, method
