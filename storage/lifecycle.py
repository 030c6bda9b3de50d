"""Which moves of a report are legal: the city's table, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol


class Move(Protocol):
    """One line of the table; `from_` None means a new report."""

    @property
    def from_(self) -> str | None: ...
    @property
    def to(self) -> str: ...
    @property
    def by(self) -> frozenset[str]: ...


class IllegalMove(Exception):
    """A report cannot go from its present status to that one, or not by this person. `legal` says where it can go."""

    def __init__(self, from_status: str | None, to: str, legal: tuple[str, ...]) -> None:
        self.from_status = from_status
        self.to = to
        self.legal = legal
        possible = f"possible: {', '.join(legal)}" if legal else "nothing is possible from there"
        super().__init__(f"A report cannot go from {from_status or 'nothing'} to {to}; {possible}.")


class Lifecycle:
    """The legal moves, made of a city's `statuses` and `transitions`."""

    def __init__(self, statuses: Mapping[str, Any], transitions: Iterable[Move]) -> None:
        self._moves: dict[str | None, list[Move]] = {None: [], **{code: [] for code in statuses}}
        self._undone: set[tuple[str | None, str]] = set()
        for move in transitions:
            unknown = {move.from_, move.to} - self._moves.keys()
            if unknown:
                raise ValueError(f"A move names a status that the city does not have: {', '.join(map(str, unknown))}.")
            self._undone.add((move.from_, move.to))
            if not getattr(move, "undo", False):
                self._moves[move.from_].append(move)

    def moves(self, from_status: str | None, actors: Iterable[str]) -> tuple[str, ...]:
        """Where these actors may move a report from here (None: a new one), in the order of the table."""
        by = frozenset(actors)
        return tuple(dict.fromkeys(move.to for move in self._moves[from_status] if move.by & by))

    def may_go_back(self, to: str, from_status: str) -> bool:
        """Whether the step from that status to this one can be taken back: the way back stands in the table."""
        return (to, from_status) in self._undone

    def check(self, from_status: str | None, to: str, actors: Iterable[str]) -> None:
        """Raises IllegalMove, which names the legal moves, unless one of these actors may make this one."""
        legal = self.moves(from_status, actors)
        if to not in legal:
            raise IllegalMove(from_status, to, legal)
