"""What a citizen's talk wants done, and what happens between a citizen and a person."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.dialogue.knowledge import PlaceFound
from bot.dialogue.replies import Reply
from bot.dialogue.session import Draft


@dataclass(frozen=True, slots=True)
class Say:
    """Show this in the same chat."""

    reply: Reply
    pause: float = 0.0  # seconds; a turn that answers before they are over takes its place


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Look for open reports like this draft; the answer comes as ``SimilarFound`` within the same turn."""

    draft: Draft
    before: str = ""  # to be said first, whatever is found; it comes back in the answer


@dataclass(frozen=True, slots=True)
class OpenReport:
    """File the draft under ``number``, which was fresh in this turn's knowledge."""

    draft: Draft
    number: str
    emergency: bool = False  # file it as sent to the emergency services


@dataclass(frozen=True, slots=True)
class JoinReport:
    """File the draft under ``number`` as one that supports the open report ``parent``."""

    draft: Draft
    number: str
    parent: str


@dataclass(frozen=True, slots=True)
class AnswerClosing:
    """The reporter says whether the problem is solved."""

    number: str
    solved: bool


@dataclass(frozen=True, slots=True)
class ReopenReport:
    """The reporter says that a closed problem came back."""

    number: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How satisfied the reporter is: 1 to 5."""

    number: str
    stars: int
    word: str = ""


@dataclass(frozen=True, slots=True)
class AddToReport:
    """Words, pictures or a point on the map that belong to a filed report."""

    number: str
    words: str = ""
    evidence: tuple[int, ...] = ()
    place: PlaceFound | None = None


@dataclass(frozen=True, slots=True)
class WithdrawReport:
    """The reporter ends a report that was sent."""

    number: str


@dataclass(frozen=True, slots=True)
class ShowNameAs:
    """How the reporter's name is shown with a report that was sent: tampil, anonim, rahasia."""

    number: str
    privacy: str


@dataclass(frozen=True, slots=True)
class Speak:
    """From now on talk to this person in ``language``."""

    language: str


@dataclass(frozen=True, slots=True)
class WakeAfter:
    """If nothing is said for so many seconds, let ``SilenceFell`` of this turn happen."""

    seconds: int


@dataclass(frozen=True, slots=True)
class AskForPerson:
    """The citizen wants to talk with a person."""

    lately: tuple[str, ...] = ()  # the last lines of the talk


@dataclass(frozen=True, slots=True)
class TakeTalk:
    """Staff take a talk that waits."""

    handover: int


@dataclass(frozen=True, slots=True)
class PassOn:
    """Words and files to whoever is on the other side of the talk with a person."""

    words: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteForPerson:
    """Words for the person who is asked for and has not come yet."""

    words: str


@dataclass(frozen=True, slots=True)
class EndTalk:
    """No more talk with a person: the citizen is back with us."""


PersonEffect: TypeAlias = AskForPerson | NoteForPerson | TakeTalk | PassOn | EndTalk
"""What happens between a citizen and a person."""
TakenBack: TypeAlias = WithdrawReport | ShowNameAs
"""What a reporter takes back of what was sent."""
