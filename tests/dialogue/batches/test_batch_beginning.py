"""When a forwarded message begins a batch, and when it is an answer to us."""

from dataclasses import replace
from typing import Any

import pytest

from bot.dialogue.events import LocationShared, MediaShared, TextSent, UnreadableSent
from bot.dialogue.knowledge import BatchFacts, Heard, KimFacts, PeerFacts
from bot.dialogue.knowledge.persons import HandoverFacts
from bot.dialogue.replies import Choice
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.batch_beginning import begins_anew, gathered_anyway
from bot.dialogue.turn import Scene
from tests.dialogue.batches.makers import CHATTER, PIN
from tests.makers import NOW, danger, heard, knowledge, session

MEMBER = KimFacts(me=PeerFacts(1, "Euis"))
CLAIMED = HandoverFacts(1, NOW, claimed=True)


def talk(understood: Heard | None = None, before: Session | None = None, **more: Any) -> Scene:
    return Scene(before or session(), knowledge(heard=understood, **more))


@pytest.mark.parametrize(
    ("content", "understood"),
    [
        (TextSent("lampu jalan mati di cisitu"), heard()),
        (TextSent("hahaha"), CHATTER),
        (MediaShared("photo", "a"), None),
        (MediaShared("voice", "a"), None),
        (MediaShared("photo", "a", "sampah numpuk"), heard("sampah")),
        (LocationShared(-6.9, 107.6), None),
    ],
)
def test_what_anybody_forwards_out_of_the_blue_begins_a_batch(content: Any, understood: Heard | None) -> None:
    assert begins_anew(talk(understood, located=PIN), content)
    assert not begins_anew(talk(understood, session(draft=Draft(description="x")), located=PIN), content), "an answer"
    assert not begins_anew(talk(understood, located=PIN, handover=CLAIMED), content), "for the person who answers here"


@pytest.mark.parametrize(
    ("content", "understood"),
    [
        (TextSent("batal"), CHATTER),
        (TextSent("status"), CHATTER),
        (TextSent("gabung kim ABCD2345"), CHATTER),
        (TextSent("ikut ABCDEFGH2345"), CHATTER),
        (TextSent("kebakaran di cisitu tolong"), danger()),
        (MediaShared("photo", "a", "kebakaran di cisitu"), danger()),
        (TextSent("!!!"), CHATTER),
        (UnreadableSent("sticker"), None),
        (UnreadableSent("contact"), None),
    ],
)
def test_commands_codes_danger_and_what_nobody_can_read_begin_none(content: Any, understood: Heard | None) -> None:
    assert not begins_anew(talk(understood), content)


def test_what_we_wait_for_begins_none() -> None:
    after = session(about="BDG-261124-0001-0", wants_photo=True)
    assert not begins_anew(talk(None, after), MediaShared("photo", "a"))
    assert not begins_anew(talk(None, after, located=PIN), LocationShared(-6.9, 107.6))
    offered = session(offered=(Choice("status", "Cek status"),))
    assert not begins_anew(talk(CHATTER, offered), TextSent("cek status"))
    assert not begins_anew(talk(CHATTER, number_heard="BDG-261124-0001-0"), TextSent("BDG-261124-0001-0"))


def test_all_that_a_member_forwards_is_gathered_unless_a_person_answers_here() -> None:
    assert gathered_anyway(talk(kim=MEMBER))
    assert not gathered_anyway(talk(kim=replace(MEMBER, me=replace(MEMBER.me, asleep=True))))  # type: ignore[type-var]
    assert not gathered_anyway(talk(kim=MEMBER, handover=CLAIMED))
    assert not gathered_anyway(talk())
    assert gathered_anyway(talk(batch=BatchFacts(gathering=True), handover=CLAIMED)), "what was begun goes on"
