"""What is wanted of photos for the public and of days on which offices are closed."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ApprovePhoto:
    """Everybody may see this photo of a problem: with these cells masked, or the copy instead of it."""

    number: str
    evidence: int
    cells: str = ""  # "3,4,9"
    copy: int = 0  # evidence that stands for it; 0 for none


@dataclass(frozen=True, slots=True)
class WithdrawPhoto:
    """Nobody but staff may see this photo any more."""

    number: str
    evidence: int


PhotoEffect: TypeAlias = ApprovePhoto | WithdrawPhoto
"""What staff decide about photos on public pages."""


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Offices are closed on a day: an agency's, or all ("")."""

    day: date
    reason: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class OpenDay:
    """They are open on that day after all."""

    day: date
    agency: str = ""


ClosureEffect: TypeAlias = CloseDay | OpenDay
"""What happens to the days on which the city's offices work."""
