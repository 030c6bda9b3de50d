"""Every state answers every kind of event, and no draft is ever lost."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.effects import (
    AddToReport,
    AskForPerson,
    FindSimilar,
    JoinReport,
    MoveReport,
    OpenReport,
    PassOn,
    Say,
    WakeAfter,
)
from bot.dialogue.engine import advance, meant
from bot.dialogue.events import (
    ActRefused,
    ChoicePicked,
    CommandGiven,
    Event,
    LocationShared,
    MediaFailed,
    MediaReady,
    MediaShared,
    MessageDeleted,
    MessageEdited,
    SilenceFell,
    SimilarFound,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.identity_numbers import numbers_in
from bot.dialogue.knowledge import Clause, HandoverFacts, InvitationFacts, Knowledge, UsualPlace
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft, Held, Session, Source, Task
from bot.dialogue.turn import Turn
from tests.makers import (
    CITY,
    DISTRICT,
    LONG_STREET,
    NOW,
    NUMBER,
    OTHER,
    OUTSIDE,
    PASAR,
    STREET,
    asked_where,
    at_read_back,
    back_office,
    danger,
    draft,
    heard,
    knowledge,
    report,
    said_done,
    session,
    unclear,
)

QUIET = SilenceFell | MediaReady | MediaFailed | MessageEdited | MessageDeleted
PIN, PIN_OUTSIDE = replace(PASAR, kind="pin", name=""), replace(OUTSIDE, kind="pin", lat=-6.81, lon=107.61)
STEPS = ("idle", "describe", "category", "location", "similar", "confirm", "change", "emergency")
DRAFTS = {
    "only a photo": Draft(evidence=(3,)),
    "a photo with its place": Draft(evidence=(3,), photo_place=PASAR),
    "only a pin": Draft(place=PASAR, place_settled=True),
    "no category": draft(category="", place=None, place_words=""),
    "no place": draft(place=None, place_words=""),
    "several places": draft(place=None, place_options=(STREET, replace(STREET, kelurahan="Cikutra"))),
    "a wide place": draft(place=DISTRICT),
    "a long street": draft(place=LONG_STREET, category="jalan_rusak"),
    "outside the city": draft(place=OUTSIDE),
    "complete": draft(evidence=(3, 4)),
    "a secret": draft(category="perilaku_aparatur", privacy="rahasia"),
    "a question": draft(category="adminduk", kind="permintaan_informasi", place=None),
    "danger": draft(category="", danger="kebakaran", priority="darurat"),
}
TASKS = (
    "photo_mask",
    "photo_approve",
    "verifikasi",
    "verify_category",
    "disposisi",
    "proses",
    "selesai",
    "lengkapi",
    "jadwalkan",
)
VALUES = (
    "send change cancel skip continue start_over yes no different show_name status language:en one_report category:sampah"
    " edit:description edit:category edit:location edit:privacy"
).split()
ABOUT = (
    f"support:{OTHER}",
    f"done:{NUMBER}",
    f"not_done:{NUMBER}",
    f"rate:{NUMBER}:1",
    f"rate:{NUMBER}:5",
    f"about:{NUMBER}",
    f"add:{NUMBER}",
    "data:copy",
    "data:erase",
    "keep_data",
    "photo_place",
    f"usual:{NUMBER}",
)
STAFF_VALUES = (
    "photo_none:3 photo_again photo_approve photo_withdraw:3"
    f" right category as:sampah to:dsdabm stop queue:1 see:{NUMBER} verifikasi:{NUMBER} selesai:{NUMBER}"
).split()
CHOICES = tuple(Choice(value, f"pilihan {n}") for n, value in enumerate((*VALUES, *ABOUT)))
STAFF_CHOICES = tuple(Choice(value, f"pilihan {n}") for n, value in enumerate(STAFF_VALUES))
FORGED = (
    "",
    ":",
    "place:99",
    "place:x",
    "category:none",
    f"rate:{NUMBER}:9",
    "rate::5",
    "language:xx",
    "queue:x",
    "to:nowhere",
)
TEXTS = (
    "lampu jalan mati", "1", "2", "ya", "tidak", "sudah", "belum, masih rusak", "batal", "halo", "terima kasih", "kirim", "",
    "di jalan cikutra", "???", "ubah lokasi", "bahasa sunda", "status", "anonim", NUMBER, "mau lapor min", "ga tau", "beda, di sana",
    "ok", "x" * 5000, "salah, harusnya di sana", "laporan saya gimana", "kembali", "lewati", "Drainase", "kirm",
    "petugas", "punten, hoyong nyarios sareng patugas", "selesai", "hapus data saya", "data saya", "tambahan: tiangnya miring",
    "mantap sudah nyala", "kapan diperbaiki?", "tidak jadi",
)  # fmt: skip
COMMANDS = (
    "start",
    "lapor",
    "status",
    "batal",
    "kembali",
    "bantuan",
    "bahasa",
    "privasi",
    "buka",
    "ubah",
    "beda",
    "antrean",
    "lihat",
)
COMMANDS += (
    "foto",
    "akses",
    "hapus",
    "data",
    "petugas",
    "balas",
    "verifikasi",
    "disposisi",
    "proses",
    "selesai",
    "nonsense",
)
EVENTS: tuple[Event, ...] = (
    *map(TextSent, TEXTS),
    *(CommandGiven(name) for name in COMMANDS),
    CommandGiven("status", NUMBER),
    CommandGiven("selesai", f"{NUMBER} sudah ditambal"),
    CommandGiven("start", "KODE"),
    LocationShared(-6.9, 107.6),
    LocationShared(-6.9, 107.6, moved=True),
    MediaShared("photo", "file", "", 9),
    MediaShared("photo", "file", "sampah menumpuk", 9),
    MediaShared("photo", "file", "", 9, album="a"),
    MediaShared("voice", "file", "", 9),
    MediaShared("document", "file", "", 9),
    UnreadableSent("sticker"),
    UnreadableSent("contacts"),
    MessageEdited("lampu jalan mati", "3"),
    MessageEdited("lampu jalan mati depan pasar cihapit dan sudah lama"),
    MessageEdited(""),
    MessageEdited("sampah menumpuk", "4"),
    MessageDeleted("3"),
    MessageDeleted("4"),
    TextSent("lampu mati, nik 3273012345678901"),
    TextSent("3273 0123 4567 8901"),
    MediaShared("photo", "file", "ktp 3273012345678901", 9),
    CommandGiven("lapor", "kk 3273012345678901 jalan rusak"),
    SilenceFell(7),
    SilenceFell(1),
    MediaReady(9, -6.9, 107.6),
    MediaReady(3, -6.9, 107.6),
    MediaFailed(9, "gone"),
    ActRefused("illegal_move", NUMBER, "diproses", ("menunggu_konfirmasi",)),
    ActRefused("moved_meanwhile", NUMBER, "diproses"),
    ActRefused("not_allowed", NUMBER),
    ActRefused("unknown_report", NUMBER),
    ActRefused("invitation_used"),
    *(ChoicePicked(choice.value, turn) for choice in CHOICES + STAFF_CHOICES for turn in (7, 3, 0)),
    *(ChoicePicked(value, turn) for value in FORGED for turn in (7, 0)),
)
WORDS = {
    "nothing told": unclear(),
    "a light": heard("pju"),
    "rubbish and where": heard("sampah", place=STREET),
    "a district": unclear(place=DISTRICT),
    "several places": unclear(place_options=(STREET, replace(STREET, kelurahan="Cikutra"))),
    "a fire": danger(),
    "despair": danger("jiwa", about_self=True),
    "violence": danger("kekerasan_ppa"),
    "chatter": heard("lainnya", kind="bukan_laporan", sure=False),
    "a question": heard("adminduk", kind="permintaan_informasi", language="su"),
    "about an official": heard("perilaku_aparatur", language="mix"),
    "two problems": heard(
        "pju",
        several=(Clause("lampu jalan mati", heard("pju")), Clause("sampah numpuk", heard("sampah", place=STREET))),
    ),
    "english": heard("jalan_rusak", language="en", urgency="tinggi"),
}
FACTS = {
    "nobody's": {},
    "one own": {"own": (report(),), "named": report(), "number_heard": NUMBER},
    "said done": {"own": (said_done(),), "similar": (report(number=OTHER, mine=False),)},
    "two done": {"own": (said_done(), said_done(number=OTHER))},
    "a stranger's": {"named": report(number=OTHER, mine=False), "number_heard": OTHER},
    "mistyped": {"number_heard": NUMBER, "number_mistyped": True},
    "usual places": {"own": (report(),), "usual_places": (UsualPlace(NUMBER, PASAR), UsualPlace(OTHER, STREET))},
    "a person is asked for": {"own": (report(),), "handover": HandoverFacts(5, NOW), "opens_at": NOW},
    "a person answers": {"handover": HandoverFacts(5, NOW, claimed=True)},
    "closed": {"own": (report(status="ditutup"),), "language_hint": "en"},
}


def citizen_states() -> Iterator[tuple[str, Session]]:
    for kind, each in DRAFTS.items():
        for step in STEPS:
            if fits(step, each):
                yield f"{step}, {kind}", session(step=step, draft=each, offered=CHOICES, tries=1)
    yield "nothing begun", session(offered=CHOICES)
    yield "the first word", Session()
    for step in ("describe", "care", "bystander", "aftermath", "what_is_left", "correction"):
        yield step, session(step=step, about=NUMBER, wants_photo=True)
    yield "a low rating", session(step="rating_word", about=f"{NUMBER}:1")
    yield "another waits", at_read_back()
    yield "another waits for later", replace(at_read_back(), later=(draft(category="sampah"),))
    yield "only one for later", session(later=(draft(category="sampah"),))
    yield "taken apart", replace(at_read_back(), whole=draft(), later=(draft(category="sampah"),), past=("describe",))
    told = (Source("3", "lampu jalan mati depan pasar cihapit"), Source("4", "sampah", NUMBER))
    yield "an edit is possible", replace(at_read_back(), told=told)
    yield "an edit of what was filed", session(told=told, about=NUMBER)
    yield "asked where", replace(asked_where(), tries=2)
    yield "asked which report", session(held=Held("lubangnya besar", (3,), turn=7), offered=CHOICES, about=NUMBER)
    yield "asked where anew", replace(asked_where(evidence=(3,)), undone=draft())


def staff_states() -> Iterator[tuple[str, Session]]:
    yield "at the queue", session(offered=STAFF_CHOICES, about=NUMBER)
    yield "never seen", Session()
    for step in TASKS:
        name = {"verify_category": "verifikasi", "photo_mask": "foto", "photo_approve": "foto"}.get(step, step)
        task = Task(name, NUMBER, "diterima", note="3" if name == "foto" else "")
        yield step, session(step=step, task=task, about=NUMBER, offered=STAFF_CHOICES)


def fits(step: str, each: Draft) -> bool:
    """Whether the talk can be at this step with this draft."""
    known = {"category": bool(each.description), "emergency": bool(each.description)}
    return known.get(step, step in ("idle", "describe") or bool(each.description and each.category))


def staff_knowledge() -> Iterator[Knowledge]:
    moves = ("terverifikasi", "didisposisikan", "diproses", "menunggu_konfirmasi")
    for roles in (("administrator",), ("narahubung",), ("administrator", "narahubung"), ("pimpinan",)):
        yield back_office(*roles, heard=heard("sampah"))
        yield back_office(
            *roles, heard=heard("pju"), named=report(moves=moves, proposed_agency="dsdabm"), number_heard=NUMBER
        )
        yield back_office(
            *roles, heard=unclear(), named=report(), agencies_heard=("dsdabm",), unmanned=frozenset({"dsdabm"})
        )
    waits, taken = HandoverFacts(5, NOW, lately=("> halo",)), HandoverFacts(6, NOW, claimed=True)
    yield back_office(heard=unclear(), waiting=(waits,))
    yield back_office(heard=heard("pju"), handover=taken, waiting=(waits,))
    yield knowledge(
        heard=unclear(), citizen_channel="t.me/x", invitation=InvitationFacts("open", "narahubung", "dsdabm")
    )
    yield knowledge(heard=unclear(), citizen_channel="t.me/x", invitation=InvitationFacts("used"))


# ---------------------------------------------------------------- what always holds


def check(before: Session, event: Event, know: Knowledge, desk: str) -> Turn:
    """Play one event and check everything that must hold of any turn."""
    event = meant(before, event, CITY)
    turn = advance(before, event, know, desk=desk)
    assert Session.from_json(turn.session.to_json()) == turn.session
    said = [effect.reply for effect in turn.effects if isinstance(effect, Say)]
    for reply in said:
        assert reply.text.strip()
        assert "{" not in reply.text
        assert "3273" not in reply.text
        assert reply.turn == turn.session.turn > before.turn
        assert reply.choices == turn.session.offered
        for choice in reply.choices:
            assert choice.value.isascii()
            assert len(choice.value) <= 48
            assert 0 < len(choice.label) <= 20
    if not (isinstance(event, QUIET) or continues_album(before, event) or getattr(event, "moved", False)):
        looks = [effect for effect in turn.effects if isinstance(effect, FindSimilar)]
        passed_on = know.handover and any(isinstance(effect, PassOn) for effect in turn.effects) and not said
        refused = desk == "staff" and any(isinstance(effect, MoveReport) for effect in turn.effects) and not said
        assert len(said) + len(looks) == 1 or refused or passed_on, "one answer"
        if looks:
            check(turn.session, SimilarFound(looks[0].before), know, desk)
    if turn.session.step == "emergency" and said:
        assert any(isinstance(effect, WakeAfter) for effect in turn.effects), "silence must fall"
    assert not numbers_in(turn.session.to_json()), "an identity number is kept nowhere"
    assert not numbers_in(repr([each for each in turn.effects if not isinstance(each, Say)]))
    nothing_lost(before, event, turn)
    return turn


def continues_album(before: Session, event: Event) -> bool:
    return isinstance(event, MediaShared) and bool(event.album) and event.album == before.album


def nothing_lost(before: Session, event: Event, turn: Turn) -> None:
    """A draft is filed, given up by its writer's own word, or still there with every word and file of it."""
    if isinstance(event, CommandGiven) and event.name == "batal":
        return
    if isinstance(event, TextSent) and event.text in ("batal", "tidak jadi"):
        return
    if isinstance(event, ChoicePicked) and event.value in ("cancel", "start_over", "erase:all", "erase:follow"):
        return
    filed = [effect.draft for effect in turn.effects if isinstance(effect, OpenReport | JoinReport)]
    added = [Draft(evidence=effect.evidence) for effect in turn.effects if isinstance(effect, AddToReport)]
    kept = [each for each in (turn.session.draft, *turn.session.later, *filed, *added) if each]
    for had in (before.draft, *before.later):
        if had is None:
            continue
        rewritten = (
            before.step == "describe"
            and had is before.draft
            and isinstance(event, TextSent | MediaShared | CommandGiven)
        )
        rewritten = rewritten or isinstance(event, MessageEdited | MessageDeleted)
        assert any(
            set(had.evidence) <= set(each.evidence) and (rewritten or had.description in each.description)
            for each in kept
        ), had


@pytest.mark.parametrize("shift", range(2))
def test_every_citizen_state_answers_every_event(shift: int) -> None:
    known = [knowledge(heard=WORDS[words], located=PIN, **FACTS[facts]) for words in WORDS for facts in FACTS]
    for n, ((_, before), event) in enumerate(product(citizen_states(), EVENTS)):
        turn = check(before, event, known[(n * 5 + shift * 29) % len(known)], "citizen")
        assert not any("None" in effect.reply.text for effect in turn.effects if isinstance(effect, Say))


def test_every_staff_state_answers_every_event() -> None:
    for know in staff_knowledge():
        for _, before in staff_states():
            for event in EVENTS:
                check(before, event, know, "staff")


WAYS_TO_ASK = (
    "petugas", "Petugas!", "petugas dong pak", "punten, hoyong nyarios sareng patugas", "mau bicara sama petugas dong pak", "ADMIN",
    "talk to a human please", "saya mau ngobrol sama manusia, bukan bot", "bisa disambungkan ke operator?",
)  # fmt: skip


@pytest.mark.parametrize("wish", [*map(TextSent, WAYS_TO_ASK), CommandGiven("petugas")], ids=str)
def test_whoever_asks_for_a_person_gets_one_at_every_step(wish: Event) -> None:
    for name, before in citizen_states():
        know = knowledge(heard=heard("pju"), located=PIN)
        turn = check(before, wish, know, "citizen")
        assert any(isinstance(effect, AskForPerson) for effect in turn.effects), name
        assert turn.session.draft == before.draft, name


CHOSEN = st.one_of(
    st.sampled_from(EVENTS),
    st.integers(0, 9).map(lambda n: TextSent(str(n))),
    st.text(st.characters(exclude_characters="{}"), max_size=60).map(TextSent),
)


@given(
    st.lists(st.tuples(CHOSEN, st.sampled_from(list(WORDS)), st.sampled_from(list(FACTS))), max_size=12),
    st.lists(st.sampled_from((PIN, PIN_OUTSIDE)), min_size=1, max_size=2),
)
@settings(max_examples=150, deadline=None)
def test_no_talk_of_any_kind_comes_to_a_dead_end(steps: list[tuple[Event, str, str]], places: list[object]) -> None:
    talk = Session()
    for n, (event, words, facts) in enumerate(steps):
        happens = ChoicePicked(talk.offered[0].value, talk.turn) if n % 3 == 2 and talk.offered else event
        know = knowledge(heard=WORDS[words], located=places[n % len(places)], **FACTS[facts])
        turn = check(talk, happens, know, "citizen")
        assert turn == check(talk, happens, know, "citizen"), "the same turn twice"
        while any(isinstance(effect, FindSimilar) for effect in turn.effects):
            turn = check(turn.session, SimilarFound(), know, "citizen")
        talk = Session.from_json(turn.session.to_json())


@given(st.lists(st.tuples(CHOSEN, st.integers(0, 12)), max_size=10))
@settings(max_examples=100, deadline=None)
def test_no_talk_of_staff_comes_to_a_dead_end(steps: list[tuple[Event, int]]) -> None:
    know, talk = list(staff_knowledge()), Session()
    for n, (event, which) in enumerate(steps):
        happens = ChoicePicked(talk.offered[0].value, talk.turn) if n % 3 == 2 and talk.offered else event
        talk = check(talk, happens, know[which % len(know)], "staff").session
