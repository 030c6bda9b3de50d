"""What staff want done with reports that lie outside, and with the answers from there."""

from dataclasses import dataclass

from bot.dialogue.knowledge import SheetAnswer


@dataclass(frozen=True, slots=True)
class ReferReport:
    """Hand a report to an outside agency, or on to the next one."""

    number: str
    seen: str
    agency: str  # id of the city's agencies; "" for a free name
    receiver: str
    reason: str
    way: str
    reference: str
    token: str  # of the link with which the receiver answers


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What an outside agency answered."""

    number: str
    words: str
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class RenewLink:
    """A new link for the receiver of a referral; ``token`` "" takes the old one back and gives none."""

    number: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class CloseByStaff:
    """End a referral that nobody answered, or what the emergency services dealt with."""

    number: str
    seen: str
    why: str


@dataclass(frozen=True, slots=True)
class TakeSheet:
    """Keep what a sheet of answers of outside agencies tells."""

    told: tuple[SheetAnswer, ...]
