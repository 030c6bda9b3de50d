"""What is wanted of community information groups and their members."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SayAsWitness:
    """A KIM member says whether a problem near them is solved."""

    number: str
    solved: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShowAsWitness:
    """A picture of what they saw there."""

    number: str
    evidence: int


WitnessEffect: TypeAlias = SayAsWitness | ShowAsWitness
"""What a KIM member saw."""


@dataclass(frozen=True, slots=True)
class JoinGroup:
    """Redeem a one-time code of a group."""

    code: str


@dataclass(frozen=True, slots=True)
class InviteToGroup:
    """Make ``code`` a one-time code of a group; by its coordinator for members, by an administrator for a coordinator."""

    group_id: int
    code: str
    role: str


@dataclass(frozen=True, slots=True)
class EndMembership:
    """A place in a group ends: one's own (left), or another's (removed)."""

    member_id: int


@dataclass(frozen=True, slots=True)
class HandOverGroup:
    """Another member coordinates the group from now on."""

    member_id: int


@dataclass(frozen=True, slots=True)
class StayInGroup:
    """The person stays in their group for another year."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Register a group, and a code for its coordinator."""

    name: str
    kelurahan: str
    kecamatan: str
    rws: str
    term_from: date
    term_until: date
    code: str


@dataclass(frozen=True, slots=True)
class ExtendGroup:
    """A group's term runs until this day."""

    group_id: int
    term_until: date


@dataclass(frozen=True, slots=True)
class EndGroup:
    """A group is no more."""

    group_id: int


GroupEffect: TypeAlias = (
    JoinGroup | InviteToGroup | EndMembership | HandOverGroup | StayInGroup | FoundGroup | ExtendGroup | EndGroup
)
"""What happens to community information groups and their members."""
