"""Sessions between two turns."""

from datetime import datetime

import pytest

from storage import Database, LostRace, Tx, conversations
from tests.storage.makers import NOW, later, new_talk


def keep(
    tx: Tx, session: str, version: int, wake_at: datetime | None = None, wake_turn: int = 0, talk: int = 1
) -> None:
    conversations.save(tx, talk, session, version, NOW, wake_at, wake_turn)


def test_before_the_first_turn_there_is_no_session(database: Database) -> None:
    database.run_sync(new_talk)
    loaded = database.run_sync(conversations.load, 1)
    assert (loaded.session_json, loaded.version, loaded.conversation.id) == (None, 0, 1)


@pytest.mark.parametrize("reading", [True, False])
def test_a_session_is_there_for_the_next_turn_sealed(database: Database, reading: bool) -> None:
    database.run_sync(new_talk)
    database.run_sync(keep, '{"name": "Asep"}', 0)
    loaded = (database.read_sync if reading else database.run_sync)(conversations.load, 1)
    assert (loaded.session_json, loaded.version) == ('{"name": "Asep"}', 1)
    assert loaded.conversation.saved_at == NOW
    assert "Asep" not in loaded.conversation.session_sealed


def test_of_two_turns_that_began_at_the_same_version_only_the_first_is_kept(database: Database) -> None:
    database.run_sync(new_talk)
    database.run_sync(keep, "first", 0)
    with pytest.raises(LostRace):
        database.run_sync(keep, "second", 0)
    assert database.read_sync(conversations.load, 1).session_json == "first"


def test_a_version_is_compared_with_what_is_kept_not_with_what_was_read_before(database: Database) -> None:
    database.run_sync(new_talk)

    def late(tx: Tx) -> None:
        old = conversations.load(tx, 1)
        keep(tx, "mine", old.version)
        keep(tx, "mine too", old.version)

    with pytest.raises(LostRace):
        database.run_sync(late)
    assert database.read_sync(conversations.load, 1).version == 0


def test_a_conversation_is_due_when_its_silence_has_lasted_long_enough(database: Database) -> None:
    for talk, minutes in enumerate((20, 10, 30), start=1):
        database.run_sync(new_talk, f"person {talk}")
        database.run_sync(keep, "{}", 0, later(minutes=minutes), 7, talk)

    def due(minutes: float, limit: int = 10) -> list[int]:
        return [talk.id for talk in database.read_sync(conversations.due, later(minutes=minutes), limit)]

    assert due(9) == []
    assert due(10) == [2]
    assert due(25) == [2, 1]
    assert due(60, limit=2) == [2, 1]
    assert database.read_sync(conversations.load, 1).conversation.wake_turn == 7


def test_a_later_turn_takes_the_wake_up_back(database: Database) -> None:
    database.run_sync(new_talk)
    database.run_sync(keep, "{}", 0, later(minutes=1))
    database.run_sync(keep, "{}", 1, None)
    assert database.read_sync(conversations.due, later(days=1), 10) == []


def test_a_silence_that_was_noticed_is_not_noticed_again(database: Database) -> None:
    database.run_sync(new_talk)
    database.run_sync(keep, "{}", 0, later(minutes=1))
    database.run_sync(conversations.stop_waiting, 1)
    assert database.read_sync(conversations.due, later(days=1), 10) == []
    assert database.read_sync(conversations.load, 1).version == 1
