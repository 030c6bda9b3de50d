"""News to staff: what happened to a report, owed to the chats of those who are to act on it.

Each message has a key that names its cause, so that it is owed once.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.read_back import clipped, where
from bot.dialogue.texts import speech_for
from bot.services import agency_groups
from bot.services.office import Office
from bot.services.places import place_of
from bot.staff.commands import ADMINISTRATOR, DEPUTY, NARAHUBUNG, PIMPINAN
from storage import Tx, deadlines, outbox, people, reports
from storage.tables import Conversation, Report


def tell_of_new(tx: Tx, office: Office, report: Report, *, emergency: bool, now: datetime) -> None:
    """A new report waits: every administrator hears of it, of an emergency at once."""
    text = "staff_news_emergency" if emergency else "staff_news_new"
    due = _due(tx, report, "verification", now)
    tell(tx, office, report, people.staff_for(tx, ADMINISTRATOR, None, now), text, f"new:{report.id}", now, due)


def tell_owner(
    tx: Tx, office: Office, report: Report, text: str, key: str, now: datetime, *, words: str = "", had_by: str = ""
) -> None:
    """The people of the agency that owns the report; the administrators while nobody owns it.

    ``words`` are told instead of what the report says. ``had_by`` is told instead of the owner: the agency that had it before.
    """
    agency = had_by or report.agency
    if not agency and (shared := [part for part in reports.parts_of(tx, report.id) if part.agency]):
        for part in shared:
            tell_owner(tx, office, part, text, f"{key}:{part.id}", now, words=words)
        return
    chats = people.staff_for(tx, NARAHUBUNG, agency, now) if agency else []
    if not chats and agency:
        chats = people.staff_for(tx, DEPUTY, agency, now)
    if not chats:
        chats = people.staff_for(tx, ADMINISTRATOR, None, now)
    due = _due(tx, report, "first_response", now)
    tell(tx, office, report, chats, text, key, now, due, words=words)
    if agency:
        agency_groups.tell(tx, office, report, agency, text, key, now, due, words)


def tell_administrators(tx: Tx, office: Office, report: Report, text: str, key: str, now: datetime) -> None:
    """Something that every administrator is to see."""
    tell(tx, office, report, people.staff_for(tx, ADMINISTRATOR, None, now), text, key, now, now)


def tell_deciders(
    tx: Tx, office: Office, report: Report, text: str, key: str, now: datetime, *, words: str = ""
) -> None:
    """Something for the administrators and the city's secretariat to decide."""
    chats = {
        conversation.id: (contact, conversation)
        for role in (ADMINISTRATOR, PIMPINAN)
        for contact, conversation in people.staff_for(tx, role, None if role == ADMINISTRATOR else "", now)
    }
    for agency in office.city.agencies.values():
        if agency.role == "eskalasi":
            found = people.staff_for(tx, PIMPINAN, agency.id, now)
            chats |= {conversation.id: (contact, conversation) for contact, conversation in found}
    tell(tx, office, report, chats.values(), text, key, now, now, words=words)


def tell_incomplete(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """The reporter did not add what was asked for, and the report must not be set aside by itself: administrators decide."""
    chats = people.staff_for(tx, ADMINISTRATOR, None, now)
    key = f"incomplete:{report.id}:{report.status_since.isoformat()}"
    tell(tx, office, report, chats, "staff_news_incomplete", key, now, now)


def tell(
    tx: Tx,
    office: Office,
    report: Report,
    chats: Iterable[tuple[object, Conversation]],
    text: str,
    key: str,
    now: datetime,
    due: datetime,
    words: str = "",
) -> None:
    """Owe these people a notice about a report, in their own languages, once for each ``key``."""
    place = place_of(report)
    for _, conversation in chats:
        assert conversation.id is not None
        address = people.address_of(tx, conversation)
        speech = speech_for(office.city, people.language_of(tx, address.contact_id))
        said = speech.say(
            text,
            nomor=report.number,
            kategori=speech.category(report.category),
            ringkasan=clipped(words or reports.description_of(tx, report), 200),
            lokasi=where(place, reports.place_words_of(tx, report)) or speech.say("place_unknown"),
            opd=speech.agency(report.agency),
            tenggat=speech.moment(due),
        )
        seen = (Choice(f"see:{report.number}", report.number),)
        reply = Reply(said, seen, news=f"staff.{text}", blanks=(("nomor", report.number),))
        outbox.owe(
            tx,
            conversation_id=conversation.id,
            body=reply.to_json(),
            key=f"staff:{key}:{conversation.id}",
            now=now,
            report_id=report.id,
        )


def _due(tx: Tx, report: Report, kind: str, now: datetime) -> datetime:
    assert report.id is not None
    return next((each.due_at for each in deadlines.open_deadlines(tx, report.id) if each.kind == kind), now)
