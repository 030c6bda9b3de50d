"""Gathering the facts of one turn, in the transaction in which it is played."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.dialogue.events import BatchReady, ChoicePicked, CommandGiven, Event, InGroup, MediaShared, TextSent
from bot.dialogue.knowledge import (
    Heard,
    InvitationFacts,
    Knowledge,
    PartFacts,
    PlaceFound,
    QueuePage,
    ReferralFacts,
    ReportFacts,
    StaffFacts,
    TimelineStep,
    UsualPlace,
)
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.read_back import summary, where
from bot.services import (
    area_news,
    campaigns,
    clocks,
    closures,
    consenting,
    desk_lists,
    figure_facts,
    gathering,
    group_facts,
    guards,
    likeness,
    message_facts,
    parts,
    routing,
    saved_answers,
    staffing,
    time_facts,
    undoing,
    witnessing,
)
from bot.services.agency_names import agencies_in, owners_in
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.reporter_waits import REMINDER
from bot.services.rights import Officer
from bot.services.secrecy import is_hidden
from bot.staff.commands import ADMINISTRATOR, NARAHUBUNG, commands_for
from bot.staff.listings import TODAY
from storage import Tx, deadlines, media, notes, numbers, people, public_photos, referrals
from storage import reports as kept
from storage.numbers import NumberMention, parse_number
from storage.tables import Contact, Conversation, Referral, ReferralAnswer, Report, StatusChange

BEFORE_AN_OWNER = frozenset({"diterima", "terverifikasi", "dialihkan_darurat"})
"""Statuses in which an administrator decides whether it is another report's problem."""
OWN = 10  # of the citizen's own reports that a turn may know
TOKEN_BYTES = 24


def for_citizen(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    contact: Contact,
    session: Session,
    event: Event,
    heard: Heard | None,
    located: PlaceFound | None,
    now: datetime,
) -> Knowledge:
    """What a citizen's turn may know."""
    assert contact.id is not None
    mine = frozenset(people.same_person(tx, contact.id))
    mention = number_in(event, office)
    found = kept.by_number(tx, mention.number) if mention and mention.valid else None
    may_file = session.draft is not None or bool(heard and heard.danger)
    earlier = kept.of_contact(tx, contact.id, OWN)
    listed = session.batch.lines + session.batch.left if session.batch and not session.batch.filed else ()
    return Knowledge(
        city=office.city,
        now=now,
        language_hint=contact.language,
        heard=heard,
        located=located,
        fresh_number=numbers.next_number(tx, office.city.number_prefix, office.today(now)) if may_file else "",
        answer_by=clocks.answer_by(tx, office, now) if may_file else {},
        own=tuple(_own_facts(tx, office, report) for report in earlier),
        usual_places=_usual_places(earlier),
        number_heard=mention.number if mention else "",
        number_mistyped=bool(mention and not mention.valid),
        named=_citizen_facts(tx, office, found, mine) if found else None,
        citizen_channel=office.citizen_channel,
        kim=group_facts.of_citizen(tx, office, contact.id, event, now),
        witness_questions=witnessing.open_facts(tx, contact.id),
        follow=consenting.follow_facts(tx, event),
        follow_code=consenting.fresh_code(),
        batch=gathering.facts_of(tx, conversation.id or 0, with_items=bool(listed) or isinstance(event, BatchReady)),
        fresh_numbers=numbers.next_numbers(tx, office.city.number_prefix, office.today(now), len(listed)),
        alike=office.alike,
        campaign_wish=contact.campaigns,
        area=area_news.asked_for(tx, office, contact.id, event, now),
    )


def for_staff(
    tx: Tx,
    office: Office,
    officer: Officer | None,
    contact: Contact,
    session: Session,
    event: Event,
    heard: Heard | None,
    now: datetime,
) -> Knowledge:
    """What a turn in the staff talk may know: nothing for somebody who is no staff but what their code is good for."""
    assert contact.id is not None
    invitation = _invitation(tx, event, contact.id, now)
    if officer is None:
        return Knowledge(
            city=office.city, now=now, language_hint=contact.language, heard=heard, invitation=invitation,
            citizen_channel=office.citizen_channel,
        )  # fmt: skip
    mention = number_in(event, office)
    number = mention.number if mention else session.task.number if session.task else session.about
    report = kept.by_number(tx, number) if number and (mention is None or mention.valid) else None
    takes_back = isinstance(event, CommandGiven | ChoicePicked) and _asks_to_undo(event)
    left = report is not None and takes_back and undoing.made_last(tx, officer, report)
    visible = report if report is not None and (left or officer.may_see(office.city, report)) else None
    heard_agencies = agencies_in(_words_after_number(event, mention), office.city)
    owners, behind = owners_in(_words_after_number(event, mention), office.city)
    named = staff_facts(tx, office, officer, visible, session.language, now) if visible else None
    if named and visible and named.status in BEFORE_AN_OWNER:
        alike = likeness.beside(tx, office, visible, now)
        named = replace(named, similar=tuple(each.number for each in alike if officer.may_see(office.city, each)))
    queue, day = _queue(tx, office, officer, session, event, now)
    broadcast = campaigns.known(tx, officer, session, event)
    return Knowledge(
        city=office.city,
        now=now,
        language_hint=contact.language,
        heard=heard,
        number_heard=mention.number if mention else "",
        number_mistyped=bool(mention and not mention.valid),
        named=named,
        staff=_staff_facts(officer),
        queue=queue,
        day=day,
        figures=figure_facts.figures_for(tx, office, officer, event, now),
        messages=message_facts.asked_for(tx, event, visible),
        week=desk_lists.week_of(tx, office, officer, now) if desk_lists.asks_for_week(event) else None,
        invitation=invitation,
        saved=saved_answers.for_officer(tx, officer) if _may_use_saved(event) else (),
        owners_heard=owners,
        behind_owners=behind,
        agencies_heard=heard_agencies,
        outside_heard=agencies_in(_words_after_number(event, mention), office.city, outside=True),
        fresh_code=staffing.new_code(),
        fresh_token=secrets.token_urlsafe(TOKEN_BYTES),
        links=f"{office.pages}/rujukan/" if office.pages else "",
        unmanned=_unmanned(tx, office, named, heard_agencies, now),
        group_desk=group_facts.of_desk(tx, office, officer, event, now),
        citizen_channel=office.citizen_channel,
        campaigns=broadcast.newest,
        campaign=broadcast.named,
        audience_size=broadcast.size,
        closures=closures.known(tx, office, event, now) if ADMINISTRATOR in officer.roles else (),
    )


def _may_use_saved(event: Event) -> bool:
    """Whether the event asks for saved answers, or names one."""
    match event:
        case TextSent(text):
            return "#" in text
        case CommandGiven(name, argument):
            return name == "templat" or "#" in argument
        case MediaShared():
            return "#" in event.caption
        case ChoicePicked(value, _):
            return value.startswith("saved:")
    return False


def _asks_to_undo(event: CommandGiven | ChoicePicked) -> bool:
    """Whether somebody takes back their last step, which may have been to give the report away."""
    name = event.name if isinstance(event, CommandGiven) else event.value.partition(":")[0]
    return name == "urungkan"


def similar(tx: Tx, office: Office, contact_id: int, draft: Draft, now: datetime) -> tuple[ReportFacts, ...]:
    """Open reports of other people that may be the same problem, most alike first."""
    return tuple(_public_facts(report) for report in likeness.most_alike(tx, office, contact_id, draft, now))


def number_in(event: Event, office: Office) -> NumberMention | None:
    """A report number in the words or the value of an event."""
    if isinstance(event, InGroup):
        event = event.said
    match event:
        case TextSent(text):
            return parse_number(text, office.city.number_prefix)
        case CommandGiven(_, argument):
            return parse_number(argument, office.city.number_prefix)
        case ChoicePicked(value, _):
            return parse_number(value.partition(":")[2], office.city.number_prefix)
        case MediaShared(caption=caption):
            return parse_number(caption, office.city.number_prefix)
    return None


# ---------------------------------------------------------------- reports as somebody may see them


def _public_facts(report: Report) -> ReportFacts:
    place = place_of(report)
    return ReportFacts(report.number, report.status, report.category, place=summary(place) if place else "")


def _citizen_facts(tx: Tx, office: Office, report: Report, mine: frozenset[int]) -> ReportFacts:
    if report.contact_id in mine:
        return _own_facts(tx, office, report)
    return ReportFacts(report.number, report.status, report.category)


def _own_facts(tx: Tx, office: Office, report: Report) -> ReportFacts:
    """One's own report; one that was joined to another stands where that one stands."""
    stands = kept.by_id(tx, report.parent_id) if report.status == "digabung" and report.parent_id else report
    assert report.id is not None
    assert stands.id is not None
    place = place_of(report)
    steps = _timeline(tx, report.id) + (_timeline(tx, stands.id) if stands is not report else ())
    shared = parts.of(tx, stands)
    for part in shared:
        steps += tuple(step for step in _timeline(tx, part.id) if step.status not in ("diterima", "terverifikasi"))
    asked = any(part.status == "perlu_dilengkapi" for part in shared)
    return ReportFacts(
        number=report.number,
        status="perlu_dilengkapi" if asked else stands.status,
        parts=tuple(PartFacts("", part.agency, part.status, _next_due(tx, part.id)) for part in shared),
        category=report.category,
        kind=report.kind,
        priority=report.priority,
        privacy=report.privacy,
        mine=True,
        rated=kept.rating_of(tx, report.id, report.contact_id) is not None,
        place=where(place, kept.place_words_of(tx, report)),
        agency=stands.agency,
        created_at=report.created_at,
        timeline=tuple(sorted(steps, key=lambda step: step.at)),
        due_at=min(filter(None, (_next_due(tx, each.id) for each in (stands, *shared))), default=None),
        needs_check=report.needs_check,
        joined_to=stands.number if stands is not report else "",
    )


def staff_facts(tx: Tx, office: Office, officer: Officer, report: Report, language: str, now: datetime) -> ReportFacts:
    """A report as this member of staff may see it."""
    assert report.id is not None
    place, files = place_of(report), media.of_report(tx, report.id)
    files += media.of_report(tx, parts.whole(tx, report).id) if report.is_part else []
    proposal = routing.propose(office.city, report, language)
    contact = people.contact_by_id(tx, report.contact_id)
    pictures = [row for row in files if row.kind == "photo" and row.state != "failed"]
    return ReportFacts(
        number=report.number,
        status=report.status,
        category=report.category,
        kind=report.kind,
        priority=report.priority,
        privacy=report.privacy,
        description=kept.description_of(tx, report),
        place=where(place, kept.place_words_of(tx, report)),
        agency=report.agency,
        created_at=report.created_at,
        timeline=_timeline(tx, report.id),
        due_at=_next_due(tx, report.id),
        time=time_facts.of_report(tx, office, report, now),
        needs_check=report.needs_check,
        photos=tuple(row.id for row in pictures if row.purpose == "problem" and row.id),
        public_photos=tuple(shown.evidence_id for shown in public_photos.of_report(tx, report.id)),
        may_be_public=not is_hidden(report, office.city),
        proofs=tuple(row.id for row in pictures if row.purpose == "result" and row.id),
        parts=tuple(
            PartFacts(part.number, part.agency, part.status, _next_due(tx, part.id)) for part in parts.of(tx, report)
        ),
        part_of=parts.whole(tx, report).number if report.is_part else "",
        notes=tuple(notes.text_of(tx, note) for note in notes.notes_of(tx, report.id, internal=True)),
        supporters=kept.supporters(tx, report.id),
        reporter_name=people.name_of(tx, contact) if officer.may_know_reporter(report) else "",
        moves=guards.possible(office, report, office.lifecycle.moves(report.status, officer.acts_as(report))),
        proposed_agency=proposal.agency if not report.agency else "",
        proposed_because=proposal.because,
        proposal_sure=proposal.sure,
        category_confidence=report.category_confidence,
        referral=_referral(tx, office, report),
        on_map=report.lat is not None and report.lon is not None,
    )


def _usual_places(earlier: list[Report]) -> tuple[UsualPlace, ...]:
    """Where a person's earlier reports were, as far as that has a name; each place once."""
    found: dict[str, UsualPlace] = {}
    for report in earlier:
        if (place := place_of(report)) and place.name:
            found.setdefault(summary(place), UsualPlace(report.number, place))
    return tuple(found.values())


def _timeline(tx: Tx, report_id: int) -> tuple[TimelineStep, ...]:
    """Every step, and between them what outside agencies answered."""
    hops = referrals.of_report(tx, kept.by_id(tx, report_id))
    by_change = {hop.change_id: hop for hop in hops}
    steps = [_step(tx, change, by_change.get(change.id)) for change in kept.history(tx, report_id)]
    steps += [_answer(tx, hop, said) for hop in hops for said in referrals.answers_of(tx, hop)]
    return tuple(sorted(steps, key=lambda step: step.at))


def _step(tx: Tx, change: StatusChange, hop: Referral | None) -> TimelineStep:
    note, agency = kept.note_of(tx, change), hop.agency if hop else change.agency
    receiver, reference = (hop.receiver, hop.reference) if hop else ("", "")
    return TimelineStep(change.to_status, change.at, note, agency, change.reason, receiver, reference)


def _answer(tx: Tx, hop: Referral, said: ReferralAnswer) -> TimelineStep:
    text = referrals.text_of(tx, said)
    return TimelineStep("diteruskan", said.at, text, hop.agency, "", hop.receiver, hop.reference, answer=True)


def _referral(tx: Tx, office: Office, report: Report) -> ReferralFacts | None:
    hop = referrals.open_of(tx, report)
    if hop is None:
        return None
    said = referrals.answers_of(tx, hop)
    return ReferralFacts(
        receiver=hop.receiver or office.city.agencies[hop.agency].short,
        since=hop.since,
        chases=hop.chases,
        link_until=hop.token_expires_at if hop.token_hash else None,
        last_answer=referrals.text_of(tx, said[-1]) if said else "",
    )


def _next_due(tx: Tx, report_id: int) -> datetime | None:
    shown = [
        each.due_at
        for each in deadlines.open_deadlines(tx, report_id)
        if each.kind not in (REMINDER, witnessing.WITNESS)
    ]
    return min(shown, default=None)


# ---------------------------------------------------------------- the back office


def _staff_facts(officer: Officer) -> StaffFacts:
    commands = tuple((command.name, command.help) for command in commands_for(officer.roles))
    return StaffFacts(officer.roles, tuple(sorted(officer.agencies)), commands)


def _queue(
    tx: Tx, office: Office, officer: Officer, session: Session, event: Event, now: datetime
) -> tuple[QueuePage | None, Mapping[str, QueuePage]]:
    """The page of the list that the event asks for, and the parts of a person's day; nothing where it asks for none."""
    asked = desk_lists.asked_in(event, session.searched)
    if asked is None:
        return None, {}
    if asked.kind == TODAY:
        day = desk_lists.day_of(tx, office, officer, now)
        return None, {which: _page(tx, office, officer, session, part, now) for which, part in day.items()}
    return _page(tx, office, officer, session, desk_lists.page_of(tx, office, officer, asked, now), now), {}


def _page(
    tx: Tx, office: Office, officer: Officer, session: Session, listed: desk_lists.Listed, now: datetime
) -> QueuePage:
    seen = tuple(staff_facts(tx, office, officer, report, session.language, now) for report in listed.rows)
    asked = listed.asked
    return QueuePage(seen, listed.page, listed.pages, listed.total, asked.kind, asked.which, asked.words)


def _invitation(tx: Tx, event: Event, contact_id: int, now: datetime) -> InvitationFacts | None:
    if not isinstance(event, CommandGiven) or event.name != "start" or not event.argument:
        return None
    state, role, agency = people.look_at_invitation(tx, staffing.normal(event.argument), contact_id, now)
    return InvitationFacts(state, role, agency)


def _words_after_number(event: Event, mention: NumberMention | None) -> str:
    text = event.text if isinstance(event, TextSent) else event.argument if isinstance(event, CommandGiven) else ""
    return text.replace(mention.written, " ") if mention else text


def _unmanned(
    tx: Tx, office: Office, report: ReportFacts | None, named: tuple[str, ...], now: datetime
) -> frozenset[str]:
    """Agencies that may be chosen in this turn and have no contact person."""
    if report is None:
        return frozenset()
    category = office.city.categories[report.category]
    candidates = {report.proposed_agency, category.owner, *category.support, *named} - {""}
    return frozenset(id_ for id_ in candidates if not people.staff_for(tx, NARAHUBUNG, id_, now))
