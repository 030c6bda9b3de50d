"""One message about everything that a member of staff is to be reminded of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.dialogue.replies import Choice, Reply
from bot.dialogue.steps.read_back import where
from bot.dialogue.texts import Speech, speech_for
from bot.dialogue.time_left import time_left
from bot.services.each_due import BATCH
from bot.services.office import Office
from bot.services.places import place_of
from bot.services.promises import remaining
from bot.services.quiet import not_quiet
from bot.services.reminding import BROKEN
from storage import Tx, conversations, deadlines, outbox, people, reminders, reports
from storage.tables import Deadline, Reminder, Report

MOST_LINES = 12  # reports in one message
MOST_BUTTONS = 5


def any_due(tx: Tx, now: datetime) -> bool:
    """Whether there is anybody to tell."""
    return bool(reminders.conversations_due(tx, now, 1))


def tell_due(tx: Tx, office: Office, now: datetime) -> int:
    """Tell everybody for whom something waits; how many people were dealt with."""
    waiting = reminders.conversations_due(tx, now, BATCH)
    for conversation_id in waiting:
        _leave_in_peace(tx, office, conversation_id, now)
        _tell(tx, office, conversation_id, now)
    return len(waiting)


def _leave_in_peace(tx: Tx, office: Office, conversation_id: int, now: datetime) -> None:
    """Who was told something urgent meanwhile hears of the rest only when their pause is over."""
    last = reminders.last_told_at(tx, conversation_id)
    if last is not None and now < (again := last + timedelta(minutes=office.city.reminding.digest_minutes)):
        reminders.put_off(tx, conversation_id, now, not_quiet(office, again))


def _tell(tx: Tx, office: Office, conversation_id: int, now: datetime) -> None:
    taken = reminders.take(tx, conversation_id, now)
    standing = _still_standing(tx, taken)
    if not standing:
        return
    conversation = conversations.load(tx, conversation_id).conversation
    speech = speech_for(office.city, people.language_of(tx, people.address_of(tx, conversation).contact_id))
    lines = [_line(tx, office, speech, report, each, now) for report, each in standing]
    numbers = dict.fromkeys(report.number for report, _ in standing)
    more = len(lines) - MOST_LINES
    if len(lines) > 1:
        lines = [speech.say("staff_digest", jumlah=len(numbers)), *lines[:MOST_LINES]]
    if more > 0:
        lines.append(speech.say("staff_digest_more", jumlah=more))
    choices = tuple(Choice(f"see:{number}", number) for number in list(numbers)[:MOST_BUTTONS])
    only = standing[0][0].id if len(numbers) == 1 else None
    outbox.owe(
        tx,
        conversation_id=conversation_id,
        body=Reply("\n\n".join(lines), choices).to_json(),
        key=f"staff:digest:{taken[0][0].id}:{conversation_id}",
        now=now,
        report_id=only,
    )


def _still_standing(
    tx: Tx, taken: Iterable[tuple[Reminder, Deadline]]
) -> list[tuple[Report, tuple[Reminder, Deadline]]]:
    """What has not been done meanwhile; of one report's due time only the last share that passed."""
    latest: dict[tuple[int, str], tuple[Reminder, Deadline]] = {}
    for reminder, deadline in taken:
        before = latest.get((deadline.report_id, deadline.kind))
        if not _stands(tx, reminder, deadline):
            reminders.set_moot(tx, reminder)
        elif before is None or before[0].id < reminder.id:
            latest[deadline.report_id, deadline.kind] = (reminder, deadline)
            if before is not None:
                reminders.set_moot(tx, before[0])
        else:
            reminders.set_moot(tx, reminder)
    return [(reports.by_id(tx, deadline.report_id), (reminder, deadline)) for reminder, deadline in latest.values()]


def _stands(tx: Tx, reminder: Reminder, deadline: Deadline) -> bool:
    if reminder.percent < BROKEN:
        return deadline.ended_at is None
    open_now = deadlines.open_deadlines(tx, deadline.report_id)
    return any(each.kind == deadline.kind and each.slips > 0 for each in open_now)


def _line(
    tx: Tx, office: Office, speech: Speech, report: Report, about: tuple[Reminder, Deadline], now: datetime
) -> str:
    reminder, deadline = about
    place = place_of(report)
    day_and_night = deadline.agency in office.city.hours.always_open
    blanks: dict[str, object] = {
        "nomor": report.number,
        "kategori": speech.category(report.category),
        "lokasi": where(place, reports.place_words_of(tx, report)) or speech.say("place_unknown"),
        "opd": speech.agency(report.agency),
        "sisa": time_left(speech, remaining(tx, office, deadline, now), day_and_night=day_and_night),
        "tenggat": speech.short_moment(deadline.due_at),
    }
    if reminder.percent >= BROKEN:
        return speech.say(f"staff_news_overdue_{deadline.kind}", **blanks)
    return speech.say(f"staff_news_soon_{deadline.kind}", **blanks)
