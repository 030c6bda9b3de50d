"""What can happen in a talk. Every channel turns what it receives into these."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from bot.dialogue import deep_links

MediaKind = Literal["photo", "video", "voice", "document"]

COMMAND = re.compile(r"/(?P<name>[A-Za-z_][A-Za-z0-9_]{0,31})(?:@\w+)?(?:\s+(?P<argument>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextSent:
    """Words were written."""

    text: str
    message: str = field(default="", compare=False)  # the platform's own id of it, which an edit names again
    code: str = ""  # payload of a deep link that the message brought along (bot.dialogue.deep_links); not in the text


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A command such as ``/status BDG-261124-0042-4`` was given."""

    name: str  # lower case, without the slash
    argument: str = ""
    file: "MediaShared | None" = None  # under which it stood as the caption; the file's own caption is empty then


@dataclass(frozen=True, slots=True)
class ChoicePicked:
    """A button or list row was tapped."""

    value: str  # what we attached to the choice, never its label
    turn: int  # the question it answered; an older one is ignored. 0: it belongs to news, not to a question


@dataclass(frozen=True, slots=True)
class LocationShared:
    """A point on the map was sent."""

    lat: float
    lon: float
    name: str = ""  # of a venue, as the platform tells it
    moved: bool = False  # a later position of somebody who shares it live: only the first one is a pin


@dataclass(frozen=True, slots=True)
class MediaShared:
    """A picture or another file was sent. ``file`` is the platform's own name for it, ``evidence`` our row about it."""

    kind: MediaKind
    file: str
    caption: str = ""
    evidence: int = 0  # 0 until our row exists
    album: str = ""  # the same for all files that were sent as one; "" for a file of its own
    message: str = field(default="", compare=False)  # as of TextSent
    content: str = field(default="", compare=False)  # the same for the same bytes sent again; "" where nobody tells


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """A message sent before was changed by its writer; of a picture or file, its caption."""

    text: str  # as it reads now
    message: str = ""  # the platform's own id of the message that was changed; "" where it is not told


@dataclass(frozen=True, slots=True)
class MessageDeleted:
    """A message sent before was taken back by its writer."""

    message: str  # the platform's own id of it


@dataclass(frozen=True, slots=True)
class UnreadableSent:
    """Something we cannot read, such as a sticker or somebody's contact card."""

    what: str  # sticker, contact, contacts, or any other word of the platform
    card: str = field(default="", compare=False)  # the phone number or person on a contact card


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded message comes from, as far as the platform tells."""

    kind: str  # user, hidden_user, chat, channel (Telegram); forwarded, frequently_forwarded (WhatsApp, which tells no more)
    author: str = ""  # tells one writer from another, and is shown to nobody; "" where the platform hides them
    at: int = 0  # seconds since 1970 when it was written first; 0 where the platform does not tell


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A message that somebody else wrote, in the order and the words in which it was passed on."""

    content: "TextSent | MediaShared | LocationShared | UnreadableSent"
    origin: Origin


@dataclass(frozen=True, slots=True)
class BatchReady:
    """Forwarded messages have been gathered for long enough: they are to be read together."""

    batch: int


@dataclass(frozen=True, slots=True)
class BatchCompared:
    """The answer to :class:`~bot.dialogue.effects.CompareBatch`: which lines tell what an open report tells already."""

    alike: tuple[tuple[int, str, bool], ...]  # (line from 0, number of the report, whether it is the person's own)
    before: str = ""  # what stood in the question


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message of a group that another one answers."""

    message: str  # the platform's own id of it
    author: str = ""  # the platform's id of who wrote it; "" for nobody in particular
    ours: bool = False  # we wrote it
    text: str = ""
    files: tuple[MediaShared, ...] = ()
    point: LocationShared | None = None


@dataclass(frozen=True, slots=True)
class InGroup:
    """Something that was said to us in a group, where we are a guest."""

    said: TextSent | CommandGiven | MediaShared | LocationShared | ChoicePicked
    quoted: Quoted | None = None
    message: str = field(default="", compare=False)  # the platform's own id of it

    @property
    def words(self) -> str:
        """What is to be understood of it: the answered message where that is to be filed, else the words themselves."""
        match self.said:
            case CommandGiven("lapor", argument):
                return "\n".join(part for part in (self.quoted.text if self.quoted else "", argument) if part)
            case TextSent(text):
                return text
            case CommandGiven(_, argument):
                return argument
            case MediaShared(caption=caption):
                return caption
        return ""


@dataclass(frozen=True, slots=True)
class SilenceFell:
    """Nothing was said for as long as the last turn wanted to wait."""

    turn: int  # the turn that asked to be woken; a late one is ignored


@dataclass(frozen=True, slots=True)
class MediaReady:
    """Our own copy of a file is stored; ``lat`` and ``lon`` come from the picture's own data."""

    evidence: int
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class MediaFailed:
    """A file could not be fetched and never will be."""

    evidence: int
    reason: str


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """The answer to :class:`~bot.dialogue.effects.FindSimilar`: the reports are in ``Knowledge.similar``."""

    before: str = ""  # what stood in the question


@dataclass(frozen=True, slots=True)
class LastStep:
    """What somebody else did to a report meanwhile."""

    status: str
    at: datetime
    actor: str  # administrator, narahubung, pelapor, sistem, ...
    name: str = ""  # of the member of staff, where it is known
    agency: str = ""  # of a narahubung
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActRefused:
    """What a turn wanted done may not be done; nothing of that turn was kept."""

    code: str  # illegal_move, moved_meanwhile, not_allowed, unknown_report, invitation_...
    number: str = ""
    now_status: str = ""
    legal: tuple[str, ...] = ()  # the moves that are possible instead
    values: tuple[tuple[str, str], ...] = ()  # blanks of the sentence that ``code`` then is
    last: LastStep | None = None  # where somebody else was faster


Event: TypeAlias = (
    TextSent
    | InGroup
    | CommandGiven
    | ChoicePicked
    | LocationShared
    | MediaShared
    | MessageEdited
    | MessageDeleted
    | UnreadableSent
    | Forwarded
    | BatchReady
    | BatchCompared
    | SilenceFell
    | MediaReady
    | MediaFailed
    | SimilarFound
    | ActRefused
)


def captioned(file: MediaShared) -> MediaShared | CommandGiven:
    """What a file with a caption is: a command that brings a file when the caption is a command, else the file."""
    match = COMMAND.fullmatch(file.caption.strip())
    if match is None:
        return file
    return CommandGiven(match["name"].lower(), (match["argument"] or "").strip(), replace(file, caption=""))


def said(text: str, message: str = "") -> TextSent | CommandGiven:
    """What a written message is: a command when it begins with a slash and a word, or brings a code and no words; else words."""
    if match := COMMAND.fullmatch(text.strip()):
        return CommandGiven(match["name"].lower(), (match["argument"] or "").strip())
    code, rest = deep_links.brought(text.strip())
    if code and deep_links.says_nothing(rest):
        return CommandGiven("start", code)
    return TextSent(rest, message, code)
