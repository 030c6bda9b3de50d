"""A stand-in for WhatsApp's Cloud API: takes what is within Meta's published limits, and fails when told to."""

import re
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

NUMBER_ID = "106540352242922"
ACCESS_TOKEN = "EAAB-access"
SHOWN_NUMBER = "+62 22 555 0100"

Json = dict[str, Any]


@dataclass(slots=True)
class CloudApi:
    """The state of one number. ``sent`` are the messages that were taken, ``violations`` what broke a limit."""

    sent: list[Json] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # media id -> type, content
    incoming: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    faults: list[tuple[str, Response]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/download/{media}", self._download),
                Route("/{version}/{number}/messages", self._messages, methods=["POST"]),
                Route("/{version}/{number}/media", self._media, methods=["POST"]),
                Route("/{version}/{object}", self._about),
            ]
        )

    def fail_next(self, code: int, status: int = 400, *, at: str = "messages", details: str = "details") -> None:
        """Let the next call at ``messages``, ``media``, ``about`` or ``download`` fail with one of Meta's codes."""
        error = {"message": "(#1) message", "type": "OAuthException", "code": code, "error_data": {"details": details}}
        self.faults.append((at, JSONResponse({"error": error}, status)))

    def break_next(self, status: int, *, at: str = "messages") -> None:
        """Let the next call be answered by something that is not the Cloud API."""
        self.faults.append((at, Response("<html>", status)))

    def _refusal(self, request: Request, at: str) -> Response | None:
        for position, (where, answer) in enumerate(self.faults):
            if where == at:
                del self.faults[position]
                return answer
        if request.headers.get("authorization") != f"Bearer {ACCESS_TOKEN}":
            return error(190, 401, "Invalid OAuth access token")
        return None

    async def _messages(self, request: Request) -> Response:
        if refusal := self._refusal(request, "messages"):
            return refusal
        body = await request.json()
        if body.get("status") == "read":
            self.read.append(body["message_id"])
            return JSONResponse({"success": True})
        if wrong := violations(body, self.uploads):
            self.violations += wrong
            return error(131009, 400, wrong[0])
        self.sent.append(body)
        return JSONResponse({"messaging_product": "whatsapp", "messages": [{"id": f"wamid.sent{len(self.sent)}"}]})

    async def _media(self, request: Request) -> Response:
        if refusal := self._refusal(request, "media"):
            return refusal
        async with request.form() as form:
            file = form["file"]
            assert isinstance(file, UploadFile)
            assert form["messaging_product"] == "whatsapp"
            media = f"media{len(self.uploads) + 1}"
            self.uploads[media] = (str(form["type"]), await file.read())
        return JSONResponse({"id": media})

    async def _about(self, request: Request) -> Response:
        if refusal := self._refusal(request, "about"):
            return refusal
        about = request.path_params["object"]
        if about == NUMBER_ID:
            return JSONResponse({"id": about, "display_phone_number": SHOWN_NUMBER})
        if about not in self.incoming:
            return error(100, 400, "Unsupported get request. Object does not exist")
        media_type, content = self.incoming[about]
        url = str(request.base_url) + f"download/{about}"
        return JSONResponse({"id": about, "url": url, "mime_type": media_type, "file_size": len(content)})

    async def _download(self, request: Request) -> Response:
        return self._refusal(request, "download") or Response(self.incoming[request.path_params["media"]][1])


def error(code: int, status: int, message: str) -> Response:
    return JSONResponse({"error": {"message": message, "type": "OAuthException", "code": code}}, status)


def violations(body: Json, uploads: Json) -> list[str]:
    """What breaks the limits that Meta publishes for a message."""
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
    else:
        found.append(f"there is no type {kind}")
    return found


def _interactive(content: Json, uploads: Json) -> list[str]:
    found = beyond("body", content["body"]["text"], 1, 1024)
    if header := content.get("header"):
        allowed = content["type"] == "button" and header["image"]["id"] in uploads
        found += [] if allowed else ["the header is not an uploaded image above buttons"]
    action = content["action"]
    match content["type"]:
        case "button":
            titles = [button["reply"]["title"] for button in action["buttons"]]
            found += [] if 1 <= len(titles) <= 3 else ["1 to 3 buttons are allowed"]
            found += [] if len(set(titles)) == len(titles) else ["two buttons have the same title"]
            found += [wrong for title in titles for wrong in beyond("title", title, 1, 20)]
            ids = [button["reply"]["id"] for button in action["buttons"]]
        case "list":
            rows = [row for section in action["sections"] for row in section["rows"]]
            found += [] if 1 <= len(rows) <= 10 else ["1 to 10 rows are allowed"]
            found += beyond("button", action["button"], 1, 20)
            found += [wrong for row in rows for wrong in beyond("title", row["title"], 1, 24)]
            ids = [row["id"] for row in rows]
        case "location_request_message":
            return found if action == {"name": "send_location"} else [*found, "the action is not send_location"]
        case other:
            return [*found, f"there is no interactive {other}"]
    found += [] if len(set(ids)) == len(ids) else ["two choices have the same id"]
    return found + [wrong for one in ids for wrong in beyond("id", one, 1, 200)]


def beyond(what: str, text: str, least: int, most: int) -> list[str]:
    return [] if least <= len(text) <= most else [f"{what} has {len(text)} characters, not {least} to {most}"]
