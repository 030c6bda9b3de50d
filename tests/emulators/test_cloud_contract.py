"""The stand-in for WhatsApp refuses what Meta would refuse: else a test against it would prove nothing."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.emulators.cloud_api import ACCESS_TOKEN, ACCOUNT_ID, NUMBER_ID, CloudApi
from tests.emulators.cloud_contract import missing, violations, wrong_template

TEXT = {"messaging_product": "whatsapp", "to": "628120000001", "type": "text", "text": {"body": "Halo"}}
READ = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}


def interactive(kind: str, **action: Any) -> dict[str, Any]:
    content = {"type": kind, "body": {"text": "Sudah?"}, "action": action}
    return {**TEXT, "type": "interactive", "interactive": content}


def button(id_: str = "1:yes", title: str = "Ya") -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": id_, "title": title}}


def rows(count: int, **more: str) -> list[dict[str, Any]]:
    return [{"rows": [{"id": f"1:{number}", "title": f"Pilihan {number}", **more} for number in range(count)]}]


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        READ,
        {**READ, "typing_indicator": {"type": "text"}},
        interactive("button", buttons=[button("x" * 256)]),
        interactive("list", button="Pilih", sections=rows(10)),
        interactive("location_request_message", name="send_location"),
    ],
)
def test_what_is_within_the_limits_is_taken(body: dict[str, Any]) -> None:
    assert missing(body) == []
    assert violations(body, {}) == []


@pytest.mark.parametrize(
    ("body", "absent"),
    [
        ({name: value for name, value in TEXT.items() if name != "to"}, "to"),
        ({name: value for name, value in TEXT.items() if name != "type"}, "type"),
        ({**TEXT, "text": {}}, "text.body"),
        ({**TEXT, "text": "Halo"}, "text"),
        ({**TEXT, "type": "template", "template": {"name": "kabar"}}, "template.language"),
        ({name: value for name, value in READ.items() if name != "message_id"}, "message_id"),
        (interactive("button"), "action.buttons"),
        (interactive("list", sections=rows(1)), "action.button"),
        (interactive("button", buttons=[{"type": "reply", "reply": {"id": "1"}}]), "title of a choice"),
    ],
)
def test_a_required_field_that_is_not_there_is_named(body: dict[str, Any], absent: str) -> None:
    assert absent in missing(body)


@pytest.mark.parametrize(
    "body",
    [
        {**TEXT, "to": "+62 812"},
        {**TEXT, "recipient": "ID.1"},
        {**TEXT, "text": {"body": "x" * 4097}},
        {**TEXT, "type": "image", "image": {"id": "never uploaded"}},
        {**TEXT, "type": "hologram"},
        {**READ, "typing_indicator": {"type": "voice"}},
        interactive("button", buttons=[button("x" * 257)]),
        interactive("button", buttons=[button(), button()]),
        interactive("button", buttons=[button(str(n), str(n)) for n in range(4)]),
        interactive("button", buttons=[button(title="x" * 21)]),
        interactive("list", button="Pilih", sections=rows(11)),
        interactive("list", button="x" * 21, sections=rows(1)),
        interactive("list", button="Pilih", sections=rows(1, title="x" * 25)),
        interactive("list", button="Pilih", sections=rows(1, id="x" * 201)),
        interactive("location_request_message", name="send_anything"),
        interactive("list", button="Pilih", sections=rows(1, description="x" * 73)),
        interactive("list", button="Pilih", sections=[*rows(1), *rows(1)]),
        interactive("list", button="Pilih", sections=[{**rows(1)[0], "title": "x" * 25}]),
    ],
)
def test_what_is_beyond_a_limit_is_refused(body: dict[str, Any]) -> None:
    assert violations(body, {})


def test_a_parameter_of_a_template_is_one_line() -> None:
    component = {"type": "body", "parameters": [{"type": "text", "parameter_name": "a", "text": "x\ny"}]}
    content = {"name": "kabar", "language": {"code": "id"}, "components": [component]}
    assert violations({**TEXT, "type": "template", "template": content}, {})


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [{"type": "BODY", "text": "{{nomor}} ada kabar"}],
        [{"type": "BODY", "text": "Ada kabar {{nomor}}."}],
        [{"type": "BODY", "text": "Ada kabar {{nomor}} baru"}],
        [{"type": "BODY", "text": "Ada kabar"}, {"type": "BUTTONS", "buttons": [{"text": "x" * 26}]}],
    ],
)
def test_a_template_that_meta_would_reject_is_rejected(parts: list[dict[str, Any]]) -> None:
    assert wrong_template(parts)


def test_the_window_the_token_and_the_account_are_held_to() -> None:
    now = 1_795_500_000.0
    api = CloudApi(clock=lambda: now)
    client = TestClient(api.app(), headers={"Authorization": f"Bearer {ACCESS_TOKEN}"})

    def code(body: dict[str, Any], **headers: str) -> int:
        answer = client.post(f"/v26.0/{NUMBER_ID}/messages", json=body, headers=headers).json()
        return int(answer.get("error", {}).get("code", 200))

    assert code(TEXT) == 131047
    api.wrote["628120000001"] = now - 24 * 3600 + 1
    assert code(TEXT) == 200
    api.wrote["628120000001"] = now - 24 * 3600
    assert code(TEXT) == 131047
    assert code({**TEXT, "text": {}}) == 131008
    assert code({**TEXT, "to": "x"}) == 131009
    assert code(TEXT, Authorization="Bearer other") == 190
    assert code({**TEXT, "type": "template", "template": {"name": "kabar", "language": {"code": "id"}}}) == 132001
    assert client.get(f"/v26.0/{ACCOUNT_ID}/message_templates").json()["data"] == []
    assert client.get("/v26.0/1/message_templates").json()["error"]["code"] == 100
