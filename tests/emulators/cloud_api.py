"""A stand-in for WhatsApp's Cloud API: takes what is within Meta's published limits, and fails when told to."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulators.cloud_contract import Json, missing, violations, wrong_template

__all__ = ["ACCESS_TOKEN", "ACCOUNT_ID", "NUMBER_ID", "SHOWN_NUMBER", "CloudApi", "violations"]

ACCOUNT_ID = "102290129340398"
WINDOW = 24 * 3600  # seconds
NUMBER_ID = "106540352242922"
ACCESS_TOKEN = "EAAB-access"
SHOWN_NUMBER = "+62 22 555 0100"


@dataclass(slots=True)
class CloudApi:
    """The state of one number. ``sent`` are the messages that were taken, ``violations`` what broke a limit."""

    sent: list[Json] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    uploads: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # media id -> type, content
    incoming: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    faults: list[tuple[str, Response]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    typing: list[str] = field(default_factory=list)  # messages after which somebody saw us type
    templates: dict[tuple[str, str], Json] = field(default_factory=dict)  # by name and language
    clock: Callable[[], float] | None = None  # with one, the window of 24 hours is held to
    wrote: dict[str, float] = field(default_factory=dict)  # when each person last wrote, by that clock
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/download/{media}", self._download),
                Route("/{version}/{number}/messages", self._messages, methods=["POST"]),
                Route("/{version}/{number}/media", self._media, methods=["POST"]),
                Route("/{version}/{account}/message_templates", self._templates, methods=["GET", "POST"]),
                Route("/{version}/{object}", self._change_template, methods=["POST"]),
                Route("/{version}/{object}", self._about),
            ]
        )

    def forget(self) -> None:
        """Forget everything that happened."""
        for kept in (self.sent, self.read, self.uploads, self.incoming, self.faults, self.violations, self.typing):
            kept.clear()
        self.templates.clear()
        self.wrote.clear()

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
        if absent := missing(body):
            self.violations += absent
            return error(131008, 400, f"missing: {', '.join(absent)}")
        if wrong := violations(body, self.uploads):
            self.violations += wrong
            return error(131009, 400, wrong[0])
        if body.get("status") == "read":
            self.read.append(body["message_id"])
            self.typing += [body["message_id"]] if "typing_indicator" in body else []
            return JSONResponse({"success": True})
        if body["type"] == "template":
            if refusal := self._refused_template(body["template"]):
                return refusal
        elif not self._window_open(body.get("to") or body["recipient"]):
            return error(131047, 400, "Re-engagement message")
        self.sent.append(body)
        return JSONResponse({"messaging_product": "whatsapp", "messages": [{"id": f"wamid.sent{len(self.sent)}"}]})

    def _window_open(self, person: str) -> bool:
        return self.clock is None or self.clock() - self.wrote.get(person, float("-inf")) < WINDOW

    def _refused_template(self, content: Json) -> Response | None:
        kept = self.templates.get((content["name"], content["language"]["code"]))
        if kept is None or kept["status"] not in {"APPROVED", "PAUSED", "DISABLED"}:
            return error(132001, 404, "Template name does not exist in the translation")
        if kept["status"] != "APPROVED":
            return error({"PAUSED": 132015, "DISABLED": 132016}[kept["status"]], 400, "Template is paused or disabled")
        text = next(part["text"] for part in kept["components"] if part["type"] == "BODY")
        wanted = set(re.findall(r"\{\{(\w+)\}\}", text))
        given = {
            parameter["parameter_name"]
            for component in content.get("components", ())
            if component["type"] == "body"
            for parameter in component["parameters"]
        }
        return None if wanted == given else error(132000, 400, "Number of parameters does not match")

    async def _templates(self, request: Request) -> Response:
        if refusal := self._refusal(request, "templates"):
            return refusal
        if request.path_params["account"] != ACCOUNT_ID:
            return error(100, 400, "Unsupported request. Object does not exist")
        if request.method == "GET":
            return self._page(list(self.templates.values()), request.query_params.get("after"))
        body = await request.json()
        if wrong := wrong_template(body["components"]):
            self.violations += wrong
            return error(100, 400, wrong[0])
        assert body["parameter_format"] == "NAMED"
        kept = {**body, "id": str(next(self._ids)), "status": "PENDING", "quality_score": {"score": "UNKNOWN"}}
        self.templates[body["name"], body["language"]] = kept
        return JSONResponse({name: kept[name] for name in ("id", "status", "category")})

    def _page(self, entries: list[Json], after: str | None) -> Response:
        """Three entries at a time, so that whoever asks for all must turn pages."""
        begin = int(after or 0)
        more = {"next": "https://graph/next"} if len(entries) > begin + 3 else {}
        paging = {"cursors": {"after": str(begin + 3)}, **more}
        return JSONResponse({"data": entries[begin : begin + 3], "paging": paging})

    async def _change_template(self, request: Request) -> Response:
        if refusal := self._refusal(request, "templates"):
            return refusal
        body = await request.json()
        kept = next((one for one in self.templates.values() if one["id"] == request.path_params["object"]), None)
        if kept is None:
            return error(100, 400, "Unsupported request. Object does not exist")
        if wrong := wrong_template(body["components"]):
            self.violations += wrong
            return error(100, 400, wrong[0])
        kept.update(components=body["components"], status="PENDING")
        return JSONResponse({"success": True})

    def approve(self, *names: str, status: str = "APPROVED") -> None:
        """Let Meta decide about templates of these names, in every language; without any about all."""
        for (name, _), kept in self.templates.items():
            if not names or name in names:
                kept["status"] = status

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
