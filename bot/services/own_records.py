"""A copy of everything that is kept about a person: for themselves to read, and for machines."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.dialogue.events import CommandGiven, Event, TextSent
from bot.dialogue.replies import Reply
from bot.dialogue.texts import Speech, speech_for
from bot.dialogue.words import command_in
from bot.services.office import Office
from storage import Tx, identity_views, inbox, media, notes, outbox, people
from storage import reports as kept
from storage.erasing_talks import HEARD, SAID
from storage.tables import Conversation, Report

MOST = 100_000  # rows of each kind
SENDING_FILES = frozenset({"telegram", "whatsapp", "terminal"})
PAGE = "/data-saya"
"""Where a copy is fetched on the channels that send no files."""
FILE = "data-saya"
"""What the copies are called, without the suffix."""


def ways(office: Office, conversation_id: int, channel: str) -> tuple[str, str]:
    """How a copy reaches this chat: (the talk in which files can be sent, where our links begin); "" for a way that is none."""
    if channel in SENDING_FILES:
        return str(conversation_id), ""
    return "", f"{office.pages}{PAGE}/" if office.pages else ""


def counted(tx: Tx, contact_id: int, event: Event) -> tuple[int, int]:
    """How many reports of a person are kept, and how many photos and other files with them; (0, 0) where nobody asks."""
    asked = isinstance(event, CommandGiven) and event.name == "privasi"
    typed = isinstance(event, TextSent) and command_in(event.text)[0] == "privasi"
    if not (asked or typed):
        return 0, 0
    reports = [report.id for report in kept.of_contact(tx, contact_id, MOST) if report.id]
    files = [each for report in reports for each in media.of_report(tx, report)]
    return len(reports), sum(each.purpose == "problem" and each.state != "failed" for each in files)


def facts_about(tx: Tx, contact_id: int, now: datetime) -> dict[str, Any]:
    """Everything, as it goes into JSON; of a talk that was erased nothing is left to show, and it is not counted."""
    contact = people.contact_by_id(tx, contact_id)
    talks = people.conversations_of(tx, contact_id)
    return {
        "made_at": now.isoformat(),
        "name": people.name_of(tx, contact),
        "language": contact.language,
        "addresses": [_address(tx, talk) for talk in talks],
        "reports": [_report(tx, report) for report in kept.of_contact(tx, contact_id, MOST)],
        "messages_received": [each for talk in talks for each in _heard(tx, talk)],
        "messages_sent": [each for talk in talks for each in _said(tx, talk)],
    }


def as_json(facts: Mapping[str, Any]) -> bytes:
    """For machines."""
    return json.dumps(facts, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def as_text(office: Office, facts: Mapping[str, Any], language: str) -> bytes:
    """To be read; the talk itself is only counted here."""
    speech = speech_for(office.city, language)
    lines = [speech.say("data_title"), _moment(speech, facts["made_at"]), ""]
    lines.append(speech.say("data_name", nama=facts["name"] or "-"))
    lines += [
        speech.say("data_address", kanal=each["channel"], id=each["id"], sejak=_moment(speech, each["since"]))
        for each in facts["addresses"]
    ]
    talked = {"terima": len(facts["messages_received"]), "kirim": len(facts["messages_sent"])}
    lines += [speech.say("data_messages", **talked), ""]
    for each in facts["reports"]:
        lines += [*_report_lines(speech, each), ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _report_lines(speech: Speech, each: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{each['number']} · {speech.category(each['category'])} · {speech.status(each['status'])}",
        speech.say("data_told", kapan=_moment(speech, each["created_at"]), privasi=each["privacy"]),
        f"  {each['words']}",
        f"  {each['place'] or each['place_words'] or '-'}",
    ]
    lines += [
        f"  • {_moment(speech, step['at'])} {speech.status(step['status'])} {step['note']}".rstrip()
        for step in each["history"]
    ]
    lines += [speech.say("data_note", kapan=_moment(speech, note["at"]), kata=note["words"]) for note in each["notes"]]
    if rating := each["rating"]:
        lines.append(speech.say("data_rating", bintang=rating["stars"], kata=rating["word"]))
    lines += [speech.say("data_file", jenis=file["kind"], kapan=_moment(speech, file["at"])) for file in each["files"]]
    seen = each["identity_seen"]
    lines += [speech.say("data_seen", kapan=_moment(speech, view["at"]), peran=view["by"]) for view in seen]
    return lines


def _moment(speech: Speech, at: str) -> str:
    return speech.moment(datetime.fromisoformat(at))


def _address(tx: Tx, talk: Conversation) -> dict[str, Any]:
    address = people.address_of(tx, talk)
    return {
        "channel": address.channel,
        "id": people.external_id_of(tx, address),
        "since": address.created_at.isoformat(),
        "last_heard_at": talk.last_heard_at.isoformat() if talk.last_heard_at else None,
    }


def _report(tx: Tx, report: Report) -> dict[str, Any]:
    rating = kept.rating_of(tx, report.id, report.contact_id)
    return {
        "number": report.number,
        "created_at": report.created_at.isoformat(),
        "kind": report.kind,
        "category": report.category,
        "sub_category": report.sub_category,
        "status": report.status,
        "privacy": report.privacy,
        "words": kept.description_of(tx, report),
        "place_words": kept.place_words_of(tx, report),
        "place": ", ".join(part for part in (report.place_name, report.kelurahan, report.kecamatan) if part),
        "lat": report.lat,
        "lon": report.lon,
        "agency": report.agency,
        "history": [
            {"at": step.at.isoformat(), "status": step.to_status, "note": kept.note_of(tx, step)}
            for step in kept.history(tx, report.id)
        ],
        "notes": [
            {"at": note.at.isoformat(), "words": notes.text_of(tx, note)} for note in notes.notes_of(tx, report.id)
        ],
        "rating": {"stars": rating.stars, "word": kept.word_of(tx, rating)} if rating else None,
        "files": [
            {"at": file.created_at.isoformat(), "kind": file.kind, "state": file.state, "bytes": file.size_bytes}
            for file in media.of_report(tx, report.id)
            if file.purpose == "problem"
        ],
        "identity_seen": [
            {"at": view.at.isoformat(), "by": ", ".join(view.roles)} for view in identity_views.of_report(tx, report.id)
        ],
    }


def _heard(tx: Tx, talk: Conversation) -> list[dict[str, Any]]:
    events = inbox.kept(tx, talk.id or 0, limit=MOST)
    told = [(each.received_at, inbox.payload_of(tx, each)) for each in events]
    return [{"at": at.isoformat(), "as_received": _json(payload)} for at, payload in told if payload != HEARD]


def _json(payload: str) -> Any:
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def _said(tx: Tx, talk: Conversation) -> list[dict[str, Any]]:
    told = [(each.created_at, outbox.body_of(tx, each)) for each in outbox.talk(tx, talk.id or 0, limit=MOST)]
    return [{"at": at.isoformat(), "words": Reply.from_json(body).text} for at, body in told if body != SAID]
