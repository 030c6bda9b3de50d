"""Legal moves, checked against a small table and against the city's own."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.loading import load_city
from storage.lifecycle import IllegalMove, Lifecycle

CITY = load_city("bandung")
STATUSES = [None, *CITY.statuses]
ACTORS = sorted({actor for move in CITY.transitions for actor in move.by})


@dataclass(frozen=True)
class Line:
    from_: str | None
    to: str
    by: frozenset[str]


TABLE = [
    Line(None, "new", frozenset({"citizen"})),
    Line("new", "checked", frozenset({"clerk"})),
    Line("new", "gone", frozenset({"citizen", "clerk"})),
    Line("new", "gone", frozenset({"system"})),
]
LIFECYCLE = Lifecycle({"new": 1, "checked": 2, "gone": 3}, TABLE)


def test_each_actor_has_moves_of_their_own_in_the_order_of_the_table() -> None:
    assert LIFECYCLE.moves("new", {"clerk"}) == ("checked", "gone")
    assert LIFECYCLE.moves("new", {"citizen"}) == ("gone",)
    assert LIFECYCLE.moves("new", {"citizen", "clerk", "system"}) == ("checked", "gone")
    assert LIFECYCLE.moves("new", set()) == ()
    assert LIFECYCLE.moves(None, {"citizen"}) == ("new",)


def test_an_illegal_move_says_which_moves_are_legal() -> None:
    with pytest.raises(IllegalMove, match=r"from new to new; possible: checked, gone\.") as refused:
        LIFECYCLE.check("new", "new", {"clerk"})
    assert refused.value.legal == ("checked", "gone")
    assert (refused.value.from_status, refused.value.to) == ("new", "new")


def test_a_move_from_an_end_says_that_nothing_is_possible() -> None:
    with pytest.raises(IllegalMove, match="nothing is possible"):
        LIFECYCLE.check("gone", "new", {"clerk", "citizen", "system"})


def test_a_status_that_the_city_does_not_have_is_an_error_of_the_program() -> None:
    with pytest.raises(KeyError):
        LIFECYCLE.moves("elsewhere", {"clerk"})


@pytest.mark.parametrize("line", [Line("new", "elsewhere", frozenset()), Line("elsewhere", "new", frozenset())])
def test_a_table_that_names_an_unknown_status_is_refused(line: Line) -> None:
    with pytest.raises(ValueError, match="elsewhere"):
        Lifecycle({"new": 1}, [line])


@given(st.sampled_from(STATUSES), st.sampled_from(sorted(CITY.statuses)), st.sets(st.sampled_from(ACTORS)))
def test_a_move_passes_exactly_when_a_line_of_the_citys_table_allows_it(
    origin: str | None, to: str, actors: set[str]
) -> None:
    lifecycle = Lifecycle(CITY.statuses, CITY.transitions)
    allowed = any(
        move.from_ == origin and move.to == to and move.by & actors and not move.undo for move in CITY.transitions
    )
    assert (to in lifecycle.moves(origin, actors)) == allowed
    if allowed:
        lifecycle.check(origin, to, actors)
    else:
        with pytest.raises(IllegalMove):
            lifecycle.check(origin, to, actors)


def test_a_move_that_only_takes_a_step_back_is_no_move_of_its_own() -> None:
    lifecycle = Lifecycle(CITY.statuses, CITY.transitions)
    only_back = [move for move in CITY.transitions if move.undo]
    assert only_back
    for move in only_back:
        assert move.to not in lifecycle.moves(move.from_, ACTORS)
        assert lifecycle.may_go_back(move.from_, move.to)
        assert (move.to, move.from_) in {(other.from_, other.to) for other in CITY.transitions if not other.undo}
    assert lifecycle.may_go_back("didisposisikan", "terverifikasi")
    assert not lifecycle.may_go_back("ditutup", "menunggu_konfirmasi")
