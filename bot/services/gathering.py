"""Keeping forwarded messages until nothing more comes, and handing them to the talk as one batch."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue import effects
from bot.dialogue.events import LocationShared, MediaShared, TextSent
from bot.dialogue.knowledge import BatchFacts, Clause, Danger, Heard, Item, PlaceFound
from storage import Tx, batches, inbox
from storage.inbox import OURS
from storage.tables import Gathered

PAUSE = timedelta(seconds=45)  # after the last message of a batch
BATCH = 50


def gather(tx: Tx, conversation_id: int, event_id: int, wanted: effects.Gather, now: datetime) -> None:
    """Keep one message and put the reading off by the whole pause."""
    content = wanted.content
    evidence = content.evidence if isinstance(content, MediaShared) else 0
    batches.keep(
        tx,
        conversation_id,
        inbox_id=event_id,
        event=json.dumps(_told(wanted), ensure_ascii=False),
        heard=json.dumps(_meant(wanted), ensure_ascii=False),
        evidence_id=evidence or None,
        due_at=now + PAUSE,
        now=now,
    )


def read_now(tx: Tx, conversation_id: int, now: datetime) -> None:
    """Let the batch of this conversation be read, as soon as what came before is played."""
    batch = batches.open_batch(tx, conversation_id)
    if batch is not None and batch.id is not None:
        _let_be_read(tx, batch.id, conversation_id, f"{now.isoformat()}", now)


def place(tx: Tx, conversation_id: int, evidence: int, where: PlaceFound, beside: tuple[PlaceFound, ...] = ()) -> None:
    """Keep where a gathered picture was taken with its message; nothing happens for one that is not gathered here."""
    batch = batches.open_batch(tx, conversation_id)
    for row in batches.messages(tx, batch.id) if batch and batch.id else ():
        if row.evidence_id == evidence:
            meant = {**json.loads(batches.heard_of(tx, row)), **_point(where, beside)}
            batches.mean(tx, row.id or 0, json.dumps(meant, ensure_ascii=False))


def put_off(tx: Tx, conversation_id: int, now: datetime) -> None:
    """Let the batch of this conversation be read after another pause."""
    batch = batches.open_batch(tx, conversation_id)
    if batch is not None and batch.id is not None:
        batches.wait_until(tx, batch.id, now + PAUSE)


def let_batches_be_read(tx: Tx, now: datetime) -> int:
    """Turn batches for which nothing more has come into events of their conversations; how many."""
    due = batches.due(tx, now, BATCH)
    for batch in due:
        assert batch.id is not None
        assert batch.due_at is not None
        _let_be_read(tx, batch.id, batch.conversation_id, batch.due_at.isoformat(), now)
    return len(due)


def _let_be_read(tx: Tx, batch_id: int, conversation_id: int, cause: str, now: datetime) -> None:
    batches.stop_waiting(tx, batch_id)
    inbox.receive(
        tx,
        source=OURS,
        unique_key=f"batch:{batch_id}:{cause}",
        order_key=0,
        payload=json.dumps({"batch": batch_id}),
        conversation_id=conversation_id,
        now=now,
    )


def facts_of(tx: Tx, conversation_id: int, *, with_items: bool) -> BatchFacts | None:
    """What a turn may know of the batch of its conversation."""
    batch = batches.open_batch(tx, conversation_id)
    if batch is None or batch.id is None:
        return None
    items = tuple(_item(tx, row) for row in batches.messages(tx, batch.id)) if with_items else ()
    return BatchFacts(batch.state == batches.GATHERING, items, batches.count(tx, batch.id))


# ---------------------------------------------------------------- a message as JSON


def _told(wanted: effects.Gather) -> dict[str, Any]:
    content, origin = wanted.content, wanted.origin
    told: dict[str, Any] = {"author": origin.author, "at": origin.at, "what": "other", "words": ""}
    match content:
        case TextSent(text):
            return {**told, "what": "words", "words": text}
        case MediaShared(kind, _, caption, _, album):
            return {**told, "what": kind, "words": caption, "album": album, "content": content.content}
        case LocationShared(_, _, name):
            return {**told, "what": "pin", "words": name}
    return told


def _meant(wanted: effects.Gather) -> dict[str, Any]:
    heard = asdict(wanted.heard) if wanted.heard else None
    if heard:
        heard["spoken"] = ()
    return {"heard": heard, **_point(wanted.place, wanted.beside)}


def _point(place: PlaceFound | None, beside: tuple[PlaceFound, ...]) -> dict[str, Any]:
    return {"place": asdict(place) if place else None, "beside": [asdict(each) for each in beside]}


def _item(tx: Tx, row: Gathered) -> Item:
    assert row.id is not None
    told, meant = json.loads(batches.event_of(tx, row)), json.loads(batches.heard_of(tx, row))
    return Item(
        id=row.id,
        what=told["what"],
        words=told["words"],
        heard=_heard(meant["heard"]) if meant["heard"] else None,
        place=PlaceFound(**meant["place"]) if meant["place"] else None,
        beside=tuple(PlaceFound(**each) for each in meant.get("beside", ())),
        evidence=row.evidence_id or 0,
        album=told.get("album", ""),
        content=told.get("content", ""),
        author=told["author"],
        at=told["at"],
    )


def _heard(stored: Mapping[str, Any]) -> Heard:
    raw = {("several" if name == "two" else name): value for name, value in stored.items()}  # "two" in older rows
    return Heard(
        **{
            **raw,
            "categories": tuple((id_, sure) for id_, sure in raw["categories"]),
            "danger": Danger(**raw["danger"]) if raw["danger"] else None,
            "place": PlaceFound(**raw["place"]) if raw["place"] else None,
            "place_options": tuple(PlaceFound(**each) for each in raw["place_options"]),
            "sub_categories": tuple((category, sub) for category, sub in raw["sub_categories"]),
            "several": tuple(Clause(each["words"], _heard(each["heard"])) for each in raw["several"]),
            "spoken": (),
        }
    )
