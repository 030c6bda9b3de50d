"""A report from a group: filed from a neighbour's message, shown there by one card, taken over by whoever wrote the message.

Until its author takes it over it belongs, without a name, to the person who asked for it. What is read in the group is the card
and nothing else: no name, and of a confidential report no more than its number.
"""

import secrets
from dataclasses import replace
from datetime import datetime

from bot.dialogue import deep_links, effects
from bot.dialogue.events import CommandGiven, Event, InGroup
from bot.dialogue.knowledge import GroupCardFacts, Knowledge, TakeOverFacts
from bot.services import filing, group_card_news
from bot.services import groups as memberships
from bot.services.office import Office
from bot.services.places import columns_of, place_of
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed
from storage import Tx, areas, audit, group_cards, media, numbers, people
from storage import reports as kept
from storage.groups import COORDINATOR
from storage.tables import Conversation, Report

WAITING = "menunggu_konfirmasi"
TOKEN_BYTES = 12
PRIVACIES = frozenset({"tampil", "anonim", "rahasia"})


def act(
    tx: Tx, office: Office, effect: effects.GroupTalkEffect, *, conversation: Conversation, source: str, now: datetime
) -> None:
    """Do what a turn in a group, or of an author who takes a report over, wants done. Raises Refusal."""
    match effect:
        case effects.FileFromGroup():
            _file(tx, office, effect, conversation, source, now)
        case effects.PlaceFromGroup(number, place):
            report = _own(tx, conversation, number)
            kept.correct(tx, report, now, needs_check=False, **columns_of(place))
            group_card_news.renew(tx, office, report, now)
        case effects.BindGroupChat(group_id):
            _bind(tx, office, conversation, group_id, now)
        case effects.TakeOver(token, privacy):
            _take_over(tx, office, conversation, token, privacy, now)


def _file(
    tx: Tx, office: Office, effect: effects.FileFromGroup, conversation: Conversation, source: str, now: datetime
) -> None:
    files = tuple(
        media.await_file(
            tx, conversation_id=conversation.id or 0, purpose="problem", kind=each.kind, source=source,
            platform_ref=each.file, now=now,
        ).id
        for each in effect.files
    )  # fmt: skip
    report = filing.file(
        tx, office, conversation, effect.draft, effect.number, effect.language, emergency=effect.emergency, now=now
    )
    assert report.id is not None
    media.attach(tx, [id_ for id_ in files if id_], report.id)
    group_cards.put_up(
        tx, report_id=report.id, conversation=conversation, message=effect.message, author=effect.author,
        token=effect.token, now=now,
    )  # fmt: skip
    group_card_news.renew(tx, office, report, now)


# ---------------------------------------------------------------- what a turn may know


def known(
    tx: Tx, office: Office, conversation: Conversation, event: Event, know: Knowledge, now: datetime
) -> Knowledge:
    """What a citizen's turn knows beside, where it happens in a group or opens the link of a card."""
    if isinstance(event, InGroup):
        answered = event.quoted.message if event.quoted else ""
        return replace(
            know,
            group_card=of_message(tx, conversation, answered) if answered else None,
            own_message=event.message,
            fresh_number=numbers.next_number(tx, office.city.number_prefix, office.today(now)),
            fresh_token=secrets.token_hex(TOKEN_BYTES),
        )
    if isinstance(event, CommandGiven) and event.name == "start" and event.argument:
        try:
            token = deep_links.read(event.argument).takeover
        except deep_links.WrongPayload:
            return know
        return replace(know, takeover=takeover(tx, conversation, token)) if token else know
    return know


def of_message(tx: Tx, conversation: Conversation, message: str) -> GroupCardFacts | None:
    """The report that a message of this group became, or whose card it is; None for any other message."""
    card = group_cards.of_message(tx, conversation.chat_hash, message) or group_cards.shown_as(
        tx, conversation.chat_hash, message
    )
    if card is None:
        return None
    report = kept.by_id(tx, card.report_id)
    address = people.address_of(tx, conversation)
    mine = report.contact_id in people.same_person(tx, address.contact_id)
    return GroupCardFacts(report.number, mine, placed=place_of(report) is not None)


def takeover(tx: Tx, conversation: Conversation, token: str) -> TakeOverFacts:
    """What the link of a card is good for to this person."""
    card = group_cards.of_token(tx, token)
    if card is None:
        return TakeOverFacts("unknown")
    report = kept.by_id(tx, card.report_id)
    if people.address_of(tx, conversation).external_hash != card.author_hash:
        return TakeOverFacts("not_yours")
    if card.taken_at is not None:
        return TakeOverFacts("taken", report.number)
    return TakeOverFacts("open", report.number, kept.description_of(tx, report), token)


def _take_over(tx: Tx, office: Office, conversation: Conversation, token: str, privacy: str, now: datetime) -> None:
    facts = takeover(tx, conversation, token)
    card = group_cards.of_token(tx, token)
    if facts.state != "open" or card is None or privacy not in PRIVACIES or not group_cards.take(tx, card, now):
        raise Refusal(f"takeover_{facts.state}", nomor=facts.number)
    report = kept.by_id(tx, card.report_id)
    address = people.address_of(tx, conversation)
    kept.hand_to(
        tx, report, contact_id=address.contact_id, conversation_id=conversation.id or 0, privacy=privacy, now=now
    )
    audit.note(tx, contact_id=address.contact_id, act="take_over_report", report_id=report.id, detail=privacy, now=now)
    group_card_news.renew(tx, office, report, now)


def _bind(tx: Tx, office: Office, conversation: Conversation, group_id: int, now: datetime) -> None:
    """Only a coordinator of that group makes a chat its own. Raises NotAllowed."""
    contact_id = people.address_of(tx, conversation).contact_id
    mine = memberships.membership(tx, contact_id, office.today(now))
    if mine is None or mine[1].id != group_id or mine[0].role != COORDINATOR or mine[0].asleep_at is not None:
        raise NotAllowed("only its coordinator gives a group a chat")
    areas.bind_chat(tx, group_id, conversation)
    audit.note(tx, contact_id=contact_id, act="bind_group_chat", detail=str(group_id), now=now)


def _own(tx: Tx, conversation: Conversation, number: str) -> Report:
    report = kept.by_number(tx, number)
    theirs = people.same_person(tx, people.address_of(tx, conversation).contact_id)
    if report is None or report.contact_id not in theirs:
        raise filing.UnknownReport(number)
    return report
