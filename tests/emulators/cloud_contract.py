"""What Meta publishes about a message to the Cloud API: which fields it must have, and how long they may be."""

import re
from typing import Any

Json = dict[str, Any]

REQUIRED = {
    "text": ("body",),
    "image": ("id",),
    "document": ("id",),
    "template": ("name", "language"),
    "interactive": ("type", "body", "action"),
}
TYPING = {"type": "text"}


def missing(body: Json) -> list[str]:
    """The required fields that are not there (error 131008)."""
    if body.get("status") == "read":
        return [] if body.get("message_id") else ["message_id"]
    absent = [name for name in ("messaging_product", "type") if not body.get(name)]
    if not body.get("to") and not body.get("recipient"):
        absent.append("to")
    kind = str(body.get("type"))
    content = body.get(kind)
    if kind not in REQUIRED:
        return absent
    if not isinstance(content, dict):
        return [*absent, kind]
    absent += [f"{kind}.{name}" for name in REQUIRED[kind] if not content.get(name)]
    if kind == "interactive":
        absent += _missing_in_action(content)
    return absent


def _missing_in_action(content: Json) -> list[str]:
    action = content.get("action") or {}
    wanted = {"button": ("buttons",), "list": ("button", "sections"), "location_request_message": ("name",)}
    absent = [f"action.{name}" for name in wanted.get(str(content.get("type")), ()) if not action.get(name)]
    rows = [row for section in action.get("sections", ()) for row in section.get("rows", ())]
    replies = [button.get("reply", {}) for button in action.get("buttons", ())]
    return absent + [
        f"{name} of a choice" for one in (*rows, *replies) for name in ("id", "title") if not one.get(name)
    ]


def violations(body: Json, uploads: Json) -> list[str]:
    """What breaks the limits that Meta publishes for a message (error 131009)."""
    if body.get("status") == "read":
        typing = body.get("typing_indicator", TYPING)
        return [] if typing == TYPING else ["the typing indicator is not of type text"]
    found = [] if body.get("messaging_product") == "whatsapp" else ["messaging_product is not whatsapp"]
    if body.get("to") and not re.fullmatch(r"\d{6,15}", body["to"]):
        found.append("to is not a phone number")
    if bool(body.get("to")) == bool(body.get("recipient")):
        found.append("exactly one of to and recipient is needed")
    kind = body.get("type")
    content = body.get(str(kind), {})
    if kind == "text":
        found += beyond("text", content["body"], 1, 4096)
    elif kind in {"image", "document"}:
        found += beyond("caption", content.get("caption", "-"), 1, 1024)
        found += [] if content.get("id") in uploads else [f"media {content.get('id')} was not uploaded"]
    elif kind == "interactive":
        found += _interactive(content, uploads)
    elif kind == "template":
        found += _template(content)
    else:
        found.append(f"there is no type {kind}")
    return found


def _interactive(content: Json, uploads: Json) -> list[str]:
    found = beyond("body", content["body"]["text"], 1, 1024)
    if header := content.get("header"):
        allowed = content["type"] == "button" and header["image"]["id"] in uploads
        found += [] if allowed else ["the header is not an uploaded image above buttons"]
    if footer := content.get("footer"):
        found += beyond("footer", footer["text"], 1, 60)
    action = content["action"]
    match content["type"]:
        case "button":
            titles = [button["reply"]["title"] for button in action["buttons"]]
            found += [] if 1 <= len(titles) <= 3 else ["1 to 3 buttons are allowed"]
            found += [] if len(set(titles)) == len(titles) else ["two buttons have the same title"]
            found += [wrong for title in titles for wrong in beyond("title", title, 1, 20)]
            ids, longest = [button["reply"]["id"] for button in action["buttons"]], 256
        case "list":
            rows = [row for section in action["sections"] for row in section["rows"]]
            found += [] if 1 <= len(rows) <= 10 else ["1 to 10 rows are allowed"]
            found += beyond("button", action["button"], 1, 20)
            found += _sections(action["sections"])
            found += [wrong for row in rows for wrong in beyond("title", row["title"], 1, 24)]
            ids, longest = [row["id"] for row in rows], 200
        case "location_request_message":
            return found if action == {"name": "send_location"} else [*found, "the action is not send_location"]
        case other:
            return [*found, f"there is no interactive {other}"]
    found += [] if len(set(ids)) == len(ids) else ["two choices have the same id"]
    return found + [wrong for one in ids for wrong in beyond("id", one, 1, longest)]


def _sections(sections: list[Json]) -> list[str]:
    """Sections of a list need a title each when there are several; rows may say more in a line of their own."""
    several = len(sections) > 1
    found = [] if len(sections) <= 10 else ["at most 10 sections are allowed"]
    for section in sections:
        found += beyond("section title", section.get("title", ""), int(several), 24)
        found += [
            wrong for row in section["rows"] for wrong in beyond("description", row.get("description", ""), 0, 72)
        ]
    return found


def _template(content: Json) -> list[str]:
    found = [] if re.fullmatch(r"[a-z0-9_]{1,512}", content["name"]) else ["that is no name of a template"]
    for component in content.get("components", ()):
        for parameter in component["parameters"]:
            text = parameter.get("text") or parameter.get("payload") or ""
            found += beyond("parameter", text, 1, 1024)
            if re.search(r"[\n\t]| {5}", text):
                found.append("a parameter has a line break, a tab or five blanks in a row")
    return found


def beyond(what: str, text: str, least: int, most: int) -> list[str]:
    return [] if least <= len(text) <= most else [f"{what} has {len(text)} characters, not {least} to {most}"]


def wrong_template(parts: list[Json]) -> list[str]:
    """What breaks Meta's rules for a template that is handed over."""
    body = next((part for part in parts if part["type"] == "BODY"), None)
    if body is None:
        return ["a template needs a body"]
    text = body["text"]
    found = beyond("body", text, 1, 1024)
    names = re.findall(r"\{\{(\w+)\}\}", text)
    if re.match(r"\{\{", text) or re.search(r"\}\}[\s.!?]*$", text):
        found.append("a variable stands at the beginning or the end (2388299)")
    examples = {one["param_name"] for one in body.get("example", {}).get("body_text_named_params", ())}
    found += [] if examples == set(names) else ["not every variable has an example"]
    for part in parts:
        buttons = part.get("buttons", ())
        found += [wrong for button in buttons for wrong in beyond("label", button["text"], 1, 25)]
    return found
