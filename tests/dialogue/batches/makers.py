"""Makers of gathered messages: what somebody forwarded, and the scene in which it is read."""

from dataclasses import replace
from typing import Any

from bot.dialogue.knowledge import BatchFacts, Heard, Item, Knowledge, PlaceFound
from bot.dialogue.session import Session
from bot.dialogue.turn import Scene
from tests.makers import PASAR, STREET, heard, knowledge, session, unclear

CHATTER: Heard = heard("lainnya", kind="bukan_laporan", sure=False, kind_confidence=0.97)
FAR = replace(PASAR, name="Terminal Cicaheum", kelurahan="Pasirwangi", kecamatan="Ujungberung", lat=-6.902, lon=107.656)
PIN: PlaceFound = replace(PASAR, kind="pin", name="")


def said(id_: int, words: str, understood: Heard | None = None, **more: Any) -> Item:
    """Somebody's words: a street light that is out, unless told otherwise."""
    return Item(id_, "words", words, understood or heard("pju", place=STREET), **more)


def photo(id_: int, caption: str = "", understood: Heard | None = None, **more: Any) -> Item:
    return Item(id_, "photo", caption, understood, evidence=more.pop("evidence", 100 + id_), **more)


def voice(id_: int, **more: Any) -> Item:
    return Item(id_, "voice", evidence=100 + id_, **more)


def pin(id_: int, place: PlaceFound = PIN, **more: Any) -> Item:
    return Item(id_, "pin", place=place, **more)


def words_alike(one: str, other: str) -> float:
    """The share of words that both have: plain, and the same each time."""
    left, right = set(one.split()), set(other.split())
    return len(left & right) / len(left | right) if left | right else 0.0


def scene(*items: Item, talk: Session | None = None, **more: Any) -> Scene:
    """A talk that knows these messages."""
    facts: Knowledge = knowledge(
        batch=BatchFacts(False, items, len(items)), alike=words_alike,
        fresh_numbers=tuple(f"BDG-261124-{n:04}-0" for n in range(100, 140)), **more,
    )  # fmt: skip
    return Scene(talk or session(), facts)


__all__ = ["CHATTER", "FAR", "PIN", "photo", "pin", "said", "scene", "unclear", "voice", "words_alike"]
