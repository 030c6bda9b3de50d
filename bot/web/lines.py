"""A talk as the chat page shows it."""

import json
from typing import Any, TypeAlias

from bot.dialogue.replies import Reply
from bot.web.made import addresses
from storage.talk import TalkLine, evidence_name
from storage.vault import Vault

Line: TypeAlias = dict[str, Any]
"""A bubble as JSON: `from` ("me" or "us"), `id`, `at` (ms), `text`, `photos` and `files` (addresses), `turn`; `choices` and `hope` of
what we said; `picked` (a value) and `location` ({lat, lon} or null) of what was sent."""


def shown(line: TalkLine, vault: Vault, role: str) -> Line:
    """A line of the talk in that role, for the page."""
    said = _told(line, vault, role) if line.ours else _heard(line, role)
    return {"from": "us" if line.ours else "me", "at": int(line.at.timestamp() * 1000), **said}


def _told(line: TalkLine, vault: Vault, role: str) -> Line:
    reply = Reply.from_json(line.body)
    pictures, files = addresses(vault, reply, role)
    return {
        "id": line.id,
        "text": reply.text,
        "photos": [f"/chat/photos/{evidence_name(vault, evidence)}?role={role}" for evidence in reply.photos]
        + pictures,
        "files": files,
        "turn": reply.turn,
        "choices": [{"value": choice.value, "label": choice.label} for choice in reply.choices],
        "hope": reply.hope,
        "picked": "",
        "location": None,
    }


def _heard(line: TalkLine, role: str) -> Line:
    """What the page sent under its own id. A tap shows the label it had then; its value, should there be none."""
    raw: dict[str, Any] = json.loads(line.body)
    choice, photo = raw.get("choice") or {}, raw.get("photo") or {}
    return {
        "id": raw.get("id", line.id),
        "text": raw.get("text") or choice.get("label") or choice.get("value") or photo.get("caption") or "",
        "photos": [f"/chat/uploads/{raw['id']}?role={role}"] if photo else [],
        "files": [],
        "turn": choice.get("turn", 0),
        "choices": [],
        "hope": "nothing",
        "picked": choice.get("value", ""),
        "location": raw.get("location"),
    }
