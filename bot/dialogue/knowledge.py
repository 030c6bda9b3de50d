"""The facts given to one turn. Services gather them; the engine looks nothing up."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cities.city import City


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place as understood from words or a pin."""

    name: str
    kind: str  # street, landmark, kelurahan, kecamatan, pin, ...
    kelurahan: str = ""
    kecamatan: str = ""
    kota_kab: str = ""
    lat: float | None = None
    lon: float | None = None
    authority: str = ""  # of the road: kota, provinsi, nasional, tol; "" unknown
    authority_basis: str = "unknown"  # sourced, likely, unknown
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Danger:
    """Words that speak of an emergency."""

    kind: str  # a sub-category of the city's emergency category
    about_self: bool = False  # for a person who may hurt themselves


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words of this event mean."""

    language: str  # id, su, mix, en
    kind: str
    kind_confidence: float
    categories: tuple[tuple[str, float], ...]  # all, best first
    category_sure: bool  # the best may be taken as read
    urgency: str
    danger: Danger | None = None
    place: PlaceFound | None = None
    place_options: tuple[PlaceFound, ...] = ()
    place_words: str = ""
    sub_categories: tuple[tuple[str, str], ...] = ()  # what each category's sub-category is, where the words say it
    two: tuple["Clause", ...] = ()  # the two problems of a message that surely tells two; else empty
    spoken: tuple["Clause", ...] = ()  # words of it that answer about one line of a list each


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message that tells a problem of its own."""

    words: str  # the writer's own
    heard: Heard


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of a report's history."""

    status: str
    at: datetime
    note: str = ""
    agency: str = ""
    reason: str = ""
    receiver: str = ""  # of a hand-over to somebody who is none of the city's agencies
    reference: str = ""  # the receiver's own number
    answer: bool = False  # no step of the report, but what the outside agency answered


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """Where a report lies outside."""

    receiver: str
    since: datetime
    chases: int  # asked for news since the last answer
    link_until: datetime | None = None  # until when the receiver can answer by a link
    last_answer: str = ""


@dataclass(frozen=True, slots=True)
class TimeFacts:
    """Working time of the office that has a report: what is left of it, or how long it is over."""

    left: timedelta
    over: timedelta = timedelta()  # since the promise was broken first
    day_and_night: bool = False  # an agency that never closes: hours are hours of the clock


@dataclass(frozen=True, slots=True)
class PartFacts:
    """What one of several agencies does about a report."""

    number: str  # for the office; "" for its reporter
    agency: str
    status: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report as the person of this turn may see it."""

    number: str
    status: str
    category: str
    kind: str = ""
    priority: str = ""
    privacy: str = "anonim"
    mine: bool = False  # the person of this turn reported it
    rated: bool = False  # and said how satisfied they were
    description: str = ""  # "" when this person may not read it
    place: str = ""
    agency: str = ""
    created_at: datetime | None = None
    timeline: tuple[TimelineStep, ...] = ()
    due_at: datetime | None = None  # the next open deadline
    time: TimeFacts | None = None  # for staff, while an office has something to keep
    needs_check: bool = False
    photos: tuple[int, ...] = ()
    public_photos: tuple[int, ...] = ()  # of these, the ones of which everybody may see a copy
    may_be_public: bool = False  # nothing about the report is secret
    proofs: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    supporters: int = 0
    reporter_name: str = ""  # "" when it may not be seen
    moves: tuple[str, ...] = ()  # what this person may do with it now
    proposed_agency: str = ""
    proposed_because: str = ""
    proposal_sure: bool = True  # not a guess
    category_confidence: float = 1.0  # of the reader; 1 once a person confirmed or corrected it
    similar: tuple[str, ...] = ()  # numbers of open reports that may be the same problem
    referral: ReferralFacts | None = None  # for staff, while it lies with an outside agency
    on_map: bool = False  # its point is known
    parts: tuple[PartFacts, ...] = ()  # of several agencies
    part_of: str = ""  # for staff: number of the whole
    joined_to: str = ""  # number of the report that this one supports, and where it stands


@dataclass(frozen=True, slots=True)
class UsualPlace:
    """Where an earlier report of the same person was."""

    number: str  # of that report
    place: PlaceFound


@dataclass(frozen=True, slots=True)
class StaffFacts:
    """Who the person of this turn is in the back office."""

    roles: frozenset[str]
    agencies: tuple[str, ...] = ()
    commands: tuple[tuple[str, str], ...] = ()  # (name, message id of its help) that their roles may use


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a person's queue."""

    reports: tuple[ReportFacts, ...]
    page: int  # from 1
    pages: int
    total: int
    kind: str = "queue"  # queue, found
    which: str = ""  # of the queue: "" what waits, mine, new, overdue, today
    words: str = ""  # looked for


@dataclass(frozen=True, slots=True)
class WeekFacts:
    """What happened: by thing, how many reports of which (agency, category)."""

    now: Mapping[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    before: Mapping[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """A campaign and how far it got; numbers are persons."""

    id: int
    words: str
    photos: tuple[int, ...]
    audience: str  # citizens, citizens:<kelurahan>, groups, groups:<id>,<id>
    state: str  # planned, sending, sent, stopped
    starts_at: datetime
    expected: int
    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0
    withdrawn: int = 0
    held: int = 0  # sent as soon as they write again


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie: how many there are, their median and 90th percentile, and their sum."""

    n: int = 0
    median: float = 0.0
    ninety: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """Reports that share something, counted; of an outside agency, its hand-overs (``confirmed`` are the answered ones)."""

    id: str  # of an agency or category, a kelurahan's name, a month such as 2026-11; "" for all or for none
    n: int
    open: int = 0
    to_answer: Spread = Spread()  # working days; of outside agencies calendar days
    to_solve: Spread = Spread()
    confirmed: int = 0
    timed_out: int = 0
    otherwise: int = 0


@dataclass(frozen=True, slots=True)
class SpanFacts:
    """A span of days, as somebody asked for it."""

    asked: str  # "", 2026, 2026-11
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers about the reports received in a span."""

    span: SpanFacts
    whole: Group
    by: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)  # agency, category, kelurahan, month
    hops: tuple[tuple[int, int], ...] = ()  # (hops, reports with so many)
    unowned: Spread = Spread()  # days that a report lay with nobody
    receivers: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyGroupFacts:
    """The group in which staff write."""

    agency: str = ""  # whose it is; "" for nobody's
    may_bind: bool = False  # this person may make it the agency's of the code
    code_state: str = ""  # of the code in this event: open, unknown, expired, used
    code_agency: str = ""


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One line of a file with answers of outside agencies, as it was written."""

    line: int
    number: str  # ours; "" where the line has none
    tracking: str  # theirs
    words: str
    solved: bool  # they say that it is done


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Why a line of such a file cannot be taken: a message id and what fills its blanks."""

    line: int
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a file with answers would change."""

    told: tuple[SheetAnswer, ...] = ()
    answers: int = 0  # new ones
    references: int = 0  # new tracking numbers
    unchanged: int = 0
    faults: tuple[SheetFault, ...] = ()  # any one of them, and nothing is taken


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """A day on which offices are closed."""

    day: date
    name: str
    agency: str = ""  # "" all of them
    ours: bool = False  # written down by an administrator, and to be taken back by one


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    """What a one-time code is good for."""

    state: str  # open, unknown, expired, used
    role: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """Somebody in a community information group, as its members and administrators may see them."""

    member_id: int
    name: str
    coordinator: bool = False
    me: bool = False
    flagged: bool = False  # was asked whether they stay, and did not answer
    asleep: bool = False


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A community information group (KIM)."""

    id: int
    name: str
    area: str
    term_until: date | None = None
    over: bool = False  # the term has ended
    members: tuple[PeerFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class KimFacts:
    """What the person of this turn is in a group, and what the code in this event is good for."""

    group: GroupFacts | None = None  # theirs
    me: PeerFacts | None = None
    asked_to_stay: bool = False
    code_state: str = ""  # of the code in this event: open, unknown, expired, used, theirs
    code_group: GroupFacts | None = None
    fresh_code: str = ""  # for an invitation that this turn may give away

    @property
    def active(self) -> bool:
        """Whether their rights as a member hold now."""
        return self.me is not None and not self.me.asleep


@dataclass(frozen=True, slots=True)
class Item:
    """One gathered message: what it is, what its words and its point mean, and whom and when it came from."""

    id: int
    what: str  # words, photo, video, voice, document, pin, other
    words: str = ""
    heard: Heard | None = None
    place: PlaceFound | None = None  # of a pin
    evidence: int = 0
    album: str = ""
    content: str = ""  # the same for the same bytes
    author: str = ""
    at: int = 0  # seconds since 1970 when it was written first; 0 untold


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """The messages that are being gathered, or that were read and wait for a word."""

    gathering: bool
    items: tuple[Item, ...] = ()  # in the order in which they were sent
    count: int = 0  # of all messages, those for a later list among them


def never_alike(one: str, other: str) -> float:
    """Not alike: where no reader is at hand."""
    return 0.0


@dataclass(frozen=True, slots=True)
class WitnessFacts:
    """A report of which a KIM member was asked whether it is solved."""

    number: str
    category: str


@dataclass(frozen=True, slots=True)
class FollowFacts:
    """The report behind a code with which somebody, for whom it was told, hears its news."""

    number: str = ""  # "" for a code that nobody gave
    category: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class GroupDesk:
    """What an administrator may know of groups in this turn."""

    groups: tuple[GroupFacts, ...] = ()
    area: tuple[str, str] = ("", "")  # (kelurahan, kecamatan) named in this event
    area_options: tuple[str, ...] = ()  # when several have that name
    fresh_code: str = ""


@dataclass(frozen=True, slots=True)
class IdentitySeen:
    """Somebody looked at who reported a report."""

    at: datetime
    name: str  # of who looked; "" when we never heard it
    roles: tuple[str, ...]
    where: str  # card, letter, page


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """A talk with a person that a citizen asked for."""

    id: int
    since: datetime
    claimed: bool = False
    lately: tuple[str, ...] = ()  # the last lines before it was asked for


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """One message about a report, and what became of it."""

    state: str  # planned, retried, sending, held, sent, delivered, read, refused, unreachable, withdrawn
    at: datetime  # when it ended, or is due
    channel: str
    to: str  # reporter, staff, other
    words: str  # how it begins
    reason: str = ""  # a known one; message_because_... of the texts
    detail: str = ""  # the blank of that sentence, or the reason itself where it is none of the known
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What a turn about linking channels may know."""

    fresh_code: str
    may_make: bool = True  # not too many codes lately
    may_try: bool = True  # not too many wrong ones
    code_state: str = ""  # of the code in this event: open, unknown, expired, used, own
    channel: str = ""  # where that code was made
    name: str = ""  # of the person who made it, as they are called there
    linked: tuple[str, ...] = ()  # this person's other channels


@dataclass(frozen=True, slots=True)
class Opened:
    """What a deep link or QR code that this event opened proposes for a report."""

    known: bool  # False: nothing of ours stands behind it
    place: PlaceFound | None = None
    category: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An open report as neighbours may see it."""

    number: str
    category: str
    place: str
    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """One page of what is open in a kelurahan."""

    kelurahan: str
    kecamatan: str
    lines: tuple[AreaLine, ...]
    page: int  # from 1
    pages: int
    total: int

    @property
    def code(self) -> str:
        """Names it in a choice."""
        return f"{self.kelurahan} {self.kecamatan}"


@dataclass(frozen=True, slots=True)
class GroupCardFacts:
    """A message of a group that was filed, or the card that shows where that report stands."""

    number: str
    mine: bool  # the report is this person's
    placed: bool  # it is known where


@dataclass(frozen=True, slots=True)
class TakeOverFacts:
    """What the link of a group's card is good for."""

    state: str  # open, unknown, not_yours, taken
    number: str = ""
    description: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything one turn may know beyond its session and event."""

    city: City
    now: datetime
    language_hint: str = ""
    person_name: str = ""
    heard: Heard | None = None
    located: PlaceFound | None = None  # for a shared location
    fresh_number: str = ""  # what a report filed in this turn will be called
    answer_by: Mapping[str, datetime] = field(default_factory=dict)  # by priority: when it is checked at the latest
    own: tuple[ReportFacts, ...] = ()  # newest first
    number_heard: str = ""  # a report number in this event, in its usual form
    number_mistyped: bool = False  # its check digit does not hold
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
    witness_questions: tuple[WitnessFacts, ...] = ()  # not answered yet, the newest first
    follow: FollowFacts | None = None  # where this event names a code to follow a report
    follow_code: str = ""  # fresh, for a report whose news somebody else is to hear
    batch: BatchFacts | None = None  # None while nothing is gathered or asked about
    fresh_numbers: tuple[str, ...] = ()  # what reports filed together in this turn will be called, in order
    alike: Callable[[str, str], float] = never_alike  # how alike two descriptions are, from 0 to 1; pure
