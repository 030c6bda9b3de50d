"""What is wanted in group chats: of neighbours, and of an agency."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.events import MediaShared
from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.session import Draft


@dataclass(frozen=True, slots=True)
class FileFromGroup:
    """File somebody's message of a group under ``number``, and put its card up there."""

    draft: Draft
    number: str
    language: str
    message: str  # the platform's id of the message
    author: str  # the platform's id of who wrote it; "" for nobody in particular
    token: str  # of the link with which the author takes it over
    files: tuple[MediaShared, ...] = ()
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class PlaceFromGroup:
    """Where a report from a group is, told in answer to its card."""

    number: str
    place: PlaceFound


@dataclass(frozen=True, slots=True)
class TakeOver:
    """The author of a message makes the report of it their own, named as they choose."""

    token: str
    privacy: str


@dataclass(frozen=True, slots=True)
class BindGroupChat:
    """This chat is the one of that community information group: its news is posted here."""

    group_id: int


GroupTalkEffect: TypeAlias = FileFromGroup | PlaceFromGroup | TakeOver | BindGroupChat
"""What happens with reports from groups."""


@dataclass(frozen=True, slots=True)
class OfferGroupCode:
    """Make ``code`` a one-time code with which a group becomes this agency's."""

    agency: str
    code: str


@dataclass(frozen=True, slots=True)
class BindGroup:
    """Make this group the agency's for which the code was made."""

    code: str


@dataclass(frozen=True, slots=True)
class ReleaseGroup:
    """This group belongs to no agency any longer."""


AgencyGroupEffect: TypeAlias = OfferGroupCode | BindGroup | ReleaseGroup
"""What happens with groups of agencies."""
