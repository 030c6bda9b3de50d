"""What somebody wants done about themselves: their data, their channels, their place among staff."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class BecomeStaff:
    """Redeem a one-time code."""

    code: str


@dataclass(frozen=True, slots=True)
class MakeDataLink:
    """A link with which the person fetches a copy of their data, once."""

    token: str


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Forget the person; ``follow``: they still hear about reports that are open."""

    follow: bool


OwnData: TypeAlias = MakeDataLink | EraseMe
"""What people do with what we keep about them."""


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep words under a name, to be used again."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class DropAnswer:
    """Use saved words no longer."""

    name: str


@dataclass(frozen=True, slots=True)
class InviteStaff:
    """Let somebody take this role with a one-time code."""

    code: str
    role: str
    agency: str
    seconds: int  # for which the code is good


@dataclass(frozen=True, slots=True)
class LeaveStaff:
    """The person gives up every role."""


OfThePerson: TypeAlias = InviteStaff | LeaveStaff | KeepAnswer | DropAnswer
"""What is about a member of staff and no report."""


@dataclass(frozen=True, slots=True)
class MakeLinkCode:
    """Let this code link another channel of the same person."""

    code: str


@dataclass(frozen=True, slots=True)
class NoteWrongCode:
    """Somebody typed a code that links nothing: after a few of them we listen no more for a while."""


@dataclass(frozen=True, slots=True)
class LinkChannels:
    """The person who made this code and the one of this talk are one and the same."""

    code: str


@dataclass(frozen=True, slots=True)
class UnlinkChannels:
    """This talk stands alone again."""


LinkEffect: TypeAlias = MakeLinkCode | NoteWrongCode | LinkChannels | UnlinkChannels
"""What happens to the channels of one person."""
