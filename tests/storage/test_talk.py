"""A conversation as both sides see it: every line once, in order, however both sides grow while it is read."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage import Database, Tx, Vault, inbox, media, outbox, people
from storage.tables import InboxEvent, OutboxMessage
from storage.talk import (
    OVERLAP,
    Mark,
    TalkCursor,
    TalkLine,
    conversation_at,
    evidence_name,
    payload_under,
    read_cursor,
    sent_replies,
    stored_evidence,
    talk,
    write_cursor,
)
from tests.storage.makers import NOW, later, new_talk


def hear(tx: Tx, words: str, *, at: datetime = NOW, talk_id: int = 1, source: str = "webchat:citizen") -> None:
    inbox.receive(
        tx, source=source, unique_key=f"{talk_id} {words}", order_key=1, payload=words, conversation_id=talk_id, now=at
    )


def owe(tx: Tx, words: str, *, due_at: datetime = NOW, talk_id: int = 1) -> int:
    message = outbox.owe(tx, conversation_id=talk_id, body=words, key=f"{talk_id} {words}", now=NOW, due_at=due_at)
    assert message is not None
    return message.id


def send(tx: Tx, message_id: int, *, at: datetime = NOW) -> None:
    assert outbox.claim(tx, message_id, at)
    assert outbox.settle_sent(tx, message_id, "", at)


def say(tx: Tx, words: str, *, at: datetime = NOW, talk_id: int = 1) -> None:
    send(tx, owe(tx, words, talk_id=talk_id), at=at)


def said(lines: list[TalkLine]) -> list[str]:
    return [("us: " if line.ours else "me: ") + line.body for line in lines]


@pytest.fixture
def talking(database: Database) -> Database:
    """Two conversations in which nothing was said yet."""
    database.run_sync(new_talk)
    database.run_sync(new_talk, "euis")
    return database


class Reader:
    """A page that reads on and on from where it stopped, and forgets everything but its cursor, kept as text."""

    def __init__(self, database: Database, talk_id: int = 1) -> None:
        self.database, self.talk_id, self.cursor = database, talk_id, ""

    def read(self, limit: int = 100) -> list[str]:
        def one_page(tx: Tx) -> tuple[list[TalkLine], str]:
            lines, cursor = talk(tx, self.talk_id, read_cursor(tx.vault, self.cursor), limit)
            return lines, write_cursor(tx.vault, cursor)

        lines, self.cursor = self.database.read_sync(one_page)
        return said(lines)


# ---------------------------------------------------------------- what is shown


def test_both_sides_come_in_the_order_of_time(talking: Database) -> None:
    def a_talk(tx: Tx) -> None:
        hear(tx, "lampu mati", at=later(seconds=1))
        say(tx, "di mana?", at=later(seconds=2))
        hear(tx, "cisitu", at=later(seconds=3))
        say(tx, "kirim?", at=later(seconds=4))

    talking.run_sync(a_talk)
    lines, _ = talking.read_sync(talk, 1)
    assert said(lines) == ["me: lampu mati", "us: di mana?", "me: cisitu", "us: kirim?"]
    assert [line.at for line in lines] == [later(seconds=second) for second in (1, 2, 3, 4)]


def test_a_question_stands_before_an_answer_of_the_same_moment(talking: Database) -> None:
    talking.run_sync(say, "halo")
    talking.run_sync(hear, "sampurasun")
    assert Reader(talking).read() == ["me: sampurasun", "us: halo"]


def test_what_has_not_arrived_is_not_shown(talking: Database) -> None:
    def three_fates(tx: Tx) -> None:
        owe(tx, "planned", due_at=later(seconds=60))
        on_its_way, refused = owe(tx, "on its way"), owe(tx, "refused")
        outbox.claim(tx, on_its_way, NOW)
        outbox.settle_refused(tx, refused, "too long", NOW)

    talking.run_sync(three_fates)
    assert Reader(talking).read() == []


def test_timers_of_ours_are_not_something_the_person_said(talking: Database) -> None:
    talking.run_sync(hear, '{"silence": 3}', source=inbox.OURS)
    talking.run_sync(hear, "halo")
    assert Reader(talking).read() == ["me: halo"]


def test_what_we_could_not_handle_was_still_said(talking: Database) -> None:
    def parked(tx: Tx) -> None:
        hear(tx, "aneh")
        inbox.park(tx, inbox.pending(tx, 1)[0], "cannot be read", NOW)

    talking.run_sync(parked)
    assert Reader(talking).read() == ["me: aneh"]


def test_nobody_reads_another_talk(talking: Database) -> None:
    talking.run_sync(hear, "rahasia asep", talk_id=1)
    talking.run_sync(say, "jawaban untuk asep", talk_id=1)
    talking.run_sync(hear, "rahasia euis", talk_id=2)
    assert Reader(talking, 2).read() == ["me: rahasia euis"]


def test_a_line_keeps_its_name_and_no_two_share_one(talking: Database) -> None:
    def both(tx: Tx) -> None:
        hear(tx, "halo")
        say(tx, "halo")
        say(tx, "ya?")

    talking.run_sync(both)
    names = [line.id for line in talking.read_sync(talk, 1)[0]]
    assert len(set(names)) == 3
    assert [line.id for line in talking.read_sync(talk, 1)[0]] == names


# ---------------------------------------------------------------- reading on


def test_reading_on_gives_only_what_is_new(talking: Database) -> None:
    reader = Reader(talking)
    talking.run_sync(hear, "satu")
    assert reader.read() == ["me: satu"]
    assert reader.read() == []
    talking.run_sync(say, "dua")
    talking.run_sync(hear, "tiga", at=later(seconds=1))
    assert reader.read() == ["us: dua", "me: tiga"]
    assert reader.read() == []


def test_a_message_planned_earlier_and_sent_later_is_not_lost(talking: Database) -> None:
    reader = Reader(talking)
    planned = talking.run_sync(owe, "sudah selesai?", due_at=later(seconds=60))
    for number in range(OVERLAP * 3):
        talking.run_sync(say, f"kabar {number}", at=later(seconds=1))
        assert reader.read() == [f"us: kabar {number}"]
    talking.run_sync(send, planned, at=later(seconds=60))
    assert reader.read() == ["us: sudah selesai?"]
    assert reader.read() == []


@pytest.mark.parametrize("side", ["heard", "told"])
def test_a_row_committed_behind_a_newer_one_is_not_lost(talking: Database, side: str) -> None:
    def row(tx: Tx, row_id: int) -> None:
        sealed = tx.vault.seal(f"nomor {row_id}")
        if side == "heard":
            tx.add(
                InboxEvent(
                    id=row_id,
                    source="webchat:citizen",
                    unique_key=str(row_id),
                    conversation_id=1,
                    payload_sealed=sealed,
                    received_at=NOW,
                )
            )
        else:
            tx.add(
                OutboxMessage(
                    id=row_id,
                    conversation_id=1,
                    key=str(row_id),
                    body_sealed=sealed,
                    state="sent",
                    due_at=NOW,
                    created_at=NOW,
                    sent_at=NOW,
                )
            )

    reader = Reader(talking)
    late = 1000
    for row_id in (*range(1, OVERLAP), *range(late + 1, late + OVERLAP)):
        talking.run_sync(row, row_id)
        assert len(reader.read()) == 1
    talking.run_sync(row, late)
    assert [line[4:] for line in reader.read()] == [f"nomor {late}"]
    assert reader.read() == []


class Undone(Exception):
    """Raised to end an example, so that the next one begins with an empty talk."""


class Play:
    """One talk as it goes on, and a page that reads it meanwhile."""

    def __init__(self, tx: Tx) -> None:
        self.tx, self.cursor, self.at, self.steps = tx, TalkCursor(), NOW, 0
        self.heard: list[str] = []
        self.owed: dict[int, str] = {}
        self.sent: list[str] = []
        self.shown: list[str] = []

    def hear(self) -> None:
        self.heard.append(f"heard {self.steps}")
        hear(self.tx, self.heard[-1], at=self.at)

    def owe(self) -> None:
        self.owed[owe(self.tx, f"owed {self.steps}")] = f"owed {self.steps}"

    def send(self, which: int) -> None:
        if self.owed:
            message = list(self.owed)[which % len(self.owed)]
            self.sent.append(self.owed.pop(message))
            outbox.claim(self.tx, message, max(self.at, NOW))
            outbox.settle_sent(self.tx, message, "", self.at)

    def refuse(self, which: int) -> None:
        if self.owed:
            message = list(self.owed)[which % len(self.owed)]
            del self.owed[message]
            outbox.settle_refused(self.tx, message, "no", self.at)

    def read(self, limit: int) -> None:
        lines, self.cursor = talk(self.tx, 1, self.cursor, limit)
        assert len(lines) <= limit
        self.shown += [line.body for line in lines]

    def clock(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)


ACTS = st.one_of(
    st.just(("hear",)),
    st.just(("owe",)),
    st.tuples(st.just("send"), st.integers(0, 5)),
    st.tuples(st.just("refuse"), st.integers(0, 5)),
    st.tuples(st.just("read"), st.integers(1, 4)),
    st.tuples(st.just("clock"), st.integers(-3, 5)),
)


@pytest.mark.parametrize("overlap", [0, 3])
@given(acts=st.lists(ACTS, max_size=40))
@example(acts=[("owe",), *[("owe",), ("send", 1), ("read", 4)] * 6, ("send", 0)])
@example(acts=[("owe",)] * 4 + [("owe",), ("send", 4), ("read", 4)] * 5 + [("send", 0)] * 3 + [("read", 1)] * 2)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_is_read_once_however_both_sides_grow(
    talking: Database, monkeypatch: pytest.MonkeyPatch, overlap: int, acts: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr("storage.talk.OVERLAP", overlap)  # small, so that few lines leave it behind
    plays: list[Play] = []

    def happen(tx: Tx) -> None:
        play = Play(tx)
        for act, *how in [*acts, *[("read", 2)] * len(acts)]:
            play.steps += 1
            getattr(play, act)(*how)
        plays.append(play)
        raise Undone

    with pytest.raises(Undone):
        talking.run_sync(happen)
    play = plays[-1]
    assert sorted(play.shown) == sorted(play.heard + play.sent)
    assert [words for words in play.shown if words in play.heard] == play.heard


def test_a_cursor_stays_small(talking: Database) -> None:
    reader = Reader(talking)

    def many(tx: Tx) -> None:
        owe(tx, "planned for next week", due_at=later(days=7))
        for number in range(300):
            hear(tx, f"pesan {number}")
            say(tx, f"jawab {number}")

    talking.run_sync(many)
    assert sum(len(reader.read(limit=50)) for _ in range(13)) == 600
    assert len(reader.cursor) < 700  # it travels in an address


# ---------------------------------------------------------------- cursors as text


@pytest.mark.parametrize("text", ["", "x", "1:AAAA", "0", "%%%"])
def test_an_unreadable_cursor_begins_at_the_beginning(text: str) -> None:
    assert read_cursor(Vault("a secret"), text) == TalkCursor()


@pytest.mark.parametrize(
    "inside", ["null", "[1,2]", '{"a":1}', "[[1,[],[]]]", '[["x",[],[]],[0,[],[]]]', "[[0,[],[]],[0,5,[]]]"]
)
def test_a_sealed_cursor_of_another_shape_begins_at_the_beginning(inside: str) -> None:
    vault = Vault("a secret")
    assert read_cursor(vault, vault.seal(inside)) == TalkCursor()


IDS = st.integers(1, 2**62)


@given(
    st.builds(
        TalkCursor,
        *[
            st.builds(
                Mark,
                floor=st.integers(0, 2**62),
                shown=st.lists(IDS, max_size=5).map(tuple),
                waiting=st.lists(IDS, max_size=5).map(tuple),
            )
        ]
        * 2,
    )
)
def test_a_cursor_survives_being_text(cursor: TalkCursor) -> None:
    vault = Vault("a secret")
    assert read_cursor(vault, write_cursor(vault, cursor)) == cursor


def test_a_cursor_shows_no_ids_of_ours() -> None:
    text = write_cursor(Vault("a secret"), TalkCursor(Mark(floor=123456)))
    assert "123456" not in text


# ---------------------------------------------------------------- who, and which pictures


def test_a_conversation_is_found_by_who_and_where(database: Database) -> None:
    def meet(tx: Tx) -> None:
        address = people.find_or_create_address(tx, "webchat", "citizen", "token", now=NOW)
        people.find_or_create_conversation(tx, address, "token", NOW)

    database.run_sync(meet)
    assert database.read_sync(conversation_at, "webchat", "citizen", "token", "token") == 1
    for other in (
        ("webchat", "citizen", "another", "token"),
        ("webchat", "citizen", "token", "another"),
        ("webchat", "administrator", "token", "token"),
        ("telegram", "citizen", "token", "token"),
    ):
        assert database.read_sync(conversation_at, *other) is None


def test_an_event_is_found_by_its_key_in_its_own_talk_only(talking: Database) -> None:
    talking.run_sync(hear, "foto", talk_id=1)
    assert talking.read_sync(payload_under, 1, "webchat:citizen", "1 foto") == "foto"
    assert talking.read_sync(payload_under, 2, "webchat:citizen", "1 foto") is None
    assert talking.read_sync(payload_under, 1, "webchat:administrator", "1 foto") is None


def test_sent_replies_are_those_that_arrived_here(talking: Database) -> None:
    def some(tx: Tx) -> None:
        say(tx, "pertama")
        say(tx, "kedua")
        owe(tx, "belum")
        say(tx, "orang lain", talk_id=2)

    talking.run_sync(some)
    assert talking.read_sync(lambda tx: list(sent_replies(tx, 1))) == ["kedua", "pertama"]


def test_evidence_can_be_shown_once_our_copy_is_there(talking: Database) -> None:
    def awaited(tx: Tx) -> None:
        media.await_file(
            tx, conversation_id=1, purpose="result", kind="photo", source="telegram:staff", platform_ref="x", now=NOW
        )

    talking.run_sync(awaited)
    assert talking.read_sync(stored_evidence, 1) is None
    talking.run_sync(media.stored, 1, path="a.jpg", media_type="image/jpeg", size_bytes=1, sha256="0")
    evidence = talking.read_sync(stored_evidence, 1)
    assert evidence is not None
    assert evidence.path == "a.jpg"
    assert talking.read_sync(stored_evidence, 2) is None


def test_a_photo_has_one_name_that_tells_nothing(talking: Database) -> None:
    first, again, second = (
        talking.read_sync(lambda tx, n=number: evidence_name(tx.vault, n)) for number in (17, 17, 18)
    )
    assert first == again != second
    assert len(first) == 32
    assert evidence_name(Vault("another secret"), 17) != first
