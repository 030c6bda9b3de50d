"""News to reporters whose due time moved because offices are closed on other days than they were.

Told once, when who closed or opened the day can no longer take it back in passing; what moves back before that is not told at all.
"""

from datetime import UTC, datetime

from bot.dialogue.replies import Reply
from bot.dialogue.texts import speech_for
from bot.services import group_card_news, notifications, reaching
from bot.services.office import Office
from bot.services.promises import TOLD_BY
from bot.services.quiet import not_quiet
from bot.services.undoing import WITHIN
from storage import Tx, outbox, people
from storage import reports as kept
from storage.tables import Deadline, Report

NEWS = "notice.tenggat_bergeser"


def tell_reporters(
    tx: Tx, office: Office, deadline: Deadline, before: datetime, due_at: datetime, now: datetime
) -> None:
    """The reporter and all who support the report hear until when it is promised now, if they were told another time."""
    report = kept.by_id(tx, deadline.report_id)
    if TOLD_BY.get(report.status) != deadline.kind and not deadline.slips:
        return
    for each in kept.concerned(tx, report):
        if not group_card_news.is_in_group(tx, each):
            _tell(tx, office, report, each, deadline, before, due_at, now)


def _tell(
    tx: Tx, office: Office, report: Report, each: Report, deadline: Deadline, before: datetime, due_at: datetime,
    now: datetime,
) -> None:  # fmt: skip
    conversation_id, begins = reaching.talk_of(tx, each), f"{notifications.MOVED}{deadline.id}:{each.id}:"
    planned = outbox.keys(tx, conversation_id, begins)
    told = planned
    if planned and outbox.withdraw_waiting(tx, conversation_id, begins, "the due time moved again", now):
        told = outbox.keys(tx, conversation_id, begins)
    known = _moment(told[-1], 4) if told else _moment(planned[0], 3) if planned else before
    if known == due_at:
        return
    speech = speech_for(office.city, people.language_of(tx, each.contact_id) or each.language)
    values = {"nomor": each.number, "opd": speech.agency(report.agency), "tenggat": speech.moment(due_at)}
    reply = Reply(speech.say(NEWS, **values), news=NEWS, blanks=notifications.written(values))
    key = f"{begins}{known.timestamp():.6f}:{due_at.timestamp():.6f}:{now.timestamp():.6f}"
    outbox.owe(
        tx, conversation_id=conversation_id, body=reply.to_json(), key=key, now=now,
        due_at=not_quiet(office, now + WITHIN), report_id=each.id,
    )  # fmt: skip


def _moment(key: str, at: int) -> datetime:
    """From the key of such news: the due time that was known before (3), or that it tells (4)."""
    return datetime.fromtimestamp(float(key.split(":")[at]), UTC)
