"""How far a message came with its recipient: the least of its parcels counts, and one that failed decides what happens next."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from bot.channels.base import (
    Delivery,
    NeedsOperator,
    OtherForm,
    Refused,
    TemplateUnusable,
    TryLater,
    Unreachable,
    WindowShut,
)
from bot.services import operators
from bot.services.office import Office
from storage import Tx, outbox, parcels, people
from storage.tables import SentParcel

KINDS: Final = {
    kind.__name__: kind
    for kind in (TryLater, Refused, Unreachable, WindowShut, OtherForm, TemplateUnusable, NeedsOperator)
}
MOST_ATTEMPTS: Final = 5
"""So often a message is sent that the platform takes and then fails to deliver."""


def written(outcome: Delivery) -> str:
    """An outcome as it is kept with a parcel."""
    return json.dumps({"kind": type(outcome).__name__, **asdict(outcome)})


def read(text: str) -> Delivery:
    """The outcome that `written` wrote."""
    raw: dict[str, Any] = json.loads(text)
    kind: Any = KINDS[raw.pop("kind")]
    outcome: Delivery = kind(**raw)
    return outcome


def follow(tx: Tx, office: Office, source: str, parcel: SentParcel, now: datetime) -> None:
    """A parcel of a message of ours came farther, or failed."""
    assert parcel.message_id is not None
    if parcel.state == "failed":
        _failed(tx, office, source, parcel, parcel.message_id, read(parcel.outcome), now)
    elif not parcel.nudge:
        advance(tx, parcel.message_id)


def advance(tx: Tx, message_id: int) -> None:
    """The message came as far as the parcel that came least far."""
    states = [parcel.state for parcel in parcels.of_message(tx, message_id)]
    least = min(states, key=parcels.PROGRESS.index, default="sent")
    if least in {"delivered", "read"}:
        outbox.arrived(tx, message_id, least)


def _failed(
    tx: Tx, office: Office, source: str, parcel: SentParcel, message_id: int, outcome: Delivery, now: datetime
) -> None:
    if isinstance(outcome, Unreachable):
        people.mark_unreachable(tx, outbox.address_id_of(tx, message_id), outcome.reason, now)
    if isinstance(outcome, NeedsOperator):
        operators.page(tx, office, source, outcome.code, outcome.sentences, now)
    if parcel.nudge:
        return  # the message that it spoke of is held, and waits for the person
    if _again(tx, message_id, outcome, now):
        parcels.let_go(tx, message_id)


def _again(tx: Tx, message_id: int, outcome: Delivery, now: datetime) -> bool:
    """Send a message anew that the platform took and did not deliver, where that may help; False when it ends so."""
    message = outbox.by_id(tx, message_id)
    match outcome:
        case WindowShut(reason):
            address = people.address_by_id(tx, outbox.address_id_of(tx, message_id))
            if address.wrote_at is None:
                return outbox.reopen(tx, message_id, "held", reason, now)
            if message.claimed_at is None or address.wrote_at <= message.claimed_at:
                people.shut_window(tx, address.id, address.wrote_at)
            return outbox.reopen(tx, message_id, "due", reason, now)
        case TemplateUnusable():
            return outbox.reopen(tx, message_id, "held", outcome.reason, now)
        case OtherForm(reason) if not message.plain:
            return outbox.reopen(tx, message_id, "due", reason, now, plain=True)
        case TryLater(after, reason) if message.attempts < MOST_ATTEMPTS:
            return outbox.reopen(tx, message_id, "due", reason, now + timedelta(seconds=after))
        case NeedsOperator(after=after):
            return outbox.reopen(tx, message_id, "due", outcome.reason, now + timedelta(seconds=after))
        case Unreachable(reason):
            outbox.reopen(tx, message_id, "unreachable", reason, now)
        case TryLater(_, reason) | Refused(reason) | OtherForm(reason):
            outbox.reopen(tx, message_id, "refused", reason, now)
    return False
