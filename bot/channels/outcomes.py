"""How a delivery can end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform has it."""

    external_id: str = ""  # the platform's name of it; of the last one where it took several
    earlier: tuple[str, ...] = ()  # the names of those before


@dataclass(frozen=True, slots=True)
class TryLater:
    """Not now: try again after so many seconds. ``counts`` is False where the platform merely asked us to slow down."""

    after: float
    reason: str
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform will never take this message; the reason is for a person to read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person cannot be reached here any more (blocked us, or has no such account)."""

    reason: str


@dataclass(frozen=True, slots=True)
class WindowShut:
    """The platform takes it only once the person has written again."""

    reason: str


@dataclass(frozen=True, slots=True)
class OtherForm:
    """The platform does not take it in this form; the same words in a plainer one it may."""

    reason: str


@dataclass(frozen=True, slots=True)
class TemplateUnusable:
    """The platform does not send this template now."""

    code: str
    sentences: Mapping[str, str]  # why, by language; "en" is always there
    status: str  # how it stands with the platform, "" when that is not told

    @property
    def reason(self) -> str:
        return f"{self.sentences['en']} ({self.code})"


@dataclass(frozen=True, slots=True)
class NeedsOperator:
    """Nothing goes out until a person at the city acts; it is tried again after so many seconds."""

    code: str
    sentences: Mapping[str, str]  # what is wrong, by language; "en" is always there
    after: float

    @property
    def reason(self) -> str:
        return f"{self.sentences['en']} ({self.code})"


Delivery: TypeAlias = (
    Delivered | TryLater | Refused | Unreachable | WindowShut | OtherForm | TemplateUnusable | NeedsOperator
)
