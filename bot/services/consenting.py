"""People for whom a KIM member reports: their consent, and the way on which they hear the news too, if they want.

Who they are is known to nobody but the member who told us: it is sealed, and no card, list or page shows it.
"""

import re
import secrets
from datetime import date, datetime

from bot.dialogue import effects
from bot.dialogue.events import Event
from bot.dialogue.knowledge import FollowFacts
from bot.dialogue.steps.neighbours import code_in
from bot.services import groups
from bot.services.filing import Through
from bot.services.refusals import Refusal
from bot.services.reports import own
from bot.services.staffing import ALPHABET, normal
from storage import Tx, audit, consents, people
from storage import reports as kept
from storage.tables import Conversation, Report

KIM, REPORTER = "kim", "pelapor"
NO_MEMBER = "kim_members_only"
CODE_LENGTH = 12  # 58 bits
FIGURES = "23456789"
DIGITS = re.compile(r"\d")
SHORTEST, LONGEST = 9, 12  # digits of an Indonesian mobile number behind the country's code


def through(tx: Tx, contact_id: int, today: date, *, neighbour: bool) -> Through:
    """As whom somebody tells a report now: a KIM member's counts for their group. Raises Refusal for a neighbour's that a member does
    not tell."""
    member_id = _member(tx, contact_id, today)
    if neighbour and member_id is None:
        raise Refusal(NO_MEMBER)
    return Through(KIM if neighbour else REPORTER, member_id)


def _member(tx: Tx, contact_id: int, today: date) -> int | None:
    """Their membership while it gives them any rights: in the group's term, and not asleep."""
    mine = groups.membership(tx, contact_id, today)
    return mine[0].id if mine and mine[0].asleep_at is None else None


def note(tx: Tx, report: Report, noted_by: int, person: str, now: datetime) -> None:
    """The member says that this person agreed; with a contact they hear the news where we can reach them."""
    assert report.id is not None
    consents.note(
        tx, report.id, noted_by=noted_by, how=consents.TOLD, now=now, person=person,
        conversation_id=reachable_at(tx, person),
    )  # fmt: skip
    audit.note(tx, contact_id=noted_by, act="consent", report_id=report.id, now=now)


def act(
    tx: Tx, effect: effects.NeighbourEffect, conversation: Conversation, contact_id: int, today: date, now: datetime
) -> None:
    """Do one thing about somebody for whom a report was told. Raises UnknownReport and Refusal."""
    match effect:
        case effects.NoteContact(number, contact, code):
            if _member(tx, contact_id, today) is None:
                raise Refusal(NO_MEMBER)
            _reach(tx, own(tx, conversation, number), contact_id, contact, code, now)
        case effects.FollowReport(code):
            consent = consents.by_token(tx, normal(code))
            if consent is None:
                raise Refusal("kim_follow_unknown")
            consents.reach(tx, consent.id or 0, conversation_id=conversation.id)
            consents.note(
                tx, consent.report_id, noted_by=contact_id, how=consents.JOINED, now=now,
                conversation_id=conversation.id,
            )  # fmt: skip
        case effects.StopFollowing():
            consents.withdraw(tx, conversation.id or 0, now)


def _reach(tx: Tx, report: Report, noted_by: int, contact: str, code: str, now: datetime) -> None:
    """The contact of the person whose consent was noted; of one more person where none was."""
    assert report.id is not None
    told = next((each for each in consents.of_report(tx, report.id) if each.how == consents.TOLD), None)
    if told is None:
        note(tx, report, noted_by, contact, now)
        told = consents.of_report(tx, report.id)[-1]
    assert told.id is not None
    consents.reach(tx, told.id, person=contact, token=normal(code), conversation_id=reachable_at(tx, contact))


def reachable_at(tx: Tx, person: str) -> int | None:
    """The talk with this person, where they have one with us already: by Telegram account or WhatsApp number."""
    channel, _, account = person.partition(":")
    if channel == "telegram" and account.isdecimal():
        return people.private_talk(tx, "telegram", "citizen", account)
    number = phone_in(person)
    return people.private_talk(tx, "whatsapp", "citizen", number) if number else None


def phone_in(words: str) -> str:
    """The Indonesian mobile number in these words, as WhatsApp writes it (628...); "" for none."""
    local = "".join(DIGITS.findall(words))
    for prefix in ("62", "0"):
        local = local.removeprefix(prefix)
    return f"62{local}" if local.startswith("8") and SHORTEST <= len(local) <= LONGEST else ""


def fresh_code() -> str:
    """With which somebody follows a report; nobody has it. A digit in it tells it from a word."""
    drawn = [secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1)]
    return "".join((*drawn, secrets.choice(FIGURES)))


def follow_facts(tx: Tx, event: Event) -> FollowFacts | None:
    """The report behind the code that an event names; None where it names none."""
    code = code_in(event)
    if not code:
        return None
    consent = consents.by_token(tx, normal(code))
    report = kept.by_id(tx, consent.report_id) if consent else None
    return FollowFacts(report.number, report.category, report.status) if report else FollowFacts()
