"""Makers of what a turn is played with: sessions, drafts, facts. Everything has a plausible value unless a test gives another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dialogue.effects import Effect, Say, WakeAfter
from bot.dialogue.engine import advance, meant
from bot.dialogue.events import ChoicePicked, CommandGiven, Event, TextSent, said
from bot.dialogue.knowledge import (
    Danger,
    Heard,
    Knowledge,
    PlaceFound,
    QueuePage,
    ReportFacts,
    StaffFacts,
    TimelineStep,
)
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.patience import LEFT_ALONE
from bot.dialogue.turn import Turn
from bot.staff.commands import commands_for
from cities.city import City
from cities.loading import load_city

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""A Tuesday, nine in the morning in Bandung."""
CITY: City = load_city("bandung")
NUMBER, OTHER, FRESH = "BDG-261124-0042-4", "BDG-261124-0017-6", "BDG-261124-0100-0"
"""A report of the person, one of somebody else, and what a report filed now is called."""

PASAR = PlaceFound(
    "Pasar Cihapit", "landmark", "Cihapit", "Bandung Wetan", "Kota Bandung", -6.9078, 107.6213, confidence=0.8
)
STREET = PlaceFound("Jalan Cikutra", "street", "Neglasari", "Cibeunying Kaler", "Kota Bandung", confidence=0.8)
LONG_STREET = PlaceFound(
    "Jalan Soekarno-Hatta", "street", kota_kab="Kota Bandung", authority="nasional", authority_basis="sourced"
)
DISTRICT = PlaceFound("Coblong", "kecamatan", kecamatan="Coblong", kota_kab="Kota Bandung")
OUTSIDE = PlaceFound("Lembang", "kecamatan", kecamatan="Lembang", kota_kab="Kabupaten Bandung Barat")


def heard(category: str = "pju", **changes: Any) -> Heard:
    """Words that are surely a complaint of this category; ``sure=False`` for a guess among others."""
    sure = changes.pop("sure", True)
    others = [id_ for id_ in ("sampah", "jalan_rusak", "lainnya", "kedaruratan") if id_ != category]
    categories = ((category, 0.97 if sure else 0.4), *((id_, 0.01) for id_ in others))
    usual = Heard("id", "pengaduan", 0.9, categories, sure, "sedang")
    return replace(usual, **changes)


def unclear(**changes: Any) -> Heard:
    """Words that tell nothing."""
    return heard("lainnya", sure=False, kind_confidence=0.4, urgency="rendah", **changes)


def danger(kind: str = "kebakaran", **changes: Any) -> Heard:
    """Words of somebody in danger."""
    about_self = changes.pop("about_self", False)
    return heard("kedaruratan", urgency="darurat", danger=Danger(kind, about_self), **changes)


def draft(**changes: Any) -> Draft:
    """A complaint about a street light, with everything that is needed."""
    usual = Draft(
        description="lampu jalan mati depan pasar cihapit",
        category="pju",
        category_confidence=0.97,
        category_options=("pju", "sampah", "jalan_rusak"),
        priority="sedang",
        place=PASAR,
        place_words="pasar cihapit",
        similar_settled=True,
    )
    return replace(usual, **changes)


def session(**changes: Any) -> Session:
    """A talk in Indonesian in which nothing is begun."""
    return replace(Session(turn=7, language="id"), **changes)


def at_read_back(**changes: Any) -> Session:
    """A talk at the last question, with its choices offered."""
    offered = (Choice("send", "Kirim"), Choice("change", "Ubah"), Choice("cancel", "Batal"))
    return session(step="confirm", draft=draft(**changes), offered=offered)


def asked_where(**changes: Any) -> Session:
    """A talk at the question where it is."""
    return session(step="location", draft=draft(place=None, place_words="", **changes))


def report(**changes: Any) -> ReportFacts:
    """The person's own report, just received."""
    usual = ReportFacts(
        number=NUMBER,
        status="diterima",
        category="pju",
        kind="pengaduan",
        priority="sedang",
        mine=True,
        description="lampu jalan mati",
        place="Pasar Cihapit, Kel. Cihapit",
        created_at=NOW - timedelta(minutes=5),
        timeline=(TimelineStep("diterima", NOW - timedelta(minutes=5)),),
        due_at=NOW + timedelta(hours=4),
    )
    return replace(usual, **changes)


def said_done(**changes: Any) -> ReportFacts:
    """The person's own report, of which the office says that it is done."""
    steps = (
        TimelineStep("diterima", NOW - timedelta(days=3)),
        TimelineStep("menunggu_konfirmasi", NOW - timedelta(days=1), "lampu diganti", "dishub"),
    )
    return report(status="menunggu_konfirmasi", timeline=steps, agency="dishub", **changes)


def knowledge(**changes: Any) -> Knowledge:
    """What a turn of a citizen knows."""
    levels = {level.id: NOW + timedelta(hours=n) for n, level in enumerate(CITY.priorities)}
    return replace(Knowledge(CITY, NOW, fresh_number=FRESH, answer_by=levels), **changes)


def back_office(*roles: str, **changes: Any) -> Knowledge:
    """What a turn of a member of staff knows."""
    held = roles or ("administrator",)
    commands = tuple((command.name, command.help) for command in commands_for(held))
    queue = QueuePage((report(mine=False),), 1, 1, 1)
    usual = knowledge(staff=StaffFacts(frozenset(held), ("dsdabm",), commands), queue=queue, citizen_channel="t.me/x")
    return replace(usual, **changes)


# ---------------------------------------------------------------- playing one turn


def play(before: Session, happens: Event | str, know: Knowledge | None = None, *, desk: str = "citizen") -> Turn:
    """One turn; words are typed as they are, so that "2" may be a choice and "/status" a command."""
    event = said(happens) if isinstance(happens, str) else happens
    known = know or knowledge()
    if isinstance(event, TextSent) and known.heard is None:
        known = replace(known, heard=unclear())
    return advance(before, meant(before, event, known.city), known, desk=desk)


def tap(before: Session, value: str) -> ChoicePicked:
    """A tap on a button of the last bubble."""
    return ChoicePicked(value, before.turn)


def command(name: str, argument: str = "") -> CommandGiven:
    return CommandGiven(name, argument)


def shown(turn: Turn) -> Reply:
    """The one thing that was said."""
    (reply,) = (effect.reply for effect in turn.effects if isinstance(effect, Say))
    return reply


def done(turn: Turn) -> tuple[Effect, ...]:
    """What else was wanted; that a draft left alone is recalled goes without saying."""
    recall = WakeAfter(LEFT_ALONE)
    return tuple(effect for effect in turn.effects if not isinstance(effect, Say) and effect != recall)


def values(turn: Turn) -> tuple[str, ...]:
    """The values of the choices that were offered."""
    return tuple(choice.value for choice in shown(turn).choices)
