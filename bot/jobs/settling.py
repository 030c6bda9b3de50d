"""What the outcome of a delivery means for the row: it ends, is put off, or is kept until the person writes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channels.base import (
    Delivered,
    Delivery,
    NeedsOperator,
    OtherForm,
    Partly,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)
from bot.dialogue.replies import Reply
from bot.jobs import progress
from bot.services import operators, reaching, templates
from bot.services.enclosures import Enclosure
from bot.services.office import Office
from cities.templates import Filled
from storage import Tx, conversations, outbox, parcels, people
from storage.tables import OutboxMessage, SentParcel

LONGEST_PAUSE = 300.0  # seconds between two tries
GIVE_UP_AFTER = timedelta(days=2)  # of trying


@dataclass(frozen=True, slots=True)
class Owed:
    """One message that was taken to be sent."""

    message: OutboxMessage
    reply: Reply
    fault: str  # why the reply cannot be read
    source: str
    address_id: int
    chat_id: str
    language: str
    unreachable: str
    wrote_at: datetime | None  # when the person last wrote, as known before sending
    followed: bool  # the platform tells later what became of it
    template: Filled | None  # that is sent instead, as they wrote too long ago
    pictures: tuple[tuple[str, str], ...]  # (path, media type) of our own copies
    enclosed: tuple[Enclosure, ...] = ()
    in_group: bool = False  # what goes wrong there says nothing of the person
    replaces: str = ""  # the platform's name of the message whose place it takes

    @property
    def channel(self) -> str:
        return self.source.partition(":")[0]

    @property
    def id(self) -> int:
        assert self.message.id is not None
        return self.message.id


def settle(tx: Tx, office: Office, owed: Owed, outcome: Delivery, now: datetime) -> None:
    """Keep what became of a try to send."""
    if owed.template:
        _settle_template(tx, office, owed, owed.template, outcome, now)
    else:
        _settle(tx, office, owed, outcome, now)


def keep_parts(tx: Tx, owed: Owed, partly: Partly, now: datetime) -> None:
    """Some of the messages that it takes went out: they are not sent again, and what becomes of them counts."""
    outbox.keep_parts(tx, owed.id, partly.done)
    if owed.followed:
        parcels.sent(tx, owed.channel, partly.external_ids, owed.id, now)


def _settle_template(tx: Tx, office: Office, owed: Owed, template: Filled, outcome: Delivery, now: datetime) -> None:
    """A template that only asked the person to write leaves the message itself to be sent when they do."""
    match outcome:
        case Delivered() if template.tells_all:
            _settle(tx, office, owed, outcome, now)
        case Refused() if templates.is_campaign(owed.reply):
            _settle(tx, office, owed, outcome, now)
        case Delivered() | Refused():
            people.nudge(tx, owed.address_id, now)
            if isinstance(outcome, Delivered) and owed.followed:
                parcels.sent(tx, owed.channel, _ids(outcome), owed.id, now, nudge=True)
            refused = outcome.reason if isinstance(outcome, Refused) else ""
            reason = refused or f"the template {template.name} asked the person to write"
            _hold(tx, owed, reason, now)
        case TemplateUnusable() | OtherForm():
            status = outcome.status if isinstance(outcome, TemplateUnusable) else ""
            templates.unusable(tx, owed.channel, template, status, outcome.reason, now)
            outbox.retry_later(tx, owed.id, now, f"{template.name}: {outcome.reason}")
            sentences = outcome.sentences if isinstance(outcome, TemplateUnusable) else {"en": outcome.reason}
            operators.page(tx, office, owed.source, template.name, sentences, now)
        case _:
            _settle(tx, office, owed, outcome, now)


def _hold(tx: Tx, owed: Owed, reason: str, now: datetime) -> None:
    """Keep it until the person writes; when they did so while we were sending, it is due at once."""
    if _wrote_since(tx, owed):
        outbox.retry_later(tx, owed.id, now, reason)
    else:
        outbox.hold(tx, owed.id, reason)


def _settle(tx: Tx, office: Office, owed: Owed, outcome: Delivery, now: datetime) -> None:
    match outcome:
        case Delivered(external_id):
            outbox.settle_sent(tx, owed.id, external_id, now)
            if owed.followed:
                _catch_up(tx, office, owed, parcels.sent(tx, owed.channel, _ids(outcome), owed.id, now), now)
        case Refused(reason):
            outbox.settle_refused(tx, owed.id, reason, now)
        case Unreachable(reason):
            if not owed.in_group:
                people.mark_unreachable(tx, owed.address_id, reason, now)
            elsewhere = reaching.send_elsewhere(tx, owed.message, now)
            told = f"{reason}; sent on {elsewhere} instead" if elsewhere else reason
            outbox.settle_unreachable(tx, owed.id, told, now)
        case NeedsOperator(code, sentences, after):
            outbox.retry_later(tx, owed.id, now + timedelta(seconds=after), outcome.reason)
            operators.page(tx, office, owed.source, code, sentences, now)
        case TryLater():
            _put_off(tx, owed, outcome, now)
        case _:
            _send_otherwise(tx, owed, outcome, now)


def _ids(outcome: Delivered) -> tuple[str, ...]:
    return tuple(one for one in (*outcome.earlier, outcome.external_id) if one)


def _catch_up(tx: Tx, office: Office, owed: Owed, sent: list[SentParcel], now: datetime) -> None:
    """Its news may have come before this: a platform's webhook can overtake our own commit."""
    for parcel in sent:
        if parcel.state != "sent":
            progress.follow(tx, office, owed.source, parcel, now)


def _put_off(tx: Tx, owed: Owed, outcome: TryLater, now: datetime) -> None:
    since = owed.message.tried_since or owed.message.created_at
    if outcome.counts and now - since > GIVE_UP_AFTER:
        reason = f"given up after {owed.message.attempts} tries: {outcome.reason}"
        outbox.settle_refused(tx, owed.id, reason, now)
    else:
        due_at = now + timedelta(seconds=pause(owed, outcome))
        outbox.retry_later(tx, owed.id, due_at, outcome.reason)


def _send_otherwise(tx: Tx, owed: Owed, outcome: WindowShut | OtherForm | TemplateUnusable, now: datetime) -> None:
    """Not like this: later, when the person has written, or in words alone."""
    match outcome:
        case OtherForm(reason) if owed.message.plain:
            outbox.settle_refused(tx, owed.id, reason, now)
        case OtherForm(reason):
            outbox.simplify(tx, owed.id, reason, now)
        case WindowShut(reason) if owed.wrote_at is not None:
            people.shut_window(tx, owed.address_id, owed.wrote_at)
            outbox.retry_later(tx, owed.id, now, reason)  # finds the window shut, or open if they wrote meanwhile
        case _:
            _hold(tx, owed, outcome.reason, now)


def _wrote_since(tx: Tx, owed: Owed) -> bool:
    """Whether the person wrote while we were sending: then the window is open by now."""
    conversation = conversations.load(tx, owed.message.conversation_id).conversation
    wrote_at = people.address_of(tx, conversation).wrote_at
    return wrote_at is not None and wrote_at != owed.wrote_at


def pause(owed: Owed, outcome: TryLater | NeedsOperator) -> float:
    """What the platform asked for; else twice as long with every try."""
    if isinstance(outcome, NeedsOperator) or not outcome.counts:
        return outcome.after
    return min(LONGEST_PAUSE, outcome.after * 2.0 ** min(owed.message.attempts, 10))
