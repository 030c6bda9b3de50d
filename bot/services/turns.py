"""One turn of a talk in one transaction: session, facts, `advance`, effects, outbox, and the event settled.

Nothing of it is kept unless all of it is. Lost a race? `storage.LostRace` is raised, and the caller plays the event again.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.dialogue import effects
from bot.dialogue.engine import advance, meant
from bot.dialogue.events import BatchCompared, CommandGiven, Event, Forwarded, MediaShared, SimilarFound
from bot.dialogue.identity_numbers import numbers_in, without_numbers, words_of
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.replies import Reply
from bot.dialogue.session import Draft, Session, SessionUnreadable
from bot.dialogue.steps.read_back import clipped
from bot.dialogue.texts import number_removed, speech_for
from bot.dialogue.turn import Turn
from bot.services import (
    acting,
    agency_groups,
    facts,
    handovers,
    identity,
    likeness,
    posters,
    rights,
    two_desks,
)
from bot.services.office import Office
from bot.services.rights import Officer
from bot.services.told import Told
from storage import Tx, conversations, inbox, media, people
from storage.tables import Contact, Conversation, InboxEvent

MOST_LINES, LONGEST_LINE = 8, 160  # of a talk, for a person who may take it over; characters of a line


def play(tx: Tx, office: Office, event: InboxEvent, told: Sequence[Told], now: datetime, *, parked: str = "") -> None:
    """Play one inbox event; one that tells nothing is settled without a word. Raises LostRace.

    ``parked`` is why a person should look at it all the same: it is kept for that, and what is told is only the answer.
    """
    assert event.conversation_id is not None
    assert event.id is not None
    loaded = conversations.load(tx, event.conversation_id)
    if parked:
        inbox.park(tx, event, parked, now)
    else:
        inbox.settle(tx, event, now)
    conversation = loaded.conversation
    address = people.address_of(tx, conversation)
    contact = people.contact_by_id(tx, address.contact_id)
    desk = "staff" if address.bot in rights.STAFF_BOTS else "group" if conversation.in_group else "citizen"
    session, wake_at = _session(loaded.session_json), conversation.wake_at
    for each in _at_the_desk(office, conversation, told) if desk == "staff" else told:
        if two_desks.is_for_staff(tx, office, address, event.conversation_id, session, each.event, now):
            session = _staff_turn(tx, office, conversation, contact, session, each, event, now)
            continue
        ours = _with_evidence(tx, conversation, event.source, desk, each, now)
        before = session.turn
        session, wish = _turn(tx, office, conversation, contact, desk, session, ours, event.id, now)
        session = replace(session, at_desk=session.at_desk and session.turn == before)
        wake_at = wish if session.turn != before else wake_at  # what said nothing leaves the waiting as it was
    _forget_numbers(tx, office, event, told)
    if told:
        conversations.save(tx, event.conversation_id, session.to_json(), loaded.version, now, wake_at, session.turn)
        if session.language and session.language != contact.language:
            people.set_language(tx, address.contact_id, session.language)


def _staff_turn(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    contact: Contact,
    session: Session,
    told: Told,
    event: InboxEvent,
    now: datetime,
) -> Session:
    """A turn of the back office in a chat that citizens use as well; the citizen's talk stays where it was."""
    assert event.id is not None
    ours = _with_evidence(tx, conversation, event.source, "staff", told, now)
    own = two_desks.session_of_staff(session)
    after, _ = _turn(tx, office, conversation, contact, "staff", own, ours, event.id, now)
    return two_desks.with_staff(session, after)


def _at_the_desk(office: Office, conversation: Conversation, told: Sequence[Told]) -> list[Told]:
    """What staff say; in a group only what is said to us."""
    if not conversation.in_group:
        return list(told)
    heard = ((each, agency_groups.heard_there(office, each.event)) for each in told)
    return [replace(each, event=event) for each, event in heard if event is not None]


def apologise(tx: Tx, office: Office, event: InboxEvent, reason: str, now: datetime) -> None:
    """An event that cannot be played is parked with its reason, and the person is told that somebody will read it."""
    assert event.conversation_id is not None
    assert event.id is not None
    inbox.park(tx, event, reason, now)
    loaded = conversations.load(tx, event.conversation_id)
    session = _session(loaded.session_json)
    text = speech_for(office.city, session.language).say("trouble")
    sorry = effects.Say(Reply(text, session.offered, turn=session.turn))
    stage = acting.Stage(office, loaded.conversation, 0, None, event.id, now)
    acting.act(tx, stage, session, (sorry,))


def _forget_numbers(tx: Tx, office: Office, event: InboxEvent, told: Sequence[Told]) -> None:
    """A NIK or family-card number that was written is not kept in what was received either."""
    numbers = [number for each in told for number in numbers_in(words_of(each.event))]
    if not numbers:
        return
    payload, instead = inbox.payload_of(tx, event), number_removed(office.city)
    for number in numbers:
        for written in (number, json.dumps(number)[1:-1]):
            payload = payload.replace(written, instead)
    inbox.rewrite(tx, event, payload)


def _session(stored: str | None) -> Session:
    """The session as stored; one that cannot be read keeps the draft's words and asks again."""
    if stored is None:
        return Session()
    try:
        return Session.from_json(stored)
    except SessionUnreadable as unreadable:
        words = unreadable.description
        return Session(step="describe", draft=Draft(description=words)) if words else Session()


def _with_evidence(tx: Tx, conversation: Conversation, source: str, desk: str, told: Told, now: datetime) -> Told:
    """A file that was sent gets its row before the talk hears of it; what a stranger sends to the staff bot is not fetched."""
    event = _file_in(told.event)
    if event is None:
        return told
    if desk == "staff" and not people.staff_roles(tx, people.address_of(tx, conversation).contact_id, now):
        return told
    assert conversation.id is not None
    row = media.await_file(
        tx,
        conversation_id=conversation.id,
        purpose="result" if desk == "staff" else "problem",
        kind=event.kind,
        source=source,
        platform_ref=event.file,
        now=now,
    )
    assert row.id is not None
    return replace(told, event=_with_file(told.event, replace(event, evidence=row.id)))


def _file_in(event: Event) -> MediaShared | None:
    """The file that an event brings: itself, what was passed on, or what a command stood under."""
    match event:
        case MediaShared():
            return event
        case Forwarded(MediaShared() as file, _) | CommandGiven(file=MediaShared() as file):
            return file
    return None


def _with_file(event: Event, file: MediaShared) -> Event:
    match event:
        case Forwarded():
            return replace(event, content=file)
        case CommandGiven():
            return replace(event, file=file)
    return file


def _turn(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    contact: Contact,
    desk: str,
    session: Session,
    told: Told,
    event_id: int,
    now: datetime,
) -> tuple[Session, datetime | None]:
    """Play one thing that was told: the session after it, and when the talk wants to be woken."""
    assert contact.id is not None
    officer, whole = _officers(tx, desk, conversation, contact.id, now)
    event = _as_meant(tx, office, desk, conversation, session, told.event)
    told = replace(told, event=event)
    if desk == "staff":
        know = facts.for_staff(tx, office, conversation, contact, officer, whole, session, told, now)
    else:
        know = facts.for_citizen(tx, office, conversation, contact, session, told, now)
    acts_as = whole if agency_groups.is_about_the_group(event, know) else officer
    stage = acting.Stage(office, conversation, contact.id, acts_as, event_id, now)
    turn, wake_at = _done(tx, stage, desk, session, event, know, now)
    if officer is not None:
        identity.note_shown(tx, contact.id, know, turn, now)
    return turn.session if desk == "staff" else _remembering(office, turn, event), wake_at


def _officers(
    tx: Tx, desk: str, conversation: Conversation, contact_id: int, now: datetime
) -> tuple[Officer | None, Officer | None]:
    """The person as who they are here, and with all their rights.

    In a group nobody is more than one of its agency; only binding it asks for all their rights.
    """
    whole = rights.officer(tx, contact_id, now) if desk == "staff" else None
    narrow = desk == "staff" and conversation.in_group
    return agency_groups.narrowed(tx, whole, conversation) if narrow else whole, whole


def _as_meant(tx: Tx, office: Office, desk: str, conversation: Conversation, session: Session, event: Event) -> Event:
    """The event as it was meant; what a citizen says to a person is theirs, word for word."""
    assert conversation.id is not None
    if desk == "citizen" and handovers.is_claimed(tx, conversation.id):
        return event
    return posters.followed(tx, desk, meant(session, event, office.city))


def _done(
    tx: Tx, stage: acting.Stage, desk: str, session: Session, event: Event, know: Knowledge, now: datetime
) -> tuple[Turn, datetime | None]:
    """Decide, and do what was decided; where that is refused, nothing of it is kept and the refusal is played instead."""
    turn = _complete(tx, stage.office, stage.contact_id, advance(session, event, know, desk=desk), know, now)
    try:
        with tx.savepoint():
            return turn, acting.act(tx, stage, turn.session, turn.effects)
    except acting.Refused as refused:
        turn = advance(session, refused.refusal, know, desk=desk)
        return turn, acting.act(tx, stage, turn.session, turn.effects)


def _remembering(office: Office, turn: Turn, event: Event) -> Session:
    """The session with the last lines of the talk, for a person who may take it over; identity numbers are in none."""
    words = without_numbers(words_of(event), number_removed(office.city))
    told = (f"> {words}",) if words else ()
    said = tuple(f"< {each.reply.text}" for each in turn.effects if isinstance(each, effects.Say))
    if not told and not said:
        return turn.session
    lines = tuple(clipped(" ".join(line.split()), LONGEST_LINE) for line in (*told, *said))
    return replace(turn.session, lately=(*turn.session.lately, *lines)[-MOST_LINES:])


def _complete(tx: Tx, office: Office, contact_id: int, turn: Turn, know: Knowledge, now: datetime) -> Turn:
    """Answer a turn that looks for similar reports, until it has something to say."""
    turn = _with_batch_compared(tx, office, contact_id, turn, know, now)
    wish = next((effect for effect in turn.effects if isinstance(effect, effects.FindSimilar)), None)
    if wish is None:
        return turn
    rest = tuple(effect for effect in turn.effects if effect is not wish)
    found = replace(know, similar=facts.similar(tx, office, contact_id, wish.draft, now))
    following = advance(turn.session, SimilarFound(wish.before), found)
    return _complete(tx, office, contact_id, replace(following, effects=(*rest, *following.effects)), know, now)


def _with_batch_compared(tx: Tx, office: Office, contact_id: int, turn: Turn, know: Knowledge, now: datetime) -> Turn:
    """Answer a turn that looks for open reports like the lines of a batch; any other as it is."""
    wish = next((effect for effect in turn.effects if isinstance(effect, effects.CompareBatch)), None)
    if wish is None:
        return turn
    rest = tuple(effect for effect in turn.effects if effect is not wish)
    found = likeness.of_batch(tx, office, contact_id, wish.drafts, now)
    following = advance(turn.session, BatchCompared(found, wish.before), know)
    return replace(following, effects=(*rest, *following.effects))
