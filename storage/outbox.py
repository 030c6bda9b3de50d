"""What we owe to chats: rows written in the transaction of their cause, sent in order, settled with a reason."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Address, Conversation, OutboxMessage
from storage.transaction import Tx

UNSENT = ("due", "sending", "held")
"""Not with the platform yet. What is ``held`` may go out only once the person has written again."""
ARRIVED = ("sent", "delivered", "read")


def owe(
    tx: Tx,
    *,
    conversation_id: int,
    body: str,
    key: str,
    now: datetime,
    due_at: datetime | None = None,
    report_id: int | None = None,
    campaign_id: int | None = None,
) -> OutboxMessage | None:
    """Owe a message (JSON of a reply) to a conversation, at once or from `due_at`; None when `key` is owed already."""
    message = tx.add_once(
        OutboxMessage,
        conversation_id=conversation_id,
        report_id=report_id,
        campaign_id=campaign_id,
        key=key,
        body_sealed=tx.vault.seal(body),
        due_at=due_at or now,
        created_at=now,
    )
    if message is not None and message.due_at <= now:
        tx.wake(f"delivery:{conversation_id}")
    return message


def by_key(tx: Tx, key: str) -> OutboxMessage | None:
    """The message that is owed, or was, under this key."""
    return tx.session.exec(select(OutboxMessage).where(OutboxMessage.key == key)).first()


def external_id_of(tx: Tx, key: str) -> str:
    """The platform's name of the message under this key; "" while it has none."""
    found = by_key(tx, key)
    return found.external_id if found else ""


def about(tx: Tx, report_id: int) -> list[OutboxMessage]:
    """Every message about a report, oldest first."""
    query = select(OutboxMessage).where(OutboxMessage.report_id == report_id)
    return list(tx.session.exec(query.order_by(col(OutboxMessage.id))))


def under(tx: Tx, key: str) -> OutboxMessage | None:
    """What is owed, or was, for this cause."""
    return tx.session.exec(select(OutboxMessage).where(OutboxMessage.key == key)).first()


def body_of(tx: Tx, message: OutboxMessage) -> str:
    """The reply as JSON."""
    return tx.vault.open(message.body_sealed)


# ---------------------------------------------------------------- what is next


def next_due(tx: Tx, conversation_id: int, now: datetime) -> OutboxMessage | None:
    """The message to send next in this conversation; None while there is nothing, or order demands waiting.

    A message that is being sent, or was tried and waits for its next try, holds back all later ones. One that was only
    planned for later (news that can still be undone, a reminder) holds back nobody.
    """
    return tx.session.exec(_next_due(), params={"conversation_id": conversation_id, "now": now}).first()


@cache
def _next_due() -> SelectOfScalar[OutboxMessage]:
    # Built once: it is asked twice for each message, and building it anew cost far more than the question itself.
    here = OutboxMessage.conversation_id == bindparam("conversation_id")
    # SQLite would rather look through all that is due in the city: thousands of rows while a campaign goes out.
    of_this_talk = func.coalesce(OutboxMessage.due_at, OutboxMessage.due_at)
    due = of_this_talk <= bindparam("now", type_=OutboxMessage.__table__.c.due_at.type)  # type: ignore[attr-defined]
    return select(OutboxMessage).where(here, due, _free()).order_by(col(OutboxMessage.id)).limit(1)


CAMPAIGNS_AT_ONCE = 20  # a second, as this is asked; of about 30 that the Bot API allows


def conversations_due(tx: Tx, now: datetime, *, campaigns: bool = True) -> list[int]:
    """The conversations for which `next_due` has something; where that is a campaign, a few of them at a time, or none."""
    due = select(OutboxMessage.conversation_id).where(col(OutboxMessage.due_at) <= now, _free())
    of_campaign = col(OutboxMessage.campaign_id).is_not(None)
    few = due.where(of_campaign).order_by(col(OutboxMessage.due_at)).limit(CAMPAIGNS_AT_ONCE)
    personal = tx.session.exec(due.where(~of_campaign).distinct())
    return list(dict.fromkeys((*personal, *(tx.session.exec(few) if campaigns else ()))))


def next_due_at(tx: Tx) -> datetime | None:
    """When `conversations_due` will next have something; in the past when it has now; None when nothing is owed."""
    first = select(OutboxMessage.due_at).where(_free()).order_by(col(OutboxMessage.due_at)).limit(1)
    return tx.session.exec(first).first()


def _free() -> ColumnElement[bool]:
    earlier = aliased(OutboxMessage)
    holding_back = (
        select(earlier.id)
        .where(
            earlier.conversation_id == OutboxMessage.conversation_id,
            or_(
                earlier.state == "sending",
                and_(earlier.state == "due", earlier.attempts > 0, earlier.id < OutboxMessage.id),
            ),
        )
        .correlate(OutboxMessage)
        .exists()
    )
    return and_(col(OutboxMessage.state) == "due", ~holding_back)


# ---------------------------------------------------------------- sending and settling


def claim(tx: Tx, message_id: int, now: datetime, *, first: bool = False) -> bool:
    """Begin to send a message, for the `first` time or again; False when somebody else has it or it is not due."""
    since = {"tried_since": now} if first else {}
    claimed = tx.change(
        OutboxMessage,
        col(OutboxMessage.id) == message_id,
        col(OutboxMessage.state) == "due",
        col(OutboxMessage.due_at) <= now,
        state="sending",
        claimed_at=now,
        attempts=OutboxMessage.attempts + 1,
        **since,
    )
    return claimed == 1


def settle_sent(tx: Tx, message_id: int, external_id: str, now: datetime) -> bool:
    """The platform took it, under the name `external_id`. Like all settling: False when it was settled before."""
    return _settle(tx, message_id, state="sent", external_id=external_id, sent_at=now, reason="")


def settle_refused(tx: Tx, message_id: int, reason: str, now: datetime) -> bool:
    """The platform will never take it, for a reason that a person can read."""
    return _settle(tx, message_id, state="refused", reason=reason, sent_at=now)


def settle_unreachable(tx: Tx, message_id: int, reason: str, now: datetime) -> bool:
    """The person cannot be reached there any more."""
    return _settle(tx, message_id, state="unreachable", reason=reason, sent_at=now)


def retry_later(tx: Tx, message_id: int, due_at: datetime, reason: str) -> bool:
    """It did not work this time; try again at `due_at`, and keep later messages waiting until then."""
    return _settle(tx, message_id, state="due", due_at=due_at, reason=reason)


def simplify(tx: Tx, message_id: int, reason: str, now: datetime) -> bool:
    """Try at once again, in words alone."""
    return _settle(tx, message_id, state="due", due_at=now, plain=True, parts_sent=0, reason=reason)


def hold(tx: Tx, message_id: int, reason: str) -> bool:
    """Keep it until the person writes again; later messages need not wait for it."""
    return _settle(tx, message_id, state="held", reason=reason)


def release(tx: Tx, conversation_id: int, now: datetime) -> int:
    """The person wrote: everything that was held there is due again, in its order; how many."""
    held = (col(OutboxMessage.conversation_id) == conversation_id, col(OutboxMessage.state) == "held")
    # as if it had never waited: a question that was put off for the next message is known by a later due time
    released = tx.change(OutboxMessage, *held, state="due", due_at=OutboxMessage.created_at, attempts=0)
    if released:
        tx.wake(f"delivery:{conversation_id}")
    return released


def release_unnudged(tx: Tx, channel: str, now: datetime) -> int:
    """The platform sends a template again: try all that is held for persons whom we could not yet ask to write; how many."""
    nudged = and_(
        col(Address.nudged_at).is_not(None),
        or_(col(Address.wrote_at).is_(None), col(Address.nudged_at) > col(Address.wrote_at)),
    )
    talks = select(Conversation.id).join(Address, col(Address.id) == Conversation.address_id)
    waiting = (
        col(OutboxMessage.state) == "held",
        col(OutboxMessage.conversation_id).in_(talks.where(Address.channel == channel, ~nudged)),
    )
    return tx.change(OutboxMessage, *waiting, state="due", due_at=OutboxMessage.created_at, attempts=0)


def pass_on(tx: Tx, message_id: int, reason: str, now: datetime) -> None:
    """It is told elsewhere instead, before a try to send it here."""
    tx.change(OutboxMessage, col(OutboxMessage.id) == message_id, state="withdrawn", reason=reason, sent_at=now)


def keep_parts(tx: Tx, message_id: int, parts: int) -> None:
    """So many of the messages that it takes went out: a later try sends only the rest."""
    tx.change(OutboxMessage, col(OutboxMessage.id) == message_id, parts_sent=parts)


def exists(tx: Tx, key: str) -> bool:
    """Whether a message with this key was ever owed, and not withdrawn."""
    owed = select(OutboxMessage.id).where(OutboxMessage.key == key, OutboxMessage.state != "withdrawn")
    return tx.session.exec(owed).first() is not None


def keys(tx: Tx, conversation_id: int, begins: str) -> list[str]:
    """The keys that begin so, of what was owed to this conversation and not withdrawn; the oldest first."""
    owed = select(OutboxMessage.key).where(
        OutboxMessage.conversation_id == conversation_id,
        col(OutboxMessage.key).startswith(begins, autoescape=True),
        OutboxMessage.state != "withdrawn",
    )
    return list(tx.session.exec(owed.order_by(col(OutboxMessage.id))))


def withdraw(tx: Tx, key: str, reason: str, now: datetime) -> bool:
    """Do not send what was planned for later after all; False when it went out already, or never was."""
    planned = (
        col(OutboxMessage.key) == key,
        col(OutboxMessage.state).in_(("due", "held")),
        OutboxMessage.attempts == 0,
    )
    return tx.change(OutboxMessage, *planned, state="withdrawn", reason=reason, sent_at=now) == 1


def bring_forward(tx: Tx, key: str, now: datetime) -> bool:
    """Send now what was planned for later; False when it went out already, or never was."""
    planned = (col(OutboxMessage.key) == key, col(OutboxMessage.state) == "due", col(OutboxMessage.due_at) > now)
    return tx.change(OutboxMessage, *planned, OutboxMessage.attempts == 0, due_at=now) == 1


def waiting(tx: Tx, report_id: int, key_begins: str) -> list[str]:
    """The keys that begin so of what is planned about a report."""
    planned = (OutboxMessage.report_id == report_id, OutboxMessage.state == "due", OutboxMessage.attempts == 0)
    begins = col(OutboxMessage.key).startswith(key_begins, autoescape=True)
    return list(tx.session.exec(select(OutboxMessage.key).where(*planned, begins)))


def withdraw_waiting(tx: Tx, conversation_id: int, key_begins: str, reason: str, now: datetime) -> int:
    """Do not send what this conversation still waits for under such keys, and was to wait for; how many."""
    waiting = (
        col(OutboxMessage.conversation_id) == conversation_id,
        col(OutboxMessage.key).startswith(key_begins, autoescape=True),
        col(OutboxMessage.state) == "due",
        OutboxMessage.attempts == 0,
        col(OutboxMessage.due_at) > OutboxMessage.created_at,
    )
    return tx.change(OutboxMessage, *waiting, state="withdrawn", reason=reason, sent_at=now)


def recover(tx: Tx, *, claimed_before: datetime | None = None) -> list[int]:
    """Make messages due again that a crash left in the middle of sending; the conversations concerned.

    They may arrive twice: it is not known whether the platform had taken them. With several processes give
    `claimed_before`, so that what others are sending now is left alone.
    """
    interrupted = [col(OutboxMessage.state) == "sending"]
    if claimed_before is not None:
        interrupted.append(col(OutboxMessage.claimed_at) < claimed_before)
    found = list(tx.session.exec(select(OutboxMessage.conversation_id).where(*interrupted).distinct()))
    tx.change(OutboxMessage, *interrupted, state="due", reason="interrupted while sending")
    for conversation_id in found:
        tx.wake(f"delivery:{conversation_id}")
    return found


def hurry(tx: Tx, now: datetime) -> int:
    """Make everything that was put off after a failed try due now; how many. A restart is a good moment to try again."""
    put_off = (col(OutboxMessage.state) == "due", OutboxMessage.attempts > 0, col(OutboxMessage.due_at) > now)
    return tx.change(OutboxMessage, *put_off, due_at=now)


def arrived(tx: Tx, message_id: int, state: str) -> bool:
    """It was delivered, or read; what was read stays so. False when that changes nothing."""
    before = ARRIVED[: ARRIVED.index(state)]
    sent = (col(OutboxMessage.id) == message_id, col(OutboxMessage.state).in_(before))
    return tx.change(OutboxMessage, *sent, state=state) == 1


def reopen(tx: Tx, message_id: int, state: str, reason: str, due_at: datetime, **more: bool) -> bool:
    """The platform took it and did not deliver it: send it anew (due), keep it (held), or end it. False when it has arrived."""
    sent = (col(OutboxMessage.id) == message_id, OutboxMessage.state == "sent")
    changed = tx.change(OutboxMessage, *sent, state=state, reason=reason, due_at=due_at, parts_sent=0, **more)
    if changed and state == "due":
        tx.wake(f"delivery:{by_id(tx, message_id).conversation_id}")
    return changed == 1


def by_id(tx: Tx, message_id: int) -> OutboxMessage:
    """The message of that id."""
    return tx.session.get_one(OutboxMessage, message_id)


def address_id_of(tx: Tx, message_id: int) -> int:
    """To whom it goes."""
    return tx.session.get_one(Conversation, by_id(tx, message_id).conversation_id).address_id


def _settle(tx: Tx, message_id: int, **values: object) -> bool:
    unsent = (col(OutboxMessage.id) == message_id, col(OutboxMessage.state).in_(UNSENT))
    return tx.change(OutboxMessage, *unsent, **values) == 1


def goes_out(tx: Tx, conversation_id: int, since: datetime, now: datetime) -> bool:
    """Whether something is on its way in this conversation, or went out since then."""
    waits = and_(col(OutboxMessage.state).in_(("due", "sending")), col(OutboxMessage.due_at) <= now)
    way = or_(waits, col(OutboxMessage.claimed_at) >= since)
    found = select(OutboxMessage.id).where(OutboxMessage.conversation_id == conversation_id, way).limit(1)
    return tx.session.exec(found).first() is not None


# ---------------------------------------------------------------- what was said


def talk(tx: Tx, conversation_id: int, after_id: int = 0, limit: int = 200) -> list[OutboxMessage]:
    """What we said in this conversation after the message `after_id`, oldest first."""
    return list(
        tx.session.exec(
            select(OutboxMessage)
            .where(
                OutboxMessage.conversation_id == conversation_id,
                col(OutboxMessage.id) > after_id,
                col(OutboxMessage.state).in_(ARRIVED),
            )
            .order_by(col(OutboxMessage.id))
            .limit(limit)
        )
    )
