"""What a platform tells about itself: how templates, messages, the account and people's ids stand. Nobody wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.channels.outcomes import Delivery


@dataclass(frozen=True, slots=True)
class TemplateNews:
    """How one of our templates stands now; what is not told is not there."""

    name: str
    locale: str
    known: Mapping[str, str]  # of status, category, quality, reason


@dataclass(frozen=True, slots=True)
class ParcelNews:
    """What became of one message that the platform took."""

    external_id: str
    state: str  # sent, delivered, read, failed
    at: datetime
    failure: Delivery | None = None  # of a failed one: what that means for it
    billed: str = ""  # the price category under which it is charged; "" while it is not


@dataclass(frozen=True, slots=True)
class AccountNews:
    """Something happened to our account that a person should look at."""

    event: str  # the platform's own word


@dataclass(frozen=True, slots=True)
class IdsChanged:
    """A person is known by other ids from now on."""

    known: tuple[str, ...]  # by one of these we may know them
    old: tuple[str, ...]  # of these, the ones that mean them no longer
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CampaignsChosen:
    """A person told the platform whether they want campaigns from us."""

    ids: tuple[str, ...]  # by one of these we may know them
    wanted: bool


PlatformNews: TypeAlias = TemplateNews | ParcelNews | AccountNews | IdsChanged | CampaignsChosen
