"""Filing a draft: as a report of its own, or joined to an open one that tells the same problem."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.session import Draft
from bot.services import clocks, staff_news
from bot.services.office import Office
from bot.services.places import columns_of
from storage import Tx, audit, erasing_talks, media, numbers, people
from storage import reports as kept
from storage.tables import Conversation, Report

RECEIVED, EMERGENCY, JOINED = "diterima", "dialihkan_darurat", "digabung"


@dataclass(frozen=True, slots=True)
class Through:
    """Who tells it: the reporter, or a KIM member for somebody else; and the membership it came through."""

    actor: str = "pelapor"
    member_id: int | None = None


class UnknownReport(Exception):
    """No report has this number, or not for this person."""


def file(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    draft: Draft,
    number: str,
    language: str,
    *,
    emergency: bool,
    now: datetime,
    through: Through = Through(),
) -> Report:
    """File a draft under the number that was fresh in this transaction; administrators hear of it."""
    status, actor = (EMERGENCY, "sistem") if emergency else (RECEIVED, through.actor)
    office.lifecycle.check(None, status, {actor})
    report = _open(tx, office, conversation, draft, number, language, status, actor, now, through)
    clocks.begin(tx, office, report, now)
    staff_news.tell_of_new(tx, office, report, emergency=emergency, now=now)
    return report


def join(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    draft: Draft,
    number: str,
    language: str,
    parent_number: str,
    now: datetime,
    through: Through = Through(),
) -> Report:
    """File a draft as one that supports an open report: own number, all its news."""
    parent = kept.by_number(tx, parent_number)
    while parent is not None and parent.status == JOINED and parent.parent_id:
        parent = kept.by_id(tx, parent.parent_id)
    if parent is None or parent.status not in office.open_statuses:
        raise UnknownReport(parent_number)
    office.lifecycle.check(None, JOINED, {through.actor})
    report = _open(tx, office, conversation, draft, number, language, JOINED, through.actor, now, through)
    kept.correct(tx, report, now, parent_id=parent.id)
    return report


def _open(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    draft: Draft,
    number: str,
    language: str,
    status: str,
    actor: str,
    now: datetime,
    through: Through,
) -> Report:
    drawn = numbers.draw_number(tx, office.city.number_prefix, office.today(now))
    if drawn != number:
        raise LookupError(f"the number {number} was not fresh any more: {drawn} is")
    address = people.address_of(tx, conversation)
    erasing_talks.came_back(tx, address.contact_id)
    report = kept.open_report(
        tx,
        actor=actor,
        number=number,
        contact_id=address.contact_id,
        conversation_id=conversation.id,
        status=status,
        needs_check=draft.needs_check,
        kind=draft.kind,
        category=draft.category,
        category_confidence=draft.category_confidence,
        sub_category=draft.sub_category,
        priority=draft.priority,
        privacy=draft.privacy,
        language=language,
        description=draft.description,
        place_words=draft.place_words,
        city_version=office.city.version,
        kim_member_id=through.member_id,
        channel=address.channel,
        campaign=draft.campaign,
        created_at=now,
        **columns_of(draft.place),
    )
    assert report.id is not None
    audit.note(tx, contact_id=report.contact_id, act=f"{actor}:{status}", report_id=report.id, now=now)
    media.attach(tx, draft.evidence, report.id)
    return report
