"""The facts given to one turn. Services gather them; the engine looks nothing up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue.knowledge.desk import (
    AgencyGroupFacts,
    ClosureFacts,
    QueuePage,
    SheetAnswer,
    SheetFacts,
    SheetFault,
    StaffFacts,
)
from bot.dialogue.knowledge.figures import CampaignFacts, Figures, Group, SpanFacts, Spread, WeekFacts
from bot.dialogue.knowledge.groups import (
    AreaFacts,
    AreaLine,
    BatchFacts,
    FollowFacts,
    GroupCardFacts,
    GroupDesk,
    GroupFacts,
    Item,
    KimFacts,
    PeerFacts,
    TakeOverFacts,
    WitnessFacts,
)
from bot.dialogue.knowledge.heard import Clause, Danger, Heard, PlaceFound
from bot.dialogue.knowledge.persons import HandoverFacts, IdentitySeen, InvitationFacts, LinkFacts, MessageFacts, Opened
from bot.dialogue.knowledge.reports import (
    CorrectionFacts,
    PartFacts,
    ReferralFacts,
    ReportFacts,
    TimeFacts,
    TimelineStep,
    UsualPlace,
)
from cities.city import City

__all__ = [
    "AgencyGroupFacts",
    "AreaFacts",
    "AreaLine",
    "BatchFacts",
    "CampaignFacts",
    "Clause",
    "ClosureFacts",
    "CorrectionFacts",
    "Danger",
    "Figures",
    "FollowFacts",
    "Group",
    "GroupCardFacts",
    "GroupDesk",
    "GroupFacts",
    "HandoverFacts",
    "Heard",
    "IdentitySeen",
    "InvitationFacts",
    "Item",
    "KimFacts",
    "Knowledge",
    "LinkFacts",
    "MessageFacts",
    "Opened",
    "PartFacts",
    "PeerFacts",
    "PlaceFound",
    "QueuePage",
    "ReferralFacts",
    "ReportFacts",
    "SheetAnswer",
    "SheetFacts",
    "SheetFault",
    "SpanFacts",
    "Spread",
    "StaffFacts",
    "TakeOverFacts",
    "TimeFacts",
    "TimelineStep",
    "UsualPlace",
    "WeekFacts",
    "WitnessFacts",
    "never_alike",
]


def never_alike(one: str, other: str) -> float:
    """Not alike: where no reader is at hand."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything one turn may know beyond its session and event."""

    city: City
    now: datetime
    language_hint: str = ""
    person_name: str = ""
    heard: Heard | None = None
    located: PlaceFound | None = None  # for a shared location
    located_beside: tuple[PlaceFound, ...] = ()  # the same point beyond a border that is metres away
    fresh_number: str = ""  # what a report filed in this turn will be called
    answer_by: Mapping[str, datetime] = field(default_factory=dict)  # by priority: when it is checked at the latest
    own: tuple[ReportFacts, ...] = ()  # newest first
    number_heard: str = ""  # a report number in this event, in its usual form
    number_mistyped: bool = False  # its check digit does not hold
    number_written: str = ""  # where it is mistyped or incomplete: as it was typed
    number_incomplete: bool = False  # digits are missing
    nearly_named: ReportFacts | None = None  # the person's only report whose number differs by one slip
    named: ReportFacts | None = None  # the report with that number
    usual_places: tuple[UsualPlace, ...] = ()  # newest first
    similar: tuple[ReportFacts, ...] = ()
    staff: StaffFacts | None = None
    queue: QueuePage | None = None
    week: WeekFacts | None = None  # this week and last
    figures: Figures | None = None
    agency_group: AgencyGroupFacts | None = None  # where staff write in a group
    day: Mapping[str, QueuePage] = field(default_factory=dict)  # overdue, today, new: of the person's day
    invitation: InvitationFacts | None = None
    sheet: SheetFacts | None = None  # of a file that staff sent, once our copy is there
    outside_heard: tuple[str, ...] = ()  # outside agencies named in this event, best first
    fresh_code: str = ""  # with which somebody may become staff
    fresh_token: str = ""  # for a link that this turn may give away
    links: str = ""  # where the links of outside agencies begin; "" when there are none
    saved: tuple[tuple[str, str], ...] = ()  # name and words of saved answers, where the event may use them
    owners_heard: tuple[str, ...] = ()  # the city's agencies with which the words of this event begin, in their order
    behind_owners: str = ""  # and what is said behind them
    agencies_heard: tuple[str, ...] = ()  # agencies named in this event, best first
    unmanned: frozenset[str] = frozenset()  # agencies without an active contact person
    citizen_channel: str = ""  # where citizens can report
    kim: KimFacts = field(default_factory=KimFacts)
    group_desk: GroupDesk | None = None
    views: tuple[IdentitySeen, ...] = ()  # of the named report's reporter, the newest first; only for /akses
    data_files: str = ""  # the talk in which a copy of the person's data can be sent as files; "" where it cannot
    handover: HandoverFacts | None = None  # the citizen's own, or the one that this member of staff is in
    waiting: tuple[HandoverFacts, ...] = ()  # for staff: those that nobody took yet, the longest waiting first
    opens_at: datetime | None = None  # when a person can answer; None while the offices work
    messages: tuple[MessageFacts, ...] = ()  # about the named report, oldest first; only for /pesan
    opened: Opened | None = None  # the code that this event opened
    linking: LinkFacts | None = None  # where this event is about linking channels
    campaigns: tuple[CampaignFacts, ...] = ()  # the newest first, where the turn is about them
    campaign: CampaignFacts | None = None  # the one that this event names
    audience_size: int = 0  # of the campaign that is being made
    group_card: GroupCardFacts | None = None  # in a group: of the message that was answered
    own_message: str = ""  # in a group: the platform's id of what was just written
    area: AreaFacts | None = None  # that this event asks to see
    takeover: TakeOverFacts | None = None  # of the link that this event opens
    closures: tuple[ClosureFacts, ...] = ()  # for a turn that is about them, the earliest first
    campaign_wish: str = ""  # of a citizen: "on", "off", or never said
    news_follows: bool = False  # who tapped to read news gets some by that tap
    witness_questions: tuple[WitnessFacts, ...] = ()  # not answered yet, the newest first
    follow: FollowFacts | None = None  # where this event names a code to follow a report
    follow_code: str = ""  # fresh, for a report whose news somebody else is to hear
    kept_reports: int = 0  # how many of the person are kept, and photos and other files with them; only for /privasi
    kept_files: int = 0
    batch: BatchFacts | None = None  # None while nothing is gathered or asked about
    fresh_numbers: tuple[str, ...] = ()  # what reports filed together in this turn will be called, in order
    alike: Callable[[str, str], float] = never_alike  # how alike two descriptions are, from 0 to 1; pure
