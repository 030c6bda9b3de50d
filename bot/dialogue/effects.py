"""What a turn wants done. The engine only names it; `bot.services` does it, in one transaction with the session."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from bot.dialogue.events import LocationShared, MediaShared, Origin, TextSent, UnreadableSent
from bot.dialogue.knowledge import Heard, PlaceFound, SheetAnswer
from bot.dialogue.replies import Reply
from bot.dialogue.session import CampaignDraft, Draft


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
class Speak:
    """From now on talk to this person in ``language``."""

    language: str


@dataclass(frozen=True, slots=True)
class WakeAfter:
    """If nothing is said for so many seconds, let ``SilenceFell`` of this turn happen."""

    seconds: int


@dataclass(frozen=True, slots=True)
class BecomeStaff:
    """Redeem a one-time code."""

    code: str


@dataclass(frozen=True, slots=True)
class CorrectReport:
    """Staff set the category right."""

    number: str
    category: str


@dataclass(frozen=True, slots=True)
class CorrectFacts:
    """Staff set the kind, the place or the secrecy right."""

    number: str
    kind: str = ""
    privacy: str = ""
    place: PlaceFound | None = None
    place_words: str = ""


@dataclass(frozen=True, slots=True)
class MoveReport:
    """Staff move a report on; refused when the lifecycle or their rights do not allow it."""

    number: str
    to: str
    seen: str  # the status they saw when they decided; another one now means that somebody else was faster
    note: str = ""
    agency: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AddProof:
    """One more picture of a result that was already told."""

    number: str
    evidence: int


@dataclass(frozen=True, slots=True)
class RemarkOnReport:
    """Words of staff for staff."""

    number: str
    words: str


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
class ArchiveReport:
    """Set a report aside for one of the city's reasons."""

    number: str
    seen: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """An agency says that it is not theirs, and whose it is."""

    number: str
    seen: str
    agency: str
    why: str


@dataclass(frozen=True, slots=True)
class JoinReports:
    """Put a report under another one of the same problem; ``parent`` are the words with its number."""

    number: str
    seen: str
    parent: str


@dataclass(frozen=True, slots=True)
class SplitReport:
    """A joined report is a problem of its own."""

    number: str
    seen: str


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
class EndTalk:
    """No more talk with a person: the citizen is back with us."""


PersonEffect: TypeAlias = AskForPerson | TakeTalk | PassOn | EndTalk
"""What happens between a citizen and a person."""


@dataclass(frozen=True, slots=True)
class PlanCampaign:
    """Send this to these people from then on."""

    campaign: CampaignDraft
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class StopCampaign:
    """Send no more of it."""

    id: int


@dataclass(frozen=True, slots=True)
class WantCampaigns:
    """This person asks for campaigns, or wants none any more."""

    wanted: bool


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
CampaignEffect: TypeAlias = PlanCampaign | StopCampaign | WantCampaigns
"""What happens with campaigns."""


@dataclass(frozen=True, slots=True)
class AskReporter:
    """Ask the reporter for one thing: ``part`` is one that the city has words for, else ``words`` are the question."""

    number: str
    seen: str
    part: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleReport:
    """Promise the work for a day."""

    number: str
    seen: str
    day: date
    why: str


@dataclass(frozen=True, slots=True)
class TakeSheet:
    """Keep what a sheet of answers of outside agencies tells."""

    told: tuple[SheetAnswer, ...]


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
class OpenAgain:
    """Staff open what was closed or set aside."""

    number: str
    seen: str
    why: str


@dataclass(frozen=True, slots=True)
class CallEmergency:
    """Staff read danger in a report."""

    number: str
    seen: str
    why: str


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
class ShareReport:
    """Hand a report to several agencies at once."""

    number: str
    seen: str
    agencies: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class UndoStep:
    """Take back the person's own last step."""

    number: str
    seen: str


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


DeskMove: TypeAlias = (
    CorrectFacts
    | ShareReport
    | UndoStep
    | OpenAgain
    | CallEmergency
    | AskReporter
    | ScheduleReport
    | ArchiveReport
    | ReturnReport
    | JoinReports
    | SplitReport
)
OfThePerson: TypeAlias = InviteStaff | LeaveStaff | KeepAnswer | DropAnswer
"""What is about a member of staff and no report."""
DeskEffect: TypeAlias = RemarkOnReport | ReferReport | RecordAnswer | RenewLink | CloseByStaff | OfThePerson | DeskMove
"""What staff do with a report beside moving it on."""


@dataclass(frozen=True, slots=True)
class Gather:
    """Keep a message with those that will be read together; each one puts the reading off."""

    content: TextSent | MediaShared | LocationShared | UnreadableSent
    origin: Origin
    heard: Heard | None
    place: PlaceFound | None


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Enough is gathered: let ``BatchReady`` happen at once."""


@dataclass(frozen=True, slots=True)
class CompareBatch:
    """Look for open reports like each of these drafts; the answer comes as ``BatchCompared`` within the same turn."""

    drafts: tuple[Draft, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class FiledLine:
    """One report of a batch: filed anew, joined to an open report, or added to one of the person's own."""

    draft: Draft
    items: tuple[int, ...]  # the gathered messages that it is made of
    number: str  # fresh; or the person's own report to which it is added
    parent: str = ""  # the open report that it supports
    added: bool = False  # to the person's own report `number`
    neighbour: bool = False  # told for somebody else, who agreed
    contact: str = ""  # of that person


@dataclass(frozen=True, slots=True)
class FileBatch:
    """File these lines. ``known`` are all messages dealt with; when ``over``, whatever else came is the next batch."""

    lines: tuple[FiledLine, ...]
    known: tuple[int, ...]
    over: bool
    language: str


@dataclass(frozen=True, slots=True)
class DropBatch:
    """Nothing of these messages is filed; whatever else came is the next batch."""

    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PutOffBatch:
    """This is no moment to read what was gathered: let ``BatchReady`` happen after another pause."""


@dataclass(frozen=True, slots=True)
class NoteContact:
    """How the person for whom the report ``number`` was told can be reached; ``code`` lets them follow it themselves."""

    number: str
    contact: str
    code: str


@dataclass(frozen=True, slots=True)
class FollowReport:
    """The person hears the news of the report behind ``code``, which was told for them."""

    code: str


@dataclass(frozen=True, slots=True)
class StopFollowing:
    """The person hears no more news of reports that others told for them."""


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

NeighbourEffect: TypeAlias = NoteContact | FollowReport | StopFollowing
"""What happens to people for whom somebody else reported."""

BatchEffect: TypeAlias = Gather | ReadBatch | PutOffBatch | FileBatch | DropBatch
"""What happens to forwarded messages."""


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

Effect: TypeAlias = (
    Say
    | FindSimilar
    | OpenReport
    | JoinReport
    | AnswerClosing
    | ReopenReport
    | Rate
    | AddToReport
    | Speak
    | WakeAfter
    | BecomeStaff
    | CorrectReport
    | MoveReport
    | AddProof
    | DeskEffect
    | TakeSheet
    | AgencyGroupEffect
    | GroupEffect
    | PersonEffect
    | CampaignEffect
    | CompareBatch
    | BatchEffect
    | OwnData
    | PhotoEffect
    | GroupTalkEffect
    | ClosureEffect
    | LinkEffect
    | NeighbourEffect
    | WitnessEffect
)
