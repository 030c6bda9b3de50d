"""Every table on one page.

Conventions: internal ids are 64-bit and never shown; links carry random tokens. All times are aware UTC. A column named
``*_sealed`` holds ciphertext of the :class:`~storage.vault.Vault` (it names its key), a column named ``*_hash`` a keyed
fingerprint by which the sealed value can be found. Enumerations are plain text, checked by the code that writes them.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name from the first migration on: one without a name cannot be changed on SQLite later."""

BIG = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in an INTEGER primary key."""


def _id() -> Any:
    return Field(default=None, primary_key=True, sa_type=BIG)


def _ref(target: str, *, index: bool = True) -> Any:
    return Field(foreign_key=target, sa_type=BIG, index=index)


def _maybe_ref(target: str, *, index: bool = True) -> Any:
    return Field(default=None, foreign_key=target, sa_type=BIG, index=index)


def _text(default: Any = "") -> Any:
    return Field(default=default, sa_type=Text)


def _one_open(name: str, *columns: str, until: str) -> Index:
    """At most one row with these columns whose ``until`` is still empty."""
    still_open = text(f"{until} IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=still_open, postgresql_where=still_open)


# ---------------------------------------------------------------- who is who


class Contact(SQLModel, table=True):
    """A person. Linking two of them sets ``merged_into``; history is never rewritten."""

    id: int = _id()
    name_sealed: str = _text()
    language: str = ""  # "" until we know it
    merged_into: int | None = _maybe_ref("contact.id")
    linked_at: datetime | None = (
        None  # when they linked themselves to `merged_into` with a code; None where we found out
    )
    campaigns: str = Field(default="", index=True)  # "on": asked for them; "off": wants none; "": never said
    campaigns_since: datetime | None = None  # when that was said
    erased_at: datetime | None = None  # wishes to be forgotten: their addresses go too, as soon as no report needs them
    created_at: datetime


class DataLink(SQLModel, table=True):
    """A link with which a person fetches a copy of their data, once."""

    __tablename__ = "data_link"

    id: int = _id()
    contact_id: int = _ref("contact.id", index=False)
    token_hash: str = Field(unique=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class Address(SQLModel, table=True):
    """Where a person writes from: (channel, bot or number, external id) is unique."""

    __table_args__ = (UniqueConstraint("channel", "bot", "external_hash"),)

    id: int = _id()
    contact_id: int = _ref("contact.id")
    channel: str  # telegram, whatsapp, webchat, terminal
    bot: str  # citizen, staff, or a number id; in the demonstration also the role played
    external_hash: str
    external_sealed: str = _text()
    unreachable_since: datetime | None = None
    unreachable_reason: str = ""
    wrote_at: datetime | None = None  # the platform's time of the newest message from there; None where it tells none
    shut_after: datetime | None = None  # the `wrote_at` after which the platform took no more free words
    nudged_at: datetime | None = None  # when we last asked, by a template, to be written to
    created_at: datetime


class StaffRole(SQLModel, table=True):
    """What somebody may do, for which agency, from when to when."""

    __tablename__ = "staff_role"
    __table_args__ = (_one_open("uq_staff_role_active", "contact_id", "role", "agency", until="until"),)

    id: int = _id()
    contact_id: int = _ref("contact.id")
    role: str  # administrator, narahubung, pimpinan, auditor
    agency: str = ""  # id of the city's agencies
    since: datetime
    until: datetime | None = None
    invitation_id: int | None = _maybe_ref("invitation.id", index=False)


class Invitation(SQLModel, table=True):
    """A one-time code with which a person becomes staff."""

    id: int = _id()
    code_hash: str = Field(unique=True)
    role: str
    agency: str = ""
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = _maybe_ref("contact.id", index=False)


class AuditEntry(SQLModel, table=True):
    """An act, or a view of an identity. Rows are only ever added."""

    __tablename__ = "audit_entry"

    id: int = _id()
    at: datetime
    contact_id: int | None = _maybe_ref("contact.id")
    act: str
    report_id: int | None = _maybe_ref("report.id")
    about_contact_id: int | None = _maybe_ref("contact.id", index=False)  # whose identity was looked at
    detail: str = _text()  # "" when sealed
    detail_sealed: str = _text()  # instead of `detail` where it is about a rahasia report


class LinkCode(SQLModel, table=True):
    """A one-time code, made in one chat and typed in another, with which a person shows that both are theirs."""

    __tablename__ = "link_code"

    id: int = _id()
    code_hash: str = Field(unique=True)
    contact_id: int = _ref("contact.id")
    conversation_id: int = _ref("conversation.id", index=False)  # in which it was made
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = _maybe_ref("contact.id", index=False)


# ---------------------------------------------------------------- talks


class Conversation(SQLModel, table=True):
    """One person in one chat of one bot, and what we remember between two turns."""

    __table_args__ = (UniqueConstraint("address_id", "chat_hash"),)

    id: int = _id()
    address_id: int = _ref("address.id", index=False)
    chat_hash: str
    chat_sealed: str = _text()
    in_group: bool = False  # the chat is a group: what is said there is read by all
    session_sealed: str = _text()  # "" before the first turn
    version: int = 0  # rises by one with every turn: two turns of one version cannot both be kept
    saved_at: datetime | None = None  # when the session was last saved
    wake_at: datetime | None = Field(default=None, index=True)
    wake_turn: int = 0
    last_heard_at: datetime | None = None
    created_at: datetime


class Handover(SQLModel, table=True):
    """A citizen asked for a person: from the asking, over an administrator who took it, to the end."""

    __table_args__ = (
        _one_open("uq_handover_of_citizen", "conversation_id", until="ended_at"),
        _one_open("uq_handover_of_claimer", "claimer_conversation_id", until="ended_at"),
    )

    id: int = _id()
    conversation_id: int = _ref("conversation.id", index=False)
    opened_at: datetime
    lately_sealed: str = _text()  # JSON: the last lines of the talk when the person was asked for
    claimed_by: int | None = _maybe_ref("contact.id", index=False)
    claimer_conversation_id: int | None = _maybe_ref("conversation.id", index=False)  # where the claimer writes
    claimed_at: datetime | None = None
    unanswered_since: datetime | None = None  # the citizen's first words that nobody answered yet
    reminded_at: datetime | None = None  # when the administrators were last told that somebody waits
    ended_at: datetime | None = None
    ended_by: str = ""  # pelapor, petugas


class InboxEvent(SQLModel, table=True):
    """Something a platform told us, stored before it is acknowledged, once."""

    __tablename__ = "inbox_event"
    __table_args__ = (
        UniqueConstraint("source", "unique_key"),
        Index("ix_inbox_event_pending", "conversation_id", "state", "order_key"),
    )

    id: int = _id()
    source: str  # "telegram:citizen", "whatsapp:<number id>", "webchat:citizen", "ours" (timers, media)
    unique_key: str
    conversation_id: int | None = _maybe_ref("conversation.id", index=False)
    order_key: int = Field(default=0, sa_type=BIG)  # update_id, or the platform's time in ms
    state: str = Field(default="pending", index=True)  # pending, handled, parked, ignored
    reason: str = _text()
    attempts: int = 0
    payload_sealed: str = _text()
    received_at: datetime
    handled_at: datetime | None = None


class AddressAlias(SQLModel, table=True):
    """Another id by which a platform names the same address: a phone number beside a business-scoped user id."""

    __tablename__ = "address_alias"
    __table_args__ = (UniqueConstraint("channel", "bot", "external_hash"),)

    id: int = _id()
    address_id: int = _ref("address.id")
    channel: str
    bot: str
    external_hash: str
    created_at: datetime


class MessageTemplate(SQLModel, table=True):
    """How a template of the city stands with the platform, in one of its languages."""

    __tablename__ = "message_template"
    __table_args__ = (UniqueConstraint("channel", "name", "locale"),)

    id: int = _id()
    channel: str  # whatsapp
    name: str
    locale: str
    external_id: str = ""  # the platform's id of it
    status: str = ""  # the platform's word in capitals: APPROVED, PENDING, REJECTED, PAUSED, DISABLED ...; ours: UNFIT
    category: str = ""  # utility, marketing, as the platform files it; "" until it said so
    quality: str = ""  # GREEN, YELLOW, RED, UNKNOWN
    reason: str = _text()
    updated_at: datetime


class SentParcel(SQLModel, table=True):
    """One message as the platform knows it; a message of ours may take several. Its news may come before our own commit."""

    __tablename__ = "sent_parcel"
    __table_args__ = (UniqueConstraint("channel", "external_hash"),)

    id: int = _id()
    channel: str
    external_hash: str  # the id tells the recipient's number
    message_id: int | None = _maybe_ref("outbox_message.id")  # None: not known yet, or no longer ours
    nudge: bool = False  # a template that only asked the person to write
    state: str = "sent"  # sent, delivered, read, failed
    outcome: str = _text()  # of a failed one: what that means for the message, as JSON
    billed: str = ""  # the platform's price category, once it was counted
    changed_at: datetime


class BilledMessages(SQLModel, table=True):
    """How many messages a platform charged for on a day (the city's calendar), by its price category."""

    __tablename__ = "billed_messages"

    day: date = Field(primary_key=True)
    channel: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    count: int = 0


class OutboxMessage(SQLModel, table=True):
    """Something we owe to a chat. Every row ends as sent, delivered or read, or with a reason a person can read."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_outbox_message_due", "state", "due_at"),
        Index("ix_outbox_message_order", "conversation_id", "state", "id"),
    )

    id: int = _id()
    conversation_id: int = _ref("conversation.id", index=False)
    report_id: int | None = _maybe_ref("report.id")
    campaign_id: int | None = _maybe_ref("campaign.id")
    key: str  # names the cause, so that the same cause owes one message only
    body_sealed: str = _text()  # a Reply as JSON
    state: str = "due"  # due, sending, held, sent, delivered, read, refused, unreachable, withdrawn
    due_at: datetime
    claimed_at: datetime | None = None  # when the last attempt to send it began
    tried_since: datetime | None = None  # when the first attempt began, after it was held the first one since
    attempts: int = 0
    plain: bool = False  # the platform did not take it with buttons or files: only words are tried now
    reason: str = _text()
    external_id: str = ""
    parts_sent: int = 0  # of a reply that takes several messages: how many went out
    created_at: datetime
    sent_at: datetime | None = None


# ---------------------------------------------------------------- reports


class NumberCounter(SQLModel, table=True):
    """The last running number drawn on a day (the city's calendar)."""

    __tablename__ = "number_counter"

    day: date = Field(primary_key=True)
    last: int


class Report(SQLModel, table=True):
    """One problem told by one reporter."""

    __table_args__ = (
        Index("ix_report_nearby", "category", "status", "lat", "lon"),
        Index("ix_report_in_place", "category", "kelurahan", "created_at"),
        Index("ix_report_queue", "agency", "status"),
        Index(
            "ix_report_to_erase",
            "id",
            sqlite_where=text("erase_when_closed IS 1"),
            postgresql_where=text("erase_when_closed IS true"),
        ),
    )

    id: int = _id()
    number: str = Field(unique=True)
    token: str = Field(unique=True)  # for links
    contact_id: int = _ref("contact.id")
    conversation_id: int = _ref("conversation.id")
    parent_id: int | None = _maybe_ref("report.id")
    is_part: bool = False  # of `parent_id`, which several agencies solve together; its reporter knows only that one
    status: str = Field(index=True)
    status_reason: str = ""
    status_since: datetime
    needs_check: bool = False
    kind: str
    category: str
    category_confidence: float = 0.0
    sub_category: str = ""
    priority: str
    privacy: str  # tampil, anonim, rahasia
    language: str
    description: str = _text()  # "" when sealed
    description_sealed: str = _text()  # instead of `description` for rahasia reports
    place_words: str = _text()  # the citizen's own words; "" when sealed
    place_words_sealed: str = _text()
    place_name: str = ""
    kelurahan: str = ""
    kecamatan: str = ""
    kota_kab: str = ""
    lat: float | None = None
    lon: float | None = None
    road_authority: str = ""
    road_authority_basis: str = ""
    place_confidence: float = 0.0
    agency: str = ""  # who owns it now; "" before disposition
    city_version: str  # of the city data it was made under
    channel: str
    campaign: str = ""  # the poster or broadcast whose code led to it
    times_reopened: int = 0
    times_returned: int = 0  # how often an agency said that it is not theirs
    erase_when_closed: bool = False  # its reporter wants its words and files erased as soon as nobody works with them
    kim_member_id: int | None = _maybe_ref("kim_member.id")  # through whom it came; None: the reporter's own
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None = None


class StatusChange(SQLModel, table=True):
    """One step of a report's history; rows are only ever added."""

    __tablename__ = "status_change"

    id: int = _id()
    report_id: int = _ref("report.id")
    from_status: str = ""  # "" for a new report
    to_status: str
    actor: str  # pelapor, kim, sistem, administrator, narahubung, pimpinan, instansi_eksternal
    contact_id: int | None = _maybe_ref("contact.id", index=False)
    agency: str = ""
    reason: str = ""
    note: str = _text()  # what the citizen may read; "" when sealed
    note_sealed: str = _text()  # instead of `note` for rahasia reports
    scheduled_for: datetime | None = None  # the promised date of a step onto the schedule
    at: datetime


class Assignment(SQLModel, table=True):
    """Which agency owns a report, from when to when (disposisi)."""

    __table_args__ = (_one_open("uq_assignment_current", "report_id", until="until"),)

    id: int = _id()
    report_id: int = _ref("report.id")
    agency: str = Field(index=True)
    since: datetime
    until: datetime | None = None
    by_contact_id: int | None = _maybe_ref("contact.id", index=False)
    because: str = _text()


class Referral(SQLModel, table=True):
    """One hop of a report that an outside agency must solve (diteruskan): to whom, why, how, and what came of it."""

    __table_args__ = (_one_open("uq_referral_open", "report_id", until="ended_at"),)

    id: int = _id()
    report_id: int = _ref("report.id")
    hop: int  # 1 for the first receiver
    agency: str = ""  # id of the city's agencies; "" for a receiver by free name
    receiver: str = ""  # the free name
    reason_sealed: str = _text()
    way: str  # letter, sp4n, phone, chat, visit
    reference: str = ""  # the receiver's own number; "" while there is none
    since: datetime
    chases: int = 0  # how often it was asked for news since it last answered
    ended_at: datetime | None = None
    outcome: str = ""  # the status that followed; "passed_on" for the next hop
    by_contact_id: int | None = _maybe_ref("contact.id", index=False)
    change_id: int | None = _maybe_ref("status_change.id")
    token_hash: str = Field(default="", index=True)  # of the link with which the receiver answers; "" when revoked
    token_expires_at: datetime | None = None


class ReferralAnswer(SQLModel, table=True):
    """What an outside agency answered, by staff or by its link."""

    __tablename__ = "referral_answer"

    id: int = _id()
    referral_id: int = _ref("referral.id")
    contact_id: int | None = _maybe_ref("contact.id", index=False)  # who wrote it down; None: the agency itself
    text_sealed: str = _text()
    evidence_id: int | None = _maybe_ref("evidence.id", index=False)
    at: datetime


class Deadline(SQLModel, table=True):
    """A due time; the scheduler only looks what is due."""

    __table_args__ = (
        Index("ix_deadline_open", "ended_at", "due_at"),
        Index("ix_deadline_remind", "ended_at", "remind_at"),
        _one_open("uq_deadline_open", "report_id", "kind", until="ended_at"),
    )

    id: int = _id()
    report_id: int = _ref("report.id")
    kind: str  # verification, first_response, resolution, reporter_reply, completion, ...
    since: datetime
    due_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""  # met, missed, replaced, void, paused, resumed
    agency: str = ""  # whose working hours count; "" the city's offices
    promised: timedelta | None = None  # working time promised in all
    counted: timedelta | None = (
        None  # of it, from `since` to `due_at`; None where the due time is a date of the calendar
    )
    remaining: timedelta | None = None  # of it, when this row ended
    slips: int = 0  # how often the promise was broken before this due time was set
    reminded: int = 0  # per cent of the time at which people were last reminded
    remind_at: datetime | None = None  # when to look at it next; None: when it is due


class Closure(SQLModel, table=True):
    """A day on which offices are closed by a circular or for a reason of their own."""

    __table_args__ = (_one_open("uq_closure_standing", "day", "agency", until="removed_at"),)

    id: int = _id()
    day: date
    agency: str = ""  # id of the city's agencies; "" all offices of the city
    reason: str = _text()
    added_at: datetime
    added_by: int | None = _maybe_ref("contact.id", index=False)
    removed_at: datetime | None = None
    removed_by: int | None = _maybe_ref("contact.id", index=False)


class Reminder(SQLModel, table=True):
    """Something that a member of staff is to be reminded of, in one message with whatever else came up."""

    __table_args__ = (
        UniqueConstraint("deadline_id", "percent", "conversation_id"),
        Index("ix_reminder_untold", "settled_at", "due_at"),
    )

    id: int = _id()
    deadline_id: int = _ref("deadline.id", index=False)
    conversation_id: int = _ref("conversation.id", index=False)
    percent: int  # of the promised time that had passed; 100: the promise was broken
    due_at: datetime  # not to be told before
    settled_at: datetime | None = None
    outcome: str = ""  # told, moot
    raised_at: datetime


class Evidence(SQLModel, table=True):
    """Our own copy of a photo, video, voice note or document (bukti)."""

    id: int = _id()
    report_id: int | None = _maybe_ref("report.id")
    conversation_id: int = _ref("conversation.id")
    purpose: str  # problem, result, masked (what stands for a photo of the problem in public)
    kind: str  # photo, video, voice, document
    source: str  # where the platform's file can be fetched: "telegram:citizen"
    platform_ref_sealed: str = _text()
    state: str = Field(default="awaited", index=True)  # awaited, stored, failed, erasing (the file goes next), erased
    reason: str = _text()
    attempts: int = 0
    due_at: datetime | None = None  # next try to fetch it
    path: str = ""  # below the media folder
    media_type: str = ""
    size_bytes: int = 0
    sha256: str = ""
    lat: float | None = None  # from the picture's own data
    lon: float | None = None
    created_at: datetime


class PublicPhoto(SQLModel, table=True):
    """A copy of a citizen's photo that a person approved for everybody to see, until it is withdrawn."""

    __tablename__ = "public_photo"
    __table_args__ = (_one_open("uq_public_photo_shown", "evidence_id", until="withdrawn_at"),)

    id: int = _id()
    evidence_id: int = _ref("evidence.id", index=False)
    copy_evidence_id: int | None = _maybe_ref("evidence.id", index=False)  # a copy that staff masked themselves
    cells: str = ""  # else which cells of the photo are masked, "3,4,9"; services/masking.py
    token: str = Field(unique=True)  # for the public page
    approved_by: int = _ref("contact.id", index=False)
    approved_at: datetime
    withdrawn_at: datetime | None = None


class Note(SQLModel, table=True):
    """Words added to a report after it was filed, by its reporter or (``internal``) by staff for staff."""

    id: int = _id()
    report_id: int = _ref("report.id")
    contact_id: int | None = _maybe_ref("contact.id", index=False)
    actor: str  # pelapor, administrator, narahubung
    internal: bool = False
    text_sealed: str = _text()
    at: datetime


class SavedAnswer(SQLModel, table=True):
    """Words that staff use again and again, with blanks that a report fills (templat)."""

    __tablename__ = "saved_answer"
    __table_args__ = (_one_open("uq_saved_answer_name", "agency", "name", until="ended_at"),)

    id: int = _id()
    agency: str = ""  # whose it is; "" everybody's
    name: str
    text: str = _text()
    by_contact_id: int | None = _maybe_ref("contact.id", index=False)
    created_at: datetime
    ended_at: datetime | None = None


class Rating(SQLModel, table=True):
    """How satisfied a reporter was: 1 (not at all) to 5 (very)."""

    __table_args__ = (UniqueConstraint("report_id", "contact_id"),)

    id: int = _id()
    report_id: int = _ref("report.id")
    contact_id: int = _ref("contact.id", index=False)
    stars: int
    word: str = _text()  # "" when sealed
    word_sealed: str = _text()  # instead of `word` for rahasia reports
    at: datetime


# ---------------------------------------------------------------- KIM: neighbours who report for neighbours


class Group(SQLModel, table=True):
    """A community information group (KIM) and the area it speaks for: a kelurahan, or some of its RW."""

    __tablename__ = "kim_group"  # "group" is a word of SQL

    id: int = _id()
    name: str
    kelurahan: str = Field(index=True)  # as places are called
    kecamatan: str
    rws: str = ""  # "3,5": numbers of RW; "" for the whole kelurahan
    term_from: date  # of office, by the city's calendar, both days included
    term_until: date
    chat_sealed: str = _text()  # its own chat, where the bot was added; "" for none
    created_at: datetime
    ended_at: datetime | None = None


class KimMember(SQLModel, table=True):
    """Somebody's place in a group, from when to when. Only one who is not asleep counts as active."""

    __tablename__ = "kim_member"
    __table_args__ = (_one_open("uq_kim_member_open", "group_id", "contact_id", until="until"),)

    id: int = _id()
    group_id: int = _ref("kim_group.id")
    contact_id: int = _ref("contact.id")
    conversation_id: int = _ref("conversation.id", index=False)  # the talk in which they joined
    role: str  # coordinator, member
    since: datetime
    until: datetime | None = None
    ended_because: str = ""  # left, removed, group_ended
    renew_at: datetime = Field(index=True)  # when the next word about staying is due: the question, the flag, the sleep
    asked_at: datetime | None = None  # when they were asked whether they stay; None: no question is open
    flagged_at: datetime | None = None  # the question was left unanswered
    asleep_at: datetime | None = None  # left unanswered for long: rights rest until they answer


class KimInvitation(SQLModel, table=True):
    """A one-time code with which a person joins a group."""

    __tablename__ = "kim_invitation"

    id: int = _id()
    code_hash: str = Field(unique=True)
    group_id: int = _ref("kim_group.id")
    role: str
    by_contact_id: int | None = _maybe_ref("contact.id", index=False)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = _maybe_ref("contact.id", index=False)


class Batch(SQLModel, table=True):
    """Forwarded messages that are read together: gathered until `due_at`, then asked about, then filed or dropped."""

    __table_args__ = (_one_open("uq_batch_open", "conversation_id", until="ended_at"),)

    id: int = _id()
    conversation_id: int = _ref("conversation.id", index=False)
    state: str  # gathering, asked, filed, dropped
    due_at: datetime | None = Field(default=None, index=True)  # when the gathering ends; each arrival pushes it on
    created_at: datetime
    ended_at: datetime | None = None


class Gathered(SQLModel, table=True):
    """One forwarded message of a batch, kept as what it tells; never twice for one inbox event."""

    __table_args__ = (UniqueConstraint("inbox_id", "part"),)

    id: int = _id()
    batch_id: int = _ref("batch.id")
    inbox_id: int = _ref("inbox_event.id", index=False)
    part: int = 0  # within the inbox event
    order_key: int = Field(default=0, sa_type=BIG)  # as of the inbox
    event_sealed: str = _text()  # what was sent, as JSON
    heard_sealed: str = _text()  # what its words and its point mean, as JSON
    evidence_id: int | None = _maybe_ref("evidence.id", index=False)
    report_id: int | None = _maybe_ref("report.id", index=False)  # what became of it; None: it was left out


class Consent(SQLModel, table=True):
    """Somebody agreed that a KIM member reports for them: who, when and how; and where their news goes, if they want it."""

    id: int = _id()
    report_id: int = _ref("report.id")
    noted_by: int = _ref("contact.id", index=False)
    how: str  # told: the member says so; joined: they opened their link
    at: datetime
    person_sealed: str = _text()  # their phone, @username or name as the member told it; "" for none
    token_hash: str = Field(default="", index=True)  # of the link with which they follow the report themselves
    conversation_id: int | None = _maybe_ref("conversation.id", index=False)  # where they are told news; None: nowhere
    withdrawn_at: datetime | None = None


class Witness(SQLModel, table=True):
    """A KIM member was asked whether a problem near them is solved; beside the reporter's answer, never instead of it."""

    __table_args__ = (UniqueConstraint("report_id", "member_id", "cause"),)

    id: int = _id()
    report_id: int = _ref("report.id")
    member_id: int = _ref("kim_member.id")
    cause: str  # silent:<n>, disputed:<n>; n counts the times the report was opened again
    asked_at: datetime
    answered_at: datetime | None = None
    solved: bool | None = None
    word_sealed: str = _text()
    evidence_id: int | None = _maybe_ref("evidence.id", index=False)


class GroupCard(SQLModel, table=True):
    """A report that was filed in a group from somebody's message, and the message of ours that shows where it stands."""

    __tablename__ = "group_card"
    __table_args__ = (UniqueConstraint("chat_hash", "message"),)

    id: int = _id()
    report_id: int = _ref("report.id")
    conversation_id: int = _ref("conversation.id", index=False)  # of who asked for it, in the group
    chat_hash: str
    message: str  # the platform's id of the message that was filed
    author_hash: str = ""  # of who wrote it; "" for nobody in particular
    token_hash: str = Field(unique=True)  # of the link with which the author takes it over
    token_sealed: str = _text()
    taken_at: datetime | None = None
    created_at: datetime


class AgencyGroup(SQLModel, table=True):
    """A chat of an agency's people in which its reports are worked on; first the one-time code with which it is bound."""

    __tablename__ = "agency_group"

    id: int = _id()
    agency: str = Field(index=True)
    code_hash: str = Field(unique=True)
    code_expires_at: datetime
    made_by: int | None = _maybe_ref("contact.id", index=False)
    created_at: datetime
    conversation_id: int | None = _maybe_ref("conversation.id")  # of who bound it, in that chat
    bound_at: datetime | None = None
    bound_by: int | None = _maybe_ref("contact.id", index=False)
    ended_at: datetime | None = None


class Campaign(SQLModel, table=True):
    """A film or photos with words, for citizens who asked for them or for groups (siaran, sosialisasi)."""

    id: int = _id()
    words: str = _text()
    evidence: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    audience: str = _text()  # as asked for: "citizens", "citizens:<kelurahan>", "groups", "groups:<id>,<id>"
    state: str = Field(default="planned", index=True)  # planned, sending, sent, stopped
    starts_at: datetime
    made_by: int = _ref("contact.id", index=False)
    conversation_id: int = _ref("conversation.id", index=False)  # of who made it: told when it is through
    owed_up_to: int = Field(default=0, sa_type=BIG)  # the last contact to whom it is owed; all below have their row
    all_owed: bool = False
    created_at: datetime
    ended_at: datetime | None = None


class CronSlot(SQLModel, table=True):
    """A slot of a periodic job, claimed by inserting it once."""

    __tablename__ = "cron_slot"

    job: str = Field(primary_key=True)
    slot: str = Field(primary_key=True)
    claimed_at: datetime


class Preference(SQLModel, table=True):
    """A small fact about the installation, such as the names of its bots."""

    key: str = Field(primary_key=True)
    value: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    updated_at: datetime
