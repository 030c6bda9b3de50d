"""Handing a citizen's talk to a person and back: who hears what, in the transaction of the turn."""

from dataclasses import replace
from datetime import datetime

from bot.dialogue import effects
from bot.dialogue.knowledge import HandoverFacts, Knowledge
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.session import Session, SessionUnreadable
from bot.dialogue.steps.aside import beside
from bot.dialogue.steps.person import CLAIM
from bot.dialogue.texts import Speech, speech_for
from bot.dialogue.turn import Scene
from bot.services.calendar import calendar_of
from bot.services.office import Office
from bot.services.refusals import Refusal
from bot.services.rights import NotAllowed, Officer
from bot.staff.commands import ADMINISTRATOR
from storage import Tx, audit, conversations, handovers, outbox, people
from storage.tables import Conversation, Handover

MOST_LISTED = 10
LINES_IN_NOTICE = 4
PATIENCE = 2.0  # working hours in which a citizen is answered, before administrators are told again


class TalkTaken(Refusal):
    """Another administrator took this talk first."""

    def __init__(self, name: str) -> None:
        super().__init__("talk_taken", nama=name)


class TalkOver(Refusal):
    """There is no such talk any more."""

    def __init__(self) -> None:
        super().__init__("talk_over")


def is_claimed(tx: Tx, conversation_id: int) -> bool:
    """Whether a person answers in this citizen's chat now."""
    found = handovers.of_citizen(tx, conversation_id)
    return found is not None and found.claimed_at is not None


def facts_of_citizen(tx: Tx, conversation_id: int) -> HandoverFacts | None:
    """The talk with a person that this citizen waits for or has."""
    found = handovers.of_citizen(tx, conversation_id)
    return _facts(tx, found) if found else None


def claimed_by(tx: Tx, officer: Officer, conversation_id: int) -> HandoverFacts | None:
    """The talk that an administrator is in here; none for other roles."""
    found = handovers.of_claimer(tx, conversation_id) if ADMINISTRATOR in officer.roles else None
    return _facts(tx, found) if found else None


def waiting_for(tx: Tx, officer: Officer) -> tuple[HandoverFacts, ...]:
    """The talks that an administrator may take, the longest waiting first; none for other roles."""
    found = handovers.waiting(tx, MOST_LISTED) if ADMINISTRATOR in officer.roles else []
    return tuple(_facts(tx, each) for each in found)


def opens_at(tx: Tx, office: Office, now: datetime) -> datetime | None:
    """When a person can answer; None while the offices work."""
    hours = calendar_of(tx, office)
    return None if hours.is_open(now) else hours.next_opening(now)


def act(
    tx: Tx,
    office: Office,
    conversation: Conversation,
    officer: Officer | None,
    effect: effects.PersonEffect,
    event_id: int,
    now: datetime,
) -> None:
    """Do one thing between a citizen and a person. Raises NotAllowed, TalkTaken and TalkOver."""
    assert conversation.id is not None
    match effect:
        case effects.AskForPerson(lately):
            _ask(tx, office, conversation.id, lately, now)
        case effects.NoteForPerson(words):
            handovers.note(tx, _talk(tx, conversation.id, None), f"> {words}")
        case effects.TakeTalk(id_):
            _take(tx, office, conversation.id, officer, id_, now)
        case effects.PassOn(words, evidence):
            _pass_on(tx, office, conversation.id, officer, words, evidence, event_id, now)
        case effects.EndTalk():
            _end(tx, office, conversation.id, officer, now)


def _ask(tx: Tx, office: Office, conversation_id: int, lately: tuple[str, ...], now: datetime) -> None:
    asked = handovers.ask(tx, conversation_id, lately, now)
    if asked is None:
        return
    due = opens_at(tx, office, now) or now
    _offer(tx, office, asked.id, "talk_news", lately, f"handover:{asked.id}:asked", now, due)


def remind_due(tx: Tx, office: Office, now: datetime) -> int:
    """Offer talks again in which a citizen waited too long, also those that somebody took and left; how many."""
    late = _late(tx, office, now)
    for talk in late:
        since = talk.unanswered_since or talk.opened_at
        key = f"handover:{talk.id}:late:{now.isoformat()}"
        if talk.claimer_conversation_id is not None:
            speech = _speech(tx, office, talk.claimer_conversation_id)
            text = speech.say("talk_taken_back", sejak=speech.moment(since))
            _owe(tx, talk.claimer_conversation_id, Reply(text), f"{key}:taken_back", now, now)
        handovers.reminded(tx, talk, now)
        _offer(tx, office, talk.id, "talk_still_waits", _facts(tx, talk).lately, key, now, now, since)
    return len(late)


def any_late(tx: Tx, office: Office, now: datetime) -> bool:
    """Whether `remind_due` has something to do."""
    return bool(_late(tx, office, now))


def _late(tx: Tx, office: Office, now: datetime) -> list[Handover]:
    """Only while the offices work: nobody is reminded at night."""
    waiting = handovers.unanswered(tx)
    if not waiting or opens_at(tx, office, now) is not None:
        return []
    hours = calendar_of(tx, office)
    return [talk for talk in waiting if hours.add_hours(_told(talk), PATIENCE) <= now]


def _told(talk: Handover) -> datetime:
    """When somebody could last know that this citizen waits."""
    return max(talk.unanswered_since or talk.opened_at, talk.reminded_at or talk.opened_at)


def _offer(
    tx: Tx,
    office: Office,
    handover_id: int,
    message: str,
    lately: tuple[str, ...],
    key: str,
    now: datetime,
    due: datetime,
    since: datetime | None = None,
) -> None:
    """Tell every administrator of a talk that waits, with a button that takes it."""
    for _, chat in people.staff_for(tx, ADMINISTRATOR, None, now):
        speech = speech_for(office.city, people.language_of(tx, people.address_of(tx, chat).contact_id))
        head = speech.say(message, sejak=speech.moment(since or now))
        text = "\n".join([head, *lately[-LINES_IN_NOTICE:]])
        button = Choice(f"{CLAIM}:{handover_id}", speech.say("talk_take_this"))
        _owe(tx, chat.id, Reply(text, (button,)), f"{key}:{chat.id}", now, due)


def _take(
    tx: Tx, office: Office, conversation_id: int, officer: Officer | None, handover_id: int, now: datetime
) -> None:
    if officer is None or ADMINISTRATOR not in officer.roles:
        raise NotAllowed("balas")
    if not handovers.claim(tx, handover_id, officer.contact_id, conversation_id, now):
        raise _why_not(tx, handover_id)
    audit.note(tx, contact_id=officer.contact_id, act="take_talk", detail=str(handover_id), now=now)
    found = handovers.of_claimer(tx, conversation_id)
    assert found is not None
    _say(tx, office, found.conversation_id, "person_came", f"handover:{handover_id}:taken", now)


def _why_not(tx: Tx, handover_id: int) -> TalkTaken | TalkOver:
    """Why a talk cannot be taken: somebody has it, or it ended."""
    found = handovers.by_id(tx, handover_id)
    if found is None or found.ended_at is not None or found.claimed_by is None:
        return TalkOver()
    return TalkTaken(people.name_of(tx, people.contact_by_id(tx, found.claimed_by)) or "-")


def _pass_on(
    tx: Tx,
    office: Office,
    conversation_id: int,
    officer: Officer | None,
    words: str,
    evidence: tuple[int, ...],
    event_id: int,
    now: datetime,
) -> None:
    talk = _talk(tx, conversation_id, officer)
    handovers.heard(tx, talk, now, from_citizen=officer is None)
    to = talk.claimer_conversation_id if officer is None else talk.conversation_id
    speech = _speech(tx, office, to)
    text = speech.say("talk_from_citizen" if officer is None else "talk_from_person", kata=words)
    _owe(tx, to, Reply(text.strip(), photos=evidence), f"handover:{talk.id}:{event_id}:{len(words)}", now, now)


def _end(tx: Tx, office: Office, conversation_id: int, officer: Officer | None, now: datetime) -> None:
    talk = _talk(tx, conversation_id, officer)
    handovers.end(tx, talk.id, "pelapor" if officer is None else "petugas", now)
    if officer is not None:
        audit.note(tx, contact_id=officer.contact_id, act="end_talk", detail=str(talk.id), now=now)
        _owe(tx, talk.conversation_id, _back_with_us(tx, office, talk, now), f"handover:{talk.id}:ended", now, now)
    elif talk.claimer_conversation_id is not None:
        _say(tx, office, talk.claimer_conversation_id, "talk_ended_by_citizen", f"handover:{talk.id}:ended", now)


def _back_with_us(tx: Tx, office: Office, talk: Handover, now: datetime) -> Reply:
    """That the person left; a report that was begun is offered again, with the choices that are still good."""
    session = _session(tx, talk.conversation_id)
    language = session.language or _speech(tx, office, talk.conversation_id).language
    scene = Scene(replace(session, language=language), Knowledge(office.city, now))
    said = next(each.reply for each in beside(scene, scene.say("person_left")).effects if isinstance(each, effects.Say))
    return replace(said, turn=session.turn)


def _session(tx: Tx, conversation_id: int) -> Session:
    """What is remembered of a citizen's talk; nothing where it cannot be read."""
    stored = conversations.load(tx, conversation_id).session_json
    try:
        return Session.from_json(stored) if stored else Session()
    except SessionUnreadable:
        return Session()


def _talk(tx: Tx, conversation_id: int, officer: Officer | None) -> Handover:
    find = handovers.of_citizen if officer is None else handovers.of_claimer
    found = find(tx, conversation_id)
    if found is None:
        raise TalkOver
    return found


def _say(tx: Tx, office: Office, to: int, message: str, key: str, now: datetime) -> None:
    _owe(tx, to, Reply(_speech(tx, office, to).say(message)), key, now, now)


def _speech(tx: Tx, office: Office, conversation_id: int | None) -> Speech:
    assert conversation_id is not None
    conversation = conversations.by_id(tx, conversation_id)
    return speech_for(office.city, people.language_of(tx, people.address_of(tx, conversation).contact_id))


def _owe(tx: Tx, to: int | None, reply: Reply, key: str, now: datetime, due: datetime) -> None:
    assert to is not None
    outbox.owe(tx, conversation_id=to, body=reply.to_json(), key=key, now=now, due_at=due)


def _facts(tx: Tx, handover: Handover) -> HandoverFacts:
    claimed = handover.claimed_at is not None
    asked = handovers.lately(tx, handover)
    since = tuple(line for line in _session(tx, handover.conversation_id).lately if line not in asked)
    return HandoverFacts(handover.id, handover.opened_at, claimed, (*asked, *since))
