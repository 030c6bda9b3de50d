"""The card that shows in a group where a report stands: no name, and of a confidential report no more than its number."""

from datetime import datetime

from bot.dialogue import deep_links
from bot.dialogue.deep_links import DeepLink
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.texts import speech_for
from bot.services import secrecy
from bot.services.office import Office
from bot.services.places import place_of
from storage import Tx, conversations, group_cards, outbox
from storage.tables import GroupCard, Report

WAITING = "menunggu_konfirmasi"


def renew(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """Show in the group where a report stands; nothing for one that was not filed in a group."""
    assert report.id is not None
    card = group_cards.of_report(tx, report.id)
    if card is None:
        return
    reply = _shown(tx, office, card, report)
    first = f"card:{card.id}"
    key = first if outbox.by_key(tx, first) is None else f"{first}:{report.status}:{now.isoformat()}"
    outbox.owe(tx, conversation_id=card.conversation_id, body=reply.to_json(), key=key, now=now, report_id=report.id)


def _shown(tx: Tx, office: Office, card: GroupCard, report: Report) -> Reply:
    speech = speech_for(office.city, report.language)
    hidden = secrecy.is_hidden(report, office.city)
    place = place_of(report)
    text = speech.say(
        "group_card_hidden" if hidden else "group_card",
        nomor=report.number,
        kategori=speech.category(report.category),
        lokasi=(place.name or place.kelurahan) if place else speech.say("group_card_no_place"),
        status=speech.status(report.status),
        opd=speech.agency(report.agency) if report.agency else "",
        waktu=speech.short_moment(report.status_since),
    )
    if report.status == "dialihkan_darurat":
        text = f"{speech.say('group_emergency')}\n\n{text}"
    if place is None and not hidden:
        text = f"{text}\n\n{speech.say('group_card_where')}"
    choices: tuple[Choice, ...] = ()
    if report.status == WAITING:
        choices = tuple(
            Choice(f"{value}:{report.number}", speech.say(f"choice.{value}")) for value in ("done", "not_done")
        )
    if card.taken_at is None and card.author_hash and "t.me/" in office.citizen_channel:
        text = f"{text}\n\n{speech.say('group_card_author')}"
        choices = (*choices, Choice("takeover", speech.say("group_card_mine"), link=link(tx, office, card)))
    return Reply(text, choices, replaces=f"card:{card.id}")


def link(tx: Tx, office: Office, card: GroupCard) -> str:
    """Where the author takes the report over."""
    payload = deep_links.written(DeepLink(takeover=group_cards.token_of(tx, card)))
    return f"https://{office.citizen_channel.removeprefix('https://')}?start={payload}"


def is_in_group(tx: Tx, report: Report) -> bool:
    """Whether the report's own news would be read by a whole group, where only its card is."""
    return conversations.load(tx, report.conversation_id).conversation.in_group
