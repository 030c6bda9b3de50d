"""A KIM member near a problem says whether it is solved: beside the reporter's answer, never instead of it.

Asked when the reporter is silent, half-way to the time-out, and when a closing is disputed; never about what is confidential.
"""

from datetime import date, datetime, timedelta

from bot.dialogue import effects
from bot.dialogue.knowledge import WitnessFacts
from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.read_back import summary
from bot.dialogue.texts import speech_for
from bot.services import neighbourhoods, staff_news
from bot.services.each_due import each_by_itself
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.quiet import not_quiet
from bot.services.refusals import Refusal
from storage import Tx, audit, deadlines, groups, media, notes, outbox, people, witnesses
from storage import reports as kept
from storage.tables import KimMember, Report, Witness

WITNESS = "witness"  # kind of due time: half of the reporter's time has passed
WAITING = "menunggu_konfirmasi"
MOST_A_DAY = 3  # questions to one person
MOST_ASKED = 2  # people for one question
A_DAY = timedelta(days=1)


def await_half_time(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """Where the reporter is asked whether it is solved, note when a neighbour is asked, too, should they stay silent."""
    timeout = office.city.statuses[report.status].timeout
    if report.status == WAITING and timeout is not None and timeout.after_days is not None:
        due_at = not_quiet(office, now + timedelta(days=timeout.after_days) / 2)
        deadlines.set_deadline(tx, report.id, WITNESS, now, due_at)


def ask_due(tx: Tx, office: Office, now: datetime) -> int:
    """Ask near every report whose reporter has been silent for half of their time; how many due times were dealt with."""
    return each_by_itself(tx, WITNESS, deadlines.MET, now, lambda report: _ask_in_silence(tx, office, report, now))


def _ask_in_silence(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    if report.status == WAITING:
        ask_near(tx, office, report, f"silent:{report.times_reopened}", now)


def ask_disputed(tx: Tx, office: Office, report: Report, now: datetime) -> None:
    """The reporter says that it is not solved: somebody near is asked what they see."""
    ask_near(tx, office, report, f"disputed:{report.times_reopened}", now)


def ask_near(tx: Tx, office: Office, report: Report, cause: str, now: datetime) -> int:
    """Ask up to two members near the report, nobody too often a day; how many were asked."""
    if not report.kelurahan or not _may_be_seen(office, report):
        return 0
    own = {contact for each in kept.concerned(tx, report) for contact in people.same_person(tx, each.contact_id)}
    asked = 0
    for member in _near(tx, report, office.today(now)):
        if asked == MOST_ASKED:
            break
        if member.contact_id in own or witnesses.asked_since(tx, member.contact_id, now - A_DAY) >= MOST_A_DAY:
            continue
        assert report.id is not None
        assert member.id is not None
        if witnesses.ask(tx, report.id, member.id, cause, now) is not None:
            _owe_question(tx, office, report, member, cause, now)
            asked += 1
    return asked


def _near(tx: Tx, report: Report, today: date) -> list[KimMember]:
    """Members whose group speaks for the place, those of the very RW first, else whoever was asked longest ago."""
    there = [
        (member, group)
        for member in witnesses.members_near(tx, report.kelurahan, today)
        if (group := groups.group_by_id(tx, member.group_id)) and neighbourhoods.speaks_for(group, report)
    ]
    return [member for member, group in sorted(there, key=lambda each: neighbourhoods.nearness(each[1], report))]


def _may_be_seen(office: Office, report: Report) -> bool:
    category = office.city.categories[report.category]
    secret = category.is_confidential(report.sub_category) or category.is_supervisory(report.sub_category)
    danger = report.category == office.city.emergency.category
    return report.privacy != kept.SECRET and not secret and not category.restrict_view and not danger


def _owe_question(tx: Tx, office: Office, report: Report, member: KimMember, cause: str, now: datetime) -> None:
    speech = speech_for(office.city, people.language_of(tx, member.contact_id))
    place = place_of(report)
    text = speech.say(
        "kim_witness_ask",
        nomor=report.number,
        kategori=speech.category(report.category),
        lokasi=summary(place) if place else "-",
    )
    choices = (
        Choice(f"witness_yes:{report.number}", speech.say("choice.done")),
        Choice(f"witness_no:{report.number}", speech.say("choice.not_done")),
    )
    outbox.owe(
        tx,
        conversation_id=member.conversation_id,
        body=Reply(text, choices).to_json(),
        key=f"witness:{report.id}:{member.id}:{cause}",
        now=now,
        report_id=report.id,
    )


# ---------------------------------------------------------------- the answer


def open_facts(tx: Tx, contact_id: int) -> tuple[WitnessFacts, ...]:
    """What this person was asked and has not answered."""
    return tuple(WitnessFacts(report.number, report.category) for _, report in witnesses.open_questions(tx, contact_id))


def act(tx: Tx, office: Office, effect: effects.WitnessEffect, contact_id: int, now: datetime) -> None:
    """Keep what they saw; staff read it beside the reporter's answer. Raises Refusal for a report nobody asked them about."""
    report = kept.by_number(tx, effect.number)
    asked = witnesses.last_of(tx, contact_id, report.id or 0) if report else None
    if report is None or asked is None:
        raise Refusal("kim_witness_unknown")
    match effect:
        case effects.SayAsWitness(_, solved, words):
            _answered(tx, office, report, asked, solved=solved, words=words, contact_id=contact_id, now=now)
        case effects.ShowAsWitness(_, evidence):
            media.attach(tx, (evidence,), report.id or 0)
            witnesses.add_photo(tx, asked.id or 0, evidence)
            key = f"witness_photo:{evidence}"
            staff_news.tell_owner(tx, office, report, "staff_news_witness_photo", key, now)
            audit.note(tx, contact_id=contact_id, act="witness_photo", report_id=report.id, now=now)


def _answered(
    tx: Tx, office: Office, report: Report, asked: Witness, *, solved: bool, words: str, contact_id: int, now: datetime
) -> None:
    witnesses.answer(tx, asked.id or 0, solved=solved, word=words, now=now)
    speech = speech_for(office.city, office.city.languages[0])
    group = groups.group_by_id(tx, groups.member_by_id(tx, asked.member_id).group_id)
    key = "kim_witness_solved" if solved else "kim_witness_not_solved"
    said = f"{speech.say(key, kim=group.name if group else '')} {words}".strip()
    assert report.id is not None
    note = notes.add_note(tx, report.id, said, actor="kim", contact_id=contact_id, internal=True, now=now)
    staff_news.tell_owner(tx, office, report, "staff_news_note", f"witness:{note.id}", now, words=said)
    audit.note(tx, contact_id=contact_id, act="witness", report_id=report.id, detail=key, now=now)
