"""Whatever happens while messages are gathered or their list waits is answered, and no message is lost by it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.effects import CompareBatch, DropBatch, FileBatch, Gather, Say
from bot.dialogue.engine import advance, meant
from bot.dialogue.events import (
    ActRefused,
    BatchCompared,
    BatchReady,
    ChoicePicked,
    CommandGiven,
    Event,
    Forwarded,
    LocationShared,
    MediaShared,
    Origin,
    SilenceFell,
    TextSent,
    UnreadableSent,
)
from bot.dialogue.identity_numbers import numbers_in
from bot.dialogue.knowledge import BatchFacts, GroupFacts, Item, KimFacts, Knowledge, PeerFacts
from bot.dialogue.session import Batch, Line, Session
from bot.dialogue.turn import Turn
from tests.dialogue.batches.makers import CHATTER, FAR, photo, said, voice, words_alike
from tests.makers import (
    CITY,
    NUMBER,
    OTHER,
    PASAR,
    STREET,
    danger,
    draft,
    heard,
    knowledge,
    report,
    said_done,
    session,
    unclear,
)

ME = PeerFacts(7, "Euis", coordinator=True, me=True)
MEMBER = KimFacts(GroupFacts(3, "KIM Mekar", "Kel. Dago", members=(ME, PeerFacts(8, "Ujang"))), ME)
ITEMS = (
    said(1, "lampu mati di cikutra"),
    said(2, "sampah numpuk", heard("sampah", place=PASAR)),
    photo(3),
    said(4, "siap pak", CHATTER),
    said(5, "jalan rusak", heard("jalan_rusak", place=FAR)),
    said(6, "kebakaran di pasar", danger(place=PASAR)),
    voice(7),
    said(8, "sampah bau", heard("sampah")),
)
COMPLETE = Line(draft(), (1,))
LACKING = Line(draft(category="sampah", place=None, place_words="", description="sampah bau"), (8,))
WORDLESS = Line(replace(draft(), description="", category="", place=None, place_words="", evidence=(103,)), (3, 7))
BURNING = Line(draft(category="kedaruratan", danger="kebakaran", priority="darurat"), (6,))
LIKE = Line(draft(category="sampah"), (2,), like=OTHER)
BATCHES = {
    "none": None,
    "all complete": Batch((COMPLETE, LIKE), (4,)),
    "much is lacking": Batch((COMPLETE, LACKING, WORDLESS), (4,)),
    "only what lacks": Batch((LACKING, WORDLESS), (), whose="neighbour", missing=True),
    "danger": Batch((BURNING, COMPLETE), (4,)),
    "only danger": Batch((BURNING,)),
    "no report at all": Batch((), (4, 7)),
    "corrected": Batch((COMPLETE,), (4, 2), lines_before=(COMPLETE, LIKE), left_before=(4,), shown=3),
    "lines of both": Batch((replace(COMPLETE, whose="mine"), replace(LIKE, whose="neighbour", contact="0812"))),
    "filed": Batch(filed=(NUMBER, OTHER)),
}
ORIGIN = Origin("user", "user:1", 100)
EVENTS: tuple[Event, ...] = (
    *map(
        TextSent,
        (
            "gabung 1 2", "pisah 1", "hapus 1", "hapus 1 2 3", "hapus 9", "ubah 1 tempat pasar cihapit", "ubah 1 kategori sampah",
            "ubah 1 masalah jalan bolong", "ubah 1", "saya 1", "tetangga 2", "beda 2", "aman 1", "lapor a", "lapor z", "kontak 1 0812",
            "1 pasar cihapit", "1 pasar cihapit, 2 jalan cikutra", "kirim", "saya", "tetangga", "batal", "lewati", "daftar", "sudah",
            "ya", "tidak", "ok", "1", "2", "3", "halo", "terima kasih", "lampu mati di cikutra", "entahlah", "", "kim", "status", NUMBER,
            "2 hapus aja udah nyala", "nomor 1 fotonya ketuker", "kirim yang 1 saja", "eh balikin lagi", "kategori nomor 1 salah",
            "jangan kirim nomor 2", "a itu laporan",
            "gabung satu dua", "nik 3273012345678901", "kontak 9 0812", "berhenti ikut", "ikut ABCDEFGH2345",
        ),
    ),
    *(CommandGiven(name) for name in ("batal", "lapor", "status", "kim", "bantuan", "start", "kembali", "nonsense")),
    CommandGiven("gabung", "1 2"),
    CommandGiven("hapus", "1"),
    *(Forwarded(content, ORIGIN) for content in (
        TextSent("lampu mati"), TextSent("lampu mati nik 3273012345678901"), MediaShared("photo", "f", "", 9),
        MediaShared("voice", "f", "", 9), LocationShared(-6.9, 107.6), UnreadableSent("sticker"),
    )),
    BatchReady(1),
    BatchCompared(()),
    BatchCompared(((0, OTHER, False),)),
    BatchCompared(((0, NUMBER, True),), "Sudah kami ubah."),
    *(ChoicePicked(value, turn) for value in (
        "batch:neighbour", "batch:mine", "batch:send", "batch:cancel", "batch:list", "skip", "batch:x", "witness_yes:" + OTHER, "kim_stay",
    ) for turn in (7, 3, 0)),
    MediaShared("photo", "f", "", 9),
    MediaShared("photo", "f", "sampah menumpuk", 9),
    MediaShared("voice", "f", "", 9),
    LocationShared(-6.9, 107.6),
    UnreadableSent("contact", "+62812"),
    UnreadableSent("sticker"),
    SilenceFell(7),
    SilenceFell(3),
    ActRefused("unknown_report", OTHER),
    ActRefused("unknown_report", OTHER, "ditutup"),
    ActRefused("not_allowed"),
)  # fmt: skip
UNDERSTOOD = (
    heard("pju", place=STREET),
    unclear(),
    CHATTER,
    danger(place=PASAR),
    heard("sampah"),
    unclear(place=PASAR),
)
OTHERS = ({}, {"own": (report(),)}, {"own": (said_done(),)}, {"named": report(), "number_heard": NUMBER})


def know(understood: object, facts: dict[str, object], gathering: bool, count: int = 8) -> Knowledge:
    numbers = tuple(f"BDG-261124-{n:04}-0" for n in range(100, 140))
    return knowledge(
        heard=understood, located=replace(PASAR, kind="pin", name=""), kim=MEMBER, alike=words_alike, follow_code="ABCDEFGH2345",
        batch=BatchFacts(gathering, ITEMS, count), fresh_numbers=numbers, **facts,
    )  # fmt: skip


def ids(batch: Batch | None) -> set[int]:
    return {id_ for line in batch.lines for id_ in line.items} | set(batch.left) if batch else set()


def check(before: Session, event: Event, facts: Knowledge) -> Turn:
    """Play one event and check everything that must hold, the comparing of a batch with it."""
    happens = meant(before, event, CITY)
    turn = advance(before, happens, facts)
    assert turn == advance(before, happens, facts), "the same turn twice"
    assert Session.from_json(turn.session.to_json()) == turn.session
    replies = [effect.reply for effect in turn.effects if isinstance(effect, Say)]
    wishes = [effect for effect in turn.effects if isinstance(effect, CompareBatch)]
    assert len(replies) + len(wishes) <= 1
    for reply in replies:
        assert reply.text.strip()
        assert "{" not in reply.text
        assert "None" not in reply.text
        assert reply.choices == turn.session.offered
        assert len(reply.text) <= 4096 - 200
        assert all(choice.value.isascii() and 0 < len(choice.label) <= 20 for choice in reply.choices)
    assert not numbers_in(repr([each for each in turn.effects if not isinstance(each, Say)]))
    dealt = {id_ for each in turn.effects if isinstance(each, FileBatch) for line in each.lines for id_ in line.items}
    dropped = {id_ for each in turn.effects if isinstance(each, FileBatch | DropBatch) for id_ in each.known}
    waiting = ids(before.batch) if before.batch and not before.batch.filed else set()
    assert waiting <= ids(turn.session.batch) | dealt | dropped, "no message of the list is lost"
    numbers = [line.number for each in turn.effects if isinstance(each, FileBatch) for line in each.lines]
    assert len(numbers) == len(set(numbers)) or any(
        line.added for each in turn.effects if isinstance(each, FileBatch) for line in each.lines
    )
    if isinstance(event, Forwarded):
        assert any(isinstance(effect, Gather) for effect in turn.effects), "whatever is forwarded is kept"
    if wishes:
        return check(turn.session, BatchCompared((), wishes[0].before), facts)
    return turn


@pytest.mark.parametrize("name", BATCHES)
@pytest.mark.parametrize("gathering", [True, False])
def test_every_state_of_a_batch_answers_every_event(name: str, gathering: bool) -> None:
    steps = ("idle", "batch", "emergency") if name == "all complete" else ("batch",) if name != "none" else ("idle",)
    for step in steps:
        in_danger = draft(danger="kebakaran") if step == "emergency" else None
        before = session(step=step, batch=BATCHES[name], draft=in_danger)
        for n, event in enumerate(EVENTS):
            check(
                before,
                event,
                know(UNDERSTOOD[n % len(UNDERSTOOD)], OTHERS[n % len(OTHERS)], gathering, 30 if n % 7 == 0 else 8),
            )


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 5), st.integers(0, 3), st.booleans()), max_size=10))
@settings(max_examples=80, deadline=None)
def test_no_talk_about_a_batch_comes_to_a_dead_end(steps: list[tuple[Event, int, int, bool]]) -> None:
    talk = session(step="batch", batch=BATCHES["much is lacking"])
    for n, (event, words, facts, gathering) in enumerate(steps):
        happens = ChoicePicked(talk.offered[0].value, talk.turn) if n % 3 == 2 and talk.offered else event
        talk = check(talk, happens, know(UNDERSTOOD[words], OTHERS[facts], gathering)).session


def test_taking_out_the_last_line_that_lacked_something_is_said_in_words() -> None:
    talk = session(step="batch", batch=BATCHES["much is lacking"])
    for event in (TextSent("pisah 1"), TextSent("gabung 1 2")):
        talk = check(talk, event, know(unclear(), {}, False)).session
    talk = check(talk, ChoicePicked("batch:neighbour", talk.turn), know(unclear(), {}, False)).session
    assert talk.batch is not None
    assert talk.batch.missing
    turn = check(talk, CommandGiven("hapus", "1"), know(unclear(), {}, False))
    assert "tidak dilaporkan" in next(effect.reply.text for effect in turn.effects if isinstance(effect, Say))
    assert turn.session.batch is None


def test_the_items_of_these_tests_are_all_in_some_state() -> None:
    known: set[int] = set().union(*(ids(batch) for batch in BATCHES.values()))
    assert known <= {item.id for item in ITEMS if isinstance(item, Item)}
