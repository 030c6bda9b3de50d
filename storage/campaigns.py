"""Campaigns: to whom one is owed, how far that got, what came of it. The truth of each recipient is a row of the outbox."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from storage.contacts import conversations_of
from storage.tables import Address, Campaign, Contact, Conversation, Group, KimMember, OutboxMessage, Report
from storage.transaction import LostRace, Tx

ON, OFF = "on", "off"
ON_ITS_WAY = ("due", "sending")
PLANNED, SENDING, SENT, STOPPED = "planned", "sending", "sent", "stopped"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a campaign is for: these persons, or (None) all who asked for campaigns, or those of them with a report there."""

    not_bots: frozenset[str]  # chats with these bots do not count
    contacts: frozenset[int] | None = None
    kelurahan: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person in the chat in which they were heard last."""

    contact_id: int
    conversation_id: int
    channel: str
    language: str  # "" until we know it


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a campaign got."""

    owed: int = 0
    waiting: int = 0
    sent: int = 0  # all that the platforms took
    delivered: int = 0  # of these: known to have reached a phone
    read: int = 0  # of these: known to have been opened
    failed: int = 0  # refused, or nobody there any more
    withdrawn: int = 0  # stopped, or opted out meanwhile
    held: int = 0  # sent as soon as the person writes again


# ---------------------------------------------------------------- whom


def choose(tx: Tx, contact_ids: Collection[int], wish: str, now: datetime) -> None:
    """From now on these records of one person want campaigns (`ON`) or none (`OFF`)."""
    tx.change(Contact, col(Contact.id).in_(contact_ids), campaigns=wish, campaigns_since=now)


def contacts_in(tx: Tx, audience: Audience, *, after: int, limit: int) -> list[int]:
    """The next persons of an audience above the contact ``after``, in order."""
    wanted = (*_persons(audience), col(Contact.id) > after)
    return [
        id_ for id_ in tx.session.exec(select(Contact.id).where(*wanted).order_by(col(Contact.id)).limit(limit)) if id_
    ]


def size(tx: Tx, audience: Audience) -> int:
    """How many persons an audience has now."""
    return tx.session.exec(select(func.count()).select_from(Contact).where(*_persons(audience))).one()


def last_chats(tx: Tx, contact_ids: Collection[int], not_bots: Collection[str]) -> dict[int, Recipient]:
    """Where these persons are reached: each in the chat heard last that still works; nobody without one is among them."""
    persons = _roots()
    chats = (
        select(persons.c.root, col(Conversation.id), Address.channel, Contact.language)
        .join(Address, col(Address.contact_id) == persons.c.id)
        .join(Conversation, col(Conversation.address_id) == Address.id)
        .join(Contact, col(Contact.id) == persons.c.root)
        .where(persons.c.root.in_(contact_ids), *_works(not_bots))
        .order_by(col(Conversation.last_heard_at).desc().nulls_last(), col(Conversation.id).desc())
    )
    found: dict[int, Recipient] = {}
    for contact_id, conversation_id, channel, language in tx.session.exec(chats):
        found.setdefault(contact_id, Recipient(contact_id, conversation_id or 0, channel, language))
    return found


def members(tx: Tx, today: date, *, kelurahan: str = "", group_ids: Collection[int] = ()) -> frozenset[int]:
    """The persons who are active in groups in their term of office: of this kelurahan, of these groups, or of all."""
    active: list[ColumnElement[bool]] = [
        col(KimMember.until).is_(None),
        col(KimMember.asleep_at).is_(None),
        col(Group.ended_at).is_(None),
        col(Group.term_from) <= today,
        col(Group.term_until) >= today,
    ]
    if kelurahan:
        active.append(col(Group.kelurahan) == kelurahan)
    if group_ids:
        active.append(col(Group.id).in_(group_ids))
    persons = _roots()
    theirs = select(persons.c.root).join(KimMember, col(KimMember.contact_id) == persons.c.id)
    found = theirs.join(Group, col(Group.id) == KimMember.group_id).where(*active)
    return frozenset(tx.session.exec(found))


def _persons(audience: Audience) -> tuple[ColumnElement[bool], ...]:
    if audience.contacts is None:
        wanted: ColumnElement[bool] = col(Contact.campaigns) == ON
    else:
        wanted = col(Contact.id).in_(audience.contacts) & (col(Contact.campaigns) != OFF)
    records = _roots()
    persons = (wanted, col(Contact.merged_into).is_(None), _has_chat(records, audience.not_bots))
    if not audience.kelurahan:
        return persons
    there = select(records.c.root).join(Report, col(Report.contact_id) == records.c.id)
    return (*persons, col(Contact.id).in_(there.where(Report.kelurahan == audience.kelurahan)))


def _roots() -> CTE:
    """Every record of a person (`id`), with the one that stands for the whole person (`root`), however many links away."""
    own_id = col(Contact.id)
    alone: Any = select(own_id.label("id"), own_id.label("root"))
    roots: CTE = alone.where(col(Contact.merged_into).is_(None)).cte("roots", recursive=True)
    linked = aliased(Contact)
    return roots.union_all(select(linked.id, roots.c.root).join(roots, col(linked.merged_into) == roots.c.id))


def _has_chat(records: CTE, not_bots: Collection[str]) -> ColumnElement[bool]:
    """They, or a record of the same person, have a chat with another bot than these."""
    return col(Contact.id).in_(
        select(records.c.root)
        .join(Address, col(Address.contact_id) == records.c.id)
        .join(Conversation, col(Conversation.address_id) == Address.id)
        .where(*_works(not_bots))
    )


def _works(not_bots: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """A private chat with another bot than these, in which messages still arrive."""
    return (
        col(Address.bot).not_in(not_bots),
        col(Address.unreachable_since).is_(None),
        col(Conversation.in_group).is_(False),
    )


# ---------------------------------------------------------------- the campaigns


def by_id(tx: Tx, campaign_id: int) -> Campaign | None:
    """The campaign with this id; None when there is none."""
    return tx.session.get(Campaign, campaign_id)


def newest(tx: Tx, limit: int) -> list[Campaign]:
    """The newest campaigns, the newest first."""
    return list(tx.session.exec(select(Campaign).order_by(col(Campaign.id).desc()).limit(limit)))


def to_spread(tx: Tx, now: datetime) -> Campaign | None:
    """One that should begin, or of which not everybody has a message yet."""
    begun = (
        col(Campaign.state).in_((PLANNED, SENDING)),
        col(Campaign.starts_at) <= now,
        col(Campaign.all_owed).is_(False),
    )
    return tx.session.exec(
        select(Campaign).where(*begun).order_by(col(Campaign.starts_at), col(Campaign.id)).limit(1)
    ).first()


def through(tx: Tx) -> Campaign | None:
    """One of which every message went out or never will, and that is not closed yet."""
    waiting = (
        select(OutboxMessage.id)
        .where(OutboxMessage.campaign_id == Campaign.id, col(OutboxMessage.state).in_(ON_ITS_WAY))
        .correlate(Campaign)
        .exists()
    )
    finished = (Campaign.state == SENDING, col(Campaign.all_owed).is_(True), ~waiting)
    return tx.session.exec(select(Campaign).where(*finished).limit(1)).first()


def owed_to(tx: Tx, campaign: Campaign, contact_id: int, *, all_owed: bool) -> None:
    """Everybody up to this contact has their message. Raises LostRace when it was stopped or spread further meanwhile."""
    as_read = (
        col(Campaign.id) == campaign.id,
        Campaign.owed_up_to == campaign.owed_up_to,
        col(Campaign.state).in_((PLANNED, SENDING)),
    )
    if not tx.change(Campaign, *as_read, state=SENDING, owed_up_to=contact_id, all_owed=all_owed):
        raise LostRace(f"campaign {campaign.id}")


def end(tx: Tx, campaign_id: int, state: str, now: datetime) -> bool:
    """It is over, in this state; False when it was before."""
    running = (col(Campaign.id) == campaign_id, col(Campaign.state).in_((PLANNED, SENDING)))
    return tx.change(Campaign, *running, state=state, ended_at=now, all_owed=True) == 1


def put_off(tx: Tx, message: OutboxMessage, due_at: datetime) -> None:
    """Send a message later, unless it is being sent."""
    tx.change(OutboxMessage, col(OutboxMessage.id) == message.id, col(OutboxMessage.state) == "due", due_at=due_at)


def figures(tx: Tx, campaign_id: int) -> Figures:
    """How far it got."""
    states = select(OutboxMessage.state, func.count()).where(OutboxMessage.campaign_id == campaign_id)
    n = dict(tx.session.exec(states.group_by(OutboxMessage.state)).all())
    arrived = n.get("delivered", 0) + n.get("read", 0)
    return Figures(
        owed=sum(n.values()),
        waiting=sum(n.get(state, 0) for state in ON_ITS_WAY),
        sent=n.get("sent", 0) + arrived,
        delivered=arrived,
        read=n.get("read", 0),
        failed=n.get("refused", 0) + n.get("unreachable", 0),
        withdrawn=n.get("withdrawn", 0),
        held=n.get("held", 0),
    )


def late(tx: Tx, before: datetime, limit: int) -> list[tuple[OutboxMessage, str]]:
    """Messages of campaigns that should have gone out before then, each with its channel, in the order in which they should have."""
    waiting = (
        col(OutboxMessage.campaign_id).is_not(None),
        col(OutboxMessage.state) == "due",
        OutboxMessage.attempts == 0,
        col(OutboxMessage.due_at) < before,
    )
    order = (col(OutboxMessage.due_at), col(OutboxMessage.id))
    travelling = (
        select(OutboxMessage, Address.channel)
        .join(Conversation, col(Conversation.id) == OutboxMessage.conversation_id)
        .join(Address, col(Address.id) == Conversation.address_id)
    )
    return list(tx.session.exec(travelling.where(*waiting).order_by(*order).limit(limit)))


def outdated(tx: Tx, before: datetime) -> bool:
    """Whether a message that waits for its reader to write came to be owed before then."""
    return tx.session.exec(select(OutboxMessage.id).where(*_outdated(before)).limit(1)).first() is not None


def withdraw_outdated(tx: Tx, before: datetime, now: datetime) -> int:
    """What nobody came to read in time is not sent any more; how many messages."""
    return tx.change(OutboxMessage, *_outdated(before), state="withdrawn", reason="nobody wrote in time", sent_at=now)


def _outdated(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(OutboxMessage.campaign_id).is_not(None),
        col(OutboxMessage.state) == "held",
        col(OutboxMessage.created_at) < before,
    )


def withdraw(
    tx: Tx, reason: str, now: datetime, *, campaign_id: int | None = None, contact_id: int | None = None
) -> int:
    """What a campaign, or any campaign to one person, still owes is not sent; how many messages."""
    waiting: list[ColumnElement[bool]] = [
        col(OutboxMessage.campaign_id).is_not(None),
        col(OutboxMessage.state).in_(("due", "held")),
    ]
    if campaign_id is not None:
        waiting.append(col(OutboxMessage.campaign_id) == campaign_id)
    if contact_id is not None:
        theirs = [conversation.id for conversation in conversations_of(tx, contact_id)]
        waiting.append(col(OutboxMessage.conversation_id).in_(theirs))
    return tx.change(OutboxMessage, *waiting, state="withdrawn", reason=reason, sent_at=now)
