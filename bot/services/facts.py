"""Gathering the facts of one turn, in the transaction in which it is played."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogue.events import BatchReady, ChoicePicked, CommandGiven, Event, Forwarded, InGroup, MediaShared, TextSent
from bot.dialogue.knowledge import (
    InvitationFacts,
    Knowledge,
    QueuePage,
    ReportFacts,
    StaffFacts,
)
from bot.dialogue.session import Draft, Session
from bot.dialogue.steps.held_news import READ
from bot.dialogue.steps.person import CLAIM
from bot.services import (
    agency_groups,
    area_news,
    campaigns,
    clocks,
    closures,
    consenting,
    desk_lists,
    figure_facts,
    gathering,
    group_cards,
    group_facts,
    guards,
    handovers,
    identity,
    likeness,
    linking,
    message_facts,
    number_slips,
    own_records,
    posters,
    proposed_corrections,
    report_facts,
    saved_answers,
    sp4n_answers,
    staffing,
    undoing,
    witnessing,
)
from bot.services.agency_names import agencies_in, owners_in
from bot.services.office import Office
from bot.services.rights import Officer
from bot.services.told import Told
from bot.staff.commands import ADMINISTRATOR, commands_for
from bot.staff.listings import TODAY
from storage import Tx, numbers, outbox, people
from storage import reports as kept
from storage.numbers import NumberMention, parse_number
from storage.tables import Contact, Conversation

BEFORE_AN_OWNER = frozenset({"diterima", "terverifikasi", "dialihkan_darurat"})
"""Statuses in which an administrator decides whether it is another report's problem."""
OWN = 10  # of the citizen's own reports that a turn may know
TOKEN_BYTES = 24
JUST_NOW = timedelta(minutes=1)
TALKS_SHOWN = frozenset({"balas", "tugas"})
"""Commands that show the talks which wait for a person."""


def for_citizen(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    contact: Contact,
    session: Session,
    told: Told,
    now: datetime,
) -> Knowledge:
    """What a citizen's turn may know."""
    assert contact.id is not None
    assert conversation.id is not None
    event, heard = told.event, told.heard
    mine = frozenset(people.same_person(tx, contact.id))
    earlier = kept.of_contact(tx, contact.id, OWN)
    mention = number_in(event, office)
    slip = number_slips.heard(event, office.city.number_prefix, [report.number for report in earlier])
    if slip and (mention is None or not mention.valid):
        mention = NumberMention(slip.meant or slip.written, bool(slip.meant), slip.written)
    else:
        slip = None
    found = kept.by_number(tx, mention.number) if mention and mention.valid else None
    nearly = next((report for report in earlier if slip and not slip.meant and report.number == slip.near), None)
    may_file = session.draft is not None or bool(heard and heard.danger)
    listed = session.batch.lines + session.batch.left if session.batch and not session.batch.filed else ()
    channel = people.address_of(tx, conversation).channel
    reports_kept, files_kept = own_records.counted(tx, contact.id, event)
    files, links = own_records.ways(office, conversation.id, channel)
    know = Knowledge(
        city=office.city,
        now=now,
        language_hint=contact.language,
        heard=heard,
        located=told.located,
        located_beside=told.beside,
        fresh_number=numbers.next_number(tx, office.city.number_prefix, office.today(now)) if may_file else "",
        answer_by=clocks.answer_by(tx, office, now) if may_file else {},
        own=tuple(report_facts.own(tx, office, report) for report in earlier),
        usual_places=report_facts.usual_places(office, earlier),
        number_heard=mention.number if mention else "",
        number_mistyped=bool(mention and not mention.valid),
        number_written=mention.written if mention and not mention.valid else "",
        number_incomplete=slip is not None and not slip.meant and not slip.whole,
        nearly_named=report_facts.own(tx, office, nearly) if nearly else None,
        named=report_facts.for_citizen(tx, office, found, mine) if found else None,
        citizen_channel=office.citizen_channel,
        kim=group_facts.of_citizen(tx, office, contact.id, event, now),
        witness_questions=witnessing.open_facts(tx, contact.id),
        follow=consenting.follow_facts(tx, event),
        follow_code=consenting.fresh_code(),
        batch=gathering.facts_of(tx, conversation.id, with_items=bool(listed) or isinstance(event, BatchReady)),
        fresh_numbers=numbers.next_numbers(tx, office.city.number_prefix, office.today(now), len(listed)),
        alike=office.alike,
        campaign_wish=contact.campaigns,
        news_follows=_news_follows(tx, conversation, event, now),
        area=area_news.asked_for(tx, office, contact.id, event, now),
        opened=posters.opened(office.city, event),
        linking=linking.facts_of(tx, contact, event, now),
        handover=handovers.facts_of_citizen(tx, conversation.id),
        opens_at=handovers.opens_at(tx, office, now) if _may_ask_for_person(event) else None,
        kept_reports=reports_kept,
        kept_files=files_kept,
        data_files=files,
        links=links,
        fresh_token=_fresh_token(),
    )
    return group_cards.known(tx, office, conversation, event, know, now)


def _news_follows(tx: Tx, conversation: Conversation, event: Event, now: datetime) -> bool:
    """Whether who taps to read news gets some by that tap, or got some just now."""
    if not isinstance(event, ChoicePicked) or event.value != READ or conversation.id is None:
        return False
    return outbox.goes_out(tx, conversation.id, now - JUST_NOW, now)


def for_staff(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    contact: Contact,
    officer: Officer | None,
    whole: Officer | None,
    session: Session,
    told: Told,
    now: datetime,
) -> Knowledge:
    """What a turn in the staff talk may know: nothing for somebody who is no staff but what their code is good for.

    ``officer`` is the person as who they are here, ``whole`` with all their rights.
    """
    assert contact.id is not None
    know = Knowledge(
        city=office.city, now=now, language_hint=contact.language, heard=told.heard,
        invitation=_invitation(tx, told.event, contact.id, now), citizen_channel=office.citizen_channel,
    )  # fmt: skip
    if officer is not None:
        know = _of_the_desk(tx, office, conversation, officer, session, told, know, now)
    return agency_groups.known(tx, office, whole, conversation, told.event, know, now)


def _of_the_desk(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    officer: Officer,
    session: Session,
    told: Told,
    know: Knowledge,
    now: datetime,
) -> Knowledge:
    """What a member of staff knows beside what anybody would who writes to the back office."""
    assert conversation.id is not None
    event = told.event
    mention = number_in(event, office)
    number = mention.number if mention else session.task.number if session.task else session.about
    report = kept.by_number(tx, number) if number and (mention is None or mention.valid) else None
    takes_back = isinstance(event, CommandGiven | ChoicePicked) and _asks_to_undo(event)
    left = report is not None and takes_back and undoing.made_last(tx, officer, report)
    visible = report if report is not None and (left or officer.may_see(office.city, report)) else None
    heard_agencies = agencies_in(_words_after_number(event, mention), office.city)
    owners, behind = owners_in(_words_after_number(event, mention), office.city)
    named = report_facts.for_staff(tx, office, officer, visible, session.language, now) if visible else None
    if named and visible and named.description:
        named = replace(named, correction=proposed_corrections.proposed(tx, office, visible))
    if named and visible and named.status in BEFORE_AN_OWNER:
        alike = likeness.beside(tx, office, visible, now)
        named = replace(named, similar=tuple(each.number for each in alike if officer.may_see(office.city, each)))
    queue, day = _queue(tx, office, officer, session, event, now)
    broadcast = campaigns.known(tx, officer, session, event, office.today(now))
    return replace(
        know,
        number_heard=mention.number if mention else "",
        number_mistyped=bool(mention and not mention.valid),
        named=named,
        staff=_staff_facts(officer),
        queue=queue,
        day=day,
        figures=figure_facts.figures_for(tx, office, officer, event, now),
        messages=message_facts.asked_for(tx, event, visible),
        week=desk_lists.week_of(tx, office, officer, now) if desk_lists.asks_for_week(event) else None,
        saved=saved_answers.for_officer(tx, officer) if _may_use_saved(event) else (),
        owners_heard=owners,
        behind_owners=behind,
        agencies_heard=heard_agencies,
        outside_heard=agencies_in(_words_after_number(event, mention), office.city, outside=True),
        fresh_code=staffing.new_code(),
        fresh_token=_fresh_token(),
        links=f"{office.pages}/rujukan/" if office.pages else "",
        unmanned=_unmanned(tx, office, named, heard_agencies, now),
        group_desk=group_facts.of_desk(tx, office, officer, session, event, now),
        campaigns=broadcast.newest,
        campaign=broadcast.named,
        audience_size=broadcast.size,
        closures=closures.known(tx, office, event, now) if ADMINISTRATOR in officer.roles else (),
        handover=handovers.claimed_by(tx, officer, conversation.id),
        waiting=handovers.waiting_for(tx, officer) if _may_take_a_talk(event) else (),
        views=identity.views_asked(tx, event, named),
        sheet=sp4n_answers.facts_of(tx, office, *told.sheet) if told.sheet is not None else None,
    )


def _fresh_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _may_ask_for_person(event: Event) -> bool:
    """Whether the event has words, which alone can ask for a person."""
    said = event.content if isinstance(event, Forwarded) else event
    return isinstance(said, TextSent | CommandGiven)


def _may_take_a_talk(event: Event) -> bool:
    """Whether the event shows the talks that wait for a person, or takes one."""
    match event:
        case CommandGiven(name, _):
            return name in TALKS_SHOWN
        case ChoicePicked(value, _):
            return value.startswith(f"{CLAIM}:")
    return False


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
    return tuple(report_facts.in_public(report) for report in likeness.most_alike(tx, office, contact_id, draft, now))


def number_in(event: Event, office: Office) -> NumberMention | None:
    """A report number in the words or the value of an event."""
    if isinstance(event, InGroup):
        event = event.said
    if isinstance(event, Forwarded):
        return number_in(event.content, office)
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
    seen = tuple(report_facts.for_staff(tx, office, officer, report, session.language, now) for report in listed.rows)
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
    return frozenset(id_ for id_ in candidates if not guards.has_contact_person(tx, office, id_, now))
