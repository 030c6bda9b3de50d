"""What is remembered survives as JSON, and an unreadable one keeps the draft's words."""

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.session import STAYS, VERSION, Draft, Session, SessionUnreadable, Task, fresh
from tests.makers import NUMBER, PASAR, at_read_back, draft

STORED_BY_THE_FIRST_RELEASE = (
    '{"version": 1, "step": "location", "turn": 4, "language": "su", "draft": {"description": "runtah numpuk", "kind": "pengaduan",'
    ' "category": "sampah", "category_confidence": 0.98, "category_options": ["sampah"], "sub_category": "", "priority": "sedang",'
    ' "place": null, "place_words": "", "place_options": [], "place_settled": false, "evidence": [3], "privacy": "anonim",'
    ' "privacy_chosen": false, "similar_settled": false, "needs_check": false, "danger": ""}, "offered": [{"value": "skip",'
    ' "label": "Liwat"}], "tries": 1, "about": "", "wants_photo": false, "task": null}'
)

places = st.builds(
    PlaceFound, st.text(max_size=9), st.sampled_from(("street", "pin")), lat=st.none() | st.floats(-90, 90)
)
drafts = st.builds(
    Draft,
    description=st.text(max_size=20),
    place=st.none() | places,
    place_options=st.lists(places, max_size=2).map(tuple),
    evidence=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    category_options=st.lists(st.text(max_size=5), max_size=3).map(tuple),
)
sessions = st.builds(
    Session,
    turn=st.integers(0, 99),
    draft=st.none() | drafts,
    offered=st.lists(st.builds(Choice, st.text(max_size=9), st.text(max_size=9)), max_size=3).map(tuple),
    later=st.lists(drafts, max_size=2).map(tuple),
    task=st.none()
    | st.builds(
        Task,
        st.just("proses"),
        st.just(NUMBER),
        st.just("diproses"),
        agencies=st.lists(st.sampled_from(("dishub", "dpkp")), max_size=2).map(tuple),
    ),
    album=st.text(max_size=5),
)


@given(sessions)
def test_a_session_comes_back_from_its_json(session: Session) -> None:
    assert Session.from_json(session.to_json()) == session


def test_what_an_earlier_release_stored_is_still_read() -> None:
    session = Session.from_json(STORED_BY_THE_FIRST_RELEASE)
    assert session.draft is not None
    assert (session.step, session.language, session.later) == ("location", "su", ())
    assert (session.draft.description, session.draft.evidence) == ("runtah numpuk", (3,))


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"version": 99}',
        '{"version": 1, "step": "idle", "unknown": 1}',
        '{"version": 0, "step": "idle"}',
    ],
)
def test_what_cannot_be_read_says_so(stored: str) -> None:
    with pytest.raises(SessionUnreadable):
        Session.from_json(stored)


def test_the_words_of_an_unreadable_draft_are_saved() -> None:
    raw = json.loads(at_read_back().to_json()) | {"version": VERSION + 1}
    with pytest.raises(SessionUnreadable) as unreadable:
        Session.from_json(json.dumps(raw))
    assert unreadable.value.description == draft().description


def test_a_fresh_session_is_the_same_person_with_nothing_begun() -> None:
    begun = Session(
        "confirm", 5, "en", draft=draft(), later=(draft(),), about=NUMBER, wants_photo=True, tries=2, album="a"
    )
    after = fresh(begun)
    assert (after.turn, after.language, after.later) == (5, "en", (draft(),))
    assert all(getattr(after, f.name) == f.default for f in fields(Session) if f.name not in STAYS)


def test_a_reply_comes_back_from_its_json() -> None:
    reply = Reply("Sudah?", (Choice("yes", "Ya"),), "location", (1, 2), 7)
    assert Reply.from_json(reply.to_json()) == reply
    assert PASAR.name in draft().place.name  # type: ignore[union-attr]
