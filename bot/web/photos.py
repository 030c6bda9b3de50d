"""Which photos a talk may show: those that were shown in it, and those that were sent in it."""

import json
from dataclasses import dataclass

from bot.channels.webchat import SUFFIXES, unique_key
from bot.dialogue.replies import Reply
from bot.web.visitor import Visitor, conversation_of
from storage import Tx
from storage.talk import evidence_name, payload_under, sent_replies, stored_evidence


@dataclass(frozen=True, slots=True)
class Picture:
    """A file below the media folder."""

    path: str
    media_type: str


def photo_shown(tx: Tx, visitor: Visitor, name: str) -> Picture | None:
    """The photo of that name when a reply in the visitor's talk showed it and it is one that browsers may show."""
    conversation = conversation_of(tx, visitor)
    if conversation is None:
        return None
    for body in sent_replies(tx, conversation):
        for evidence_id in Reply.from_json(body).photos:
            if evidence_name(tx.vault, evidence_id) != name:
                continue
            evidence = stored_evidence(tx, evidence_id)
            return Picture(evidence.path, evidence.media_type) if evidence and evidence.media_type in SUFFIXES else None
    return None


def upload_of(tx: Tx, visitor: Visitor, message_id: str) -> Picture | None:
    """The photo that the visitor sent with that message."""
    conversation = conversation_of(tx, visitor)
    if conversation is None:
        return None
    payload = payload_under(tx, conversation, visitor.source, unique_key(visitor.token, message_id))
    photo = json.loads(payload).get("photo") if payload else None
    return Picture(photo["path"], photo["media_type"]) if photo else None
