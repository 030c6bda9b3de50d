"""Staff in a Telegram group of their agency: the same commands, each by the rights of who gives it, and nobody's identity.

The group itself has no rights: whoever is no narahubung of its agency is not answered there. What is shown is read by all of it, so
names, pictures and notes stay out, and of a confidential report everything but its number and where it stands.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogue import effects
from bot.dialogue.events import CommandGiven, Event, InGroup, MediaShared, TextSent
from bot.dialogue.knowledge import AgencyGroupFacts, Knowledge, QueuePage, ReportFacts
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.read_back import clipped, where
from bot.dialogue.texts import speech_for
from bot.services import nameless, secrecy, staffing
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR, IN_GROUPS, NARAHUBUNG
from storage import Tx, agency_groups, audit, outbox
from storage import reports as kept
from storage.numbers import parse_number
from storage.tables import Conversation, Report

CODE_LIVES = timedelta(hours=24)
COMMAND = "grup"


# ---------------------------------------------------------------- what arrives


def heard_there(office: Office, event: Event) -> Event | None:
    """What a member of staff says in a group: a command, a tap, or an answer to one of our messages; None for anything else.

    A command that answers a card is about the card's report unless it names another.
    """
    if not isinstance(event, InGroup):
        return event
    said, quoted = event.said, event.quoted
    if isinstance(said, CommandGiven):
        return _about_the_card(office, said, quoted.text if quoted and quoted.ours else "")
    if isinstance(said, TextSent | MediaShared) and not (quoted and quoted.ours):
        return None
    return said


def _about_the_card(office: Office, said: CommandGiven, card: str) -> CommandGiven:
    prefix = office.city.number_prefix
    if said.name == COMMAND or parse_number(said.argument, prefix):
        return said
    mention = parse_number(card, prefix)
    return replace(said, argument=f"{mention.number} {said.argument}".strip()) if mention and mention.valid else said


def narrowed(tx: Tx, officer: Officer | None, conversation: Conversation) -> Officer | None:
    """The person as what they are in this group: a narahubung of its agency, or nobody."""
    agency = agency_groups.agency_of(tx, conversation)
    if officer is None or agency not in officer.agencies:
        return None
    return Officer(officer.contact_id, frozenset({NARAHUBUNG}), frozenset({agency}))


def facts_of(
    tx: Tx, officer: Officer | None, conversation: Conversation, event: Event, now: datetime
) -> AgencyGroupFacts:
    """Whose group it is, and what a code is good for."""
    state, agency = "", ""
    if isinstance(event, CommandGiven) and event.name == COMMAND and event.argument:
        state, agency = agency_groups.look_at(tx, staffing.normal(event.argument), now)
    return AgencyGroupFacts(
        agency=agency_groups.agency_of(tx, conversation),
        may_bind=_may_bind(officer, agency),
        code_state=state,
        code_agency=agency,
    )


def is_about_the_group(event: Event, know: Knowledge) -> bool:
    """Whether somebody binds this group or lets it go, for which all their rights count."""
    return know.agency_group is not None and isinstance(event, CommandGiven) and event.name == COMMAND


def _may_bind(officer: Officer | None, agency: str) -> bool:
    return officer is not None and (ADMINISTRATOR in officer.roles or agency in officer.agencies)


# ---------------------------------------------------------------- what is shown


def known(
    tx: Tx,
    office: Office,
    whole: Officer | None,
    conversation: Conversation,
    event: Event,
    know: Knowledge,
    now: datetime,
) -> Knowledge:
    """What a turn of staff knows where it happens in a group; anywhere else as it is."""
    if not conversation.in_group:
        return know
    shown = without_identity(tx, office, know)
    return replace(shown, agency_group=facts_of(tx, whole, conversation, event, now))


def without_identity(tx: Tx, office: Office, know: Knowledge) -> Knowledge:
    """The facts as a whole group may read them."""
    staff = know.staff
    allowed = tuple(each for each in staff.commands if each[0] in IN_GROUPS) if staff else ()
    return replace(
        know,
        staff=replace(staff, commands=allowed) if staff else None,
        named=_shown(tx, office, know.named) if know.named else None,
        queue=_page(tx, office, know.queue) if know.queue else None,
        day={which: _page(tx, office, page) for which, page in know.day.items()},
    )


def _page(tx: Tx, office: Office, page: QueuePage) -> QueuePage:
    return replace(page, reports=tuple(_shown(tx, office, report) for report in page.reports))


def _shown(tx: Tx, office: Office, facts: ReportFacts) -> ReportFacts:
    report = kept.by_number(tx, facts.number)
    assert report is not None
    plain = replace(facts, reporter_name="", photos=(), proofs=(), notes=())
    if secrecy.is_hidden(report, office.city):
        bare = tuple(replace(step, note="") for step in facts.timeline)
        return replace(plain, description="", place="", on_map=False, timeline=bare)
    names = nameless.names_of(tx, report)
    return replace(
        plain, description=nameless.masked(facts.description, names), place=nameless.masked(facts.place, names)
    )


def tell(
    tx: Tx,
    office: Office,
    report: Report,
    agency: str,
    text: str,
    key: str,
    now: datetime,
    due: datetime,
    words: str = "",
) -> None:
    """News of a report for the groups of an agency that owns it, or did, in the city's first language."""
    speech, place = speech_for(office.city, office.city.languages[0]), place_of(report)
    hidden = secrecy.is_hidden(report, office.city)
    names = nameless.names_of(tx, report)
    told = nameless.masked(words or kept.description_of(tx, report), names)
    spot = nameless.masked(where(place, kept.place_words_of(tx, report)), names)
    for conversation_id in agency_groups.chats_of(tx, agency):
        said = speech.say(
            text,
            nomor=report.number,
            kategori=speech.category(report.category),
            ringkasan=speech.say("staff_hidden") if hidden else clipped(told, 200),
            lokasi=speech.say("place_unknown") if hidden else spot or speech.say("place_unknown"),
            opd=speech.agency(report.agency),
            tenggat=speech.moment(due),
        )
        reply = Reply(said, (Choice(f"see:{report.number}", report.number),))
        outbox.owe(
            tx, conversation_id=conversation_id, body=reply.to_json(), key=f"agency:{key}:{conversation_id}", now=now,
            report_id=report.id,
        )  # fmt: skip


# ---------------------------------------------------------------- binding


def act(
    tx: Tx, effect: effects.AgencyGroupEffect, *, conversation: Conversation, officer: Officer | None, now: datetime
) -> None:
    """Make a code, bind a group with one, or let it go. Raises NotAllowed and Refusal."""
    match effect:
        case effects.OfferGroupCode(agency, code):
            if officer is None or not _may_bind(officer, agency):
                raise NotAllowed(agency)
            agency_groups.offer(
                tx, staffing.normal(code), agency, by=officer.contact_id, now=now, expires_at=now + CODE_LIVES
            )
            audit.note(tx, contact_id=officer.contact_id, act="agency_group_code", detail=agency, now=now)
        case effects.BindGroup(code):
            state, agency = agency_groups.look_at(tx, staffing.normal(code), now)
            if officer is None or not _may_bind(officer, agency):
                raise NotAllowed(agency)
            if not agency_groups.bind(tx, staffing.normal(code), conversation, by=officer.contact_id, now=now):
                raise Refusal(f"agency_group_code_{state}")
            audit.note(tx, contact_id=officer.contact_id, act="agency_group_bound", detail=agency, now=now)
        case effects.ReleaseGroup():
            agency = agency_groups.agency_of(tx, conversation)
            if officer is None or not _may_bind(officer, agency):
                raise NotAllowed(agency)
            agency_groups.release(tx, conversation, now)
            audit.note(tx, contact_id=officer.contact_id, act="agency_group_released", detail=agency, now=now)
